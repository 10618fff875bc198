//! Notes below a table, such as "Total ideas: 15" or a legend, told from the rows of the table.

use super::records::Record;
use std::collections::BTreeSet;

/// The most cells of a note.
const CELLS: usize = 2;
/// What the rows of the table have at least, usually.
const FULL: usize = 4;

/// Takes the notes from the end of the records: what follows blank rows and has hardly a cell filled, where the
/// other rows are well filled. `after_blank` holds the lines of records with a blank row before them.
pub fn part(records: &mut Vec<Record>, after_blank: &BTreeSet<usize>) -> Vec<usize> {
    let sparse = |record: &Record| filled(record) <= CELLS;
    let tail = records.iter().rev().take_while(|record| sparse(record)).count();
    let start = records.len() - tail;
    let first = records.iter().skip(start).position(|record| after_blank.contains(&record.line)).map(|index| start + index);
    let Some(first) = first.filter(|first| is_well_filled(records.get(..*first).unwrap_or_default())) else { return Vec::new() };
    records.split_off(first).iter().map(|record| record.line).collect()
}

fn filled(record: &Record) -> usize {
    record.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether nine rows of ten have many cells filled, so that a row with two stands out.
fn is_well_filled(records: &[Record]) -> bool {
    let full = records.iter().filter(|record| filled(record) >= FULL).count();
    records.len() >= 2 && full * 10 >= records.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(rows: &[(usize, usize)], after_blank: &[usize]) -> Vec<usize> {
        let record = |(line, filled): &(usize, usize)| Record { line: *line, cells: vec!["x".into(); *filled] };
        part(&mut rows.iter().map(record).collect(), &after_blank.iter().copied().collect())
    }

    #[test]
    fn notes_stand_below_blank_rows() {
        assert_eq!(parted(&[(2, 6), (3, 5), (6, 1), (7, 2), (9, 1)], &[6, 9]), [6, 7, 9]);
        assert_eq!(parted(&[(2, 6), (3, 5), (4, 1)], &[]), Vec::<usize>::new());
        assert_eq!(parted(&[(2, 6), (3, 5), (5, 1), (6, 6)], &[5]), Vec::<usize>::new());
        assert_eq!(parted(&[(2, 2), (3, 1), (5, 1)], &[5]), Vec::<usize>::new());
    }
}
