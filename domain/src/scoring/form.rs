//! The settings of scoring as a browser posts them: all text, each under its name.

use super::{CombineRule, CustomCriterion, MOST_CRITERIA, Model, ScoringSettings, Shape};
use crate::errors::FieldErrors;
use crate::text::parse_number;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Model, rule, sites and own criteria.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoringForm {
    /// The version of the workspace that the form was filled from.
    pub version: Option<i64>,
    pub model: String,
    pub combine: String,
    /// By slug; empty for the model of the workspace.
    pub sites: BTreeMap<String, String>,
    /// By row; a row without a name is none.
    pub custom: BTreeMap<String, CriterionForm>,
}

/// A row of the criteria.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CriterionForm {
    pub slug: String,
    pub name: String,
    pub weight: String,
    /// `cost` where less is better.
    pub kind: String,
}

impl CriterionForm {
    fn of(one: &CustomCriterion) -> Self {
        let kind = if one.cost { "cost" } else { "benefit" };
        Self { slug: one.slug.clone(), name: one.name.clone(), weight: one.weight.to_string(), kind: kind.to_owned() }
    }

    /// A weight that is no number becomes one that no check lets pass; without any it is 1.
    fn criterion(&self) -> CustomCriterion {
        let weight = if self.weight.trim().is_empty() { 1.0 } else { parse_number(&self.weight).unwrap_or(f64::NAN) };
        CustomCriterion { slug: self.slug.clone(), name: self.name.clone(), weight, cost: self.kind == "cost" }
    }
}

impl ScoringForm {
    pub fn of(settings: &ScoringSettings, combine: CombineRule, version: i64) -> Self {
        let custom = settings.custom.iter().enumerate().map(|(row, one)| (row.to_string(), CriterionForm::of(one)));
        Self {
            version: Some(version),
            model: settings.model.slug().to_owned(),
            combine: combine.slug().to_owned(),
            sites: settings.sites.iter().map(|(site, model)| (site.clone(), model.slug().to_owned())).collect(),
            custom: custom.collect(),
        }
    }

    /// The rows with a name, in their order, and empty ones up to the most that there can be.
    pub fn rows(&self) -> Vec<CriterionForm> {
        let mut rows: Vec<CriterionForm> = self.custom.values().filter(|row| !row.name.trim().is_empty()).cloned().collect();
        rows.resize_with(rows.len().max(MOST_CRITERIA), CriterionForm::default);
        rows
    }

    /// The settings with what the form says; what is wrong with a criterion stands under its place among [`Self::rows`].
    pub fn settings(&self, present: &ScoringSettings) -> Result<(ScoringSettings, CombineRule), FieldErrors> {
        let mut errors = FieldErrors::default();
        let model = chosen(&mut errors, "settings.scoring.model", &self.model);
        let combine = CombineRule::from_slug(&self.combine);
        errors.require(combine.is_some(), "settings.combine", "Choose mean or product.");
        let mut sites = BTreeMap::new();
        for (site, model) in self.sites.iter().filter(|(_, model)| !model.is_empty()) {
            sites.insert(site.clone(), chosen(&mut errors, &format!("settings.scoring.sites.{site}"), model));
        }
        let custom = self.rows().iter().filter(|row| !row.name.trim().is_empty()).map(CriterionForm::criterion).collect();
        let settings = ScoringSettings { model, sites, custom, rubrics: present.rubrics.clone() };
        errors.into_result((settings, combine.unwrap_or(CombineRule::Mean)))
    }
}

fn chosen(errors: &mut FieldErrors, field: &str, slug: &str) -> Model {
    let model = Model::from_slug(slug);
    errors.require(model.is_some(), field, "Choose one of the models.");
    model.unwrap_or_default()
}

/// The texts of one model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RubricForm {
    pub version: Option<i64>,
    pub model: String,
    /// By criterion and by the level with which a band begins.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
}

impl RubricForm {
    /// The texts as they are in force.
    pub fn of(shape: &Shape, version: i64) -> Self {
        let texts =
            shape.criteria.iter().map(|one| (one.slug.clone(), one.bands.iter().map(|band| (band.key(), band.text.clone())).collect()));
        Self { version: Some(version), model: shape.model.slug().to_owned(), texts: texts.collect() }
    }

    pub fn text(&self, criterion: &str, band: &str) -> &str {
        self.texts.get(criterion).and_then(|texts| texts.get(band)).map_or("", String::as_str)
    }

    /// The settings with these texts; an empty one is the shipped one again.
    pub fn settings(&self, present: &ScoringSettings) -> Result<ScoringSettings, FieldErrors> {
        let model = Model::from_slug(&self.model).ok_or_else(|| FieldErrors::one("form", "Choose one of the models."))?;
        let mut settings = present.clone();
        settings.rubrics.entry(model).or_default().extend(self.texts.clone());
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::Shapes;

    fn row(name: &str, weight: &str, kind: &str) -> CriterionForm {
        CriterionForm { slug: String::new(), name: name.into(), weight: weight.into(), kind: kind.into() }
    }

    fn form(model: &str, rows: &[CriterionForm]) -> ScoringForm {
        let custom = rows.iter().enumerate().map(|(at, row)| (at.to_string(), row.clone())).collect();
        ScoringForm { model: model.into(), combine: "mean".into(), custom, ..ScoringForm::default() }
    }

    fn saved(form: &ScoringForm) -> Result<ScoringSettings, FieldErrors> {
        form.settings(&ScoringSettings::default())?.0.checked(&["shop".to_owned()])
    }

    #[test]
    fn criteria_of_ones_own_keep_their_slug_when_they_are_renamed() {
        let first = saved(&form("custom", &[row("Gain for people", "2,5", "benefit"), row("", "", ""), row("Risk", "", "cost")])).unwrap();
        assert_eq!(
            first.custom.iter().map(|one| (one.slug.as_str(), one.weight, one.cost)).collect::<Vec<_>>(),
            [("gain-for-people", 2.5, false), ("risk", 1.0, true)]
        );
        let mut again = ScoringForm::of(&first, CombineRule::Mean, 3);
        again.custom.get_mut("0").unwrap().name = "Gain".into();
        let renamed = saved(&again).unwrap();
        assert_eq!((renamed.custom[0].slug.as_str(), renamed.custom[0].name.as_str()), ("gain-for-people", "Gain"));
    }

    #[test]
    fn what_is_wrong_stands_beside_its_row() {
        for (form, field) in [
            (form("custom", &[row("", "", "")]), "settings.scoring.model"),
            (form("gut", &[]), "settings.scoring.model"),
            (form("ice", &[row("Reason", "1", "")]), "settings.scoring.custom.0.name"),
            (form("ice", &[row("", "", ""), row("Gain", "0", "")]), "settings.scoring.custom.0.weight"),
            (form("ice", &[row("Gain", "1", ""), row("gain", "many", "")]), "settings.scoring.custom.1.name"),
            (form("ice", &[row("日本", "1", "")]), "settings.scoring.custom.0.name"),
            (form("ice", &vec![row("x", "1", ""); 9]), "settings.scoring.custom"),
            (ScoringForm { sites: BTreeMap::from([("gone".into(), "pie".into())]), ..form("ice", &[]) }, "settings.scoring.sites.gone"),
        ] {
            assert!(saved(&form).unwrap_err().of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn only_texts_that_differ_are_kept_so_that_shipped_ones_can_improve() {
        let shipped = Shapes::new(&ScoringSettings::default(), CombineRule::Mean);
        let mut form = RubricForm::of(shipped.of(Model::Rice), 1);
        form.texts.get_mut("impact").unwrap().insert("0.25".into(), " a  hair ".into());
        let kept = form.settings(&ScoringSettings::default()).unwrap().checked(&[]).unwrap();
        assert_eq!(serde_json::to_string(&kept.rubrics).unwrap(), "{\"rice\":{\"impact\":{\"0.25\":\"a hair\"}}}");
        assert_eq!(kept.shape(Model::Rice, CombineRule::Mean).criteria[1].rubric(0.25), "a hair");
        form.texts.get_mut("impact").unwrap().insert("0.25".into(), String::new());
        assert_eq!(form.settings(&kept).unwrap().checked(&[]).unwrap(), ScoringSettings::default());
        form.texts.get_mut("impact").unwrap().insert("0.3".into(), "x".into());
        form.texts.insert("ease".into(), BTreeMap::new());
        let errors = form.settings(&kept).unwrap().checked(&[]).unwrap_err();
        assert_eq!(errors.of("settings.scoring.rubrics.rice.impact.0.3"), Some("No text begins at “0.3” here; use 0.25, 0.5, 1, 2, 3."));
        assert!(errors.of("settings.scoring.rubrics.rice.ease").is_some());
    }
}
