//! Which column stands for what: the headings propose, the values may object, and each field gets one column.

use super::field::Field;
use super::scale::{is_blank, rating};
use super::vocabulary::{Fit, Meaning, meanings, plain};
use super::{dates, lookup, scale, words};
use crate::sites::Catalogue;
use crate::text::parse_number;
use std::collections::BTreeMap;

/// A column as a guess sees it: its heading and its cells that are not empty.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    pub header: &'a str,
    pub cells: Vec<&'a str>,
}

/// The field of every column. `said` are the choices of a person; they stand, and guesses make room for them.
pub fn guess(columns: &[Seen], said: &BTreeMap<usize, Field>, catalogue: &Catalogue) -> BTreeMap<usize, Field> {
    let mut claims: Vec<Meaning> = columns.iter().map(|column| claim(column, catalogue)).collect();
    read_initials(columns, &mut claims);
    respect_models(columns, &mut claims);
    for (column, field) in said {
        if let Some(claim) = claims.get_mut(*column) {
            *claim = Meaning { field: *field, strength: u8::MAX, fit: Fit::Loose };
        }
    }
    settle(&mut claims);
    if said.values().all(|field| *field != Field::Title) {
        find_title(columns, said, &mut claims);
    }
    claims.iter().enumerate().map(|(column, claim)| (column, claim.field)).collect()
}

fn loose(field: Field, strength: u8) -> Meaning {
    Meaning { field, strength, fit: Fit::Loose }
}

fn claim(column: &Seen, catalogue: &Catalogue) -> Meaning {
    if plain(column.header).is_empty() || column.header.trim() == "#" {
        let figures = column.cells.iter().all(|cell| parse_number(cell).is_some());
        return loose(if figures { Field::Ignore } else { Field::Details }, 0);
    }
    let meanings = meanings(column.header);
    let days = |meaning: &Meaning| meaning.field == Field::Effort && counts_work(column.header);
    let fitting = meanings.into_iter().find(|meaning| !days(meaning) && fits(*meaning, &column.cells, catalogue));
    fitting.unwrap_or(loose(Field::Details, 0))
}

/// "Effort (days)" is an amount of work, no rating of it.
fn counts_work(header: &str) -> bool {
    const UNITS: &str = " day days d hour hours hrs h week weeks tage tag pt stunden wochen jours heures semaines dias horas semanas dagen uren \
                         weken dage timer uger points sp pts person man eur gbp usd ";
    plain(header).split(' ').any(|word| UNITS.contains(&format!(" {word} ")))
}

/// Whether the values can be what the heading says.
fn fits(meaning: Meaning, cells: &[&str], catalogue: &Catalogue) -> bool {
    let share = |test: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| test(cell)).count() * 2;
    let most = |test: &dyn Fn(&str) -> bool| share(test) > cells.len();
    let half = |test: &dyn Fn(&str) -> bool| !cells.is_empty() && share(test) >= cells.len();
    let strict = meaning.fit == Fit::Strict;
    let is_number = |cell: &str| parse_number(cell).is_some();
    match meaning.field {
        Field::Effort if most(&|cell| rating(cell).is_some_and(|value| value > 10.0)) => false,
        Field::Impact | Field::Confidence | Field::Ease | Field::Effort if strict => half(&is_rating),
        Field::Impact | Field::Confidence | Field::Ease | Field::Effort => {
            !most(&|cell| is_prose(cell) || parse_number(cell).is_some_and(|value| value > 100.0))
        }
        Field::Device if strict => half(&|cell| lookup::devices(cell).is_some()),
        Field::Device => cells.is_empty() || !most(&is_number),
        Field::Created => cells.is_empty() || half(&dates::is_date) || (!strict && half(&|cell| dates::read(cell, None).is_ok())),
        Field::Lever if strict => half(&|cell| lookup::lever(cell, catalogue).is_some() || words::lever(cell).is_some()),
        Field::Area => !most(&is_address) && !most(&is_number),
        Field::Title | Field::Because | Field::Change | Field::Audience | Field::Metric | Field::Reason | Field::Site => {
            cells.is_empty() || !most(&is_number)
        }
        Field::Stage | Field::Owner => cells.is_empty() || !most(&is_number),
        _ => true,
    }
}

/// A number of up to two digits or a level in words; a percentage is a chance, no confidence of 1 to 10.
fn is_rating(cell: &str) -> bool {
    let small = rating(cell).is_some_and(|value| (0.0..=10.0).contains(&value));
    small || is_blank(cell) || words::level(cell).is_some() || scale::Scale::Sizes.level(cell, false).is_ok()
}

fn is_prose(cell: &str) -> bool {
    let signed = cell.contains('%') && cell.trim().starts_with(['+', '-', '–', '\u{2212}']);
    let quantity = cell.starts_with(|c: char| c.is_ascii_digit()) && cell.contains(char::is_alphabetic) && rating(cell).is_none();
    let money = cell.contains(['€', '$', '£']);
    signed || quantity || money || cell.split_whitespace().count() >= 3
}

fn is_address(cell: &str) -> bool {
    let cell = cell.trim();
    cell.contains("://") || cell.starts_with('/') || cell.starts_with("www.")
}

fn position(columns: &[Seen], names: &[&str]) -> Option<usize> {
    columns.iter().position(|column| names.contains(&plain(column.header).as_str()))
}

/// I, C and E mean impact, confidence and ease where all three stand.
fn read_initials(columns: &[Seen], claims: &mut [Meaning]) {
    let found = ["i", "c", "e"].map(|name| position(columns, &[name]));
    if let [Some(impact), Some(confidence), Some(ease)] = found {
        for (column, field) in [(impact, Field::Impact), (confidence, Field::Confidence), (ease, Field::Ease)] {
            if let Some(claim) = claims.get_mut(column) {
                *claim = loose(field, 90);
            }
        }
    }
}

/// ICE is the only model here: ratings of PIE and RICE are kept as text, since half a score would mislead.
fn respect_models(columns: &[Seen], claims: &mut [Meaning]) {
    let has = |claims: &[Meaning], field: Field| claims.iter().any(|claim| claim.field == field);
    let importance = position(columns, &["importance", "wichtigkeit", "importancia", "belang", "vigtighed"]);
    let potential = position(columns, &["potential", "potenzial", "potentiel", "potencial", "potentieel", "potentiale"]);
    let reach = position(columns, &["reach", "reichweite", "portee", "alcance", "bereik"]);
    let rice = reach.is_some() && has(claims, Field::Impact);
    let pie = potential.is_some() && importance.is_some() && !(has(claims, Field::Impact) && has(claims, Field::Confidence));
    if rice || pie {
        for claim in claims.iter_mut().filter(|claim| claim.field.is_rating()) {
            *claim = loose(Field::Details, 0);
        }
    } else if let Some(column) = importance.filter(|_| !has(claims, Field::Impact) && has(claims, Field::Confidence))
        && let Some(claim) = claims.get_mut(column)
    {
        *claim = loose(Field::Impact, 80);
    }
    if has(claims, Field::Ease) {
        for claim in claims.iter_mut().filter(|claim| claim.field == Field::Effort) {
            *claim = loose(Field::Details, 0);
        }
    }
}

/// One column per field: the strongest heading wins, the first among equals; the others find another use.
fn settle(claims: &mut [Meaning]) {
    for field in Field::all().filter(|field| !field.takes_many()) {
        let rivals: Vec<usize> = (0..claims.len()).filter(|column| claims[*column].field == field).collect();
        let strength = |column: usize| claims.get(column).map_or(0, |claim| claim.strength);
        let Some(winner) = rivals.iter().copied().max_by_key(|column| (strength(*column), usize::MAX - column)) else {
            continue;
        };
        for loser in rivals.into_iter().filter(|column| *column != winner) {
            let second = second_use(claims, loser);
            if let Some(claim) = claims.get_mut(loser) {
                *claim = loose(second, claim.strength);
            }
        }
    }
}

/// "Hypothesis" beside a title is the change; "Because" beside an observation is the reason.
fn second_use(claims: &[Meaning], loser: usize) -> Field {
    let free = |field: Field| claims.iter().all(|claim| claim.field != field);
    match claims.get(loser).map(|claim| (claim.field, claim.strength)) {
        Some((Field::Title, 0..=60)) if free(Field::Change) => Field::Change,
        Some((Field::Because, 0..=70)) if free(Field::Reason) => Field::Reason,
        _ => Field::Details,
    }
}

/// Without a title the change names the hypothesis, else the first column of telling, different texts.
fn find_title(columns: &[Seen], said: &BTreeMap<usize, Field>, claims: &mut [Meaning]) {
    if claims.iter().any(|claim| claim.field == Field::Title) {
        return;
    }
    let change = claims.iter().position(|claim| claim.field == Field::Change);
    let telling = |column: &usize| {
        let unclaimed = claims.get(*column).is_some_and(|claim| claim.field == Field::Details && claim.strength == 0);
        unclaimed && columns.get(*column).is_some_and(|seen| !plain(seen.header).is_empty() && is_telling(&seen.cells))
    };
    let free = |column: &usize| !said.contains_key(column);
    let found = change.filter(free).or_else(|| (0..columns.len()).filter(free).find(telling));
    if let Some(claim) = found.and_then(|column| claims.get_mut(column)) {
        *claim = loose(Field::Title, 1);
    }
}

fn is_telling(cells: &[&str]) -> bool {
    let different: std::collections::BTreeSet<&&str> = cells.iter().collect();
    let spoken = cells.iter().filter(|cell| cell.split_whitespace().count() >= 3 && !is_address(cell)).count();
    !cells.is_empty() && spoken * 2 > cells.len() && different.len() * 2 > cells.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::*;

    /// The fields guessed for columns of "heading: cell | cell".
    fn fields(columns: &[(&str, &str)]) -> Vec<Field> {
        let seen: Vec<Seen> =
            columns.iter().map(|(header, cells)| Seen { header, cells: cells.split('|').filter(|c| !c.is_empty()).collect() }).collect();
        guess(&seen, &BTreeMap::new(), &Catalogue::default()).into_values().collect()
    }

    #[test]
    fn values_tell_what_a_heading_leaves_open() {
        assert_eq!(fields(&[("Titel", "a b c"), ("Effekt", "8|7"), ("Forventet effekt", "+2 %")]), [Title, Impact, Effect]);
        assert_eq!(fields(&[("Titel", "a b c"), ("Effekt", "flere køb|+2 %")]), [Title, Effect]);
        assert_eq!(fields(&[("Idea", "x"), ("Impact", "raises orders by a lot|more sales for us")]), [Title, Effect]);
        assert_eq!(fields(&[("Idea", "x"), ("Effort", "3 days|2 weeks")]), [Title, Details]);
        assert_eq!(fields(&[("Idea", "x"), ("Effort (days)", "3|2")]), [Title, Details]);
        assert_eq!(fields(&[("Idea", "x"), ("Impact", "£ 12,000|£ 900")]), [Title, Effect]);
        assert_eq!(fields(&[("Idea", "x"), ("Channel", "Mobile|All")]), [Title, Device]);
        assert_eq!(fields(&[("Idea", "x"), ("Channel", "SEO|Mail")]), [Title, Details]);
        assert_eq!(fields(&[("Idea", "x"), ("Theme", "Trust|Friction")]), [Title, Lever]);
        assert_eq!(fields(&[("Idea", "x"), ("Theme", "Q3|Growth")]), [Title, Tags]);
    }

    #[test]
    fn one_column_wins_and_the_others_find_a_use() {
        assert_eq!(fields(&[("Title", "a"), ("Hypothesis", "b")]), [Title, Change]);
        assert_eq!(fields(&[("Hypothesis", "b"), ("If we", "c")]), [Title, Change]);
        assert_eq!(fields(&[("Title", "a"), ("Title", "b")]), [Title, Details]);
        assert_eq!(fields(&[("Title", "a"), ("Insight", "b"), ("Because", "c")]), [Title, Because, Reason]);
        assert_eq!(fields(&[("Reporter", "a"), ("Assignee", "b"), ("Summary", "c")]), [Details, Owner, Title]);
    }

    #[test]
    fn other_models_make_no_half_score() {
        let pie = [("Idea", "x"), ("Potential", "9"), ("Importance", "8"), ("Ease", "4")];
        assert_eq!(fields(&pie), [Title, Details, Details, Details]);
        let rice = [("Idea", "x"), ("Reach", "9000"), ("Impact", "2"), ("Confidence", "80%"), ("Effort", "4")];
        assert_eq!(fields(&rice), [Title, Details, Details, Details, Details]);
        let cie = [("Idea", "x"), ("Confidence", "4"), ("Importance", "5"), ("Ease", "3")];
        assert_eq!(fields(&cie), [Title, Confidence, Impact, Ease]);
    }

    #[test]
    fn a_title_is_found_by_its_texts() {
        let odd = [("Wunsch", "Preise auf der Seite zeigen|Filter offen lassen, bitte"), ("Impact", "8|7")];
        assert_eq!(fields(&odd), [Title, Impact]);
        assert_eq!(fields(&[("Impact", "8"), ("Created", "2025-03-14")]), [Impact, Created]);
    }
}
