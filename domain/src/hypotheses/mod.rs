//! A hypothesis: one testable belief, said as a sentence with parts. Knows its stages, its draft and how a
//! list of them is asked for; evidence and scores are other features' words.

mod draft;
mod form;
mod lineage;
mod lint;
mod markdown;
mod outdated;
mod query;
mod sentence;
mod stage;

pub use draft::{Content, EffectDraft, HypothesisDraft, StatementDraft};
pub use form::HypothesisForm;
pub use lineage::{Edge, Lineage, LineageNode, MergeDraft, MergeSide, SplitDraft, check_merge};
pub use lint::{Check as LintCheck, Finding as LintFinding, Lint, Linted, Readiness, Status as LintStatus};
pub use markdown::as_markdown;
pub use outdated::Outdated;
pub use query::{BacklogQuery, SortKey};
pub use sentence::{Part, sentence};
pub use stage::{HandMove, Stage, StageFacts, follow_facts, move_by_hand};

use crate::scoring::ScoreSummary;
use crate::sites::{Device, Direction};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The change that is expected of a metric. Sizes are relative changes: 0.02 means 2 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Effect {
    pub metric: String,
    pub direction: Direction,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Effect {
    /// The expected relative change with its sign, from the lower to the higher; none without a size.
    pub fn range(&self) -> Option<(f64, f64)> {
        let (low, high) = (self.low.or(self.high)?, self.high.or(self.low)?);
        Some(if self.direction == Direction::Down { (-high, -low) } else { (low, high) })
    }
}

/// The sentence in its parts; an idea may have none yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Statement {
    pub because: Option<String>,
    pub change: Option<String>,
    /// The audience in words, or the slug of one in the catalogue.
    pub audience: Option<String>,
    pub effect: Option<Effect>,
    /// The slug of a lever.
    pub lever: Option<String>,
    pub reason: Option<String>,
    pub measure: Option<String>,
}

impl Statement {
    /// Complete: because, change, audience, metric, direction, size and measure are all there.
    pub fn is_complete(&self) -> bool {
        let sized = self.effect.as_ref().is_some_and(|effect| effect.low.is_some() || effect.high.is_some());
        sized && [&self.because, &self.change, &self.audience, &self.measure].into_iter().all(Option::is_some)
    }
}

/// Days of work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Effort {
    pub design_days: Option<f64>,
    pub development_days: Option<f64>,
}

/// What evidence says of a hypothesis, in short.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvidenceSummary {
    /// 0.0 to 10.0, one decimal.
    pub confidence: f64,
    /// `none`, `weak`, `fair`, `good`, `strong` or `contradicted`.
    pub strength: String,
    pub supports: u32,
    pub contradicts: u32,
    /// How many items of each kind are linked.
    pub kinds: BTreeMap<String, u32>,
}

/// A hypothesis as everybody reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hypothesis {
    pub number: String,
    pub title: String,
    pub statement: Statement,
    pub site: Option<String>,
    pub area: Option<String>,
    pub devices: Vec<Device>,
    /// The slug of the audience, where the catalogue has one.
    pub audience: Option<String>,
    pub guard_rails: Vec<String>,
    pub stage: Stage,
    /// The owner's e-mail.
    pub owner: Option<String>,
    /// The owner's name, for people.
    pub owner_name: Option<String>,
    pub tags: Vec<String>,
    pub effort: Effort,
    pub parent: Option<String>,
    pub differs_because: Option<String>,
    /// The hypothesis that took it in, if it was merged.
    pub merged_into: Option<String>,
    pub details: Option<String>,
    pub evidence: EvidenceSummary,
    pub score: Option<ScoreSummary>,
    /// Not computed yet; None reads "unknown".
    pub expected_value: Option<()>,
    /// How many checks of the linter it passes.
    pub readiness: Readiness,
    /// The place in the list that it came in; None when read alone.
    pub rank: Option<u64>,
    pub archived: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expected_change_runs_from_low_to_high_with_its_sign() {
        let effect = |direction, low, high| Effect { metric: "exit-rate".into(), direction, low, high };
        for (effect, range) in [
            (effect(Direction::Up, Some(0.02), Some(0.05)), Some((0.02, 0.05))),
            (effect(Direction::Down, Some(0.02), Some(0.05)), Some((-0.05, -0.02))),
            (effect(Direction::Up, None, Some(0.05)), Some((0.05, 0.05))),
            (effect(Direction::Up, None, None), None),
        ] {
            assert_eq!(effect.range(), range);
        }
    }
}
