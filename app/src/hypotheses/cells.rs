//! Small parts that lists and records share.

use crate::ui::Icon;
use domain::hypotheses::{EvidenceSummary, Readiness, Stage};
use domain::scoring::{Criterion, CriterionSummary, ScoreSummary, Shape};
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

/// The most criteria whose figures and letters fit into a column of a list.
const FIGURES: usize = 4;

/// What a score cell and the head above it are sized by.
pub fn score_class(shape: &Shape) -> &'static str {
    match shape.criteria.len() {
        0..=3 => "",
        4 => "four",
        _ => "many",
    }
}

/// The head of a score column: the model's name, which sorts, and a letter above each bar; without one model no letters.
pub fn score_head(shape: Option<Shape>, link: impl IntoView) -> impl IntoView {
    let class = format!("ice-head {}", shape.as_ref().map_or("", score_class));
    let lettered = shape.filter(|shape| shape.criteria.len() <= FIGURES).map(|shape| shape.criteria).unwrap_or_default();
    let letters = lettered.into_iter().map(|one| view! { <abbr title=one.name>{one.letter}</abbr> }).collect_view();
    view! { <span class=class.trim().to_owned()>{link}{letters}</span> }
}

/// The team's score with a bar for each criterion; in words for those who do not see them.
#[component]
pub fn ScoreCell(
    score: Option<ScoreSummary>,
    shape: Shape,
    /// Says which model it is of, where the head does not.
    named: bool,
) -> impl IntoView {
    let Some(score) = score else {
        return view! { <span class="unscored">"Not scored"</span> }.into_any();
    };
    let of = |one: &Criterion| score.criteria.get(&one.slug).copied();
    let words: Vec<String> = shape
        .criteria
        .iter()
        .filter_map(|one| of(one).map(|summary| format!("{} {}", one.name.to_lowercase(), one.scale.said(summary.value))))
        .collect();
    let with_figures = shape.criteria.len() <= FIGURES;
    let bars = shape
        .criteria
        .iter()
        .map(|one| {
            let split = score.split.contains(&one.slug);
            view! { <Bar criterion=one.clone() summary=of(one) split with_figures /> }
        })
        .collect_view();
    let split: Vec<&Criterion> = shape.criteria.iter().filter(|one| score.split.contains(&one.slug)).collect();
    let split_words = (!split.is_empty()).then(|| split_words(&split));
    let split_names: Vec<String> = split.iter().map(|one| one.name.to_lowercase()).collect();
    let split_said =
        (!split.is_empty()).then(|| if with_figures { split_words.clone() } else { Some(format!("Split on {}", join(&split_names))) });
    let model = named.then(|| view! { <span class="model">{shape.name.clone()}</span> });
    let said_model = if named { format!(" by {}", shape.name) } else { String::new() };
    let said = format!("Score{said_model} {}: {}. {}", shape.said(score.value), words.join(", "), split_said.flatten().unwrap_or_default());
    let class = format!("ice {}", score_class(&shape));
    view! {
        <span class="visually-hidden">{said}</span>
        <div class=class.trim().to_owned() aria-hidden="true">
            <b>{shape.said_short(score.value)}</b>
            {bars}
            {model}
            {split_words.map(|words| view! { <span class="split"><Icon name="o-warn" own=true />{words}</span> })}
        </div>
    }
    .into_any()
}

/// "Split on I and C"; of many criteria their number.
fn split_words(split: &[&Criterion]) -> String {
    if split.len() > FIGURES {
        return format!("Split on {} criteria", split.len());
    }
    let letters: Vec<String> = split.iter().map(|one| one.letter.clone()).collect();
    format!("Split on {}", join(&letters))
}

/// "I, C and E".
fn join(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A bar from nothing to the best answer, with a bracket where scorers are far apart. A number without an end has no bar.
#[component]
fn Bar(criterion: Criterion, summary: Option<CriterionSummary>, split: bool, with_figures: bool) -> impl IntoView {
    let percent = |share: f64| format!("{}%", (share * 1000.0).round() / 10.0);
    let at = |level: f64| criterion.scale.share(level).map(percent);
    let bracket = summary.filter(|_| split).and_then(|summary| Some((at(summary.low)?, at(summary.high)?))).map(|(low, high)| {
        view! {
            <line class="bracket" x1=low.clone() x2=high.clone() y1="9.5" y2="9.5"></line>
            <line class="bracket" x1=low.clone() x2=low y1="7" y2="12"></line>
            <line class="bracket" x1=high.clone() x2=high y1="7" y2="12"></line>
        }
    });
    let figure = summary.map_or("–".to_owned(), |summary| criterion.scale.said_short(summary.value));
    let fill = summary.and_then(|summary| at(summary.value));
    let track = criterion.scale.share(0.0).map(|_| view! { <rect class="track" width="100%" height="4" rx="1"></rect> });
    view! {
        <span class="crit">
            {with_figures.then(|| view! { <span class="crit-value">{figure}</span> })}
            <svg class="bar" aria-hidden="true">
                {track}
                {fill.map(|width| view! { <rect class="fill" width=width height="4" rx="1"></rect> })}
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
        let joined = |words: &[&str]| join(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!((joined(&["I"]), joined(&["I", "C"]), joined(&["I", "C", "E"])), ("I".into(), "I and C".into(), "I, C and E".into()));
    }
}
