//! Stages: which follow facts, which people choose, and what a move needs.

use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// Where a hypothesis stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Idea,
    EvidenceGathered,
    Prioritised,
    InTest,
    Decided,
    Shipped,
    Parked,
}

impl Stage {
    pub const ALL: [Stage; 7] =
        [Stage::Idea, Stage::EvidenceGathered, Stage::Prioritised, Stage::InTest, Stage::Decided, Stage::Shipped, Stage::Parked];
    /// The stages that await a test.
    pub const OPEN: [Stage; 3] = [Stage::Idea, Stage::EvidenceGathered, Stage::Prioritised];
    /// The stages that people choose.
    pub const BY_HAND: [Stage; 4] = [Stage::Idea, Stage::EvidenceGathered, Stage::Prioritised, Stage::Parked];

    pub fn slug(self) -> &'static str {
        match self {
            Stage::Idea => "idea",
            Stage::EvidenceGathered => "evidence_gathered",
            Stage::Prioritised => "prioritised",
            Stage::InTest => "in_test",
            Stage::Decided => "decided",
            Stage::Shipped => "shipped",
            Stage::Parked => "parked",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Stage::Idea => "Idea",
            Stage::EvidenceGathered => "Evidence gathered",
            Stage::Prioritised => "Prioritised",
            Stage::InTest => "In test",
            Stage::Decided => "Decided",
            Stage::Shipped => "Shipped",
            Stage::Parked => "Parked",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.slug() == slug)
    }

    /// The place of the stage in the order of work, from 0.
    pub fn place(self) -> i64 {
        self as i64
    }

    pub fn from_place(place: i64) -> Option<Stage> {
        usize::try_from(place).ok().and_then(|index| Stage::ALL.get(index).copied())
    }

    pub fn is_open(self) -> bool {
        Stage::OPEN.contains(&self)
    }
}

/// What the stage follows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageFacts {
    pub statement_complete: bool,
    /// How many pieces of evidence support it.
    pub supports: u32,
}

/// The stage after evidence or statement changed, and the sentence that says why it moved.
pub fn follow_facts(stage: Stage, facts: StageFacts) -> Option<(Stage, &'static str)> {
    match stage {
        Stage::Idea if facts.statement_complete && facts.supports > 0 => {
            Some((Stage::EvidenceGathered, "The statement is complete and has supporting evidence."))
        }
        Stage::EvidenceGathered | Stage::Prioritised if facts.supports == 0 => {
            Some((Stage::Idea, "No supporting evidence is linked any more."))
        }
        _ => None,
    }
}

/// A move that someone asks for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct HandMove {
    pub stage: String,
    pub reason: Option<String>,
}

/// The stage and reason that a move by hand leads to, or why it is refused.
pub fn move_by_hand(from: Stage, wanted: &HandMove, facts: StageFacts) -> Result<(Stage, Option<String>), FieldErrors> {
    let mut errors = FieldErrors::default();
    let reason = text::optional_line(&mut errors, "reason", "The reason", wanted.reason.as_deref());
    let Some(to) = Stage::from_slug(wanted.stage.trim()) else {
        return Err(FieldErrors::one("stage", "Choose idea, evidence_gathered, prioritised or parked."));
    };
    if !Stage::BY_HAND.contains(&to) {
        errors.add("stage", format!("“{}” follows from a test and cannot be chosen by hand.", to.name()));
    } else if !Stage::BY_HAND.contains(&from) {
        errors.add("stage", format!("This hypothesis is “{}”, which follows from its test and cannot be changed by hand.", from.name()));
    } else if matches!(to, Stage::EvidenceGathered) && facts.supports == 0 {
        errors.add("stage", "Link supporting evidence first.");
    }
    errors.require(to != Stage::Parked || reason.is_some(), "reason", "Say why it is parked, so that others need not ask.");
    errors.into_result((to, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: StageFacts = StageFacts { statement_complete: false, supports: 0 };
    const BACKED: StageFacts = StageFacts { statement_complete: true, supports: 1 };

    #[test]
    fn stages_follow_facts() {
        assert_eq!(follow_facts(Stage::Idea, BACKED).map(|m| m.0), Some(Stage::EvidenceGathered));
        assert_eq!(follow_facts(Stage::Idea, StageFacts { statement_complete: false, supports: 3 }), None);
        assert_eq!(follow_facts(Stage::Prioritised, BARE).map(|m| m.0), Some(Stage::Idea));
        assert_eq!(follow_facts(Stage::Parked, BARE), None);
        assert_eq!(follow_facts(Stage::InTest, BARE), None);
    }

    #[test]
    fn people_move_only_four_stages() {
        let go = |from, to: &str, reason: Option<&str>, facts| {
            move_by_hand(from, &HandMove { stage: to.into(), reason: reason.map(str::to_owned) }, facts)
        };
        assert!(go(Stage::Idea, "prioritised", None, BARE).is_ok());
        assert!(go(Stage::Parked, "idea", None, BARE).is_ok());
        assert!(go(Stage::Idea, "evidence_gathered", None, BARE).unwrap_err().of("stage").is_some());
        assert!(go(Stage::Idea, "evidence_gathered", None, BACKED).is_ok());
        assert!(go(Stage::Idea, "parked", None, BARE).unwrap_err().of("reason").is_some());
        assert!(go(Stage::Idea, "in_test", None, BACKED).is_err());
        assert!(go(Stage::Decided, "idea", None, BACKED).is_err());
        assert!(go(Stage::Idea, "nowhere", None, BACKED).is_err());
    }

    #[test]
    fn places_and_slugs_lead_back() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_place(stage.place()), Some(stage));
            assert_eq!(Stage::from_slug(stage.slug()), Some(stage));
        }
    }
}
