//! Evidence from a file: which column says what, a row as a draft with its links, and what is here already. Reading the
//! file, its table and the order of what is said is the work of the modules that read a backlog.

mod headings;
mod kinds;
mod row;

pub(super) use headings::guess;
pub use headings::{is_evidence, is_heading};

use super::Format;
use super::field::{Field, Mapping};
use super::findings::Row;
use super::preview::{Here, Preview, read_all};
use super::records::Record;
use super::work::{Remark, RowWork, Sheet};
use crate::errors::FieldErrors;
use crate::evidence::{EvidenceDraft, Kind};
use crate::sites::Catalogue;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A piece of evidence that may be imported.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    pub line: usize,
    pub draft: EvidenceDraft,
    /// The numbers of hypotheses, such as `H-12`.
    pub supports: Vec<String>,
    pub contradicts: Vec<String>,
}

/// A piece of evidence that is here already, by what tells it apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// `E-12`.
    pub number: String,
    pub kind: Kind,
    pub observed_from: Option<NaiveDate>,
    pub observed_to: Option<NaiveDate>,
}

impl Present {
    fn is(&self, draft: &EvidenceDraft) -> bool {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let days = day(self.observed_from) == draft.observed_from && day(self.observed_to) == draft.observed_to;
        days && Kind::from_words(&draft.kind) == Some(self.kind)
    }
}

/// Reads a file of evidence. `mapping` is what a person said so far; `today` answers the day at a site. An error is about
/// the whole file.
pub fn preview_evidence(
    bytes: &[u8],
    mapping: Option<&Mapping>,
    catalogue: &Catalogue,
    today: &dyn Fn(Option<&str>) -> NaiveDate,
) -> Result<Preview<EvidenceRow>, FieldErrors> {
    read_all(bytes, mapping, &Here { format: Format::Evidence, catalogue, members: &[], today })
}

impl Row for EvidenceRow {
    fn read<'a>(sheet: &'a Sheet<'a>, record: &'a Record) -> (Option<Self>, Vec<Remark>, Vec<Remark>) {
        let mut work: RowWork<'_, EvidenceRow> = RowWork::new(sheet, record);
        work.read_row();
        let errors = work.errors_by_column();
        let RowWork { draft, notices, .. } = work;
        (errors.is_empty().then_some(draft), errors, notices)
    }

    fn title(&self) -> &str {
        &self.draft.title
    }
}

impl Preview<EvidenceRow> {
    /// Leaves out what is here already, and says which titles are; `present` holds evidence by its title in lower case.
    pub fn leave_out_present(&mut self, present: &HashMap<String, Vec<Present>>) {
        let column = self.name_of(Field::Title);
        for row in std::mem::take(&mut self.rows) {
            let here = present.get(&row.draft.title.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
            let same = here.iter().find(|one| one.is(&row.draft));
            let said = match (same, here.first()) {
                (Some(same), _) => Some(format!("{} is the same, by title, kind and days; the row is left out.", same.number)),
                (None, Some(one)) => Some(format!("{} has this title already; the row is imported all the same.", one.number)),
                (None, None) => None,
            };
            self.notices.extend(said.map(|message| Remark { line: row.line, column: column.clone(), message }));
            if same.is_none() {
                self.rows.push(row);
            }
        }
    }

    /// Keeps out rows that name hypotheses which are not here; `known` says which are.
    pub fn check_links(&mut self, known: impl Fn(&str) -> bool) {
        let columns = [self.name_of(Field::Supports), self.name_of(Field::Contradicts)];
        let mut errors = Vec::new();
        self.rows.retain(|row| {
            let sides = [&row.supports, &row.contradicts].into_iter().zip(&columns);
            let strangers = sides.flat_map(|(numbers, column)| numbers.iter().map(move |number| (number, column)));
            let before = errors.len();
            errors.extend(strangers.filter(|(number, _)| !known(number)).map(|(number, column)| Remark {
                line: row.line,
                column: column.clone(),
                message: format!("There is no hypothesis {number} here, or it is archived. Leave it out, or correct the number."),
            }));
            errors.len() == before
        });
        self.errors.extend(errors);
        self.errors.sort_by_key(|error| error.line);
    }

    fn name_of(&self, field: Field) -> String {
        let column = self.columns.iter().position(|column| column.field == field);
        column.map(|column| self.column_name(column)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
