//! Checks on plain text that every feature shares: lines, slugs, e-mail addresses, tags.

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
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'ù' | 'ú' | 'û' => "u",
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

/// A number as people write it: "1,234.5", "1.234,5", "12 345", "3,5", "−2". None when it is none.
/// A comma with exactly three digits behind it separates thousands ("12,345"), any other lone comma decimals
/// ("3,5"); a lone point separates decimals. Who knows better, such as a whole column, says so before.
pub fn parse_number(raw: &str) -> Option<f64> {
    let compact: String = raw.trim().chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
    let signed = compact.replace('\u{2212}', "-");
    let digits = signed.strip_prefix(['+', '-']).unwrap_or(&signed);
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let plain = match (digits.rfind(','), digits.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => digits.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => digits.replace(',', ""),
        (Some(_), None) if grouped(digits, ',') => digits.replace(',', ""),
        (Some(_), None) => digits.replacen(',', ".", 1),
        (None, Some(_)) if digits.matches('.').count() > 1 && grouped(digits, '.') => digits.replace('.', ""),
        _ => digits.to_owned(),
    };
    let number: f64 = plain.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(if signed.starts_with('-') { -number } else { number })
}

fn grouped(digits: &str, separator: char) -> bool {
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
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
    fn numbers_are_read_as_people_write_them() {
        for (raw, number) in [
            ("1234", Some(1234.0)),
            ("1,234.5", Some(1234.5)),
            ("1.234,5", Some(1234.5)),
            ("12 345", Some(12345.0)),
            ("12\u{a0}345,6", Some(12345.6)),
            ("3,5", Some(3.5)),
            ("12,345", Some(12345.0)),
            ("0,125", Some(0.125)),
            ("1.234.567", Some(1_234_567.0)),
            ("\u{2212}2", Some(-2.0)),
            ("+0.3", Some(0.3)),
            ("", None),
            ("abc", None),
            ("1,2,3", None),
            ("--1", None),
            ("1e5", None),
        ] {
            assert_eq!(parse_number(raw), number, "{raw}");
        }
    }

    #[test]
    fn control_characters_never_reach_a_title() {
        assert_eq!(one_line(" a\u{0}b\n\u{7}c  d "), "ab c d");
        assert_eq!(many_lines("a\r\nb\u{0}\tc\r"), "a\nb\tc");
    }
}
