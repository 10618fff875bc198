//! What may complete a query while it is typed: names of filters where a word begins, and behind `name:` its values. Which
//! lists understand a filter is said here for people; that they do is what the tests look at.

mod filters;

pub use filters::{FILTERS, Filter, Listed, Values};

use super::Kind;
use super::typed::spellings;
use serde::{Deserialize, Serialize};

/// The most that is offered at once.
pub const OFFERED: usize = 8;
/// The most of a query that is looked at, in characters before the caret.
const LOOKED_AT: usize = 300;

/// One way to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What takes the place of the part before the caret: `stage:` or `stage:evidence_gathered`.
    pub written: String,
    /// What it means.
    pub meaning: String,
}

impl Suggestion {
    /// Whether a value still has to follow.
    pub fn goes_on(&self) -> bool {
        self.written.ends_with(':')
    }
}

/// A value that a workspace has, with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub slug: String,
    pub name: String,
}

/// The part of a query before the caret, as far as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    /// A word that may become the name of a filter.
    Word(&'a str),
    /// A filter, with the values before the last comma and the letters behind it.
    Value { name: &'a str, before: &'a str, letters: &'a str },
}

/// The last part of a text: everything behind the last blank that is not within quotation marks.
pub fn last_part(before_caret: &str) -> &str {
    let cut = before_caret.char_indices().rev().nth(LOOKED_AT).map_or(0, |(at, _)| at);
    let text = before_caret.get(cut..).unwrap_or_default();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' | '“' | '”' | '„' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    text.get(start..).unwrap_or_default()
}

fn part(before_caret: &str) -> Part<'_> {
    let part = last_part(before_caret);
    let Some((name, rest)) = part.split_once(':') else { return Part::Word(part) };
    let (before, letters) = rest.rfind(',').and_then(|at| rest.split_at_checked(at + 1)).unwrap_or(("", rest));
    Part::Value { name, before, letters: letters.trim_start_matches(['"', '“', '„']) }
}

/// What has to be read from a workspace to complete this, with the letters that it must hold; none where nothing has.
pub fn wanted(before_caret: &str, list: Option<Kind>) -> Option<(Listed, String)> {
    let Part::Value { name, letters, .. } = part(before_caret) else { return None };
    match filter(name, list)?.values {
        Values::Here(listed) => Some((listed, letters.trim().to_lowercase())),
        Values::Fixed(_) => None,
    }
}

/// The ways to go on, best first; `here` are the values that were wanted of the workspace, `list` the list whose field it
/// is, none for the search of everything.
pub fn suggestions(before_caret: &str, list: Option<Kind>, here: &[Named]) -> Vec<Suggestion> {
    let mut found = match part(before_caret) {
        Part::Word(letters) => names(letters, list),
        Part::Value { name, before, letters } => {
            let Some(filter) = filter(name, list) else { return Vec::new() };
            let named = match filter.values {
                Values::Fixed(values) => {
                    values(list).into_iter().map(|(slug, name)| Named { slug: slug.into(), name: name.into() }).collect()
                }
                Values::Here(listed) => listed.also().into_iter().chain(here.iter().cloned()).collect::<Vec<_>>(),
            };
            values(filter, &named, before, letters)
        }
    };
    // What is typed already needs no offer.
    found.retain(|one| one.written != last_part(before_caret));
    found.truncate(OFFERED);
    found
}

fn filter(name: &str, list: Option<Kind>) -> Option<&'static Filter> {
    FILTERS.iter().find(|filter| filter.name.eq_ignore_ascii_case(name) && filter.is_of(list))
}

fn names(letters: &str, list: Option<Kind>) -> Vec<Suggestion> {
    let letters = letters.to_ascii_lowercase();
    if letters.is_empty() {
        return Vec::new();
    }
    let fits = FILTERS.iter().filter(|filter| filter.is_of(list) && filter.name.starts_with(&letters));
    fits.map(|filter| Suggestion { written: format!("{}:", filter.name), meaning: filter.meaning.to_owned() }).collect()
}

fn values(filter: &Filter, named: &[Named], before: &str, letters: &str) -> Vec<Suggestion> {
    let wanted = spellings(letters);
    let chosen: Vec<String> = before.split(',').map(|one| one.trim_matches('"').to_lowercase()).collect();
    let rank = |one: &Named| {
        let [name, ..] = spellings(&one.name);
        let slug = one.slug.to_lowercase();
        let [plain, joined, dashed] = &wanted;
        let begins = name.starts_with(plain.as_str()) || slug.starts_with(joined.as_str()) || slug.starts_with(dashed.as_str());
        let holds = name.contains(plain.as_str()) || slug.contains(plain.as_str());
        if begins { Some(0) } else { holds.then_some(1) }
    };
    let free = named.iter().filter(|one| !chosen.contains(&one.slug.to_lowercase()));
    let mut ranked: Vec<(u8, &Named)> = free.filter_map(|one| rank(one).map(|rank| (rank, one))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let written = |one: &Named| {
        let value = if one.slug.contains([' ', ',']) { format!("\"{}\"", one.slug) } else { one.slug.clone() };
        format!("{}:{before}{value}", filter.name)
    };
    ranked.into_iter().map(|(_, one)| Suggestion { written: written(one), meaning: one.name.clone() }).collect()
}

#[cfg(test)]
mod tests;
