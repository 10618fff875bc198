//! Numbers, dates and ages as people say them.

use chrono::{DateTime, NaiveDate, Utc};

/// "20 Nov 2026".
pub fn date(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// "09:42", in UTC.
pub fn time_of_day(at: DateTime<Utc>) -> String {
    at.format("%H:%M").to_string()
}

/// "today", "6 d", "3 wk", "14 mo".
pub fn age(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let days = now.date_naive().signed_duration_since(then.date_naive()).num_days();
    match days {
        ..=0 => "today".to_owned(),
        1..=99 => format!("{days} d"),
        100..=364 => format!("{} wk", days / 7),
        _ => format!("{} mo", days * 12 / 365),
    }
}

/// "1,234,567".
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if value < 0 { format!("−{grouped}") } else { grouped }
}

/// "1 idea", "2 ideas".
pub fn plural(count: u64, one: &str, many: &str) -> String {
    let shown = number(i64::try_from(count).unwrap_or(i64::MAX));
    format!("{shown} {}", if count == 1 { one } else { many })
}

/// A number with at most one decimal and no needless zero: 7, 8.5.
pub fn trim_number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// "MO" for Maya Okafor.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (value, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_000, "−12,000")] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn ages_grow_from_days_to_months() {
        let now = DateTime::<Utc>::from_timestamp(1_800_000_000, 0).unwrap();
        for (days, text) in [(0, "today"), (6, "6 d"), (94, "94 d"), (200, "28 wk"), (430, "14 mo")] {
            assert_eq!(age(now - chrono::Duration::days(days), now), text);
        }
    }

    #[test]
    fn initials_are_of_the_first_and_last_name() {
        assert_eq!(initials("Maya Anne Okafor"), "MO");
        assert_eq!(initials("cher"), "C");
        assert_eq!(initials(""), "");
    }
}
