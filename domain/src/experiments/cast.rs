//! What the tests of this feature share: metrics of the starter catalogue, plans and results.

use super::snapshot::{Figures, Row, Segment, Snapshot};
use super::{
    Analysis, Comparison, Facts, GuardRail, Outcome, OutcomeKind, Plan, Scale, Schedule, State, Status, Test, TestKind, Variant, analysis,
};
use crate::sites::{Catalogue, Device, Metric, STARTER_METRICS, Site, SiteCatalogue};
use chrono::{DateTime, NaiveDate, Utc};

pub const ORDERS: &str = "conversion-rate";
pub const REVENUE: &str = "revenue-per-visitor";

pub fn metrics() -> Vec<Metric> {
    let metric = |one: &crate::sites::StarterMetric| Metric {
        slug: one.slug.into(),
        name: one.name.into(),
        kind: one.kind,
        unit: one.unit,
        direction: one.direction,
        family: one.family,
    };
    STARTER_METRICS.iter().map(metric).collect()
}

pub fn catalogue() -> Catalogue {
    let site = Site {
        slug: "shop".into(),
        name: "Shop".into(),
        currency: "GBP".into(),
        time_zone: "UTC".into(),
        margin: None,
        url: None,
        version: 1,
    };
    Catalogue { sites: vec![SiteCatalogue { site, areas: Vec::new(), metrics: metrics() }], ..Catalogue::default() }
}

/// A plan on orders with this many variants of equal shares.
pub fn plan(count: usize) -> Plan {
    let variant = |key: &str| Variant { key: key.into(), name: format!("Variant {key}"), share: 1.0 / count as f64, url: None };
    Plan {
        variants: ["A", "B", "C", "D"][..count].iter().map(|key| variant(key)).collect(),
        primary_metric: Some(ORDERS.into()),
        ..Plan::default()
    }
}

/// A planned test on the shop's checkout, on every device.
pub fn planned_test() -> Test {
    Test {
        number: "T-1".into(),
        title: "Delivery date".into(),
        kind: TestKind::Ab,
        state: State::Planned,
        hypotheses: vec!["H-1".into()],
        site: Some("shop".into()),
        area: Some("checkout".into()),
        audience: None,
        owner: None,
        owner_name: None,
        plan: plan(2),
        schedule: Schedule { weeks: 2, ..Schedule::default() },
        started_on: None,
        stopped_on: None,
        stop_reason: None,
        cancel_reason: None,
        overrule: None,
        data_note: None,
        amendments: 0,
        recorded: None,
        re_run_of: None,
        imported: false,
        origin: None,
        counts: true,
        version: 1,
        created_at: time("2026-11-20T00:00:00Z"),
        updated_at: time("2026-11-20T00:00:00Z"),
    }
}

pub fn rail(metric: &str, margin: f64, scale: Scale) -> GuardRail {
    GuardRail { metric: metric.into(), margin, scale }
}

pub fn share(variant: &str, metric: &str, conversions: u64, visitors: u64) -> Row {
    Row { variant: variant.into(), metric: metric.into(), segment: None, figures: Figures::Share { visitors, conversions } }
}

pub fn mean(variant: &str, metric: &str, n: u64, mean: f64, sd: f64) -> Row {
    Row { variant: variant.into(), metric: metric.into(), segment: None, figures: Figures::Mean { n, mean, sd } }
}

pub fn on(device: Device, row: Row) -> Row {
    Row { segment: Some(Segment { device }), ..row }
}

/// Control and one treatment on orders: conversions out of visitors.
pub fn two(control: (u64, u64), treatment: (u64, u64)) -> Vec<Row> {
    vec![share("A", ORDERS, control.0, control.1), share("B", ORDERS, treatment.0, treatment.1)]
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Results read on 20 November 2026.
pub fn snapshot(rows: Vec<Row>) -> Snapshot {
    Snapshot { as_of: time("2026-11-20T00:00:00Z"), rows, no_device_reason: Some("Not split by device.".into()), device_gap_reason: None }
}

/// A running test that began four weeks before those results.
pub fn facts<'a>(schedule: &'a Schedule, metrics: &'a [Metric]) -> Facts<'a> {
    Facts {
        kind: TestKind::Ab,
        state: State::Running,
        started_on: Some(day("2026-10-23")),
        stopped_on: None,
        schedule,
        weeks_alone: false,
        planned: true,
        metrics,
        looks: 0,
        looked: false,
        data_note: None,
    }
}

pub fn rail_of() -> GuardRail {
    rail("repeat-purchase", 0.1, Scale::Relative)
}

/// Unless a scenario says otherwise, its weeks are over and it was started under power by overrule.
pub fn read(plan: &Plan, rows: Vec<Row>) -> Analysis {
    let (schedule, metrics) = (Schedule { weeks: 2, ..Schedule::default() }, metrics());
    read_with(plan, rows, Facts { weeks_alone: true, ..facts(&schedule, &metrics) })
}

pub fn read_with(plan: &Plan, rows: Vec<Row>, facts: Facts) -> Analysis {
    let results = snapshot(rows);
    analysis(plan, &facts, Some(&results), results.as_of)
}

pub fn comparison<'a>(found: &'a Analysis, variant: &str, metric: &str, device: Option<Device>) -> &'a Comparison {
    let segment = device.map(|device| Segment { device });
    found.comparisons.iter().find(|one| one.variant == variant && one.metric == metric && one.segment == segment).expect("a comparison")
}

pub fn suggested(found: &Analysis) -> (Outcome, Option<OutcomeKind>) {
    let suggestion = found.suggestion.as_ref().expect("a suggestion");
    (suggestion.outcome, suggestion.kind)
}

pub fn status(found: &Analysis, check: &str) -> Option<Status> {
    found.health.iter().find(|one| one.check == check).map(|one| one.status)
}

pub fn near(value: f64, wanted: f64, digit: f64) -> bool {
    (value - wanted).abs() <= digit * 0.5000001
}
