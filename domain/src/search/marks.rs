//! Where the terms stand in a text, for marking, and the piece of a long text worth showing.

use super::Terms;
use serde::{Deserialize, Serialize};

/// How much of a long text is shown around the first match, in words.
const BEFORE: usize = 8;
const SHOWN: usize = 30;

/// A run of text that is marked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Piece {
    pub text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub marked: bool,
}

/// The whole text in pieces; words that meet a term are marked.
pub fn mark(text: &str, terms: &Terms) -> Vec<Piece> {
    pieces(text, |word| terms.meets(word))
}

/// The whole text in pieces; these words of it are marked.
pub fn mark_words(text: &str, words: &[&str]) -> Vec<Piece> {
    pieces(text, |word| words.contains(&word))
}

fn pieces(text: &str, meets: impl Fn(&str) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for run in runs(text) {
        let marked = run.chars().next().is_some_and(char::is_alphanumeric) && meets(run);
        match pieces.last_mut().filter(|last| last.marked == marked) {
            Some(last) => last.text.push_str(run),
            None => pieces.push(Piece { text: run.to_owned(), marked }),
        }
    }
    pieces
}

/// The part around the first match; nothing without a match. Each line is a text of its own, so that two parts of a
/// record never run together.
pub fn snippet(text: &str, terms: &Terms) -> Vec<Piece> {
    let meets = |part: &str| super::words(part).any(|word| terms.meets(word));
    let words: Vec<&str> = text.lines().find(|line| meets(line)).unwrap_or_default().split_whitespace().collect();
    let Some(first) = words.iter().position(|word| meets(word)) else {
        return Vec::new();
    };
    let from = first.saturating_sub(BEFORE);
    let to = (from + SHOWN).min(words.len());
    let mut shown = words[from..to].join(" ");
    if from > 0 {
        shown.insert_str(0, "… ");
    }
    if to < words.len() {
        shown.push_str(" …");
    }
    mark(&shown, terms)
}

/// The text cut where letters and other signs meet.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut begin = 0;
    let mut inside: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let word = c.is_alphanumeric();
        if inside.is_some_and(|was| was != word) {
            runs.push(&text[begin..at]);
            begin = at;
        }
        inside = Some(word);
    }
    if begin < text.len() {
        runs.push(&text[begin..]);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::super::query_terms;
    use super::*;

    #[test]
    fn words_that_meet_are_marked_and_the_text_stays_whole() {
        let terms = query_terms("filtering stock ");
        let pieces = mark("Filter by stock, now", &terms);
        let marked: Vec<_> = pieces.iter().filter(|piece| piece.marked).map(|piece| piece.text.as_str()).collect();
        assert_eq!(marked, ["Filter", "stock"]);
        assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), "Filter by stock, now");
    }

    #[test]
    fn a_long_text_shows_the_part_that_matters() {
        let text = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let shown: String = snippet(&text, &query_terms("needle ")).into_iter().map(|piece| piece.text).collect();
        assert!(shown.contains("needle") && shown.starts_with("… ") && shown.ends_with(" …") && shown.len() < 250);
        assert!(snippet(&text, &query_terms("cat ")).is_empty());
    }

    #[test]
    fn lines_are_texts_of_their_own() {
        let shown: String =
            snippet("31% of exits\nadding a stock filter\nsearch", &query_terms("stock ")).into_iter().map(|piece| piece.text).collect();
        assert_eq!(shown, "adding a stock filter");
    }
}
