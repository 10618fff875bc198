//! The ratings of one row as a score, or why they are none.

use super::field::Field;
use super::scale::{Level, is_blank};
use super::words;
use super::work::{RowWork, short};
use crate::scoring::ScoreDraft;

/// One rating of a row.
struct Rated {
    field: Field,
    column: usize,
    level: Option<Level>,
}

/// The score of a row. All three ratings are needed: others are kept in the details, and errors are said.
pub(super) fn score(work: &mut RowWork) -> Option<ScoreDraft> {
    let mut rated = Vec::new();
    for field in [Field::Impact, Field::Confidence, Field::Ease, Field::Effort] {
        let Some((column, cell)) = work.cell(field) else { continue };
        let scale = work.sheet.scale(column);
        match scale.level(&cell, field == Field::Effort) {
            Ok(level) => {
                if let Some(note) = level.as_ref().filter(|level| level.jotted).and_then(|level| level.note.as_ref()) {
                    work.notice(column, format!("{note}."));
                }
                rated.push(Rated { field, column, level });
            }
            Err(message) if work.sheet.scores_whole() => work.error(column, format!("{message}{}", hint(field, &message))),
            Err(_) => work.keep(column, &cell),
        }
    }
    if !work.errors.is_empty() || rated.iter().all(|one| one.level.is_none()) {
        return None;
    }
    let value =
        |field: Field| rated.iter().find(|one| one.field == field).and_then(|one| one.level.as_ref()).map(|level| i64::from(level.value));
    let (impact, confidence) = (value(Field::Impact), value(Field::Confidence));
    let ease = value(Field::Ease).or(value(Field::Effort));
    if let (Some(impact), Some(confidence), Some(ease)) = (impact, confidence, ease) {
        let reason = reason(&rated);
        work.notes.extend(reason.clone());
        return Some(ScoreDraft { reason, ..ScoreDraft::ice(impact, confidence, ease) });
    }
    keep_half(work, &rated);
    None
}

/// What to do about a number that is off the scale.
fn hint(field: Field, message: &str) -> &'static str {
    match field {
        _ if !message.contains(" is outside ") => "",
        Field::Effort | Field::Ease => " A rating from 1 to 10 is meant; days of work have a field of their own, Development days.",
        _ => " A rating from 1 to 10 is meant.",
    }
}

/// "Imported: impact rescaled from 1-5: 4 of 5; ease 7.5 rounded to 8."
fn reason(rated: &[Rated]) -> Option<String> {
    let name = |field: Field| if field == Field::Effort { "ease" } else { field.slug() };
    let told = |one: &Rated| one.level.as_ref().and_then(|level| level.note.as_ref()).map(|note| format!("{} {note}", name(one.field)));
    let notes: Vec<String> = rated.iter().filter_map(told).collect();
    (!notes.is_empty()).then(|| format!("Imported: {}.", notes.join("; ")))
}

fn keep_half(work: &mut RowWork, rated: &[Rated]) {
    for one in rated {
        let cell = work.record.cell(one.column).to_owned();
        if !is_blank(&cell) {
            work.keep(one.column, &cell);
        }
    }
    if !work.sheet.scores_whole() {
        return;
    }
    if let Some(missing) = rated.iter().find(|one| one.level.is_none()) {
        let cell = work.record.cell(missing.column);
        let told = if words::is_nothing(cell) { "The cell is empty".to_owned() } else { format!("“{}” counts as empty", short(cell)) };
        work.notice(missing.column, format!("{told}, so there is no score; the other ratings are kept in the details."));
    }
}
