//! The fields of a learning by hand as a browser posts them: all text, sizes in percent.

use domain::errors::FieldErrors;
use domain::learnings::{EffectDraft, LearningDraft};
use domain::text::{one_line, parse_number};
use serde::{Deserialize, Serialize};

/// Every field as typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LearningForm {
    pub sentence: String,
    pub what_happened: String,
    pub why: String,
    pub surprise: String,
    pub outcome: String,
    pub site: String,
    pub areas: Vec<String>,
    pub audiences: Vec<String>,
    pub lever: String,
    pub hypotheses: String,
    pub metric: String,
    /// Percent.
    pub estimate: String,
    pub low: String,
    pub high: String,
    pub ended_on: String,
    pub recheck_on: String,
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

fn percent(errors: &mut FieldErrors, field: &str, raw: &str) -> Option<f64> {
    let bare = raw.trim().trim_end_matches('%').trim();
    if bare.is_empty() {
        return None;
    }
    let found = parse_number(bare);
    errors.require(found.is_some(), field, format!("“{}” is not a number.", one_line(raw)));
    found.map(|number| number / 100.0)
}

impl LearningForm {
    /// The draft, or which numbers cannot be read; field names are those of the draft.
    pub fn draft(&self) -> Result<LearningDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let stated = [&self.estimate, &self.low, &self.high].into_iter().any(|text| !text.trim().is_empty());
        let effect = stated.then(|| EffectDraft {
            metric: self.metric.clone(),
            estimate: percent(&mut errors, "effect.estimate", &self.estimate),
            low: percent(&mut errors, "effect.low", &self.low),
            high: percent(&mut errors, "effect.high", &self.high),
        });
        let draft = LearningDraft {
            sentence: self.sentence.clone(),
            what_happened: said(&self.what_happened),
            why: said(&self.why),
            surprise: said(&self.surprise),
            areas: self.areas.clone(),
            audiences: self.audiences.clone(),
            lever: said(&self.lever),
            recheck_on: said(&self.recheck_on),
            site: said(&self.site),
            hypotheses: self.hypotheses.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            outcome: said(&self.outcome),
            effect,
            ended_on: said(&self.ended_on),
        };
        errors.into_result(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_is_typed_in_percent_and_may_be_left_out() {
        let form = LearningForm {
            sentence: "S".into(),
            metric: "conversion-rate".into(),
            estimate: "6,8".into(),
            low: "2.4 %".into(),
            high: "11.5".into(),
            ..LearningForm::default()
        };
        let effect = form.draft().unwrap().effect.unwrap();
        assert!((effect.estimate.unwrap() - 0.068).abs() < 1e-12 && (effect.low.unwrap() - 0.024).abs() < 1e-12);
        assert_eq!(LearningForm::default().draft().unwrap().effect, None);
        let wrong = LearningForm { estimate: "some".into(), ..LearningForm::default() };
        assert!(wrong.draft().unwrap_err().of("effect.estimate").is_some());
    }
}
