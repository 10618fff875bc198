//! The plan as it stands, in words, at the foot of the record.

use super::words;
use crate::frame::Frame;
use domain::experiments::{GuardRail, Horizon, Plan, Scale, Test};
use domain::sites::{Catalogue, Metric, Unit};
use leptos::prelude::*;

/// "5% worse at most".
fn margin_words(rail: &GuardRail, metric: Option<&Metric>, currency: &str) -> String {
    let unit = metric.map_or(Unit::Count, |metric| metric.unit);
    match rail.scale {
        Scale::Relative => format!("{} worse at most", words::tick(rail.margin).trim_start_matches('+')),
        Scale::Absolute => format!("{} worse at most", words::value(rail.margin, unit, currency)),
    }
}

/// The decision rule, written by the plan.
fn rule(plan: &Plan, primary: &str) -> String {
    let treatments: Vec<&str> = plan.treatments().iter().map(|one| one.key.as_str()).collect();
    let guard = match plan.guard_rails.len() {
        0 => String::new(),
        1 => " and the guard-rail is safe".to_owned(),
        _ => " and every guard-rail is safe".to_owned(),
    };
    let when = if plan.horizon == Horizon::Fixed { "at the planned end" } else { "on any day" };
    format!("{} wins if {primary} is better{guard} {when}.", treatments.join(" or "))
}

/// The section.
#[component]
pub fn PlanSummary(frame: Frame, test: Test, catalogue: Catalogue, hypotheses: Vec<(String, String)>) -> impl IntoView {
    let site = test.site.as_deref().and_then(|slug| catalogue.site(slug));
    let currency = site.map(|one| one.site.currency.clone()).unwrap_or_default();
    let name = |slug: &str| catalogue.metric_name(test.site.as_deref(), slug).to_owned();
    let plan = &test.plan;
    let rails = plan.guard_rails.iter().map(|rail| {
        let metric = site.and_then(|site| site.metric(&rail.metric));
        view! { <li>{format!("{}, {}", name(&rail.metric), margin_words(rail, metric, &currency))}</li> }
    });
    let rails =
        if plan.guard_rails.is_empty() { view! { "none" }.into_any() } else { view! { <ul>{rails.collect_view()}</ul> }.into_any() };
    let secondary: Vec<String> = plan.secondary_metrics.iter().map(|slug| name(slug)).collect();
    let tested = hypotheses
        .into_iter()
        .map(|(number, title)| view! { <li><a href=frame.to(&format!("hypotheses/{number}"))>{number.clone()}</a>" "{title}</li> })
        .collect_view();
    let numbers = test.kind.has_numbers().then(|| {
        let primary = plan.primary_metric.as_deref().map(name).unwrap_or_default();
        let unit = plan.primary_metric.as_deref().and_then(|slug| site?.metric(slug)).map_or(Unit::Count, |metric| metric.unit);
        let baseline = plan.baseline.map_or_else(|| "not stated".to_owned(), |value| words::value(value, unit, &currency));
        let mde = plan.mde.map_or_else(|| "not stated".to_owned(), |mde| format!("{:.1}%", mde * 100.0));
        let rule = rule(plan, &primary.to_lowercase());
        view! {
            <dt>"Primary metric"</dt><dd>{primary}</dd>
            <dt>"Baseline"</dt><dd>{baseline}</dd>
            <dt>"Smallest effect worth having"</dt><dd>{mde}</dd>
            <dt>"Guard-rails"</dt><dd>{rails}</dd>
            {(!secondary.is_empty()).then(|| view! { <dt>"Secondary metrics"</dt><dd>{secondary.join(", ")}</dd> })}
            <dt>"Alpha and power"</dt><dd>{format!("{:.0}% and {:.0}%", plan.alpha * 100.0, plan.power * 100.0)}</dd>
            <dt>"Rule"</dt><dd>{rule}</dd>
        }
    });
    let variants = plan.variants.iter().map(|one| view! { <li>{format!("{}: {}, {:.0}%", one.key, one.name, one.share * 100.0)}</li> });
    let variants = (!plan.variants.is_empty()).then(|| view! { <dt>"Variants"</dt><dd><ul>{variants.collect_view()}</ul></dd> });
    let unknown = test.schedule.unknown.iter().map(|sentence| view! { <p class="small muted">{sentence.clone()}</p> }).collect_view();
    view! {
        <section aria-labelledby="plan-words">
            <header class="section-head"><h2 id="plan-words">"Plan"</h2></header>
            <dl class="pairs plan-words"><dt>"Hypotheses"</dt><dd><ul>{tested}</ul></dd>{variants}{numbers}</dl>
            {unknown}
        </section>
    }
}
