//! What an import of a backlog would do: every column, row, error and notice, before anything is written.

use super::decode::Encoding;
use super::field::{Field, Mapping};
use super::findings::Findings;
use super::guess::{Seen, guess};
use super::rows::ImportRow;
use super::scale::{Ratings, Scale, detect};
use super::table::{self, Table};
use super::work::{Remark, Sheet};
use super::{dates, words};
use crate::errors::FieldErrors;
use crate::sites::Catalogue;
use crate::text::one_line;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most rows of a backlog.
pub const ROW_LIMIT: usize = 20_000;
/// How many cells a guess looks at in each column.
const SAMPLE: usize = 500;

/// A column as a person sees it when correcting the mapping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// As in the file.
    pub header: String,
    /// The first three different cells.
    pub samples: Vec<String>,
    pub field: Field,
    /// For ratings, the scale they are on.
    pub scale: Option<Scale>,
}

/// A column whose ratings are changed on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportRescale))]
pub struct Rescale {
    pub column: String,
    pub message: String,
}

/// All that an import would do. Nothing may be written while there are errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub encoding: Encoding,
    pub bom: bool,
    pub delimiter: char,
    /// The line of the header, from 1; 0 when there is none.
    pub header_line: usize,
    pub columns: Vec<Column>,
    /// The mapping in use: hand it back, corrected, to preview again.
    pub mapping: Mapping,
    /// How many records have content, skipped and refused ones included.
    pub records: usize,
    pub rows: Vec<ImportRow>,
    pub errors: Vec<Remark>,
    pub notices: Vec<Remark>,
    pub rescales: Vec<Rescale>,
}

/// Reads a backlog. `mapping` is what a person said so far; `members` are e-mail address and name. An error is
/// about the whole file.
pub fn preview(
    bytes: &[u8],
    mapping: Option<&Mapping>,
    catalogue: &Catalogue,
    members: &[(String, String)],
    today: NaiveDate,
) -> Result<Preview, FieldErrors> {
    let mapping = mapping.cloned().unwrap_or_default();
    let table = table::read(bytes, mapping.header_line, ROW_LIMIT)?;
    let fields = map_columns(&table, &mapping, catalogue)?;
    let scales = find_scales(&table, &fields);
    let created = fields.iter().find(|(_, field)| **field == Field::Created).map(|(column, _)| *column);
    let order = created.and_then(|column| dates::day_first(table.records.iter().map(|record| record.cell(column))));
    let day_first = mapping.day_first.or(order);
    let sheet = Sheet { table: &table, fields: &fields, scales: &scales, day_first, catalogue, members, today };
    let found = Findings::read(&sheet);
    let columns = show_columns(&table, &fields, &scales);
    let rescales = show_rescales(&sheet);
    Ok(Preview {
        encoding: table.encoding,
        bom: table.bom,
        delimiter: table.delimiter,
        header_line: table.header_line,
        columns,
        mapping: Mapping {
            columns: fields.clone(),
            header_line: Some(table.header_line),
            day_first: mapping.day_first,
            ..Mapping::default()
        },
        records: table.records.len() - found.ghosts,
        rows: found.rows,
        errors: found.errors,
        notices: found.notices,
        rescales,
    })
}

fn map_columns(table: &Table, mapping: &Mapping, catalogue: &Catalogue) -> Result<BTreeMap<usize, Field>, FieldErrors> {
    let said = said_columns(table, mapping)?;
    let fields = guess_columns(table, &said, catalogue);
    if fields.values().all(|field| *field != Field::Title) {
        let names: Vec<String> = (0..table.header.len()).map(|column| table.column_name(column)).take(30).collect();
        let message = format!("No column holds a title or a hypothesis (columns found: {}). Choose one.", names.join(", "));
        return Err(FieldErrors::one("mapping", message));
    }
    Ok(fields)
}

/// What each column fills; `said` stands.
pub(super) fn guess_columns(table: &Table, said: &BTreeMap<usize, Field>, catalogue: &Catalogue) -> BTreeMap<usize, Field> {
    let seen: Vec<Seen> = (0..table.header.len())
        .map(|column| {
            let cells = table.records.iter().map(|record| record.cell(column)).filter(|cell| !words::is_nothing(cell));
            Seen { header: table.header.get(column).map_or("", String::as_str), cells: cells.take(SAMPLE).collect() }
        })
        .collect();
    guess(&seen, said, catalogue)
}

fn said_columns(table: &Table, mapping: &Mapping) -> Result<BTreeMap<usize, Field>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let width = table.header.len();
    for column in mapping.columns.keys().filter(|column| **column >= width) {
        errors.add("mapping", format!("There is no column {column}; the file has {width}, counted from 0."));
    }
    for header in mapping.headers.keys().filter(|name| !table.header.iter().any(|known| known.trim().eq_ignore_ascii_case(name.trim()))) {
        errors.add("mapping", format!("There is no column “{header}” in the file."));
    }
    let mut said: BTreeMap<usize, Field> = BTreeMap::new();
    for (column, header) in table.header.iter().enumerate() {
        let Some(field) = mapping.choice(column, header) else { continue };
        let count = 1 + said.values().filter(|one| **one == field).count();
        let most = if field == Field::Effect { "two columns at most" } else { "one column only" };
        errors.require(field.takes(count), "mapping", format!("{} can be filled by {most}.", field.name()));
        said.insert(column, field);
    }
    errors.into_result(said)
}

pub(super) fn find_scales(table: &Table, fields: &BTreeMap<usize, Field>) -> BTreeMap<usize, Scale> {
    let columns: Vec<usize> = fields.iter().filter(|(_, field)| field.is_rating()).map(|(column, _)| *column).collect();
    let cells: Vec<Vec<&str>> = columns.iter().map(|column| table.records.iter().map(|record| record.cell(*column)).collect()).collect();
    let header = |column: &usize| table.header.get(*column).map_or("", String::as_str);
    let ratings: Vec<Ratings> = columns.iter().zip(&cells).map(|(column, cells)| Ratings { header: header(column), cells }).collect();
    let scales = detect(&ratings);
    columns.into_iter().zip(scales).collect()
}

pub(super) fn show_columns(table: &Table, fields: &BTreeMap<usize, Field>, scales: &BTreeMap<usize, Scale>) -> Vec<Column> {
    let samples = |column: usize| {
        let mut samples: Vec<String> = Vec::new();
        for cell in table.records.iter().map(|record| record.cell(column)).filter(|cell| !cell.is_empty()) {
            let sample: String = one_line(cell).chars().take(80).collect();
            if samples.len() < 3 && !samples.contains(&sample) {
                samples.push(sample);
            }
            if samples.len() == 3 {
                break;
            }
        }
        samples
    };
    let field = |column: usize| fields.get(&column).copied().unwrap_or(Field::Ignore);
    let columns = table.header.iter().enumerate();
    columns
        .map(|(column, header)| Column {
            header: header.clone(),
            samples: samples(column),
            field: field(column),
            scale: scales.get(&column).copied(),
        })
        .collect()
}

fn show_rescales(sheet: &Sheet) -> Vec<Rescale> {
    let told = |(column, scale): (&usize, &Scale)| {
        let reversed = sheet.fields.get(column) == Some(&Field::Effort);
        scale.notice(reversed).map(|message| Rescale { column: sheet.table.column_name(*column), message })
    };
    sheet.scales.iter().filter(|_| sheet.scores_whole()).filter_map(told).collect()
}
