//! Results pasted from a spreadsheet or a testing tool become rows of figures. Knows no test: variants and metrics
//! are given as lists of names.

mod columns;
mod numbers;

pub use numbers::as_count;

use super::records::Record;
use super::vocabulary::plain;
use super::words;
use crate::errors::FieldErrors;
use crate::sites::Device;
use crate::text::{one_line, whole_count};
use columns::{Layout, Role};
use numbers::Habit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most characters of a paste.
pub const PASTE_LIMIT: usize = 1_000_000;

/// The figures of one row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Figures {
    Counts { visitors: i64, conversions: i64 },
    Means { n: i64, mean: f64, sd: f64 },
}

/// One row of a paste.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PastedRow {
    /// The line of the paste, from 1.
    pub line: usize,
    /// The variant's key; the pasted word when no variants were given.
    pub variant: String,
    pub variant_word: String,
    /// The metric's slug, else the pasted word; none when the paste has no such column.
    pub metric: Option<String>,
    pub metric_word: Option<String>,
    /// None for all visitors.
    pub device: Option<Device>,
    #[serde(flatten)]
    pub figures: Figures,
}

/// What a paste says, and what of it was left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pasted {
    pub header: bool,
    pub rows: Vec<PastedRow>,
    /// By heading, or by number from 1 where there is no header.
    pub ignored_columns: Vec<String>,
    /// Totals.
    pub ignored_lines: Vec<usize>,
}

/// Reads a paste. `variants` are key and name, the control first; `metrics` are slug and name. Either may be empty:
/// then the words stay as pasted.
pub fn read(text: &str, variants: &[(String, String)], metrics: &[(String, String)]) -> Result<Pasted, FieldErrors> {
    if text.chars().count() > PASTE_LIMIT {
        return Err(FieldErrors::one("results", "This is too much to paste; a million characters are the most."));
    }
    let records = columns::cut(text);
    let Some(layout) = Layout::find(&records) else {
        let message = "Nothing to read here. Paste rows of variant, visitors and conversions, or of variant, n, mean and sd.";
        return Err(FieldErrors::one("results", message));
    };
    layout.check()?;
    let records = records.get(usize::from(layout.header)..).unwrap_or_default();
    let habit = Habit::of(&layout, records);
    let mut reading = Reading { layout: &layout, habit, variants, metrics, errors: FieldErrors::default(), seen: BTreeSet::new() };
    let mut pasted = Pasted { header: layout.header, ignored_columns: layout.ignored(), ..Pasted::default() };
    for record in records {
        if reading.is_total(record) {
            pasted.ignored_lines.push(record.line);
        } else if let Some(row) = reading.row(record) {
            pasted.rows.push(row);
        }
    }
    reading.errors.require(!pasted.rows.is_empty() || !reading.errors.is_empty(), "results", "There are no rows below the header.");
    reading.errors.into_result(pasted)
}

struct Reading<'a> {
    layout: &'a Layout,
    habit: Habit,
    variants: &'a [(String, String)],
    metrics: &'a [(String, String)],
    errors: FieldErrors,
    seen: BTreeSet<(String, Option<String>, Option<Device>)>,
}

impl Reading<'_> {
    fn say(&mut self, line: usize, role: Role, message: impl std::fmt::Display) {
        let column = self.layout.name(role);
        self.errors.add("results", format!("Line {line}, {column}: {message}"));
    }

    fn cell<'r>(&self, record: &'r Record, role: Role) -> &'r str {
        self.layout.column(role).map_or("", |column| record.cell(column))
    }

    /// Spreadsheets write the word into the first column, which may be that of the metric.
    fn is_total(&self, record: &Record) -> bool {
        let words = [Role::Variant, Role::Metric].map(|role| self.cell(record, role));
        let word = words.into_iter().find(|word| !word.is_empty()).unwrap_or_default();
        words::is_total(word) && !self.variants.iter().any(|(key, name)| plain(key) == plain(word) || plain(name) == plain(word))
    }

    fn row(&mut self, record: &Record) -> Option<PastedRow> {
        let line = record.line;
        let variant_word = one_line(self.cell(record, Role::Variant));
        let variant = self.variant(line, &variant_word);
        let metric_word = Some(one_line(self.cell(record, Role::Metric))).filter(|word| !word.is_empty());
        let metric = metric_word.as_deref().map(|word| self.metric(word));
        let device = self.device(record);
        let figures = self.figures(record)?;
        let (variant, device) = (variant?, device?);
        if !self.seen.insert((variant.clone(), metric.clone(), device)) {
            self.say(line, Role::Variant, format!("“{variant_word}” has these figures twice."));
            return None;
        }
        Some(PastedRow { line, variant, variant_word, metric, metric_word, device, figures })
    }

    fn variant(&mut self, line: usize, word: &str) -> Option<String> {
        if word.is_empty() {
            self.say(line, Role::Variant, "The variant is missing.");
            return None;
        }
        if self.variants.is_empty() {
            return Some(word.to_owned());
        }
        let found = named(word, self.variants).or_else(|| self.control(word));
        if found.is_none() {
            let keys: Vec<&str> = self.variants.iter().map(|(key, _)| key.as_str()).collect();
            self.say(line, Role::Variant, format!("There is no variant “{word}”. This test has {}.", keys.join(", ")));
        }
        found
    }

    /// The first variant is the control, whatever tools call it.
    fn control(&self, word: &str) -> Option<String> {
        const CONTROLS: &str =
            "|control|original|baseline|kontrolle|kontrollgruppe|controle|control group|kontrol|referenz|reference|default|";
        let is_control = CONTROLS.contains(&format!("|{}|", plain(word)));
        self.variants.first().filter(|_| is_control).map(|(key, _)| key.clone())
    }

    fn metric(&self, word: &str) -> String {
        let common = || words::metric(word).filter(|slug| self.metrics.iter().any(|(known, _)| known == slug)).map(str::to_owned);
        named(word, self.metrics).or_else(common).unwrap_or_else(|| word.to_owned())
    }

    /// None is an error; `Some(None)` stands for all visitors.
    fn device(&mut self, record: &Record) -> Option<Option<Device>> {
        let word = self.cell(record, Role::Device);
        if words::is_nothing(word) {
            return Some(None);
        }
        let found = words::device(word);
        if found.is_none() {
            self.say(record.line, Role::Device, format!("“{}” is not a device. Use desktop, mobile, tablet or all.", one_line(word)));
        }
        found
    }

    fn figures(&mut self, record: &Record) -> Option<Figures> {
        let has = |role: Role| !self.cell(record, role).is_empty();
        let counts = has(Role::Conversions) || self.layout.column(Role::Mean).is_none() || self.layout.column(Role::Sd).is_none();
        if !counts {
            let n = self.count(record, Role::Visitors);
            let (mean, sd) = (self.number(record, Role::Mean), self.number(record, Role::Sd));
            let (n, mean, sd) = (n?, mean?, sd?);
            if sd < 0.0 {
                self.say(record.line, Role::Sd, "A standard deviation is never negative.");
                return None;
            }
            return Some(Figures::Means { n, mean, sd });
        }
        let (visitors, conversions) = (self.count(record, Role::Visitors), self.count(record, Role::Conversions));
        let (visitors, conversions) = (visitors?, conversions?);
        if conversions > visitors {
            self.say(record.line, Role::Conversions, format!("{conversions} conversions are more than {visitors} visitors."));
            return None;
        }
        Some(Figures::Counts { visitors, conversions })
    }

    fn count(&mut self, record: &Record, role: Role) -> Option<i64> {
        let cell = self.cell(record, role);
        let said = one_line(cell);
        let message = match whole_count(cell) {
            Some(count) if count >= 0 => return Some(count),
            Some(count) => format!("{count} is negative; counts start at 0."),
            None if said.is_empty() => "A count is missing.".to_owned(),
            None if self.habit.number(cell).is_some() => format!("“{said}” is not a whole number."),
            None => format!("“{said}” is not a number."),
        };
        self.say(record.line, role, message);
        None
    }

    fn number(&mut self, record: &Record, role: Role) -> Option<f64> {
        let cell = self.cell(record, role);
        let number = self.habit.number(cell);
        if number.is_none() {
            let said = one_line(cell);
            let message = if said.is_empty() {
                "A number is missing.".to_owned()
            } else {
                format!("“{said}” is not a number as the others are.")
            };
            self.say(record.line, role, message);
        }
        number
    }
}

/// The key of what a word names: by key, by name, "Variant B" or "B – Sticky button".
fn named(word: &str, list: &[(String, String)]) -> Option<String> {
    let find = |wanted: &str| {
        let wanted = plain(wanted);
        let by_key = list.iter().find(|(key, _)| !wanted.is_empty() && plain(key) == wanted);
        by_key.or_else(|| list.iter().find(|(_, name)| !wanted.is_empty() && plain(name) == wanted)).map(|(key, _)| key.clone())
    };
    let exact = list.iter().find(|(key, name)| key == word || name == word).map(|(key, _)| key.clone());
    let lower = word.to_lowercase();
    let bare = ["variant ", "variation ", "variante ", "version ", "arm ", "group ", "gruppe "]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix));
    exact
        .or_else(|| find(word))
        .or_else(|| bare.and_then(find))
        .or_else(|| word.split_once([':', '–', '-', '(']).and_then(|(key, _)| find(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Vec<(String, String)> {
        [("A", "Today"), ("B", "Sticky button")].map(|(key, name)| (key.to_owned(), name.to_owned())).to_vec()
    }

    #[test]
    fn wrong_rows_are_named_by_line_and_column() {
        for (text, wanted) in [
            ("Variant\tVisitors\tConversions\nA\t10\t11\nB\t10\t1", "Line 2, Conversions: 11 conversions are more than 10 visitors."),
            ("Variant\tVisitors\tConversions\nA\t-10\t1\nB\t10\t1", "Line 2, Visitors: -10 is negative"),
            ("Variant\tVisitors\tConversions\nA\t10\t1\nB\tmany\t1", "Line 3, Visitors: “many” is not a number."),
            ("Variant\tVisitors\tConversions\nA\t10.5\t1\nB\t10\t1", "Line 2, Visitors: “10.5” is not a whole number."),
            ("Variant\tVisitors\tConversions\nA\t10\t1\nD\t10\t1", "Line 3, Variant: There is no variant “D”. This test has A, B."),
            ("Variant\tVisitors\tConversions\nA\t10\t1\nA\t10\t1", "Line 3, Variant: “A” has these figures twice."),
            ("Variant\tn\tMean\tSD\nA\t10\t4,87\t1.5\nB\t10\t4,875\t1,5", "Line 3, Mean: “4,875” is not a number as the others are."),
        ] {
            let said = read(text, &plan(), &[]).unwrap_err().to_string();
            assert!(said.contains(wanted), "{said}");
        }
        for text in ["", "   \n\n", "hello", "Variant\tVisitors\tConversions\n", "Variant\tVisitors\nA\t5"] {
            assert!(read(text, &plan(), &[]).is_err(), "{text}");
        }
    }

    #[test]
    fn a_total_is_left_out_whichever_column_says_so() {
        for total in ["Total\t\t20\t3", "\tTotal\t20\t3"] {
            let text = format!("Metric\tVariant\tVisitors\tOrders\nPurchases\tA\t10\t1\nPurchases\tB\t10\t2\n{total}");
            let pasted = read(&text, &plan(), &[]).unwrap();
            assert_eq!((pasted.rows.len(), pasted.ignored_lines), (2, vec![4]), "{total}");
        }
    }

    #[test]
    fn words_of_tools_find_the_variant() {
        let text = "Variation\tUsers\tConv.\nOriginal\t10\t1\nB – Sticky button\t10\t2";
        let keys: Vec<String> = read(text, &plan(), &[]).unwrap().rows.into_iter().map(|row| row.variant).collect();
        assert_eq!(keys, ["A", "B"]);
        let text = "today,10,1\nVariant B,10,2\n";
        let keys: Vec<String> = read(text, &plan(), &[]).unwrap().rows.into_iter().map(|row| row.variant).collect();
        assert_eq!(keys, ["A", "B"]);
    }
}
