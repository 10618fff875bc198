//! A score as it arrives from a form or over REST, and whether it holds.

use super::answer::Answer;
use super::{Judgement, Model, RESERVED, Shape, Shapes};
use crate::errors::FieldErrors;
use crate::text;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One member's score as it arrives from a form or over REST: the criteria of the model by name, beside `model`,
/// `reason`, `lift_low` and `lift_high`. ICE takes `impact`, `confidence` and `ease` from 1 to 10; PIE `potential`,
/// `importance` and `ease`; RICE `reach`, `impact`, `confidence` and `effort`; `/rubrics` lists all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScoreDraft {
    /// The model; without it the one that ranks the hypothesis.
    pub model: Option<String>,
    /// The level of a criterion, by its name; yes and no may be true and false.
    // What is no number is kept as NaN, which no scale takes.
    #[serde(flatten)]
    pub criteria: BTreeMap<String, f64>,
    pub reason: Option<String>,
    /// The smallest relative change that the scorer expects, as a fraction.
    pub lift_low: Option<f64>,
    pub lift_high: Option<f64>,
}

impl<'de> Deserialize<'de> for ScoreDraft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = ScoreDraft;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("struct ScoreDraft")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ScoreDraft, A::Error> {
                let mut draft = ScoreDraft::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "model" => draft.model = map.next_value()?,
                        "reason" => draft.reason = map.next_value()?,
                        "lift_low" => draft.lift_low = map.next_value()?,
                        "lift_high" => draft.lift_high = map.next_value()?,
                        _ => {
                            if let Answer(Some(level)) = map.next_value()? {
                                draft.criteria.insert(name, level);
                            }
                        }
                    }
                }
                Ok(draft)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl ScoreDraft {
    /// A score by ICE.
    pub fn ice(impact: i64, confidence: i64, ease: i64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a level that an f64 cannot count is on no scale")]
        let levels = [("impact", impact as f64), ("confidence", confidence as f64), ("ease", ease as f64)];
        Self::of(Model::Ice, levels)
    }

    /// A score by this model.
    pub fn of<'a>(model: Model, levels: impl IntoIterator<Item = (&'a str, f64)>) -> Self {
        let criteria = levels.into_iter().map(|(slug, level)| (slug.to_owned(), level)).collect();
        Self { model: Some(model.slug().to_owned()), criteria, ..Self::default() }
    }

    /// The judgement, by the model it names or else the one that ranks hypotheses of this site.
    pub fn check(&self, shapes: &Shapes, site: Option<&str>) -> Result<Judgement, FieldErrors> {
        let shape = self.shape(shapes, site)?;
        let mut errors = FieldErrors::default();
        let mut criteria = BTreeMap::new();
        for one in &shape.criteria {
            match self.criteria.get(&one.slug).copied().filter(|level| one.scale.takes(*level)) {
                // A zero with a minus is taken for the zero that it is.
                Some(level) => _ = criteria.insert(one.slug.clone(), level + 0.0),
                None => errors.add(&one.slug, one.scale.wanted(&one.name)),
            }
        }
        for name in self.criteria.keys().filter(|name| shape.criterion(name).is_none()) {
            errors.add(name, format!("{} has no criterion “{}”; use {}.", shape.name, text::one_line(name), names(shape)));
        }
        let reason = text::optional_line(&mut errors, "reason", "The reason", self.reason.as_deref());
        check_lift(&mut errors, self.lift_low, self.lift_high);
        errors.into_result(Judgement { model: shape.model, criteria, reason, lift_low: self.lift_low, lift_high: self.lift_high })
    }

    fn shape<'a>(&self, shapes: &'a Shapes, site: Option<&str>) -> Result<&'a Shape, FieldErrors> {
        let Some(name) = self.model.as_deref() else { return Ok(shapes.in_force(site)) };
        let known = Model::ALL.map(Model::slug).join(", ");
        let model = Model::from_slug(name)
            .ok_or_else(|| FieldErrors::one("model", format!("There is no model “{}” here; use {known}.", text::one_line(name))))?;
        let shape = shapes.of(model);
        if shape.criteria.is_empty() {
            return Err(FieldErrors::one("model", "This model has no criteria yet; a lead names them in the settings."));
        }
        Ok(shape)
    }
}

fn names(shape: &Shape) -> String {
    let names = shape.criteria.iter().map(|one| one.slug.as_str()).chain(RESERVED);
    names.collect::<Vec<_>>().join(", ")
}

fn check_lift(errors: &mut FieldErrors, low: Option<f64>, high: Option<f64>) {
    for (field, value) in [("lift_low", low), ("lift_high", high)] {
        let sane = value.is_none_or(|lift| lift.is_finite() && (-1.0..=10.0).contains(&lift));
        errors.require(sane, field, "A lift is a fraction: 0.05 means 5%. Use -1 to 10.");
    }
    errors.require(low.is_some() == high.is_some(), "lift_high", "Give both ends of the range, or neither.");
    if let (Some(low), Some(high)) = (low, high) {
        errors.require(low <= high, "lift_high", "The high end lies below the low end.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::{CombineRule, Score, ScoringSettings};
    use chrono::DateTime;

    fn shapes() -> Shapes {
        let sites = BTreeMap::from([("app".to_owned(), Model::Rice)]);
        Shapes::new(&ScoringSettings { sites, ..ScoringSettings::default() }, CombineRule::Mean)
    }

    fn check(draft: &ScoreDraft) -> Result<Judgement, FieldErrors> {
        draft.check(&shapes(), None)
    }

    fn read(text: &str) -> ScoreDraft {
        serde_json::from_str(text).unwrap()
    }

    fn fields(draft: &ScoreDraft) -> Vec<String> {
        check(draft).unwrap_err().0.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn levels_off_their_scale_are_refused_by_name() {
        assert!(check(&ScoreDraft::ice(1, 10, 5)).is_ok());
        for (bad, field) in
            [(ScoreDraft::ice(0, 5, 5), "impact"), (ScoreDraft::ice(5, 11, 5), "confidence"), (ScoreDraft::ice(5, 5, -3), "ease")]
        {
            let said = check(&bad).unwrap_err().of(field).map(str::to_owned);
            assert!(said.is_some_and(|said| said.ends_with(" is a whole number from 1 to 10.")));
        }
        let rice = [("reach", -1.0), ("impact", 4.0), ("confidence", 80.0), ("effort", 0.0)];
        assert_eq!(fields(&ScoreDraft::of(Model::Rice, rice)), ["reach", "impact", "effort"]);
    }

    #[test]
    fn names_of_no_criterion_are_refused_by_name_whatever_they_hold() {
        for value in ["5", "\"red\"", "[1, [2]]", "{\"a\": {}}", "true"] {
            let draft = read(&format!("{{\"impact\": 5, \"confidence\": 5, \"ease\": 5, \"colour\": {value}}}"));
            let errors = check(&draft).unwrap_err();
            assert_eq!(errors.0.len(), 1, "{value}");
            let said = "ICE has no criterion “colour”; use impact, confidence, ease, model, reason, lift_low, lift_high.";
            assert_eq!(errors.of("colour"), Some(said));
        }
        assert_eq!(fields(&read("{\"impact\": \"5\", \"confidence\": null, \"ease\": 5}")), ["impact", "confidence"]);
        assert!(serde_json::from_str::<ScoreDraft>("[1]").is_err());
    }

    #[test]
    fn a_score_without_a_model_is_by_the_one_in_force() {
        let draft = read("{\"reach\": 1200, \"impact\": 0.25, \"confidence\": 80, \"effort\": 0.5}");
        assert_eq!(draft.check(&shapes(), Some("app")).unwrap().model, Model::Rice);
        assert!(draft.check(&shapes(), Some("shop")).unwrap_err().of("ease").is_some());
        assert_eq!(fields(&ScoreDraft { model: Some("gut".into()), ..ScoreDraft::ice(5, 5, 5) }), ["model"]);
        assert_eq!(fields(&ScoreDraft { model: Some("custom".into()), ..ScoreDraft::ice(5, 5, 5) }), ["model"]);
    }

    #[test]
    fn a_judgement_reads_and_writes_flat_with_whole_levels_whole() {
        let judgement = check(&ScoreDraft { reason: Some("seen".into()), ..ScoreDraft::ice(8, 6, 7) }).unwrap();
        let text = serde_json::to_string(&judgement).unwrap();
        assert_eq!(
            text,
            "{\"model\":\"ice\",\"confidence\":6,\"ease\":7,\"impact\":8,\"reason\":\"seen\",\"lift_low\":null,\"lift_high\":null}"
        );
        assert_eq!(serde_json::from_str::<Judgement>(&text).unwrap(), judgement);
        let score = Score { by: "A".into(), email: "a@b".into(), at: DateTime::default(), outdated_by: None, judgement };
        assert_eq!(serde_json::from_str::<Score>(&serde_json::to_string(&score).unwrap()).unwrap(), score);
        let draft = ScoreDraft { lift_low: Some(0.1), ..ScoreDraft::ice(8, 6, 7) };
        assert_eq!(read(&serde_json::to_string(&draft).unwrap()), draft);
    }

    #[test]
    fn yes_and_no_may_be_said_as_true_and_false() {
        let draft = read("{\"model\": \"pxl\", \"above_fold\": true, \"noticeable\": false}");
        assert_eq!((draft.criteria["above_fold"], draft.criteria["noticeable"]), (1.0, 0.0));
    }

    #[test]
    fn a_range_has_two_ends_in_order() {
        let with = |low, high| check(&ScoreDraft { lift_low: low, lift_high: high, ..ScoreDraft::ice(5, 5, 5) });
        assert!(with(Some(0.02), Some(0.05)).is_ok());
        assert!(with(Some(0.05), None).is_err());
        assert!(with(Some(0.05), Some(0.02)).is_err());
        assert!(with(Some(f64::NAN), Some(0.02)).is_err());
    }

    #[test]
    fn confidence_outruns_the_evidence_by_more_than_two() {
        let judgement = check(&ScoreDraft::ice(5, 8, 5)).unwrap();
        assert!(judgement.outruns(shapes().of(Model::Ice), 5.9));
        assert!(!judgement.outruns(shapes().of(Model::Ice), 6.0));
    }
}
