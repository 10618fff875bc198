//! Plan and actual: visitors, time and effect, each beside what was planned.

use super::words;
use crate::charts::{Interval, Progress, Scale, Weeks};
use crate::ui::{date, number};
use domain::experiments::{Analysis, Comparison, Role, State, Test};
use leptos::prelude::*;

/// The comparison that decides: the suggested variant's, else the first treatment's, for all visitors.
pub fn leading(test: &Test, analysis: &Analysis) -> Option<Comparison> {
    let suggested = analysis.suggestion.as_ref().and_then(|suggestion| suggestion.variant.clone());
    let wanted = suggested.or_else(|| test.plan.treatments().first().map(|one| one.key.clone()))?;
    let of_primary = |one: &&Comparison| one.role == Role::Primary && one.segment.is_none() && one.variant == wanted;
    analysis.comparisons.iter().find(of_primary).cloned()
}

fn count(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The section.
#[component]
pub fn PlanActual(
    test: Test,
    analysis: Analysis,
    /// The change that the hypothesis expects.
    predicted: Option<(f64, f64)>,
) -> impl IntoView {
    let variants: Vec<String> = test.plan.variants.iter().map(|one| format!("{}: {}", one.key, one.name)).collect();
    let shares: Vec<String> = test.plan.variants.iter().map(|one| format!("{:.0}", one.share * 100.0)).collect();
    let split = (!shares.is_empty()).then(|| format!("{} · split {}", variants.join(" · "), shares.join(" / ")));
    let effect = leading(&test, &analysis);
    view! {
        <section aria-labelledby="plan-title">
            <header class="section-head"><h2 id="plan-title">"Plan and actual"</h2><span>{split}</span></header>
            <dl class="plan-actual">
                <Visitors analysis=analysis.clone() />
                <Time test=test.clone() analysis />
                {effect.map(|comparison| view! { <Effect comparison mde=test.plan.mde predicted /> })}
            </dl>
        </section>
    }
}

#[component]
fn Visitors(analysis: Analysis) -> impl IntoView {
    let progress = analysis.progress;
    let (seen, planned) = (progress.visitors.unwrap_or(0), progress.planned_sample);
    let of = planned.map_or_else(|| " planned sample unknown".to_owned(), |planned| format!(" of {}", count(planned)));
    let label = planned.map_or_else(
        || format!("{} visitors, the plan has no sample", count(seen)),
        |planned| format!("{} visitors, the plan is {}", count(seen), count(planned)),
    );
    view! {
        <dt>"Visitors"</dt>
        <dd><Progress done=seen as f64 plan=planned.unwrap_or(0) as f64 label /><span><b>{count(seen)}</b>{of}</span></dd>
    }
}

#[component]
fn Time(test: Test, analysis: Analysis) -> impl IntoView {
    let progress = analysis.progress;
    let days = progress.days.unwrap_or(0).max(0);
    let weeks = progress.planned_weeks;
    let end = match (test.stopped_on, progress.ends_on) {
        (Some(day), _) => format!(", stopped {}", date(day)),
        (None, Some(day)) if test.state == State::Running => format!(", ends {}", date(day)),
        _ => String::new(),
    };
    let label = format!("{} of {weeks} whole weeks", days / 7);
    view! {
        <dt>"Time"</dt>
        <dd><Weeks days=days as f64 weeks label /><span><b>{days / 7}</b>{format!(" of {weeks} whole weeks{end}")}</span></dd>
    }
}

#[component]
fn Effect(comparison: Comparison, mde: Option<f64>, predicted: Option<(f64, f64)>) -> impl IntoView {
    let Some(span) = words::relative(&comparison) else { return ().into_any() };
    let scale = Scale::holding([span.low, span.high].into_iter().chain(predicted.into_iter().flat_map(|(low, high)| [low, high])));
    let aim = match (predicted, mde) {
        (Some((low, high)), _) => format!(" predicted {}, shaded", words::range(low, high)),
        (None, Some(mde)) => format!(" the plan aims for {:.1}%", mde * 100.0),
        (None, None) => String::new(),
    };
    let label = format!("{}: {}{}{aim}", comparison.variant, words::spoken(span), if aim.is_empty() { "" } else { ";" });
    view! {
        <dt>"Effect"</dt>
        <dd><Interval scale span=Some(span) shape=words::change_shape(comparison.change) expected=predicted tall=true label /><span><b>{words::signed(span.estimate)}</b>{aim}</span></dd>
    }
    .into_any()
}
