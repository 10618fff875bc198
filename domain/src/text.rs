//! Checks on plain text that every feature shares: lines, slugs, e-mail addresses, tags.

pub mod address;
mod numbers;

pub(crate) use numbers::{bare, grouped};
pub use numbers::{parse_number, whole_count};

use crate::errors::FieldErrors;

/// The longest title, name or other single line, in characters.
pub const LINE_LIMIT: usize = 300;
/// The longest text of several lines, in characters.
pub const TEXT_LIMIT: usize = 20_000;

/// The text without outer space and control characters, on one line.
pub fn one_line(raw: &str) -> String {
    raw.split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// "two", as a sentence counts; from ten on in digits.
pub fn count_word(count: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The text without outer space; line ends become `\n`, other control characters but tabs go.
pub fn many_lines(raw: &str) -> String {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

/// A required single line.
pub fn required_line(errors: &mut FieldErrors, field: &str, what: &str, raw: &str) -> String {
    let line = one_line(raw);
    errors.require(!line.is_empty(), field, format!("{what} is missing."));
    limited(errors, field, what, line, LINE_LIMIT)
}

/// A single line that may be empty; empty reads as none.
pub fn optional_line(errors: &mut FieldErrors, field: &str, what: &str, raw: Option<&str>) -> Option<String> {
    let line = one_line(raw.unwrap_or_default());
    (!line.is_empty()).then(|| limited(errors, field, what, line, LINE_LIMIT))
}

/// Several lines that may be empty; empty reads as none.
pub fn optional_text(errors: &mut FieldErrors, field: &str, what: &str, raw: Option<&str>) -> Option<String> {
    let text = many_lines(raw.unwrap_or_default());
    (!text.is_empty()).then(|| limited(errors, field, what, text, TEXT_LIMIT))
}

fn limited(errors: &mut FieldErrors, field: &str, what: &str, text: String, limit: usize) -> String {
    let length = text.chars().count();
    errors.require(length <= limit, field, format!("{what} has {length} characters; {limit} is the most."));
    text
}

/// Lower-case words joined by hyphens, as in addresses: "Product page" becomes `product-page`.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match fold(c) {
            Some(plain) => slug.push_str(plain),
            None if c.is_ascii_alphanumeric() => slug.push(c),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
        if slug.len() > 60 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

pub(crate) fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'æ' => "ae",
        'ö' | 'ø' | 'œ' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' => "s",
        'ù' | 'ú' | 'û' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Whether the text is a slug: 1 to 63 lower-case letters, digits and inner hyphens.
pub fn is_slug(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// A required slug.
pub fn required_slug(errors: &mut FieldErrors, field: &str, raw: &str) -> String {
    let slug = raw.trim().to_owned();
    errors.require(is_slug(&slug), field, "Use 1 to 63 lower-case letters, digits and hyphens, such as “north-shop”.");
    slug
}

/// A required e-mail address, in lower case. Only its shape is looked at.
pub fn required_email(errors: &mut FieldErrors, field: &str, raw: &str) -> String {
    let email = raw.trim().to_lowercase();
    let shaped = email.len() <= 254
        && !email.contains(|c: char| c.is_whitespace() || c.is_control())
        && email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.len() >= 3
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        });
    errors.require(shaped, field, "This is not an e-mail address. It should look like name@company.com.");
    email
}

/// An optional web address; only http and https are taken, so that a link can never run a script.
pub fn optional_url(errors: &mut FieldErrors, field: &str, raw: Option<&str>) -> Option<String> {
    let url = optional_line(errors, field, "The address", raw)?;
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    errors.require(host.is_some_and(|rest| !rest.is_empty()), field, "A web address starts with https:// or http://.");
    Some(url)
}

/// Tags in lower case, each once, in the order given. At most 20.
pub fn tags(errors: &mut FieldErrors, field: &str, raw: &[String]) -> Vec<String> {
    let mut tags = Vec::<String>::new();
    for tag in raw.iter().map(|tag| one_line(tag).to_lowercase()).filter(|tag| !tag.is_empty()) {
        errors.require(tag.chars().count() <= 40, field, format!("The tag “{tag}” is longer than 40 characters."));
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    errors.require(tags.len() <= 20, field, "At most 20 tags.");
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_made_from_names() {
        for (name, slug) in [("Product page", "product-page"), ("  Über uns! ", "ueber-uns"), ("Fern & Oak", "fern-oak"), ("日本", "")] {
            assert_eq!(slug_of(name), slug);
        }
    }

    #[test]
    fn addresses_are_checked_by_their_shape() {
        for (raw, good) in [
            ("a@b.co", true),
            ("A.B+c@Shop.Example", true),
            ("a@b", false),
            ("a b@c.de", false),
            ("@c.de", false),
            ("a@.de", false),
            ("a\0b@c.de", false),
        ] {
            let mut errors = FieldErrors::default();
            required_email(&mut errors, "email", raw);
            assert_eq!(errors.is_empty(), good, "{raw}");
        }
    }

    #[test]
    fn a_link_that_runs_script_is_refused() {
        let mut errors = FieldErrors::default();
        optional_url(&mut errors, "url", Some("javascript:alert(1)"));
        assert!(!errors.is_empty());
    }

    #[test]
    fn control_characters_never_reach_a_title() {
        assert_eq!(one_line(" a\u{0}b\n\u{7}c  d "), "ab c d");
        assert_eq!(many_lines("a\r\nb\u{0}\tc\r"), "a\nb\tc");
    }
}
