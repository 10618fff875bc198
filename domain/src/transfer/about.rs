//! What is to be said of columns once, not for every row: ratings that make no score, days that are none, names given twice.

use super::field::Field;
use super::models::is_pie;
use super::scale::{is_blank, rating};
use super::table::Table;
use super::vocabulary::{meanings, plain};
use super::work::{Remark, Sheet};
use super::{amounts, dates};

/// The notices about columns.
pub(super) fn columns(sheet: &Sheet) -> Vec<Remark> {
    let mut said = Said { sheet, remarks: Vec::new() };
    said.about_scores();
    said.about_days();
    said.about_titles();
    if looks_garbled(sheet.table) {
        said.remarks.push(Remark {
            line: sheet.table.header_line,
            column: String::new(),
            message: "Some letters look wrong, as if the file were in another encoding. Save it again as CSV UTF-8.".into(),
        });
    }
    said.remarks
}

fn looks_garbled(table: &Table) -> bool {
    table.header.iter().any(|heading| super::garbled::looks_garbled(heading))
}

struct Said<'a> {
    sheet: &'a Sheet<'a>,
    remarks: Vec<Remark>,
}

impl Said<'_> {
    fn say(&mut self, column: usize, message: impl Into<String>) {
        let table = self.sheet.table;
        self.remarks.push(Remark { line: table.header_line, column: table.column_name(column), message: message.into() });
    }

    fn heading(&self, column: usize) -> &str {
        self.sheet.table.header.get(column).map_or("", String::as_str)
    }

    fn details(&self) -> Vec<usize> {
        self.sheet.fields.iter().filter(|(_, field)| **field == Field::Details).map(|(column, _)| *column).collect()
    }

    fn about_scores(&mut self) {
        let headers: Vec<&str> = self.sheet.table.header.iter().map(String::as_str).collect();
        if !self.sheet.scores_whole() && is_pie(&headers) {
            let column = headers.iter().position(|header| is_pie(&[header, "potential"]) || is_pie(&[header, "importance"]));
            let message =
                "These are PIE scores (potential, importance, ease). A file brings scores by ICE alone for now; these stay in the details.";
            return self.say(column.unwrap_or_default(), message);
        }
        if let Some(missing) = self.missing() {
            let rated: Vec<usize> = self.sheet.fields.iter().filter(|(_, field)| field.is_rating()).map(|(column, _)| *column).collect();
            for column in rated {
                self.say(column, format!("A score needs impact, confidence and ease. {missing} This is kept in the details."));
            }
        }
        self.about_unrated();
    }

    /// Ratings in the details: of no scale, or of work in a number that is no rating.
    fn about_unrated(&mut self) {
        let rated = self.sheet.fields.values().any(|field| field.is_rating());
        for column in self.details() {
            let Some(field) = meanings(self.heading(column)).first().map(|meaning| meaning.field) else { continue };
            if field == Field::Effort && !self.is_rated(column) {
                self.say(
                    column,
                    "Effort is a rating from 1 to 10, and this is none, so it is kept in the details. For days of work choose Development days.",
                );
            } else if field.is_rating() && !rated {
                self.say(column, "This is no rating of impact, confidence and ease from 1 to 10, so it is kept in the details.");
            }
        }
    }

    /// What a score lacks, when some of its ratings are there: "Ease is missing; “Doable” could be it."
    fn missing(&self) -> Option<String> {
        let has = |field: Field| self.sheet.column(field).is_some();
        let ease = has(Field::Ease) || has(Field::Effort);
        let all = [("impact", has(Field::Impact)), ("confidence", has(Field::Confidence)), ("ease", ease)];
        let lacking: Vec<&str> = all.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect();
        if lacking.is_empty() || lacking.len() == all.len() {
            return None;
        }
        let could: Vec<String> =
            self.details().into_iter().filter(|column| self.is_rated(*column)).map(|column| self.name(column)).collect();
        let choice =
            if could.is_empty() { "no other column looks like it".to_owned() } else { format!("{} could be it", could.join(" or ")) };
        let columns = if lacking.len() == 1 { "column" } else { "columns" };
        Some(format!("The file has no {columns} for {}; {choice}.", lacking.join(" and ")))
    }

    fn name(&self, column: usize) -> String {
        format!("“{}”", self.sheet.table.column_name(column))
    }

    /// Whether nearly all cells are numbers from 1 to 10, as ratings are.
    fn is_rated(&self, column: usize) -> bool {
        let cells = || self.sheet.table.records.iter().map(|record| record.cell(column)).filter(|cell| !is_blank(cell));
        let rated = cells().filter(|cell| rating(cell).is_some_and(|value| (1.0..=10.0).contains(&value))).count();
        rated > 0 && rated * 10 >= cells().count() * 9 && amounts::field(self.heading(column)).is_none() && !counts(self.heading(column))
    }

    /// A column of days of which most cannot be read is kept as text, and that is said.
    fn about_days(&mut self) {
        for column in self.details() {
            let dated =
                meanings(self.heading(column)).first().is_some_and(|meaning| meaning.field == Field::Created && meaning.strength >= 66);
            let unread = |cell: &&str| !is_blank(cell) && dates::read(cell, Some(true)).is_err() && dates::roughly(cell).is_none();
            let count = self.sheet.table.records.iter().map(|record| record.cell(column)).filter(unread).count();
            if dated && count > 0 && self.sheet.column(Field::Created).is_none() {
                self.say(
                    column,
                    format!("{count} cells are no dates, so the column is kept in the details. Choose Created on to see which."),
                );
            }
        }
    }

    fn about_titles(&mut self) {
        let table = self.sheet.table;
        let title = self.sheet.column(Field::Title).map(|column| table.column_name(column)).unwrap_or_default();
        for column in self.details() {
            if table.column_name(column).eq_ignore_ascii_case(&title) {
                self.say(column, "Several columns have this name; the first is the title, this one is kept in the details.");
            }
        }
    }
}

/// Whether a heading numbers the rows, or is a part of another model.
fn counts(heading: &str) -> bool {
    is_key(heading) || plain(heading).split(' ').any(|word| matches!(word, "pie" | "rice" | "reach" | "rank" | "priority" | "points"))
}

fn is_key(heading: &str) -> bool {
    const KEYS: &str = "|n|ref|reference|id|key|code|idea id|test id|issue key|ticket|no|nr|number|nummer|numero|num|item no|item number|volgnummer|\
                        codigo|codice|lfd nr|record id|experiment id|hypothesis id|idea no|";
    KEYS.contains(&format!("|{}|", plain(heading)))
}

/// The column that names each row by a key of its own.
pub(super) fn key_column(table: &Table) -> Option<usize> {
    table.header.iter().position(|heading| is_key(heading) && !plain(heading).is_empty())
}
