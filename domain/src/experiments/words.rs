//! Numbers and names as sentences show them: signs are real, digits are those that say something.

use crate::sites::{Metric, Unit};
use crate::stats::Interval;

/// A metric's name within a sentence: "Purchases per visitor" becomes "purchases per visitor".
pub fn name(metric: &Metric) -> String {
    let mut chars = metric.name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => metric.name.clone(),
    }
}

/// A variant at the beginning of a sentence: a number alone would read as a count.
pub fn variant(key: &str) -> String {
    if key.bytes().all(|byte| byte.is_ascii_digit()) { format!("Variant {key}") } else { key.to_owned() }
}

/// 288193 as "288,193".
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: "1 day", "3 days".
pub fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// 0.068 as "6.8%"; below 1 % with two digits.
pub fn percent(fraction: f64) -> String {
    format!("{}%", digits(fraction * 100.0))
}

/// 0.068 as "+6.8%".
pub fn signed_percent(fraction: f64) -> String {
    format!("{}{}", sign(fraction), percent(fraction.abs()))
}

/// "+2.4% and +11.5%".
pub fn percent_pair(interval: Interval) -> String {
    format!("{} and {}", signed_percent(interval.lower), signed_percent(interval.upper))
}

/// A difference in the metric's unit: "+0.86 points", "+0.12", "−1.3 s".
pub fn difference(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{}{} points", sign(value), digits(value.abs() * 100.0)),
        Unit::Seconds => format!("{}{} s", sign(value), digits(value.abs())),
        Unit::Money | Unit::Count => format!("{}{}", sign(value), digits(value.abs())),
    }
}

/// "+0.86 points and +1.14 points".
pub fn difference_pair(interval: Interval, unit: Unit) -> String {
    format!("{} and {}", difference(interval.lower, unit), difference(interval.upper, unit))
}

/// A p value: never 0, which no test can show.
pub fn p_value(p: f64) -> String {
    if p < 0.0001 { "p < 0.0001".into() } else { format!("p = {}", significant(p)) }
}

/// "A", "A and B", "A, B and C".
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn sign(value: f64) -> &'static str {
    if value < 0.0 { "\u{2212}" } else { "+" }
}

/// One digit behind the point, two below 1, three significant ones below 0.1; no needless zeros.
fn digits(value: f64) -> String {
    let text = match value.abs() {
        size if size >= 1.0 => format!("{value:.1}"),
        size if size >= 0.1 || size == 0.0 => format!("{value:.2}"),
        _ => significant(value),
    };
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Two significant digits of a number between 0 and 1.
fn significant(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 2 and 12")]
    let places = (1.0 - value.abs().log10().floor()).clamp(2.0, 12.0) as usize;
    format!("{value:.places$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([288_193, 1000, 999, 0].map(grouped), ["288,193", "1,000", "999", "0"]);
        assert_eq!([0.068, 0.5, 0.0015, 0.0, 0.000_49].map(percent), ["6.8%", "50%", "0.15%", "0%", "0.049%"]);
        assert_eq!(signed_percent(-0.142), "−14.2%");
        assert_eq!(difference(0.00863, Unit::Share), "+0.86 points");
        assert_eq!(difference(-1.25, Unit::Seconds), "−1.2 s");
        assert_eq!([0.0384, 1.6e-46, 0.402].map(p_value), ["p = 0.038", "p < 0.0001", "p = 0.40"]);
        assert_eq!(list(&["A".into(), "B".into(), "C".into()]), "A, B and C");
    }
}
