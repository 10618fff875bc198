//! Rollouts with the inputs at hand, what they are worth, and who sees it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::experiments::{RowDraft, SnapshotDraft};
use domain::hypotheses::Stage;
use domain::impact::{Basis, Input, OutcomeCounts, RolloutDraft};
use domain::sites::{AreaDraft, AreaVisitors, SiteDraft};
use store::{Read, RunTests, StoreError};
use support::trials::{clear_win, conclusion, decide, noon, results, some, trial};
use support::{HERE, Library, SHOP, event, on_both_databases, refused, refused_field};

on_both_databases!(
    shipping_takes_the_inputs_at_hand_and_names_what_is_missing,
    measured_revenue_is_worth_more_than_orders_times_value,
    mended_inputs_give_a_value_to_the_penny,
    shipping_to_one_device_counts_that_device_alone,
    shipping_without_a_test_needs_a_reason,
    outcomes_count_in_the_win_rate,
    money_is_hidden_from_those_who_may_not_see_it,
    outsiders_find_nothing,
);

/// A site with a margin, and a checkout with visitors.
async fn furnished(library: &Library) {
    let configure = library.configure().await;
    let site = SiteDraft { name: "North".into(), currency: "GBP".into(), margin: Some(0.4), ..SiteDraft::default() };
    configure.edit_site(SHOP, &site, None).await.unwrap();
    let visitors = AreaVisitors { desktop: Some(150_000), mobile: Some(50_000), tablet: None };
    configure.save_area(SHOP, &AreaDraft { name: "Checkout".into(), slug: some("checkout"), visitors }).await.unwrap();
}

/// A shipped win on H-1, which is T-1 and R-1.
async fn shipped(library: &Library, results: &SnapshotDraft) {
    library.add_idea("Show the delivery date").await;
    library.stopped(&trial("Delivery date", &["H-1"]), results).await;
    library.run_tests().await.conclude_test("T-1", &conclusion("win", vec![decide("ship")])).await.unwrap();
}

async fn shipping_takes_the_inputs_at_hand_and_names_what_is_missing(library: Library) {
    furnished(&library).await;
    let mut results = clear_win();
    results.rows.retain(|row| row.metric == "conversion-rate");
    library.add_idea("Show the delivery date").await;
    library.stopped(&trial("Delivery date", &["H-1"]), &results).await;
    let overruled =
        domain::experiments::ConclusionDraft { overrule_reason: some("It is free."), ..conclusion("win", vec![decide("ship")]) };
    library.run_tests().await.conclude_test("T-1", &overruled).await.unwrap();
    let rollout = library.read().await.rollout("R-1").await.unwrap();
    let inputs = &rollout.inputs;
    assert_eq!(
        (inputs.basis, inputs.visitors, inputs.margin, inputs.baseline),
        (Some(Basis::Conversion), Some(200_000), Some(0.4), Some(0.02))
    );
    assert!(inputs.lift.is_some_and(|lift| (lift.estimate - 0.5).abs() < 1e-9));
    assert_eq!(rollout.unknown, [Input::ValuePerConversion, Input::Returns]);
    assert_eq!((rollout.measured, rollout.hypothesis.as_deref(), rollout.variant.as_deref()), (None, Some("H-1"), Some("B")));
    assert_eq!(event(&library, Subject::Rollout, "R-1").await, "Leo Lead created: Delivery date");
    let impact = library.read().await.impact(None).await.unwrap();
    assert_eq!((impact.totals[0].rollouts, impact.totals[0].unknown, &impact.totals[0].measured), (0, 1, &None));
}

async fn measured_revenue_is_worth_more_than_orders_times_value(library: Library) {
    furnished(&library).await;
    let mut results = clear_win();
    for (variant, mean) in [("A", 2.0), ("B", 2.1)] {
        let metric = "revenue-per-visitor".into();
        results.rows.push(RowDraft {
            variant: variant.into(),
            metric,
            n: Some(1e5),
            mean: Some(mean),
            sd: Some(10.0),
            ..RowDraft::default()
        });
    }
    Box::pin(shipped(&library, &results)).await;
    let rollout = library.read().await.rollout("R-1").await.unwrap();
    assert_eq!((rollout.inputs.basis, rollout.inputs.baseline), (Some(Basis::RevenuePerVisitor), Some(2.0)));
    assert!(rollout.inputs.lift.is_some_and(|lift| (lift.estimate - 0.05).abs() < 1e-9));
    assert_eq!((rollout.inputs.returns, rollout.unknown.len()), (Some(0.05), 0), "returns as the control showed them");
    // 200,000 × 2.00 × 5 % × 95 % × 40 % = 7,600.00 a month; × 10.755253 = 81,739.93.
    assert_eq!(rollout.measured.as_ref().unwrap().mid.minor, 8_173_993);
    let adjusted = rollout.adjusted.unwrap();
    assert!(adjusted.mid.minor < 8_173_993 && adjusted.mid.minor > 0, "drawn towards nothing by the stated default");
}

async fn mended_inputs_give_a_value_to_the_penny(library: Library) {
    furnished(&library).await;
    Box::pin(shipped(&library, &results((3000, 100_000), (3300, 100_000)))).await;
    let scope = library.run_tests().await;
    let rollout = scope.rollout("R-1").await.unwrap();
    assert_eq!(rollout.unknown, [Input::ValuePerConversion]);
    let lift = domain::impact::LiftDraft { estimate: Some(0.05), low: Some(0.01), high: Some(0.09), level: None };
    let draft = RolloutDraft { value_per_conversion: Some(60.0), returns: Some(0.1), lift: Some(lift), ..RolloutDraft::of(&rollout) };
    let edited = scope.edit_rollout("R-1", &draft, Some(1)).await.unwrap();
    let worth = edited.measured.unwrap();
    assert_eq!((worth.low.minor, worth.mid.minor, worth.high.minor, worth.level), (3_323_765, 6_969_404, 10_615_043, 0.8));
    assert_eq!(event(&library, Subject::Rollout, "R-1").await, "Leo Lead edited: Delivery date");
    let impact = library.read().await.impact(Some(SHOP)).await.unwrap();
    assert_eq!(impact.totals[0].measured.as_ref().unwrap().mid.minor, 6_969_404);
    assert!(library.read().await.impact(Some("elsewhere")).await.unwrap().rollouts.is_empty());
    assert!(matches!(scope.edit_rollout("R-1", &draft, Some(1)).await, Err(StoreError::Stale { current: 2 })));
    let wrong = RolloutDraft { margin: Some(40.0), ..draft };
    assert_eq!(refused_field(scope.edit_rollout("R-1", &wrong, None).await), ["margin"]);
}

async fn shipping_to_one_device_counts_that_device_alone(library: Library) {
    furnished(&library).await;
    let mut results = results((2800, 100_000), (2960, 100_000));
    for (device, variant, conversions, visitors) in
        [("mobile", "A", 1200, 60_000), ("mobile", "B", 1080, 60_000), ("desktop", "A", 1600, 40_000), ("desktop", "B", 1880, 40_000)]
    {
        results.rows.push(RowDraft {
            variant: variant.into(),
            metric: "conversion-rate".into(),
            segment: Some(domain::experiments::SegmentDraft { device: some(device) }),
            visitors: Some(f64::from(visitors)),
            conversions: Some(f64::from(conversions)),
            ..RowDraft::default()
        });
    }
    library.add_idea("Show the delivery date").await;
    library.stopped(&trial("Delivery date", &["H-1"]), &results).await;
    let suggestion = library.read().await.analysis("T-1").await.unwrap().suggestion.unwrap();
    assert!(suggestion.per_device && suggestion.devices == [domain::sites::Device::Desktop], "{suggestion:?}");
    let desktop = domain::experiments::DecisionDraft { devices: vec!["desktop".into()], ..decide("ship") };
    library.run_tests().await.conclude_test("T-1", &conclusion("win", vec![desktop])).await.unwrap();
    let inputs = library.read().await.rollout("R-1").await.unwrap().inputs;
    assert_eq!((inputs.visitors, inputs.baseline), (Some(150_000), Some(0.04)));
    assert!(inputs.lift.is_some_and(|lift| (lift.estimate - 0.175).abs() < 1e-9));
}

async fn shipping_without_a_test_needs_a_reason(library: Library) {
    library.add_idea("Show the imprint").await;
    let scope = library.run_tests().await;
    let bare = RolloutDraft { title: "Imprint".into(), hypothesis: some("H-1"), site: some(SHOP), ..RolloutDraft::default() };
    assert_eq!(refused_field(scope.create_rollout(&bare).await), ["reason"]);
    let reasoned = RolloutDraft { reason: some("The law asks for it."), ..bare };
    let foreign = RolloutDraft { hypothesis: some("H-9"), ..reasoned.clone() };
    assert_eq!(refused_field(scope.create_rollout(&foreign).await), ["hypothesis"]);
    let rollout = scope.create_rollout(&reasoned).await.unwrap();
    assert_eq!((rollout.number.as_str(), rollout.measured, rollout.shipped_on.to_string().as_str()), ("R-1", None, "2026-11-20"));
    assert!(rollout.unknown.contains(&Input::Lift), "its value reads not measured");
    assert_eq!(library.read().await.hypothesis("H-1").await.unwrap().stage, Stage::Shipped);
}

async fn outcomes_count_in_the_win_rate(library: Library) {
    for (index, (outcome, results)) in [
        ("win", clear_win()),
        ("loss", results((3000, 100_000), (2000, 100_000))),
        ("inconclusive", results((2000, 100_000), (2010, 100_000))),
        ("invalid", results((2000, 100_000), (2000, 90_000))),
    ]
    .into_iter()
    .enumerate()
    {
        let number = index + 1;
        library.add_idea("One").await;
        library.stopped(&trial("Date", &[&format!("H-{number}")]), &results).await;
        let scope = library.run_tests().await;
        scope.conclude_test(&format!("T-{number}"), &conclusion(outcome, vec![decide("stop")])).await.unwrap();
    }
    let impact = library.read().await.impact(None).await.unwrap();
    assert_eq!(impact.outcomes, OutcomeCounts { win: 1, loss: 1, inconclusive: 1, invalid: 1 });
    let rate = impact.win_rate.unwrap();
    assert_eq!((rate.n, (rate.share * 3.0).round()), (3, 1.0), "invalid never counts");
    assert!(rate.low > 0.05 && rate.high < 0.8);
}

async fn money_is_hidden_from_those_who_may_not_see_it(library: Library) {
    furnished(&library).await;
    let mut results = clear_win();
    for (variant, mean) in [("A", 2.0), ("B", 2.1)] {
        let metric = "revenue-per-visitor".into();
        results.rows.push(RowDraft {
            variant: variant.into(),
            metric,
            n: Some(1e5),
            mean: Some(mean),
            sd: Some(10.0),
            ..RowDraft::default()
        });
    }
    Box::pin(shipped(&library, &results)).await;
    assert!(library.read().await.impact(None).await.unwrap().totals[0].measured.is_some(), "shown to all by default");
    let mut settings = library.read().await.workspace().settings.clone();
    settings.money_for_all = false;
    library.configure().await.change_settings("Holm", &settings).await.unwrap();
    for (actor, sees) in [(&library.viewer, false), (&library.contributor, false), (&library.lead, true), (&library.owner, true)] {
        let scope = library.scope::<Read>(actor).await;
        let (rollout, impact) = (scope.rollout("R-1").await.unwrap(), scope.impact(None).await.unwrap());
        assert_eq!((rollout.measured.is_some(), rollout.inputs.margin.is_some(), rollout.money_hidden), (sees, sees, !sees));
        assert_eq!((impact.totals.is_empty(), impact.rollouts[0].adjusted.is_some(), impact.money_hidden), (!sees, sees, !sees));
        assert!(impact.rollouts[0].inputs.lift.is_some() && impact.win_rate.is_some(), "effects stay");
        let json = serde_json::to_string(&impact).unwrap();
        assert_eq!(json.contains("minor"), sees, "no amount anywhere");
    }
}

async fn outsiders_find_nothing(library: Library) {
    Box::pin(shipped(&library, &clear_win())).await;
    assert_eq!(refused(library.database.store.scope::<RunTests>(&library.contributor, HERE).await), "forbidden");
    let theirs = library.elsewhere::<RunTests>().await.at(noon());
    let draft = RolloutDraft { title: "Taken".into(), reason: some("Why."), ..RolloutDraft::default() };
    for number in ["R-1", "R-0", "r-1", "", "\0"] {
        assert_eq!(refused(theirs.rollout(number).await), "not found", "{number:?}");
        assert_eq!(refused(theirs.edit_rollout(number, &draft, None).await), "not found", "{number:?}");
    }
    let impact = theirs.impact(None).await.unwrap();
    assert!(impact.rollouts.is_empty() && impact.totals.is_empty() && impact.win_rate.is_none());
    assert_eq!(library.read().await.rollout("R-1").await.unwrap().title, "Delivery date");
}
