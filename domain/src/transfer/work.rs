//! A row on its way to a draft: its cells by field, what is kept as text, and what is said about it.

use super::Format;
use super::field::Field;
use super::records::Record;
use super::scale::{self, Scale};
use super::table::Table;
use super::{lookup, words};
use crate::hypotheses::HypothesisDraft;
use crate::sites::Catalogue;
use crate::text::{one_line, parse_number};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One sentence about one cell. An error keeps its row out; a notice does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportRemark))]
pub struct Remark {
    /// The line of the file, from 1, on which the row starts.
    pub line: usize,
    /// The heading, on one line; empty when the whole row is meant.
    pub column: String,
    pub message: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.column.is_empty() {
            write!(f, "Line {}: {}", self.line, self.message)
        } else {
            write!(f, "Line {}, {}: {}", self.line, self.column, self.message)
        }
    }
}

/// What all rows of a file share.
pub(super) struct Sheet<'a> {
    pub table: &'a Table,
    pub fields: &'a BTreeMap<usize, Field>,
    pub scales: &'a BTreeMap<usize, Scale>,
    pub day_first: Option<bool>,
    pub catalogue: &'a Catalogue,
    pub members: &'a [(String, String)],
    /// The day at a site; at the latest one where none is named.
    pub today: &'a dyn Fn(Option<&str>) -> NaiveDate,
    pub format: Format,
}

impl Sheet<'_> {
    pub fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(_, one)| **one == field).map(|(column, _)| *column)
    }

    pub fn scale(&self, column: usize) -> Scale {
        self.scales.get(&column).copied().unwrap_or(Scale::Points(10))
    }

    /// Whether the file has all that a score needs.
    pub fn scores_whole(&self) -> bool {
        let has = |field: Field| self.column(field).is_some();
        has(Field::Impact) && has(Field::Confidence) && (has(Field::Ease) || has(Field::Effort))
    }

    /// Where a row keeps what fills no field.
    pub fn kept_in(&self) -> &'static str {
        if self.format == Format::Evidence { "the finding" } else { "the details" }
    }

    fn is_member(&self, email: &str) -> bool {
        self.members.iter().any(|(known, _)| known.eq_ignore_ascii_case(email))
    }
}

/// A row on its way to its draft: what has been found so far.
pub(super) struct RowWork<'a, D = HypothesisDraft> {
    pub sheet: &'a Sheet<'a>,
    pub record: &'a Record,
    pub draft: D,
    pub details: Vec<String>,
    pub notes: Vec<String>,
    pub errors: Vec<Remark>,
    pub notices: Vec<Remark>,
}

impl<'a, D: Default> RowWork<'a, D> {
    pub fn new(sheet: &'a Sheet<'a>, record: &'a Record) -> Self {
        let draft = D::default();
        Self { sheet, record, draft, details: Vec::new(), notes: Vec::new(), errors: Vec::new(), notices: Vec::new() }
    }

    /// The column of a field and what the row has there, if it has something.
    pub fn cell(&self, field: Field) -> Option<(usize, String)> {
        let column = self.sheet.column(field)?;
        let cell = self.record.cell(column);
        let nothing = words::is_nothing(cell) || (field != Field::Title && scale::is_blank(cell));
        (!nothing || field.is_rating()).then(|| (column, cell.to_owned()))
    }

    /// The columns of a field that may fill several, with what the row has there.
    pub fn cells(&self, field: Field) -> Vec<(usize, String)> {
        let columns = self.sheet.fields.iter().filter(|(_, one)| **one == field).map(|(column, _)| *column);
        let cells = columns.map(|column| (column, self.record.cell(column).to_owned()));
        cells.filter(|(_, cell)| !scale::is_blank(cell)).collect()
    }

    fn remark(&self, column: usize, message: impl Into<String>) -> Remark {
        Remark { line: self.record.line, column: self.sheet.table.column_name(column), message: message.into() }
    }

    pub fn error(&mut self, column: usize, message: impl Into<String>) {
        let remark = self.remark(column, message);
        self.errors.push(remark);
    }

    /// An error of the whole row.
    pub fn row_error(&mut self, message: String) {
        self.errors.push(Remark { line: self.record.line, column: String::new(), message });
    }

    pub fn notice(&mut self, column: usize, message: impl Into<String>) {
        let remark = self.remark(column, message);
        self.notices.push(remark);
    }

    /// The errors from left to right, as the row is read; what is said of the whole row comes first.
    pub fn errors_by_column(&self) -> Vec<Remark> {
        let columns = 0..self.record.cells.len().max(self.sheet.table.header.len());
        let names: Vec<String> = columns.map(|column| self.sheet.table.column_name(column)).collect();
        let mut errors = self.errors.clone();
        errors.sort_by_key(|error| names.iter().position(|name| *name == error.column));
        errors
    }

    /// Keeps a cell as a line of the details.
    pub fn keep(&mut self, column: usize, cell: &str) {
        let name = self.sheet.table.column_name(column);
        let gap = if cell.contains('\n') { "\n" } else { " " };
        self.details.push(format!("{name}:{gap}{cell}"));
    }

    pub fn keep_unknown(&mut self, column: usize, cell: &str, what: &str) {
        self.keep(column, cell);
        let place = self.sheet.kept_in();
        self.notice(column, format!("There is no {what} “{}” here; it is kept in {place}.", short(cell)));
    }

    /// The cells that fill no field, kept as lines.
    pub fn keep_details(&mut self) {
        let columns: Vec<usize> =
            self.sheet.fields.iter().filter(|(_, field)| **field == Field::Details).map(|(column, _)| *column).collect();
        for column in columns {
            let cell = self.record.cell(column).to_owned();
            if !words::is_nothing(&cell) {
                self.keep(column, &cell);
            }
        }
    }

    pub fn tags(&self) -> Vec<String> {
        let columns = self.sheet.fields.iter().filter(|(_, field)| **field == Field::Tags).map(|(column, _)| *column);
        let cells = columns.map(|column| self.record.cell(column)).filter(|cell| !words::is_nothing(cell));
        // "#social #event"; elsewhere the sign is a letter, as in "C#".
        let tags = cells.flat_map(|cell| {
            let marked = cell.starts_with('#');
            cell.split(move |c: char| matches!(c, ',' | ';' | '|' | '\n') || (marked && c == '#'))
        });
        tags.map(one_line).filter(|tag| !tag.is_empty()).collect()
    }

    /// The slug of the site that the row names.
    pub fn site_named(&mut self) -> Option<String> {
        let (column, cell) = self.cell(Field::Site)?;
        let site = lookup::site(&cell, self.sheet.catalogue).map(|site| site.site.slug.clone());
        if site.is_none() {
            self.keep_unknown(column, &cell, "site");
        }
        site
    }

    /// The slugs of the devices that the row names; none for all of them.
    pub fn devices_named(&mut self) -> Vec<String> {
        let Some((column, cell)) = self.cell(Field::Device) else { return Vec::new() };
        let devices = lookup::devices(&cell);
        if devices.is_none() {
            self.keep_unknown(column, &cell, "device");
        }
        devices.unwrap_or_default().into_iter().map(|device| device.slug().to_owned()).collect()
    }

    /// What a text cell may not hold, and cells that a spreadsheet would compute.
    pub fn check_cells(&mut self) {
        let (record, sheet) = (self.record, self.sheet);
        for (column, cell) in record.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            let Some(field) = sheet.fields.get(&column).copied().filter(|_| column < sheet.table.header.len()) else {
                let (cells, columns) = (record.cells.len(), sheet.table.header.len());
                self.error(column, format!("The row has {cells} cells for {columns} columns; cells would be lost."));
                return;
            };
            if field != Field::Ignore && cell.contains('\0') {
                self.error(column, "The cell has a NUL character, which cannot be kept.");
            }
            let text = cell.trim_start();
            let computed =
                text.starts_with('=') || (field == Field::Title && text.starts_with(['+', '-', '@']) && parse_number(text).is_none());
            if computed && !matches!(field, Field::Ignore) && !field.is_rating() {
                self.notice(column, "The cell begins like a formula; it is taken as plain text and never computed.");
            }
        }
        if record.cells.len() < sheet.table.header.len() {
            let message = format!("The row has {} of {} cells; the rest is taken as empty.", record.cells.len(), sheet.table.header.len());
            self.notices.push(Remark { line: record.line, column: String::new(), message });
        }
    }
}

impl RowWork<'_> {
    /// The draft's own rules have the last word.
    pub fn check(&mut self) {
        let Err(found) = self.draft.check(self.sheet.catalogue, |email| self.sheet.is_member(email)) else { return };
        for error in found.0 {
            let slug = error.field.rsplit("statement.").next().unwrap_or_default();
            let slug = slug.split('.').next().unwrap_or_default();
            let field = match (slug, error.field.as_str()) {
                ("devices", _) => Some(Field::Device),
                (_, "effort.design_days") => Some(Field::DesignDays),
                ("effort", _) => Some(Field::DevelopmentDays),
                _ => Field::from_slug(slug),
            };
            match field.and_then(|field| self.sheet.column(field)) {
                Some(column) => self.error(column, error.message),
                None => self.row_error(error.message),
            }
        }
    }
}

/// A cell as messages quote it.
pub(super) fn short(cell: &str) -> String {
    let line = one_line(cell);
    if line.chars().count() <= 60 { line } else { format!("{}…", line.chars().take(60).collect::<String>()) }
}
