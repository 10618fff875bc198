//! Which model the ratings of a file belong to. ICE is the only one that is read: ratings of PIE and RICE are kept as text,
//! since half a score would mislead.

use super::amounts;
use super::evidence::Evidence;
use super::field::Field;
use super::guess::{Claim, Seen};
use super::vocabulary::plain;

const IMPORTANCE: [&str; 7] = ["importance", "wichtigkeit", "importancia", "belang", "vigtighed", "bedeutung", "importanza"];
const POTENTIAL: [&str; 8] = ["potential", "potenzial", "potentiel", "potencial", "potentieel", "potentiale", "potenziale", "potentials"];
const REACH: [&str; 6] = ["reach", "reichweite", "portee", "alcance", "bereik", "portata"];

/// Whether the headings are those of a PIE score.
pub(super) fn is_pie(headers: &[&str]) -> bool {
    let has = |names: &[&str]| headers.iter().any(|header| names.iter().any(|name| has_word(header, name)));
    has(&POTENTIAL) && has(&IMPORTANCE)
}

/// Takes the ratings away that are no part of an ICE score.
pub(super) fn respect_models(columns: &[Seen], claims: &mut [Claim]) {
    read_initials(columns, claims);
    if let Some(named) = named_ratings(columns, claims) {
        drop_ratings(claims, |column| !named.contains(&column));
        return;
    }
    drop_ratings(claims, |column| columns.get(column).is_some_and(|seen| has_word(seen.header, "pie") || has_word(seen.header, "rice")));
    let has = |claims: &[Claim], field: Field| claims.iter().any(|claim| claim.best() == Some(field));
    let importance = position(columns, &IMPORTANCE);
    let potential = position(columns, &POTENTIAL);
    let rice = position(columns, &REACH).is_some() && has(claims, Field::Impact) && !has(claims, Field::Ease);
    let pie = potential.is_some() && importance.is_some() && !(has(claims, Field::Impact) && has(claims, Field::Confidence));
    if rice || pie {
        drop_ratings(claims, |_| true);
    } else if let Some(column) = importance.filter(|_| !has(claims, Field::Impact) && has(claims, Field::Confidence))
        && let Some(claim) = claims.get_mut(column)
    {
        *claim = Claim::only(Field::Impact, 80);
    }
    if has(claims, Field::Ease) {
        for claim in claims.iter_mut() {
            claim.fields.retain(|(field, _)| *field != Field::Effort);
        }
    }
}

/// Where two ratings of ICE are known and a third column beside them holds nothing but ratings, it is the third.
pub(super) fn complete_score(columns: &[Seen], evidence: &[Evidence], claims: &mut [Claim]) {
    let find = |field: Field| claims.iter().position(|claim| claim.best() == Some(field));
    let ease = find(Field::Ease).or(find(Field::Effort));
    let all = [(Field::Impact, find(Field::Impact)), (Field::Confidence, find(Field::Confidence)), (Field::Ease, ease)];
    let known: Vec<usize> = all.iter().filter_map(|(_, column)| *column).collect();
    let (Some((missing, _)), [one, other]) = (all.iter().find(|(_, column)| column.is_none()), known.as_slice()) else { return };
    let (low, high) = (*one.min(other), *one.max(other));
    let beside = |column: usize| column + 1 == low || column == high + 1 || (low < column && column < high);
    let rated = |column: &usize| {
        let unknown = claims.get(*column).is_some_and(|claim| claim.best().is_none() && claim.else_points == 0);
        let seen = evidence.get(*column).copied().unwrap_or_default();
        unknown && beside(*column) && seen.filled > 2 && seen.ratings > 0.95 && columns.get(*column).is_some_and(|one| may_rate(one.header))
    };
    let found: Vec<usize> = (0..claims.len()).filter(rated).collect();
    if let ([column], true) = (found.as_slice(), high - low <= 2)
        && let Some(claim) = claims.get_mut(*column)
    {
        *claim = Claim::only(*missing, 40);
    }
}

/// Whether a heading leaves room for a rating: not a number of something, nor of another model.
fn may_rate(header: &str) -> bool {
    let no = "pie rice ice reach rank total no nr number count days weeks points priority order";
    let other = REACH.iter().chain(&IMPORTANCE).chain(&POTENTIAL).any(|word| has_word(header, word));
    !other && !plain(header).is_empty() && amounts::field(header).is_none() && !no.split(' ').any(|word| has_word(header, word))
}

/// The columns that say "ICE" themselves, where impact, confidence and ease all do.
fn named_ratings(columns: &[Seen], claims: &[Claim]) -> Option<Vec<usize>> {
    let own = |column: usize| columns.get(column).is_some_and(|seen| has_word(seen.header, "ice"));
    let find = |field: Field| (0..claims.len()).find(|column| own(*column) && claims.get(*column).and_then(Claim::best) == Some(field));
    [Field::Impact, Field::Confidence, Field::Ease].into_iter().map(find).collect()
}

fn drop_ratings(claims: &mut [Claim], which: impl Fn(usize) -> bool) {
    for (_, claim) in claims.iter_mut().enumerate().filter(|(column, _)| which(*column)) {
        claim.fields.retain(|(field, _)| !field.is_rating());
    }
}

fn has_word(header: &str, name: &str) -> bool {
    plain(header).split(' ').any(|word| word == name)
}

fn position(columns: &[Seen], names: &[&str]) -> Option<usize> {
    columns.iter().position(|column| plain(column.header).split(' ').next().is_some_and(|word| names.contains(&word)))
}

/// I, C and E mean impact, confidence and ease where all three stand.
fn read_initials(columns: &[Seen], claims: &mut [Claim]) {
    let named = |name: &str| columns.iter().position(|column| plain(column.header) == name);
    if let [Some(impact), Some(confidence), Some(ease)] = ["i", "c", "e"].map(named) {
        for (column, field) in [(impact, Field::Impact), (confidence, Field::Confidence), (ease, Field::Ease)] {
            if let Some(claim) = claims.get_mut(column) {
                *claim = Claim::only(field, 90);
            }
        }
    }
}
