//! Outcomes, states and variants as their glyph and word.

use super::words;
use crate::ui::Icon;
use domain::experiments::{Outcome, State, Test};
use leptos::prelude::*;

/// A glyph with its word: class, sprite name, word.
#[component]
pub fn Glyphed(words: (&'static str, &'static str, &'static str)) -> impl IntoView {
    let (class, icon, word) = words;
    view! { <span class=format!("outcome {class}")><Icon name=icon own=true />{word}</span> }
}

/// A recorded outcome.
#[component]
pub fn OutcomeTag(outcome: Outcome) -> impl IntoView {
    view! { <Glyphed words=words::outcome(outcome) /> }
}

/// Where a test stands; once concluded, its outcome.
#[component]
pub fn StateTag(test: Test) -> impl IntoView {
    let recorded = test.recorded.as_ref().filter(|_| test.state == State::Concluded);
    if let Some(recorded) = recorded {
        return view! { <OutcomeTag outcome=recorded.outcome /> }.into_any();
    }
    if let Some(computed) = test.recorded.as_ref().filter(|_| test.imported && test.state == State::Stopped) {
        return view! { <OutcomeTag outcome=computed.outcome />" "<span class="tag">"computed"</span> }.into_any();
    }
    let words = match test.state {
        State::Running => ("running", "o-running", "Running"),
        State::Stopped => ("running", "o-running", "Ready to decide"),
        State::Draft => ("planned", "o-planned", "Draft"),
        State::Planned => ("planned", "o-planned", "Planned"),
        State::Cancelled => ("flat", "o-invalid", "Cancelled"),
        State::Concluded => ("flat", "o-inconclusive", "Concluded"),
    };
    view! { <Glyphed words /> }.into_any()
}

/// A variant's key in a box, and its name.
#[component]
pub fn VariantName(#[prop(into)] key: String, #[prop(into)] name: String) -> impl IntoView {
    view! { <span class="variant"><i>{key}</i>{name}</span> }
}
