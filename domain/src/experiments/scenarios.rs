//! The acceptance scenarios of the statistics notes, each with its published digits.

use super::cast::*;
use super::*;
use crate::sites::Device;

/// Relative estimate, low and high in percent with one digit.
fn relative(found: &Analysis, wanted: [f64; 3]) {
    let change = comparison(found, "B", ORDERS, None).relative.as_ref().expect("a relative change");
    for (value, wanted) in [change.estimate, change.low, change.high].into_iter().zip(wanted) {
        assert!(near(value * 100.0, wanted, 0.1), "{value} is not {wanted}%");
    }
}

#[test]
fn s1_clear_win() {
    let found = read(&plan(2), two((2000, 100_000), (3000, 100_000)));
    relative(&found, [50.0, 41.8, 58.6]);
    let one = comparison(&found, "B", ORDERS, None);
    let absolute = one.absolute.as_ref().unwrap();
    assert!(near(absolute.low * 100.0, 0.863, 0.001) && near(absolute.high * 100.0, 1.137, 0.001));
    assert!(one.p_value.is_some_and(|p| near(p * 1e46, 1.6, 0.1)));
    assert_eq!((absolute.method.as_str(), one.relative.as_ref().unwrap().method.as_str()), ("newcombe", "katz"));
    assert_eq!(suggested(&found).0, Outcome::Win);
    let half = read(&plan(2), two((1000, 50_000), (1500, 50_000)));
    relative(&half, [50.0, 38.6, 62.3]);
    assert!(comparison(&half, "B", ORDERS, None).p_value.is_some_and(|p| near(p * 1e24, 4.2, 0.1)));
}

#[test]
fn s2_same_rates_in_a_small_test() {
    let found = read(&Plan { mde: Some(0.1), ..plan(2) }, two((20, 1000), (30, 1000)));
    relative(&found, [50.0, -14.2, 162.3]);
    assert!(comparison(&found, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.152, 0.001)));
    assert_eq!(suggested(&found), (Outcome::Inconclusive, Some(OutcomeKind::Underpowered)));
}

#[test]
fn s3_stopping_early() {
    let (schedule, metrics) = (Schedule { weeks: 2, sample: Some(40_000), ..Schedule::default() }, metrics());
    let early = Facts { started_on: Some(day("2026-11-17")), ..facts(&schedule, &metrics) };
    let rows = two((300, 10_000), (352, 10_000));
    let unseen = read_with(&plan(2), rows.clone(), early);
    let one = comparison(&unseen, "B", ORDERS, None);
    assert_eq!((&one.absolute, &one.relative, one.p_value, &one.sequential, one.chance_to_win), (&None, &None, None, &None, None));
    assert_eq!((one.control.visitors, one.control.conversions), (10_000, None));
    assert_eq!(suggested(&unseen), (Outcome::TooEarly, None));
    let seen = read_with(&plan(2), rows.clone(), Facts { looked: true, looks: 1, ..early });
    let one = comparison(&seen, "B", ORDERS, None);
    assert_eq!((&one.absolute, &one.relative, one.p_value, one.chance_to_win), (&None, &None, None, None));
    let sequential = one.sequential.as_ref().unwrap();
    assert!(
        near(sequential.p_value, 0.402, 0.001) && near(sequential.low * 100.0, -0.25, 0.01) && near(sequential.high * 100.0, 1.29, 0.01)
    );
    assert_eq!(suggested(&seen), (Outcome::TooEarly, None));
    assert!(seen.suggestion.as_ref().unwrap().reason.contains("Keep running until 1 Dec 2026 and 40,000 visitors (20,000 so far)."));
    let stopped = Facts { state: State::Stopped, stopped_on: Some(day("2026-11-20")), ..early };
    let stopped = read_with(&plan(2), rows, stopped);
    assert!(comparison(&stopped, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.0384, 0.0001)), "once stopped all show");
    assert_eq!(suggested(&stopped), (Outcome::Inconclusive, Some(OutcomeKind::StoppedEarly)));
}

#[test]
fn s5_broken_split() {
    for (a, b, p, fails) in [(50_600, 49_400, 0.000_148, true), (50_120, 49_880, 0.448, false), (821_588, 815_482, 1.82e-6, true)] {
        let found = read(&plan(2), two((a / 50, a), (b / 50, b)));
        let check = found.health.iter().find(|one| one.check == "sample_ratio").unwrap();
        assert!(check.figure.is_some_and(|figure| (figure / p - 1.0).abs() < 0.003), "{:?}", check.figure);
        assert_eq!((check.status == Status::Fail, suggested(&found).0 == Outcome::Invalid), (fails, fails));
    }
    let note = DataNote { note: "The tag was missing on Tuesday.".into(), invalid: true };
    let (schedule, metrics) = (Schedule { weeks: 2, ..Schedule::default() }, metrics());
    let noted = read_with(&plan(2), two((2000, 100_000), (3000, 100_000)), Facts { data_note: Some(&note), ..facts(&schedule, &metrics) });
    assert_eq!(suggested(&noted).0, Outcome::Invalid);
}

#[test]
fn s9_zero_conversions() {
    let found = read(&plan(2), two((0, 500), (4, 500)));
    let one = comparison(&found, "B", ORDERS, None);
    assert_eq!(one.relative, None);
    assert!(one.detail.as_ref().is_some_and(|why| why.contains("A has no conversions") && why.contains("Fisher")), "{:?}", one.detail);
    let absolute = one.absolute.as_ref().unwrap();
    assert!(near(absolute.estimate, 0.008, 1e-9) && near(absolute.low * 100.0, -0.11, 0.01) && near(absolute.high * 100.0, 2.04, 0.01));
    assert!(one.p_value.is_some_and(|p| near(p, 0.124, 0.001)) && one.chance_to_win.is_some_and(|chance| near(chance, 0.969, 0.001)));
    assert_eq!(suggested(&found).0, Outcome::Inconclusive);
    let none = read(&plan(2), two((0, 1000), (0, 1000)));
    let one = comparison(&none, "B", ORDERS, None);
    assert_eq!((one.p_value, &one.relative, &one.sequential), (None, &None, &None));
    assert_eq!(suggested(&none).0, Outcome::Inconclusive);
}

#[test]
fn few_conversions_need_fishers_consent() {
    // Newcombe's interval excludes 0; the exact test does not agree.
    let found = read(&plan(2), two((0, 400), (6, 400)));
    assert!(comparison(&found, "B", ORDERS, None).p_value.is_some_and(|p| p < 0.05), "an agreed case");
    let close = read(&plan(2), two((0, 1000), (5, 1000)));
    let one = comparison(&close, "B", ORDERS, None);
    assert!(one.absolute.as_ref().is_some_and(|found| found.low > 0.0) && one.p_value.is_some_and(|p| p > 0.05));
    assert_eq!((one.change, suggested(&close).0), (Some(Change::Unclear), Outcome::Inconclusive));
}

/// The deviation of revenue per visitor when `orders` of `visitors` order for `mean` with deviation `sd`.
fn revenue(variant: &str, orders: f64, visitors: u64, mean_order: f64, sd: f64) -> Row {
    let share = orders / visitors as f64;
    let value = share * mean_order;
    mean(variant, REVENUE, visitors, value, (share * (sd * sd + mean_order * mean_order) - value * value).sqrt())
}

#[test]
fn s10_wrong_metric() {
    let money = [revenue("A", 3000.0, 100_000, 60.0, 30.0), revenue("B", 3300.0, 100_000, 54.5, 28.0)];
    let rows = [two((3000, 100_000), (3300, 100_000)), money.to_vec()].concat();
    let found = read(&Plan { secondary_metrics: vec![REVENUE.into()], ..plan(2) }, rows);
    relative(&found, [10.0, 4.8, 15.5]);
    assert!(comparison(&found, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.000_12, 0.000_01)));
    let one = comparison(&found, "B", REVENUE, None);
    let change = one.relative.as_ref().unwrap();
    assert!(near(change.estimate * 100.0, -0.08, 0.01) && near(change.low * 100.0, -5.6, 0.1) && near(change.high * 100.0, 5.4, 0.1));
    assert!(one.p_value.is_some_and(|p| near(p, 0.976, 0.001)));
    assert_eq!(suggested(&found), (Outcome::Win, Some(OutcomeKind::CommercialEffectNotShown)));
}

fn guarded(control: (u64, u64), treatment: (u64, u64), margin: f64) -> Analysis {
    let plan = Plan { guard_rails: vec![rail("repeat-purchase", margin, Scale::Absolute)], ..plan(2) };
    let rails = vec![share("A", "repeat-purchase", control.0, control.1), share("B", "repeat-purchase", treatment.0, treatment.1)];
    read(&plan, [two((2000, 100_000), (3000, 100_000)), rails].concat())
}

#[test]
fn s11_guard_rail_holds() {
    let found = guarded((4000, 50_000), (3960, 50_000), 0.005);
    let rail = comparison(&found, "B", "repeat-purchase", None).guard_rail.clone().unwrap();
    assert_eq!(rail.status, GuardState::Safe);
    assert!(rail.bound.is_some_and(|bound| near(bound * 100.0, -0.36, 0.01)) && rail.p_value.is_some_and(|p| near(p, 0.0071, 0.0001)));
    assert_eq!((suggested(&found).0, status(&found, "guard_rails")), (Outcome::Win, Some(Status::Pass)));
}

#[test]
fn s12_guard_rail_unproven() {
    let found = guarded((3000, 30_000), (2970, 30_000), 0.002);
    let rail = comparison(&found, "B", "repeat-purchase", None).guard_rail.clone().unwrap();
    assert_eq!(rail.status, GuardState::Unproven);
    assert!(rail.bound.is_some_and(|bound| near(bound * 100.0, -0.50, 0.01)) && rail.p_value.is_some_and(|p| near(p, 0.341, 0.001)));
    assert_eq!(suggested(&found), (Outcome::Inconclusive, Some(OutcomeKind::GuardRailUnproven)));
    let broken = guarded((3000, 30_000), (2600, 30_000), 0.002);
    assert_eq!(
        (suggested(&broken), status(&broken, "guard_rails")),
        ((Outcome::Inconclusive, Some(OutcomeKind::TradeOff)), Some(Status::Fail))
    );
    let unmeasured = read(&Plan { guard_rails: vec![rail_of()], ..plan(2) }, two((2000, 100_000), (3000, 100_000)));
    assert_eq!(suggested(&unmeasured), (Outcome::Inconclusive, Some(OutcomeKind::GuardRailUnproven)), "without data it is unproven");
}

fn per_device(mobile: Vec<Row>, desktop: Vec<Row>) -> Vec<Row> {
    let of = |device, rows: Vec<Row>| rows.into_iter().map(move |row| on(device, row));
    of(Device::Mobile, mobile).chain(of(Device::Desktop, desktop)).collect()
}

#[test]
fn s13_mobile_ignored() {
    let found = read(&plan(2), per_device(two((1200, 60_000), (1080, 60_000)), two((1600, 40_000), (1880, 40_000))));
    relative(&found, [5.7, 0.5, 11.2]);
    assert!(comparison(&found, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.0324, 0.0001)));
    for (device, change, p) in [(Device::Mobile, -10.0, 0.0112), (Device::Desktop, 17.5, 2.4e-6)] {
        let one = comparison(&found, "B", ORDERS, Some(device));
        assert!(near(one.relative.as_ref().unwrap().estimate * 100.0, change, 0.1));
        assert!(one.p_adjusted.is_some_and(|adjusted| (adjusted / p - 1.0).abs() < 0.03), "{:?}", one.p_adjusted);
    }
    let check = found.health.iter().find(|one| one.check == "device_interaction").unwrap();
    assert!(check.status == Status::Warn && check.figure.is_some_and(|p| near(p * 1e7, 4.6, 0.1)));
    let suggestion = found.suggestion.unwrap();
    assert_eq!((suggestion.outcome, suggestion.per_device, suggestion.devices), (Outcome::Win, true, vec![Device::Desktop]));
    assert_eq!(suggestion.warnings.len(), 2, "{:?}", suggestion.warnings);
}

#[test]
fn s14_mix_trap() {
    let found = read(&plan(2), per_device(two((200, 10_000), (1890, 90_000)), two((4500, 90_000), (520, 10_000))));
    relative(&found, [-48.7, -51.1, -46.2]);
    for (device, p) in [(Device::Mobile, 0.507), (Device::Desktop, 0.385)] {
        assert!(comparison(&found, "B", ORDERS, Some(device)).p_value.is_some_and(|found| near(found, p, 0.001)));
    }
    assert_eq!((suggested(&found).0, status(&found, "sample_ratio_devices")), (Outcome::Invalid, Some(Status::Fail)));
    assert_eq!(status(&found, "sample_ratio"), Some(Status::Pass), "the whole looks even");
}

#[test]
fn s15_three_variants() {
    let rows = vec![share("A", ORDERS, 1000, 20_000), share("B", ORDERS, 1090, 20_000), share("C", ORDERS, 1010, 20_000)];
    let found = read(&plan(3), rows);
    for (key, p, adjusted) in [("B", 0.0432, 0.0863), ("C", 0.819, 0.819)] {
        let one = comparison(&found, key, ORDERS, None);
        assert!((one.p_value.unwrap() / p - 1.0).abs() < 0.002 && (one.p_adjusted.unwrap() / adjusted - 1.0).abs() < 0.002, "{key}");
        assert!((one.absolute.as_ref().unwrap().level - 0.975).abs() < 1e-12);
    }
    assert_eq!(suggested(&found), (Outcome::Inconclusive, Some(OutcomeKind::NoAimStated)));
}

#[test]
fn s22_loss() {
    let found = read(&plan(2), two((3120, 61_000), (2890, 60_400)));
    relative(&found, [-6.5, -11.0, -1.7]);
    assert!(comparison(&found, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.0080, 0.0001)));
    assert_eq!(suggested(&found), (Outcome::Loss, None));
}

#[test]
fn s23_flat_and_sure_against_flat_and_unsure() {
    let sure = read(&Plan { mde: Some(0.05), ..plan(2) }, two((2500, 50_000), (2510, 50_000)));
    assert!(comparison(&sure, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.885, 0.001)));
    assert_eq!(suggested(&sure), (Outcome::Inconclusive, Some(OutcomeKind::Neutral)));
    let unsure = Plan { mde: Some(0.1), baseline: Some(0.03), ..plan(2) };
    assert_eq!(suggested(&read(&unsure, two((600, 20_000), (612, 20_000)))), (Outcome::Inconclusive, Some(OutcomeKind::Underpowered)));
    let ruled_out = read(&Plan { mde: Some(0.03), ..plan(2) }, two((5000, 100_000), (4900, 100_000)));
    assert_eq!(suggested(&ruled_out), (Outcome::Inconclusive, Some(OutcomeKind::GainAboveMdeRuledOut)));
}

#[test]
fn s25_scale() {
    let billion = 1_000_000_000;
    let flat = read(&plan(2), two((20_000_000, billion), (20_010_000, billion)));
    assert!(comparison(&flat, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.110, 0.001)));
    let small = read(&Plan { mde: Some(0.01), ..plan(2) }, two((20_000_000, billion), (20_030_000, billion)));
    let one = comparison(&small, "B", ORDERS, None);
    let change = one.relative.as_ref().unwrap();
    assert!(near(change.estimate * 100.0, 0.15, 0.01) && near(change.low * 100.0, 0.09, 0.01) && near(change.high * 100.0, 0.21, 0.01));
    assert!(one.p_value.is_some_and(|p| near(p * 1e6, 1.7, 0.1)));
    assert_eq!(suggested(&small), (Outcome::Win, Some(OutcomeKind::Small)));
    assert!(small.suggestion.unwrap().reason.contains("Real but too small"));
}

#[test]
fn a_ratio_and_an_uneven_split_have_their_published_figures() {
    let uneven = {
        let mut plan = plan(2);
        plan.variants[0].share = 0.9;
        plan.variants[1].share = 0.1;
        read(&plan, two((9000, 180_000), (1090, 20_000)))
    };
    relative(&uneven, [9.0, 2.5, 15.9]);
    assert!(comparison(&uneven, "B", ORDERS, None).p_value.is_some_and(|p| near(p, 0.0058, 0.0001)));
    let ratio = |variant: &str, n, sums: [f64; 5]| Row {
        variant: variant.into(),
        metric: "average-order-value".into(),
        segment: None,
        figures: Figures::Ratio {
            n,
            sum: sums[0],
            sum_squares: sums[1],
            denominator_sum: sums[2],
            denominator_sum_squares: sums[3],
            sum_products: sums[4],
        },
    };
    let rows = vec![
        ratio("A", 20_000, [41_250.50, 3_218_456.75, 812.0, 880.0, 46_130.25]),
        ratio("B", 20_100, [44_310.25, 3_561_220.50, 861.0, 941.0, 49_820.75]),
    ];
    let found = read(&Plan { primary_metric: Some("average-order-value".into()), ..plan(2) }, rows);
    let one = comparison(&found, "B", "average-order-value", None);
    let absolute = one.absolute.as_ref().unwrap();
    assert!(near(absolute.low, -2.42, 0.01) && near(absolute.high, 3.74, 0.01) && one.p_value.is_some_and(|p| near(p, 0.673, 0.001)));
    assert_eq!(absolute.method, "delta");
}
