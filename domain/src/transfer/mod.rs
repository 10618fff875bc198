//! Import: bytes of files that teams arrive with become drafts, and a paste of results becomes figures. Says what
//! it read and what it could not, line by line; writes nothing and knows no storage.
//!
//! The way of a backlog: [`decode`] bytes to text, `records` and `table` to cells, `guess` for the mapping,
//! `rows` for one hypothesis each, [`preview`] for all of it. Evidence goes the same way with `gathered` for the last
//! two steps.

mod about;
mod amounts;
mod arm_tests;
pub mod arms;
mod assign;
mod dates;
pub mod decode;
mod effects;
mod evidence;
mod export;
mod field;
mod findings;
mod footnotes;
mod garbled;
mod gathered;
mod grouped;
mod guess;
mod headings;
mod kept;
mod lexicon;
mod lookup;
mod loose;
mod models;
mod outline;
pub mod paste;
mod preview;
mod promises;
mod records;
mod rows;
mod sample;
mod scale;
mod scores;
mod shape;
pub mod signals;
mod suits;
mod table;
mod titles;
mod vocabulary;
mod words;
mod work;

pub use arm_tests::{ArmsPreview, ArmsSummary, ArmsTarget, ComputedTest, SplitCount, arms_preview};
pub use decode::Encoding;
pub use export::{defused, export_header, export_row};
pub use field::{Field, Mapping};
pub use gathered::{EvidenceRow, Present, preview_evidence};
pub use grouped::{Grouped, grouped};
pub use kept::{Imported, ImportedEvidence, ImportedTests, PastImport};
pub use outline::{Outline, outline};
pub use preview::{Column, Preview, ROW_LIMIT, Rescale, preview};
pub use rows::ImportRow;
pub use sample::{Numbers, sample, sample_finding};
pub use scale::Scale;
pub use shape::is_table;
pub use words::stage as stage_of_word;
pub use work::Remark;

use serde::{Deserialize, Serialize};

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A row is a hypothesis.
    Backlog,
    /// A row is one arm of a test with its counts.
    Arms,
    /// A row is a piece of evidence.
    Evidence,
}

impl Format {
    /// As addresses, files and the REST API name it.
    pub fn slug(self) -> &'static str {
        match self {
            Format::Backlog => "csv",
            Format::Arms => "arms",
            Format::Evidence => "evidence",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Format> {
        [Format::Backlog, Format::Arms, Format::Evidence].into_iter().find(|format| format.slug() == slug)
    }

    /// What the rows of a file are: as somebody said, else as its headings say; a mapping by hand without a word on the
    /// rows is one of a backlog.
    pub fn of_file(said: Option<Format>, mapped: bool, bytes: &[u8]) -> Format {
        said.or_else(|| mapped.then_some(Format::Backlog)).unwrap_or_else(|| detect_file_format(bytes))
    }
}

/// Tells the formats apart by their header.
pub fn detect_format(header: &[String]) -> Format {
    match header {
        header if arms::has_all_headings(header) => Format::Arms,
        header if gathered::is_evidence(header) => Format::Evidence,
        _ => Format::Backlog,
    }
}

/// The format of a whole file; backlog when it cannot be read, so that its reader says why.
pub fn detect_file_format(bytes: &[u8]) -> Format {
    table::read(bytes, None, arms::ROW_LIMIT).map_or(Format::Backlog, |table| detect_format(&table.header))
}
