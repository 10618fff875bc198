//! Working out a plan before there is a test: traffic and collisions as they are stored.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::experiments::{PlanDraft, StopDraft, TestDraft};
use domain::sites::{AreaDraft, AreaVisitors};
use store::Read;
use support::trials::{noon, some, trial};
use support::{Library, SHOP, on_both_databases, refused_field};

on_both_databases!(the_traffic_of_the_area_is_used, tests_on_area_and_dates_collide_until_they_stop, another_workspace_does_not_collide);

fn draft() -> PlanDraft {
    PlanDraft { area: some("checkout"), metric: some("conversion-rate"), baseline: Some(0.03), mde: Some(0.1), ..PlanDraft::default() }
}

async fn collisions(library: &Library, draft: &PlanDraft) -> Vec<String> {
    let scope = library.scope::<Read>(&library.viewer).await.at(noon());
    scope.plan(draft).await.unwrap().collisions.unwrap().into_iter().map(|one| one.number).collect()
}

async fn the_traffic_of_the_area_is_used(library: Library) {
    let unknown = library.read().await.plan(&draft()).await.unwrap();
    assert_eq!((unknown.schedule.sample, unknown.schedule.days), (Some(106_422), None));
    let visitors = AreaVisitors { desktop: Some(100_000), mobile: Some(21_667), tablet: None };
    let area = AreaDraft { name: "Checkout".into(), slug: some("checkout"), visitors };
    library.configure().await.save_area(SHOP, &area).await.unwrap();
    let found = library.read().await.plan(&draft()).await.unwrap();
    assert_eq!((found.schedule.days, found.schedule.weeks, found.mde_by_weeks.len()), (Some(27), 4, 11));
    let wrong = PlanDraft { metric: some("luck"), ..draft() };
    assert_eq!(refused_field(library.read().await.plan(&wrong).await), ["metric"]);
}

async fn tests_on_area_and_dates_collide_until_they_stop(library: Library) {
    library.add_idea("Show the delivery date").await;
    library.started(&trial("Runs", &["H-1"]), "2026-11-01").await;
    library.run_tests().await.create_test(&TestDraft { devices: vec!["desktop".into()], ..trial("Planned", &["H-1"]) }).await.unwrap();
    library.run_tests().await.create_test(&trial("A draft", &[])).await.unwrap();
    let elsewhere = TestDraft { area: some("basket"), ..trial("Elsewhere", &["H-1"]) };
    library.run_tests().await.create_test(&elsewhere).await.unwrap();
    assert_eq!(collisions(&library, &draft()).await, ["T-2", "T-1"]);
    let mobile = PlanDraft { devices: vec!["mobile".into()], ..draft() };
    assert_eq!(collisions(&library, &mobile).await, ["T-1"]);
    let before = PlanDraft { starts_on: some("2026-10-01"), ends_on: some("2026-10-31"), ..draft() };
    assert_eq!(collisions(&library, &before).await, ["T-2"], "what has no date yet may start any day");
    library.run_tests().await.stop_test("T-1", &StopDraft { on: some("2026-11-19"), reason: None }).await.unwrap();
    assert_eq!(collisions(&library, &draft()).await, ["T-2"]);
    let meanwhile = PlanDraft { starts_on: some("2026-11-19"), ..draft() };
    assert_eq!(collisions(&library, &meanwhile).await, ["T-2", "T-1"]);
}

async fn another_workspace_does_not_collide(library: Library) {
    library.add_idea("Show the delivery date").await;
    library.started(&trial("Runs", &["H-1"]), "2026-11-01").await;
    let theirs = library.elsewhere::<Read>().await;
    assert_eq!(refused_field(theirs.plan(&draft()).await), ["site"], "their workspace has no site");
    assert_eq!(collisions(&library, &draft()).await, ["T-1"]);
}
