//! Ratings as people jot them down: "8?", "~8", "8-ish", "7½", "7-8". What is read this way is said.

use super::scale::rating;

/// The number that a jotted cell means: of a range the middle. None for plain numbers and for anything else.
pub fn number(cell: &str) -> Option<f64> {
    let text = cell.trim().to_lowercase();
    let text = text.split_once('(').map_or(text.as_str(), |(before, _)| before).trim();
    if rating(text).is_some() {
        return (text.len() < cell.trim().len()).then(|| rating(text)).flatten();
    }
    let bare = strip(text);
    if let Some(value) = rating(bare).or_else(|| half(bare)) {
        return Some(value);
    }
    let ends: Vec<&str> = bare.split(['-', '–', '—']).flat_map(|part| part.split(" to ")).map(str::trim).collect();
    match ends.as_slice() {
        [low, high] => match (rating(low), rating(high)) {
            (Some(low), Some(high)) if low < high && high <= 10.0 => Some((low + high) / 2.0),
            _ => None,
        },
        _ => None,
    }
}

fn strip(text: &str) -> &str {
    const BEFORE: [&str; 9] = ["~", "≈", "ca.", "ca ", "c. ", "circa", "approx.", "about", "maybe"];
    const AFTER: [&str; 8] = ["-ish", "ish", "?", "!", "*", "+", "pts", "points"];
    let mut text = text;
    loop {
        let before = BEFORE.iter().find_map(|mark| text.strip_prefix(mark));
        match before.or_else(|| AFTER.iter().find_map(|mark| text.strip_suffix(mark))) {
            Some(rest) => text = rest.trim(),
            None => return text,
        }
    }
}

/// "7½", "7 1/2".
fn half(text: &str) -> Option<f64> {
    let (whole, part) = match (text.strip_suffix('½'), text.strip_suffix('¼'), text.strip_suffix('¾')) {
        (Some(whole), _, _) => (whole, 0.5),
        (_, Some(whole), _) => (whole, 0.25),
        (_, _, Some(whole)) => (whole, 0.75),
        _ => (text.strip_suffix(" 1/2")?, 0.5),
    };
    rating(whole.trim()).map(|value| value + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jotted_numbers_are_read_and_others_are_not() {
        for (cell, wanted) in [
            ("8?", Some(8.0)),
            ("~8", Some(8.0)),
            ("8-ish", Some(8.0)),
            ("7½", Some(7.5)),
            ("7-8", Some(7.5)),
            ("7 – 8", Some(7.5)),
            ("8 (guess)", Some(8.0)),
            ("8", None),
            ("-3", None),
            ("high-ish", None),
            ("2025-08-07", None),
            ("#REF!", None),
            ("", None),
        ] {
            assert_eq!(number(cell), wanted, "{cell}");
        }
    }
}
