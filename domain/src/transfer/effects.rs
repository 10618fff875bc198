//! Expected effects in words, such as "+2 % to +5 %": a direction and relative sizes, or None where the words say more.

use crate::sites::Direction;

/// An effect as a cell tells it; sizes are fractions and never negative.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ToldEffect {
    /// None where no sign tells.
    pub direction: Option<Direction>,
    pub low: Option<f64>,
    /// None when there is one size: a second is never invented.
    pub high: Option<f64>,
}

/// Why a cell is kept as text instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoEffect {
    Words,
    /// "5" without a percent sign: 5 % is likely, not sure.
    NoPercent,
}

/// Words that may stand beside the sizes without changing them.
const GLUE: &str =
    "|to|til|à|a|bis|tot|and|und|et|en|y|og|ca|circa|about|approx|around|etwa|environ|from|von|de|fra|van|between|entre|zwischen|by|um|up|";

/// Reads a cell; `percent` says that the heading has the percent sign.
pub fn read(raw: &str, percent: bool) -> Result<ToldEffect, NoEffect> {
    let text = raw.replace(['\u{2212}', '\u{2013}', '\u{2014}'], "-").replace(['\u{a0}', '\u{202f}'], " ").to_lowercase();
    if let Some(direction) = direction_word(&text) {
        return Ok(ToldEffect { direction: Some(direction), low: None, high: None });
    }
    let sizes = sizes(&text).filter(|sizes| !sizes.is_empty()).ok_or(NoEffect::Words)?;
    if !percent && !text.contains('%') {
        return Err(NoEffect::NoPercent);
    }
    let down = |size: &Size| size.sign == Some('-');
    let direction = match sizes.as_slice() {
        [] => return Err(NoEffect::Words),
        [one, ..] if one.sign.is_none() => None,
        all if all.iter().all(down) => Some(Direction::Down),
        [one, other] if down(one) && other.sign.is_none() => Some(Direction::Down),
        all if all.iter().any(down) => return Err(NoEffect::Words),
        _ => Some(Direction::Up),
    };
    let mut values: Vec<f64> = sizes.iter().map(|size| size.value / 100.0).collect();
    values.sort_by(f64::total_cmp);
    if values.iter().any(|value| *value > 10.0) {
        return Err(NoEffect::Words);
    }
    Ok(ToldEffect { direction, low: values.first().copied(), high: values.get(1).copied() })
}

struct Size {
    sign: Option<char>,
    value: f64,
}

/// One or two numbers with nothing but glue around them.
fn sizes(text: &str) -> Option<Vec<Size>> {
    let mut sizes = Vec::new();
    let mut rest = text.trim();
    let mut sign = None;
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            let number = number.trim_end_matches(['.', ',']);
            sizes.push(Size { sign: sign.take(), value: number.replace(',', ".").parse().ok()? });
            // A dash right behind a size joins it to the next: "2-4 %" is a range, no loss.
            rest = after.trim_start().trim_start_matches('%').trim_start();
            rest = rest.strip_prefix('-').filter(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
        } else if matches!(c, '+' | '-') {
            sign = Some(c);
            rest = &rest[1..];
        } else if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if !GLUE.contains(&format!("|{word}|")) {
                return None;
            }
            rest = after;
        } else if c.is_whitespace() || matches!(c, '%' | '.' | '~' | '≈' | '/' | '(' | ')') {
            rest = &rest[c.len_utf8()..];
        } else {
            return None;
        }
    }
    (sizes.len() <= 2).then_some(sizes)
}

fn direction_word(text: &str) -> Option<Direction> {
    const UP: &str = "|up|increase|higher|more|rise|hausse|augmentation|steigt|steigerung|anstieg|hoeher|höher|mehr|sube|aumento|aumenta|stijging|hoger|stigning|stiger|hojere|højere|positive|positiv|↑|";
    const DOWN: &str = "|down|decrease|lower|less|fewer|drop|baisse|diminution|sinkt|senkung|rückgang|weniger|niedriger|baja|disminución|daling|lager|fald|falder|lavere|negative|negativ|↓|";
    let word = format!("|{}|", text.trim());
    if word.len() > 2 && UP.contains(&word) {
        Some(Direction::Up)
    } else if word.len() > 2 && DOWN.contains(&word) {
        Some(Direction::Down)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_signs_are_read() {
        use Direction::{Down, Up};
        for (raw, direction, low, high) in [
            ("+2 % à +4 %", Some(Up), Some(0.02), Some(0.04)),
            ("+2% to +5%", Some(Up), Some(0.02), Some(0.05)),
            ("3,5 %", None, Some(0.035), None),
            ("+1,5%", Some(Up), Some(0.015), None),
            ("-10 %", Some(Down), Some(0.1), None),
            ("2-4%", None, Some(0.02), Some(0.04)),
            ("2 – 5 %", None, Some(0.02), Some(0.05)),
            ("–4 % to –8 %", Some(Down), Some(0.04), Some(0.08)),
            ("-5 % til -10 %", Some(Down), Some(0.05), Some(0.1)),
            ("-5-10 %", Some(Down), Some(0.05), Some(0.1)),
            ("ca. 3\u{a0}%", None, Some(0.03), None),
            ("hausse", Some(Up), None, None),
        ] {
            assert_eq!(read(raw, false), Ok(ToldEffect { direction, low, high }), "{raw}");
        }
    }

    #[test]
    fn what_says_more_is_kept_as_text() {
        for raw in ["more sign-ups", "+3% demo requests", "-2% to +5%", "low", "fewer cancellations, -10 %", "1% 2% 3%", "5000 %", ""] {
            assert_eq!(read(raw, false), Err(NoEffect::Words), "{raw}");
        }
        assert_eq!(read("5", false), Err(NoEffect::NoPercent));
        assert_eq!(read("5", true).map(|effect| effect.low), Ok(Some(0.05)));
    }
}
