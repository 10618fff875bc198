//! ICE: one member's judgement, the team's middle and spread, and the one number that ranks.
//! Knows no storage; a score never depends on which other hypotheses exist.

mod team;

pub use team::{CriterionSummary, TeamScore, team_score};

use crate::errors::FieldErrors;
use crate::sites::NamedChange;
use crate::text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The three criteria of ICE, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    Impact,
    Confidence,
    Ease,
}

impl Criterion {
    pub const ALL: [Criterion; 3] = [Criterion::Impact, Criterion::Confidence, Criterion::Ease];

    pub fn slug(self) -> &'static str {
        match self {
            Criterion::Impact => "impact",
            Criterion::Confidence => "confidence",
            Criterion::Ease => "ease",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Criterion::Impact => "Impact",
            Criterion::Confidence => "Confidence",
            Criterion::Ease => "Ease",
        }
    }

    /// What a level means, so that two people who give a 7 mean the same.
    pub fn rubric(self, level: u8) -> &'static str {
        let band = match level {
            0..=2 => 0,
            3..=4 => 1,
            5..=6 => 2,
            7..=8 => 3,
            9 => 4,
            _ => 5,
        };
        let bands: [&str; 6] = match self {
            Criterion::Impact => [
                "touches little revenue, or moves it by under 0.5%",
                "one minor template, worth 0.5 to 1%",
                "one main template, worth 1 to 2%",
                "a main step of the funnel, worth 2 to 5%",
                "checkout or all traffic, worth more than 5%",
                "a step change for the whole business",
            ],
            Criterion::Confidence => [
                "an opinion, or one stakeholder",
                "one analytics or heatmap finding, or a competitor does it",
                "two kinds of evidence that agree",
                "user tests or a large survey, and analytics with sizes",
                "an own test, or strong research from several sources",
                "an own test that was repeated",
            ],
            Criterion::Ease => [
                "more than three months and several teams",
                "one to three months",
                "two to four weeks",
                "three to ten days",
                "one or two days",
                "hours, and no developer",
            ],
        };
        bands[band]
    }
}

/// How three criteria become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CombineRule {
    /// The mean: 1 to 10.
    Mean,
    /// The product: 1 to 1000.
    Product,
}

impl CombineRule {
    /// Impact, confidence and ease as one number.
    pub fn combine(self, values: [f64; 3]) -> f64 {
        match self {
            CombineRule::Mean => values.iter().sum::<f64>() / 3.0,
            CombineRule::Product => values.iter().product(),
        }
    }

    pub fn slug(self) -> &'static str {
        match self {
            CombineRule::Mean => "mean",
            CombineRule::Product => "product",
        }
    }
}

/// One member's score as it arrives from a form or over REST.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoreDraft {
    /// The model; ICE is the one there is.
    pub model: Option<String>,
    pub impact: Option<i64>,
    pub confidence: Option<i64>,
    pub ease: Option<i64>,
    pub reason: Option<String>,
    /// The smallest relative change that the scorer expects, as a fraction.
    pub lift_low: Option<f64>,
    pub lift_high: Option<f64>,
}

/// A judgement that holds: three levels of 1 to 10.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Judgement {
    pub impact: u8,
    pub confidence: u8,
    pub ease: u8,
    pub reason: Option<String>,
    pub lift_low: Option<f64>,
    pub lift_high: Option<f64>,
}

/// A judgement with its scorer and date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Score {
    pub by: String,
    pub email: String,
    pub at: DateTime<Utc>,
    /// The latest change of the hypothesis's area since the score was given; scoring again clears it.
    pub outdated_by: Option<NamedChange>,
    #[serde(flatten)]
    pub judgement: Judgement,
}

impl ScoreDraft {
    pub fn check(&self) -> Result<Judgement, FieldErrors> {
        let mut errors = FieldErrors::default();
        let model = self.model.as_deref().unwrap_or("ice");
        errors.require(model == "ice", "model", format!("There is no model “{model}” here. Use “ice”."));
        let impact = level(&mut errors, Criterion::Impact, self.impact);
        let confidence = level(&mut errors, Criterion::Confidence, self.confidence);
        let ease = level(&mut errors, Criterion::Ease, self.ease);
        let reason = text::optional_line(&mut errors, "reason", "The reason", self.reason.as_deref());
        check_lift(&mut errors, self.lift_low, self.lift_high);
        errors.into_result(Judgement { impact, confidence, ease, reason, lift_low: self.lift_low, lift_high: self.lift_high })
    }
}

fn level(errors: &mut FieldErrors, criterion: Criterion, raw: Option<i64>) -> u8 {
    let level = raw.and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=10).contains(value));
    errors.require(level.is_some(), criterion.slug(), format!("{} is a whole number from 1 to 10.", criterion.name()));
    level.unwrap_or(1)
}

fn check_lift(errors: &mut FieldErrors, low: Option<f64>, high: Option<f64>) {
    for (field, value) in [("lift_low", low), ("lift_high", high)] {
        let sane = value.is_none_or(|lift| lift.is_finite() && (-1.0..=10.0).contains(&lift));
        errors.require(sane, field, "A lift is a fraction: 0.05 means 5%. Use -1 to 10.");
    }
    errors.require(low.is_some() == high.is_some(), "lift_high", "Give both ends of the range, or neither.");
    if let (Some(low), Some(high)) = (low, high) {
        errors.require(low <= high, "lift_high", "The high end lies below the low end.");
    }
}

impl Judgement {
    pub fn levels(&self) -> [u8; 3] {
        [self.impact, self.confidence, self.ease]
    }

    /// Whether the scorer is more than 2 points surer than the evidence allows and should say why.
    /// `evidence_confidence` runs from 0 to 10.
    pub fn outruns(&self, evidence_confidence: f64) -> bool {
        f64::from(self.confidence) - evidence_confidence > 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(impact: i64, confidence: i64, ease: i64) -> ScoreDraft {
        ScoreDraft { impact: Some(impact), confidence: Some(confidence), ease: Some(ease), ..ScoreDraft::default() }
    }

    #[test]
    fn levels_outside_1_to_10_are_refused_by_name() {
        assert!(draft(1, 10, 5).check().is_ok());
        for (bad, field) in [(draft(0, 5, 5), "impact"), (draft(5, 11, 5), "confidence"), (draft(5, 5, -3), "ease")] {
            assert!(bad.check().unwrap_err().of(field).is_some());
        }
    }

    #[test]
    fn mean_and_product_rank_in_two_orders() {
        let order = |rule: CombineRule| rule.combine([9.0, 9.0, 2.0]) > rule.combine([6.0, 6.0, 7.0]);
        assert!(order(CombineRule::Mean));
        assert!(!order(CombineRule::Product));
    }

    #[test]
    fn a_range_has_two_ends_in_order() {
        let with = |low, high| ScoreDraft { lift_low: low, lift_high: high, ..draft(5, 5, 5) };
        assert!(with(Some(0.02), Some(0.05)).check().is_ok());
        assert!(with(Some(0.05), None).check().is_err());
        assert!(with(Some(0.05), Some(0.02)).check().is_err());
        assert!(with(Some(f64::NAN), Some(0.02)).check().is_err());
    }

    #[test]
    fn confidence_outruns_the_evidence_by_more_than_two() {
        let judgement = draft(5, 8, 5).check().unwrap();
        assert!(judgement.outruns(5.9));
        assert!(!judgement.outruns(6.0));
    }
}
