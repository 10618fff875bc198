//! The statement builder's fields as a browser posts them: all text, sizes in percent.

use super::{EffectDraft, Effort, HypothesisDraft, StatementDraft};
use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// Every field as typed, so that a refused form comes back unchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HypothesisForm {
    pub title: String,
    pub because: String,
    pub change: String,
    pub audience: String,
    pub metric: String,
    pub direction: String,
    /// Percent.
    pub low: String,
    /// Percent.
    pub high: String,
    pub lever: String,
    pub reason: String,
    pub measure: String,
    pub site: String,
    pub area: String,
    pub devices: Vec<String>,
    /// The slug of an audience; the words stand in `audience`.
    pub audience_slug: String,
    pub guard_rails: Vec<String>,
    pub owner: String,
    /// Separated by commas.
    pub tags: String,
    pub design_days: String,
    pub development_days: String,
    pub parent: String,
    pub differs_because: String,
    pub details: String,
}

impl HypothesisForm {
    /// The draft, or which numbers cannot be read. Field names are those of the draft.
    pub fn draft(&self) -> Result<HypothesisDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let low = percent(&mut errors, "statement.effect.low", &self.low);
        let high = percent(&mut errors, "statement.effect.high", &self.high);
        let effort = Effort {
            design_days: number(&mut errors, "effort.design_days", &self.design_days),
            development_days: number(&mut errors, "effort.development_days", &self.development_days),
        };
        let said = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        let draft = HypothesisDraft {
            title: self.title.clone(),
            site: said(&self.site),
            area: said(&self.area),
            devices: self.devices.clone(),
            audience: said(&self.audience_slug),
            statement: StatementDraft {
                because: said(&self.because),
                change: said(&self.change),
                audience: said(&self.audience),
                effect: Some(EffectDraft { metric: said(&self.metric), direction: said(&self.direction), low, high }),
                lever: said(&self.lever),
                reason: said(&self.reason),
                measure: said(&self.measure),
            },
            guard_rails: self.guard_rails.iter().filter(|slug| !slug.is_empty()).cloned().collect(),
            owner: said(&self.owner),
            tags: self.tags.split(',').map(str::to_owned).collect(),
            effort,
            parent: said(&self.parent),
            differs_because: said(&self.differs_because),
            details: said(&self.details),
        };
        errors.into_result(draft)
    }

    /// What is typed so far, to be compared: a number that cannot be read is left out.
    pub fn sketch(&self) -> HypothesisDraft {
        let without_numbers =
            Self { low: String::new(), high: String::new(), design_days: String::new(), development_days: String::new(), ..self.clone() };
        without_numbers.draft().unwrap_or_default()
    }

    /// The fields of an existing draft, for the edit page.
    pub fn of(draft: &HypothesisDraft) -> Self {
        let statement = &draft.statement;
        let effect = statement.effect.clone().unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let shown =
            |number: Option<f64>, times: f64| number.map(|number| ((number * times * 1e6).round() / 1e6).to_string()).unwrap_or_default();
        Self {
            title: draft.title.clone(),
            because: text(&statement.because),
            change: text(&statement.change),
            audience: text(&statement.audience),
            metric: text(&effect.metric),
            direction: text(&effect.direction),
            low: shown(effect.low, 100.0),
            high: shown(effect.high, 100.0),
            lever: text(&statement.lever),
            reason: text(&statement.reason),
            measure: text(&statement.measure),
            site: text(&draft.site),
            area: text(&draft.area),
            devices: draft.devices.clone(),
            audience_slug: text(&draft.audience),
            guard_rails: draft.guard_rails.clone(),
            owner: text(&draft.owner),
            tags: draft.tags.join(", "),
            design_days: shown(draft.effort.design_days, 1.0),
            development_days: shown(draft.effort.development_days, 1.0),
            parent: text(&draft.parent),
            differs_because: text(&draft.differs_because),
            details: text(&draft.details),
        }
    }
}

fn percent(errors: &mut FieldErrors, field: &str, raw: &str) -> Option<f64> {
    number(errors, field, raw.trim().trim_end_matches('%')).map(|percent| percent / 100.0)
}

fn number(errors: &mut FieldErrors, field: &str, raw: &str) -> Option<f64> {
    if raw.trim().is_empty() {
        return None;
    }
    let number = text::parse_number(raw);
    errors.require(number.is_some(), field, format!("“{}” is not a number.", text::one_line(raw)));
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_become_fractions_and_back() {
        let form =
            HypothesisForm { title: "T".into(), metric: "m".into(), low: "2,5 %".into(), high: "5".into(), ..HypothesisForm::default() };
        let draft = form.draft().unwrap();
        let effect = draft.statement.effect.clone().unwrap();
        assert_eq!((effect.low, effect.high), (Some(0.025), Some(0.05)));
        let again = HypothesisForm::of(&draft);
        assert_eq!((again.low.as_str(), again.high.as_str()), ("2.5", "5"));
    }

    #[test]
    fn a_word_where_a_number_belongs_is_named() {
        let form = HypothesisForm { low: "some".into(), ..HypothesisForm::default() };
        assert_eq!(form.draft().unwrap_err().of("statement.effect.low"), Some("“some” is not a number."));
    }
}
