//! The end of a test: the outcome that a person records, at least one decision, and the learning.

use super::verdict::Suggestion;
use super::{Outcome, OutcomeKind, Plan, Test};
use crate::errors::FieldErrors;
use crate::learnings::{Lesson, LessonDraft};
use crate::sites::{Catalogue, Device, check_devices};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What people do about an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// Makes the rollout.
    Ship,
    RollBack,
    /// Makes the child hypothesis.
    Iterate,
    /// Makes a planned copy.
    ReRun,
    /// Makes a reminder.
    ReTest,
    Stop,
}

impl DecisionKind {
    pub const ALL: [DecisionKind; 6] =
        [DecisionKind::Ship, DecisionKind::RollBack, DecisionKind::Iterate, DecisionKind::ReRun, DecisionKind::ReTest, DecisionKind::Stop];

    pub fn slug(self) -> &'static str {
        match self {
            DecisionKind::Ship => "ship",
            DecisionKind::RollBack => "roll_back",
            DecisionKind::Iterate => "iterate",
            DecisionKind::ReRun => "re_run",
            DecisionKind::ReTest => "re_test",
            DecisionKind::Stop => "stop",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            DecisionKind::Ship => "Ship",
            DecisionKind::RollBack => "Roll back",
            DecisionKind::Iterate => "Iterate",
            DecisionKind::ReRun => "Re-run",
            DecisionKind::ReTest => "Re-test",
            DecisionKind::Stop => "Stop",
        }
    }

    pub fn from_slug(slug: &str) -> Option<DecisionKind> {
        DecisionKind::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A decision as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct DecisionDraft {
    pub kind: String,
    pub variant: Option<String>,
    pub devices: Vec<String>,
    /// `2026-11-20`: the day shipped, or the day of the re-test.
    pub on: Option<String>,
    pub reason: Option<String>,
    /// Of the child hypothesis or the copy.
    pub title: Option<String>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    pub kind: DecisionKind,
    pub variant: Option<String>,
    /// Empty means all.
    #[serde(default)]
    pub devices: Vec<Device>,
    pub on: Option<NaiveDate>,
    pub reason: Option<String>,
    pub title: Option<String>,
    /// What it made: `H-12` or `T-13`.
    #[serde(default)]
    pub made: Option<String>,
}

/// A conclusion as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ConclusionDraft {
    pub outcome: String,
    pub kind: Option<String>,
    pub decisions: Vec<DecisionDraft>,
    pub learning: LessonDraft,
    pub overrule_reason: Option<String>,
}

/// A conclusion that may be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusion {
    pub outcome: Outcome,
    pub kind: Option<OutcomeKind>,
    pub suggested: Option<Outcome>,
    pub overrule_reason: Option<String>,
    pub decisions: Vec<Decision>,
    pub lesson: Lesson,
}

impl ConclusionDraft {
    /// `suggestion` is what the rules say of the last results; `today` the day in the site's time zone.
    pub fn check(
        &self,
        plan: &Plan,
        suggestion: Option<&Suggestion>,
        catalogue: &Catalogue,
        today: NaiveDate,
    ) -> Result<Conclusion, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let outcome = Outcome::from_slug(self.outcome.trim());
        errors.require(outcome.is_some(), "outcome", "Choose one of win, loss, inconclusive and invalid.");
        let outcome = outcome.unwrap_or(Outcome::Inconclusive);
        let suggested = suggestion.map(|suggestion| suggestion.outcome);
        let kind = self.check_kind(errors, outcome).or_else(|| suggestion.filter(|one| one.outcome == outcome).and_then(|one| one.kind));
        let overrule_reason = text::optional_text(errors, "overrule_reason", "The reason", self.overrule_reason.as_deref());
        if let Some(other) = suggested.filter(|suggested| *suggested != outcome && overrule_reason.is_none()) {
            errors.add(
                "overrule_reason",
                format!("The results suggest “{}”. Say why you record “{}”.", other.name().to_lowercase(), outcome.name().to_lowercase()),
            );
        }
        let overrule_reason = overrule_reason.filter(|_| suggested.is_some_and(|suggested| suggested != outcome));
        errors.require(!self.decisions.is_empty(), "decisions", "Decide what happens next: at least one step.");
        errors.require(self.decisions.len() <= 20, "decisions", "At most 20 decisions.");
        let decisions =
            self.decisions.iter().take(20).enumerate().filter_map(|(index, draft)| draft.check(errors, index, plan, today)).collect();
        let lesson = self.learning.check_within(errors, "learning.", catalogue);
        std::mem::take(errors).into_result(Conclusion { outcome, kind, suggested, overrule_reason, decisions, lesson })
    }

    fn check_kind(&self, errors: &mut FieldErrors, outcome: Outcome) -> Option<OutcomeKind> {
        let raw = self.kind.as_deref().map(str::trim).filter(|raw| !raw.is_empty())?;
        let kind = OutcomeKind::from_slug(raw).filter(|kind| kind.of() == outcome);
        errors.require(kind.is_some(), "kind", format!("“{}” is not a kind of “{}”.", text::one_line(raw), outcome.slug()));
        kind
    }
}

impl Conclusion {
    /// What was imported stays out of impact until somebody says that it counts.
    pub fn check_counted(&self, test: &Test) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        let ships = self.decisions.iter().any(|decision| decision.kind == DecisionKind::Ship);
        errors.require(
            test.counts || !ships,
            "decisions",
            format!("{} was imported and stays out of impact. Say first that it counts, or decide something else than ship.", test.number),
        );
        errors.into_result(())
    }
}

impl DecisionDraft {
    fn check(&self, errors: &mut FieldErrors, index: usize, plan: &Plan, today: NaiveDate) -> Option<Decision> {
        let field = |name: &str| format!("decisions.{index}.{name}");
        let kind = DecisionKind::from_slug(self.kind.trim());
        errors.require(kind.is_some(), &field("kind"), "Choose one of ship, roll_back, iterate, re_run, re_test and stop.");
        let kind = kind?;
        let reason = text::optional_text(errors, &field("reason"), "The reason", self.reason.as_deref());
        let title = text::optional_line(errors, &field("title"), "The title", self.title.as_deref());
        let devices = check_devices(errors, &field("devices"), &self.devices);
        let on = self.check_day(errors, &field("on"));
        let key = self.variant.as_deref().map(str::trim).filter(|key| !key.is_empty());
        let variant = key.and_then(|key| plan.variants.iter().find(|one| one.key.eq_ignore_ascii_case(key)));
        errors.require(
            key.is_none() || variant.is_some(),
            &field("variant"),
            format!("The test has no variant “{}”.", key.unwrap_or_default()),
        );
        match kind {
            DecisionKind::Ship if !plan.variants.is_empty() => {
                errors.require(key.is_some(), &field("variant"), "Say which variant is shipped.");
                let control = plan.control().zip(variant).is_some_and(|(control, variant)| control.key == variant.key);
                errors.require(!control, &field("variant"), "The control is what is there already; ship another variant.");
            }
            DecisionKind::ReTest => {
                errors.require(
                    on.is_some_and(|day| day >= today),
                    &field("on"),
                    "Say on which day to test again; it does not lie in the past.",
                );
            }
            DecisionKind::RollBack | DecisionKind::Stop => {
                errors.require(reason.is_some(), &field("reason"), "Say why, so that others need not ask.");
            }
            _ => {}
        }
        Some(Decision { kind, variant: variant.map(|one| one.key.clone()), devices, on, reason, title, made: None })
    }

    fn check_day(&self, errors: &mut FieldErrors, field: &str) -> Option<NaiveDate> {
        let raw = self.on.as_deref().map(str::trim).filter(|raw| !raw.is_empty())?;
        let day: Option<NaiveDate> = raw.parse().ok();
        let sane = day.filter(|day| *day >= NaiveDate::default() && *day < NaiveDate::default() + chrono::Days::new(365 * 200));
        errors.require(sane.is_some(), field, format!("“{}” is not a date. It should look like 2026-11-20.", text::one_line(raw)));
        sane
    }
}

#[cfg(test)]
mod tests {
    use super::super::cast::{catalogue, day, plan};
    use super::*;

    fn check(json: &str, suggestion: Option<&Suggestion>) -> Result<Conclusion, FieldErrors> {
        let draft: ConclusionDraft = serde_json::from_str(json).unwrap();
        draft.check(&plan(2), suggestion, &catalogue(), day("2026-11-20"))
    }

    fn fields(result: Result<Conclusion, FieldErrors>) -> Vec<String> {
        result.unwrap_err().0.into_iter().map(|error| error.field).collect()
    }

    fn suggestion(outcome: Outcome, kind: Option<OutcomeKind>) -> Suggestion {
        serde_json::from_value(serde_json::json!({
            "outcome": outcome, "kind": kind, "reason": "", "variant": null, "marks": [], "warnings": [], "per_device": false, "devices": []
        }))
        .unwrap()
    }

    #[test]
    fn outcome_decision_and_the_one_sentence_are_required() {
        assert_eq!(fields(check("{}", None)), ["outcome", "decisions", "learning.sentence"]);
    }

    #[test]
    fn each_decision_asks_for_its_own_part() {
        let json = |decision: &str| format!(r#"{{"outcome":"loss","decisions":[{decision}],"learning":{{"sentence":"S"}}}}"#);
        for (decision, wrong) in [
            (r#"{"kind":"ship"}"#, Some("decisions.0.variant")),
            (r#"{"kind":"ship","variant":"A"}"#, Some("decisions.0.variant")),
            (r#"{"kind":"ship","variant":"X"}"#, Some("decisions.0.variant")),
            (r#"{"kind":"ship","variant":"b","devices":["mobile"]}"#, None),
            (r#"{"kind":"ship","variant":"B","devices":["watch"]}"#, Some("decisions.0.devices")),
            (r#"{"kind":"re_test"}"#, Some("decisions.0.on")),
            (r#"{"kind":"re_test","on":"2026-11-19"}"#, Some("decisions.0.on")),
            (r#"{"kind":"re_test","on":"2027-11-19"}"#, None),
            (r#"{"kind":"roll_back"}"#, Some("decisions.0.reason")),
            (r#"{"kind":"stop","reason":"It is settled."}"#, None),
            (r#"{"kind":"iterate"}"#, None),
            (r#"{"kind":"celebrate"}"#, Some("decisions.0.kind")),
        ] {
            let result = check(&json(decision), None);
            assert_eq!(result.err().map(|errors| errors.0[0].field.clone()).as_deref(), wrong, "{decision}");
        }
    }

    #[test]
    fn overruling_needs_a_reason_and_both_stay_on_record() {
        let json = |more: &str| format!(r#"{{"outcome":"win","decisions":[{{"kind":"iterate"}}],"learning":{{"sentence":"S"}}{more}}}"#);
        let loss = suggestion(Outcome::Loss, None);
        assert_eq!(fields(check(&json(""), Some(&loss))), ["overrule_reason"]);
        let overruled = check(&json(r#","overrule_reason":"The feed was down.""#), Some(&loss)).unwrap();
        assert_eq!((overruled.outcome, overruled.suggested), (Outcome::Win, Some(Outcome::Loss)));
        assert!(overruled.overrule_reason.is_some());
        let win = suggestion(Outcome::Win, Some(OutcomeKind::Small));
        let followed = check(&json(r#","overrule_reason":"none""#), Some(&win)).unwrap();
        assert_eq!((followed.kind, followed.overrule_reason), (Some(OutcomeKind::Small), None));
        assert_eq!(fields(check(&json(r#","kind":"neutral""#), None)), ["kind"]);
        assert!(serde_json::from_str::<ConclusionDraft>(r#"{"outcom":"win"}"#).is_err());
    }
}
