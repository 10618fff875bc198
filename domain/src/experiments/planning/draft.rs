//! A plan as it arrives to be worked out, and what must hold before it is.

use super::super::plan::{USUAL_ALPHA, USUAL_POWER};
use super::super::plan_draft::{check_metric, check_variants};
use super::super::schedule::{a_day, sample_per_variant, schedule_at};
use super::super::{GuardRailDraft, Plan, TestDraft, TestKind};
use super::WorkedOut;
use super::reach::mde_by_weeks;
use super::variants::{PlanVariants, drafts};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, Direction, Family, Metric, MetricKind, SiteCatalogue, Unit, check_area, check_devices, check_site};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Names the metric of a plan that names none. No slug holds a blank, so it is none of the catalogue's.
const UNNAMED: &str = "the metric";

/// A guard-rail with what its metric is at present, from which its sample follows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PlanGuardRail {
    pub metric: String,
    pub margin: Option<f64>,
    /// `relative`, which is meant where nothing is said, or `absolute`.
    pub scale: Option<String>,
    /// Without it the guard-rail asks for no sample, and `unknown` says so.
    pub baseline: Option<f64>,
    pub baseline_sd: Option<f64>,
}

/// A plan to be worked out. Everything may be left out; what cannot be computed without it is named in `unknown`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PlanDraft {
    /// The workspace’s only site where left out.
    pub site: Option<String>,
    pub area: Option<String>,
    /// All devices where left out.
    pub devices: Vec<String>,
    /// A metric of the site. Without one a share is planned for, or with `baseline_sd` a mean, of which more is better.
    pub metric: Option<String>,
    /// What the metric is at present: 0.03 is a share of 3%.
    pub baseline: Option<f64>,
    /// Standard deviation of a mean.
    pub baseline_sd: Option<f64>,
    /// Smallest effect worth having, relative: 0.1 is 10%.
    pub mde: Option<f64>,
    /// 0.05 where left out.
    pub alpha: Option<f64>,
    /// 0.8 where left out.
    pub power: Option<f64>,
    /// 1 or 2, which is meant where left out.
    pub sides: Option<i64>,
    /// How many variants, the control included, or a list as of a test; 2 where left out.
    pub variants: Option<PlanVariants>,
    /// One share for each variant, adding up to 1; equal where left out.
    pub shares: Vec<f64>,
    /// `fixed`, which is meant where left out, or `sequential`.
    pub horizon: Option<String>,
    pub guard_rails: Vec<PlanGuardRail>,
    /// Whole weeks, where they are fixed; else they follow from the traffic.
    pub weeks: Option<i64>,
    /// Eligible visitors a day. Those of the area where both this and `visitors` are left out.
    pub traffic: Option<f64>,
    /// Eligible visitors a month, instead of `traffic`.
    pub visitors: Option<i64>,
    /// Share of the eligible visitors that take part, 1 where left out.
    pub traffic_share: Option<f64>,
    /// The first day, such as `2026-11-20`; today where left out. For collisions alone.
    pub starts_on: Option<String>,
    /// The last day; the last of the weeks where left out. For collisions alone.
    pub ends_on: Option<String>,
    /// The test whose plan this is, such as `T-3`: it does not collide with itself.
    pub test: Option<String>,
}

impl PlanDraft {
    /// Works the plan out; `today` is the day at its site.
    pub fn check(&self, catalogue: &Catalogue, today: NaiveDate) -> Result<WorkedOut, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let site = self.check_site(errors, catalogue);
        // Without a site nobody can say which area is meant.
        let area = site.and_then(|_| check_area(errors, "area", site, catalogue, self.area.as_deref()));
        let (metric, plan) = self.check_plan(errors, site);
        let metrics: Vec<Metric> = site.map(|one| one.metrics.clone()).unwrap_or_default().into_iter().chain([metric.clone()]).collect();
        let baselines = self.baselines(errors, &metrics);
        let at_area =
            site.zip(area.as_deref()).and_then(|(site, area)| site.area(area)).and_then(|one| one.visitors.together(&plan.devices));
        let eligible = self.check_traffic(errors).or_else(|| a_day(at_area?));
        let mut schedule = schedule_at(&plan, &metrics, &baselines, eligible);
        if eligible.is_none() {
            schedule.unknown.push(self.lacks_traffic().to_owned());
        }
        let slot = self.check_slot(errors, (site, area), &plan, (today, schedule.planned_days()));
        if self.area.is_none() {
            schedule.unknown.push("Which other tests run there is unknown: name the area.".to_owned());
        }
        let worked_out = WorkedOut {
            per_variant: sample_per_variant(&plan, &metrics, &baselines),
            mde_by_weeks: schedule.per_day.map(|per_day| mde_by_weeks(&plan, &metric, per_day)).unwrap_or_default(),
            schedule,
            slot,
            of_test: self.test.as_deref().map(|number| number.trim().to_uppercase()),
        };
        std::mem::take(errors).into_result(worked_out)
    }

    /// The site named, or the only one there is.
    fn check_site<'a>(&self, errors: &mut FieldErrors, catalogue: &'a Catalogue) -> Option<&'a SiteCatalogue> {
        let only = catalogue.sites.first().filter(|_| catalogue.sites.len() == 1);
        let named = self.site.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
        let site = named.map_or(only, |slug| check_site(errors, "site", catalogue, Some(slug)));
        let needs_one = self.area.is_some() || self.metric.is_some() || !self.guard_rails.is_empty();
        errors.require(site.is_some() || named.is_some() || !needs_one, "site", "Choose the site whose areas and metrics are meant.");
        let asks = self.baseline.is_some() || self.area.is_some() || !self.guard_rails.is_empty();
        errors.require(
            asks,
            "baseline",
            "Say what the metric is at present, such as 0.03 for 3%, or name the area to see what else runs there.",
        );
        site
    }

    /// The plan by the rules of every plan, and its metric.
    fn check_plan(&self, errors: &mut FieldErrors, site: Option<&SiteCatalogue>) -> (Metric, Plan) {
        let rail = |one: &PlanGuardRail| GuardRailDraft { metric: one.metric.clone(), margin: one.margin, scale: one.scale.clone() };
        let variants = drafts(errors, self.variants.as_ref(), &self.shares);
        let rules = TestDraft { guard_rails: self.guard_rails.iter().map(rail).collect(), ..self.numbers() };
        let named = self.metric.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let slug = named.and_then(|words| check_metric(errors, "metric", site, words));
        let metric = slug.and_then(|slug| site?.metric(&slug).cloned()).unwrap_or_else(|| self.unnamed());
        rules.check_numbers(errors, metric.kind == MetricKind::Proportion);
        let plan = Plan {
            variants: check_variants(errors, TestKind::Ab, &variants),
            guard_rails: rules.check_guard_rails(errors, site, Some(&metric.slug)),
            devices: check_devices(errors, "devices", &self.devices),
            horizon: rules.check_horizon(errors),
            primary_metric: Some(metric.slug.clone()),
            secondary_metrics: Vec::new(),
            baseline: self.baseline,
            baseline_sd: self.baseline_sd,
            mde: self.mde,
            alpha: self.alpha.unwrap_or(USUAL_ALPHA),
            power: self.power.unwrap_or(USUAL_POWER),
            sides: if self.sides == Some(1) { 1 } else { 2 },
            weeks: self.weeks.and_then(|weeks| u32::try_from(weeks).ok()),
            traffic_share: self.traffic_share,
        };
        (metric, plan)
    }

    /// The numbers that a test states too.
    fn numbers(&self) -> TestDraft {
        TestDraft {
            baseline: self.baseline,
            baseline_sd: self.baseline_sd,
            mde: self.mde,
            alpha: self.alpha,
            power: self.power,
            sides: self.sides,
            horizon: self.horizon.clone(),
            weeks: self.weeks,
            traffic_share: self.traffic_share,
            ..TestDraft::default()
        }
    }

    /// What stands for a metric that is not named.
    fn unnamed(&self) -> Metric {
        let (kind, unit) = if self.baseline_sd.is_some() { (MetricKind::Mean, Unit::Count) } else { (MetricKind::Proportion, Unit::Share) };
        Metric { slug: UNNAMED.into(), name: UNNAMED.into(), kind, unit, direction: Direction::Up, family: Family::Conversion }
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
