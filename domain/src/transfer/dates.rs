//! Days as people and tools write them. Whether 03/04 is in March or in April is decided by the whole column.

use chrono::NaiveDate;

/// Why a cell is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDate {
    Unreadable,
    /// Such as 31 February.
    NotInCalendar,
    /// Day and month could change places.
    Ambiguous,
}

/// A day whose parts are told apart, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Known { year: i32, month: u32, day: u32 },
    Numbers { first: u32, second: u32, year: i32 },
    Serial(i64),
}

/// Whether the text has the shape of a day, be it a good one or not.
pub fn is_date(raw: &str) -> bool {
    shape(raw).is_some_and(|shape| !matches!(shape, Shape::Serial(_)))
}

/// Whether days come first in this column; None when nothing tells, or when the cells tell both.
pub fn day_first<'a>(cells: impl Iterator<Item = &'a str>) -> Option<bool> {
    let (mut days, mut months) = (false, false);
    for cell in cells {
        if let Some(Shape::Numbers { first, second, .. }) = shape(cell) {
            days |= first > 12;
            months |= second > 12;
        }
    }
    (days != months).then_some(days)
}

/// The day that a cell names.
pub fn read(raw: &str, day_first: Option<bool>) -> Result<NaiveDate, NoDate> {
    let (year, month, day) = match shape(raw).ok_or(NoDate::Unreadable)? {
        Shape::Known { year, month, day } => (year, month, day),
        Shape::Numbers { first, second, year } => match day_first {
            _ if first > 12 => (year, second, first),
            _ if second > 12 => (year, first, second),
            _ if first == second => (year, first, second),
            Some(true) => (year, second, first),
            Some(false) => (year, first, second),
            None => return Err(NoDate::Ambiguous),
        },
        Shape::Serial(days) => {
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(NoDate::Unreadable)?;
            let span = chrono::TimeDelta::try_days(days).ok_or(NoDate::Unreadable)?;
            return epoch.checked_add_signed(span).ok_or(NoDate::Unreadable);
        }
    };
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NoDate::NotInCalendar)
}

/// What parts the first day of a period from its last.
const BETWEEN: [&str; 7] = [" to ", " bis ", " until ", " – ", " - ", "–", ".."];

/// The two days of "23 Oct 2026 – 19 Nov 2026"; a cell of one day as it is.
pub fn halves(cell: &str) -> Vec<&str> {
    let parted = BETWEEN.iter().find_map(|between| cell.split_once(between));
    parted.map_or_else(|| vec![cell], |(from, to)| vec![from.trim(), to.trim()])
}

/// A day from less than a day: the Monday of a week, the first of a month; with how it was chosen.
pub fn roughly(raw: &str) -> Option<(NaiveDate, &'static str)> {
    const WEEKS: [&str; 8] = ["w/c", "wc", "week commencing", "week of", "semaine du", "kw", "week", "woche vom"];
    let text = raw.trim().to_lowercase();
    if let Some(rest) = WEEKS.iter().find_map(|word| text.strip_prefix(word)) {
        let day = read(rest, Some(true)).ok()?;
        return Some((monday(day), "the Monday of that week"));
    }
    if let Some((year, week)) = text.split_once("-w").or_else(|| text.split_once(" w")) {
        let week = NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, chrono::Weekday::Mon)?;
        return Some((week, "the Monday of that week"));
    }
    let words: Vec<&str> = text.split([' ', '-', '/', '.', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let year = |word: &str| (word.len() == 4).then(|| word.parse::<i32>().ok()).flatten().filter(|year| (1990..=2100).contains(year));
    let (year, month) = match words.as_slice() {
        [name, last] if month(name).is_some() => (year(last)?, month(name)?),
        [first, number] if number.len() == 2 => (year(first)?, number.parse().ok()?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, 1).map(|day| (day, "the first of that month"))
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).first_day()
}

/// One word of a date.
enum Word {
    Number { value: u32, digits: usize },
    Month(u32),
}

fn shape(raw: &str) -> Option<Shape> {
    let text = raw.trim().to_lowercase();
    if text.is_empty() || text.chars().count() > 60 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return compact(&text);
    }
    let spaced = without_t(&text);
    let mut words = Vec::new();
    let mut rest = spaced.split([' ', ',', '.', '/', '-', '\u{a0}', '\u{202f}', '\u{2013}']).filter(|word| !word.is_empty());
    while words.len() < 3 {
        match word(rest.next()?) {
            Some(word) => words.push(word),
            None if words.is_empty() || words.len() < 3 => continue,
            None => return None,
        }
    }
    if !rest.all(is_time) || has_prose(&text) {
        return None;
    }
    let dotted = text.split(char::is_whitespace).next().unwrap_or_default().contains('.');
    arrange(&words, dotted)
}

fn arrange(words: &[Word], dotted: bool) -> Option<Shape> {
    use Word::{Month, Number};
    match words {
        [Number { value: year, digits: 4 }, Number { value: month, .. }, Number { value: day, .. }] => {
            Some(Shape::Known { year: i32::try_from(*year).ok()?, month: *month, day: *day })
        }
        [Number { value: year, digits: 4 }, Month(month), Number { value: day, .. }] => {
            Some(Shape::Known { year: i32::try_from(*year).ok()?, month: *month, day: *day })
        }
        [Number { value: day, .. }, Month(month), Number { value, digits }]
        | [Month(month), Number { value: day, .. }, Number { value, digits }] => {
            Some(Shape::Known { year: full_year(*value, *digits)?, month: *month, day: *day })
        }
        [Number { value: first, digits: 1..=2 }, Number { value: second, digits: 1..=2 }, Number { value, digits }] => {
            let year = full_year(*value, *digits)?;
            let known = Shape::Known { year, month: *second, day: *first };
            Some(if dotted { known } else { Shape::Numbers { first: *first, second: *second, year } })
        }
        _ => None,
    }
}

fn full_year(value: u32, digits: usize) -> Option<i32> {
    let year = match digits {
        4 => value,
        2 => 2000 + value,
        _ => return None,
    };
    i32::try_from(year).ok()
}

/// 20250314, or the number of a day as spreadsheets count them.
fn compact(digits: &str) -> Option<Shape> {
    let number: u32 = digits.parse().ok()?;
    match digits.len() {
        8 if digits.starts_with("19") || digits.starts_with("20") => {
            Some(Shape::Known { year: i32::try_from(number / 10_000).ok()?, month: number / 100 % 100, day: number % 100 })
        }
        5 if (30_000..=70_000).contains(&number) => Some(Shape::Serial(i64::from(number))),
        _ => None,
    }
}

/// "2025-03-14t09:41" with a space for the letter.
fn without_t(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    let between = |index: usize| index > 0 && digit(index - 1) && digit(index + 1);
    chars.iter().enumerate().map(|(index, c)| if *c == 't' && between(index) { ' ' } else { *c }).collect()
}

fn word(raw: &str) -> Option<Word> {
    let digits = raw.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = raw.get(digits.len()..).unwrap_or_default();
    let ordinal = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "e");
    if !digits.is_empty() && digits.len() <= 4 && ordinal && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Word::Number { value: digits.parse().ok()?, digits: digits.len() });
    }
    month(raw).map(Word::Month)
}

fn month(raw: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "|jan|january|januar|janvier|janv|enero|ene|januari|",
        "|feb|february|februar|fevrier|fevr|fev|febrero|februari|",
        "|mar|march|maerz|mrz|mars|marzo|maart|mrt|marts|",
        "|apr|april|avril|avr|abril|abr|",
        "|may|mai|mayo|mei|maj|",
        "|jun|june|juni|juin|junio|",
        "|jul|july|juli|juillet|juil|julio|",
        "|aug|august|aout|agosto|ago|augustus|",
        "|sep|sept|september|septembre|septiembre|set|",
        "|oct|october|oktober|okt|octobre|octubre|",
        "|nov|november|novembre|noviembre|",
        "|dec|december|dezember|dez|decembre|diciembre|dic|",
    ];
    let name = format!("|{}|", super::vocabulary::plain(raw));
    let index = MONTHS.iter().position(|names| name.len() > 2 && names.contains(&name))?;
    u32::try_from(index + 1).ok()
}

fn is_time(word: &str) -> bool {
    let clock = word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '+' | 'z' | 'h' | 'a' | 'p' | 'm'));
    clock || matches!(word, "am" | "pm" | "z" | "utc" | "gmt" | "cet" | "cest" | "uhr" | "at" | "à" | "kl")
}

/// Whether letters other than those of a date stand in the text.
fn has_prose(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let strange = |word: &&str| {
        let known = "|st|nd|rd|th|er|e|t|am|pm|z|h|utc|gmt|cet|cest|uhr|at|à|a|kl|de|del|den|le|der|the|of|um|d|";
        let weekday =
            ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mer", "jeu"];
        !known.contains(&format!("|{word}|")) && month(word).is_none() && !weekday.iter().any(|day| word.starts_with(day))
    };
    words.filter(strange).count() > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_tools_write_them() {
        for raw in [
            "2025-03-14",
            "2025-03-14T09:41:00Z",
            "2025-03-14 9:41am",
            "14.03.2025",
            "14.3.25",
            "14/03/2025",
            "14-03-2025",
            "3/14/2025",
            "Mar 14, 2025",
            "March 14, 2025 9:41 AM",
            "14 March 2025",
            "14. März 2025",
            "14/Mar/25 9:41 AM",
            "14 de marzo de 2025",
            "14 mars 2025 à 10:12",
            "Fri 14th March 2025",
            "20250314",
            "45730",
        ] {
            assert_eq!(read(raw, None), Ok(NaiveDate::from_ymd_opt(2025, 3, 14).unwrap()), "{raw}");
        }
    }

    #[test]
    fn weeks_and_months_are_read_by_their_first_day() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        for (raw, wanted) in [
            ("w/c 9 Feb 2026", Some(day(2026, 2, 9))),
            ("Week of 11 February 2026", Some(day(2026, 2, 9))),
            ("2026-W07", Some(day(2026, 2, 9))),
            ("Feb 2026", Some(day(2026, 2, 1))),
            ("février 2026", Some(day(2026, 2, 1))),
            ("2026-02", Some(day(2026, 2, 1))),
            ("Q1 2026", None),
            ("9 Feb 2026", None),
            ("soon", None),
        ] {
            assert_eq!(roughly(raw).map(|(day, _)| day), wanted, "{raw}");
        }
    }

    #[test]
    fn the_column_decides_the_order() {
        let column = ["03/04/2025", "18/03/2025"];
        let order = day_first(column.into_iter());
        assert_eq!(order, Some(true));
        assert_eq!(read("03/04/2025", order), Ok(NaiveDate::from_ymd_opt(2025, 4, 3).unwrap()));
        assert_eq!(read("03/04/2025", None), Err(NoDate::Ambiguous));
        assert_eq!(day_first(["3/18/2025", "18/3/2025"].into_iter()), None);
    }

    #[test]
    fn what_is_no_day_is_told_apart() {
        assert_eq!(read("31/02/2025", None), Err(NoDate::NotInCalendar));
        for raw in ["soon", "8", "1.2.3", "", "Q2 2025", "ran 10 Feb 2025 and won", "12345", "version 1 2 2025"] {
            assert_eq!(read(raw, None), Err(NoDate::Unreadable), "{raw}");
        }
    }
}
