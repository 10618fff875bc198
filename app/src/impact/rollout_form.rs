//! The inputs of a rollout as a browser posts them: all text, shares in percent, money in whole units.

use domain::errors::FieldErrors;
use domain::impact::{CostDraft, LiftDraft, RolloutDraft, minor_digits};
use domain::text::{one_line, parse_number, whole_count};
use serde::{Deserialize, Serialize};

/// Every field as typed; what the form does not show is kept from the rollout itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RolloutForm {
    pub version: String,
    pub shipped_on: String,
    pub visitors: String,
    pub share: String,
    pub baseline: String,
    pub value_per_conversion: String,
    pub returns: String,
    pub margin: String,
    pub kept: String,
    pub verified: String,
    pub verified_low: String,
    pub verified_high: String,
    pub days: String,
    pub day_rate: String,
    pub other: String,
    /// Whether the baseline is a share, typed in percent.
    pub baseline_percent: String,
}

fn shown(value: Option<f64>, times: f64) -> String {
    value.map(|value| ((value * times * 1e6).round() / 1e6).to_string()).unwrap_or_default()
}

fn number(errors: &mut FieldErrors, field: &str, raw: &str, divide: f64) -> Option<f64> {
    let bare = raw.trim().trim_end_matches('%').trim();
    if bare.is_empty() {
        return None;
    }
    let found = parse_number(bare);
    errors.require(found.is_some(), field, format!("“{}” is not a number.", one_line(raw)));
    found.map(|number| number / divide)
}

/// A count, where a point or a comma before three digits is for thousands.
fn count(errors: &mut FieldErrors, field: &str, raw: &str) -> Option<i64> {
    if raw.trim().is_empty() {
        return None;
    }
    let found = whole_count(raw);
    errors.require(found.is_some(), field, format!("“{}” is not a whole number.", one_line(raw)));
    found
}

impl RolloutForm {
    pub fn of(draft: &RolloutDraft, currency: Option<&str>) -> Self {
        let minor = 10.0_f64.powi(minor_digits(currency.unwrap_or_default()));
        let share = draft.baseline.is_some_and(|baseline| baseline <= 1.0);
        let lift = draft.verified.clone().unwrap_or_default();
        let cost = draft.cost.clone().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "amounts and counts stay far below 2^53")]
        let whole = |minor_amount: Option<i64>| shown(minor_amount.map(|amount| amount as f64 / minor), 1.0);
        Self {
            shipped_on: draft.shipped_on.clone().unwrap_or_default(),
            visitors: draft.visitors.map(|count| count.to_string()).unwrap_or_default(),
            share: shown(draft.share, 100.0),
            baseline: shown(draft.baseline, if share { 100.0 } else { 1.0 }),
            baseline_percent: if share { "yes" } else { "no" }.to_owned(),
            value_per_conversion: shown(draft.value_per_conversion, 1.0),
            returns: shown(draft.returns, 100.0),
            margin: shown(draft.margin, 100.0),
            kept: shown(draft.kept, 100.0),
            verified: shown(lift.estimate, 100.0),
            verified_low: shown(lift.low, 100.0),
            verified_high: shown(lift.high, 100.0),
            days: shown(cost.days, 1.0),
            day_rate: whole(cost.day_rate_minor),
            other: whole(cost.other_minor),
            version: String::new(),
        }
    }

    /// The rollout with these inputs, or which numbers cannot be read.
    pub fn onto(&self, draft: RolloutDraft, currency: Option<&str>) -> Result<RolloutDraft, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let minor = 10.0_f64.powi(minor_digits(currency.unwrap_or_default()));
        let said = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        #[expect(clippy::cast_possible_truncation, reason = "amounts beyond i64 saturate and are refused later")]
        let whole = |value: Option<f64>| value.map(|value| value.round() as i64);
        let stated = |texts: [&String; 3]| texts.into_iter().any(|text| !text.trim().is_empty());
        let verified = stated([&self.verified, &self.verified_low, &self.verified_high]).then(|| LiftDraft {
            estimate: number(errors, "verified", &self.verified, 100.0),
            low: number(errors, "verified", &self.verified_low, 100.0),
            high: number(errors, "verified", &self.verified_high, 100.0),
            level: None,
        });
        let cost = stated([&self.days, &self.day_rate, &self.other]).then(|| CostDraft {
            days: number(errors, "cost.days", &self.days, 1.0),
            day_rate_minor: whole(number(errors, "cost.day_rate_minor", &self.day_rate, 1.0 / minor)),
            other_minor: whole(number(errors, "cost.other_minor", &self.other, 1.0 / minor)),
        });
        let changed = RolloutDraft {
            shipped_on: said(&self.shipped_on),
            visitors: count(errors, "visitors", &self.visitors),
            share: number(errors, "share", &self.share, 100.0),
            baseline: number(errors, "baseline", &self.baseline, if self.baseline_percent == "yes" { 100.0 } else { 1.0 }),
            value_per_conversion: number(errors, "value_per_conversion", &self.value_per_conversion, 1.0),
            returns: number(errors, "returns", &self.returns, 100.0),
            margin: number(errors, "margin", &self.margin, 100.0),
            kept: number(errors, "kept", &self.kept, 100.0),
            verified,
            cost,
            ..draft
        };
        std::mem::take(errors).into_result(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_survive_the_form() {
        let draft = RolloutDraft {
            title: "T".into(),
            visitors: Some(120_000),
            share: Some(1.0),
            baseline: Some(0.031),
            value_per_conversion: Some(58.2),
            margin: Some(0.4),
            cost: Some(CostDraft { days: Some(2.5), day_rate_minor: Some(50_000), other_minor: Some(999) }),
            ..RolloutDraft::default()
        };
        let form = RolloutForm::of(&draft, Some("GBP"));
        assert_eq!(
            (form.baseline.as_str(), form.margin.as_str(), form.day_rate.as_str(), form.other.as_str()),
            ("3.1", "40", "500", "9.99")
        );
        let again = form.onto(RolloutDraft { title: "T".into(), ..RolloutDraft::default() }, Some("GBP")).unwrap();
        assert_eq!((again.visitors, again.cost), (draft.visitors, draft.cost.clone()));
        assert!((again.baseline.unwrap() - 0.031).abs() < 1e-12);
        for typed in ["120.000", "120,000", "120 000"] {
            let form = RolloutForm { visitors: typed.into(), ..form.clone() };
            assert_eq!(form.onto(RolloutDraft::default(), Some("GBP")).unwrap().visitors, Some(120_000), "{typed}");
        }
        let half = RolloutForm { visitors: "120.5".into(), ..form.clone() };
        assert!(half.onto(draft.clone(), Some("GBP")).unwrap_err().of("visitors").is_some());
        let wrong = RolloutForm { margin: "much".into(), ..form };
        assert!(wrong.onto(draft, Some("GBP")).unwrap_err().of("margin").is_some());
    }
}
