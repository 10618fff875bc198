//! What stands beside: the top of the backlog, what is ready, and where scorers disagree.

use crate::frame::Frame;
use crate::hypotheses::Meter;
use crate::ui::Icon;
use domain::hypotheses::Hypothesis;
use domain::scoring::{Scale, Shapes};
use leptos::prelude::*;

fn address(frame: &Frame, hypothesis: &Hypothesis) -> String {
    frame.to(&format!("hypotheses/{}", hypothesis.number))
}

/// The best open hypotheses.
#[component]
pub fn Top(frame: Frame, items: Vec<Hypothesis>, shapes: Shapes) -> impl IntoView {
    let rows = items
        .iter()
        .zip(1_u32..)
        .filter_map(|(one, place)| {
            let value = one.score.as_ref().map(|score| shapes.of(score.model).said_short(score.value))?;
            Some(view! { <li><span>{place}</span><a href=address(&frame, one)>{one.title.clone()}</a><b>{value}</b></li> })
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="top-title">
                <header class="section-head"><h2 id="top-title">"Top of the backlog"</h2><a class="small" href=frame.to("hypotheses")>"See all"</a></header>
                <ol class="top-list">{rows}</ol>
            </section>
        }
    })
}

/// What is prioritised and waits for a test, with the evidence it stands on.
#[component]
pub fn Ready(frame: Frame, items: Vec<Hypothesis>) -> impl IntoView {
    let rows = items
        .iter()
        .map(|one| view! { <li><a href=address(&frame, one)>{one.title.clone()}</a><Meter evidence=one.evidence.clone() /></li> })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="ready-title">
                <header class="section-head"><h2 id="ready-title">"Ready to test"</h2><a class="small" href=frame.to("hypotheses?stage=prioritised")>"See all"</a></header>
                <ul class="top-list plain">{rows}</ul>
            </section>
        }
    })
}

/// Where scorers are far apart: worth a talk.
#[component]
pub fn Disagreements(frame: Frame, items: Vec<Hypothesis>, shapes: Shapes) -> impl IntoView {
    let points = |one: &Hypothesis| shapes.in_force(one.site.as_deref()).criteria.iter().all(|criterion| criterion.scale == Scale::Points);
    let apart = items.iter().all(points).then(|| view! { <span class="aside">"3 or more points apart"</span> });
    let rows = items
        .iter()
        .map(|one| {
            let split = one.score.as_ref().map(|score| score.split.as_slice()).unwrap_or_default();
            let criteria = &shapes.in_force(one.site.as_deref()).criteria;
            let names: Vec<&str> = criteria.iter().filter(|one| split.contains(&one.slug)).map(|one| one.name.as_str()).collect();
            view! {
                <li><a href=address(&frame, one)>{one.title.clone()}</a><span class="outcome warn"><Icon name="o-warn" own=true />{names.join(", ")}</span></li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="split-title">
                <header class="section-head"><h2 id="split-title">"Scorers disagree"</h2>{apart}</header>
                <ul class="top-list plain">{rows}</ul>
            </section>
        }
    })
}
