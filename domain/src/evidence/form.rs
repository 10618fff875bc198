//! The fields of evidence as a browser posts them: all text.

use super::{EvidenceDraft, SourceDraft};
use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// Every field as typed, so that a refused form comes back unchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidenceForm {
    pub title: String,
    pub kind: String,
    pub finding: String,
    pub source_name: String,
    pub source_url: String,
    pub observed_from: String,
    pub observed_to: String,
    pub sample_size: String,
    pub site: String,
    pub areas: Vec<String>,
    pub devices: Vec<String>,
    pub audiences: Vec<String>,
    /// Separated by commas.
    pub tags: String,
    pub worth: String,
}

impl EvidenceForm {
    /// The draft, or which numbers cannot be read. Field names are those of the draft.
    pub fn draft(&self) -> Result<EvidenceDraft, FieldErrors> {
        let mut errors = FieldErrors::default();
        let sample_size = whole_number(&mut errors, "sample_size", &self.sample_size);
        let said = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        let chosen = |slugs: &[String]| slugs.iter().filter(|slug| !slug.is_empty()).cloned().collect();
        let source = SourceDraft { name: said(&self.source_name), url: said(&self.source_url) };
        let draft = EvidenceDraft {
            title: self.title.clone(),
            kind: self.kind.clone(),
            finding: said(&self.finding),
            source: (source != SourceDraft::default()).then_some(source),
            observed_from: said(&self.observed_from),
            observed_to: said(&self.observed_to),
            sample_size,
            site: said(&self.site),
            areas: chosen(&self.areas),
            devices: chosen(&self.devices),
            audiences: chosen(&self.audiences),
            tags: self.tags.split(',').map(str::to_owned).collect(),
            worth: said(&self.worth),
        };
        errors.into_result(draft)
    }

    /// The fields of an existing draft, for the edit page.
    pub fn of(draft: &EvidenceDraft) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let source = draft.source.clone().unwrap_or_default();
        Self {
            title: draft.title.clone(),
            kind: draft.kind.clone(),
            finding: text(&draft.finding),
            source_name: text(&source.name),
            source_url: text(&source.url),
            observed_from: text(&draft.observed_from),
            observed_to: text(&draft.observed_to),
            sample_size: draft.sample_size.map(|size| size.to_string()).unwrap_or_default(),
            site: text(&draft.site),
            areas: draft.areas.clone(),
            devices: draft.devices.clone(),
            audiences: draft.audiences.clone(),
            tags: draft.tags.join(", "),
            worth: text(&draft.worth),
        }
    }
}

/// "1,240" or "1.240" as people write it; a fraction is no count.
fn whole_number(errors: &mut FieldErrors, field: &str, raw: &str) -> Option<i64> {
    if raw.trim().is_empty() {
        return None;
    }
    let number = text::whole_count(raw);
    errors.require(number.is_some(), field, format!("“{}” is not a whole number.", text::one_line(raw)));
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_becomes_a_draft_and_back() {
        let form = EvidenceForm {
            title: "212 of 640 mention stock".into(),
            kind: "survey".into(),
            sample_size: "1,240".into(),
            tags: "stock, branch".into(),
            ..EvidenceForm::default()
        };
        let draft = form.draft().unwrap();
        assert_eq!((draft.sample_size, draft.source.clone(), draft.finding.clone()), (Some(1240), None, None));
        assert_eq!(EvidenceForm::of(&draft).sample_size, "1240");
    }

    #[test]
    fn a_sample_is_a_count_whatever_parts_its_thousands() {
        for raw in ["136.200", "136,200", "136 200"] {
            let form = EvidenceForm { title: "x".into(), kind: "survey".into(), sample_size: raw.into(), ..EvidenceForm::default() };
            assert_eq!(form.draft().unwrap().sample_size, Some(136_200), "{raw}");
        }
    }

    #[test]
    fn a_sample_that_is_no_count_is_named() {
        for raw in ["many", "12.5"] {
            let form = EvidenceForm { sample_size: raw.into(), ..EvidenceForm::default() };
            assert_eq!(form.draft().unwrap_err().of("sample_size"), Some(format!("“{raw}” is not a whole number.").as_str()));
        }
    }
}
