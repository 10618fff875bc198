//! One record of a backlog as a draft, with what was taken for what. Never refuses a file, only rows.

use super::effects::{self, NoEffect};
use super::field::Field;
use super::lookup::{self, Owner};
use super::records::Record;
use super::scale::Scale;
use super::table::Table;
use super::{dates, scores, words};
use crate::hypotheses::{EffectDraft, HandMove, HypothesisDraft, Stage};
use crate::scoring::ScoreDraft;
use crate::sites::{Catalogue, SiteCatalogue};
use crate::text::{one_line, parse_number};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One sentence about one cell. An error keeps its row out; a notice does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// A row that may be imported.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportRow {
    pub line: usize,
    pub draft: HypothesisDraft,
    pub score: Option<ScoreDraft>,
    /// The move to make after the draft is kept as an idea; none for ideas.
    pub stage: Option<HandMove>,
    pub created: Option<NaiveDate>,
    /// What was changed on the way, for people to see.
    pub notes: Vec<String>,
}

/// What all rows of a file share.
pub(super) struct Sheet<'a> {
    pub table: &'a Table,
    pub fields: &'a BTreeMap<usize, Field>,
    pub scales: &'a BTreeMap<usize, Scale>,
    pub day_first: Option<bool>,
    pub catalogue: &'a Catalogue,
    pub members: &'a [(String, String)],
    pub today: NaiveDate,
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

    fn is_member(&self, email: &str) -> bool {
        self.members.iter().any(|(known, _)| known.eq_ignore_ascii_case(email))
    }
}

/// A row on its way: what has been found so far.
pub(super) struct RowWork<'a> {
    pub sheet: &'a Sheet<'a>,
    pub record: &'a Record,
    pub draft: HypothesisDraft,
    details: Vec<String>,
    pub notes: Vec<String>,
    pub errors: Vec<Remark>,
    pub notices: Vec<Remark>,
}

/// Reads one record. The row is there unless there are errors.
pub(super) fn import<'a>(sheet: &'a Sheet<'a>, record: &'a Record) -> (Option<ImportRow>, Vec<Remark>, Vec<Remark>) {
    let mut work = RowWork {
        sheet,
        record,
        draft: HypothesisDraft::default(),
        details: Vec::new(),
        notes: Vec::new(),
        errors: Vec::new(),
        notices: Vec::new(),
    };
    work.check_cells();
    work.read_statement();
    work.read_catalogue();
    work.read_effect();
    work.read_owner();
    let stage = work.read_stage();
    let created = work.read_created();
    let score = scores::score(&mut work);
    work.read_details();
    work.check();
    let RowWork { draft, notes, errors, notices, .. } = work;
    let row = errors.is_empty().then_some(ImportRow { line: record.line, draft, score, stage, created, notes });
    (row, errors, notices)
}

impl<'a> RowWork<'a> {
    /// The column of a field and what the row has there, if it has something.
    pub fn cell(&self, field: Field) -> Option<(usize, String)> {
        let column = self.sheet.column(field)?;
        let cell = self.record.cell(column);
        (!words::is_nothing(cell) || field.is_rating()).then(|| (column, cell.to_owned()))
    }

    fn remark(&self, column: usize, message: impl Into<String>) -> Remark {
        Remark { line: self.record.line, column: self.sheet.table.column_name(column), message: message.into() }
    }

    pub fn error(&mut self, column: usize, message: impl Into<String>) {
        let remark = self.remark(column, message);
        self.errors.push(remark);
    }

    pub fn notice(&mut self, column: usize, message: impl Into<String>) {
        let remark = self.remark(column, message);
        self.notices.push(remark);
    }

    /// Keeps a cell as a line of the details.
    pub fn keep(&mut self, column: usize, cell: &str) {
        let name = self.sheet.table.column_name(column);
        let gap = if cell.contains('\n') { "\n" } else { " " };
        self.details.push(format!("{name}:{gap}{cell}"));
    }

    fn keep_unknown(&mut self, column: usize, cell: &str, what: &str) {
        self.keep(column, cell);
        self.notice(column, format!("There is no {what} “{}” here; it is kept in the details.", short(cell)));
    }

    /// What a text cell may not hold, and cells that a spreadsheet would compute.
    fn check_cells(&mut self) {
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

    fn read_statement(&mut self) {
        let text = |field: Field| self.cell(field).map(|(_, cell)| cell);
        let title = text(Field::Title).unwrap_or_default();
        let statement = &self.draft.statement;
        let mut statement = statement.clone();
        statement.because = text(Field::Because);
        statement.change = text(Field::Change);
        statement.audience = text(Field::Audience);
        statement.reason = text(Field::Reason);
        statement.measure = text(Field::Measure);
        self.draft.title = one_line(&title);
        self.draft.statement = statement;
        let columns = self.sheet.fields.iter().filter(|(_, field)| **field == Field::Tags).map(|(column, _)| *column);
        let cells = columns.map(|column| self.record.cell(column)).filter(|cell| !words::is_nothing(cell));
        let tags = cells.flat_map(|cell| cell.split([',', ';', '|', '\n'])).map(one_line).filter(|tag| !tag.is_empty());
        self.draft.tags = tags.collect();
    }

    fn site(&self) -> Option<&'a SiteCatalogue> {
        self.draft.site.as_deref().and_then(|slug| self.sheet.catalogue.site(slug))
    }

    fn read_catalogue(&mut self) {
        let catalogue = self.sheet.catalogue;
        if let Some((column, cell)) = self.cell(Field::Site) {
            match lookup::site(&cell, catalogue) {
                Some(site) => self.draft.site = Some(site.site.slug.clone()),
                None => self.keep_unknown(column, &cell, "site"),
            }
        }
        if let Some((column, cell)) = self.cell(Field::Area) {
            match lookup::area(&cell, self.site(), catalogue) {
                Some(slug) => self.draft.area = Some(slug),
                None => self.keep_unknown(column, &cell, "area"),
            }
        }
        if let Some((column, cell)) = self.cell(Field::Device) {
            match lookup::devices(&cell) {
                Some(devices) => self.draft.devices = devices.into_iter().map(|device| device.slug().to_owned()).collect(),
                None => self.keep_unknown(column, &cell, "device"),
            }
        }
        if let Some((column, cell)) = self.cell(Field::Lever) {
            match lookup::lever(&cell, catalogue) {
                Some(slug) => self.draft.statement.lever = Some(slug),
                None => self.keep_unknown(column, &cell, "lever"),
            }
        }
    }

    fn read_effect(&mut self) {
        let effect = self.cell(Field::Effect);
        let Some((metric_column, named)) = self.cell(Field::Metric) else {
            return self.keep_effect(effect, "without a metric");
        };
        let Some(metric) = lookup::metric(&named, self.site(), self.sheet.catalogue) else {
            self.keep_unknown(metric_column, &named, "metric");
            return self.keep_effect(effect, "without a known metric");
        };
        let mut draft =
            EffectDraft { metric: Some(metric.slug.clone()), direction: Some(metric.direction.slug().to_owned()), low: None, high: None };
        if let Some((column, cell)) = effect {
            let percent = self.sheet.table.column_name(column).contains('%');
            match effects::read(&cell, percent) {
                Ok(told) => {
                    draft.direction = Some(told.direction.unwrap_or(metric.direction).slug().to_owned());
                    (draft.low, draft.high) = (told.low, told.high);
                    if told.low.is_none() {
                        self.keep(column, &cell);
                    }
                }
                Err(NoEffect::NoPercent) => {
                    self.keep(column, &cell);
                    self.notice(column, format!("“{}” has no percent sign; it is kept in the details.", short(&cell)));
                }
                Err(NoEffect::Words) => self.keep_effect(Some((column, cell)), "which is no size"),
            }
        }
        self.draft.statement.effect = Some(draft);
    }

    fn keep_effect(&mut self, effect: Option<(usize, String)>, why: &str) {
        if let Some((column, cell)) = effect {
            self.keep(column, &cell);
            self.notes.push(format!("{}: “{}”, {why}, is kept in the details.", self.sheet.table.column_name(column), short(&cell)));
        }
    }

    fn read_owner(&mut self) {
        let Some((column, cell)) = self.cell(Field::Owner) else { return };
        match lookup::owner(&cell, self.sheet.members) {
            Owner::Member(email) => self.draft.owner = Some(email),
            Owner::Stranger(email) => {
                self.error(
                    column,
                    format!("Nobody here has the e-mail address {email}. Add the member, choose another, or leave it empty."),
                );
            }
            Owner::Unclear => {
                self.keep(column, &cell);
                self.notice(column, format!("“{}” is not the name of one member; it is kept in the details.", short(&cell)));
            }
        }
    }

    /// Stages that follow facts cannot be imported: a test, its learning or evidence makes them.
    fn read_stage(&mut self) -> Option<HandMove> {
        let (column, cell) = self.cell(Field::Stage)?;
        let word = short(&cell);
        match words::stage(&cell) {
            Some(Stage::Idea) => None,
            Some(Stage::Prioritised) => Some(HandMove { stage: Stage::Prioritised.slug().into(), reason: None }),
            Some(Stage::Parked) => {
                Some(HandMove { stage: Stage::Parked.slug().into(), reason: Some(format!("“{word}” in the imported file.")) })
            }
            Some(stage) => {
                self.keep(column, &cell);
                let from = if stage == Stage::EvidenceGathered { "evidence" } else { "a test" };
                self.notice(
                    column,
                    format!("“{word}” follows from {from} and cannot be imported: it becomes Idea, and the word is kept in the details."),
                );
                None
            }
            None => {
                self.keep(column, &cell);
                self.notice(column, format!("“{word}” is no stage we know: it becomes Idea, and the word is kept in the details."));
                None
            }
        }
    }

    fn read_created(&mut self) -> Option<NaiveDate> {
        let (column, cell) = self.cell(Field::Created)?;
        let word = short(&cell);
        match dates::read(&cell, self.sheet.day_first) {
            Ok(day) if day > self.sheet.today => self.error(column, format!("{day} lies in the future.")),
            Ok(day) => return Some(day),
            Err(dates::NoDate::Unreadable) => self.error(column, format!("“{word}” is not a date.")),
            Err(dates::NoDate::NotInCalendar) => self.error(column, format!("{word} is not in the calendar.")),
            Err(dates::NoDate::Ambiguous) => {
                self.keep(column, &cell);
                self.notice(column, format!("{word} may start with the day or with the month; say which. It is kept in the details."));
            }
        }
        None
    }

    fn read_details(&mut self) {
        let columns: Vec<usize> =
            self.sheet.fields.iter().filter(|(_, field)| **field == Field::Details).map(|(column, _)| *column).collect();
        for column in columns {
            let cell = self.record.cell(column).to_owned();
            if !words::is_nothing(&cell) {
                self.keep(column, &cell);
            }
        }
        self.draft.details = (!self.details.is_empty()).then(|| self.details.join("\n"));
    }

    /// The draft's own rules have the last word.
    fn check(&mut self) {
        let Err(found) = self.draft.check(self.sheet.catalogue, |email| self.sheet.is_member(email)) else { return };
        for error in found.0 {
            let slug = error.field.rsplit("statement.").next().unwrap_or_default();
            let slug = slug.split('.').next().unwrap_or_default();
            let field = if slug == "devices" { Some(Field::Device) } else { Field::from_slug(slug) };
            match field.and_then(|field| self.sheet.column(field)) {
                Some(column) => self.error(column, error.message),
                None => self.errors.push(Remark { line: self.record.line, column: String::new(), message: error.message }),
            }
        }
    }
}

fn short(cell: &str) -> String {
    let line = one_line(cell);
    if line.chars().count() <= 60 { line } else { format!("{}…", line.chars().take(60).collect::<String>()) }
}
