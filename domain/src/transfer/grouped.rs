//! Many remarks in few words: those that say the same of the same column stand together with their lines.

use super::work::Remark;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many lines are named; the rest is counted.
const NAMED: usize = 12;

/// One sentence about several lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grouped {
    /// The heading; empty when whole rows are meant.
    pub column: String,
    pub message: String,
    pub lines: Vec<usize>,
}

impl Grouped {
    /// "line 7", "lines 7, 9 and 12", "lines 2, 3 … and 188 more".
    pub fn where_said(&self) -> String {
        let named: Vec<String> = self.lines.iter().take(NAMED).map(usize::to_string).collect();
        match (named.as_slice(), self.lines.len().saturating_sub(NAMED)) {
            ([], _) => String::new(),
            ([one], 0) => format!("line {one}"),
            ([many @ .., last], 0) => format!("lines {} and {last}", many.join(", ")),
            (many, more) => format!("lines {} and {more} more", many.join(", ")),
        }
    }
}

/// The remarks by what they say, in the order in which each is first said.
pub fn grouped(remarks: &[Remark]) -> Vec<Grouped> {
    let mut groups: Vec<Grouped> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    for remark in remarks {
        let place = *places.entry((&remark.column, &remark.message)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.lines.push(remark.line),
            None => {
                groups.push(Grouped { column: remark.column.clone(), message: remark.message.clone(), lines: vec![remark.line] });
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_sentence_is_said_once() {
        let remark = |line: usize, message: &str| Remark { line, column: "Area".into(), message: message.into() };
        let groups = grouped(&[remark(2, "unknown"), remark(3, "other"), remark(7, "unknown"), remark(9, "unknown")]);
        let said: Vec<String> = groups.iter().map(|one| format!("{} {}", one.where_said(), one.message)).collect();
        assert_eq!(said, ["lines 2, 7 and 9 unknown", "line 3 other"]);
        let many: Vec<Remark> = (1..=15).map(|line| remark(line, "x")).collect();
        assert!(grouped(&many)[0].where_said().ends_with(", 12 and 3 more"));
    }
}
