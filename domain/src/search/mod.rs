//! The words of search: how text becomes terms that can be compared, and where they stand in a text.
//! One tokeniser for both databases, so that both find the same.

mod marks;
mod typed;

pub use marks::{Piece, mark};
pub use typed::{Rest, Span, Token, take_filters, tokens};

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FoundKind))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Hypothesis,
    Evidence,
    Test,
    Learning,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Hypothesis, Kind::Evidence, Kind::Test, Kind::Learning];

    pub fn slug(self) -> &'static str {
        match self {
            Kind::Hypothesis => "hypothesis",
            Kind::Evidence => "evidence",
            Kind::Test => "test",
            Kind::Learning => "learning",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The letter in front of its numbers.
    pub fn letter(self) -> char {
        match self {
            Kind::Hypothesis => 'H',
            Kind::Evidence => 'E',
            Kind::Test => 'T',
            Kind::Learning => 'L',
        }
    }
}

/// A thing that was found, with the words that met marked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Found {
    pub kind: Kind,
    #[serde(skip)]
    pub number: i64,
    /// `H-12`.
    #[serde(rename = "number")]
    pub name: String,
    pub title: Vec<Piece>,
    /// The part of the text around the first match; empty when only the title matched.
    pub snippet: Vec<Piece>,
}

impl Found {
    pub fn new(kind: Kind, number: i64, title: &str, body: &str, terms: &Terms) -> Self {
        let name = format!("{}-{number}", kind.letter());
        Self { kind, number, name, title: mark(title, terms), snippet: marks::snippet(body, terms) }
    }
}

/// The terms of a query; the last one may be a word that is still being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    whole: Vec<String>,
    open: Option<String>,
}

impl Terms {
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.open.is_none()
    }

    /// Each term, and whether longer words that begin with it also count.
    pub fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        self.whole.iter().map(|term| (term.as_str(), false)).chain(self.open.iter().map(|term| (term.as_str(), true)))
    }

    /// Whether a word of a text is one of the terms.
    fn meets(&self, word: &str) -> bool {
        let plain = fold(word);
        let stem = stem(&plain);
        self.iter().any(|(term, open)| term == stem || (open && (plain.starts_with(term) || stem.starts_with(term))))
    }
}

/// The text as terms with blanks between, as it goes into the index: of each word its stem, which finds its other
/// forms, and the word itself, which is found while it is still being typed.
pub fn index_words(text: &str) -> String {
    let mut terms = Vec::new();
    for word in words(text) {
        let plain = fold(word);
        let stem = stem(&plain);
        if stem != plain {
            terms.push(stem);
        }
        terms.push(plain);
    }
    terms.join(" ")
}

/// At most twelve terms of what somebody typed. The last word stays open unless a blank follows it.
pub fn query_terms(text: &str) -> Terms {
    let mut typed: Vec<&str> = words(text).take(12).collect();
    let unfinished = text.chars().last().is_some_and(char::is_alphanumeric);
    let open = if unfinished { typed.pop() } else { None };
    let mut whole: Vec<String> = typed.into_iter().map(|word| stem(&fold(word))).collect();
    whole.dedup();
    Terms { whole, open: open.map(|word| stem(&fold(word))) }
}

/// Runs of letters and digits, with the place where each begins.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn stem(plain: &str) -> String {
    Stemmer::create(Algorithm::English).stem(plain).into_owned()
}

/// The longest word that is told apart, in letters; no database takes words of any length.
const LONGEST_WORD: usize = 80;

/// Lower case without accents: "Café" and "cafe" are one word, "Größe" and "groesse" another.
fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len().min(4 * LONGEST_WORD));
    for c in word.chars().take(LONGEST_WORD).flat_map(char::to_lowercase) {
        match crate::text::fold(c) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [("Filters", "filter"), ("shipping", "shipped"), ("Café", "cafe"), ("Größe", "GROESSE")] {
            let terms = query_terms(&format!("{other} "));
            assert!(terms.iter().all(|(term, _)| index_words(one).split(' ').any(|word| word == term)), "{one} {other}");
        }
    }

    #[test]
    fn a_word_is_found_at_every_letter_while_it_is_typed() {
        let indexed = index_words("shipping categories");
        for typed in ["shi", "shipp", "shippi", "shippin", "shipping", "categ", "categori", "categorie", "categories"] {
            let terms = query_terms(typed);
            assert!(terms.iter().all(|(term, _)| indexed.split(' ').any(|word| word.starts_with(term))), "{typed}");
        }
    }

    #[test]
    fn signs_of_a_query_language_are_just_gaps() {
        let terms = query_terms("\"stock\" OR (branch* NEAR:'x') -- ");
        assert!(terms.iter().all(|(term, _)| term.chars().all(char::is_alphanumeric)));
        assert!(query_terms("  '\"*:() ").is_empty());
    }

    #[test]
    fn the_last_word_is_open_while_it_is_typed() {
        let open: Vec<bool> = query_terms("stock fil").iter().map(|(_, open)| open).collect();
        assert_eq!(open, [false, true]);
        assert!(query_terms("stock filter ").iter().all(|(_, open)| !open));
    }
}
