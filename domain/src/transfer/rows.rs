//! One record of a backlog as a draft, with what was taken for what. Never refuses a file, only rows.

use super::field::Field;
use super::lookup::{self, Owner};
use super::records::Record;
use super::work::{Remark, RowWork, Sheet, short};
use super::{dates, scores, words};
use crate::hypotheses::{HandMove, HypothesisDraft, Stage};
use crate::scoring::ScoreDraft;
use crate::sites::SiteCatalogue;
use crate::text::one_line;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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

/// How to say whether days come first, on the page and by command line.
pub(super) const SAY_THE_ORDER: &str = "Say which under Dates above the table, or as day_first in the file for --map.";

/// Reads one record. The row is there unless there are errors.
pub(super) fn import<'a>(sheet: &'a Sheet<'a>, record: &'a Record) -> (Option<ImportRow>, Vec<Remark>, Vec<Remark>) {
    let mut work = RowWork::new(sheet, record);
    work.check_cells();
    work.read_statement();
    work.read_catalogue();
    work.read_effect();
    work.read_days();
    work.read_owner();
    let stage = work.read_stage();
    let created = work.read_created();
    let score = scores::score(&mut work);
    work.read_details();
    work.check();
    let errors = work.errors_by_column();
    let RowWork { draft, notes, notices, .. } = work;
    let row = errors.is_empty().then_some(ImportRow { line: record.line, draft, score, stage, created, notes });
    (row, errors, notices)
}

impl<'a> RowWork<'a> {
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
        self.draft.tags = self.tags();
    }

    pub(super) fn site(&self) -> Option<&'a SiteCatalogue> {
        self.draft.site.as_deref().and_then(|slug| self.sheet.catalogue.site(slug))
    }

    fn read_catalogue(&mut self) {
        let catalogue = self.sheet.catalogue;
        self.draft.site = self.site_named();
        if let Some((column, cell)) = self.cell(Field::Area) {
            match lookup::area(&cell, self.site(), catalogue) {
                Some(slug) => self.draft.area = Some(slug),
                None => self.keep_unknown(column, &cell, "area"),
            }
        }
        self.draft.devices = self.devices_named();
        if let Some((column, cell)) = self.cell(Field::Lever) {
            match lookup::lever(&cell, catalogue) {
                Some(slug) => self.draft.statement.lever = Some(slug),
                None => self.keep_unknown(column, &cell, "lever"),
            }
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
        if let Some((day, how)) = dates::roughly(&cell).filter(|(day, _)| *day <= (self.sheet.today)(None)) {
            self.notice(column, format!("“{word}” is read as {day}, {how}."));
            return Some(day);
        }
        match dates::read(&cell, self.sheet.day_first) {
            Ok(day) if day > (self.sheet.today)(None) => self.error(column, format!("{day} lies in the future.")),
            Ok(day) => return Some(day),
            Err(dates::NoDate::Unreadable) => self.error(column, format!("“{word}” is not a date.")),
            Err(dates::NoDate::NotInCalendar) => self.error(column, format!("{word} is not in the calendar.")),
            Err(dates::NoDate::Ambiguous) => {
                self.keep(column, &cell);
                self.notice(
                    column,
                    format!("{word} may start with the day or with the month. {} It is kept in the details.", SAY_THE_ORDER),
                );
            }
        }
        None
    }

    fn read_details(&mut self) {
        self.keep_details();
        self.draft.details = (!self.details.is_empty()).then(|| self.details.join("\n"));
    }
}
