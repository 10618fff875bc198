//! Scoring models: what a member judges a hypothesis by, the team's middle and spread, and the one number that ranks.
//! Knows no storage; a score never depends on which other hypotheses exist.

mod answer;
mod custom;
mod draft;
mod form;
mod judgement;
mod level;
mod rubrics;
mod scale;
mod settings;
mod shape;
mod shipped;
mod team;

pub use custom::{CustomCriterion, MOST_CRITERIA};
pub use draft::ScoreDraft;
pub use form::{CriterionForm, RubricForm, ScoringForm};
pub use judgement::{Judgement, Score};
pub use scale::Scale;
pub use settings::{ScoringSettings, Shapes};
pub use shape::{Band, Criterion, Shape, Way};
pub use team::{CriterionSummary, ScoreSummary, team_score};

use serde::{Deserialize, Serialize};

/// A way of scoring.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ScoringModel))]
#[serde(rename_all = "snake_case")]
pub enum Model {
    #[default]
    Ice,
    Pie,
    Rice,
    Pxl,
    Custom,
}

impl Model {
    pub const ALL: [Model; 5] = [Model::Ice, Model::Pie, Model::Rice, Model::Pxl, Model::Custom];

    pub fn slug(self) -> &'static str {
        ["ice", "pie", "rice", "pxl", "custom"][self as usize]
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.slug() == slug)
    }
}

/// How the criteria of ICE and PIE become one number.
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
    pub fn slug(self) -> &'static str {
        match self {
            CombineRule::Mean => "mean",
            CombineRule::Product => "product",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        [CombineRule::Mean, CombineRule::Product].into_iter().find(|rule| rule.slug() == slug)
    }
}

/// Names of a score that no criterion can have.
const RESERVED: [&str; 4] = ["model", "reason", "lift_low", "lift_high"];
