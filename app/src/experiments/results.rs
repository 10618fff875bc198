//! Results: one group of rows per metric, primary first; every plot on one scale with one zero line.

use super::tags::{Glyphed, VariantName};
use super::words;
use crate::charts::{Axis, Interval, Scale, Shape};
use domain::experiments::{Analysis, Comparison, Plan, Role, Test};
use domain::sites::{Direction, Metric, SiteCatalogue, Unit};
use leptos::prelude::*;

/// What the rows of a table share.
#[derive(Debug, Clone)]
struct Table {
    plan: Plan,
    metrics: Vec<Metric>,
    currency: String,
    scale: Scale,
}

impl Table {
    fn metric(&self, slug: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.slug == slug)
    }

    fn shown(&self, slug: &str, value: Option<f64>) -> String {
        let unit = self.metric(slug).map_or(Unit::Count, |metric| metric.unit);
        value.map_or_else(|| "–".to_owned(), |value| words::value(value, unit, &self.currency))
    }
}

/// The scale of the results: led by the primary metric.
fn scale_of(comparisons: &[Comparison]) -> Scale {
    let ends = |primary: bool| -> Vec<f64> {
        let rows = comparisons.iter().filter(|one| (one.role == Role::Primary) == primary);
        rows.filter_map(words::relative).flat_map(|span| [span.low, span.high]).collect()
    };
    Scale::led_by(&ends(true), &ends(false))
}

/// A guard-rail's limit as a relative change, on the bad side.
fn limit(comparison: &Comparison, good: Direction) -> Option<f64> {
    let control = comparison.control.value.filter(|value| *value != 0.0)?;
    let margin = comparison.guard_rail.as_ref()?.margin / control.abs();
    Some(if good == Direction::Up { -margin } else { margin })
}

/// The section; nothing before there are comparisons.
#[component]
pub fn Results(test: Test, analysis: Analysis, site: Option<SiteCatalogue>) -> impl IntoView {
    let rows: Vec<Comparison> = analysis.comparisons.into_iter().filter(|one| one.segment.is_none()).collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let level = rows.iter().find_map(|one| one.relative.as_ref().map(|found| found.level));
    let early = analysis.progress.short_of_plan;
    let control = test.plan.control().map(|one| one.key.clone()).unwrap_or_default();
    let note = match (early, level) {
        (true, _) => format!("change against {control}; before the planned end only the interval that allows for early looks"),
        (false, level) => format!("change against {control}, {:.0}% interval; dashed: guard-rail limit", level.unwrap_or(0.95) * 100.0),
    };
    let scale = scale_of(&rows);
    let (metrics, currency) = site.map(|site| (site.metrics, site.site.currency)).unwrap_or_default();
    let table = Table { plan: test.plan, metrics, currency, scale };
    let groups = grouped(rows).into_iter().map(|group| view! { <Group table=table.clone() group /> }).collect_view();
    view! {
        <section aria-labelledby="results-title">
            <header class="section-head"><h2 id="results-title">"Results"</h2><p>{note}</p></header>
            <div class="table-wrap">
                <table class="table results">
                    <caption class="visually-hidden">"Results by metric and variant"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Metric"</th><th scope="col" class="end">{control}</th><th scope="col">"Variant"</th>
                            <th scope="col" class="end">"Value"</th><th scope="col" class="end">"Change"</th><th scope="col" class="end between">"Range"</th>
                            <th scope="col"><span class="visually-hidden">"Plot"</span><Axis scale words=words::tick /></th><th scope="col">"Verdict"</th>
                        </tr>
                    </thead>
                    {groups}
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Comparisons of one metric, in the order in which they came.
fn grouped(rows: Vec<Comparison>) -> Vec<Vec<Comparison>> {
    let mut groups: Vec<Vec<Comparison>> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.metric == row.metric)) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

fn role_words(table: &Table, comparison: &Comparison) -> String {
    match comparison.role {
        Role::Primary => "Primary".to_owned(),
        Role::Secondary => "Supporting".to_owned(),
        Role::Other => "Also measured".to_owned(),
        Role::GuardRail => {
            let good = table.metric(&comparison.metric).map_or(Direction::Up, |metric| metric.direction);
            let limit = limit(comparison, good).map(|limit| format!(", limit {}", words::tick(limit)));
            format!("Guard-rail{}", limit.unwrap_or_default())
        }
    }
}

#[component]
fn Group(table: Table, group: Vec<Comparison>) -> impl IntoView {
    let Some(first) = group.first().cloned() else { return ().into_any() };
    let name = table.metric(&first.metric).map_or_else(|| first.metric.clone(), |metric| metric.name.clone());
    let (span, role) = (group.len().to_string(), role_words(&table, &first));
    let control = table.shown(&first.metric, first.control.value);
    let key = first.control.variant.clone();
    let mut head = Some(view! {
        <th scope="rowgroup" rowspan=span.clone()>{name}<span class="role">{role}</span></th>
        <td class="end control" rowspan=span data-label=key>{control}</td>
    });
    let rows = group.into_iter().map(|comparison| view! { <tr>{head.take()}<Cells table=table.clone() comparison /></tr> }).collect_view();
    view! { <tbody>{rows}</tbody> }.into_any()
}

#[component]
fn Cells(table: Table, comparison: Comparison) -> impl IntoView {
    let name = table.plan.variants.iter().find(|one| one.key == comparison.variant).map(|one| one.name.clone()).unwrap_or_default();
    let good = table.metric(&comparison.metric).map_or(Direction::Up, |metric| metric.direction);
    let value = table.shown(&comparison.metric, comparison.treatment.value);
    let span = words::relative(&comparison);
    let (lift, between) = span.map_or_else(
        || ("–".to_owned(), "not measured".to_owned()),
        |span| (words::signed(span.estimate), words::range(span.low, span.high)),
    );
    let class = if comparison.role == Role::Primary { "end lift-cell primary" } else { "end lift-cell" };
    let verdict = match (&comparison.guard_rail, comparison.change) {
        (Some(rail), _) => Some(words::guard(rail.status)),
        (None, Some(change)) => Some(words::change(change)),
        (None, None) => None,
    };
    let shape = if comparison.guard_rail.is_some() { Shape::Inconclusive } else { words::change_shape(comparison.change) };
    let limit = limit(&comparison, good);
    let plot = span.map(|span| view! { <Interval scale=table.scale span=Some(span) shape limit /> });
    let why = comparison.detail.map(|why| view! { <span class="visually-hidden">{format!(" {why}")}</span> });
    view! {
        <td><VariantName key=comparison.variant name />{why}</td>
        <td class="end value">{value}</td>
        <td class=class>{lift}</td>
        <td class="end between">{between}</td>
        <td class="plot">{plot}</td>
        <td class="verdict-cell">{verdict.map(|words| view! { <Glyphed words /> })}</td>
    }
}
