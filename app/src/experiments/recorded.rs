//! What was recorded at the end: the outcome, the decisions with what they made, and the way to the learning.

use super::tags::OutcomeTag;
use crate::frame::Frame;
use crate::ui::{Icon, date};
use domain::experiments::{Decision, DecisionKind, Test};
use leptos::prelude::*;

/// Where the thing that a decision made stands.
fn made_address(frame: &Frame, number: &str) -> String {
    match number.split('-').next() {
        Some("H") => frame.to(&format!("hypotheses/{number}")),
        Some("T") => frame.to(&format!("tests/{number}")),
        Some("R") => frame.to(&format!("rollouts/{number}")),
        _ => frame.home(),
    }
}

/// Decisions as a list of next steps.
#[component]
pub fn NextSteps(frame: Frame, decisions: Vec<Decision>) -> impl IntoView {
    let items = decisions
        .into_iter()
        .map(|decision| {
            let words = decision_words(&decision);
            let made = decision.made.map(|number| {
                let href = made_address(&frame, &number);
                view! { " as "<a href=href>{number}</a> }
            });
            view! {
                <li><svg class="glyph check" aria-hidden="true"><use href="/icons.svg#o-check"></use></svg><span><b>{decision.kind.name()}</b>{made}{words}</span></li>
            }
        })
        .collect_view();
    view! { <ul class="next-steps">{items}</ul> }
}

/// What else a decision says: ": C on mobile, 20 Nov 2026".
pub fn decision_words(decision: &Decision) -> String {
    let mut parts = Vec::new();
    if let Some(variant) = &decision.variant {
        let devices: Vec<String> = decision.devices.iter().map(|device| device.name().to_lowercase()).collect();
        let everywhere = if decision.kind == DecisionKind::Ship { " to all devices" } else { "" };
        parts.push(if devices.is_empty() { format!("{variant}{everywhere}") } else { format!("{variant} on {}", devices.join(" and ")) });
    }
    parts.extend(decision.on.map(date));
    parts.extend(decision.title.clone());
    parts.extend(decision.reason.clone());
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}

/// The panel of a concluded test.
#[component]
pub fn RecordedPanel(frame: Frame, test: Test) -> impl IntoView {
    let Some(recorded) = test.recorded else { return ().into_any() };
    let kind = recorded.kind.map(|kind| view! { " "<span class="tag">{kind.name()}</span> });
    let overruled = recorded.overrule_reason.map(|reason| {
        let suggested = recorded.suggested.map(|outcome| outcome.name().to_lowercase()).unwrap_or_default();
        view! { <p class="small muted">{format!("The results suggested “{suggested}”. Overruled: “{reason}”")}</p> }
    });
    let learning = recorded.learning.map(|number| {
        let href = frame.to(&format!("learnings/{number}"));
        view! { <p class="actions"><a class="button" href=href><Icon name="i-book-open" />{format!("Read {number}")}</a></p> }
    });
    view! {
        <section class="panel" aria-labelledby="decided-title">
            <header><h2 id="decided-title">"Decided"</h2><span>{test.stopped_on.map(|day| format!("stopped {}", date(day)))}</span></header>
            <p><OutcomeTag outcome=recorded.outcome />{kind}</p>
            {overruled}
            <NextSteps frame decisions=recorded.decisions />
            {learning}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_says_what_where_and_why() {
        let bare = Decision {
            kind: DecisionKind::Ship,
            variant: Some("C".into()),
            devices: Vec::new(),
            on: None,
            reason: None,
            title: None,
            made: None,
        };
        assert_eq!(decision_words(&bare), ": C to all devices");
        let mobile = Decision { devices: vec![domain::sites::Device::Mobile], ..bare.clone() };
        assert_eq!(decision_words(&mobile), ": C on mobile");
        let stop = Decision { kind: DecisionKind::Stop, variant: None, reason: Some("It is settled.".into()), ..bare };
        assert_eq!(decision_words(&stop), ": It is settled.");
    }
}
