//! Numbers of a pasted table. Whether a comma or a point is decimal is a habit of the table, not of one cell.

use super::columns::{Layout, Role};
use crate::text::{bare, grouped, parse_number, whole_count};
use crate::transfer::records::Record;

/// A number without fraction as a count.
pub fn as_count(number: f64) -> Option<i64> {
    format!("{number:.0}").parse().ok()
}

/// Which character is decimal in this table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    Decimal(char),
    /// Both signs are decimal somewhere: only cells that are clear by themselves are read.
    Mixed,
    /// Nothing tells; cells are read as people commonly write them.
    Unknown,
}

impl Habit {
    /// The decimal sign, told by means and deviations, else by the columns that are left out, else by counts.
    pub fn of(layout: &Layout, records: &[Record]) -> Self {
        let told = |columns: Vec<usize>, by: fn(&str) -> Option<char>| {
            let signs: Vec<char> = records.iter().flat_map(|record| columns.iter().filter_map(|column| by(record.cell(*column)))).collect();
            let first = signs.first().copied()?;
            Some(if signs.iter().all(|sign| *sign == first) { Habit::Decimal(first) } else { Habit::Mixed })
        };
        let own = layout.columns(&[Role::Mean, Role::Sd]);
        let counts = layout.columns(&[Role::Visitors, Role::Conversions]);
        let found = told(own, decimal_of).or_else(|| told(layout.left_out(), decimal_of));
        found.or_else(|| told(counts, decimal_beside_thousands)).unwrap_or(Habit::Unknown)
    }

    /// The number of a cell by this habit; None when it is none or is written otherwise.
    pub fn number(self, cell: &str) -> Option<f64> {
        let text = bare(cell)?;
        let decimal = match self {
            Habit::Decimal(decimal) => decimal,
            Habit::Mixed if text.contains(['.', ',']) => decimal_of(&text)?,
            Habit::Mixed | Habit::Unknown => return parse_number(&text),
        };
        let other = if decimal == ',' { '.' } else { ',' };
        let digits = text.trim_start_matches(['-', '+']);
        let (whole, decimals) = digits.split_once(decimal).unwrap_or((digits, ""));
        if !decimals.bytes().all(|b| b.is_ascii_digit()) || (whole.contains(other) && !grouped(whole, other)) {
            return None;
        }
        let plain = format!("{}.{decimals}0", whole.replace(other, ""));
        let number: f64 = plain.parse().ok().filter(|number: &f64| number.is_finite())?;
        Some(if text.starts_with('-') { -number } else { number })
    }
}

/// The decimal sign that one cell gives away; None for "2,145", which may be either.
fn decimal_of(cell: &str) -> Option<char> {
    let text = bare(cell)?;
    let digits = text.trim_start_matches(['-', '+']);
    let other = |sign: char| if sign == ',' { '.' } else { ',' };
    let last = digits.chars().rfind(|c| matches!(c, '.' | ','))?;
    if digits.contains(other(last)) {
        return Some(last);
    }
    if digits.matches(last).count() > 1 {
        return Some(other(last));
    }
    (!grouped(digits, last)).then_some(last)
}

/// Among counts a separator is for thousands, so the other one is decimal.
fn decimal_beside_thousands(cell: &str) -> Option<char> {
    whole_count(cell)?;
    let text = bare(cell)?;
    match text.chars().find(|c| matches!(c, '.' | ','))? {
        ',' => Some('.'),
        _ => Some(','),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_habit_decides_what_one_cell_leaves_open() {
        let (comma, point) = (Habit::Decimal(','), Habit::Decimal('.'));
        for (cell, by_comma, by_point) in [
            ("2,145", Some(2.145), Some(2145.0)),
            ("1.021,5", Some(1021.5), None),
            ("£3.42", None, Some(3.42)),
            ("19", Some(19.0), Some(19.0)),
            ("-1,5 €", Some(-1.5), None),
            ("12 EUR", Some(12.0), Some(12.0)),
            ("soon", None, None),
        ] {
            assert_eq!((comma.number(cell), point.number(cell)), (by_comma, by_point), "{cell}");
        }
        assert_eq!(
            [decimal_of("2,145"), decimal_of("4,87"), decimal_of("1.021,5"), decimal_of("0.125")],
            [None, Some(','), Some(','), Some('.')]
        );
    }
}
