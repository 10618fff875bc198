//! The smallest effect that a number of weeks can show: the sample's rule turned round.

use super::super::schedule::FEWEST_WEEKS;
use super::super::{Plan, Variant};
use crate::sites::{Direction, Metric, MetricKind};
use crate::stats::mean_planning::smallest_detectable_difference;
use crate::stats::share_planning::smallest_detectable_share;
use serde::{Deserialize, Serialize};

/// A quarter: beyond it visitors forget which variant they saw.
const MOST_WEEKS: u32 = 12;

/// What so many weeks can show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MdeByWeeks {
    pub weeks: u32,
    /// Visitors in all variants together.
    pub visitors: u64,
    /// Relative: 0.05 is 5%. Null where no effect is large enough.
    pub mde: Option<f64>,
}

/// The effect on the primary metric for 2 to 12 weeks at so many visitors a day; none without a baseline.
pub fn mde_by_weeks(plan: &Plan, metric: &Metric, per_day: f64) -> Vec<MdeByWeeks> {
    let Some(baseline) = plan.baseline else { return Vec::new() };
    if metric.kind != MetricKind::Proportion && plan.baseline_sd.is_none() {
        return Vec::new();
    }
    let row = |weeks: u32| {
        let visitors = per_day * 7.0 * f64::from(weeks);
        let each = plan.treatments().iter().map(|treatment| reach(plan, metric, baseline, (treatment, visitors)));
        let mde = each.collect::<Option<Vec<f64>>>().and_then(|each| each.into_iter().reduce(f64::max));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "above 0, and a cast ends at the largest number")]
        let visitors = visitors.round() as u64;
        MdeByWeeks { weeks, visitors, mde }
    };
    (FEWEST_WEEKS..=MOST_WEEKS).map(row).collect()
}

/// The smallest relative effect of one treatment with so many visitors in all.
fn reach(plan: &Plan, metric: &Metric, baseline: f64, (treatment, visitors): (&Variant, f64)) -> Option<f64> {
    let shares: f64 = plan.variants.iter().map(|variant| variant.share).sum();
    let first = visitors * plan.control()?.share / shares;
    let goal = plan.goal(treatment)?;
    match metric.kind {
        MetricKind::Proportion => {
            let share = smallest_detectable_share(baseline, first, metric.direction == Direction::Up, goal)?;
            Some((share / baseline - 1.0).abs())
        }
        MetricKind::Mean | MetricKind::Ratio => Some(smallest_detectable_difference(plan.baseline_sd?, first, goal)? / baseline.abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::cast::{ORDERS, REVENUE, metrics, plan};
    use super::super::super::schedule::schedule_at;
    use super::*;

    fn metric(slug: &str) -> Metric {
        metrics().into_iter().find(|metric| metric.slug == slug).unwrap()
    }

    /// The effect that some weeks can show needs just the visitors of those weeks.
    fn check(plan: &Plan, slug: &str) {
        let rows = mde_by_weeks(plan, &metric(slug), 5000.0);
        assert_eq!(rows.len(), 11);
        assert!(rows.windows(2).all(|pair| pair[0].mde > pair[1].mde && pair[0].visitors < pair[1].visitors));
        for row in rows {
            let asked = Plan { mde: row.mde, primary_metric: Some(slug.into()), ..plan.clone() };
            let sample = schedule_at(&asked, &metrics(), &[], Some(5000.0)).sample.unwrap();
            assert!(sample.abs_diff(row.visitors) <= row.visitors / 500 + 4, "{slug}: {sample} {row:?}");
        }
    }

    #[test]
    fn the_effect_of_some_weeks_needs_just_their_visitors() {
        let share = Plan { baseline: Some(0.03), ..plan(2) };
        check(&share, ORDERS);
        check(&Plan { baseline: Some(0.03), sides: 1, ..plan(4) }, ORDERS);
        check(&Plan { baseline: Some(0.4), ..plan(3) }, "bounce-rate");
        check(&Plan { baseline: Some(4.2), baseline_sd: Some(31.0), ..plan(2) }, REVENUE);
    }

    #[test]
    fn no_effect_is_large_enough_for_a_handful_of_visitors() {
        let rows = mde_by_weeks(&Plan { baseline: Some(0.4), ..plan(2) }, &metric("bounce-rate"), 0.1);
        assert_eq!((rows[0].visitors, rows[0].mde), (1, None));
    }

    #[test]
    fn without_a_baseline_there_is_nothing_to_say() {
        assert!(mde_by_weeks(&plan(2), &metric(ORDERS), 100.0).is_empty());
        assert!(mde_by_weeks(&Plan { baseline: Some(4.2), ..plan(2) }, &metric(REVENUE), 100.0).is_empty());
    }
}
