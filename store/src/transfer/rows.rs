//! The tables of imports.

use crate::accounts::rows::entity;
use crate::errors::Result;
use crate::{json, time};
use domain::accounts::Member;
use domain::transfer::PastImport;
use std::collections::HashMap;

entity!(import, "import", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    format: String,
    file_name: String,
    mapping: String,
    person_id: Option<i64>,
    hypotheses: i64,
    scored: i64,
    state: String,
    undone: i64,
    event_id: i64,
    created_at: i64,
    tests: i64,
    evidence: i64,
});

entity!(import_row, "import_row", {
    #[sea_orm(primary_key, auto_increment = false)] import_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] hypothesis_id: i64,
    line: i64,
    version: i64,
});

entity!(import_test, "import_test", {
    #[sea_orm(primary_key, auto_increment = false)] import_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] test_id: i64,
    line: i64,
    version: i64,
});

entity!(import_evidence, "import_evidence", {
    #[sea_orm(primary_key, auto_increment = false)] import_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] evidence_id: i64,
    line: i64,
    version: i64,
});

entity!(upload, "upload", {
    #[sea_orm(primary_key, auto_increment = false)] digest: String,
    file_name: String,
    body: Vec<u8>,
    expires_at: i64,
});

/// The state of an import that stands.
pub const DONE: &str = "done";
/// The state of one that was taken back.
pub const UNDONE: &str = "undone";

/// The row as people read it.
pub fn to_past_import(row: import::Model, people: &HashMap<i64, Member>) -> Result<PastImport> {
    let import::Model {
        number, format, file_name, mapping, person_id, hypotheses, scored, state, undone, created_at, tests, evidence, ..
    } = row;
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    Ok(PastImport {
        number,
        format,
        file_name,
        at: time::from_micros(created_at),
        by: person_id.and_then(|id| people.get(&id)).map(|member| member.name.clone()),
        hypotheses: count(hypotheses),
        scored: count(scored),
        tests: count(tests),
        evidence: count(evidence),
        mapping: json::from_text(&mapping)?,
        undone: (state == UNDONE).then(|| count(undone)),
    })
}
