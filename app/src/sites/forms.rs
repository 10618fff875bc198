//! The forms of the settings page as browsers post them, and which of them was refused.

use domain::errors::FieldErrors;
use domain::search::ThesaurusEdits;
use domain::sites::{Area, AreaDraft, AreaVisitors, Device, SiteChange, SiteChangeDraft, Term, TermDraft};
use domain::text::{one_line, whole_count};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The name of the line for one more, in a form and in findings.
pub const ADDED: &str = "added";

/// A form of the page that was refused, as it was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SettingsForm {
    Workspace(WorkspaceForm),
    Site(SiteForm),
    /// The areas of the site with this slug.
    Areas(String, AreasForm),
    /// Another name for a metric of the site with this slug.
    Metric(String, MetricName),
    /// A change of a site, new or edited.
    Change(ChangeForm),
    /// `audiences` or `levers`.
    Terms(String, TermsForm),
    Thesaurus(ThesaurusForm),
}

/// The thesaurus's edits as typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThesaurusForm {
    /// A group on each line, with commas between its phrases.
    pub groups: String,
    /// A name on each line.
    pub off: String,
}

impl ThesaurusForm {
    pub fn of(edits: &ThesaurusEdits) -> Self {
        let groups: Vec<String> = edits.groups.iter().map(|group| group.join(", ")).collect();
        Self { groups: groups.join("\n"), off: edits.off.join("\n") }
    }

    pub fn edits(&self) -> ThesaurusEdits {
        let lines = |text: &str| text.lines().map(one_line).filter(|line| !line.is_empty()).collect::<Vec<_>>();
        let phrases = |line: &String| line.split([',', ';']).map(one_line).filter(|phrase| !phrase.is_empty()).collect();
        ThesaurusEdits { groups: lines(&self.groups).iter().map(phrases).collect(), off: lines(&self.off) }
    }
}

/// What the whole workspace is called, and who sees money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkspaceForm {
    pub name: String,
    /// `no` where only leads and owners see money.
    #[serde(default)]
    pub money: String,
}

/// A site as a browser posts it: all text, the margin in percent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteForm {
    pub name: String,
    pub slug: String,
    pub currency: String,
    pub time_zone: String,
    pub margin: String,
    pub url: String,
    /// The version that an edit began with; empty for a new site.
    pub version: String,
}

/// The areas of a site by slug, and one more.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AreasForm {
    pub areas: BTreeMap<String, AreaForm>,
    pub added: AreaForm,
}

/// One area: its name, and visitors a month as typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AreaForm {
    pub name: String,
    pub desktop: String,
    pub mobile: String,
    pub tablet: String,
}

impl AreaForm {
    pub fn of(area: &Area) -> Self {
        let count = |device| area.visitors.on(device).map(|count| count.to_string()).unwrap_or_default();
        let [desktop, mobile, tablet] = Device::ALL.map(count);
        Self { name: area.name.clone(), desktop, mobile, tablet }
    }

    pub fn on(&self, device: Device) -> &str {
        match device {
            Device::Desktop => &self.desktop,
            Device::Mobile => &self.mobile,
            Device::Tablet => &self.tablet,
        }
    }

    fn is_blank(&self) -> bool {
        [&self.name, &self.desktop, &self.mobile, &self.tablet].iter().all(|text| text.trim().is_empty())
    }

    /// What is no number becomes a count that no check lets pass.
    fn draft(&self, slug: Option<&str>) -> AreaDraft {
        let count = |text: &str| (!text.trim().is_empty()).then(|| whole_count(text).unwrap_or(-1));
        let visitors = AreaVisitors { desktop: count(&self.desktop), mobile: count(&self.mobile), tablet: count(&self.tablet) };
        AreaDraft { name: self.name.clone(), slug: slug.map(str::to_owned), visitors }
    }
}

impl AreasForm {
    /// What differs from the present list, or what is wrong with it, line by line.
    pub fn drafts(&self, present: &[Area]) -> Result<Vec<AreaDraft>, FieldErrors> {
        let mut drafts: Vec<AreaDraft> = self.areas.iter().map(|(slug, form)| form.draft(Some(slug))).collect();
        drafts.retain(|draft| draft.check().ok().is_none_or(|area| !present.contains(&area)));
        if !self.added.is_blank() {
            drafts.insert(0, self.added.draft(None));
        }
        let mut errors = FieldErrors::default();
        for draft in &drafts {
            lay(&mut errors, draft.slug.as_deref(), draft.check().err());
        }
        errors.into_result(drafts)
    }
}

/// The names of a list by slug, and one more.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    pub terms: BTreeMap<String, String>,
    pub added: String,
}

impl TermsForm {
    /// What differs from the present list, or what is wrong with it, line by line.
    pub fn drafts(&self, present: &[Term]) -> Result<Vec<TermDraft>, FieldErrors> {
        let same = |slug: &str, name: &str| present.iter().any(|term| term.slug == slug && term.name == name.trim());
        let changed = self.terms.iter().filter(|(slug, name)| !same(slug, name));
        let mut drafts: Vec<TermDraft> = changed.map(|(slug, name)| TermDraft { name: name.clone(), slug: Some(slug.clone()) }).collect();
        if !self.added.trim().is_empty() {
            drafts.insert(0, TermDraft { name: self.added.clone(), slug: None });
        }
        let mut errors = FieldErrors::default();
        for draft in &drafts {
            lay(&mut errors, draft.slug.as_deref(), draft.check().err());
        }
        errors.into_result(drafts)
    }
}

/// Another name for the metric of this slug.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetricName {
    pub slug: String,
    pub name: String,
}

/// A site change as a browser posts it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// `C-3`; empty for a new one.
    pub number: String,
    pub site: String,
    pub title: String,
    pub date: String,
    pub areas: Vec<String>,
    /// The version that an edit began with; empty for a new one.
    pub version: String,
}

impl ChangeForm {
    pub fn of(change: &SiteChange) -> Self {
        let SiteChange { number, site, title, date, areas, version, .. } = change.clone();
        Self { number, site, title, date: date.to_string(), areas, version: version.to_string() }
    }

    pub fn draft(&self) -> SiteChangeDraft {
        let Self { site, title, date, areas, .. } = self.clone();
        SiteChangeDraft { title, date, site, areas }
    }
}

/// Puts the findings about one line of a list under its name: `checkout.visitors.tablet`, `added.name`.
pub fn lay(errors: &mut FieldErrors, slug: Option<&str>, found: Option<FieldErrors>) {
    for error in found.into_iter().flat_map(|found| found.0) {
        errors.add(format!("{}.{}", slug.unwrap_or(ADDED), error.field), error.message);
    }
}

/// What was found about one line of a list, about any of its fields.
pub fn of_line(errors: &FieldErrors, line: &str) -> Option<String> {
    let within = |field: &str| field.strip_prefix(line).is_some_and(|rest| rest.starts_with('.'));
    errors.0.iter().find(|error| within(&error.field)).map(|error| error.message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(name: &str, desktop: &str) -> AreaForm {
        AreaForm { name: name.into(), desktop: desktop.into(), ..AreaForm::default() }
    }

    #[test]
    fn groups_of_words_are_lines_and_commas() {
        let typed = ThesaurusForm { groups: "trade counter , branch desk\r\n\n a;b, ".into(), off: " basket \n".into() };
        let edits = typed.edits();
        assert_eq!(edits.groups, [["trade counter", "branch desk"], ["a", "b"]]);
        assert_eq!(
            (edits.off.as_slice(), ThesaurusForm::of(&edits).groups.as_str()),
            (["basket".to_owned()].as_slice(), "trade counter, branch desk\na, b")
        );
    }

    #[test]
    fn only_what_differs_becomes_a_draft() {
        let present = vec![area("Basket", "5,000").draft(Some("basket")).check().unwrap()];
        let same = AreasForm { areas: BTreeMap::from([("basket".into(), area("Basket", "5000"))]), added: area(" ", "") };
        assert_eq!(same.drafts(&present), Ok(Vec::new()));
        let more = AreasForm { added: area("Gift cards", "12"), ..same };
        assert_eq!(more.drafts(&present).unwrap().len(), 1);
    }

    #[test]
    fn every_wrong_line_is_named_before_any_is_kept() {
        let areas = BTreeMap::from([("basket".into(), area("Basket", "many")), ("checkout".into(), area("", "1"))]);
        let errors = AreasForm { areas, added: area("", "40") }.drafts(&[]).unwrap_err();
        assert!(errors.of("basket.visitors.desktop").is_some() && errors.of("added.name").is_some(), "{errors}");
        assert_eq!(of_line(&errors, "checkout"), errors.of("checkout.name").map(str::to_owned));
        assert_eq!(of_line(&errors, "check"), None);
    }
}
