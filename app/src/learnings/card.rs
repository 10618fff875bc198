//! One learning as a card or as a row: wins and losses of the same size and weight.

use crate::charts::{Interval, Scale, Span};
use crate::experiments::{OutcomeTag, words};
use crate::frame::Frame;
use crate::ui::date;
use chrono::NaiveDate;
use domain::experiments::{Decision, Outcome};
use domain::learnings::{Learning, Recheck};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The measured change; none where it was not measured or the data cannot be used.
pub fn span(learning: &Learning) -> Option<Span> {
    let effect = learning.effect.as_ref().filter(|_| learning.outcome != Some(Outcome::Invalid))?;
    Some(Span { low: effect.low, estimate: effect.estimate, high: effect.high })
}

/// One scale for all of these.
pub fn scale_of(learnings: &[Learning]) -> Scale {
    Scale::holding(learnings.iter().filter_map(span).flat_map(|span| [span.low, span.high]).map(|end| end.clamp(-0.5, 0.5)))
}

/// The day that counts for a learning.
pub fn day(learning: &Learning) -> NaiveDate {
    learning.day()
}

/// "Needs a re-check: checkout relaunch, 3 Nov 2026".
pub fn recheck_words(why: &Recheck) -> String {
    match why {
        Recheck::Changed(change) => format!("Needs a re-check: {}", change.words()),
        Recheck::Due(day) => format!("Needs a re-check: due {}", date(*day)),
    }
}

/// "Ship C, re-test 20 Nov 2027".
pub fn next_words(decisions: &[Decision]) -> String {
    let each = decisions.iter().map(|decision| {
        let made = decision.made.as_ref().map(|number| format!(" ({number})")).unwrap_or_default();
        let of = match (&decision.variant, &decision.title, decision.on) {
            (Some(variant), _, _) => format!(" {variant}"),
            (None, Some(title), _) => format!(": {title}"),
            (None, None, Some(on)) => format!(" on {}", date(on)),
            _ => String::new(),
        };
        format!("{}{of}{made}", decision.kind.name())
    });
    each.collect::<Vec<_>>().join("; ")
}

/// The card.
#[component]
pub fn LearningCard(frame: Frame, learning: Learning, catalogue: Catalogue, scale: Scale) -> impl IntoView {
    let href = frame.to(&format!("learnings/{}", learning.number));
    let when = day(&learning);
    let source = learning.test.clone().unwrap_or_else(|| learning.number.clone());
    let next = (!learning.decisions.is_empty()).then(|| next_words(&learning.decisions));
    let areas = learning.areas.iter().map(|area| view! { <li>{catalogue.area_name(area).to_owned()}</li> }).collect_view();
    let lever = learning.lever.as_deref().map(|slug| catalogue.lever_name(slug).to_owned()).map(|name| view! { <li>{name}</li> });
    let audiences = learning.audiences.iter().map(|slug| view! { <li>{catalogue.audience_name(slug).to_owned()}</li> }).collect_view();
    let outcome = learning.outcome.map(|outcome| view! { <OutcomeTag outcome /> });
    let kind = learning.kind.map(|kind| view! { <span>{format!(", {}", kind.name())}</span> });
    let recheck =
        learning.recheck(frame.now.date_naive()).map(|why| view! { <li><span class="tag warn">{recheck_words(&why)}</span></li> });
    view! {
        <article class="card learning-card">
            <p class="top"><span>{outcome}{kind}</span><span>{format!("{source} · ")}<time datetime=when.to_string()>{date(when)}</time></span></p>
            <h2><a href=href data-row="">{learning.sentence.clone()}</a></h2>
            <Effect learning catalogue scale />
            <p class="next"><span class="key">"Next"</span>{next.unwrap_or_else(|| "none recorded".to_owned())}</p>
            <ul class="facts">{areas}{lever}{audiences}{recheck}</ul>
        </article>
    }
}

#[component]
fn Effect(learning: Learning, catalogue: Catalogue, scale: Scale) -> impl IntoView {
    let metric = learning.effect.as_ref().map(|effect| catalogue.metric_name(learning.site.as_deref(), &effect.metric).to_owned());
    let Some(span) = span(&learning) else {
        return view! { <div class="effect"><span class="metric">{metric}</span><span class="not-measured">"not measured"</span></div> }
            .into_any();
    };
    view! {
        <div class="effect">
            <span class="metric">{metric}</span>
            <span><span class="lift">{words::signed(span.estimate)}</span>" "<span class="range">{words::range(span.low, span.high)}</span></span>
            <Interval scale span=Some(span) shape=words::shape(learning.outcome) />
        </div>
    }
    .into_any()
}

/// The row of the table.
#[component]
pub fn LearningRow(frame: Frame, learning: Learning, catalogue: Catalogue, scale: Scale) -> impl IntoView {
    let href = frame.to(&format!("learnings/{}", learning.number));
    let when = day(&learning);
    let span = span(&learning);
    let areas: Vec<String> = learning.areas.iter().map(|area| catalogue.area_name(area).to_owned()).collect();
    let shape = words::shape(learning.outcome);
    let label = span.map(words::spoken);
    let plot = span.map(|span| view! { <Interval scale span=Some(span) shape label=label.unwrap_or_default() /> });
    let lift =
        span.map_or_else(|| view! { <span class="muted">"not measured"</span> }.into_any(), |span| words::signed(span.estimate).into_any());
    view! {
        <tr>
            <th scope="row" class="name"><span class="number">{learning.number}</span>" "<a href=href data-row="">{learning.sentence}</a></th>
            <td data-label="Outcome">{learning.outcome.map(|outcome| view! { <OutcomeTag outcome /> })}</td>
            <td data-label="Area">{areas.join(", ")}</td>
            <td>{plot}</td>
            <td class="end lift" data-label="Change">{lift}</td>
            <td class="nowrap" data-label="Ended">{date(when)}</td>
        </tr>
    }
}
