//! What an imported test says of itself: where it comes from, what it does not claim, and whether it counts.

use crate::frame::Frame;
use crate::ui::Icon;
use domain::access::Permission;
use domain::experiments::{Origin, State, Test};
use leptos::prelude::*;

/// The note above the results; nothing for the team's own tests.
#[component]
pub fn ImportedNote(frame: Frame, test: Test) -> impl IntoView {
    let Some(origin) = test.origin.clone() else { return ().into_any() };
    let first = test.plan.control().map(|arm| arm.key.clone()).unwrap_or_default();
    let standing = if test.counts {
        "It counts in the win rate, and a shipped variant of it in impact."
    } else {
        "It stays out of the win rate and of impact until somebody says that it counts."
    };
    let may = frame.may(Permission::RunTests) && test.state != State::Cancelled;
    let action = frame.to(&format!("tests/{}/counts", test.number));
    let button = may.then(|| {
        let (value, words) = if test.counts { ("false", "Leave it out") } else { ("true", "Let it count") };
        view! {
            <form class="inline" method="post" action=action>
                <input type="hidden" name="counts" value=value />
                <button class="button small">{words}</button>
            </form>
        }
    });
    view! {
        <div class="callout note">
            <Icon name="o-warn" own=true />
            <div>
                <p><b>{format!("Imported from {}, where it is “{}”. ", origin.file_name, origin.id)}</b>{format!("Arm “{first}” is the first listed there and stands as comparison; it is not a documented control. The outcome is computed from the counts.")}</p>
                <p>{standing}</p>
                {button}
            </div>
        </div>
    }
    .into_any()
}

/// What the file said beside the counts.
#[component]
pub fn Details(test: Test) -> impl IntoView {
    let Some(Origin { details, variants, .. }) = test.origin else { return ().into_any() };
    if details.is_empty() && variants.is_empty() {
        return ().into_any();
    }
    let of_test = details.into_iter().map(|(heading, value)| view! { <dt>{heading}</dt><dd>{value}</dd> }).collect_view();
    let of_arms = test.plan.variants.iter().filter_map(|arm| {
        let said: Vec<String> = variants.get(&arm.key)?.iter().map(|(heading, value)| format!("{heading}: {value}")).collect();
        Some(view! { <dt>{format!("Arm {}", arm.key)}</dt><dd>{said.join(", ")}</dd> })
    });
    view! {
        <section aria-labelledby="origin-title">
            <header class="section-head"><h2 id="origin-title">"Details in the file"</h2><p>"as they were written there; none of them is an outcome"</p></header>
            <dl class="pairs plan-words">{of_test}{of_arms.collect_view()}</dl>
        </section>
    }
    .into_any()
}
