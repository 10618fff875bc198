//! Whether bytes are a table at all, whatever its columns mean.

use super::decode::decode;
use super::records::Records;
use super::table::guess_delimiter;
use crate::errors::FieldErrors;
use std::collections::BTreeMap;

/// How many records say whether their cells stand in columns.
const SAMPLE: usize = 1000;

/// Whether these bytes are text whose lines have cells in the same columns, two at least. Lines above and below a
/// table are let through: tools write what a report is about.
///
/// # Errors
/// A sentence beside `file` where they are no text, or text with signs that no sheet holds.
pub fn is_table(bytes: &[u8]) -> Result<bool, FieldErrors> {
    let none = bytes.iter().filter(|byte| **byte < 9).count() * 2 > bytes.len();
    if none {
        return Ok(false);
    }
    let text = decode(bytes)?.text;
    if text.chars().any(|sign| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r' | '\u{c}')) {
        return Err(FieldErrors::one("file", "This table holds control characters. Save the sheet as CSV again."));
    }
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let mut records = 0;
    for record in Records::new(&text, guess_delimiter(&text)).take(SAMPLE) {
        let Ok(record) = record else { return Ok(false) };
        if !record.is_blank() {
            records += 1;
            *widths.entry(record.cells.len()).or_default() += 1;
        }
    }
    let even = widths.iter().filter(|(width, _)| **width > 1).map(|(_, count)| *count).max().unwrap_or(0);
    Ok(even > 1 && even * 2 >= records)
}
