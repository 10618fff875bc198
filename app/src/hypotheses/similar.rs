//! "We may have been here before": what is like the hypothesis that is being written, and what became of it. Drawn with
//! the page; while somebody types, an island asks for the same part again. It never blocks saving.

use crate::charts::{Interval, Scale, Span};
use crate::experiments::{OutcomeTag, words};
use crate::frame::{Frame, encode};
use crate::search::Marked;
use crate::ui::{Icon, date, plural};
use domain::search::{Kind, Level, Similar};
use leptos::prelude::*;

/// So many are shown beside the form.
#[cfg(feature = "ssr")]
const BESIDE: usize = 5;
/// What is less like it is left out on screen; REST answers it, too.
#[cfg(feature = "ssr")]
const SHOWN: f64 = 0.2;
#[cfg(feature = "ssr")]
const TESTED: f64 = 0.26;

/// What is worth showing of what is like a draft.
#[cfg(feature = "ssr")]
pub fn worth_showing(items: Vec<Similar>) -> Vec<Similar> {
    items.into_iter().filter(|one| one.closeness >= SHOWN).take(BESIDE).collect()
}

/// What is worth showing on the record of a hypothesis: what was tested, and is nearer than what is shown while somebody
/// is still typing.
#[cfg(feature = "ssr")]
pub fn tested(items: Vec<Similar>) -> Vec<Similar> {
    items.into_iter().filter(|one| one.outcome.is_some() && one.closeness >= TESTED).take(BESIDE).collect()
}

/// The column beside the form. Its status is there before anything is typed, so that what comes is read out: how many,
/// not all of them.
#[component]
pub fn TriedBefore(frame: Frame, items: Vec<Similar>, title: String) -> impl IntoView {
    let address = frame.to("hypotheses/similar");
    view! {
        <aside class="tried-before" aria-label="Tried before">
            <p id="matches-said" class="visually-hidden" role="status"></p>
            <div id="matches"><Matches base=frame.home() items title /></div>
            <WatchMatches address />
        </aside>
    }
}

/// The panel itself; `base` is the workspace's address, `title` what is typed.
#[component]
pub fn Matches(base: String, items: Vec<Similar>, title: String) -> impl IntoView {
    if items.is_empty() {
        let text = if title.trim().is_empty() {
            "Write a title, and what was tried before shows here."
        } else {
            "Nothing like it in the library. It may be the first time."
        };
        return view! { <p class="muted">{text}</p> }.into_any();
    }
    let close = items.iter().filter(|one| one.level >= Level::Close).count() as u64;
    let (head, note) = if close > 0 {
        ("We may have been here before", format!("{} to what you are typing", plural(close, "close match", "close matches")))
    } else {
        ("Near what you are typing", "None is close".to_owned())
    };
    let ends = items.iter().filter_map(|one| one.effect.as_ref()).flat_map(|effect| [effect.low, effect.high]);
    let scale = Scale::holding(ends.map(|end| end.clamp(-0.5, 0.5)));
    let rows = items.into_iter().map(|item| view! { <Match base=base.clone() item scale title=title.clone() /> }).collect_view();
    view! {
        <section class="panel flush matches" aria-labelledby="matches-title">
            <header><Icon name="o-warn" own=true /><h2 id="matches-title">{head}</h2><p>{note}</p></header>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

fn place_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Hypothesis => "hypotheses",
        Kind::Evidence => "evidence",
        Kind::Test => "tests",
        Kind::Learning => "learnings",
    }
}

/// "H-105 · T-48 · 4 Apr 2026", or "H-151 · Prioritised".
fn meta(item: &Similar) -> String {
    let test = item.test.clone().filter(|test| *test != item.number && item.outcome.is_some());
    let stage = item.stage.filter(|_| item.outcome.is_none()).map(|stage| stage.name().to_owned());
    [Some(item.number.clone()), test, stage, item.ended_on.map(date)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "Same area and lever; words that met: postage = delivery, product."
fn why(item: &Similar) -> String {
    let same: Vec<&str> = item.reasons.iter().filter_map(|reason| reason.strip_prefix("same ")).collect();
    let words: Vec<String> =
        item.words
            .iter()
            .take(5)
            .map(|word| {
                if word.yours.eq_ignore_ascii_case(&word.theirs) { word.yours.clone() } else { format!("{} = {}", word.yours, word.theirs) }
            })
            .collect();
    let same = match same.as_slice() {
        [] => None,
        [one] => Some(format!("Same {one}")),
        [first @ .., last] => Some(format!("Same {} and {last}", first.join(", "))),
    };
    let words = (!words.is_empty()).then(|| format!("Words that met: {}", words.join(", ")));
    [same, words].into_iter().flatten().collect::<Vec<_>>().join(". ")
}

#[component]
fn Match(base: String, item: Similar, scale: Scale, title: String) -> impl IntoView {
    let href = format!("{base}/{}/{}", place_of(item.kind), item.number);
    let tag = match (item.outcome, item.level) {
        (Some(outcome), _) => view! { <OutcomeTag outcome /> }.into_any(),
        (None, Level::Related) => ().into_any(),
        (None, Level::VeryClose) => view! { <span class="tag warn">{item.level.name()}</span> }.into_any(),
        (None, Level::Close) => view! { <span class="tag">{item.level.name()}</span> }.into_any(),
    };
    let measure = item.effect.as_ref().map(|effect| {
        let span = Span { low: effect.low, estimate: effect.estimate, high: effect.high };
        let label = words::spoken(span);
        view! {
            <div class="measure">
                <span>{item.learned.clone()}</span>
                <Interval scale span=Some(span) shape=words::shape(item.outcome) label />
                <span class="lift">{words::signed(effect.estimate)}</span>
            </div>
        }
    });
    let learned = item.learned.clone().filter(|_| measure.is_none()).map(|learned| view! { <p>{learned}</p> });
    let hypothesis = (item.kind == Kind::Hypothesis).then(|| {
        let number = item.number.clone();
        let open = item.stage.is_some_and(|stage| domain::hypotheses::Stage::OPEN.contains(&stage));
        let join = open.then(|| {
            let to = format!("{base}/hypotheses/{number}/join");
            view! { <button class="button small" formaction=to formnovalidate=true>"Join "{number.clone()}</button> }
        });
        let child = format!("{base}/hypotheses/new?parent={number}&title={}", encode(&title));
        view! {
            <p class="actions">
                {join}
                <a class="button small quiet" href="#differs_because" data-focus="differs_because">"Mine differs because…"</a>
                <a class="button small quiet" href=child data-parent=number.clone()>"Iterate"</a>
            </p>
        }
    });
    view! {
        <li>
            <p class="meta"><span>{meta(&item)}</span>{tag}</p>
            <a class="title" href=href><Marked pieces=item.title.clone() /></a>
            <p>{why(&item)}</p>
            {learned}
            {measure}
            {hypothesis}
        </li>
    }
}

/// Asks anew while somebody types; says nothing by itself.
#[island]
pub fn WatchMatches(address: String) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| super::watch::listen(address.clone()));
    #[cfg(not(feature = "hydrate"))]
    drop(address);
}

/// Similar hypotheses that were tested, on the record of one.
#[component]
pub fn TriedSection(frame: Frame, items: Vec<Similar>) -> impl IntoView {
    if items.is_empty() {
        return ().into_any();
    }
    let ends = items.iter().filter_map(|one| one.effect.as_ref()).flat_map(|effect| [effect.low, effect.high]);
    let scale = Scale::holding(ends.map(|end| end.clamp(-0.5, 0.5)));
    let span = format!("Effect · {} to {}", words::signed(scale.low), words::signed(scale.high));
    let rows = items
        .into_iter()
        .map(|item| {
            let href = frame.to(&format!("{}/{}", place_of(item.kind), item.number));
            let effect = match &item.effect {
                Some(effect) => {
                    let span = Span { low: effect.low, estimate: effect.estimate, high: effect.high };
                    let label = words::spoken(span);
                    view! { <Interval scale span=Some(span) shape=words::shape(item.outcome) label /> }.into_any()
                }
                None => view! { <span class="not-measured">"not measured"</span> }.into_any(),
            };
            let change = item.effect.as_ref().map(|effect| view! { <span class="lift">{words::signed(effect.estimate)}</span> });
            let learned = item.learned.clone().unwrap_or_else(|| why(&item));
            let outcome = item.outcome.map(|outcome| view! { <OutcomeTag outcome /> });
            view! {
                <tr>
                    <th scope="row"><span class="number">{item.number.clone()}</span>" "<a href=href><Marked pieces=item.title.clone() /></a></th>
                    <td data-label="Outcome">{outcome}</td>
                    <td data-label="Effect">{effect}</td>
                    <td data-label="Change" class="end">{change}</td>
                    <td data-label="What it taught">{learned}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="tried-title">
            <header class="section-head"><h2 id="tried-title">"Tried before"</h2><p>"Similar ideas that have been tested"</p></header>
            <div class="table-wrap">
                <table class="table stacks tried-table">
                    <caption class="visually-hidden">"Similar ideas that have been tested"</caption>
                    <thead><tr><th scope="col">"Idea"</th><th scope="col">"Outcome"</th><th scope="col">{span}</th><th scope="col" class="end">"Change"</th><th scope="col">"What it taught"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The panel as the island puts it into the page.
#[cfg(feature = "ssr")]
pub fn matches_html(base: String, items: Vec<Similar>, title: String) -> String {
    Owner::new().with(|| view! { <Matches base items=worth_showing(items) title /> }.to_html())
}
