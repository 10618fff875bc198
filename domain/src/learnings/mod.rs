//! Learnings: what a test taught, in one sentence that anyone can read. Knows what is asked of one; which tests there
//! are and what they are worth it does not know.

mod draft;
mod query;

pub use draft::{Content, EffectDraft, LearningDraft, Lesson, LessonDraft};
pub use query::{LearningQuery, SortKey};

use crate::experiments::{Decision, Outcome, OutcomeKind};
use crate::sites::NamedChange;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whether a result was what people had thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Surprise {
    Expected,
    Surprising,
}

impl Surprise {
    pub fn slug(self) -> &'static str {
        match self {
            Surprise::Expected => "expected",
            Surprise::Surprising => "surprising",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Surprise> {
        [Surprise::Expected, Surprise::Surprising].into_iter().find(|one| one.slug() == slug)
    }
}

/// The measured relative change of the primary metric: 0.068 is +6.8 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MeasuredChange))]
pub struct Effect {
    pub metric: String,
    pub variant: Option<String>,
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    /// Of the interval: 0.95.
    pub level: f64,
}

/// A learning as everybody reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Learning {
    /// `L-4`.
    pub number: String,
    pub sentence: String,
    /// Markdown.
    pub what_happened: Option<String>,
    /// Markdown.
    pub why: Option<String>,
    pub surprise: Option<Surprise>,
    /// What it applies to: areas and audiences; none means everywhere and everyone.
    pub areas: Vec<String>,
    pub audiences: Vec<String>,
    pub lever: Option<String>,
    pub site: Option<String>,
    /// `T-3`; none for a learning logged by hand.
    pub test: Option<String>,
    /// `H-12` each.
    pub hypotheses: Vec<String>,
    pub outcome: Option<Outcome>,
    pub kind: Option<OutcomeKind>,
    pub effect: Option<Effect>,
    /// Its next steps.
    pub decisions: Vec<Decision>,
    /// The day that its test ended.
    pub ended_on: Option<NaiveDate>,
    pub recheck_on: Option<NaiveDate>,
    /// The day on which somebody last said that it is still true.
    pub confirmed_on: Option<NaiveDate>,
    /// The latest change of its areas since it was known or confirmed: it needs a re-check.
    pub outdated_by: Option<NamedChange>,
    /// The evidence that it became: `E-12`.
    pub evidence: Option<String>,
    /// The name of who wrote it.
    pub author: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Why a learning should be looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recheck {
    /// Its areas were changed.
    Changed(NamedChange),
    /// The day that was set for it has come.
    Due(NaiveDate),
}

impl Learning {
    /// The day that counts for it: its test's end, else when it was written.
    pub fn day(&self) -> NaiveDate {
        self.ended_on.unwrap_or(self.created_at.date_naive())
    }

    /// Whether somebody should look at it again, and why; saying that it is still true answers both.
    pub fn recheck(&self, today: NaiveDate) -> Option<Recheck> {
        let due = |day: &NaiveDate| *day <= today && self.confirmed_on.is_none_or(|confirmed| confirmed < *day);
        let changed = self.outdated_by.clone().map(Recheck::Changed);
        changed.or_else(|| self.recheck_on.filter(due).map(Recheck::Due))
    }
}
