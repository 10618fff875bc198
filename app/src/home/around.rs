//! What the programme does meanwhile: the latest learning, and what runs.

use crate::charts::{Interval, ThinProgress};
use crate::experiments::{OutcomeTag, day_of_run, words};
use crate::frame::Frame;
use crate::learnings::{day, next_words, scale_of, span};
use chrono::Duration;
use domain::experiments::Test;
use domain::learnings::Learning;
use leptos::prelude::*;

/// The latest learning: its sentence, its effect, its next step.
#[component]
pub fn Learned(frame: Frame, learning: Learning) -> impl IntoView {
    let href = frame.to(&format!("learnings/{}", learning.number));
    let recent = frame.now.date_naive() - day(&learning) <= Duration::days(31);
    let title = if recent { "Learned this month" } else { "Last learned" };
    let scale = scale_of(std::slice::from_ref(&learning));
    let shape = words::shape(learning.outcome);
    let effect = span(&learning).map(|span| {
        view! { <Interval scale span=Some(span) shape label=words::spoken(span) /><span class="lift">{words::signed(span.estimate)}</span> }
    });
    let outcome = learning.outcome.map(|outcome| view! { <OutcomeTag outcome /> });
    let source = learning.test.clone().unwrap_or_else(|| learning.number.clone());
    let next = (!learning.decisions.is_empty()).then(|| format!(" · next: {}", next_words(&learning.decisions)));
    view! {
        <section class="learned" aria-labelledby="learned-title">
            <header class="section-head"><h2 id="learned-title">{title}</h2></header>
            <p class="serif"><a href=href>{learning.sentence}</a></p>
            <div class="effect-row">{outcome}{effect}</div>
            <p>{source}{next}</p>
        </section>
    }
}

/// Running tests with the day that they are in.
#[component]
pub fn Running(frame: Frame, items: Vec<Test>) -> impl IntoView {
    let total = frame.running;
    let shown = items.len() as u64;
    let rows = items
        .into_iter()
        .map(|test| {
            let href = frame.to(&format!("tests/{}", test.number));
            let run = day_of_run(&test, frame.now.date_naive());
            let drawn = run.map(|(share, words)| view! { <ThinProgress share label=words.clone() /><span>{words}</span> });
            view! { <li><a href=href><span class="number">{test.number}</span>" "{test.title}</a>{drawn}</li> }
        })
        .collect_view();
    let all = (total > shown).then(|| view! { <a class="small" href=frame.to("tests?state=running")>{format!("See all {total}")}</a> });
    (shown > 0).then(|| {
        view! {
            <section aria-labelledby="running-title">
                <header class="section-head"><h2 id="running-title">"Running now "<span class="count">{total}</span></h2>{all}</header>
                <ul class="running">{rows}</ul>
            </section>
        }
    })
}
