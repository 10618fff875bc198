//! Small parts that lists and records share.

use crate::ui::{Icon, trim_number};
use domain::hypotheses::{EvidenceSummary, Readiness, ScoreSummary, Stage};
use domain::scoring::{Criterion, CriterionSummary};
use domain::sites::Device;
use leptos::prelude::*;

/// The stage as filled dots and its word.
#[component]
pub fn StageDots(stage: Stage) -> impl IntoView {
    let class = match stage {
        Stage::Parked => "stage parked".to_owned(),
        stage => format!("stage s{}", stage.place() + 1),
    };
    view! { <span class=class>{stage.name()}</span> }
}

/// How many checks of the linter pass.
#[component]
pub fn ReadyFigure(readiness: Readiness) -> impl IntoView {
    let Readiness { passed, of } = readiness;
    let said = format!("{passed} of {of} checks pass");
    view! { <span class="ready"><span aria-hidden="true" title=said.clone()>{format!("Ready {passed}/{of}")}</span><span class="visually-hidden">{said}</span></span> }
}

/// The devices as icons with names.
#[component]
pub fn DeviceIcons(devices: Vec<Device>) -> impl IntoView {
    let icon = |device: Device| match device {
        Device::Desktop => "i-monitor",
        Device::Mobile => "i-smartphone",
        Device::Tablet => "i-tablet",
    };
    devices.into_iter().map(|device| view! { <Icon name=icon(device) label=device.name() /> }).collect_view()
}

/// Evidence strength as blocks and a word.
#[component]
pub fn Meter(evidence: EvidenceSummary, #[prop(optional)] with_figure: bool) -> impl IntoView {
    let (class, word) = match evidence.strength.as_str() {
        "weak" => ("meter m1", "Weak"),
        "fair" => ("meter m2", "Fair"),
        "good" => ("meter m3", "Good"),
        "strong" => ("meter m4", "Strong"),
        "contradicted" => ("meter contradicted", "Contradicted"),
        _ => ("meter m0", "None"),
    };
    let figure = with_figure.then(|| format!(", {:.1}", evidence.confidence));
    view! { <span class=class>{word}{figure}</span> }
}

/// The team's score with three bars; in words for those who do not see them.
#[component]
pub fn IceCell(score: Option<ScoreSummary>) -> impl IntoView {
    let Some(score) = score else {
        return view! { <span class="unscored">"Not scored"</span> }.into_any();
    };
    let of = |criterion: Criterion| score.criteria.get(criterion.slug()).copied();
    let words: Vec<String> = Criterion::ALL
        .iter()
        .filter_map(|one| of(*one).map(|s| format!("{} {}", one.name().to_lowercase(), trim_number(s.value))))
        .collect();
    let bars = Criterion::ALL.iter().filter_map(|one| of(*one)).map(|summary| view! { <Bar summary /> }).collect_view();
    let split: Vec<&str> =
        Criterion::ALL.iter().filter(|one| score.split.iter().any(|slug| slug == one.slug())).map(|one| &one.name()[..1]).collect();
    let split_words = (!split.is_empty()).then(|| format!("Split on {}", join(&split)));
    let said = format!("Score {}: {}. {}", shown(score.value), words.join(", "), split_words.clone().unwrap_or_default());
    view! {
        <span class="visually-hidden">{said}</span>
        <div class="ice" aria-hidden="true">
            <b>{shown(score.value)}</b>
            {bars}
            {split_words.map(|words| view! { <span class="split"><Icon name="o-warn" own=true />{words}</span> })}
        </div>
    }
    .into_any()
}

/// A mean has one decimal, a product none.
pub fn shown(value: f64) -> String {
    if value > 10.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// "I, C and E".
fn join(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A bar from 0 to 10, with a bracket where scorers are far apart.
#[component]
fn Bar(summary: CriterionSummary) -> impl IntoView {
    let percent = |level: f64| format!("{}%", level * 10.0);
    let bracket = summary.is_split().then(|| {
        let (low, high) = (percent(f64::from(summary.low)), percent(f64::from(summary.high)));
        view! {
            <line class="bracket" x1=low.clone() x2=high.clone() y1="9.5" y2="9.5"></line>
            <line class="bracket" x1=low.clone() x2=low y1="7" y2="12"></line>
            <line class="bracket" x1=high.clone() x2=high y1="7" y2="12"></line>
        }
    });
    view! {
        <span class="crit">
            <span class="crit-value">{trim_number(summary.value)}</span>
            <svg class="bar" aria-hidden="true">
                <rect class="track" width="100%" height="4" rx="1"></rect>
                <rect class="fill" width=percent(summary.value) height="4" rx="1"></rect>
                {bracket}
            </svg>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_words_read_like_speech() {
        assert_eq!((join(&["I"]), join(&["I", "C"]), join(&["I", "C", "E"])), ("I".into(), "I and C".into(), "I, C and E".into()));
    }

    #[test]
    fn a_mean_has_one_decimal_and_a_product_none() {
        assert_eq!((shown(23.0 / 3.0), shown(252.0)), ("7.7".into(), "252".into()));
    }
}
