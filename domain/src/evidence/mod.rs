//! Evidence: one finding, and what findings together say of a hypothesis. Knows the kinds, how they fade and what
//! they weigh; where they are kept and who may write them it does not know.

mod confidence;
mod draft;
mod form;
mod freshness;
mod inventory;
mod kind;
mod link;
mod preview;
mod query;
mod still_true;
mod strength;
mod weights;
mod weights_form;

#[cfg(test)]
mod confidence_tests;

pub use confidence::{ClassTerm, Confidence, Item, ItemTerm, Side, confidence};
pub use draft::{Content, EvidenceDraft, SourceDraft, observed};
pub use form::EvidenceForm;
pub use freshness::{Freshness, FreshnessWord, observed_between};
pub use inventory::{Inventory, Tally};
pub use kind::{Class, Kind};
pub use link::{Direction, Link, LinkDraft, LinkedEvidence, LinkedHypothesis};
pub use preview::{Moved, Ranked, WeightsPreview, preview};
pub use query::{EvidenceQuery, SortKey};
pub use still_true::StillTrue;
pub use strength::{Strength, strength};
pub use weights::{ClassWeights, TestWeights, Weights};
pub use weights_form::{Part, WeightsForm};

use crate::sites::{Device, NamedChange};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Where a finding was made: the tool or study, and where to look it up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceSource))]
#[serde(default)]
pub struct Source {
    pub name: Option<String>,
    pub url: Option<String>,
}

/// What the outcome of an own test makes of it; none where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = EvidenceWorth))]
#[serde(rename_all = "snake_case")]
pub enum Worth {
    Valid,
    /// The test was invalid: it weighs nothing.
    Invalid,
}

impl Worth {
    pub fn slug(self) -> &'static str {
        match self {
            Worth::Valid => "valid",
            Worth::Invalid => "invalid",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Worth> {
        [Worth::Valid, Worth::Invalid].into_iter().find(|worth| worth.slug() == slug)
    }
}

/// A piece of evidence as everybody reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// `E-12`.
    pub number: String,
    pub title: String,
    pub kind: Kind,
    pub class: Class,
    /// Markdown.
    pub finding: Option<String>,
    pub source: Option<Source>,
    pub observed_from: Option<NaiveDate>,
    pub observed_to: Option<NaiveDate>,
    pub sample_size: Option<i64>,
    pub site: Option<String>,
    pub areas: Vec<String>,
    pub devices: Vec<Device>,
    pub audiences: Vec<String>,
    pub tags: Vec<String>,
    /// Of an own test alone.
    pub worth: Option<Worth>,
    /// The e-mail of who logged it.
    pub author: Option<String>,
    /// The author's name, for people.
    pub author_name: Option<String>,
    pub freshness: Freshness,
    /// The site change that halved its freshness, once: its areas were changed after it was observed.
    pub halved_by: Option<NamedChange>,
    /// How many hypotheses it is linked to.
    pub uses: u32,
    pub archived: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Evidence {
    /// The day that its age counts from: the last observed, else the first, else the day it was logged.
    pub fn observed(&self) -> NaiveDate {
        self.observed_to.or(self.observed_from).unwrap_or(self.created_at.date_naive())
    }
}
