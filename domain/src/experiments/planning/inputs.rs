//! What stands around a plan: what guard-rails are at present, how many visitors come, where and when it would run.

use super::super::schedule::a_day;
use super::super::{Baseline, Plan, TestDraft};
use super::{PlanDraft, Slot};
use crate::errors::FieldErrors;
use crate::sites::{Metric, MetricKind, SiteCatalogue};
use crate::text;
use chrono::{Days, NaiveDate};

/// The most visitors a month that an area may have.
const MOST_VISITORS: i64 = 100_000_000_000;

impl PlanDraft {
    /// What the guard-rails' metrics are at present, checked as the baseline of a plan is.
    pub(super) fn baselines(&self, errors: &mut FieldErrors, metrics: &[Metric]) -> Vec<Baseline> {
        let mut baselines = Vec::new();
        for (index, rail) in self.guard_rails.iter().enumerate() {
            let words = rail.metric.trim();
            let found = metrics.iter().find(|metric| metric.slug == words || metric.name.eq_ignore_ascii_case(words));
            let Some(metric) = found else { continue };
            let mut wrong = FieldErrors::default();
            let numbers = TestDraft { baseline: rail.baseline, baseline_sd: rail.baseline_sd, ..TestDraft::default() };
            numbers.check_numbers(&mut wrong, metric.kind == MetricKind::Proportion);
            wrong.0.into_iter().for_each(|error| errors.add(format!("guard_rails.{index}.{}", error.field), error.message));
            let baseline = |mean| Baseline { metric: metric.slug.clone(), mean, sd: rail.baseline_sd };
            baselines.extend(rail.baseline.map(baseline));
        }
        baselines
    }

    /// Eligible visitors a day, where they are said.
    pub(super) fn check_traffic(&self, errors: &mut FieldErrors) -> Option<f64> {
        let both = self.traffic.is_some() && self.visitors.is_some();
        errors.require(!both, "visitors", "Say the traffic once: traffic counts a day, visitors a month.");
        let sane = |count: f64| count.is_finite() && count > 0.0 && count <= MOST_VISITORS as f64;
        errors.require(self.traffic.is_none_or(sane), "traffic", "The traffic is a number of visitors a day, above 0.");
        let sane = |count: i64| (1..=MOST_VISITORS).contains(&count);
        errors.require(self.visitors.is_none_or(sane), "visitors", "The visitors a month are a whole number above 0.");
        self.traffic.or_else(|| a_day(self.visitors?))
    }

    pub(super) fn lacks_traffic(&self) -> &'static str {
        if self.area.is_some() {
            "How long it takes is unknown: the area has no visitors a month. Say the traffic."
        } else {
            "How long it takes is unknown: say the traffic, or name an area that has visitors a month."
        }
    }

    /// Where and when it would run; the dates are checked in any case.
    pub(super) fn check_slot(
        &self,
        errors: &mut FieldErrors,
        (site, area): (Option<&SiteCatalogue>, Option<String>),
        plan: &Plan,
        (today, days): (NaiveDate, u32),
    ) -> Option<Slot> {
        let first = check_day(errors, "starts_on", self.starts_on.as_deref()).unwrap_or(today);
        let last = check_day(errors, "ends_on", self.ends_on.as_deref());
        errors.require(last.is_none_or(|last| last >= first), "ends_on", format!("It starts on {first}; it cannot end before."));
        let last = last.or_else(|| first.checked_add_days(Days::new(days.saturating_sub(1).into()))).unwrap_or(first);
        Some(Slot { site: site?.site.slug.clone(), area: area?, devices: plan.devices.clone(), first, last })
    }
}

/// Days of this and the last century; beyond, it is a slip of the pen.
fn check_day(errors: &mut FieldErrors, field: &str, raw: Option<&str>) -> Option<NaiveDate> {
    let raw = raw.map(str::trim).filter(|raw| !raw.is_empty())?;
    let day = raw.parse::<NaiveDate>().ok().filter(|day| *day >= NaiveDate::default() && day.format("%Y").to_string().len() == 4);
    errors.require(day.is_some(), field, format!("“{}” is not a date. It should look like 2026-11-20.", text::one_line(raw)));
    day
}
