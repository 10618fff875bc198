//! Which column stands for what: the headings propose, the cells object or support, and one choice is made for all.

use super::Format;
use super::assign::assign;
use super::evidence::{Evidence, weigh};
use super::field::Field;
use super::models::{complete_score, respect_models};
use super::suits::{by_cells, points};
use super::vocabulary::{Fit, Meaning, meanings, plain};
use super::{amounts, titles};
use crate::sites::Catalogue;
use crate::text::parse_number;
use std::collections::BTreeMap;

/// A column as a guess sees it: its heading and its cells that are not empty.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    pub header: &'a str,
    pub cells: Vec<&'a str>,
}

/// What a column may fill, with the points for it, and where it goes when it fills nothing.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub fields: Vec<(Field, i64)>,
    /// Details or Ignore.
    pub else_field: Field,
    /// The points of a heading that says just that; a field needs more.
    pub else_points: i64,
}

impl Claim {
    pub fn only(field: Field, points: i64) -> Self {
        Self { fields: vec![(field, points)], else_field: Field::Details, else_points: 0 }
    }

    pub fn details() -> Self {
        Self { fields: Vec::new(), else_field: Field::Details, else_points: 0 }
    }

    /// What the column gains by filling this field rather than none.
    pub fn gain(&self, field: Field) -> i64 {
        let points = self.fields.iter().find(|(one, _)| *one == field).map_or(0, |(_, points)| *points);
        if points > 0 { points - self.else_points } else { 0 }
    }

    /// Drops what is no match for the best: better no field than a far-fetched one.
    fn forget_the_weak(&mut self) {
        let best = self.fields.iter().map(|(_, points)| *points).max().unwrap_or(0);
        self.fields.retain(|(_, points)| *points >= 30 && *points + 22 >= best);
    }

    /// The field that it would fill by itself.
    pub fn best(&self) -> Option<Field> {
        let worth = self.fields.iter().filter(|(_, points)| *points > self.else_points);
        worth.rev().max_by_key(|(_, points)| *points).map(|(field, _)| *field)
    }
}

/// The field of every column. `said` are the choices of a person; they stand, and guesses make room for them.
pub fn guess(columns: &[Seen], said: &BTreeMap<usize, Field>, catalogue: &Catalogue) -> BTreeMap<usize, Field> {
    let evidence: Vec<Evidence> = columns.iter().map(|column| weigh(&column.cells, catalogue)).collect();
    let rows = evidence.iter().map(|one| one.filled).max().unwrap_or(0);
    let mut claims: Vec<Claim> = columns.iter().zip(&evidence).map(|(column, evidence)| claim(column, evidence, rows)).collect();
    respect_models(columns, &mut claims);
    complete_score(columns, &evidence, &mut claims);
    let mut fields = settle(&claims, said);
    join_ends(columns, &claims, said, &mut fields);
    if fields.iter().all(|field| *field != Field::Title) {
        titles::find(columns, &evidence, said, &mut fields);
    }
    fields.into_iter().enumerate().collect()
}

fn claim(column: &Seen, evidence: &Evidence, rows: usize) -> Claim {
    if plain(column.header).is_empty() || column.header.trim() == "#" {
        let figures = column.cells.iter().all(|cell| parse_number(cell).is_some());
        return Claim { else_field: if figures { Field::Ignore } else { Field::Details }, ..Claim::details() };
    }
    let work = work(column, evidence).map(|field| (field, points(loose(field, 90), true, &column.cells, evidence)));
    if let Some((field, points)) = work.filter(|(_, points)| *points > 0) {
        return Claim::only(field, points);
    }
    let mut claim = Claim::details();
    let mut meanings = meanings(column.header);
    if work.is_some() {
        meanings.retain(|meaning| !meaning.field.is_rating());
    }
    let strongest = meanings.first().map_or(0, |meaning| meaning.strength);
    for (rank, meaning) in meanings.into_iter().enumerate() {
        if matches!(meaning.field, Field::Details | Field::Ignore) {
            // As strong as the first it is no claim of its own, only where the others do not fit.
            let own = rank == 0 || meaning.strength < strongest;
            (claim.else_field, claim.else_points) = (meaning.field, if own { i64::from(meaning.strength) } else { 0 });
            continue;
        }
        for (field, strength) in second_uses(meaning, rank) {
            let worth = points(Meaning { field, strength, ..meaning }, rank == 0, &column.cells, evidence);
            claim.fields.push((field, worth));
        }
    }
    claim.forget_the_weak();
    if claim.fields.iter().all(|(_, points)| *points == 0) && claim.else_points == 0 {
        claim.fields.extend(by_cells(evidence, rows));
    }
    claim
}

fn loose(field: Field, strength: u8) -> Meaning {
    Meaning { field, strength, fit: Fit::Loose }
}

/// "Effort (days)", or efforts such as "3 days", are an amount of work, no rating of it.
fn work(column: &Seen, evidence: &Evidence) -> Option<Field> {
    let effort = || meanings(column.header).iter().any(|meaning| meaning.field == Field::Effort);
    amounts::field(column.header)
        .or_else(|| (evidence.spans >= 0.5 && (effort() || amounts::is_work(column.header))).then_some(Field::DevelopmentDays))
}

/// "Hypothesis" beside a title is the change; "Because" beside an observation is the reason.
fn second_uses(meaning: Meaning, rank: usize) -> Vec<(Field, u8)> {
    let Meaning { field, strength, .. } = meaning;
    let later = u8::try_from(rank).unwrap_or(9).saturating_mul(if strength >= 90 { 12 } else { 1 });
    let own = (field, strength.saturating_sub(later));
    match (field, strength) {
        (Field::Title, 55..=60) => vec![own, (Field::Change, 48)],
        (Field::Because, 70) => vec![own, (Field::Reason, 55)],
        _ => vec![own],
    }
}

/// Who fills what so that the whole gains most; among equals the first column.
fn settle(claims: &[Claim], said: &BTreeMap<usize, Field>) -> Vec<Field> {
    let taken = |field: Field| said.values().any(|one| *one == field);
    let single: Vec<Field> = Field::of(Format::Backlog).into_iter().filter(|field| !field.takes_many() && !taken(*field)).collect();
    let gain = |field: Field, column: usize, claim: &Claim| match said.get(&column) {
        Some(_) => 0,
        None if claim.best() == Some(Field::Tags) && claim.gain(Field::Tags) > claim.gain(field) => 0,
        None => (claim.gain(field).max(0) * 1000 - i64::try_from(column).unwrap_or(0)).max(0),
    };
    let row = |field: &Field| claims.iter().enumerate().map(|(column, claim)| gain(*field, column, claim)).collect();
    let points: Vec<Vec<i64>> = single.iter().map(row).collect();
    let many = |claim: &Claim| if claim.gain(Field::Tags) > 0 { Field::Tags } else { claim.else_field };
    let mut fields: Vec<Field> = claims.iter().map(many).collect();
    for (field, column) in single.into_iter().zip(assign(&points)) {
        if let Some(place) = column.and_then(|column| fields.get_mut(column)) {
            *place = field;
        }
    }
    for (column, field) in said {
        if let Some(place) = fields.get_mut(*column) {
            *place = *field;
        }
    }
    fields
}

/// "Min uplift" and "Max uplift" are the two ends of one effect.
fn join_ends(columns: &[Seen], claims: &[Claim], said: &BTreeMap<usize, Field>, fields: &mut [Field]) {
    const LOW: &str = " min minimum low lowest lower worst minimal unten mini ";
    const HIGH: &str = " max maximum high highest upper best maximal oben maxi ";
    let is = |column: usize, list: &str| {
        columns.get(column).is_some_and(|seen| plain(seen.header).split(' ').any(|word| list.contains(&format!(" {word} "))))
    };
    let Some(first) = fields.iter().position(|field| *field == Field::Effect) else { return };
    let other = if is(first, LOW) {
        HIGH
    } else if is(first, HIGH) {
        LOW
    } else {
        return;
    };
    let free = |column: &usize| !said.contains_key(column) && fields.get(*column) == Some(&Field::Details);
    let may = |column: &usize| claims.get(*column).is_some_and(|claim| claim.gain(Field::Effect) > 0) && is(*column, other);
    let second = (0..columns.len()).find(|column| free(column) && may(column));
    if let Some(place) = second.and_then(|column| fields.get_mut(column)) {
        *place = Field::Effect;
    }
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
        assert_eq!(fields(&[("Idea", "x"), ("Effort", "3 days|2 weeks")]), [Title, DevelopmentDays]);
        assert_eq!(fields(&[("Idea", "x"), ("Effort (days)", "3|2")]), [Title, DevelopmentDays]);
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
