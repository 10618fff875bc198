//! One member's judgement as it is kept, and as others read it. The levels stand flat beside the reason, by the names of
//! their criteria: `{"model": "ice", "impact": 8, "confidence": 6, "ease": 7}`.

use super::{Criterion, Model, Scale, Shape, level};
use crate::sites::NamedChange;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A judgement that holds. Its raw levels are kept for good, whatever model ranks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Judgement {
    pub model: Model,
    /// The level of each criterion of the model, by its name.
    #[serde(flatten, serialize_with = "level::write_all")]
    pub criteria: BTreeMap<String, f64>,
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

impl Judgement {
    /// The levels alone, as they are kept.
    pub fn levels(&self) -> impl Serialize {
        level::Levels(&self.criteria)
    }

    /// What was given for this criterion.
    pub fn level(&self, slug: &str) -> Option<f64> {
        self.criteria.get(slug).copied()
    }

    /// The criteria of the model that came after this judgement, and that it has no level for.
    pub fn lacks<'a>(&self, shape: &'a Shape) -> Vec<&'a Criterion> {
        shape.criteria.iter().filter(|one| !self.criteria.contains_key(&one.slug)).collect()
    }

    /// Whether the scorer is more than 2 points of ten surer than the evidence allows and should say why.
    /// `evidence_confidence` runs from 0 to 10.
    pub fn outruns(&self, shape: &Shape, evidence_confidence: f64) -> bool {
        let of_ten = shape.criterion("confidence").is_some_and(|one| one.scale == Scale::Points);
        of_ten && self.level("confidence").is_some_and(|level| level - evidence_confidence > 2.0)
    }
}
