//! Whether the cells of a column can be what its heading says, and how much they speak for it.

use super::evidence::Evidence;
use super::field::Field;
use super::scale::{self, is_blank, rating};
use super::vocabulary::{Fit, Meaning};
use super::{loose, words};
use crate::text::parse_number;

/// The points for a meaning of a heading, above 0 only where the cells can be it. `first` is the heading's first meaning.
pub fn points(meaning: Meaning, first: bool, cells: &[&str], evidence: &Evidence) -> i64 {
    let Meaning { field, strength, .. } = meaning;
    if !can_be(meaning, first, cells, evidence) {
        return 0;
    }
    (i64::from(strength) + support(field, evidence)).max(1)
}

fn can_be(meaning: Meaning, first: bool, cells: &[&str], evidence: &Evidence) -> bool {
    let share = |test: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| test(cell)).count() * 2;
    let most = |test: &dyn Fn(&str) -> bool| share(test) > cells.len();
    let half = |test: &dyn Fn(&str) -> bool| !cells.is_empty() && share(test) >= cells.len();
    let strict = meaning.fit == Fit::Strict;
    let told =
        evidence.numbers <= 0.5 && evidence.links <= 0.5 && evidence.days <= 0.5 && evidence.switches <= 0.5 && evidence.sizes <= 0.5;
    match meaning.field {
        Field::Effort if most(&|cell| rating(cell).is_some_and(|value| value > 10.0)) => false,
        Field::Impact | Field::Confidence | Field::Ease | Field::Effort if strict => half(&is_rating),
        Field::Impact | Field::Confidence | Field::Ease | Field::Effort => {
            !most(&|cell| is_prose(cell) || parse_number(cell).is_some_and(|value| value > 100.0))
        }
        Field::Device if strict => evidence.devices >= 0.5,
        Field::Lever if strict => evidence.levers >= 0.5,
        Field::Device => evidence.numbers <= 0.5,
        Field::Created => cells.is_empty() || evidence.filled == 0 || evidence.days >= 0.5,
        Field::Effect => {
            let ratings = !first && evidence.ratings > 0.5;
            evidence.links <= 0.5 && evidence.days <= 0.5 && evidence.switches <= 0.5 && !ratings
        }
        Field::Title | Field::Because | Field::Change | Field::Audience | Field::Metric | Field::Reason | Field::Measure => told,
        Field::Tags => evidence.days <= 0.5,
        Field::Site => told && evidence.areas < 0.4,
        Field::Area => told && evidence.devices < 0.8 && evidence.stages < 0.8,
        Field::Lever | Field::Stage | Field::Owner => told,
        Field::DesignDays | Field::DevelopmentDays => evidence.filled == 0 || evidence.numbers + evidence.spans >= 0.5,
        _ => true,
    }
}

/// What the cells add to a heading's points, or take from them.
fn support(field: Field, evidence: &Evidence) -> i64 {
    let Evidence { words, different, .. } = *evidence;
    let many = evidence.filled >= 6;
    let bonus = match field {
        _ if evidence.filled == 0 => 0.0,
        Field::Stage => 12.0 * evidence.stages - if words > 5.0 { 30.0 } else { 0.0 } - if many && different > 0.9 { 30.0 } else { 0.0 },
        Field::Device => 14.0 * evidence.devices,
        Field::Lever => 14.0 * evidence.levers - if words > 5.0 { 20.0 } else { 0.0 },
        Field::Owner => 12.0 * evidence.names - if words > 4.0 { 30.0 } else { 0.0 },
        Field::Created => 12.0 * evidence.days,
        Field::Area => 8.0 * evidence.areas,
        Field::Effect => 10.0 * evidence.sizes,
        Field::Impact | Field::Confidence | Field::Ease | Field::Effort => 8.0 * evidence.ratings,
        Field::Title => {
            10.0 * f64::from(different > 0.9 && words > 1.2) - 24.0 * evidence.sentences - f64::from(many && different < 0.6) * 30.0
        }
        Field::Because | Field::Change | Field::Reason => 4.0 * f64::from(words > 2.5) - f64::from(many && different < 0.4) * 30.0,
        Field::Measure if words <= 4.0 && evidence.sentences == 0.0 && (different < 0.95 || evidence.numbers == 0.0) => -14.0,
        Field::Metric if words > 7.0 => -14.0,
        Field::Audience if words > 8.0 => -14.0,
        Field::Tags if words > 6.0 => -20.0,
        _ => 0.0,
    };
    bonus as i64
}

/// The field that the cells alone speak for, and how strongly: for columns whose heading says nothing. `rows` is how
/// many cells the fullest column has.
pub fn by_cells(evidence: &Evidence, rows: usize) -> Option<(Field, i64)> {
    if evidence.filled < 3 {
        return None;
    }
    // In a short file nearly every choice may stand once.
    let most = match evidence.filled {
        ..6 => 1.0,
        6..10 => 0.9,
        _ => 0.7,
    };
    let choices = evidence.words <= 4.0 && evidence.different <= most;
    let finding = evidence.words >= 4.0 && evidence.different > 0.9 && evidence.links < 0.2 && evidence.filled * 10 >= rows * 9;
    let found = [
        (Field::Device, evidence.devices, 0.8, choices),
        (Field::Stage, evidence.stages, 0.6, choices),
        (Field::Lever, evidence.levers, 0.6, choices),
        (Field::Metric, evidence.metrics, 0.5, choices),
        (Field::Area, evidence.areas, 0.6, choices),
        (Field::Because, evidence.figures, 0.6, finding),
    ];
    found.into_iter().find(|(_, share, least, may)| *may && share >= least).map(|(field, _, _, _)| (field, 30))
}

/// A number of up to two digits or a level in words; a percentage is a chance, no confidence of 1 to 10.
fn is_rating(cell: &str) -> bool {
    let small = rating(cell).is_some_and(|value| (0.0..=10.0).contains(&value));
    small
        || is_blank(cell)
        || loose::number(cell).is_some()
        || words::level(cell).is_some()
        || scale::Scale::Sizes.level(cell, false).is_ok()
}

fn is_prose(cell: &str) -> bool {
    let signed = cell.contains('%') && cell.trim().starts_with(['+', '-', '–', '\u{2212}']);
    let quantity = cell.starts_with(|c: char| c.is_ascii_digit()) && cell.contains(char::is_alphabetic) && rating(cell).is_none();
    let loose = loose::number(cell).is_some();
    let money = cell.contains(['€', '$', '£']);
    signed || (quantity && !loose) || money || cell.split_whitespace().count() >= 3
}
