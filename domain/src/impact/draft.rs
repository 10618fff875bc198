//! A rollout as it arrives: a change shipped without a test, or the inputs of one that a test shipped.

use super::{Cost, Inputs, Lift, Rollout, USUAL_KEPT, basis};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, Device, check_area, check_devices, check_site};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A lift as it arrives; sizes are relative, 0.05 for 5 %, with a 95 % interval.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LiftDraft {
    pub estimate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub level: Option<f64>,
}

/// A cost as it arrives, in the currency's smallest unit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CostDraft {
    pub days: Option<f64>,
    pub day_rate_minor: Option<i64>,
    pub other_minor: Option<i64>,
}

/// A rollout as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RolloutDraft {
    pub title: String,
    pub hypothesis: Option<String>,
    pub site: Option<String>,
    pub area: Option<String>,
    pub devices: Vec<String>,
    /// `2026-11-20`.
    pub shipped_on: Option<String>,
    /// Required without a test.
    pub reason: Option<String>,
    pub metric: Option<String>,
    /// Visitors a month on the shipped devices.
    pub visitors: Option<i64>,
    pub share: Option<f64>,
    pub baseline: Option<f64>,
    pub lift: Option<LiftDraft>,
    /// Whole units of the currency: 58.2.
    pub value_per_conversion: Option<f64>,
    pub returns: Option<f64>,
    pub margin: Option<f64>,
    pub kept: Option<f64>,
    pub verified: Option<LiftDraft>,
    pub cost: Option<CostDraft>,
}

/// What a rollout says once checked. That the hypothesis exists, the store checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub title: String,
    pub hypothesis: Option<String>,
    pub site: Option<String>,
    pub area: Option<String>,
    pub devices: Vec<Device>,
    pub shipped_on: NaiveDate,
    pub reason: Option<String>,
    pub inputs: Inputs,
    pub cost: Option<Cost>,
}

impl RolloutDraft {
    /// `tested` says whether a test stands behind it; without one a reason is required, and no lift is taken but one
    /// that was measured again after shipping.
    pub fn check(&self, catalogue: &Catalogue, tested: bool, today: NaiveDate) -> Result<Content, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let title = text::required_line(errors, "title", "The title", &self.title);
        let reason = text::optional_text(errors, "reason", "The reason", self.reason.as_deref());
        errors.require(tested || reason.is_some(), "reason", "Say why it was shipped without a test.");
        errors.require(tested || self.lift.is_none(), "lift", "A lift comes from a test; without one the value reads “not measured”.");
        let site = check_site(errors, "site", catalogue, self.site.as_deref());
        let area = check_area(errors, "area", site, catalogue, self.area.as_deref());
        let devices = check_devices(errors, "devices", &self.devices);
        let hypothesis = self.hypothesis.as_deref().map(|raw| raw.trim().to_uppercase()).filter(|raw| !raw.is_empty());
        let raw = self.shipped_on.as_deref().map(str::trim).filter(|raw| !raw.is_empty());
        let day: Option<NaiveDate> = raw.map_or(Some(today), |raw| raw.parse().ok());
        let sane = day.filter(|day| *day >= NaiveDate::default() && *day < NaiveDate::default() + chrono::Days::new(365 * 200));
        errors.require(sane.is_some(), "shipped_on", "The day it was shipped should look like 2026-11-20.");
        let raw = self.metric.as_deref().map(str::trim).filter(|raw| !raw.is_empty());
        let metric = raw.and_then(|raw| site.and_then(|site| site.metric(raw)));
        errors.require(
            raw.is_none() || metric.is_some(),
            "metric",
            format!("There is no metric “{}” on this site.", raw.unwrap_or_default()),
        );
        self.check_numbers(errors);
        let inputs = Inputs {
            basis: metric.and_then(basis),
            metric: metric.map(|metric| metric.slug.clone()),
            visitors: self.visitors,
            share: self.share.unwrap_or(1.0),
            baseline: self.baseline,
            lift: self.lift.as_ref().and_then(|lift| lift.check(errors, "lift")),
            value_per_conversion: self.value_per_conversion,
            returns: self.returns,
            margin: self.margin,
            kept: self.kept.unwrap_or(USUAL_KEPT),
            verified: self.verified.as_ref().and_then(|lift| lift.check(errors, "verified")),
        };
        let cost = self.cost.as_ref().map(|cost| cost.check(errors));
        let site = site.map(|one| one.site.slug.clone());
        let shipped_on = sane.unwrap_or(today);
        std::mem::take(errors).into_result(Content { title, hypothesis, site, area, devices, shipped_on, reason, inputs, cost })
    }

    /// The draft that would make this rollout again; a PATCH is merged into it.
    pub fn of(rollout: &Rollout) -> Self {
        let inputs = &rollout.inputs;
        let lift =
            |lift: &Lift| LiftDraft { estimate: Some(lift.estimate), low: Some(lift.low), high: Some(lift.high), level: Some(lift.level) };
        let cost = rollout.cost_parts.as_ref().map(|cost| CostDraft {
            days: Some(cost.days),
            day_rate_minor: Some(cost.day_rate_minor),
            other_minor: Some(cost.other_minor),
        });
        Self {
            title: rollout.title.clone(),
            hypothesis: rollout.hypothesis.clone(),
            site: rollout.site.clone(),
            area: rollout.area.clone(),
            devices: rollout.devices.iter().map(|device| device.slug().to_owned()).collect(),
            shipped_on: Some(rollout.shipped_on.to_string()),
            reason: rollout.reason.clone(),
            metric: inputs.metric.clone(),
            visitors: inputs.visitors,
            share: Some(inputs.share),
            baseline: inputs.baseline,
            lift: inputs.lift.as_ref().map(lift),
            value_per_conversion: inputs.value_per_conversion,
            returns: inputs.returns,
            margin: inputs.margin,
            kept: Some(inputs.kept),
            verified: inputs.verified.as_ref().map(lift),
            cost,
        }
    }

    fn check_numbers(&self, errors: &mut FieldErrors) {
        let counted = self.visitors.is_none_or(|count| (0..=100_000_000_000).contains(&count));
        errors.require(counted, "visitors", "Visitors a month are a whole number from 0.");
        let amount = |value: Option<f64>| value.is_none_or(|value| value.is_finite() && value.abs() <= 1e12);
        errors.require(amount(self.baseline), "baseline", "The baseline is a number.");
        errors.require(amount(self.value_per_conversion), "value_per_conversion", "The value per conversion is an amount such as 58.20.");
        for (field, value) in [("share", self.share), ("returns", self.returns), ("margin", self.margin), ("kept", self.kept)] {
            let fits = value.is_none_or(|value| value.is_finite() && (0.0..=1.0).contains(&value));
            errors.require(fits, field, "This is a share from 0 to 1: 0.4 means 40%.");
        }
    }
}

impl LiftDraft {
    fn check(&self, errors: &mut FieldErrors, field: &str) -> Option<Lift> {
        let sane = |value: Option<f64>| value.filter(|value| value.is_finite() && (-1.0..=100.0).contains(value));
        let (estimate, low, high) = (sane(self.estimate), sane(self.low), sane(self.high));
        let whole = estimate.zip(low).zip(high).map(|((estimate, low), high)| (estimate, low, high));
        errors.require(whole.is_some(), field, "A lift needs its estimate, low and high as fractions: 0.05 means +5%.");
        let (estimate, low, high) = whole?;
        errors.require(low <= estimate && estimate <= high, field, "The lift lies between its low and its high.");
        let level = self.level.unwrap_or(0.95);
        errors.require(level > 0.0 && level < 1.0, field, "The level of the interval lies between 0 and 1; 0.95 is usual.");
        Some(Lift { estimate, low, high, level })
    }
}

impl CostDraft {
    fn check(&self, errors: &mut FieldErrors) -> Cost {
        let cost = Cost {
            days: self.days.unwrap_or(0.0),
            day_rate_minor: self.day_rate_minor.unwrap_or(0),
            other_minor: self.other_minor.unwrap_or(0),
        };
        let days = cost.days.is_finite() && (0.0..=100_000.0).contains(&cost.days);
        errors.require(days, "cost.days", "Days are a number from 0.");
        for (field, minor) in [("cost.day_rate_minor", cost.day_rate_minor), ("cost.other_minor", cost.other_minor)] {
            errors.require((0..=1_000_000_000_000).contains(&minor), field, "A cost is a whole number of pence or cents, not below 0.");
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, tested: bool) -> Result<Content, FieldErrors> {
        let draft: RolloutDraft = serde_json::from_str(json).unwrap();
        draft.check(&Catalogue::default(), tested, NaiveDate::default())
    }

    #[test]
    fn shipping_without_a_test_needs_a_reason_and_has_no_lift() {
        let json = r#"{"title":"T","lift":{"estimate":0.05,"low":0.01,"high":0.09}}"#;
        let errors = check(json, false).unwrap_err();
        assert!(errors.of("reason").is_some() && errors.of("lift").is_some());
        assert!(check(json, true).is_ok());
        let untested = check(r#"{"title":"T","reason":"The law asks for it."}"#, false).unwrap();
        assert_eq!((untested.inputs.share, untested.inputs.kept, untested.inputs.lift), (1.0, 0.8, None));
    }

    #[test]
    fn every_fault_is_named_beside_its_field() {
        let json = r#"{"title":"","shipped_on":"soon","metric":"luck","visitors":-1,"share":2,"returns":-0.1,"margin":40,"kept":1.1,
            "lift":{"estimate":0.5,"low":0.6,"high":0.7},"verified":{"estimate":0.5},"cost":{"days":-1,"other_minor":-1}}"#;
        let errors = check(json, true).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        let wanted = [
            "title",
            "shipped_on",
            "metric",
            "visitors",
            "share",
            "returns",
            "margin",
            "kept",
            "lift",
            "verified",
            "cost.days",
            "cost.other_minor",
        ];
        assert_eq!(fields, wanted);
        assert!(serde_json::from_str::<RolloutDraft>(r#"{"title":"T","colour":"red"}"#).is_err());
    }

    #[test]
    fn a_cost_is_days_times_rate_and_the_rest() {
        let cost = Cost { days: 2.5, day_rate_minor: 50_000, other_minor: 999 };
        assert_eq!(cost.minor(), 125_999);
    }
}
