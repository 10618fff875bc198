//! The fields of a row as a browser posts them: all text.

use super::{Behaviour, SignalDraft};
use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// Every field as typed, so that a refused form comes back unchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignalForm {
    pub page: String,
    pub path: String,
    pub site: String,
    pub area: String,
    pub device: String,
    pub from: String,
    pub to: String,
    pub visits: String,
    pub exits: String,
    pub hesitation: String,
    pub scroll_loop: String,
    pub exit_intent: String,
}

impl SignalForm {
    /// The draft, or which counts cannot be read. Field names are those of the draft.
    pub fn draft(&self) -> Result<SignalDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut count = |field: &str, raw: &str| {
            if raw.trim().is_empty() {
                return None;
            }
            let count = text::whole_count(raw);
            errors.require(count.is_some(), field, format!("“{}” is not a whole number.", text::one_line(raw)));
            count
        };
        let (visits, exits) = (count("visits", &self.visits), count("exits", &self.exits));
        let [hesitation, scroll_loop, exit_intent] =
            Behaviour::ALL.map(|behaviour| (behaviour.slug(), self.count_of(behaviour))).map(|(field, raw)| count(field, raw));
        let said = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        errors.into_result(SignalDraft {
            page: self.page.clone(),
            path: self.path.clone(),
            site: self.site.clone(),
            area: said(&self.area),
            device: said(&self.device),
            from: self.from.clone(),
            to: self.to.clone(),
            visits,
            exits,
            hesitation,
            scroll_loop,
            exit_intent,
        })
    }

    /// The fields of an existing draft, for the edit page.
    pub fn of(draft: &SignalDraft) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let count = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
        Self {
            page: draft.page.clone(),
            path: draft.path.clone(),
            site: draft.site.clone(),
            area: text(&draft.area),
            device: text(&draft.device),
            from: draft.from.clone(),
            to: draft.to.clone(),
            visits: count(draft.visits),
            exits: count(draft.exits),
            hesitation: count(draft.hesitation),
            scroll_loop: count(draft.scroll_loop),
            exit_intent: count(draft.exit_intent),
        }
    }

    /// What was typed for a behaviour.
    pub fn count_of(&self, behaviour: Behaviour) -> &str {
        match behaviour {
            Behaviour::Hesitation => &self.hesitation,
            Behaviour::ScrollLoop => &self.scroll_loop,
            Behaviour::ExitIntent => &self.exit_intent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_a_draft_and_back() {
        let form = SignalForm { path: "/a".into(), visits: "39,300".into(), exits: "18.880".into(), ..SignalForm::default() };
        let draft = form.draft().unwrap();
        assert_eq!((draft.visits, draft.exits, draft.hesitation, draft.area.clone()), (Some(39_300), Some(18_880), None, None));
        assert_eq!(SignalForm::of(&draft).visits, "39300");
    }

    #[test]
    fn what_is_no_count_is_named() {
        let form = SignalForm { visits: "many".into(), scroll_loop: "29 %".into(), ..SignalForm::default() };
        let errors = form.draft().unwrap_err();
        assert!(errors.of("visits").is_some() && errors.of("scroll_loop").is_some());
    }
}
