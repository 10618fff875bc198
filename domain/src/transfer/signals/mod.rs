//! Rows of the signal inventory from a file or a paste: each becomes a draft, or is named by line and column with what
//! is wrong. Nothing of it may be written while there are errors.

mod columns;
mod row;

use super::decode::decode;
use super::records::Record;
use super::table::{self, Table};
use super::work::Remark;
use super::{dates, words};
use crate::errors::FieldErrors;
use crate::signals::{SignalContent, SignalDraft, overlap};
use crate::sites::Catalogue;
use chrono::NaiveDate;
use columns::{Layout, Role};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The most rows of a file.
pub const ROW_LIMIT: usize = 5_000;
/// How far down the headings may stand, in records.
const DEPTH: usize = 30;

/// What holds for the rows that do not say it themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignalDefaults {
    /// A slug.
    pub site: String,
    pub device: String,
    /// `2026-10-23`.
    pub from: String,
    pub to: String,
}

/// A row that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalRow {
    /// The line of the file, from 1.
    pub line: usize,
    pub draft: SignalDraft,
    pub content: SignalContent,
}

/// A column as it was understood; none where it is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalColumn))]
pub struct SignalColumn {
    pub header: String,
    pub field: Option<String>,
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalsPreview {
    pub columns: Vec<SignalColumn>,
    pub rows: Vec<SignalRow>,
    pub errors: Vec<Remark>,
    pub notices: Vec<Remark>,
}

impl SignalsPreview {
    /// The rows, if nothing stands in the way.
    pub fn ready(&self) -> Result<&[SignalRow], FieldErrors> {
        let mut found = FieldErrors::default();
        self.errors.iter().take(100).for_each(|error| found.add("file", error.to_string()));
        found.require(!self.rows.is_empty() || !found.is_empty(), "file", "There are no rows below the headings.");
        found.into_result(self.rows.as_slice())
    }
}

/// Reads a file. `today` answers the day at a site; an error is about the whole file.
pub fn preview(
    bytes: &[u8],
    defaults: &SignalDefaults,
    catalogue: &Catalogue,
    today: impl Fn(&str) -> NaiveDate,
) -> Result<SignalsPreview, FieldErrors> {
    decode(bytes)?;
    let table = table::read(bytes, Some(0), ROW_LIMIT + DEPTH)?;
    let (layout, records) = part(&table)?;
    if records.len() > ROW_LIMIT {
        let message = format!("The file has {} rows; {ROW_LIMIT} is the most. Split it.", records.len());
        return Err(FieldErrors::one("file", message));
    }
    let days = layout.columns(&[Role::From, Role::To, Role::Period]);
    let day_first = dates::day_first(records.iter().flat_map(|record| days.iter().flat_map(|column| dates::halves(record.cell(*column)))));
    let reading = row::RowReading { layout: &layout, defaults, catalogue, day_first };
    let mut found = SignalsPreview { columns: layout.shown(), rows: Vec::new(), errors: Vec::new(), notices: Vec::new() };
    for record in records {
        if is_total(&layout, record) {
            let message = "The row sums the others and is left out.".to_owned();
            found.notices.push(Remark { line: record.line, column: String::new(), message });
            continue;
        }
        match reading.read(record, &today) {
            Ok((draft, content)) => found.rows.push(SignalRow { line: record.line, draft, content }),
            Err(errors) => found.errors.extend(errors),
        }
    }
    for line in &table.footnotes {
        let message = "The row stands below the table with hardly a cell filled and is left out.".to_owned();
        found.notices.push(Remark { line: *line, column: String::new(), message });
    }
    refuse_twins(&mut found);
    Ok(found)
}

/// The headings and the records below them.
fn part(table: &Table) -> Result<(Layout, &[Record]), FieldErrors> {
    let known = |record: &Record| Layout::known(record);
    let depth = table.records.len().min(DEPTH);
    let best = table.records.iter().take(depth).enumerate().max_by_key(|(at, record)| (known(record), std::cmp::Reverse(*at)));
    let Some((at, header)) = best.filter(|(_, record)| known(record) >= 2) else {
        let message =
            "No line of headings was found. The first line names the columns: page or path, visits, exits, and what else there is.";
        return Err(FieldErrors::one("file", message));
    };
    let layout = Layout::of(header)?;
    Ok((layout, table.records.get(at + 1..).unwrap_or_default()))
}

/// Spreadsheets and tools write a sum below or above the rows.
fn is_total(layout: &Layout, record: &Record) -> bool {
    let named = [Role::Page, Role::Path].into_iter().filter_map(|role| layout.column(role)).map(|column| record.cell(column));
    let mut named = named.filter(|cell| !cell.is_empty()).peekable();
    named.peek().is_some() && named.all(words::is_total)
}

/// Two rows of a file may not cover the same day of the same page.
fn refuse_twins(found: &mut SignalsPreview) {
    let mut known: HashMap<_, Vec<(NaiveDate, NaiveDate, usize)>> = HashMap::new();
    let mut errors = Vec::new();
    for row in &found.rows {
        let periods = known.entry(row.content.key()).or_default();
        if let Some((from, to, line)) = periods.iter().find(|(from, to, _)| *from <= row.content.to && row.content.from <= *to) {
            let message = format!("{} It stands on line {line}.", overlap(&row.content, *from, *to));
            errors.push(Remark { line: row.line, column: String::new(), message });
        }
        periods.push((row.content.from, row.content.to, row.line));
    }
    found.errors.extend(errors);
    found.errors.sort_by_key(|error| error.line);
}

#[cfg(test)]
mod tests;
