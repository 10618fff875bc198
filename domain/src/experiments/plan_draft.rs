//! The part of a draft that is its plan: variants, metrics, guard-rails and levels.

use super::draft::{TestDraft, VariantDraft};
use super::plan::{USUAL_ALPHA, USUAL_POWER};
use super::{GuardRail, Horizon, Plan, Scale, TestKind, Variant};
use crate::errors::FieldErrors;
use crate::sites::{MetricKind, SiteCatalogue, check_devices};
use crate::text;
use std::collections::BTreeSet;

/// Shares may miss 1 by this much, so that thirds can be written with three digits.
const SHARE_SLACK: f64 = 0.001 + 1e-9;

impl TestDraft {
    pub(super) fn check_plan(&self, errors: &mut FieldErrors, kind: TestKind, site: Option<&SiteCatalogue>) -> Plan {
        let devices = check_devices(errors, "devices", &self.devices);
        let variants = check_variants(errors, kind, &self.variants);
        let primary = self.primary_metric.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
        errors.require(primary.is_some() || !kind.has_numbers(), "primary_metric", "Choose the one metric that decides.");
        let primary_metric = primary.and_then(|slug| check_metric(errors, "primary_metric", site, slug));
        let guard_rails = self.check_guard_rails(errors, site, primary_metric.as_deref());
        let taken = |slug: &String| Some(slug) == primary_metric.as_ref() || guard_rails.iter().any(|rail| rail.metric == *slug);
        let mut secondary_metrics = Vec::<String>::new();
        for raw in self.secondary_metrics.iter().filter(|raw| !raw.trim().is_empty()) {
            let found = check_metric(errors, "secondary_metrics", site, raw);
            secondary_metrics.extend(found.filter(|slug| !taken(slug) && !secondary_metrics.contains(slug)));
        }
        let share = site.zip(primary_metric.as_deref()).and_then(|(site, slug)| site.metric(slug)).map(|metric| metric.kind)
            == Some(MetricKind::Proportion);
        self.check_numbers(errors, share);
        Plan {
            variants,
            primary_metric,
            guard_rails,
            secondary_metrics,
            devices,
            baseline: self.baseline,
            baseline_sd: self.baseline_sd,
            mde: self.mde,
            alpha: self.alpha.unwrap_or(USUAL_ALPHA),
            power: self.power.unwrap_or(USUAL_POWER),
            sides: if self.sides == Some(1) { 1 } else { 2 },
            horizon: self.check_horizon(errors),
            weeks: self.weeks.and_then(|weeks| u32::try_from(weeks).ok()),
            traffic_share: self.traffic_share,
        }
    }

    pub(super) fn check_guard_rails(
        &self,
        errors: &mut FieldErrors,
        site: Option<&SiteCatalogue>,
        primary: Option<&str>,
    ) -> Vec<GuardRail> {
        let mut rails = Vec::<GuardRail>::new();
        for (index, draft) in self.guard_rails.iter().enumerate() {
            let field = |name: &str| format!("guard_rails.{index}.{name}");
            let metric = check_metric(errors, &field("metric"), site, &draft.metric);
            let margin = draft.margin.filter(|margin| margin.is_finite() && *margin > 0.0 && *margin <= 1e12);
            errors.require(margin.is_some(), &field("margin"), "Say how much harm is accepted: a number above 0, such as 0.02 for 2%.");
            let scale = match draft.scale.as_deref().map(str::trim).unwrap_or_default() {
                "" | "relative" => Some(Scale::Relative),
                "absolute" => Some(Scale::Absolute),
                _ => None,
            };
            errors.require(scale.is_some(), &field("scale"), "A margin’s scale is relative or absolute.");
            let (Some(metric), Some(margin), Some(scale)) = (metric, margin, scale) else { continue };
            errors.require(primary != Some(metric.as_str()), &field("metric"), "The primary metric decides already; guard another one.");
            errors.require(rails.iter().all(|rail| rail.metric != metric), &field("metric"), "This metric is guarded already.");
            rails.push(GuardRail { metric, margin, scale });
        }
        rails
    }

    pub(super) fn check_numbers(&self, errors: &mut FieldErrors, is_share: bool) {
        let mut within = |value: Option<f64>, field: &str, fits: &dyn Fn(f64) -> bool, message: &str| {
            errors.require(value.is_none_or(|value| value.is_finite() && fits(value)), field, message);
        };
        if is_share {
            within(
                self.baseline,
                "baseline",
                &|share| 0.0 < share && share < 1.0,
                "The baseline is a share between 0 and 1: 0.03 means 3%.",
            );
        } else {
            within(self.baseline, "baseline", &|mean| mean != 0.0 && mean.abs() <= 1e12, "The baseline is a number other than 0.");
        }
        within(self.baseline_sd, "baseline_sd", &|sd| 0.0 < sd && sd <= 1e12, "A standard deviation is a number above 0.");
        within(self.mde, "mde", &|mde| 0.0 < mde && mde <= 10.0, "The smallest effect worth having is a fraction above 0: 0.02 means 2%.");
        within(
            self.alpha,
            "alpha",
            &|alpha| 0.0 < alpha && alpha < 0.5,
            "The chance of a false alarm lies between 0 and 0.5; 0.05 is usual.",
        );
        within(self.power, "power", &|power| (0.5..=0.999).contains(&power), "The power lies between 0.5 and 0.999; 0.8 is usual.");
        within(
            self.traffic_share,
            "traffic_share",
            &|share| 0.0 < share && share <= 1.0,
            "The share of the traffic is above 0 and at most 1.",
        );
        errors.require(self.sides.is_none_or(|sides| matches!(sides, 1 | 2)), "sides", "A test looks to 1 or 2 sides.");
        errors.require(self.weeks.is_none_or(|weeks| (1..=52).contains(&weeks)), "weeks", "A test runs 1 to 52 whole weeks.");
    }

    pub(super) fn check_horizon(&self, errors: &mut FieldErrors) -> Horizon {
        match self.horizon.as_deref().map(str::trim).unwrap_or_default() {
            "" | "fixed" => Horizon::Fixed,
            "sequential" => Horizon::Sequential,
            _ => {
                errors.add("horizon", "The horizon is fixed or sequential.");
                Horizon::Fixed
            }
        }
    }
}

pub(super) fn check_variants(errors: &mut FieldErrors, kind: TestKind, drafts: &[VariantDraft]) -> Vec<Variant> {
    let fewest = if kind.has_numbers() { 2 } else { 0 };
    errors.require((fewest..=10).contains(&drafts.len()), "variants", "A test compares 2 to 10 variants; the first is the control.");
    let stated = drafts.iter().filter(|draft| draft.share.is_some()).count();
    let sum: f64 = drafts.iter().filter_map(|draft| draft.share).sum();
    let all_or_none = stated == 0 || stated == drafts.len();
    errors.require(all_or_none, "variants", "Give every variant its share, or none for equal shares.");
    errors.require(
        stated == 0 || !all_or_none || (sum - 1.0).abs() <= SHARE_SLACK,
        "variants",
        format!("The shares add up to {sum:.3} instead of 1."),
    );
    let mut seen = BTreeSet::new();
    let mut variants = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let field = |name: &str| format!("variants.{index}.{name}");
        let key = text::required_line(errors, &field("key"), "The variant’s key", &draft.key);
        errors.require(key.chars().count() <= 40, &field("key"), "A key has at most 40 characters.");
        errors.require(key.is_empty() || seen.insert(key.to_lowercase()), &field("key"), format!("There are two variants “{key}”."));
        let name = text::required_line(errors, &field("name"), "The variant’s name", &draft.name);
        let url = text::optional_url(errors, &field("url"), draft.url.as_deref());
        let share = draft.share.unwrap_or(1.0 / drafts.len() as f64);
        errors.require(
            share.is_finite() && 0.0 < share && share < 1.0 || drafts.len() == 1,
            &field("share"),
            "A share lies between 0 and 1: 0.5 is half.",
        );
        variants.push(Variant { key, name, share, url });
    }
    variants
}

/// The slug of a metric of this site, given by slug or name.
pub(super) fn check_metric(errors: &mut FieldErrors, field: &str, site: Option<&SiteCatalogue>, raw: &str) -> Option<String> {
    // Without a site there is nothing to compare with, and the site is named as missing already.
    let found = site?.metric(raw);
    errors.require(found.is_some(), field, format!("There is no metric “{}” on this site.", text::one_line(raw)));
    found.map(|metric| metric.slug.clone())
}
