//! What is found while a file is read: its rows, and everything that is said of rows, columns and the whole.

use super::about;
use super::field::Field;
use super::garbled::looks_garbled;
use super::records::Record;
use super::rows::{ImportRow, import};
use super::words;
use super::work::{Remark, Sheet};
use crate::text::parse_number;
use std::collections::HashMap;

/// What a record becomes, unless there are errors.
pub(super) trait Row: Sized {
    /// The row, the errors and the notices of one record.
    fn read<'a>(sheet: &'a Sheet<'a>, record: &'a Record) -> (Option<Self>, Vec<Remark>, Vec<Remark>);

    fn title(&self) -> &str;

    /// What is said once of a column.
    fn columns(_sheet: &Sheet) -> Vec<Remark> {
        Vec::new()
    }
}

impl Row for ImportRow {
    fn read<'a>(sheet: &'a Sheet<'a>, record: &'a Record) -> (Option<Self>, Vec<Remark>, Vec<Remark>) {
        import(sheet, record)
    }

    fn title(&self) -> &str {
        &self.draft.title
    }

    fn columns(sheet: &Sheet) -> Vec<Remark> {
        about::columns(sheet)
    }
}

pub(super) struct Findings<R> {
    pub rows: Vec<R>,
    pub errors: Vec<Remark>,
    pub notices: Vec<Remark>,
    /// How many records were nothing but dragged formulas.
    pub ghosts: usize,
}

/// Lines on which something was first read, by what it was.
#[derive(Default)]
struct Known {
    rows: HashMap<String, usize>,
    titles: HashMap<String, usize>,
    keys: HashMap<String, usize>,
}

impl<R: Row> Findings<R> {
    pub fn read(sheet: &Sheet) -> Self {
        let mut found = Self { rows: Vec::new(), errors: Vec::new(), notices: R::columns(sheet), ghosts: 0 };
        let (mut known, mut first_ghost) = (Known::default(), None);
        let key = about::key_column(sheet.table);
        for record in &sheet.table.records {
            if is_ghost(sheet, record) {
                found.ghosts += 1;
                first_ghost.get_or_insert(record.line);
                continue;
            }
            if let Some(line) = known.rows.insert(content(sheet, record), record.line) {
                found.say(record.line, String::new(), format!("The row is the same as line {line}; it is imported once."));
                continue;
            }
            if let Some(column) = key {
                found.note_key(sheet, record, column, &mut known.keys);
            }
            found.read_row(sheet, record, &mut known.titles);
        }
        if let Some(line) = first_ghost {
            let message = format!("{} rows without content, from here on, hold only computed values and are skipped.", found.ghosts);
            found.say(line, String::new(), message);
        }
        found.note_footnotes(sheet);
        found
    }

    fn say(&mut self, line: usize, column: String, message: impl Into<String>) {
        self.notices.push(Remark { line, column, message: message.into() });
    }

    fn read_row(&mut self, sheet: &Sheet, record: &Record, titles: &mut HashMap<String, usize>) {
        if record.cells.iter().any(|cell| looks_garbled(cell)) {
            self.say(
                record.line,
                String::new(),
                "Some letters look wrong, as if the file were in another encoding. Save it again as CSV UTF-8.",
            );
        }
        let (row, errors, notices) = R::read(sheet, record);
        self.errors.extend(errors);
        self.notices.extend(notices);
        let Some(row) = row else { return };
        if let Some(line) = titles.insert(row.title().to_lowercase(), record.line) {
            let column = sheet.column(Field::Title).map(|column| sheet.table.column_name(column)).unwrap_or_default();
            self.say(record.line, column, format!("The title is the same as on line {line}; both are imported."));
        }
        self.rows.push(row);
    }

    fn note_key(&mut self, sheet: &Sheet, record: &Record, column: usize, keys: &mut HashMap<String, usize>) {
        let key = record.cell(column);
        if words::is_nothing(key) {
            return;
        }
        let line = *keys.entry(key.to_lowercase()).or_insert(record.line);
        if line != record.line {
            let message = format!("“{}” stands on line {line} as well; both rows are imported.", super::work::short(key));
            self.say(record.line, sheet.table.column_name(column), message);
        }
    }

    fn note_footnotes(&mut self, sheet: &Sheet) {
        let message = "The row stands below the table with hardly a cell filled: it reads as a note, not as a row, and is left out. \
                       Fill in more of it, or remove the blank rows above it, to import it.";
        for line in &sheet.table.footnotes {
            self.say(*line, String::new(), message);
        }
    }
}

/// A row in which a formula or a tick box was dragged down and nobody wrote anything, or that sums the others.
fn is_ghost(sheet: &Sheet, record: &Record) -> bool {
    let figures = record.cells.iter().filter(|cell| parse_number(cell).is_some()).count();
    let total = figures > 0 && sheet.column(Field::Title).is_some_and(|column| words::is_total(record.cell(column)));
    let hollow = |cell: &str| {
        let figure = parse_number(cell).is_some_and(|number| total || number.abs() < f64::EPSILON);
        figure || cell.starts_with(['=', '#']) || cell.eq_ignore_ascii_case("false")
    };
    let filled = record.cells.iter().enumerate().filter(|(_, cell)| !words::is_nothing(cell));
    filled.into_iter().all(|(column, cell)| match sheet.fields.get(&column) {
        Some(Field::Ignore) => true,
        Some(Field::Title) => total,
        None => false,
        Some(_) => hollow(cell.trim()),
    })
}

/// All that is taken from a row, to tell the same row again.
fn content(sheet: &Sheet, record: &Record) -> String {
    let taken = sheet.fields.iter().filter(|(_, field)| **field != Field::Ignore);
    taken.map(|(column, _)| record.cell(*column)).collect::<Vec<_>>().join("\u{1f}")
}
