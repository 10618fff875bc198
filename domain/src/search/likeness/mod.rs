//! How much a draft is like what is in the library: shared words and shared meanings, weighed by how rare they are,
//! with the same area, lever and metric. Pure: the store says how often words occur and what is compared.

mod compare;
mod draft;

pub use compare::Candidate;
pub use draft::{Draft, Frequencies, Probe, Unit};

use super::{Kind, Piece};
use crate::experiments::Outcome;
use crate::learnings::Effect;
use serde::{Deserialize, Serialize};

/// From here on a match is very close: most of what one says the other says too.
pub const VERY_CLOSE: f64 = 0.6;
/// From here on a match is close.
pub const CLOSE: f64 = 0.36;
/// Below this nothing is listed.
pub const RELATED: f64 = 0.08;

/// How close a match is, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Related,
    Close,
    VeryClose,
}

impl Level {
    pub fn of(closeness: f64) -> Level {
        if closeness >= VERY_CLOSE {
            Level::VeryClose
        } else if closeness >= CLOSE {
            Level::Close
        } else {
            Level::Related
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Level::Related => "Related",
            Level::Close => "Close",
            Level::VeryClose => "Very close",
        }
    }
}

/// By what two words met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The same word.
    Word,
    /// Another form of it.
    Form,
    /// A group of the thesaurus.
    Thesaurus,
}

/// A word of the draft that met a word of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Meeting {
    pub yours: String,
    pub theirs: String,
    pub by: By,
}

/// What two records are found to have in common.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Likeness {
    /// 0 to 1.
    pub closeness: f64,
    pub words: Vec<Meeting>,
    /// In plain words: "same area".
    pub reasons: Vec<String>,
}

/// A record that is like the draft, with what became of it. A hypothesis carries its test and learning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Similar {
    pub kind: Kind,
    /// `H-12`.
    pub number: String,
    /// The words that met are marked.
    pub title: Vec<Piece>,
    /// 0 to 1.
    pub closeness: f64,
    pub level: Level,
    pub reasons: Vec<String>,
    pub words: Vec<Meeting>,
    /// Of a hypothesis.
    pub stage: Option<crate::hypotheses::Stage>,
    /// The test that says most about it.
    pub test: Option<String>,
    pub learning: Option<String>,
    /// What was learned, in a sentence.
    pub learned: Option<String>,
    pub outcome: Option<Outcome>,
    /// The measured effect on the test's primary metric.
    pub effect: Option<Effect>,
    /// The day that the test or what was learned of it ended.
    pub ended_on: Option<chrono::NaiveDate>,
}

impl Similar {
    pub fn plain_title(&self) -> String {
        self.title.iter().map(|piece| piece.text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests;
