//! The decision panel's fields as a browser posts them: all text.

use domain::experiments::{ConclusionDraft, DecisionDraft, DecisionKind, Outcome, Suggestion, Test};
use domain::learnings::LessonDraft;
use domain::sites::Device;
use serde::{Deserialize, Serialize};

/// Every field as typed. Each kind of decision has fields of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConclusionForm {
    pub outcome: String,
    pub overrule_reason: String,
    /// The ticked kinds.
    pub decisions: Vec<String>,
    pub ship_variant: String,
    pub ship_devices: Vec<String>,
    pub ship_on: String,
    pub roll_back_reason: String,
    pub stop_reason: String,
    pub iterate_title: String,
    pub re_run_title: String,
    pub re_test_on: String,
    pub sentence: String,
    pub what_happened: String,
    pub why: String,
    pub surprise: String,
    pub areas: Vec<String>,
    pub audiences: Vec<String>,
    pub lever: String,
    pub recheck_on: String,
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

impl ConclusionForm {
    /// The panel as it opens: what the rules suggest is chosen, and where the test ran is filled in.
    pub fn fresh(test: &Test, suggestion: Option<&Suggestion>) -> Self {
        let recordable = suggestion.filter(|one| one.outcome != Outcome::TooEarly);
        let variant = recordable.and_then(|one| one.variant.clone());
        Self {
            outcome: recordable.map(|one| one.outcome.slug().to_owned()).unwrap_or_default(),
            ship_variant: variant.or_else(|| test.plan.treatments().first().map(|one| one.key.clone())).unwrap_or_default(),
            ship_devices: recordable.map(|one| one.devices.iter().map(|device| device.slug().to_owned()).collect()).unwrap_or_default(),
            areas: test.area.iter().cloned().collect(),
            audiences: test.audience.iter().cloned().collect(),
            surprise: "expected".to_owned(),
            ..Self::default()
        }
    }

    pub fn draft(&self) -> ConclusionDraft {
        ConclusionDraft {
            outcome: self.outcome.clone(),
            kind: None,
            decisions: self.decisions.iter().map(|kind| self.decision(kind)).collect(),
            learning: LessonDraft {
                sentence: self.sentence.clone(),
                what_happened: said(&self.what_happened),
                why: said(&self.why),
                surprise: said(&self.surprise),
                areas: self.areas.clone(),
                audiences: self.audiences.clone(),
                lever: said(&self.lever),
                recheck_on: said(&self.recheck_on),
            },
            overrule_reason: said(&self.overrule_reason),
        }
    }

    fn decision(&self, kind: &str) -> DecisionDraft {
        let bare = DecisionDraft { kind: kind.to_owned(), ..DecisionDraft::default() };
        match DecisionKind::from_slug(kind) {
            Some(DecisionKind::Ship) => {
                let every = self.ship_devices.len() == Device::ALL.len();
                let devices = if every { Vec::new() } else { self.ship_devices.clone() };
                DecisionDraft { variant: said(&self.ship_variant), devices, on: said(&self.ship_on), ..bare }
            }
            Some(DecisionKind::RollBack) => DecisionDraft { reason: said(&self.roll_back_reason), ..bare },
            Some(DecisionKind::Stop) => DecisionDraft { reason: said(&self.stop_reason), ..bare },
            Some(DecisionKind::Iterate) => DecisionDraft { title: said(&self.iterate_title), ..bare },
            Some(DecisionKind::ReRun) => DecisionDraft { title: said(&self.re_run_title), ..bare },
            Some(DecisionKind::ReTest) => DecisionDraft { on: said(&self.re_test_on), ..bare },
            None => bare,
        }
    }

    pub fn chose(&self, kind: DecisionKind) -> bool {
        self.decisions.iter().any(|chosen| chosen == kind.slug())
    }

    /// The finding's field name for a part of this kind's decision.
    pub fn field(&self, kind: DecisionKind, part: &str) -> String {
        let at = self.decisions.iter().position(|chosen| chosen == kind.slug());
        at.map_or_else(String::new, |at| format!("decisions.{at}.{part}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ticked_decision_takes_its_own_fields() {
        let form = ConclusionForm {
            outcome: "win".into(),
            decisions: vec!["ship".into(), "re_test".into()],
            ship_variant: "B".into(),
            ship_devices: vec!["mobile".into()],
            re_test_on: "2027-01-01".into(),
            stop_reason: "typed, not ticked".into(),
            ..ConclusionForm::default()
        };
        let draft = form.draft();
        assert_eq!((draft.decisions.len(), draft.decisions[0].variant.as_deref()), (2, Some("B")));
        assert_eq!((draft.decisions[0].devices.len(), draft.decisions[1].on.as_deref()), (1, Some("2027-01-01")));
        assert!(draft.decisions.iter().all(|one| one.reason.is_none()));
        assert_eq!(form.field(DecisionKind::ReTest, "on"), "decisions.1.on");
        assert_eq!(form.field(DecisionKind::Stop, "reason"), "");
    }

    #[test]
    fn every_device_means_all_visitors() {
        let devices = ["desktop", "mobile", "tablet"].map(str::to_owned).to_vec();
        let form = ConclusionForm { decisions: vec!["ship".into()], ship_devices: devices, ..ConclusionForm::default() };
        assert!(form.draft().decisions[0].devices.is_empty());
    }
}
