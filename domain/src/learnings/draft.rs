//! A learning as it arrives: with the conclusion of a test, or by hand for a test that ran elsewhere or long ago.

use super::{Effect, Learning, Surprise};
use crate::errors::FieldErrors;
use crate::experiments::Outcome;
use crate::sites::{Catalogue, check_area, check_site, known_audience};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What somebody writes at the end of a test.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LessonDraft {
    /// Required: one sentence that anyone can read.
    pub sentence: String,
    pub what_happened: Option<String>,
    pub why: Option<String>,
    /// `expected` or `surprising`.
    pub surprise: Option<String>,
    pub areas: Vec<String>,
    pub audiences: Vec<String>,
    pub lever: Option<String>,
    /// `2027-11-20`.
    pub recheck_on: Option<String>,
}

/// The same once checked: every slug is one of the catalogue's.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    pub sentence: String,
    pub what_happened: Option<String>,
    pub why: Option<String>,
    pub surprise: Option<Surprise>,
    pub areas: Vec<String>,
    pub audiences: Vec<String>,
    pub lever: Option<String>,
    pub recheck_on: Option<NaiveDate>,
}

impl LessonDraft {
    /// Checks every field; `prefix` stands before the fields' names, such as `learning.`.
    pub fn check_within(&self, errors: &mut FieldErrors, prefix: &str, catalogue: &Catalogue) -> Lesson {
        let field = |name: &str| format!("{prefix}{name}");
        let sentence = text::required_line(errors, &field("sentence"), "The one sentence that says what was learned", &self.sentence);
        let what_happened = text::optional_text(errors, &field("what_happened"), "What happened", self.what_happened.as_deref());
        let why = text::optional_text(errors, &field("why"), "The reason", self.why.as_deref());
        let raw = self.surprise.as_deref().map(str::trim).filter(|raw| !raw.is_empty());
        let surprise = raw.and_then(Surprise::from_slug);
        errors.require(raw.is_none() || surprise.is_some(), &field("surprise"), "A result is expected or surprising.");
        let mut areas: Vec<String> =
            self.areas.iter().filter_map(|area| check_area(errors, &field("areas"), None, catalogue, Some(area))).collect();
        let mut audiences = Vec::new();
        for words in self.audiences.iter().map(|words| words.trim()).filter(|words| !words.is_empty()) {
            let found = known_audience(catalogue, words);
            errors.require(found.is_some(), &field("audiences"), format!("There is no audience “{}”.", text::one_line(words)));
            audiences.extend(found);
        }
        for list in [&mut areas, &mut audiences] {
            list.sort();
            list.dedup();
        }
        let wanted = self.lever.as_deref().map(str::trim).filter(|lever| !lever.is_empty());
        let lever =
            wanted.and_then(|lever| catalogue.levers.iter().find(|term| term.slug == lever || term.name.eq_ignore_ascii_case(lever)));
        errors.require(
            wanted.is_none() || lever.is_some(),
            &field("lever"),
            format!("There is no lever “{}”.", wanted.unwrap_or_default()),
        );
        let recheck_on = check_day(errors, &field("recheck_on"), self.recheck_on.as_deref());
        let lever = lever.map(|term| term.slug.clone());
        Lesson { sentence, what_happened, why, surprise, areas, audiences, lever, recheck_on }
    }
}

/// A measured change as it arrives; sizes are relative, 0.05 for 5 %.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = MeasuredChangeDraft))]
#[serde(deny_unknown_fields, default)]
pub struct EffectDraft {
    pub metric: String,
    pub estimate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// A learning by hand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct LearningDraft {
    pub sentence: String,
    pub what_happened: Option<String>,
    pub why: Option<String>,
    pub surprise: Option<String>,
    pub areas: Vec<String>,
    pub audiences: Vec<String>,
    pub lever: Option<String>,
    pub recheck_on: Option<String>,
    pub site: Option<String>,
    /// `H-12` each.
    pub hypotheses: Vec<String>,
    pub outcome: Option<String>,
    pub effect: Option<EffectDraft>,
    /// The day that the test ended.
    pub ended_on: Option<String>,
}

/// What a learning by hand says once checked. That the hypotheses exist, the store checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub lesson: Lesson,
    pub site: Option<String>,
    pub hypotheses: Vec<String>,
    pub outcome: Option<Outcome>,
    pub effect: Option<Effect>,
    pub ended_on: Option<NaiveDate>,
}

impl LearningDraft {
    /// `today` is the day in the site's time zone.
    pub fn check(&self, catalogue: &Catalogue, today: NaiveDate) -> Result<Content, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let lesson = self.lesson().check_within(errors, "", catalogue);
        let site = check_site(errors, "site", catalogue, self.site.as_deref());
        let raw = self.outcome.as_deref().map(str::trim).filter(|raw| !raw.is_empty());
        let outcome = raw.and_then(Outcome::from_slug);
        errors.require(raw.is_none() || outcome.is_some(), "outcome", "An outcome is win, loss, inconclusive or invalid.");
        let effect = self.effect.as_ref().and_then(|effect| effect.check(errors));
        let ended_on = check_day(errors, "ended_on", self.ended_on.as_deref());
        errors.require(ended_on.is_none_or(|day| day <= today), "ended_on", "This day lies in the future.");
        let mut hypotheses: Vec<String> =
            self.hypotheses.iter().map(|raw| raw.trim().to_uppercase()).filter(|raw| !raw.is_empty()).collect();
        hypotheses.dedup();
        let shaped = |raw: &String| {
            raw.strip_prefix("H-").is_some_and(|digits| (1..10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()))
        };
        errors.require(hypotheses.iter().all(shaped) && hypotheses.len() <= 20, "hypotheses", "These are at most 20 numbers such as H-12.");
        let site = site.map(|one| one.site.slug.clone());
        std::mem::take(errors).into_result(Content { lesson, site, hypotheses, outcome, effect, ended_on })
    }

    fn lesson(&self) -> LessonDraft {
        LessonDraft {
            sentence: self.sentence.clone(),
            what_happened: self.what_happened.clone(),
            why: self.why.clone(),
            surprise: self.surprise.clone(),
            areas: self.areas.clone(),
            audiences: self.audiences.clone(),
            lever: self.lever.clone(),
            recheck_on: self.recheck_on.clone(),
        }
    }

    /// The draft that would make this learning again; a PATCH is merged into it.
    pub fn of(learning: &Learning) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let effect = learning.effect.as_ref().map(|effect| EffectDraft {
            metric: effect.metric.clone(),
            estimate: Some(effect.estimate),
            low: Some(effect.low),
            high: Some(effect.high),
        });
        Self {
            sentence: learning.sentence.clone(),
            what_happened: learning.what_happened.clone(),
            why: learning.why.clone(),
            surprise: learning.surprise.map(|one| one.slug().to_owned()),
            areas: learning.areas.clone(),
            audiences: learning.audiences.clone(),
            lever: learning.lever.clone(),
            recheck_on: day(learning.recheck_on),
            site: learning.site.clone(),
            hypotheses: learning.hypotheses.clone(),
            outcome: learning.outcome.map(|outcome| outcome.slug().to_owned()),
            effect,
            ended_on: day(learning.ended_on),
        }
    }
}

impl EffectDraft {
    fn check(&self, errors: &mut FieldErrors) -> Option<Effect> {
        let metric = text::required_line(errors, "effect.metric", "The metric", &self.metric);
        let mut number = |field: &str, value: Option<f64>| {
            let sane = value.filter(|value| value.is_finite() && (-1.0..=100.0).contains(value));
            errors.require(sane.is_some(), &format!("effect.{field}"), "A change is a fraction from -1: 0.05 means +5%.");
            sane
        };
        let (estimate, low, high) = (number("estimate", self.estimate), number("low", self.low), number("high", self.high));
        let (estimate, low, high) = (estimate?, low?, high?);
        errors.require(low <= estimate && estimate <= high, "effect.high", "The change lies between its low and its high.");
        Some(Effect { metric, variant: None, estimate, low, high, level: 0.95 })
    }
}

fn check_day(errors: &mut FieldErrors, field: &str, raw: Option<&str>) -> Option<NaiveDate> {
    let raw = raw.map(str::trim).filter(|raw| !raw.is_empty())?;
    let day: Option<NaiveDate> = raw.parse().ok();
    let sane = day.filter(|day| *day >= NaiveDate::default() && *day < NaiveDate::default() + chrono::Days::new(365 * 200));
    errors.require(sane.is_some(), field, format!("“{}” is not a date. It should look like 2026-11-20.", text::one_line(raw)));
    sane
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    #[test]
    fn one_sentence_is_enough() {
        let draft: LearningDraft = serde_json::from_str(r#"{"sentence":"Buyers order more when they see the date."}"#).unwrap();
        assert!(draft.check(&Catalogue::default(), today()).is_ok());
        assert!(LearningDraft::default().check(&Catalogue::default(), today()).unwrap_err().of("sentence").is_some());
    }

    #[test]
    fn every_fault_is_named_beside_its_field() {
        let draft: LearningDraft = serde_json::from_str(
            r#"{"sentence":"S","surprise":"very","areas":["attic"],"audiences":["martians"],"lever":"magic","recheck_on":"soon","site":"nowhere",
                "hypotheses":["12"],"outcome":"too_early","effect":{"metric":"m","estimate":0.5,"low":0.6,"high":0.7},"ended_on":"2026-11-21"}"#,
        )
        .unwrap();
        let errors = draft.check(&Catalogue::default(), today()).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        let all = ["surprise", "areas", "audiences", "lever", "recheck_on", "site", "outcome", "effect.high", "ended_on", "hypotheses"];
        assert_eq!(fields, all);
        assert!(serde_json::from_str::<LearningDraft>(r#"{"sentence":"S","colour":"red"}"#).is_err());
    }
}
