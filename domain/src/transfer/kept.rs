//! What is kept of an import, and what its undo did.

use super::field::{Field, Mapping};
use super::preview::Preview;
use super::work::Remark;
use crate::errors::FieldErrors;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What an import made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The import's own number, by which it is undone.
    pub number: i64,
    /// The numbers of the hypotheses, in the order of the file.
    pub hypotheses: Vec<String>,
    pub scored: u64,
    /// Whose scores they are, when there are any.
    pub scored_by: Option<String>,
    /// The name of the site that was added because the workspace had none.
    pub new_site: Option<String>,
}

/// What an import of tests made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedTests {
    /// The import's own number, by which it is undone.
    pub number: i64,
    /// The numbers of the tests, in the order of the file.
    pub numbers: Vec<String>,
    pub arms: u64,
    /// The name of the site that was added because the workspace had none.
    pub new_site: Option<String>,
}

/// What an import of evidence made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedEvidence {
    /// The import's own number, by which it is undone.
    pub number: i64,
    /// The numbers of the evidence, in the order of the file.
    pub evidence: Vec<String>,
    /// How many links to hypotheses.
    pub links: u64,
    /// The name of the site that was added because the workspace had none.
    pub new_site: Option<String>,
}

/// A past import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = Import))]
pub struct PastImport {
    pub number: i64,
    pub format: String,
    pub file_name: String,
    pub at: DateTime<Utc>,
    /// Who did it; none when nobody stands behind the command line.
    pub by: Option<String>,
    pub hypotheses: u64,
    pub scored: u64,
    /// How many tests it made, where its rows were arms of tests.
    pub tests: u64,
    /// How many pieces of evidence it made.
    pub evidence: u64,
    /// How the columns were read.
    pub mapping: Mapping,
    /// How many were archived, tests cancelled, again; none while it has not been undone.
    pub undone: Option<u64>,
}

impl Preview {
    /// Says which titles are here already; `present` holds them in lower case with their numbers.
    pub fn note_present(&mut self, present: &HashMap<String, String>) {
        let title = self.columns.iter().position(|column| column.field == Field::Title);
        let column = title.map(|column| self.column_name(column)).unwrap_or_default();
        for row in &self.rows {
            if let Some(number) = present.get(&row.draft.title.to_lowercase()) {
                let message = format!("{number} has this title already; the row is imported all the same.");
                self.notices.push(Remark { line: row.line, column: column.clone(), message });
            }
        }
    }
}

impl<R> Preview<R> {
    /// What people call the column.
    pub fn column_name(&self, column: usize) -> String {
        let name = self.columns.get(column).map(|one| crate::text::one_line(&one.header)).unwrap_or_default();
        if name.is_empty() { format!("Column {}", column + 1) } else { name }
    }

    /// Refuses what may not be written: a file with errors, or one without rows.
    pub fn accept(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        for error in &self.errors {
            errors.add("file", error.to_string());
        }
        let none = match self.records {
            0 => "The file has no row to import.",
            _ => "Every row of the file is here already: there is nothing to import.",
        };
        errors.require(!self.rows.is_empty() || !self.errors.is_empty(), "file", none);
        errors.into_result(())
    }
}
