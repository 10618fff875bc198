//! What an import of a backlog, or of evidence, would do: every column, row, error and notice, before anything is written.

use super::decode::Encoding;
use super::field::{Field, Mapping};
use super::findings::{Findings, Row};
use super::guess::{Seen, guess};
use super::rows::ImportRow;
use super::scale::{Ratings, Scale, detect};
use super::table::{self, Table};
use super::work::{Remark, Sheet};
use super::{Format, dates, gathered, words};
use crate::errors::FieldErrors;
use crate::sites::Catalogue;
use crate::text::one_line;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most rows of a backlog, or of a file of evidence.
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
pub struct Preview<R = ImportRow> {
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
    pub rows: Vec<R>,
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
    read_all(bytes, mapping, &Here { format: Format::Backlog, catalogue, members, today: &|_| today })
}

/// What a file is read for.
pub(super) struct Here<'a> {
    pub format: Format,
    pub catalogue: &'a Catalogue,
    pub members: &'a [(String, String)],
    pub today: &'a dyn Fn(Option<&str>) -> NaiveDate,
}

/// Reads a file whose rows become this.
pub(super) fn read_all<R: Row>(bytes: &[u8], mapping: Option<&Mapping>, here: &Here<'_>) -> Result<Preview<R>, FieldErrors> {
    let Here { format, catalogue, members, today } = *here;
    let mapping = mapping.cloned().unwrap_or_default();
    let table = table::read(bytes, mapping.header_line, ROW_LIMIT)?;
    let fields = map_columns(&table, &mapping, here)?;
    let scales = find_scales(&table, &fields);
    let day_first = mapping.day_first.or_else(|| order_of_days(&table, &fields));
    let sheet = Sheet { table: &table, fields: &fields, scales: &scales, day_first, catalogue, members, today, format };
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

/// What the days of all dated columns say of their order.
fn order_of_days(table: &Table, fields: &BTreeMap<usize, Field>) -> Option<bool> {
    let dated = fields.iter().filter(|(_, field)| field.is_dated());
    let cells = dated.flat_map(|(column, field)| table.records.iter().map(|record| (*field, record.cell(*column))));
    dates::day_first(cells.flat_map(|(field, cell)| if field == Field::Created { vec![cell] } else { dates::halves(cell) }))
}

fn map_columns(table: &Table, mapping: &Mapping, here: &Here<'_>) -> Result<BTreeMap<usize, Field>, FieldErrors> {
    let said = said_columns(table, mapping, here.format)?;
    let fields = guess_columns(table, &said, here);
    let names = || (0..table.header.len()).map(|column| table.column_name(column)).take(30).collect::<Vec<_>>().join(", ");
    let mut errors = FieldErrors::default();
    for (field, what) in needed(here.format) {
        if fields.values().all(|one| one != field) {
            errors.add("mapping", format!("No column {what} (columns found: {}). Choose one.", names()));
        }
    }
    errors.into_result(fields)
}

/// What no file can do without.
fn needed(format: Format) -> &'static [(Field, &'static str)] {
    match format {
        Format::Evidence => &[(Field::Title, "holds a title or a finding"), (Field::Kind, "says what kind of evidence a row is")],
        Format::Backlog | Format::Arms => &[(Field::Title, "holds a title or a hypothesis")],
    }
}

/// What each column fills; `said` stands.
pub(super) fn guess_columns(table: &Table, said: &BTreeMap<usize, Field>, here: &Here<'_>) -> BTreeMap<usize, Field> {
    let seen: Vec<Seen> = (0..table.header.len())
        .map(|column| {
            let cells = table.records.iter().map(|record| record.cell(column)).filter(|cell| !words::is_nothing(cell));
            Seen { header: table.header.get(column).map_or("", String::as_str), cells: cells.take(SAMPLE).collect() }
        })
        .collect();
    if here.format == Format::Evidence { gathered::guess(&seen, said) } else { guess(&seen, said, here.catalogue) }
}

fn said_columns(table: &Table, mapping: &Mapping, format: Format) -> Result<BTreeMap<usize, Field>, FieldErrors> {
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
        let fits = Field::of(format).contains(&field);
        errors.require(fits, "mapping", format!("No row of this file has what “{}” stands for; choose something else.", field.name()));
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
