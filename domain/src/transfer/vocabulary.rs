//! What a heading may mean: as a whole, without the words around it, or by its parts. Words are compared in the form of
//! [`plain`]: lower case, without accents ("ä" as "ae", "ø" as "oe", "å" as "a"), one space between.

use super::field::Field::{self, *};
use super::headings::HEADINGS;
use super::lexicon;
use crate::text::slug_of;

/// The text in the form in which words are compared.
pub fn plain(text: &str) -> String {
    let composed: String = text.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let words = slug_of(&composed).replace('-', " ");
    if words.is_empty() { composed.trim().to_lowercase() } else { words }
}

/// How the values must look for a heading that may mean several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Anything that does not speak against it.
    Loose,
    /// The values must speak for it.
    Strict,
}

/// One thing that a heading may mean. The strongest heading gets a field that takes one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    pub field: Field,
    pub strength: u8,
    pub fit: Fit,
}

/// Words that say what a column is rather than what it is about; without them a heading may be known.
const NOISE: &str = " score rating rate value level estimate estimated our the primary main custom field cf of scale points pts ice a an this \
                     my team punkte initial type wert bewertung note skala bis to from out column text select number rank ";
/// Headings that tell what came of a test stand above results, not above plans.
const PAST: &str = " actual observed measured result results resultat ergebnis final previous old last outcome real tatsaechlich ";
/// Tools put these around the heading that a person chose.
const WRAPPERS: &str = "|custom field|custom fields|field|cf|benutzerdefiniertes feld|champ personnalise|campo personalizado|\
                        aangepast veld|brugerdefineret felt|tilpasset felt|";

/// What a heading may mean, most wanted first; empty when it is unknown.
pub fn meanings(heading: &str) -> Vec<Meaning> {
    let Some(name) = name_of(heading) else { return Vec::new() };
    if let Some(found) = whole(&name) {
        return found;
    }
    let past = name.split(' ').any(|word| PAST.contains(&format!(" {word} ")));
    let mut found = parts(&name);
    if past {
        found.retain(|meaning| meaning.field == Because);
        found.push(Meaning { field: Details, strength: 40, fit: Fit::Loose });
    }
    found
}

/// Whether a cell reads like a heading, for telling the line of the headings.
pub fn is_heading(cell: &str) -> bool {
    let Some(name) = name_of(cell) else { return false };
    let few = name.split(' ').count() <= 4;
    whole(&name).is_some() || (few && parts(&name).iter().any(|meaning| meaning.strength >= 62))
}

/// The heading in plain form, without a tool's wrapping; none when there is none, or prose instead.
fn name_of(heading: &str) -> Option<String> {
    let (outer, inner) = unwrap(heading);
    let name = if WRAPPERS.contains(&format!("|{outer}|")) || outer.is_empty() { inner } else { outer };
    (!name.is_empty() && name.len() <= 48).then_some(name)
}

/// What the whole heading means, with or without its numbers and the words that say nothing.
fn whole(name: &str) -> Option<Vec<Meaning>> {
    let words = || name.split(' ').filter(|word| !word.bytes().all(|b| b.is_ascii_digit()));
    let numberless = words().collect::<Vec<_>>().join(" ");
    if let Some(found) = find(name).or_else(|| find(&numberless)) {
        return Some(found);
    }
    if words().any(|word| PAST.contains(&format!(" {word} "))) {
        return None;
    }
    let core = words().filter(|word| !NOISE.contains(&format!(" {word} "))).collect::<Vec<_>>().join(" ");
    find(&core).map(|found| found.into_iter().map(weaker).collect())
}

/// What the words of a heading speak for. Scores and kinds of media need values that speak for them as well.
fn parts(name: &str) -> Vec<Meaning> {
    let mut found = lexicon::read(name);
    found.sort_by_key(|(_, strength)| std::cmp::Reverse(*strength));
    let fit = |field: Field, strength: u8| match field {
        Device if strength < 60 => Fit::Strict,
        field if field.is_rating() => Fit::Strict,
        _ => Fit::Loose,
    };
    found.into_iter().map(|(field, strength)| Meaning { field, strength, fit: fit(field, strength) }).collect()
}

/// The heading outside and inside its brackets, both plain.
fn unwrap(heading: &str) -> (String, String) {
    let heading = split_camel(heading);
    let Some(open) = heading.find(['(', '[']) else {
        return (plain(&heading), String::new());
    };
    let (before, rest) = heading.split_at(open);
    let inner = rest.get(1..).unwrap_or_default();
    let (inner, after) = inner.split_once([')', ']']).unwrap_or((inner, ""));
    let outer = if after.chars().count() <= 1 { before.to_owned() } else { format!("{before} {after}") };
    let suffix = if inner.chars().count() <= 2 && inner.chars().all(char::is_lowercase) { inner } else { "" };
    // "Device(s)" reads "device s", which is listed; so do "Tag(s)" without its bracket.
    let outer = if suffix.is_empty() { outer } else { before.to_owned() };
    (plain(&outer), plain(inner))
}

/// "createdAt" as "created At".
fn split_camel(heading: &str) -> String {
    let mut split = String::with_capacity(heading.len() + 4);
    let mut before = ' ';
    for c in heading.chars() {
        if before.is_lowercase() && c.is_uppercase() {
            split.push(' ');
        }
        split.push(c);
        before = c;
    }
    split
}

fn find(name: &str) -> Option<Vec<Meaning>> {
    if name.is_empty() {
        return None;
    }
    let (_, fields, strength) = HEADINGS.iter().find(|(names, _, _)| names.split('|').any(|known| known == name))?;
    Some(list(fields, *strength))
}

fn list(fields: &[Field], strength: u8) -> Vec<Meaning> {
    let last = fields.len().saturating_sub(1);
    let fit = |index: usize| if index < last && strength < 90 { Fit::Strict } else { Fit::Loose };
    fields.iter().enumerate().map(|(index, field)| Meaning { field: *field, strength, fit: fit(index) }).collect()
}

fn weaker(meaning: Meaning) -> Meaning {
    let fit = if meaning.field.is_rating() { Fit::Strict } else { meaning.fit };
    Meaning { strength: meaning.strength.saturating_sub(10), fit, ..meaning }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(heading: &str) -> Option<Field> {
        meanings(heading).first().map(|meaning| meaning.field)
    }

    #[test]
    fn headings_are_known_however_they_are_written() {
        for (heading, field) in [
            ("Test name ", Title),
            ("HYPOTHESE", Title),
            ("Custom field (Impact)", Impact),
            ("Benutzerdefiniertes Feld (Aufwand)", Effort),
            ("Impact\n(1-10)", Impact),
            ("Confidence 1-5", Confidence),
            ("ICE: Ease", Ease),
            ("Ease score", Ease),
            ("Gerät", Device),
            ("Geraet", Device),
            ("Device(s)", Device),
            ("Créé le", Created),
            ("createdAt", Created),
            ("Étiquettes", Tags),
            ("Målgruppe", Audience),
            ("Doelgroep", Audience),
            ("Público objetivo", Audience),
            ("What did we see?", Because),
            ("ICE Score", Ignore),
            ("Note ICE", Ignore),
            ("Story Points", Details),
            ("Actual impact", Details),
        ] {
            assert_eq!(first(heading), Some(field), "{heading}");
        }
        assert_eq!(first("Related to Experiments (Column)"), None);
        assert_eq!(first(""), None);
    }
}
