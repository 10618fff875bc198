//! The tree that a hypothesis stands in, drawn as a list of lists.

use crate::experiments::OutcomeTag;
use crate::frame::Frame;
use domain::hypotheses::{Lineage, LineageNode};
use leptos::prelude::*;

/// The section of a hypothesis's page; nothing where it stands alone.
#[component]
pub fn LineageSection(frame: Frame, number: String, lineage: Lineage) -> impl IntoView {
    (!lineage.is_alone()).then(|| {
        let cut = lineage.cut.then(|| view! { <p class="muted small">"The tree goes on; its first 60 are shown."</p> });
        view! {
            <section aria-labelledby="lineage-title">
                <header class="section-head"><h2 id="lineage-title">"Lineage"</h2><p>"each idea that grew out of another"</p></header>
                <div class="lineage"><ol>{node(&frame, &number, lineage.root)}</ol></div>
                {cut}
            </section>
        }
    })
}

fn node(frame: &Frame, here: &str, one: LineageNode) -> AnyView {
    let LineageNode { number, title, stage, archived, outcome, edge, children } = one;
    let folder = if number.starts_with('L') { "learnings" } else { "hypotheses" };
    let state = match (outcome, stage) {
        _ if archived => view! { <span class="muted">"Archived"</span> }.into_any(),
        (Some(outcome), _) => view! { <OutcomeTag outcome /> }.into_any(),
        (None, Some(stage)) => view! { <span class="muted">{stage.name()}</span> }.into_any(),
        (None, None) => ().into_any(),
    };
    let current = (number == here).then_some("page");
    let children = (!children.is_empty()).then(|| {
        let below = children.into_iter().map(|child| node(frame, here, child)).collect_view();
        view! { <ol>{below}</ol> }
    });
    let edge = edge.map(|edge| view! { <span class="edge">{edge.words()}</span> });
    let href = frame.to(&format!("{folder}/{number}"));
    view! {
        <li>
            {edge}
            <a class="node" href=href aria-current=current>
                <span class="top"><span class="number">{number}</span>{state}</span>
                {title}
            </a>
            {children}
        </li>
    }
    .into_any()
}
