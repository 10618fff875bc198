//! Devices: the primary metric on each, to be read as hints.

use super::words;
use crate::charts::{Interval, Scale};
use crate::ui::number;
use domain::experiments::{Analysis, Comparison, Role, Test};
use leptos::prelude::*;

/// The section; nothing without results of at least two devices.
#[component]
pub fn Segments(test: Test, analysis: Analysis, metric: String) -> impl IntoView {
    let suggested = analysis.suggestion.as_ref().and_then(|one| one.variant.clone());
    let Some(variant) = suggested.or_else(|| test.plan.treatments().first().map(|one| one.key.clone())) else { return ().into_any() };
    let of_primary = |one: &&Comparison| one.role == Role::Primary && one.variant == variant && words::relative(one).is_some();
    let rows: Vec<Comparison> = analysis.comparisons.iter().filter(of_primary).cloned().collect();
    if rows.iter().filter(|row| row.segment.is_some()).count() < 2 {
        return ().into_any();
    }
    let control = test.plan.control().map(|one| one.key.clone()).unwrap_or_default();
    let interaction = analysis.health.iter().find(|one| one.check == "device_interaction").map(|one| one.detail.clone());
    let scale = Scale::holding(rows.iter().filter_map(words::relative).flat_map(|span| [span.low, span.high]));
    let rows = rows.into_iter().map(|row| view! { <Segment row scale /> }).collect_view();
    view! {
        <section aria-labelledby="segments-title">
            <header class="section-head">
                <h2 id="segments-title">"Devices"</h2><p>{format!("{variant} against {control}, {metric}")}</p>
                <span>{format!("Read as hints. {}", interaction.unwrap_or_default())}</span>
            </header>
            <div class="table-wrap">
                <table class="table segments">
                    <caption class="visually-hidden">"Change by device"</caption>
                    <thead class="visually-hidden">
                        <tr><th scope="col">"Device"</th><th scope="col">"Visitors"</th><th scope="col">"Plot"</th><th scope="col">"Change"</th><th scope="col">"Range"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Segment(row: Comparison, scale: Scale) -> impl IntoView {
    let name = row.segment.map_or("All visitors", |segment| segment.device.name());
    let visitors = row.control.visitors.saturating_add(row.treatment.visitors);
    let span = words::relative(&row);
    // No winner marks here: a device is a hint, and the point says only where the best guess lies.
    let shape = if row.segment.is_none() { words::change_shape(row.change) } else { crate::charts::Shape::Inconclusive };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="end visitors">{number(i64::try_from(visitors).unwrap_or(i64::MAX))}</td>
            <td class="plot"><Interval scale span shape /></td>
            <td class="end lift">{span.map(|span| words::signed(span.estimate))}</td>
            <td class="end">{span.map(|span| words::range(span.low, span.high))}</td>
        </tr>
    }
}
