//! How a workspace scores: the model that ranks it, sites with one of their own, and what it says of models otherwise
//! than is shipped.

use super::custom::{self, CustomCriterion};
use super::{CombineRule, Model, Shape, rubrics, shipped};
use crate::errors::FieldErrors;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a workspace scores.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ScoringSettings {
    /// What ranks every hypothesis whose site has no model of its own.
    pub model: Model,
    /// Sites with a model of their own, by slug.
    pub sites: BTreeMap<String, Model>,
    /// Texts of the rubric that differ from those shipped: by model, criterion, and the level with which a band begins.
    pub rubrics: BTreeMap<Model, BTreeMap<String, BTreeMap<String, String>>>,
    /// The criteria of the custom model.
    pub custom: Vec<CustomCriterion>,
}

impl ScoringSettings {
    /// The model that ranks hypotheses of this site.
    pub fn in_force(&self, site: Option<&str>) -> Model {
        site.and_then(|site| self.sites.get(site)).copied().unwrap_or(self.model)
    }

    /// A model as this workspace has it.
    pub fn shape(&self, model: Model, combine: CombineRule) -> Shape {
        let mut shape = shipped::shape(model, combine, &self.custom);
        let Some(edits) = self.rubrics.get(&model) else { return shape };
        for criterion in &mut shape.criteria {
            let Some(texts) = edits.get(&criterion.slug) else { continue };
            for band in &mut criterion.bands {
                if let Some(text) = texts.get(&band.key()) {
                    band.text.clone_from(text);
                }
            }
        }
        shape
    }

    /// The settings as they are kept: criteria with slugs, and only texts that differ. Findings stand under
    /// `settings.scoring`; `sites` are the slugs that there are.
    pub fn checked(&self, sites: &[String]) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let custom = custom::checked(&self.custom, &mut errors);
        let used = std::iter::once(("settings.scoring.model".to_owned(), self.model));
        for (field, model) in used.chain(self.sites.iter().map(|(site, model)| (format!("settings.scoring.sites.{site}"), *model))) {
            let named = model != Model::Custom || !custom.is_empty();
            errors.require(named, &field, "Name at least one criterion of your own before it ranks by them.");
        }
        for site in self.sites.keys().filter(|site| !sites.contains(site)) {
            errors.add(format!("settings.scoring.sites.{site}"), format!("There is no site “{site}”."));
        }
        let rubrics = rubrics::checked(&self.rubrics, &custom, &mut errors);
        errors.into_result(Self { custom, rubrics, ..self.clone() })
    }
}

/// All models as a workspace has them, and which of them ranks what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shapes {
    all: [Shape; 5],
    model: Model,
    sites: BTreeMap<String, Model>,
}

impl Shapes {
    pub fn new(settings: &ScoringSettings, combine: CombineRule) -> Self {
        let all = Model::ALL.map(|model| settings.shape(model, combine));
        Self { all, model: settings.model, sites: settings.sites.clone() }
    }

    pub fn of(&self, model: Model) -> &Shape {
        &self.all[model as usize]
    }

    pub fn all(&self) -> &[Shape] {
        &self.all
    }

    /// The model that ranks hypotheses of this site.
    pub fn in_force(&self, site: Option<&str>) -> &Shape {
        self.of(site.and_then(|site| self.sites.get(site)).copied().unwrap_or(self.model))
    }

    /// The sites with a model of their own.
    pub fn own(&self) -> impl Iterator<Item = (&str, Model)> {
        self.sites.iter().map(|(site, model)| (site.as_str(), *model))
    }

    /// The models that rank something, the workspace's first.
    pub fn ranking(&self) -> Vec<&Shape> {
        let mut models = vec![self.model];
        for model in self.sites.values().filter(|model| **model != self.model) {
            if !models.contains(model) {
                models.push(*model);
            }
        }
        models.into_iter().map(|model| self.of(model)).collect()
    }

    /// Whether every hypothesis has the same number by both.
    pub fn rank_like(&self, other: &Shapes) -> bool {
        let sites = self.sites.keys().chain(other.sites.keys()).map(|site| Some(site.as_str()));
        sites.chain([None]).all(|site| self.in_force(site).ranks_like(other.in_force(site)))
    }
}
