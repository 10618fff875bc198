//! A file as a table: which character separates cells, which line is the header, and the limits of size.

use super::decode::{Decoded, Encoding, decode};
use super::records::{Record, Records};
use super::vocabulary::{is_heading, plain};
use super::{arms, dates, footnotes, gathered};
use crate::errors::FieldErrors;
use crate::text::parse_number;
use std::collections::BTreeSet;

/// The most columns of a file.
pub const COLUMN_LIMIT: usize = 200;
/// The most characters of a cell.
pub const CELL_LIMIT: usize = 100_000;

const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How many records a guess looks at.
const SAMPLE: usize = 60;
/// How far down a header may stand, in records.
const HEADER_DEPTH: usize = 30;

/// The header and the records below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub encoding: Encoding,
    pub bom: bool,
    pub delimiter: char,
    /// The line of the header, from 1; 0 when somebody said that there is none.
    pub header_line: usize,
    /// As it stands in the file, with stray spaces and line breaks.
    pub header: Vec<String>,
    /// Without blank ones.
    pub records: Vec<Record>,
    /// The lines of what stands below the table and is no row of it.
    pub footnotes: Vec<usize>,
}

impl Table {
    /// What people call the column.
    pub fn column_name(&self, column: usize) -> String {
        let name = self.header.get(column).map(|header| crate::text::one_line(header)).unwrap_or_default();
        if name.is_empty() { format!("Column {}", column + 1) } else { name }
    }
}

/// Reads a file. `header_line` is what a person says of the header: None leaves it to a guess.
pub fn read(bytes: &[u8], header_line: Option<usize>, row_limit: usize) -> Result<Table, FieldErrors> {
    let Decoded { text, encoding, bom } = decode(bytes)?;
    let (told, body, skipped) = told_delimiter(&text);
    let delimiter = told.unwrap_or_else(|| guess_delimiter(body));
    let (mut records, mut after_blank, mut blank) = (Vec::new(), BTreeSet::new(), false);
    for record in Records::new(body, delimiter) {
        let mut record = record.map_err(|mut quote| {
            quote.line += skipped;
            FieldErrors::one("file", quote.message(header_of(&records)))
        })?;
        record.line += skipped;
        check_size(&record)?;
        if record.is_blank() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            after_blank.insert(record.line);
        }
        records.push(record);
        if records.len() > row_limit + HEADER_DEPTH {
            return refuse(format!("The file has more than {row_limit} rows, which is the most. Split it."));
        }
    }
    let (header_line, header, mut records) = part_header(records, header_line)?;
    let footnotes = footnotes::part(&mut records, &after_blank);
    if records.len() > row_limit {
        return refuse(format!("The file has {} rows; {row_limit} is the most. Split it.", records.len()));
    }
    Ok(Table { encoding, bom, delimiter, header_line, header, records, footnotes })
}

/// The headings among the records read so far, as far as they can be told.
fn header_of(records: &[Record]) -> &[String] {
    let index = guess_header(records).and_then(|index| records.get(index));
    index.map_or(&[], |record| record.cells.as_slice())
}

fn refuse<T>(message: impl Into<String>) -> Result<T, FieldErrors> {
    Err(FieldErrors::one("file", message))
}

/// Excel's first line "sep=;", the text below it and how many lines it took.
fn told_delimiter(text: &str) -> (Option<char>, &str, usize) {
    let told = text.strip_prefix("sep=").and_then(|rest| {
        let mut chars = rest.chars();
        let delimiter = chars.next()?;
        let below = chars.as_str().strip_prefix("\r\n").or_else(|| chars.as_str().strip_prefix('\n'))?;
        Some((Some(delimiter), below, 1))
    });
    told.unwrap_or((None, text, 0))
}

fn check_size(record: &Record) -> Result<(), FieldErrors> {
    let line = record.line;
    let filled = record.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    if filled > COLUMN_LIMIT {
        return refuse(format!("Line {line}, column {filled}: {COLUMN_LIMIT} columns are the most."));
    }
    let long = record.cells.iter().position(|cell| cell.len() > CELL_LIMIT && cell.chars().count() > CELL_LIMIT);
    match long {
        Some(column) => refuse(format!("Line {line}, column {}: the cell has more than 100,000 characters.", column + 1)),
        None => Ok(()),
    }
}

/// The delimiter under which a header is best understood, else the one that cuts most evenly.
pub fn guess_delimiter(text: &str) -> char {
    let mut best = (',', (0, 0, 0));
    for delimiter in DELIMITERS {
        let sample: Vec<Record> = Records::new(text, delimiter).map_while(Result::ok).filter(|r| !r.is_blank()).take(SAMPLE).collect();
        let known = sample.iter().take(HEADER_DEPTH).map(known_cells).max().unwrap_or(0);
        let header = sample.iter().take(HEADER_DEPTH).find(|record| known > 0 && known_cells(record) == known);
        let widths: Vec<usize> = sample.iter().map(|record| record.cells.len()).collect();
        let usual = widths.iter().copied().max_by_key(|width| (count(&widths, *width), *width)).unwrap_or(0);
        let width = header.map_or(usual, |record| record.cells.len());
        let even = if width > 1 { 1 + count(&widths, width) * 100 / widths.len().max(1) } else { 0 };
        let rank = (known, even, if width > 1 { width } else { 0 });
        if rank > best.1 {
            best = (delimiter, rank);
        }
    }
    let (delimiter, (known, _, width)) = best;
    // One column needs a delimiter that its texts do not hold.
    if width == 0 && known > 0 {
        return DELIMITERS.into_iter().find(|one| !text.contains(*one)).unwrap_or('\u{1f}');
    }
    delimiter
}

fn count(widths: &[usize], width: usize) -> usize {
    widths.iter().filter(|one| **one == width).count()
}

fn known_cells(record: &Record) -> usize {
    let known = |cell: &&String| plain(cell).len() <= 40 && (is_heading(cell) || arms::is_heading(cell) || gathered::is_heading(cell));
    record.cells.iter().filter(|cell| !cell.trim().is_empty()).filter(known).count()
}

type Parted = (usize, Vec<String>, Vec<Record>);

/// The header's line, the header, and the records below it.
fn part_header(mut records: Vec<Record>, said: Option<usize>) -> Result<Parted, FieldErrors> {
    if records.is_empty() {
        return refuse("The file has no header and no rows: nothing to import.");
    }
    let index = match said {
        Some(0) => {
            let width = records.iter().map(|record| record.cells.len()).max().unwrap_or(0);
            return Ok((0, vec![String::new(); width], records));
        }
        Some(line) => records.iter().position(|record| record.line == line),
        None => guess_header(&records),
    };
    let Some(index) = index else {
        let message = match said {
            Some(line) => format!("No row starts on line {line}; choose the line of the header."),
            None => "The first line looks like data, not like column names. Add a header, or choose the columns by hand.".into(),
        };
        return Err(FieldErrors::one("header", message));
    };
    let below = records.split_off(index + 1);
    let header = records.pop().unwrap_or(Record { line: 0, cells: Vec::new() });
    if below.is_empty() {
        let filled = header.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        return refuse(format!("The file has a header ({filled} columns) and no rows: nothing to import."));
    }
    Ok((header.line, header.cells, below))
}

fn guess_header(records: &[Record]) -> Option<usize> {
    let mut best = None;
    for (index, record) in records.iter().take(HEADER_DEPTH).enumerate() {
        let filled: Vec<&String> = record.cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
        let figures = filled.iter().filter(|cell| parse_number(cell).is_some() || dates::is_date(cell)).count();
        let known = known_cells(record);
        let enough = match known {
            0 => false,
            1 => filled.len() <= 3 && figures == 0,
            _ => figures * 3 <= filled.len() && (known >= 3 || known * 3 >= filled.len()),
        };
        if enough && best.is_none_or(|(_, most)| known > most) {
            best = Some((index, known));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text.as_bytes(), None, 1000).unwrap()
    }

    #[test]
    fn the_delimiter_is_guessed_with_quotes_in_mind() {
        for (text, delimiter) in [
            ("Title,Owner\n\"a;b;c\",x\n", ','),
            ("Titel;Aufwand\nEins, zwei, drei;3,5\n", ';'),
            ("Title|Status\na, b|Idea\n", '|'),
            ("sep=;\nfoo;bar\n1;2\n", ';'),
        ] {
            if !text.starts_with("sep") {
                assert_eq!(table(text).delimiter, delimiter, "{text}");
            }
            assert_eq!(read(text.as_bytes(), Some(if text.starts_with("sep") { 2 } else { 1 }), 9).unwrap().delimiter, delimiter);
        }
        assert_eq!(table("Hypothesis\nGuest checkout, account second\n").records[0].cells.len(), 1);
    }

    #[test]
    fn the_header_may_stand_lower_down() {
        let found = table("Roadmap 2025,,\n,,\nTest name,Page,Status\nSamples,Product page,To do\n");
        assert_eq!((found.header_line, found.records.len()), (3, 1));
    }

    #[test]
    fn limits_name_row_and_column() {
        let wide = format!("Title{}\n", ",x".repeat(COLUMN_LIMIT));
        assert!(read(wide.as_bytes(), None, 10).unwrap_err().0[0].message.starts_with("Line 1, column 201"));
        let long = format!("Title\n{}\n", "x".repeat(CELL_LIMIT + 1));
        assert!(read(long.as_bytes(), None, 10).unwrap_err().0[0].message.starts_with("Line 2, column 1"));
        let rows = format!("Title\n{}", "a\n".repeat(11));
        assert!(read(rows.as_bytes(), None, 10).unwrap_err().0[0].message.contains("11 rows"));
    }
}
