//! Tests that wait for a decision, and those whose learning nobody has written.

use crate::frame::Frame;
use crate::ui::date;
use domain::access::Permission;
use domain::experiments::Test;
use leptos::prelude::*;

/// "Ready to decide", the oldest first.
#[component]
pub fn ReadyToDecide(frame: Frame, items: Vec<Test>, total: u64) -> impl IntoView {
    if items.is_empty() {
        return ().into_any();
    }
    let may = frame.may(Permission::RunTests);
    let verb = if may { "Decide" } else { "Look" };
    let rows = items
        .into_iter()
        .enumerate()
        .map(|(at, test)| {
            // What blocks most is the one thing to press.
            let class = if may && at == 0 { "button small primary" } else { "button small" };
            let here = frame.to(&format!("tests/{}", test.number));
            let ended = test.stopped_on.map(|day| format!("Stopped {}", date(day)));
            view! {
                <li>
                    <span class="number">{test.number.clone()}</span>
                    <div><a class="title" href=here.clone()>{test.title}</a><p>{ended}</p></div>
                    <a class=class href=format!("{here}#decide-title")>{verb}<span class="visually-hidden">{format!(" {}", test.number)}</span></a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="to-decide">
            <header class="section-head"><h2 id="to-decide">"Ready to decide "<span class="count">{total}</span></h2><a class="small" href=frame.to("tests?state=stopped")>"See all"</a></header>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

/// Decided without a sentence that others can read.
#[component]
pub fn LearningsMissing(frame: Frame, count: u64) -> impl IntoView {
    (count > 0).then(|| view! {
        <section aria-labelledby="learnings-missing">
            <header class="section-head"><h2 id="learnings-missing">"Learning missing "<span class="count">{count}</span></h2><a class="small" href=frame.to("tests?state=concluded")>"See them"</a></header>
        </section>
    })
}
