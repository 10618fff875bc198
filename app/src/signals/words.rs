//! Figures of the inventory as people read them.

use chrono::{Datelike, NaiveDate};
use domain::signals::{Change, Rate, Signal};

/// 0.48 as "48%"; a share below 1 % keeps a digit.
pub fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.01 { format!("{:.1}%", share * 100.0) } else { format!("{:.0}%", share * 100.0) }
}

/// "47.0 to 49.0%".
pub fn range(low: f64, high: f64) -> String {
    format!("{:.1} to {:.1}%", low * 100.0, high * 100.0)
}

/// "+6%", "−3%", "0%".
pub fn change(change: Change) -> String {
    let Some(share) = change.share else { return "from none".to_owned() };
    let rounded = format!("{:.0}%", share.abs() * 100.0);
    match rounded.as_str() {
        "0%" => rounded,
        _ if share < 0.0 => format!("\u{2212}{rounded}"),
        _ => format!("+{rounded}"),
    }
}

/// "23 Oct to 19 Nov 2026".
pub fn period(from: NaiveDate, to: NaiveDate) -> String {
    let last = crate::ui::date(to);
    match from {
        from if from == to => last,
        from if from.year() == to.year() => format!("{} to {last}", from.format("%-d %b")),
        from => format!("{} to {last}", crate::ui::date(from)),
    }
}

/// What the plot of an exit rate shows.
pub fn rate_label(signal: &Signal, rate: Rate) -> String {
    let usual = &signal.reading.usual;
    let average = usual.average.map(|average| format!("; site average {}", percent(average))).unwrap_or_default();
    let band = usual.low.zip(usual.high).map(|(low, high)| format!("; usually {}", range(low, high))).unwrap_or_default();
    let out = if signal.reading.stands_out { "; above the site average" } else { "" };
    format!("{} of visits end here, likely between {}{average}{band}{out}", percent(rate.share), range(rate.low, rate.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn changes_have_real_signs() {
        let said = |share| change(Change { share, from: NaiveDate::default(), to: NaiveDate::default() });
        for (share, words) in [(Some(0.06), "+6%"), (Some(-0.031), "−3%"), (Some(0.002), "0%"), (Some(-0.001), "0%"), (None, "from none")]
        {
            assert_eq!(said(share), words);
        }
    }

    #[test]
    fn a_period_names_each_year_once() {
        assert_eq!(period(day("2026-10-23"), day("2026-11-19")), "23 Oct to 19 Nov 2026");
        assert_eq!(period(day("2025-12-23"), day("2026-01-19")), "23 Dec 2025 to 19 Jan 2026");
        assert_eq!(period(day("2026-11-19"), day("2026-11-19")), "19 Nov 2026");
    }
}
