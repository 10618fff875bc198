//! The tests of one hypothesis, on its page.

use super::tags::StateTag;
use crate::frame::Frame;
use crate::ui::{Icon, date};
use domain::access::Permission;
use domain::experiments::Test;
use leptos::prelude::*;

/// "Tests and learnings".
#[component]
pub fn TestsOfHypothesis(frame: Frame, number: String, tests: Vec<Test>) -> impl IntoView {
    let plan = frame.may(Permission::RunTests).then(|| {
        let href = frame.to(&format!("tests/new?hypothesis={number}"));
        view! { <a class="button small" href=href><Icon name="i-plus" />"Plan a test"</a> }
    });
    let body = if tests.is_empty() {
        view! { <p class="muted">"No test yet."</p> }.into_any()
    } else {
        let rows = tests.into_iter().map(|test| view! { <TestRow frame=frame.clone() test /> }).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section aria-labelledby="tests-title">
            <header class="section-head"><h2 id="tests-title">"Tests and learnings"</h2>{plan}</header>
            {body}
        </section>
    }
}

#[component]
fn TestRow(frame: Frame, test: Test) -> impl IntoView {
    let href = frame.to(&format!("tests/{}", test.number));
    let when = match (test.started_on, test.stopped_on) {
        (Some(started), Some(stopped)) => format!("{} to {}", date(started), date(stopped)),
        (Some(started), None) => format!("since {}", date(started)),
        _ => "not started".to_owned(),
    };
    let learning = test.recorded.as_ref().and_then(|recorded| recorded.learning.clone()).map(|number| {
        let href = frame.to(&format!("learnings/{number}"));
        view! { <a class="button small" href=href>{format!("Read {number}")}</a> }
    });
    view! {
        <li><span class="number">{test.number.clone()}</span><div><a class="title" href=href>{test.title.clone()}</a><p>{when}</p></div><StateTag test />{learning}</li>
    }
}
