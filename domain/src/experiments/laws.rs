//! Rules of the suggested outcome that no scenario shows, and what must hold for any result.

use super::cast::*;
use super::*;
use crate::sites::{Device, Metric};
use proptest::prelude::*;

#[test]
fn before_its_plan_is_reached_a_clear_result_waits_seven_days() {
    let (schedule, metrics) = (Schedule { weeks: 4, sample: Some(400_000), ..Schedule::default() }, metrics());
    let on = |start: &str, rows: Vec<Row>| {
        let facts = Facts { started_on: Some(day(start)), looked: true, ..facts(&schedule, &metrics) };
        suggested(&read_with(&plan(2), rows, facts)).0
    };
    let (win, loss) = (two((2000, 100_000), (3000, 100_000)), two((3000, 100_000), (2000, 100_000)));
    for (start, early) in [("2026-11-14", true), ("2026-11-13", false)] {
        assert_eq!(on(start, win.clone()), if early { Outcome::TooEarly } else { Outcome::Win });
        assert_eq!(on(start, loss.clone()), if early { Outcome::TooEarly } else { Outcome::Loss });
    }
}

#[test]
fn harm_says_stop_now_even_without_a_look() {
    let (schedule, metrics) = (Schedule { weeks: 4, sample: Some(400_000), ..Schedule::default() }, metrics());
    let plan = Plan { guard_rails: vec![rail_of()], ..plan(2) };
    let rails = vec![share("A", "repeat-purchase", 8000, 100_000), share("B", "repeat-purchase", 5000, 100_000)];
    let rows = [two((2000, 100_000), (2010, 100_000)), rails].concat();
    let facts = Facts { started_on: Some(day("2026-11-17")), ..facts(&schedule, &metrics) };
    for looked in [false, true] {
        let found = read_with(&plan, rows.clone(), Facts { looked, ..facts });
        assert_eq!(
            (suggested(&found), status(&found, "guard_rails")),
            ((Outcome::TooEarly, Some(OutcomeKind::StopNow)), Some(Status::Fail))
        );
    }
}

#[test]
fn kinds_without_numbers_and_empty_tests_suggest_nothing() {
    let (schedule, metrics) = (Schedule { weeks: 2, ..Schedule::default() }, metrics());
    let bare = facts(&schedule, &metrics);
    let now = time("2026-11-20T00:00:00Z");
    let of = |facts: Facts| analysis(&plan(2), &facts, None, now);
    assert_eq!(of(Facts { kind: TestKind::Survey, ..bare }).suggestion, None);
    assert!(of(Facts { kind: TestKind::Survey, ..bare }).health.is_empty());
    assert_eq!(of(Facts { state: State::Stopped, ..bare }).suggestion, None);
    assert_eq!(of(Facts { state: State::Planned, started_on: None, ..bare }).suggestion, None);
    let waiting = of(bare);
    assert_eq!(suggested(&waiting).0, Outcome::TooEarly);
    assert!(waiting.health.iter().all(|one| one.status != Status::Pass || one.check == "looks" || one.check == "whole_weeks"));
}

#[test]
fn a_metric_where_less_is_better_is_read_the_other_way() {
    let plan = Plan { primary_metric: Some("bounce-rate".into()), ..plan(2) };
    let rows = |a, b| vec![share("A", "bounce-rate", a, 100_000), share("B", "bounce-rate", b, 100_000)];
    assert_eq!(suggested(&read(&plan, rows(40_000, 38_000))).0, Outcome::Win);
    assert_eq!(suggested(&read(&plan, rows(38_000, 40_000))).0, Outcome::Loss);
}

#[test]
fn a_sequential_plan_uses_its_interval_throughout() {
    let plan = Plan { horizon: Horizon::Sequential, ..plan(2) };
    let found = read(&plan, two((300, 10_000), (352, 10_000)));
    assert!(comparison(&found, "B", ORDERS, None).p_value.is_some_and(|p| p < 0.05));
    assert_eq!(suggested(&found).0, Outcome::Inconclusive, "the interval for one reading does not decide");
}

#[test]
fn an_analysis_is_the_json_that_programs_rely_on() {
    let found = serde_json::to_value(read(&plan(2), two((2000, 100_000), (3000, 100_000)))).unwrap();
    for field in ["as_of", "progress", "health", "comparisons", "suggestion"] {
        assert!(found.get(field).is_some(), "{field}");
    }
    let one = &found["comparisons"][0];
    for field in [
        "variant",
        "metric",
        "role",
        "segment",
        "control",
        "treatment",
        "absolute",
        "relative",
        "p_value",
        "p_adjusted",
        "chance_to_win",
        "expected_loss",
    ] {
        assert!(one.get(field).is_some(), "{field}");
    }
    assert!(one["segment"].is_null() && one["role"] == "primary" && one["sequential"]["p_value"].is_number());
    assert_eq!(found["suggestion"]["outcome"], "win");
}

fn flipped(metrics: &[Metric], rows: &[Row]) -> Vec<Row> {
    let other = |key: &str| if key == "A" { "B" } else { "A" };
    let known = |row: &&Row| metrics.iter().any(|metric| metric.slug == row.metric);
    rows.iter().filter(known).map(|row| Row { variant: other(&row.variant).into(), ..row.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn swapping_the_arms_turns_wins_into_losses(x in 0u64..2000, y in 0u64..2000, n in 2000u64..50_000) {
        let rows = two((x, n), (y, n));
        let (forth, back) = (read(&plan(2), rows.clone()), read(&plan(2), flipped(&metrics(), &rows)));
        let opposite = match suggested(&forth).0 {
            Outcome::Win => Outcome::Loss,
            Outcome::Loss => Outcome::Win,
            same => same,
        };
        prop_assert_eq!(suggested(&back).0, opposite);
        let p = |found: &Analysis| comparison(found, "B", ORDERS, None).p_value;
        prop_assert_eq!(p(&forth).is_some(), p(&back).is_some());
        if let (Some(forth), Some(back)) = (p(&forth), p(&back)) {
            prop_assert!((forth - back).abs() <= 1e-9 * forth.max(1e-300));
        }
    }

    #[test]
    fn a_guard_rail_never_makes_a_win(x in 0u64..3000, y in 0u64..3000, g in 0u64..3000, h in 0u64..3000, margin in 0.001..0.5_f64) {
        let rails = vec![share("A", "repeat-purchase", g, 30_000), share("B", "repeat-purchase", h, 30_000)];
        let rows = [two((x, 30_000), (y, 30_000)), rails].concat();
        let without = suggested(&read(&plan(2), rows.clone())).0;
        let with = suggested(&read(&Plan { guard_rails: vec![rail("repeat-purchase", margin, Scale::Absolute)], ..plan(2) }, rows)).0;
        prop_assert!(with != Outcome::Win || without == Outcome::Win);
        prop_assert!(without != Outcome::Loss || with == Outcome::Loss);
    }

    #[test]
    fn no_result_panics_and_every_verdict_has_a_reason(
        counts in proptest::collection::vec((0u64..=100_000_000_000, 0.0..=1.0_f64), 3), mde in proptest::option::of(1e-6..10.0_f64), sides in 1u8..=2, looked: bool, sequential: bool
    ) {
        let figures = |(n, part): (u64, f64)| ((n as f64 * part) as u64, n);
        let rows: Vec<Row> = ["A", "B", "C"].iter().zip(&counts).flat_map(|(key, count)| {
            let (x, n) = figures(*count);
            [on(Device::Mobile, share(key, ORDERS, x, n)), on(Device::Desktop, share(key, ORDERS, n - x, n))]
        }).collect();
        let horizon = if sequential { Horizon::Sequential } else { Horizon::Fixed };
        let plan = Plan { mde, sides, horizon, guard_rails: vec![rail_of()], ..plan(3) };
        let (schedule, metrics) = (Schedule { weeks: 2, sample: Some(1000), ..Schedule::default() }, metrics());
        let found = read_with(&plan, rows, Facts { looked, ..facts(&schedule, &metrics) });
        prop_assert!(found.suggestion.is_some_and(|one| !one.reason.is_empty()));
        let json = serde_json::to_string(&found.comparisons).unwrap();
        prop_assert!(!json.contains("NaN"));
    }
}
