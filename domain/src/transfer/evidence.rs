//! What the cells of a column speak for, whatever stands above them: shares of links, days, ratings, known words.

use super::scale::{is_blank, rating};
use super::{amounts, dates, effects, lookup, words};
use crate::sites::Catalogue;
use crate::text::parse_number;
use std::collections::BTreeSet;

/// How many different cells are looked up in the workspace's lists.
const LOOKED_UP: usize = 60;

/// Shares of the cells that say something, from 0 to 1, and their usual length.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// How many cells say something.
    pub filled: usize,
    pub links: f64,
    pub days: f64,
    pub numbers: f64,
    pub ratings: f64,
    pub sizes: f64,
    pub spans: f64,
    pub switches: f64,
    pub stages: f64,
    pub devices: f64,
    pub levers: f64,
    pub areas: f64,
    pub metrics: f64,
    /// With a figure in it, as findings have.
    pub figures: f64,
    /// Capitalised names of one to three words, or e-mail addresses.
    pub names: f64,
    /// Of nine words and more.
    pub sentences: f64,
    pub words: f64,
    /// How many of the cells differ: near 0 for choices from a list, 1 for texts.
    pub different: f64,
}

/// Looks at the cells of a column.
pub fn weigh(cells: &[&str], catalogue: &Catalogue) -> Evidence {
    let cells: Vec<&str> = cells.iter().copied().filter(|cell| !is_blank(cell)).collect();
    let kinds: BTreeSet<&str> = cells.iter().copied().collect();
    let share = |test: &dyn Fn(&str) -> bool| part(cells.iter().filter(|cell| test(cell)).count(), cells.len());
    let short: Vec<&str> = kinds.iter().copied().filter(|cell| cell.len() <= 60).take(LOOKED_UP).collect();
    let among = |test: &dyn Fn(&str) -> bool| {
        let known: BTreeSet<&str> = short.iter().copied().filter(|cell| test(cell)).collect();
        share(&|cell| known.contains(cell))
    };
    let count = |cell: &&str| cell.split_whitespace().count();
    Evidence {
        filled: cells.len(),
        links: share(&is_link),
        days: share(&|cell| dates::is_date(cell) || dates::roughly(cell).is_some() || (cell.len() == 5 && dates::read(cell, None).is_ok())),
        numbers: share(&|cell| parse_number(cell).is_some()),
        ratings: share(&|cell| rating(cell).is_some_and(|value| (0.0..=10.0).contains(&value))),
        sizes: share(&|cell| effects::read(cell, false).is_ok()),
        spans: share(&amounts::is_span),
        switches: share(&|cell| matches!(cell.to_lowercase().as_str(), "true" | "false" | "yes" | "no" | "☑" | "☐")),
        stages: among(&|cell| words::stage(cell).is_some()),
        devices: among(&|cell| lookup::devices(cell).is_some() || words::is_platform(cell)),
        levers: among(&|cell| lookup::lever(cell, catalogue).is_some() || words::lever(cell).is_some()),
        areas: among(&|cell| lookup::area(cell, None, catalogue).is_some() || words::area(cell).is_some()),
        metrics: among(&|cell| words::metric(cell).is_some()),
        figures: share(&|cell| cell.contains(|c: char| c.is_ascii_digit())),
        names: share(&is_name),
        sentences: share(&|cell| cell.split_whitespace().count() >= 9),
        words: cells.iter().map(count).sum::<usize>() as f64 / cells.len().max(1) as f64,
        different: part(kinds.len(), cells.len()),
    }
}

fn part(count: usize, of: usize) -> f64 {
    count as f64 / of.max(1) as f64
}

/// An address of the web, a path, or an attachment with its address behind it.
pub fn is_link(cell: &str) -> bool {
    let cell = cell.trim();
    let address = cell.contains("://") && cell.split_whitespace().count() <= 6;
    address || cell.starts_with(['/', '\\']) || cell.starts_with("www.")
}

fn is_name(cell: &str) -> bool {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
    };
    let address = words.len() == 1 && cell.contains('@');
    address || ((1..=3).contains(&words.len()) && words.iter().all(capital))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_apart() {
        let weigh = |cells: &[&str]| weigh(cells, &Catalogue::default());
        assert!(weigh(&["https://a.example/x", "mock.png (https://b.example/y)", r"\\share\x.pdf"]).links > 0.9);
        assert!(weigh(&["Idea", "Running", "Done - won", "tbc"]).stages > 0.9);
        assert!(weigh(&["Tous", "Ordinateur", "Mobile"]).devices > 0.9);
        assert!(weigh(&["Nadia", "A. Doyle", "K. O'Neill", "sam@bank.example"]).names > 0.9);
        assert!(weigh(&["Quote in 60 seconds", "Fewer cover levels"]).names < 0.1);
        assert_eq!(weigh(&["n/a", "?", "7"]).filled, 1);
        assert_eq!(weigh(&[]), Evidence::default());
    }
}
