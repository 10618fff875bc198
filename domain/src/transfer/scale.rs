//! Ratings on any scale become levels of 1 to 10. The scale is a matter of the whole column, never of one cell.

use super::vocabulary::plain;
use super::{loose, words};
use serde::{Deserialize, Serialize};

/// The scale that a column of ratings is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// 1 to this many points.
    Points(u8),
    /// 0 to 100 %.
    Percent,
    /// High, medium, low.
    Levels,
    /// L, M, S as sizes of the work.
    Sizes,
}

/// A column of ratings as the scale guess sees it.
#[derive(Debug, Clone, Copy)]
pub struct Ratings<'a> {
    pub header: &'a str,
    pub cells: &'a [&'a str],
}

/// A rating as a level of 1 to 10.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    pub value: u8,
    /// How it came about, unless the cell said just that.
    pub note: Option<String>,
    /// Whether the cell needed some reading, such as "8?"; people are told.
    pub jotted: bool,
}

impl Scale {
    /// The sentence about a column on this scale; None when nothing is changed.
    pub fn notice(self, reversed: bool) -> Option<String> {
        let from = match self {
            Scale::Points(10) if !reversed => return None,
            Scale::Points(10) => "Effort from 1 to 10 becomes ease, reversed: 1 becomes 10".to_owned(),
            Scale::Points(points) if reversed => format!("Effort rescaled from 1-{points} and reversed to ease: 1 becomes 10"),
            Scale::Points(points) => format!("Rescaled from 1-{points}: 1 stays 1, {points} becomes 10"),
            Scale::Percent => "Rescaled from 0-100%: 80 becomes 8".to_owned(),
            Scale::Levels if reversed => "Read in words: high, medium and low effort become ease 2, 5 and 8".to_owned(),
            Scale::Levels => "Read in words: high, medium and low become 8, 5 and 2".to_owned(),
            Scale::Sizes => "Read as sizes: S, M and L become ease 8, 5 and 2".to_owned(),
        };
        Some(format!("{from}."))
    }

    /// The level of a cell, None for an empty one, or what is wrong with it.
    pub fn level(self, cell: &str, reversed: bool) -> Result<Option<Level>, String> {
        if is_blank(cell) {
            return Ok(None);
        }
        let (cell, scale) = match fraction(cell) {
            Some((value, points)) => (value, Scale::Points(points)),
            None => (cell, self),
        };
        match scale {
            Scale::Points(points) => {
                point_level(cell, points, reversed).or_else(|wrong| jotted(cell, self, reversed).ok_or(wrong)).map(Some)
            }
            Scale::Percent => percent_level(cell, reversed).map(Some),
            Scale::Levels => word_level(words::level(cell).or_else(|| letter(cell)), cell, reversed).map(Some),
            Scale::Sizes => word_level(size(cell), cell, reversed).map(Some),
        }
    }
}

/// A cell that is no plain number on points: "8?", "7-8", "80%", "High".
fn jotted(cell: &str, scale: Scale, reversed: bool) -> Option<Level> {
    let points = if let Scale::Points(points) = scale { points } else { 10 };
    let read = if let Some(value) = loose::number(cell) {
        point_level(&value.to_string(), points, reversed)
    } else if cell.contains('%') {
        percent_level(cell, reversed)
    } else {
        word_level(words::level(cell), cell, reversed)
    };
    let level = read.ok()?;
    let rounded = loose::number(cell).filter(|value| points == 10 && value.fract() > 0.0);
    let how = rounded.map_or_else(|| level.value.to_string(), |value| format!("{value}, rounded to {}", level.value));
    Some(Level { note: Some(format!("“{}” is read as {how}", shortened(cell))), jotted: true, ..level })
}

/// Whether a cell says that there is nothing yet: "?", "n/a", "tbc".
pub fn is_blank(cell: &str) -> bool {
    const NOTHING: &str = "|n a|na|?|??|???|tbd|tbc|tba|to be confirmed|to be decided|to be defined|none|null|nil|unknown|k a|keine angabe|unbekannt|\
                           nc|nr|n d|nd|a definir|a confirmer|inconnu|n v t|nvt|onbekend|por definir|sin datos|desconocido|s d|da definire|ukendt|mangler|";
    let short = cell.len() <= 24;
    words::is_nothing(cell) || (short && NOTHING.contains(&format!("|{}|", plain(cell))))
}

/// A rating as a number; a comma is always decimal, since no rating has thousands.
pub fn rating(cell: &str) -> Option<f64> {
    let text = cell.trim().replace(',', ".").replace('\u{2212}', "-");
    let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
    let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

fn percent(cell: &str) -> Option<f64> {
    rating(cell.trim().trim_end_matches('%').trim_end())
}

/// "4/5" as 4 on five points.
fn fraction(cell: &str) -> Option<(&str, u8)> {
    let (value, points) = cell.split_once('/')?;
    let points: u8 = points.trim().parse().ok().filter(|points| matches!(points, 3..=10))?;
    rating(value).map(|_| (value.trim(), points))
}

/// H, M and L for high, medium and low.
fn letter(cell: &str) -> Option<u8> {
    match plain(cell).as_str() {
        "h" => Some(8),
        "m" => Some(5),
        "l" => Some(2),
        _ => None,
    }
}

fn size(cell: &str) -> Option<u8> {
    Some(match plain(cell).as_str() {
        "xxs" | "xs" => 1,
        "s" => 2,
        "m" => 5,
        "l" => 8,
        "xl" | "xxl" => 9,
        _ => return None,
    })
}

fn half_up(value: f64) -> u8 {
    let rounded = (value + 1e-9 + 0.5).floor().clamp(1.0, 10.0);
    (1..=10).find(|level| f64::from(*level) >= rounded).unwrap_or(10)
}

fn point_level(cell: &str, points: u8, reversed: bool) -> Result<Level, String> {
    let value = number(cell, &format!("from 1 to {points}"))?;
    if !(1.0..=f64::from(points)).contains(&value) {
        return Err(format!("{} is outside 1 to {points}.", cell.trim()));
    }
    let eased = if reversed { f64::from(points) + 1.0 - value } else { value };
    let steps = f64::from(points.max(2)) - 1.0;
    let exact = if points == 10 { eased } else { 1.0 + (eased - 1.0) * 9.0 / steps };
    let level = half_up(exact);
    let halved = (f64::from(level) - exact).abs() > 1e-6;
    let note = match (points, reversed) {
        (10, false) => halved.then(|| format!("{} rounded to {level}", cell.trim())),
        (10, true) => Some(format!("reversed from effort {} of 10", cell.trim())),
        (_, false) => Some(format!("rescaled from 1-{points}: {value} of {points}")),
        (_, true) => Some(format!("rescaled from 1-{points} and reversed: effort {value} of {points}")),
    };
    Ok(Level { value: level, note, jotted: false })
}

fn percent_level(cell: &str, reversed: bool) -> Result<Level, String> {
    let value = percent(cell).ok_or_else(|| not_a_number(cell, "from 0 to 100%"))?;
    if !(0.0..=100.0).contains(&value) {
        return Err(format!("{} is outside 0 to 100%.", cell.trim()));
    }
    let tenths = value / 10.0;
    let level = half_up(if reversed { 11.0 - tenths } else { tenths });
    Ok(Level { value: level, note: Some(format!("rescaled from percent: {value}%")), jotted: false })
}

fn word_level(level: Option<u8>, cell: &str, reversed: bool) -> Result<Level, String> {
    let level = level.ok_or_else(|| not_a_number(cell, "nor a level such as High, Medium or Low"))?;
    let reverse = |level: u8| match level {
        1 => 9,
        2 => 8,
        5 => 5,
        8 => 2,
        _ => 1,
    };
    let value = if reversed { reverse(level) } else { level };
    Ok(Level { value, note: Some(format!("“{}” read as {value}", cell.trim())), jotted: false })
}

fn number(cell: &str, range: &str) -> Result<f64, String> {
    match rating(cell) {
        Some(value) => Ok(value),
        None if cell.trim().starts_with('=') => Err(format!("“{}” is a formula, not a number {range}.", shortened(cell))),
        None => Err(not_a_number(cell, range)),
    }
}

fn not_a_number(cell: &str, range: &str) -> String {
    format!("“{}” is not a number {range}.", shortened(cell))
}

fn shortened(cell: &str) -> String {
    let line = crate::text::one_line(cell);
    if line.chars().count() <= 40 { line } else { format!("{}…", line.chars().take(40).collect::<String>()) }
}

/// The scale of each column. A heading such as "Impact (1-5)" settles it; numbers are judged over all rows, and
/// columns that share a file are taken to share a scale unless one plainly uses five points.
pub fn detect(columns: &[Ratings]) -> Vec<Scale> {
    let numbers: Vec<Vec<f64>> = columns.iter().map(|one| one.cells.iter().filter_map(|cell| rating(cell)).collect()).collect();
    let above_five = numbers.iter().flatten().any(|value| *value > 5.0);
    let above_ten = numbers.iter().flatten().filter(|value| **value > 10.0).count();
    columns.iter().zip(&numbers).map(|(column, numbers)| detect_one(*column, numbers, (above_five, above_ten))).collect()
}

/// The scale of one column; `above` says whether any rating of the file is above five, and how many are above ten.
fn detect_one(column: Ratings, numbers: &[f64], above: (bool, usize)) -> Scale {
    let filled: Vec<&str> = column.cells.iter().copied().filter(|cell| !is_blank(cell)).collect();
    let most = |fits: &dyn Fn(&str) -> bool| filled.iter().filter(|cell| fits(cell)).count() * 2 > filled.len();
    // L is low beside H, and large beside S.
    let letters = filled.iter().any(|cell| cell.eq_ignore_ascii_case("h"));
    if numbers.is_empty() && most(&|cell| words::level(cell).is_some() || (letters && letter(cell).is_some())) {
        return Scale::Levels;
    }
    if numbers.is_empty() && most(&|cell| size(cell).is_some()) {
        return Scale::Sizes;
    }
    if most(&|cell| cell.contains('%') && percent(cell).is_some()) {
        return Scale::Percent;
    }
    if let Some(scale) = told(column.header) {
        return scale;
    }
    let over_ten = numbers.iter().filter(|value| (10.0..=100.0).contains(*value) && **value > 10.0).count();
    if (numbers.len() >= 3 || above.1 >= 3) && over_ten * 2 > numbers.len() {
        return Scale::Percent;
    }
    if uses_five_points(numbers, above.0) { Scale::Points(5) } else { Scale::Points(10) }
}

fn uses_five_points(numbers: &[f64], others_above_five: bool) -> bool {
    let top = numbers.iter().copied().fold(f64::MIN, f64::max);
    let bottom = numbers.iter().copied().fold(f64::MAX, f64::min);
    if top > 5.0 || top - bottom < 1.0 {
        return false;
    }
    if others_above_five { numbers.len() >= 12 && top > 4.9 && bottom < 2.1 } else { numbers.len() >= 3 && top > 2.9 }
}

/// The scale that a heading tells, such as "(1-5)", "/ 10" or "%".
fn told(header: &str) -> Option<Scale> {
    let numbers: Vec<u32> =
        header.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).filter_map(|digits| digits.parse().ok()).collect();
    let slashed =
        header.contains('/') || [" of ", " sur ", " von ", " van ", " sobre ", " su "].iter().any(|of| header.to_lowercase().contains(of));
    match numbers.as_slice() {
        [0 | 1, 100] => Some(Scale::Percent),
        [0 | 1, points @ 3..=10] => u8::try_from(*points).ok().map(Scale::Points),
        [points @ 3..=10, 1] => u8::try_from(*points).ok().map(Scale::Points),
        [100] if slashed => Some(Scale::Percent),
        [points @ 3..=10] if slashed => u8::try_from(*points).ok().map(Scale::Points),
        [] if header.contains('%') => Some(Scale::Percent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(scale: Scale, cell: &str, reversed: bool) -> u8 {
        scale.level(cell, reversed).unwrap().unwrap().value
    }

    #[test]
    fn five_points_become_ten() {
        for (cell, level) in [("1", 1), ("2", 3), ("3", 6), ("4", 8), ("5", 10), ("3.0", 6)] {
            assert_eq!(value(Scale::Points(5), cell, false), level);
        }
        assert_eq!(value(Scale::Points(5), "1", true), 10);
        assert_eq!(value(Scale::Points(10), "3,0", true), 8);
        assert_eq!(value(Scale::Points(10), "7,5", false), 8);
        let note = Scale::Points(5).level("4", false).unwrap().unwrap().note;
        assert_eq!(note.as_deref(), Some("rescaled from 1-5: 4 of 5"));
    }

    #[test]
    fn jotted_ratings_are_read_and_said() {
        for (cell, level, note) in [
            ("8?", 8, "“8?” is read as 8"),
            ("7-8", 8, "“7-8” is read as 7.5, rounded to 8"),
            ("80%", 8, "“80%” is read as 8"),
            ("High", 8, "“High” is read as 8"),
        ] {
            let read = Scale::Points(10).level(cell, false).unwrap().unwrap();
            assert_eq!((read.value, read.note.as_deref(), read.jotted), (level, Some(note), true));
        }
        assert_eq!(Scale::Points(10).level("tbc", false), Ok(None));
        assert!(Scale::Points(10).level("11?", false).is_err());
    }

    #[test]
    fn what_is_off_the_scale_is_refused() {
        for (cell, message) in [
            ("11", "11 is outside 1 to 10."),
            ("-3", "-3 is outside 1 to 10."),
            ("0", "0 is outside 1 to 10."),
            ("#REF!", "“#REF!” is not a number from 1 to 10."),
            ("=2*4", "“=2*4” is a formula, not a number from 1 to 10."),
        ] {
            assert_eq!(Scale::Points(10).level(cell, false), Err(message.to_owned()));
        }
        assert_eq!(Scale::Points(10).level(" - ", false), Ok(None));
    }

    #[test]
    fn the_column_tells_its_scale() {
        let scale = |header: &str, cells: &[&str]| detect(&[Ratings { header, cells }])[0];
        assert_eq!(scale("Impact", &["4", "3", "5"]), Scale::Points(5));
        assert_eq!(scale("Impact (1-10)", &["4", "3", "5"]), Scale::Points(10));
        assert_eq!(scale("Impact /5", &["4"]), Scale::Points(5));
        assert_eq!(scale("Impact", &["5", "5", "5"]), Scale::Points(10));
        assert_eq!(scale("Impact", &["8", "3", "5"]), Scale::Points(10));
        assert_eq!(scale("Confidence", &["80 %", "50%"]), Scale::Percent);
        assert_eq!(scale("Confidence", &["80", "50", "100"]), Scale::Percent);
        assert_eq!(scale("Confidence", &["High", "Med", ""]), Scale::Levels);
        assert_eq!(scale("Effort", &["S", "XL", "M"]), Scale::Sizes);
        assert_eq!(scale("Effort", &["H", "L", "M"]), Scale::Levels);
        let both = detect(&[Ratings { header: "Impact", cells: &["8", "9", "7"] }, Ratings { header: "Ease", cells: &["4", "2", "5"] }]);
        assert_eq!(both, [Scale::Points(10), Scale::Points(10)]);
    }

    proptest! {
        #[test]
        fn a_higher_rating_never_gets_a_lower_level(points in 3u8..=10, a in 10u32..=100, b in 10u32..=100) {
            let top = u32::from(points) * 10;
            let cell = |tenths: u32| (f64::from(tenths.min(top)) / 10.0).to_string();
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(value(Scale::Points(points), &cell(low), false) <= value(Scale::Points(points), &cell(high), false));
            prop_assert!(value(Scale::Points(points), &cell(low), true) >= value(Scale::Points(points), &cell(high), true));
        }
    }
}
