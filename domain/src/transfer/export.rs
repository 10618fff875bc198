//! Hypotheses as rows of a table for a spreadsheet. Cells that a spreadsheet would take for a formula are defused.

use crate::hypotheses::Hypothesis;
use crate::scoring::Criterion;

/// The header of the exported table.
pub const EXPORT_HEADER: [&str; 25] = [
    "Number",
    "Title",
    "Stage",
    "Score",
    "Impact",
    "Confidence",
    "Ease",
    "Scorers",
    "Evidence confidence",
    "Evidence strength",
    "Because",
    "Change",
    "Audience",
    "Metric",
    "Direction",
    "Smallest effect",
    "Largest effect",
    "Lever",
    "Reason",
    "Measure",
    "Site",
    "Area",
    "Devices",
    "Owner",
    "Tags",
];

/// One row under [`EXPORT_HEADER`].
pub fn export_row(hypothesis: &Hypothesis) -> Vec<String> {
    let Hypothesis { statement, score, evidence, .. } = hypothesis;
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let criterion = |one: Criterion| {
        score.as_ref().and_then(|score| score.criteria.get(one.slug())).map(|summary| summary.value.to_string()).unwrap_or_default()
    };
    let effect = statement.effect.as_ref();
    let devices: Vec<&str> = hypothesis.devices.iter().map(|device| device.slug()).collect();
    let cells = vec![
        hypothesis.number.clone(),
        hypothesis.title.clone(),
        hypothesis.stage.name().to_owned(),
        score.as_ref().map(|score| format!("{:.2}", score.value)).unwrap_or_default(),
        criterion(Criterion::Impact),
        criterion(Criterion::Confidence),
        criterion(Criterion::Ease),
        score.as_ref().map(|score| score.scorers.to_string()).unwrap_or_default(),
        format!("{:.1}", evidence.confidence),
        evidence.strength.clone(),
        said(&statement.because),
        said(&statement.change),
        said(&statement.audience),
        effect.map(|effect| effect.metric.clone()).unwrap_or_default(),
        effect.map(|effect| effect.direction.slug().to_owned()).unwrap_or_default(),
        number(effect.and_then(|effect| effect.low)),
        number(effect.and_then(|effect| effect.high)),
        said(&statement.lever),
        said(&statement.reason),
        said(&statement.measure),
        said(&hypothesis.site),
        said(&hypothesis.area),
        devices.join(", "),
        said(&hypothesis.owner),
        hypothesis.tags.join(", "),
    ];
    cells.into_iter().map(defused).collect()
}

/// A cell that begins like a formula gets an apostrophe in front, which spreadsheets do not show.
pub fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for (cell, kept) in [("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5", "'-5"), ("plain = text", "plain = text"), ("", "")] {
            assert_eq!(defused(cell.to_owned()), kept);
        }
    }
}
