//! Numbers as people write them, in forms and in tables.

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

/// A count: whole, so that separators in groups of three are thousands. None when it is no whole number.
pub fn whole_count(raw: &str) -> Option<i64> {
    if raw.contains('%') {
        return None;
    }
    let text = bare(raw)?;
    let digits = text.trim_start_matches(['-', '+']);
    let separators: Vec<char> = digits.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let whole = match separators.last() {
        None => digits.to_owned(),
        Some(last) if separators.iter().all(|one| one == last) && grouped(digits, *last) => digits.replace(*last, ""),
        Some(last) => {
            let (whole, decimals) = digits.rsplit_once(*last)?;
            let other = if *last == ',' { '.' } else { ',' };
            let zeros = decimals.bytes().all(|b| b == b'0') && !whole.contains(*last) && (!whole.contains(other) || grouped(whole, other));
            zeros.then(|| whole.replace(other, ""))?
        }
    };
    let count: i64 = whole.parse().ok()?;
    Some(if text.starts_with('-') { -count } else { count })
}

/// What stands behind a number and multiplies it; without it the number would be another one.
const MULTIPLIERS: [&str; 7] = ["k", "tsd", "m", "mn", "mio", "b", "bn"];

/// The digits and separators of a number, without spaces, currency and percent signs.
pub fn bare(raw: &str) -> Option<String> {
    let kept: String = raw
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '%' | '€' | '$' | '£' | '¥' | '\u{202f}' | '\u{a0}'))
        .map(|c| if c == '\u{2212}' || c == '\u{2013}' { '-' } else { c })
        .collect();
    let letters = |c: char| c.is_alphabetic();
    let unit = kept.trim_end_matches('.').rsplit(|c: char| !letters(c)).next().unwrap_or_default().to_lowercase();
    if MULTIPLIERS.contains(&&*unit) {
        return None;
    }
    let kept = if kept.chars().filter(|c| letters(*c)).count() <= 3 { kept.trim_matches(letters).trim_matches('.') } else { &kept };
    let digits = kept.strip_prefix(['-', '+']).unwrap_or(kept);
    let good = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    good.then(|| kept.to_owned())
}

/// Whether a separator parts groups of three digits.
pub fn grouped(digits: &str, separator: char) -> bool {
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole() {
        for (cell, count) in [
            ("10234", Some(10_234)),
            ("12,345", Some(12_345)),
            ("12.345", Some(12_345)),
            ("20\u{a0}411", Some(20_411)),
            ("1'234'567", Some(1_234_567)),
            ("1,234.00", Some(1_234)),
            ("-5", Some(-5)),
            ("12.5", None),
            ("1.234,5", None),
            ("3 %", None),
            ("12 pcs", Some(12)),
            ("12k", None),
            ("3 Mio.", None),
            ("many", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole_count(cell), count, "{cell}");
        }
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
}
