//! What the tests of a file of arms become: equal shares, one snapshot, and the outcome that the rules compute from the
//! counts. Who won as somebody once thought stays a detail.

use super::arms::{self, ArmTest};
use crate::errors::FieldErrors;
use crate::experiments::{
    Facts, Figures, Origin, Outcome, OutcomeKind, Plan, Row, Schedule, Snapshot, State, Status, TestKind, Variant, computed,
};
use crate::sites::{Metric, MetricKind};
use crate::text::LINE_LIMIT;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The longest key that a variant may have.
const KEY_LIMIT: usize = 40;
/// A detail with more values than this tells single tests apart, not kinds of them.
const VALUE_LIMIT: usize = 6;

/// Where the counts belong, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ArmsTarget {
    pub site: String,
    /// A share of visitors.
    pub metric: String,
}

/// A test as it would be kept: stopped, with its outcome computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComputedTest {
    /// The line of its first arm.
    pub line: usize,
    pub title: String,
    pub kind: TestKind,
    pub plan: Plan,
    pub snapshot: Snapshot,
    pub origin: Origin,
    pub outcome: Outcome,
    pub outcome_kind: Option<OutcomeKind>,
    /// Whether its visitors were not split equally.
    pub split_fails: bool,
}

/// All tests of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArmsPreview {
    pub target: ArmsTarget,
    pub tests: Vec<ComputedTest>,
}

/// How many tests with a value of a detail there are, and how many of them have an unequal split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SplitCount {
    pub value: String,
    pub tests: usize,
    pub fail: usize,
}

/// What the tests of a file come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArmsSummary {
    pub tests: usize,
    pub arms: usize,
    pub outcomes: BTreeMap<Outcome, usize>,
    /// Tests whose visitors were not split equally.
    pub split_fails: usize,
    /// The same by details that sort tests into a few kinds, by heading.
    pub split_by: BTreeMap<String, Vec<SplitCount>>,
}

/// Reads a file of arms and computes each test's outcome on `metric`, a share.
///
/// # Errors
/// As [`arms::read`]; and where the metric is not a share of visitors.
pub fn arms_preview(bytes: &[u8], site: &str, metric: &Metric, now: DateTime<Utc>) -> Result<ArmsPreview, FieldErrors> {
    if metric.kind != MetricKind::Proportion {
        return Err(FieldErrors::one("metric", format!("Conversions are a share of visitors; {} is not.", metric.name)));
    }
    let read = arms::read(bytes)?;
    check_keys(&read)?;
    let target = ArmsTarget { site: site.to_owned(), metric: metric.slug.clone() };
    Ok(ArmsPreview { target, tests: read.into_iter().map(|test| computed_test(test, metric, now)).collect() })
}

fn check_keys(tests: &[ArmTest]) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let long = |test: &&ArmTest| test.arms.iter().any(|arm| arm.key.chars().count() > KEY_LIMIT);
    for test in tests.iter().filter(long).take(20) {
        errors.add("file", format!("Line {}: an arm of test “{}” has a name of more than {KEY_LIMIT} characters.", test.line, test.id));
    }
    errors.into_result(())
}

fn computed_test(test: ArmTest, metric: &Metric, now: DateTime<Utc>) -> ComputedTest {
    let share = 1.0 / test.arms.len().max(1) as f64;
    let name = |arm: &arms::Arm| if arm.text.is_empty() { format!("Arm {}", arm.key) } else { cut(&arm.text) };
    let variants = test.arms.iter().map(|arm| Variant { key: arm.key.clone(), name: name(arm), share, url: None }).collect();
    let plan = Plan { variants, primary_metric: Some(metric.slug.clone()), ..Plan::default() };
    let count = |count: i64| u64::try_from(count).unwrap_or(0);
    let row = |arm: &arms::Arm| Row {
        variant: arm.key.clone(),
        metric: metric.slug.clone(),
        segment: None,
        figures: Figures::Share { visitors: count(arm.visitors), conversions: count(arm.conversions) },
    };
    let no_device_reason = Some("the file has no devices.".to_owned());
    let snapshot = Snapshot { as_of: now, rows: test.arms.iter().map(row).collect(), no_device_reason, device_gap_reason: None };
    let kind = if test.arms.len() == 2 { TestKind::Ab } else { TestKind::AbN };
    let facts = Facts {
        kind,
        state: State::Stopped,
        started_on: None,
        stopped_on: None,
        schedule: &Schedule::default(),
        weeks_alone: false,
        planned: false,
        metrics: std::slice::from_ref(metric),
        looks: 0,
        looked: false,
        data_note: None,
    };
    let (suggestion, split) = computed(&plan, &facts, &snapshot, now);
    let split_fails = split.is_some_and(|check| check.status == Status::Fail);
    let (outcome, outcome_kind) = suggestion.map_or((Outcome::Inconclusive, None), |found| (found.outcome, found.kind));
    let first = test.arms.first().map(|arm| arm.text.as_str()).unwrap_or_default();
    let title = if first.is_empty() { cut(&format!("Test {}", test.id)) } else { cut(first) };
    let details = test.arms.into_iter().filter(|arm| !arm.details.is_empty()).map(|arm| (arm.key, arm.details)).collect();
    let origin = Origin { file_name: String::new(), id: test.id, details: test.details, variants: details };
    ComputedTest { line: test.line, title, kind, plan, snapshot, origin, outcome, outcome_kind, split_fails }
}

/// As much of a text as a line may hold.
fn cut(text: &str) -> String {
    if text.chars().count() <= LINE_LIMIT {
        return text.to_owned();
    }
    text.chars().take(LINE_LIMIT - 1).chain(['…']).collect()
}

impl ArmsPreview {
    /// What the tests come to.
    pub fn summary(&self) -> ArmsSummary {
        let mut outcomes = BTreeMap::new();
        for test in &self.tests {
            *outcomes.entry(test.outcome).or_default() += 1;
        }
        let headings: BTreeSet<&String> = self.tests.iter().flat_map(|test| test.origin.details.keys()).collect();
        let split_by = headings.into_iter().filter_map(|heading| Some((heading.clone(), self.split_by(heading)?))).collect();
        ArmsSummary {
            tests: self.tests.len(),
            arms: self.tests.iter().map(|test| test.plan.variants.len()).sum(),
            outcomes,
            split_fails: self.tests.iter().filter(|test| test.split_fails).count(),
            split_by,
        }
    }

    /// Unequal splits by the values of a detail; none where it has one value only, or one for nearly every test.
    fn split_by(&self, heading: &str) -> Option<Vec<SplitCount>> {
        let mut counts = BTreeMap::<&str, (usize, usize)>::new();
        for test in &self.tests {
            let count = counts.entry(test.origin.details.get(heading).map_or("none", String::as_str)).or_default();
            count.0 += 1;
            count.1 += usize::from(test.split_fails);
        }
        let telling = (2..=VALUE_LIMIT).contains(&counts.len()) && counts.len() * 2 < self.tests.len();
        let named = |(value, (tests, fail)): (&str, (usize, usize))| SplitCount { value: value.to_owned(), tests, fail };
        telling.then(|| counts.into_iter().map(named).collect())
    }
}
