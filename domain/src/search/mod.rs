//! The words of search: how text becomes terms that can be compared, and where they stand in a text.
//! One tokeniser for both databases, so that both find the same.

mod fit;
mod likeness;
mod marks;
mod suggest;
mod thesaurus;
mod tokens;
mod typed;
mod words;

pub use fit::{Fit, Fits};
pub use likeness::{By, CLOSE, Candidate, Draft, Frequencies, Level, Likeness, Meeting, Probe, RELATED, Similar, Unit, VERY_CLOSE};
pub use marks::{Piece, mark, mark_words};
pub use suggest::{FILTERS, Filter, Listed, Named, Suggestion, Values, last_part, suggestions, wanted};
pub use thesaurus::{Thesaurus, ThesaurusEdits, ThesaurusEntry, thesaurus_entries};
pub use tokens::{gist, gist_terms};
pub use typed::{Rest, Span, no_filter, take_filters};

use serde::{Deserialize, Serialize};
use words::{fold, keys, stems, words};

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

/// The words of a query, each as the stems that stand for it; the last one may be a word that is still being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    whole: Vec<Vec<String>>,
    open: Option<Vec<String>>,
}

impl Terms {
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.open.is_none()
    }

    /// Of each word the terms of which any will do, and whether longer words that begin with them also count.
    pub fn iter(&self) -> impl Iterator<Item = (&[String], bool)> {
        self.whole.iter().map(|word| (word.as_slice(), false)).chain(self.open.iter().map(|word| (word.as_slice(), true)))
    }

    /// The same with the word that is still being typed taken as it stands; none where no word is.
    pub fn finished(&self) -> Option<Terms> {
        let open = self.open.clone()?;
        Some(Terms { whole: self.whole.iter().cloned().chain([open]).collect(), open: None })
    }

    /// Whether a word of a text is one of the terms.
    fn meets(&self, word: &str) -> bool {
        self.met_by(word) != 0
    }

    /// The terms that a word of a text is one of, a bit for each in their order.
    fn met_by(&self, word: &str) -> u32 {
        // All forms of a word begin alike; most words are told apart by that, without making their stems.
        let first = fold(word).chars().next();
        if !self.iter().any(|(any, _)| any.iter().any(|term| term.chars().next() == first)) {
            return 0;
        }
        let forms = keys(word);
        let meets = |term: &String, open: bool| forms.iter().any(|form| form == term || (open && form.starts_with(term)));
        let met = self.iter().enumerate().filter(|(_, (any, open))| any.iter().any(|term| meets(term, *open)));
        met.fold(0, |bits, (place, _)| bits | 1 << place)
    }
}

/// The text as terms with blanks between, as it goes into the index: of each word its stems, which find its other
/// forms, and the word itself, which is found while it is still being typed.
pub fn index_words(text: &str) -> String {
    words(text).flat_map(keys).collect::<Vec<_>>().join(" ")
}

/// At most twelve words of what somebody typed. The last word stays open unless a blank follows it.
pub fn query_terms(text: &str) -> Terms {
    let mut typed: Vec<&str> = words(text).take(12).collect();
    let unfinished = text.chars().last().is_some_and(char::is_alphanumeric);
    let open = if unfinished { typed.pop() } else { None };
    let mut whole: Vec<Vec<String>> = typed.into_iter().map(stems).collect();
    whole.dedup();
    // A foreign stem of half a word would open the query to words that begin otherwise. What begins with the word mostly
    // begins with its stem, which is enough then.
    let open = open.map(|word| {
        let (stem, plain) = (stems(word).swap_remove(0), fold(word));
        if plain.starts_with(&stem) { vec![stem] } else { vec![stem, plain] }
    });
    Terms { whole, open }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [("Filters", "filter"), ("shipping", "shipped"), ("Café", "cafe"), ("Größe", "GROESSE")] {
            let terms = query_terms(&format!("{other} "));
            assert!(
                terms.iter().all(|(any, _)| index_words(one).split(' ').any(|word| any.iter().any(|term| term == word))),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn a_word_is_found_at_every_letter_while_it_is_typed() {
        let indexed = index_words("shipping categories");
        for typed in ["shi", "shipp", "shippi", "shippin", "shipping", "categ", "categori", "categorie", "categories"] {
            let terms = query_terms(typed);
            let begun = |any: &[String]| indexed.split(' ').any(|word| any.iter().any(|term| word.starts_with(term)));
            assert!(terms.iter().all(|(any, _)| begun(any)), "{typed}");
        }
    }

    #[test]
    fn signs_of_a_query_language_are_just_gaps() {
        let terms = query_terms("\"stock\" OR (branch* NEAR:'x') -- ");
        assert!(terms.iter().all(|(any, _)| any.iter().all(|term| term.chars().all(char::is_alphanumeric))));
        assert!(query_terms("  '\"*:() ").is_empty());
    }

    #[test]
    fn the_last_word_is_open_while_it_is_typed() {
        let open: Vec<bool> = query_terms("stock fil").iter().map(|(_, open)| open).collect();
        assert_eq!(open, [false, true]);
        assert!(query_terms("stock filter ").iter().all(|(_, open)| !open));
        assert_eq!(query_terms("stock fil").finished(), Some(query_terms("stock fil ")));
        assert_eq!(query_terms("stock ").finished(), None);
    }
}
