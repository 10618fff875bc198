//! Lineage: the tree that a hypothesis stands in, splitting one in two, merging two into one, and taking that back.

mod merge;
mod split;
mod tree;
mod undo;

use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::hypothesis;
use serde::{Deserialize, Serialize};

/// For so many days a merge or a split can be taken back.
const UNDO_DAYS: i64 = 30;

/// What a merge moved, by the ids of the rows, as its event keeps it for an undo.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Moved {
    part: String,
    whole: String,
    evidence: Vec<i64>,
    scores: Vec<i64>,
    comments: Vec<i64>,
    /// Events of earlier versions tell of none.
    #[serde(default)]
    attachments: Vec<i64>,
    tests: Vec<i64>,
    children: Vec<i64>,
    tags: Vec<String>,
}

/// What a split made, as its event keeps it for an undo.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Parted {
    whole: String,
    part: String,
    /// The change that the whole named before; none where it stayed.
    change: Option<Option<String>>,
    /// The whole's version after the split.
    version: i64,
}

fn name_of(row: &hypothesis::Model) -> String {
    format!("H-{}", row.number)
}

fn late() -> StoreError {
    StoreError::conflict(format!("This is more than {UNDO_DAYS} days ago and can no longer be undone."))
}

fn undone_already() -> StoreError {
    StoreError::conflict("This was undone already.")
}

/// The body that an event of this kind keeps.
fn kept<T: serde::de::DeserializeOwned>(body: Option<&String>) -> Result<T> {
    crate::json::from_text(body.map(String::as_str).unwrap_or("{}"))
}
