//! One record as a piece of evidence: what its cells say, and what is wrong with them.

use super::{EvidenceRow, kinds};
use crate::errors::FieldError;
use crate::evidence::{Kind, SourceDraft};
use crate::sites::known_audience;
use crate::text::{LINE_LIMIT, one_line, whole_count};
use crate::transfer::dates::{self, NoDate};
use crate::transfer::evidence::is_link;
use crate::transfer::field::Field;
use crate::transfer::lookup;
use crate::transfer::rows::SAY_THE_ORDER;
use crate::transfer::work::{RowWork, short};

/// What parts several names in one cell.
const BETWEEN: [char; 4] = [',', ';', '|', '\n'];

impl RowWork<'_, EvidenceRow> {
    pub(super) fn read_row(&mut self) {
        self.draft.line = self.record.line;
        self.check_cells();
        self.read_kind();
        self.read_source();
        self.read_period();
        self.read_sample();
        self.draft.draft.site = self.site_named();
        self.draft.draft.devices = self.devices_named();
        self.draft.draft.areas = self.areas();
        self.draft.draft.audiences = self.audiences();
        self.draft.draft.tags = self.tags();
        self.draft.supports = self.numbers(Field::Supports);
        self.draft.contradicts = self.numbers(Field::Contradicts);
        self.refuse_both_ways();
        self.read_texts();
        self.check_draft();
    }

    /// A title that is too long for one is a finding, whose beginning names it.
    fn read_texts(&mut self) {
        let title = self.cell(Field::Title);
        let finding = self.cell(Field::Finding).map(|(_, cell)| cell);
        let named = title.as_ref().map(|(_, cell)| cell).or(finding.as_ref()).map(|cell| one_line(cell)).unwrap_or_default();
        let whole = named.chars().count() <= LINE_LIMIT;
        if let (Some((column, _)), false) = (&title, whole) {
            self.notice(*column, "The text is too long for a title: its beginning is the title, and all of it the finding.");
        }
        let long = title.filter(|_| !whole).map(|(_, cell)| cell);
        self.keep_details();
        let said = long.into_iter().chain(finding).chain(std::mem::take(&mut self.details));
        let said: Vec<String> = said.collect();
        self.draft.draft.finding = (!said.is_empty()).then(|| said.join("\n\n"));
        self.draft.draft.title = if whole { named } else { beginning(&named) };
    }

    fn read_kind(&mut self) {
        let Some((column, cell)) = self.cell(Field::Kind) else { return };
        match kinds::kind(&cell) {
            Some(kind) => self.draft.draft.kind = kind.slug().to_owned(),
            None => {
                let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
                self.error(column, format!("“{}” is not a kind of evidence. Use one of: {}.", short(&cell), names.join(", ")));
            }
        }
    }

    /// A link among the sources is the link.
    fn read_source(&mut self) {
        let name = self.cell(Field::Source).map(|(_, cell)| one_line(&cell));
        let link = self.cell(Field::Link).map(|(_, cell)| cell);
        let (name, url) = match (name, link) {
            (Some(name), None) if name.contains("://") && is_link(&name) => (None, Some(name)),
            other => other,
        };
        if name.is_some() || url.is_some() {
            self.draft.draft.source = Some(SourceDraft { name, url });
        }
    }

    /// Days of two columns, or of one that holds both.
    fn read_period(&mut self) {
        let (from, to) = (self.cell(Field::ObservedFrom), self.cell(Field::ObservedTo));
        let alone = match (&from, &to) {
            (Some(one), None) | (None, Some(one)) => Some(one.clone()),
            _ => None,
        };
        if let Some((column, cell)) = alone
            && let [first, last] = dates::halves(&cell).as_slice()
        {
            self.draft.draft.observed_from = self.day(column, first);
            self.draft.draft.observed_to = self.day(column, last);
            return;
        }
        self.draft.draft.observed_from = from.and_then(|(column, cell)| self.day(column, &cell));
        self.draft.draft.observed_to = to.and_then(|(column, cell)| self.day(column, &cell));
    }

    /// A day that cannot be told is an error: without it old evidence would count as fresh.
    fn day(&mut self, column: usize, cell: &str) -> Option<String> {
        let word = short(cell);
        if let Some((day, how)) = dates::roughly(cell) {
            self.notice(column, format!("“{word}” is read as {day}, {how}."));
            return Some(day.to_string());
        }
        match dates::read(cell, self.sheet.day_first) {
            Ok(day) => return Some(day.to_string()),
            Err(NoDate::Unreadable) => self.error(column, format!("“{word}” is not a date. It should look like 2026-11-20.")),
            Err(NoDate::NotInCalendar) => self.error(column, format!("{word} is not in the calendar.")),
            Err(NoDate::Ambiguous) => {
                self.error(column, format!("{word} may start with the day or with the month. {SAY_THE_ORDER}"));
            }
        }
        None
    }

    /// "1,240", "n = 640" or "640 respondents".
    fn read_sample(&mut self) {
        let Some((column, cell)) = self.cell(Field::SampleSize) else { return };
        let text = cell.trim_start_matches(['n', 'N']).trim_start_matches([' ', '=', ':']);
        let first = text.split(char::is_alphabetic).next().unwrap_or(text);
        let worded = || (!text[first.len()..].contains(|c: char| c.is_ascii_digit())).then(|| whole_count(first)).flatten();
        self.draft.draft.sample_size = whole_count(text).or_else(worded);
        if self.draft.draft.sample_size.is_none() {
            self.error(column, format!("“{}” is not a whole number.", short(&cell)));
        }
    }

    fn areas(&mut self) -> Vec<String> {
        let catalogue = self.sheet.catalogue;
        let site = self.draft.draft.site.as_deref().and_then(|slug| catalogue.site(slug));
        self.named(Field::Area, "area", |part| lookup::area(part, site, catalogue))
    }

    fn audiences(&mut self) -> Vec<String> {
        let catalogue = self.sheet.catalogue;
        self.named(Field::Audience, "audience", |part| known_audience(catalogue, part))
    }

    /// What a list in a cell names; what is not known is kept as text.
    fn named(&mut self, field: Field, what: &str, find: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let Some((column, cell)) = self.cell(field) else { return Vec::new() };
        if let Some(whole) = find(&one_line(&cell)) {
            return vec![whole];
        }
        let mut slugs = Vec::new();
        for part in cell.split(BETWEEN).map(one_line).filter(|part| !part.is_empty()) {
            match find(&part) {
                Some(slug) => slugs.push(slug),
                None => self.keep_unknown(column, &part, what),
            }
        }
        slugs
    }

    /// The hypotheses that a cell names, as `H-12`, each once.
    fn numbers(&mut self, field: Field) -> Vec<String> {
        let Some((column, cell)) = self.cell(field) else { return Vec::new() };
        let mut numbers: Vec<String> = Vec::new();
        for part in cell.split(BETWEEN).flat_map(|part| part.split(" and ")).map(str::trim).filter(|part| !part.is_empty()) {
            let words: Vec<&str> = part.split_whitespace().collect();
            // "H-12 Show the delivery date" names one, "H-12 H-14" two.
            let named = if words.iter().all(|word| is_number(word)) { words.len() } else { usize::from(part.starts_with(['H', 'h'])) };
            let found: Vec<String> = words.iter().take(named).filter_map(|word| number(word)).collect();
            if found.is_empty() {
                self.error(column, format!("“{}” is not the number of a hypothesis. It should look like H-12.", short(part)));
            }
            for one in found {
                if !numbers.contains(&one) {
                    numbers.push(one);
                }
            }
        }
        numbers
    }

    fn refuse_both_ways(&mut self) {
        let both: Vec<String> = self.draft.supports.iter().filter(|number| self.draft.contradicts.contains(number)).cloned().collect();
        let Some(column) = self.sheet.column(Field::Contradicts) else { return };
        for number in both {
            self.error(column, format!("{number} stands on both sides. A finding supports a hypothesis or contradicts it."));
        }
    }

    /// The draft's own rules have the last word; a cell that was named already is not named twice.
    fn check_draft(&mut self) {
        let draft = &self.draft.draft;
        let Err(found) = draft.check(self.sheet.catalogue, (self.sheet.today)(draft.site.as_deref())) else { return };
        for FieldError { field, message } in found.0 {
            let named = field == "kind" && self.cell(Field::Kind).is_some();
            match self.column_of(&field) {
                _ if named => {}
                Some(column) => self.error(column, message),
                None => self.row_error(message),
            }
        }
    }

    /// The column that a field of the draft was read from.
    fn column_of(&self, field: &str) -> Option<usize> {
        let fields: &[Field] = match field {
            "title" => &[Field::Title],
            "kind" => &[Field::Kind],
            "source.name" => &[Field::Source],
            "source.url" => &[Field::Link, Field::Source],
            "observed_from" => &[Field::ObservedFrom, Field::ObservedTo],
            "observed_to" => &[Field::ObservedTo, Field::ObservedFrom],
            "sample_size" => &[Field::SampleSize],
            "tags" => &[Field::Tags],
            "finding" => &[Field::Finding, Field::Title],
            _ => &[],
        };
        fields.iter().find_map(|field| self.sheet.column(*field))
    }
}

/// The first sentence, or as many words as a title holds.
fn beginning(text: &str) -> String {
    let room: String = text.chars().take(LINE_LIMIT - 1).collect();
    if let Some((first, _)) = room.split_once(". ") {
        return first.to_owned();
    }
    let words = room.rsplit_once(' ').map_or(room.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Whether a word is the number of a hypothesis.
pub fn is_number(word: &str) -> bool {
    number(word).is_some()
}

/// "h12", "#12" and "12" as `H-12`.
fn number(word: &str) -> Option<String> {
    let bare = word.trim_start_matches(['H', 'h', '#']).trim_start_matches('-');
    let figure: u32 = bare.parse().ok().filter(|_| !bare.starts_with('+'))?;
    (figure > 0).then(|| format!("H-{figure}"))
}
