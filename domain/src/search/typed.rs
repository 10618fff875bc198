//! Typed queries: `stage:idea area:checkout owner:me evidence:none score:>7 outcome:loss stock filter`. What a list
//! understands narrows it; everything else stays words, so that no query is an error.

use crate::errors::FieldErrors;
use crate::text::{fold, is_slug, one_line};

/// A part of what somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// A name with its values, as in `stage:idea,parked`.
    Filter {
        name: String,
        values: Vec<String>,
        raw: String,
    },
}

/// The parts of a query, in their order. Values with blanks stand between quotation marks.
fn tokens(text: &str) -> Vec<Token> {
    split(&one_line(text)).into_iter().map(|part| token(&part)).collect()
}

/// Parts at blanks, but not within quotation marks; an unclosed one ends with the text.
fn split(text: &str) -> Vec<String> {
    let (mut parts, mut part, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' | '“' | '”' | '„' => {
                quoted = !quoted;
                part.push('"');
            }
            ' ' if !quoted => parts.push(std::mem::take(&mut part)),
            c => part.push(c),
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    parts
}

fn token(part: &str) -> Token {
    let word = || Token::Word(part.replace('"', ""));
    let Some((name, rest)) = part.split_once(':') else { return word() };
    let known = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    if !known || rest.is_empty() || rest.starts_with('/') {
        return word();
    }
    let values = values(rest);
    if values.is_empty() {
        return word();
    }
    Token::Filter { name: name.to_ascii_lowercase(), values, raw: part.replace('"', "") }
}

/// Values between commas; quoted ones keep theirs.
fn values(text: &str) -> Vec<String> {
    let (mut values, mut value, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => values.push(std::mem::take(&mut value)),
            c => value.push(c),
        }
    }
    values.push(value);
    values.retain(|value| !value.trim().is_empty());
    values
}

/// A value as slugs are written: "Evidence gathered" may mean `evidence_gathered` or `evidence-gathered`.
pub(super) fn spellings(value: &str) -> [String; 3] {
    let mut plain = String::new();
    for c in value.trim().chars().flat_map(char::to_lowercase) {
        match fold(c) {
            Some(folded) => plain.push_str(folded),
            None => plain.push(c),
        }
    }
    let joined = |by: &str| plain.replace([' ', '_', '-'], by);
    [value.trim().to_lowercase(), joined("_"), joined("-")]
}

/// What is left of a typed query once a list has taken its filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rest {
    /// The words, those of parts that were not understood among them.
    pub words: String,
    /// Parts with a name that were understood.
    pub understood: Vec<String>,
}

impl Rest {
    /// The words to search for. Signs that are neither words nor filters find nothing; they do not ask for everything.
    pub fn asked(&self, typed: &str) -> Option<String> {
        let only_signs = self.words.is_empty() && self.understood.is_empty();
        let words = if only_signs { typed } else { &self.words };
        (!words.is_empty()).then(|| words.to_owned())
    }
}

/// What belongs to the page and not to the question.
const OF_THE_PAGE: [&str; 3] = ["q", "cursor", "limit"];

/// Lets a list's query take the filters that it understands; `slugs` are those whose values are slugs. Of several values
/// all must be understood, or the whole part is words.
pub fn take_filters<Q: Clone>(query: &mut Q, text: &str, slugs: &[&str], read: fn(&mut Q, &mut FieldErrors, &str, &str)) -> Rest {
    let (mut words, mut understood) = (Vec::new(), Vec::new());
    for token in tokens(text) {
        match token {
            Token::Word(word) => words.push(word),
            Token::Filter { name, values, raw } => {
                let mut tried = query.clone();
                let mut takes = |value: &String| {
                    let fits = |spelling: &str| !OF_THE_PAGE.contains(&&*name) && (!slugs.contains(&&*name) || is_slug(spelling));
                    spellings(value).iter().filter(|spelling| fits(spelling)).any(|spelling| {
                        let mut errors = FieldErrors::default();
                        read(&mut tried, &mut errors, &name, spelling);
                        errors.is_empty()
                    })
                };
                if values.iter().all(&mut takes) {
                    *query = tried;
                    understood.push(raw);
                } else {
                    words.push(raw.replace(':', " "));
                }
            }
        }
    }
    Rest { words: words.join(" "), understood }
}

/// What a list says of a name that none of its filters has.
pub fn no_filter(name: &str, value: &str) -> String {
    format!("“{value}” cannot be filtered by: there is no filter “{name}”.")
}

/// A span of numbers in thousandths, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    pub low: Option<i64>,
    pub high: Option<i64>,
}

impl Span {
    /// `>7`, `>=7`, `<3`, `<=3`, `5..8` or `7`.
    pub fn parse(text: &str) -> Option<Span> {
        let milli = |text: &str| -> Option<i64> {
            let number = crate::text::parse_number(text.trim()).filter(|number| number.abs() < 1e9)?;
            #[expect(clippy::cast_possible_truncation, reason = "below a thousand times a thousand million")]
            let milli = (number * 1000.0).round() as i64;
            Some(milli)
        };
        let only = |low: Option<i64>, high: Option<i64>| Span { low, high };
        Some(if let Some((low, high)) = text.split_once("..") {
            only(Some(milli(low)?), Some(milli(high)?))
        } else if let Some(rest) = text.strip_prefix(">=") {
            only(Some(milli(rest)?), None)
        } else if let Some(rest) = text.strip_prefix("<=") {
            only(None, Some(milli(rest)?))
        } else if let Some(rest) = text.strip_prefix('>') {
            only(Some(milli(rest)? + 1), None)
        } else if let Some(rest) = text.strip_prefix('<') {
            only(None, Some(milli(rest)? - 1))
        } else {
            only(Some(milli(text)?), Some(milli(text)?))
        })
    }

    /// As it is typed.
    pub fn words(self) -> String {
        let shown = |milli: i64| {
            let rounded = milli as f64 / 1000.0;
            rounded.to_string()
        };
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => shown(low),
            (Some(low), Some(high)) => format!("{}..{}", shown(low), shown(high)),
            (Some(low), None) if low.rem_euclid(10) == 1 => format!(">{}", shown(low - 1)),
            (Some(low), None) => format!(">={}", shown(low)),
            (None, Some(high)) if high.rem_euclid(10) == 9 => format!("<{}", shown(high + 1)),
            (None, Some(high)) => format!("<={}", shown(high)),
            (None, None) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(found: &mut Vec<String>, errors: &mut FieldErrors, name: &str, value: &str) {
        let known = matches!((name, value), ("stage", "idea" | "evidence_gathered") | ("area" | "score", _));
        errors.require(known, name, "unknown");
        found.extend(known.then(|| format!("{name}={value}")));
    }

    fn taken(text: &str) -> (Vec<String>, String) {
        let mut found = Vec::new();
        let rest = take_filters(&mut found, text, &["area"], read);
        (found, rest.words)
    }

    #[test]
    fn filters_are_told_from_words() {
        for (text, filters, words) in [
            ("stock filter", &[][..], "stock filter"),
            ("stage:idea stock", &["stage=idea"], "stock"),
            ("Stage:Idea,evidence-gathered x", &["stage=idea", "stage=evidence_gathered"], "x"),
            ("stage:\"Evidence gathered\"", &["stage=evidence_gathered"], ""),
            ("area:“product page” badge", &["area=product-page"], "badge"),
            ("stage:nowhere", &[], "stage nowhere"),
            ("stage:idea,nowhere", &[], "stage idea,nowhere"),
            ("foo:bar http://shop.example 10:30 a: :b", &[], "foo bar http://shop.example 10:30 a: :b"),
            ("score:>7 \"two words", &["score=>7"], "two words"),
        ] {
            let (found, left) = taken(text);
            assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), left.as_str()), (filters, words), "{text}");
        }
    }

    #[test]
    fn nothing_that_can_be_typed_fails() {
        for text in ["", ":", "::", "\"", "a:\"", "a:,", "a:,,b", "\u{0}:x", "score:>", "score:..", "日本:語", "-stage:idea"] {
            let (_, words) = taken(text);
            assert!(words.chars().count() <= text.chars().count() + 1);
        }
    }

    #[test]
    fn spans_are_read_and_written_alike() {
        for (text, low, high) in [
            (">7", Some(7001), None),
            (">=7", Some(7000), None),
            ("<3.5", None, Some(3499)),
            ("<=3", None, Some(3000)),
            ("5..8", Some(5000), Some(8000)),
            ("7", Some(7000), Some(7000)),
        ] {
            let span = Span::parse(text).unwrap();
            assert_eq!((span.low, span.high), (low, high), "{text}");
            assert_eq!(Span::parse(&span.words()), Some(span), "{text}");
        }
        for text in ["", ">", "x", "..", "1..", "1e999"] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }
}
