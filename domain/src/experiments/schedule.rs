//! How many visitors a plan needs and how long that takes. Numbers it cannot compute are left out, with the reason.

use super::{Plan, words};
use crate::sites::{Direction, Metric, MetricKind};
use crate::stats::duration::duration;
use crate::stats::mean_planning::{margin_sample_size, mean_sample_size};
use crate::stats::share_planning::share_sample_size;
use crate::stats::{Goal, Sides};
use serde::{Deserialize, Serialize};

/// The fewest weeks of any plan: two business cycles.
pub const FEWEST_WEEKS: u32 = 2;
/// Days in a month, on average.
const DAYS_A_MONTH: f64 = 365.0 / 12.0;
/// The share of guard-rails wrongly called safe that a plan allows for.
const GUARD_RAIL_ALPHA: f64 = 0.05;

/// What the catalogue knows a metric to be at present: a share, or a mean with its standard deviation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    pub metric: String,
    pub mean: f64,
    pub sd: Option<f64>,
}

/// How long a test runs and what it gathers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// Visitors in all variants together.
    pub sample: Option<u64>,
    /// Whole weeks: as stated, else from the traffic, else two.
    pub weeks: u32,
    /// Days until the sample is in at today's traffic; none where either is unknown.
    pub days: Option<u32>,
    /// Visitors a day that take part.
    pub per_day: Option<f64>,
    /// What could not be computed, a sentence each.
    pub unknown: Vec<String>,
}

impl Schedule {
    /// Whether fewer visitors come in the planned weeks than are needed; none where nobody can say. A sample that
    /// cannot be computed asks for nothing.
    pub fn under_power(&self) -> Option<bool> {
        let Some(sample) = self.sample else { return Some(false) };
        let gathered = self.per_day? * f64::from(self.weeks) * 7.0;
        // Half a visitor is rounding.
        Some(gathered + 0.5 < sample as f64)
    }

    pub fn planned_days(&self) -> u32 {
        self.weeks.saturating_mul(7)
    }
}

/// The schedule of a plan. `visitors` are the eligible visitors a month, `baselines` those of the guard-rails.
pub fn schedule(plan: &Plan, metrics: &[Metric], baselines: &[Baseline], visitors: Option<i64>) -> Schedule {
    let mut found = schedule_at(plan, metrics, baselines, visitors.and_then(a_day));
    if found.sample.is_some() && found.per_day.is_none() {
        found.unknown.push("How long it takes is unknown: the settings lack the area’s visitors a month.".to_owned());
    }
    found
}

/// Visitors a day of so many a month; none of none.
pub(super) fn a_day(month: i64) -> Option<f64> {
    (month > 0).then(|| month as f64 / DAYS_A_MONTH)
}

/// The schedule at so many eligible visitors a day. That they are unknown is for the caller to say.
pub(super) fn schedule_at(plan: &Plan, metrics: &[Metric], baselines: &[Baseline], eligible: Option<f64>) -> Schedule {
    let mut unknown = Vec::new();
    let sample = control_need(plan, metrics, baselines, &mut unknown).and_then(|control| total(plan, control));
    let per_day = eligible.map(|eligible| eligible * plan.traffic_share.unwrap_or(1.0));
    let gathering = sample.zip(per_day).and_then(|(sample, per_day)| duration(sample as f64, per_day, FEWEST_WEEKS));
    let weeks = plan.weeks.or(gathering.map(|found| found.weeks)).unwrap_or(FEWEST_WEEKS);
    Schedule { sample, weeks, days: gathering.map(|found| found.days), per_day, unknown }
}

/// Visitors that each variant needs, in the order of the plan; their sum is the schedule's sample.
pub(super) fn sample_per_variant(plan: &Plan, metrics: &[Metric], baselines: &[Baseline]) -> Option<Vec<u64>> {
    per_variant(plan, control_need(plan, metrics, baselines, &mut Vec::new())?)
}

/// The control's visitors by the largest need of the primary metric and the guard-rails.
fn control_need(plan: &Plan, metrics: &[Metric], baselines: &[Baseline], unknown: &mut Vec<String>) -> Option<f64> {
    let needs = primary_need(plan, metrics, unknown).into_iter().chain(guard_rail_needs(plan, metrics, baselines, unknown));
    needs.reduce(f64::max)
}

/// Visitors of each variant when the control needs so many.
fn per_variant(plan: &Plan, control: f64) -> Option<Vec<u64>> {
    let share = plan.control()?.share;
    let each = plan.variants.iter().map(|variant| {
        let needed = (control * (variant.share / share)).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between 0 and 1e15")]
        let whole = (0.0..1e15).contains(&needed).then_some(needed as u64);
        whole
    });
    each.collect()
}

/// Visitors of all variants when the control needs so many.
fn total(plan: &Plan, control: f64) -> Option<u64> {
    Some(per_variant(plan, control)?.into_iter().sum())
}

/// The control's visitors that show the smallest effect worth having, the hardest treatment deciding.
fn primary_need(plan: &Plan, metrics: &[Metric], unknown: &mut Vec<String>) -> Option<f64> {
    let metric = metrics.iter().find(|metric| Some(&metric.slug) == plan.primary_metric.as_ref())?;
    let need = plan.baseline.zip(plan.mde).and_then(|(baseline, mde)| {
        let each = plan.treatments().iter().map(|treatment| one_need(metric, baseline, plan.baseline_sd, mde, plan.goal(treatment)?));
        each.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::max)
    });
    if need.is_none() {
        let lacks = match (plan.mde, plan.baseline, metric.kind) {
            (None, _, _) => "the plan states no smallest effect worth having",
            (_, None, _) => "the plan states no baseline",
            (_, _, MetricKind::Mean | MetricKind::Ratio) if plan.baseline_sd.is_none() => "the plan states no standard deviation",
            _ => "baseline and smallest effect do not fit together",
        };
        unknown.push(format!("The sample for {} cannot be computed: {lacks}.", words::name(metric)));
    }
    need
}

fn one_need(metric: &Metric, baseline: f64, sd: Option<f64>, mde: f64, goal: Goal) -> Option<f64> {
    let change = match metric.direction {
        Direction::Up => mde,
        Direction::Down => -mde,
    };
    match metric.kind {
        MetricKind::Proportion => share_sample_size(baseline, baseline * (1.0 + change), goal),
        MetricKind::Mean | MetricKind::Ratio => mean_sample_size(baseline * change, sd?, goal),
    }
}

/// The control's visitors that show each guard-rail to be safe when nothing is lost.
fn guard_rail_needs(plan: &Plan, metrics: &[Metric], baselines: &[Baseline], unknown: &mut Vec<String>) -> Vec<f64> {
    let mut needs = Vec::new();
    for rail in &plan.guard_rails {
        let metric = metrics.iter().find(|metric| metric.slug == rail.metric);
        let need = baselines.iter().find(|one| one.metric == rail.metric).zip(metric).and_then(|(baseline, metric)| {
            let variance = match metric.kind {
                MetricKind::Proportion => baseline.mean * (1.0 - baseline.mean),
                MetricKind::Mean | MetricKind::Ratio => baseline.sd?.powi(2),
            };
            let margin = rail.absolute_margin(baseline.mean);
            let goal = |treatment| Some(Goal { alpha: GUARD_RAIL_ALPHA, sides: Sides::One, ..plan.goal(treatment)? });
            let each = plan.treatments().iter().map(|treatment| margin_sample_size(variance, margin, goal(treatment)?));
            each.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::max)
        });
        match need {
            Some(need) => needs.push(need),
            None => {
                let name = metric.map_or(rail.metric.clone(), words::name);
                unknown.push(format!("The sample for the guard-rail {name} cannot be computed: its baseline is unknown."));
            }
        }
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::super::cast::{metrics, plan};
    use super::super::{GuardRail, Scale};
    use super::*;

    #[test]
    fn a_planned_sample_is_the_published_one() {
        let plan = Plan { baseline: Some(0.03), mde: Some(0.1), ..plan(2) };
        let visitors = Some(121_667);
        let found = schedule(&plan, &metrics(), &[], visitors);
        assert_eq!((found.sample, found.days, found.weeks), (Some(106_422), Some(27), 4));
        assert_eq!(found.under_power(), Some(false));
    }

    #[test]
    fn a_guard_rail_may_need_more_than_the_primary_metric() {
        let rail = GuardRail { metric: "repeat-purchase".into(), margin: 0.005, scale: Scale::Absolute };
        let plan = Plan { baseline: Some(0.03), mde: Some(0.5), guard_rails: vec![rail], ..plan(2) };
        let baseline = Baseline { metric: "repeat-purchase".into(), mean: 0.08, sd: None };
        assert_eq!(schedule(&plan, &metrics(), &[baseline], None).sample, Some(2 * 36_403));
        let unknown = schedule(&plan, &metrics(), &[], None);
        assert!(unknown.sample.is_some_and(|sample| sample < 10_000));
        assert_eq!(unknown.unknown.len(), 2, "the guard-rail and the traffic: {:?}", unknown.unknown);
    }

    #[test]
    fn more_treatments_and_unequal_shares_need_more() {
        let aim = |mut plan: Plan, shares: &[f64]| {
            for (variant, share) in plan.variants.iter_mut().zip(shares) {
                variant.share = *share;
            }
            let plan = Plan { baseline: Some(0.03), mde: Some(0.1), ..plan };
            schedule(&plan, &metrics(), &[], None).sample.unwrap()
        };
        let (even, uneven, three) = (aim(plan(2), &[0.5, 0.5]), aim(plan(2), &[0.9, 0.1]), aim(plan(3), &[1.0 / 3.0; 3]));
        assert!(even < uneven && even / 2 < three / 3, "{even} {uneven} {three}");
    }

    #[test]
    fn what_is_missing_is_named_and_two_weeks_remain() {
        let found = schedule(&plan(2), &metrics(), &[], None);
        assert_eq!((found.sample, found.weeks, found.under_power()), (None, 2, Some(false)));
        assert!(found.unknown[0].contains("smallest effect"));
        let found = schedule(&Plan { baseline: Some(0.6), mde: Some(0.9), ..plan(2) }, &metrics(), &[], None);
        assert!(found.unknown[0].contains("do not fit"));
    }

    #[test]
    fn too_few_visitors_in_the_stated_weeks_is_under_power() {
        let plan = Plan { baseline: Some(0.02), mde: Some(0.05), weeks: Some(4), ..plan(2) };
        assert_eq!(schedule(&plan, &metrics(), &[], Some(80_000)).under_power(), Some(true));
        assert_eq!(schedule(&plan, &metrics(), &[], None).under_power(), None);
    }
}
