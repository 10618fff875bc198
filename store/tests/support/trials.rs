//! Tests of the product (trials, so that they are not mistaken for the tests of this folder): drafts and short ways.

use super::{Library, SHOP};
use chrono::{DateTime, Utc};
use domain::experiments::{
    ConclusionDraft, DecisionDraft, GuardRailDraft, RowDraft, SegmentDraft, SnapshotDraft, StartDraft, StopDraft, Test, TestDraft,
    VariantDraft,
};
use domain::learnings::LessonDraft;
use store::{Contribute, RunTests, Scope};

pub const ORDERS: &str = "conversion-rate";
pub const RETURNS: &str = "return-rate";

pub fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Noon of 20 November 2026, when the trials' results are read.
pub fn noon() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// An A/B test of these hypotheses with a guard-rail and nothing else to say.
pub fn trial(title: &str, hypotheses: &[&str]) -> TestDraft {
    let variant = |key: &str, name: &str| VariantDraft { key: key.into(), name: name.into(), share: Some(0.5), url: None };
    TestDraft {
        title: title.into(),
        kind: "ab".into(),
        hypotheses: hypotheses.iter().map(|number| (*number).to_owned()).collect(),
        site: some(SHOP),
        area: some("checkout"),
        variants: vec![variant("A", "Control"), variant("B", "Delivery date")],
        primary_metric: some(ORDERS),
        guard_rails: vec![GuardRailDraft { metric: RETURNS.into(), margin: Some(0.02), scale: some("absolute") }],
        ..TestDraft::default()
    }
}

fn row(variant: &str, metric: &str, device: Option<&str>, (conversions, visitors): (u64, u64)) -> RowDraft {
    RowDraft {
        variant: variant.into(),
        metric: metric.into(),
        segment: device.map(|device| SegmentDraft { device: some(device) }),
        visitors: Some(visitors as f64),
        conversions: Some(conversions as f64),
        ..RowDraft::default()
    }
}

/// Orders of control and treatment without devices, and returns that are safe.
pub fn results(control: (u64, u64), treatment: (u64, u64)) -> SnapshotDraft {
    let safe = |visitors: u64| (visitors / 20, visitors);
    SnapshotDraft {
        as_of: "2026-11-20T00:00:00Z".into(),
        no_device_reason: some("Not split by device."),
        rows: vec![
            row("A", ORDERS, None, control),
            row("B", ORDERS, None, treatment),
            row("A", RETURNS, None, safe(control.1)),
            row("B", RETURNS, None, safe(treatment.1)),
        ],
        ..SnapshotDraft::default()
    }
}

pub fn clear_win() -> SnapshotDraft {
    results((2000, 100_000), (3000, 100_000))
}

pub fn conclusion(outcome: &str, decisions: Vec<DecisionDraft>) -> ConclusionDraft {
    let learning = LessonDraft { sentence: "Buyers order more when they see the delivery date.".into(), ..LessonDraft::default() };
    ConclusionDraft { outcome: outcome.into(), decisions, learning, ..ConclusionDraft::default() }
}

pub fn decide(kind: &str) -> DecisionDraft {
    let reason = matches!(kind, "stop" | "roll_back").then(|| "It is settled.".to_owned());
    let on = (kind == "re_test").then(|| "2027-11-20".to_owned());
    let variant = (kind == "ship").then(|| "B".to_owned());
    DecisionDraft { kind: kind.into(), variant, on, reason, ..DecisionDraft::default() }
}

impl Library {
    /// The lead's right to run tests, at noon.
    pub async fn run_tests(&self) -> Scope<RunTests> {
        self.scope::<RunTests>(&self.lead).await.at(noon())
    }

    /// The contributor's right, at noon.
    pub async fn enter(&self) -> Scope<Contribute> {
        self.contribute().await.at(noon())
    }

    /// Plans and starts a test on that day, overruling whatever is missing.
    pub async fn started(&self, draft: &TestDraft, on: &str) -> Test {
        let scope = self.run_tests().await;
        let number = scope.create_test(draft).await.unwrap().number;
        scope.start_test(&number, &StartDraft { on: some(on), overrule_reason: some("The launch is fixed.") }).await.unwrap()
    }

    /// A test that ran four weeks with these results and stopped.
    pub async fn stopped(&self, draft: &TestDraft, results: &SnapshotDraft) -> Test {
        let number = self.started(draft, "2026-10-23").await.number;
        self.enter().await.post_results(&number, results).await.unwrap();
        self.run_tests().await.stop_test(&number, &StopDraft { on: some("2026-11-20"), reason: None }).await.unwrap()
    }
}
