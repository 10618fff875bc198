//! The columns of a file before they make anything: what a person sees who must say which one is the title.

use super::Format;
use super::decode::Encoding;
use super::field::Mapping;
use super::preview::{Column, Here, ROW_LIMIT, find_scales, guess_columns, show_columns};
use super::table;
use crate::errors::FieldErrors;
use crate::sites::Catalogue;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How a file was read, whether or not its mapping can be used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    pub encoding: Encoding,
    pub delimiter: char,
    /// The line of the header, from 1; 0 when there is none.
    pub header_line: usize,
    pub columns: Vec<Column>,
}

/// Reads the columns alone. What a person said of them stands, even where it cannot be used; an error is about the
/// whole file.
pub fn outline(bytes: &[u8], mapping: Option<&Mapping>, catalogue: &Catalogue, format: Format) -> Result<Outline, FieldErrors> {
    let mapping = mapping.cloned().unwrap_or_default();
    let table = table::read(bytes, mapping.header_line, ROW_LIMIT)?;
    let choice = |(column, header): (usize, &String)| mapping.choice(column, header).map(|field| (column, field));
    let said = table.header.iter().enumerate().filter_map(choice).collect();
    let here = Here { format, catalogue, members: &[], today: &|_| NaiveDate::MAX };
    let mut fields = guess_columns(&table, &said, &here);
    fields.extend(said);
    let scales = find_scales(&table, &fields);
    let columns = show_columns(&table, &fields, &scales);
    Ok(Outline { encoding: table.encoding, delimiter: table.delimiter, header_line: table.header_line, columns })
}
