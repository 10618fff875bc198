//! What results say: progress, health, comparisons and a suggested outcome, in the shape that REST answers.

use super::compare::{Lens, comparisons};
use super::health::{check_health, split, split_fails};
use super::snapshot::{Segment, Snapshot};
use super::verdict::{Suggestion, suggest};
use super::{DataNote, Horizon, Plan, Role, Schedule, State, TestKind, words};
use crate::sites::Metric;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The tuning of always-valid intervals where no sample was planned.
const USUAL_TUNING: f64 = 5000.0;
/// Before its plan is reached a test offers no win and no loss in its first days.
pub const FEWEST_DAYS: i64 = 7;

/// What is known of a test beside its plan and its results.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub kind: TestKind,
    pub state: State,
    pub started_on: Option<NaiveDate>,
    pub stopped_on: Option<NaiveDate>,
    pub schedule: &'a Schedule,
    /// Started under power by overrule: its weeks alone count.
    pub weeks_alone: bool,
    /// False for a test that was imported or logged by hand: it counts as reached.
    pub planned: bool,
    /// The metrics of its site.
    pub metrics: &'a [Metric],
    /// How often somebody looked before the planned end.
    pub looks: u32,
    /// Whether somebody looked at this snapshot.
    pub looked: bool,
    pub data_note: Option<&'a DataNote>,
}

/// All that results say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Analysis {
    /// None while there are no results.
    pub as_of: Option<DateTime<Utc>>,
    pub progress: Progress,
    pub health: Vec<HealthCheck>,
    pub comparisons: Vec<Comparison>,
    /// None where a person chooses the outcome, and where there is nothing to go by.
    pub suggestion: Option<Suggestion>,
}

/// How far a test has come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Visitors in all variants together.
    pub visitors: Option<u64>,
    pub planned_sample: Option<u64>,
    /// Full days that the results cover.
    pub days: Option<i64>,
    pub planned_weeks: u32,
    /// The day on which the planned weeks are over.
    pub ends_on: Option<NaiveDate>,
    /// Whether the weeks are over and the sample is in.
    pub reached: bool,
    /// Whether only the always-valid interval may be shown, and that after a look.
    pub short_of_plan: bool,
    pub looks: u32,
    /// What the plan could not compute, a sentence each.
    pub unknown: Vec<String>,
}

/// How a check of the data ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CheckStatus))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Pass,
    Warn,
    Fail,
}

/// One check of the data, with the number behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthCheck {
    /// `sample_ratio`, `sample_ratio_devices`, `planned_sample`, `whole_weeks`, `looks`, `small_counts`,
    /// `missing_days`, `device_interaction`, `guard_rails` or `data_note`.
    pub check: String,
    pub status: Status,
    pub detail: String,
    pub figure: Option<f64>,
}

/// One arm of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ArmFigures {
    pub variant: String,
    pub visitors: u64,
    /// None for means, and while nobody has looked.
    pub conversions: Option<u64>,
    /// Share or mean; none while nobody has looked.
    pub value: Option<f64>,
    /// Standard deviation of a mean.
    pub sd: Option<f64>,
}

/// A difference with its interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    pub level: f64,
    pub method: String,
}

/// The always-valid reading of a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sequential {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    pub level: f64,
    pub p_value: f64,
    /// The same of the relative change, where there is one.
    pub relative: Option<Difference>,
}

/// A direction of change, read in the metric's good direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Better,
    Worse,
    Unclear,
}

/// Where a guard-rail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GuardState {
    Safe,
    Unproven,
    Broken,
}

/// A guard-rail's reading on one treatment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GuardReading {
    pub status: GuardState,
    /// Largest harm accepted, in the metric's unit.
    pub margin: f64,
    /// One-sided 95 % bound of the change in the good direction, in the metric's unit; safe above minus the margin.
    pub bound: Option<f64>,
    /// One-sided: small values show that no more than the margin is lost.
    pub p_value: Option<f64>,
}

/// One treatment against the control on one metric, for all visitors or one device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comparison {
    pub variant: String,
    pub metric: String,
    pub role: Role,
    /// None for all visitors.
    pub segment: Option<Segment>,
    pub control: ArmFigures,
    pub treatment: ArmFigures,
    pub absolute: Option<Difference>,
    pub relative: Option<Difference>,
    pub p_value: Option<f64>,
    pub p_adjusted: Option<f64>,
    pub chance_to_win: Option<f64>,
    pub expected_loss: Option<f64>,
    pub sequential: Option<Sequential>,
    pub change: Option<Change>,
    pub guard_rail: Option<GuardReading>,
    /// Why a figure is missing.
    pub detail: Option<String>,
}

/// Reads results against their plan.
pub fn analysis(plan: &Plan, facts: &Facts, snapshot: Option<&Snapshot>, now: DateTime<Utc>) -> Analysis {
    let progress = progress(plan, facts, snapshot, now);
    let lens = Lens::new(plan, facts, &progress);
    let comparisons = snapshot.map(|snapshot| comparisons(plan, facts, snapshot, &lens)).unwrap_or_default();
    let health = check_health(plan, facts, snapshot, &progress, &comparisons, now);
    let suggestion = if !facts.kind.has_numbers() || facts.state.is_before_start() {
        None
    } else {
        suggest(plan, facts, snapshot, &progress, split_fails(&health))
    };
    Analysis { as_of: snapshot.map(|snapshot| snapshot.as_of), progress, health, comparisons, suggestion }
}

/// What the rules make of a test that ended elsewhere, and the check of its split: the same as in [`analysis`], without
/// the figures that only inform.
pub fn computed(plan: &Plan, facts: &Facts, snapshot: &Snapshot, now: DateTime<Utc>) -> (Option<Suggestion>, Option<HealthCheck>) {
    let progress = progress(plan, facts, Some(snapshot), now);
    let split = split(plan, facts, Some(snapshot));
    let fails = split.as_ref().is_some_and(|check| check.status == Status::Fail);
    (suggest(plan, facts, Some(snapshot), &progress, fails), split)
}

fn progress(plan: &Plan, facts: &Facts, snapshot: Option<&Snapshot>, now: DateTime<Utc>) -> Progress {
    let visitors = snapshot.and_then(|snapshot| visitors(plan, snapshot));
    let covered = snapshot.map_or(now, |snapshot| snapshot.as_of).date_naive();
    let until = facts.stopped_on.map_or(covered, |stopped| stopped.min(covered));
    let days = facts.started_on.map(|started| (until - started).num_days().max(0));
    let planned_days = facts.schedule.planned_days();
    let weeks_over = days.is_some_and(|days| days >= i64::from(planned_days));
    let sample_in = facts.weeks_alone || facts.schedule.sample.is_none_or(|sample| visitors.is_some_and(|count| count >= sample));
    let reached = !facts.planned || (weeks_over && sample_in);
    Progress {
        visitors,
        planned_sample: facts.schedule.sample,
        days,
        planned_weeks: facts.schedule.weeks,
        ends_on: facts.started_on.and_then(|started| started.checked_add_days(Days::new(planned_days.into()))),
        reached,
        short_of_plan: !reached && facts.state == State::Running,
        looks: facts.looks,
        unknown: facts.schedule.unknown.clone(),
    }
}

/// Visitors of all variants by the primary metric.
pub(super) fn visitors(plan: &Plan, snapshot: &Snapshot) -> Option<u64> {
    let primary = plan.primary_metric.as_deref()?;
    let counts = plan.variants.iter().filter_map(|variant| snapshot.totals(&variant.key, primary, None));
    counts.map(|figures| figures.units()).reduce(u64::saturating_add)
}

impl Facts<'_> {
    /// The number of visitors for which always-valid intervals are narrowest: the planned total, else 5,000.
    pub(super) fn tuning(&self) -> f64 {
        self.schedule.sample.map_or(USUAL_TUNING, |sample| sample as f64)
    }

    pub(super) fn metric(&self, slug: &str) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.slug == slug)
    }

    /// A metric's name within a sentence.
    pub(super) fn name(&self, slug: &str) -> String {
        self.metric(slug).map_or_else(|| slug.to_owned(), words::name)
    }

    /// Whether the interval that decides is the always-valid one.
    pub(super) fn decides_always_valid(&self, plan: &Plan, progress: &Progress) -> bool {
        plan.horizon == Horizon::Sequential || !progress.reached
    }
}
