//! Rollouts as a table: effect, value with its range, and the inputs one click away.

use super::words;
use crate::charts::{Interval, Scale, Shape, Span};
use crate::experiments::words as effects;
use crate::frame::Frame;
use crate::hypotheses::DeviceIcons;
use crate::ui::{date, number, plural};
use domain::impact::{Inputs, Lift, Rollout, Worth};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The value that leads: adjusted, else as measured.
fn worth(rollout: &Rollout) -> Option<&Worth> {
    rollout.adjusted.as_ref().or(rollout.measured.as_ref())
}

fn span_of(worth: &Worth) -> Span {
    Span { low: words::whole(&worth.low), estimate: words::whole(&worth.mid), high: words::whole(&worth.high) }
}

/// The section, with the unknown ones named under the table.
#[component]
pub fn Rollouts(frame: Frame, rollouts: Vec<Rollout>, money_hidden: bool, catalogue: Catalogue) -> impl IntoView {
    if rollouts.is_empty() {
        return view! { <section class="section"><p class="muted">"No rollout yet: shipping a variant makes one."</p></section> }
            .into_any();
    }
    let unknown: Vec<Rollout> = rollouts.iter().filter(|one| !money_hidden && worth(one).is_none()).cloned().collect();
    let ends = rollouts.iter().filter_map(worth).map(span_of).flat_map(|span| [span.low, span.high]);
    let scale = Scale::holding(ends);
    let rows = rollouts
        .into_iter()
        .map(|rollout| view! { <Row frame=frame.clone() rollout scale money_hidden catalogue=catalogue.clone() /> })
        .collect_view();
    let money = (!money_hidden).then(|| view! { <th scope="col">"Range"</th><th scope="col" class="end">"A year"</th> });
    view! {
        <section class="section" aria-labelledby="rollouts-title">
            <header class="section-head"><h2 id="rollouts-title">"Rollouts"</h2><p>"net margin a year, 80% range"</p></header>
            <div class="table-wrap">
                <table class="table stacks rollouts">
                    <caption class="visually-hidden">"Rollouts, the newest first"</caption>
                    <thead><tr><th scope="col">"Rollout"</th><th scope="col">"Area"</th><th scope="col">"Shipped"</th><th scope="col">"Devices"</th><th scope="col" class="end">"Measured change"</th>{money}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Unknown frame rollouts=unknown />
        </section>
    }
    .into_any()
}

#[component]
fn Row(frame: Frame, rollout: Rollout, scale: Scale, money_hidden: bool, catalogue: Catalogue) -> impl IntoView {
    let href = frame.to(&format!("rollouts/{}", rollout.number));
    let area = rollout.area.as_deref().map(|area| catalogue.area_name(area).to_owned());
    let lift = lift_words(rollout.inputs.lift.as_ref());
    let devices = if rollout.devices.is_empty() {
        view! { "all" }.into_any()
    } else {
        view! { <span class="where"><DeviceIcons devices=rollout.devices.clone() /></span> }.into_any()
    };
    let money = (!money_hidden).then(|| match worth(&rollout).cloned() {
        Some(worth) => view! { <td class="worth"><Interval scale span=Some(span_of(&worth)) shape=Shape::Estimate /></td><td class="end range" data-label="A year">{words::range(&worth)}</td> }.into_any(),
        None => view! { <td></td><td class="end" data-label="A year"><span class="not-measured">"unknown"</span></td> }.into_any(),
    });
    let test = rollout.test.clone().map(|number| {
        let href = frame.to(&format!("tests/{number}"));
        view! { <a href=href>{number}</a>" " }
    });
    view! {
        <tr>
            <th scope="row"><span class="number">{rollout.number.clone()}</span>" "<a href=href data-row="">{rollout.title.clone()}</a><InputList rollout=rollout.clone() catalogue /></th>
            <td data-label="Area">{area}</td>
            <td data-label="Shipped" class="nowrap">{test}{date(rollout.shipped_on)}</td>
            <td data-label="Devices">{devices}</td>
            <td class="end" data-label="Measured">{lift}</td>
            {money}
        </tr>
    }
}

/// "+5.3% (+2.2 to +8.5%)".
pub fn lift_words(lift: Option<&Lift>) -> String {
    lift.map_or_else(
        || "not measured".to_owned(),
        |lift| format!("{} ({})", effects::signed(lift.estimate), effects::range(lift.low, lift.high)),
    )
}

/// What the value is computed from, in the order of the formula.
pub fn input_rows(rollout: &Rollout, catalogue: &Catalogue) -> Vec<(&'static str, String)> {
    let inputs: &Inputs = &rollout.inputs;
    let unknown = || "unknown".to_owned();
    let percent = |share: Option<f64>| share.map_or_else(unknown, |share| format!("{:.1}%", share * 100.0));
    let metric = inputs.metric.as_deref().map(|slug| catalogue.metric_name(rollout.site.as_deref(), slug).to_owned());
    let unit = inputs.metric.as_deref().and_then(|slug| catalogue.site(rollout.site.as_deref()?)?.metric(slug)).map(|metric| metric.unit);
    let currency = rollout.currency.clone().unwrap_or_default();
    let amount = |value: Option<f64>| value.map_or_else(unknown, |value| effects::value(value, domain::sites::Unit::Money, &currency));
    let baseline =
        inputs.baseline.map_or_else(unknown, |value| effects::value(value, unit.unwrap_or(domain::sites::Unit::Share), &currency));
    let mut rows = vec![
        ("Metric", metric.unwrap_or_else(unknown)),
        ("Visitors a month", inputs.visitors.map_or_else(unknown, number)),
        ("Share that gets it", percent(Some(inputs.share))),
        ("Baseline", baseline),
        ("Measured change", lift_words(inputs.lift.as_ref())),
        ("Left after 12 months", percent(Some(inputs.kept))),
    ];
    if !rollout.money_hidden {
        rows.push(("Value per conversion", amount(inputs.value_per_conversion)));
        rows.push(("Returned", percent(inputs.returns)));
        rows.push(("Margin", percent(inputs.margin)));
    }
    rows
}

/// The inputs, one click away.
#[component]
fn InputList(rollout: Rollout, catalogue: Catalogue) -> impl IntoView {
    let rows = input_rows(&rollout, &catalogue).into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
    view! { <details class="more-fields"><summary>"Inputs"</summary><dl class="pairs">{rows}</dl></details> }
}

/// Rollouts without a value, and what each lacks.
#[component]
fn Unknown(frame: Frame, rollouts: Vec<Rollout>) -> impl IntoView {
    (!rollouts.is_empty()).then(|| {
        let count = plural(rollouts.len() as u64, "rollout has", "rollouts have");
        let items = rollouts
            .into_iter()
            .map(|rollout| {
                let missing: Vec<&str> = rollout.unknown.iter().map(|input| input.name()).collect();
                let href = frame.to(&format!("rollouts/{}", rollout.number));
                let lacks = if missing.is_empty() { "it was not measured".to_owned() } else { format!("missing: {}", missing.join(", ")) };
                view! { <li><span><a href=href>{rollout.number.clone()}</a>{format!(" {}, {lacks}", rollout.title)}</span></li> }
            })
            .collect_view();
        view! { <div class="small muted"><p>{format!("{count} no known value and none is counted in the total:")}</p><ul class="next-steps">{items}</ul></div> }
    })
}
