//! What ties a piece of evidence to a hypothesis: for or against, and why.

use super::{Evidence, Item};
use crate::errors::FieldErrors;
use crate::hypotheses::{EvidenceSummary, Stage};
use crate::text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Which way a piece of evidence speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LinkDirection))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Supports,
    Contradicts,
}

impl Direction {
    pub const ALL: [Direction; 2] = [Direction::Supports, Direction::Contradicts];

    pub fn slug(self) -> &'static str {
        match self {
            Direction::Supports => "supports",
            Direction::Contradicts => "contradicts",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Direction> {
        Direction::ALL.into_iter().find(|direction| direction.slug() == slug)
    }
}

/// A link that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceLink))]
pub struct Link {
    pub direction: Direction,
    pub note: Option<String>,
    /// Whether an own test ran on the hypothesis's area; of no matter to other kinds.
    pub same_area: bool,
}

/// A link as it arrives. It says all of the link: what it leaves out is not kept from an earlier one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LinkDraft {
    pub direction: String,
    pub note: Option<String>,
    pub same_area: Option<bool>,
}

impl LinkDraft {
    /// A link of this direction with nothing else to say.
    pub fn new(direction: Direction) -> Self {
        Self { direction: direction.slug().to_owned(), ..Self::default() }
    }

    pub fn check(&self) -> Result<Link, FieldErrors> {
        let mut errors = FieldErrors::default();
        let direction = Direction::from_slug(self.direction.trim());
        errors.require(direction.is_some(), "direction", "Say whether it supports or contradicts the hypothesis.");
        let note = text::optional_text(&mut errors, "note", "The note", self.note.as_deref());
        let direction = direction.unwrap_or(Direction::Supports);
        errors.into_result(Link { direction, note, same_area: self.same_area.unwrap_or(false) })
    }
}

/// A piece of evidence as a hypothesis shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedEvidence {
    #[serde(flatten)]
    pub link: Link,
    pub at: DateTime<Utc>,
    pub evidence: Evidence,
}

impl LinkedEvidence {
    /// As far as it is weighed; none once archived, since it no longer counts.
    pub fn item(&self) -> Option<Item> {
        let evidence = &self.evidence;
        (!evidence.archived).then(|| Item {
            number: evidence.number.clone(),
            title: evidence.title.clone(),
            kind: evidence.kind,
            worth: evidence.worth,
            observed: evidence.observed(),
            halved_by: evidence.halved_by.clone(),
            direction: self.link.direction,
            same_area: self.link.same_area,
        })
    }
}

/// A hypothesis as a piece of evidence shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedHypothesis {
    #[serde(flatten)]
    pub link: Link,
    pub at: DateTime<Utc>,
    pub number: String,
    pub title: String,
    pub stage: Stage,
    pub evidence: EvidenceSummary,
    pub archived: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_which_way_it_speaks() {
        assert!(LinkDraft::default().check().unwrap_err().of("direction").is_some());
        let link = LinkDraft { note: Some("  ".into()), ..LinkDraft::new(Direction::Contradicts) }.check().unwrap();
        assert_eq!(link, Link { direction: Direction::Contradicts, note: None, same_area: false });
    }
}
