//! Files of tests with one row per arm: an id, the arm, its text, visitors and conversions. Other columns are kept
//! as details; who won, as somebody once thought, is one of them and no verdict.

use super::records::Record;
use super::table::{self, Table};
use super::vocabulary::plain;
use crate::errors::FieldErrors;
use crate::text::{one_line, parse_number};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The most rows of a file of arms.
pub const ROW_LIMIT: usize = 200_000;
/// How many errors are listed before the rest is only counted.
const ERROR_LIMIT: usize = 100;

/// One arm of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// As in the file: "0", "A", "control".
    pub key: String,
    pub text: String,
    pub visitors: i64,
    pub conversions: i64,
    /// What differs between the arms of a test, by heading.
    pub details: BTreeMap<String, String>,
}

/// One test with its arms in file order; the first is the control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArmTest {
    pub id: String,
    /// The line of its first arm.
    pub line: usize,
    pub arms: Vec<Arm>,
    /// What all arms of every test share, by heading.
    pub details: BTreeMap<String, String>,
}

const PARTS: [(&str, &str); 5] = [
    (
        "test id",
        "|test id|testid|test|experiment|experiment id|experimentid|exp id|campaign id|experiment key|test name|experiment name|test key|",
    ),
    ("arm", "|arm|arm id|variant|variant id|variation|variation id|variationid|group|branch|treatment|variante|variant key|condition|"),
    ("text", "|text|headline|name|title|label|variant name|variation name|description|copy|arm name|variant text|"),
    (
        "visitors",
        "|visitors|impressions|users|n|sessions|exposures|participants|sample|sample size|trials|total users|besucher|visits|views|recipients|",
    ),
    (
        "conversions",
        "|conversions|clicks|x|converted|successes|orders|purchases|goals|conv|signups|sign ups|bestellungen|conversion count|",
    ),
];

/// Where the parts stand among the columns: id, arm, text, visitors, conversions.
type Places = [Option<usize>; 5];

fn places(header: &[String]) -> Places {
    let mut taken = BTreeSet::new();
    PARTS.map(|(_, names)| {
        let found = header.iter().enumerate().find(|(column, heading)| !taken.contains(column) && is_among(heading, names));
        found.map(|(column, _)| {
            taken.insert(column);
            column
        })
    })
}

fn is_among(heading: &str, names: &str) -> bool {
    let name = plain(heading);
    !name.is_empty() && names.contains(&format!("|{name}|"))
}

/// Whether a heading is one of this format's.
pub(super) fn is_heading(heading: &str) -> bool {
    PARTS.iter().any(|(_, names)| is_among(heading, names))
}

/// Whether the header has all that this format needs; the text may be missing.
pub(super) fn has_all_headings(header: &[String]) -> bool {
    let [id, arm, _, visitors, conversions] = places(header);
    id.is_some() && arm.is_some() && visitors.is_some() && conversions.is_some()
}

/// Reads a file of arms. Errors name line and column, and nothing is taken from a file that has any.
pub fn read(bytes: &[u8]) -> Result<Vec<ArmTest>, FieldErrors> {
    let table = table::read(bytes, None, ROW_LIMIT)?;
    let places = places(&table.header);
    let mut errors = FieldErrors::default();
    for ((what, _), place) in PARTS.iter().zip(places) {
        errors.require(place.is_some() || *what == "text", "file", format!("No column holds the {what} of an arm."));
    }
    errors.into_result(())?;
    let mut reading = Reading { table: &table, places, tests: Vec::new(), index: HashMap::new(), errors: FieldErrors::default(), more: 0 };
    for record in &table.records {
        reading.add(record);
    }
    reading.finish()
}

struct Reading<'a> {
    table: &'a Table,
    places: Places,
    tests: Vec<ArmTest>,
    index: HashMap<String, usize>,
    errors: FieldErrors,
    more: usize,
}

impl Reading<'_> {
    fn say(&mut self, line: usize, place: usize, message: impl std::fmt::Display) {
        if self.errors.0.len() >= ERROR_LIMIT {
            self.more += 1;
            return;
        }
        let column = self.places.get(place).copied().flatten().map(|column| self.table.column_name(column)).unwrap_or_default();
        self.errors.add("file", format!("Line {line}, {column}: {message}"));
    }

    fn cell<'r>(&self, record: &'r Record, place: usize) -> &'r str {
        self.places.get(place).copied().flatten().map_or("", |column| record.cell(column))
    }

    fn count(&mut self, record: &Record, place: usize) -> i64 {
        let cell = self.cell(record, place);
        match whole(cell) {
            Some(count) if count >= 0 => return count,
            Some(count) => self.say(record.line, place, format!("{count} is negative.")),
            None if cell.is_empty() => self.say(record.line, place, "A count is missing."),
            None => self.say(record.line, place, format!("“{}” is not a whole number.", one_line(cell))),
        }
        0
    }

    fn add(&mut self, record: &Record) {
        let (line, before) = (record.line, self.errors.0.len() + self.more);
        let width = self.table.header.len();
        if record.cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            self.say(line, 0, format!("The row has {} cells for {width} columns.", record.cells.len()));
        }
        let (id, key) = (one_line(self.cell(record, 0)), one_line(self.cell(record, 1)));
        if id.is_empty() {
            return self.say(line, 0, "The id of the test is missing.");
        }
        if key.is_empty() {
            return self.say(line, 1, "The arm is missing.");
        }
        let (visitors, conversions) = (self.count(record, 3), self.count(record, 4));
        if conversions > visitors && self.errors.0.len() + self.more == before {
            self.say(line, 4, format!("{conversions} conversions are more than {visitors} visitors."));
        }
        let at = *self.index.entry(id.clone()).or_insert(self.tests.len());
        if at == self.tests.len() {
            self.tests.push(ArmTest { id: id.clone(), line, arms: Vec::new(), details: BTreeMap::new() });
        }
        let details = self.details(record);
        let arm = Arm { key: key.clone(), text: one_line(self.cell(record, 2)), visitors, conversions, details };
        let Some(test) = self.tests.get_mut(at) else { return };
        if test.arms.iter().any(|known| known.key == key) {
            return self.say(line, 1, format!("The arm “{key}” of test “{id}” stands twice."));
        }
        test.arms.push(arm);
    }

    fn details(&self, record: &Record) -> BTreeMap<String, String> {
        let other = (0..self.table.header.len()).filter(|column| !self.places.contains(&Some(*column)));
        let filled = other.map(|column| (column, record.cell(column))).filter(|(_, cell)| !cell.is_empty());
        filled.map(|(column, cell)| (self.table.column_name(column), cell.to_owned())).collect()
    }

    fn finish(mut self) -> Result<Vec<ArmTest>, FieldErrors> {
        let lonely: Vec<(usize, String)> =
            self.tests.iter().filter(|test| test.arms.len() == 1).map(|test| (test.line, test.id.clone())).collect();
        for (line, id) in lonely {
            self.say(line, 1, format!("The test “{id}” has one arm only; there is nothing to compare."));
        }
        if self.more > 0 {
            self.errors.add("file", format!("And {} more.", self.more));
        }
        share_details(&mut self.tests);
        self.errors.into_result(self.tests)
    }
}

/// Moves what is the same for all arms, in every test of the file, from the arms to their test.
fn share_details(tests: &mut [ArmTest]) {
    let mut differing = BTreeSet::new();
    for test in tests.iter() {
        let Some((first, others)) = test.arms.split_first() else { continue };
        for other in others {
            let names = first.details.keys().chain(other.details.keys());
            differing.extend(names.filter(|name| first.details.get(*name) != other.details.get(*name)).cloned());
        }
    }
    for test in tests {
        for arm in &mut test.arms {
            let (own, shared) = std::mem::take(&mut arm.details).into_iter().partition(|(name, _)| differing.contains(name));
            arm.details = own;
            let shared: BTreeMap<String, String> = shared;
            test.details.extend(shared);
        }
    }
}

/// A whole number, with or without separated thousands.
fn whole(cell: &str) -> Option<i64> {
    if let Ok(count) = cell.parse::<i64>() {
        return Some(count);
    }
    crate::text::whole_count(cell)
        .or_else(|| parse_number(cell).filter(|number| number.fract().abs() < 1e-9).and_then(super::paste::as_count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(rows: &str) -> String {
        read(format!("experiment,variant,name,users,orders\n{rows}").as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn arms_come_in_file_order_with_their_details() {
        let file = "test_id,arm,headline,impressions,clicks,week,winner\nb,0,One,100,5,201446,True\nb,1,Two,\"1,100\",9,201446,False\na,0,X,5,5,1,\na,1,Y,5,0,1,True\n";
        let tests = read(file.as_bytes()).unwrap();
        assert_eq!(tests.iter().map(|test| test.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(tests[0].details, BTreeMap::from([("week".to_owned(), "201446".to_owned())]));
        assert_eq!(tests[0].arms[1].visitors, 1100);
        assert_eq!(tests[0].arms[0].details, BTreeMap::from([("winner".to_owned(), "True".to_owned())]));
    }

    #[test]
    fn wrong_rows_are_named() {
        for (rows, wanted) in [
            ("1,a,x,10,11\n1,b,x,10,1\n", "Line 2, orders: 11 conversions are more than 10 visitors."),
            ("1,a,x,-3,1\n1,b,x,10,1\n", "Line 2, users: -3 is negative."),
            ("1,a,x,10,1.5\n1,b,x,10,1\n", "Line 2, orders: “1.5” is not a whole number."),
            ("1,a,x,10,1\n1,a,x,10,1\n", "Line 3, variant: The arm “a” of test “1” stands twice."),
            ("1,a,x,10,1\n2,a,x,10,1\n2,b,x,10,1\n", "Line 2, variant: The test “1” has one arm only"),
        ] {
            assert!(errors(rows).contains(wanted), "{}", errors(rows));
        }
    }
}
