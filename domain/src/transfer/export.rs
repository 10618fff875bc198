//! Hypotheses as rows of a table for a spreadsheet. Cells that a spreadsheet would take for a formula are defused.

use crate::hypotheses::Hypothesis;
use crate::scoring::{Criterion, Shape, Shapes};

/// What stands before the score.
const FIRST: [&str; 3] = ["Number", "Title", "Stage"];
/// What stands behind it.
const REST: [&str; 19] = [
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
    "Score model",
];

/// The criteria that have columns: those of every model that ranks something here.
fn criteria(shapes: &Shapes) -> impl Iterator<Item = (&Shape, &Criterion)> {
    shapes.ranking().into_iter().flat_map(|shape| shape.criteria.iter().map(move |criterion| (shape, criterion)))
}

/// The header of the exported table. Criteria go by their names, and by their model's as well where several rank.
pub fn export_header(shapes: &Shapes) -> Vec<String> {
    let several = shapes.ranking().len() > 1;
    let named = |(shape, one): (&Shape, &Criterion)| if several { format!("{} {}", shape.name, one.name) } else { one.name.clone() };
    let known = FIRST.into_iter().chain(["Score"]).map(str::to_owned);
    known.chain(criteria(shapes).map(named)).chain(REST.into_iter().map(str::to_owned)).map(defused).collect()
}

/// One row under [`export_header`]: the team's middle of each criterion, of the model that ranks the hypothesis.
pub fn export_row(hypothesis: &Hypothesis, shapes: &Shapes) -> Vec<String> {
    let score = hypothesis.score.as_ref();
    let middle = |(shape, one): (&Shape, &Criterion)| {
        let of_it = score.filter(|score| score.model == shape.model).and_then(|score| score.criteria.get(&one.slug));
        of_it.map(|summary| summary.value.to_string()).unwrap_or_default()
    };
    let value = score.map(|score| format!("{:.2}", score.value)).unwrap_or_default();
    let first = [hypothesis.number.clone(), hypothesis.title.clone(), hypothesis.stage.name().to_owned(), value];
    let cells = first.into_iter().chain(criteria(shapes).map(middle)).chain(rest(hypothesis, shapes));
    cells.map(defused).collect()
}

/// The cells under [`REST`].
fn rest(hypothesis: &Hypothesis, shapes: &Shapes) -> [String; 19] {
    let Hypothesis { statement, score, evidence, .. } = hypothesis;
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let effect = statement.effect.as_ref();
    let devices: Vec<&str> = hypothesis.devices.iter().map(|device| device.slug()).collect();
    [
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
        score.as_ref().map(|score| shapes.of(score.model).name.clone()).unwrap_or_default(),
    ]
}

/// A cell that begins like a formula gets an apostrophe in front, which spreadsheets do not show.
pub fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::{CombineRule, Model, ScoringSettings};

    #[test]
    fn criteria_have_columns_of_every_model_that_ranks() {
        let header = |settings: &ScoringSettings| export_header(&Shapes::new(settings, CombineRule::Mean));
        let ice = header(&ScoringSettings::default());
        assert_eq!(ice[3..8], ["Score", "Impact", "Confidence", "Ease", "Scorers"]);
        let sites = std::collections::BTreeMap::from([("app".to_owned(), Model::Rice)]);
        let both = header(&ScoringSettings { sites, ..ScoringSettings::default() });
        assert_eq!(both[6..9], ["ICE Ease", "RICE Reach", "RICE Impact"]);
        assert_eq!((both.len(), both[4].as_str()), (ice.len() + 4, "ICE Impact"));
    }

    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for (cell, kept) in [("=1+1", "'=1+1"), ("@cmd", "'@cmd"), ("-5", "'-5"), ("plain = text", "plain = text"), ("", "")] {
            assert_eq!(defused(cell.to_owned()), kept);
        }
    }
}
