//! What the score page and the settings of scoring read.

use crate::accounts::Filled;
use crate::error::AppError;
use domain::hypotheses::Hypothesis;
use domain::scoring::{RubricForm, ScoreDraft, ScoringForm, Shape, Shapes};
use domain::sites::Site;
use domain::text::parse_number;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The levels and the reason as a browser posts them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreForm {
    /// The model that the page asked by; a lead may have chosen another one meanwhile.
    pub model: String,
    pub reason: String,
    /// By the name of the criterion.
    #[serde(flatten)]
    pub levels: BTreeMap<String, String>,
}

impl ScoreForm {
    /// What is no number becomes one that no scale takes.
    pub fn draft(&self) -> ScoreDraft {
        let given = self.levels.iter().filter(|(_, text)| !text.trim().is_empty());
        ScoreDraft {
            model: Some(self.model.clone()).filter(|model| !model.is_empty()),
            criteria: given.map(|(slug, text)| (slug.clone(), parse_number(text).unwrap_or(f64::NAN))).collect(),
            reason: Some(self.reason.clone()),
            lift_low: None,
            lift_high: None,
        }
    }

    pub fn level(&self, slug: &str) -> &str {
        self.levels.get(slug).map_or("", String::as_str)
    }
}

/// The score page: the hypothesis, the model that ranks it, and the asking person's present score by that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scoring {
    pub hypothesis: Hypothesis,
    pub filled: Filled<ScoreForm>,
    pub shape: Shape,
}

#[server]
pub async fn read_scoring(workspace: String, number: String, draft: Option<String>) -> Result<Scoring, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    use domain::scoring::Model;
    let scope = scope::<store::Contribute>(&workspace).await?;
    let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
    let shapes = scope.workspace().settings.shapes();
    let in_force = shapes.in_force(hypothesis.site.as_deref());
    if let Some(kept) = kept_draft::<ScoreForm>(draft.as_deref()).await? {
        let shape = Model::from_slug(&kept.form.model).map_or(in_force, |model| shapes.of(model)).clone();
        return Ok(Scoring { hypothesis, filled: Filled { form: kept.form, errors: kept.errors }, shape });
    }
    let scores = scope.scores(&number).await.map_err(refused)?;
    let me = scope.me().await.map_err(refused)?;
    let by_me = |me: &domain::accounts::Member| scores.iter().find(|one| one.email == me.email && one.judgement.model == in_force.model);
    let form = me.as_ref().and_then(by_me).map(|score| ScoreForm {
        model: in_force.model.slug().to_owned(),
        reason: score.judgement.reason.clone().unwrap_or_default(),
        levels: score.judgement.criteria.iter().map(|(slug, level)| (slug.clone(), level.to_string())).collect(),
    });
    let shape = in_force.clone();
    Ok(Scoring { hypothesis, filled: Filled { form: form.unwrap_or_default(), ..Filled::default() }, shape })
}

/// A form of the settings of scoring that was refused, as it was typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RefusedScoring {
    Models(ScoringForm),
    Rubric(RubricForm),
}

/// The settings of scoring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoringPage {
    pub shapes: Shapes,
    pub sites: Vec<Site>,
    /// The models, rule, sites and criteria: the present ones, or as they were refused.
    pub models: Filled<ScoringForm>,
    /// The texts that were refused, if some were.
    pub rubric: Option<Filled<RubricForm>>,
    pub version: i64,
}

#[server]
pub async fn read_scoring_settings(workspace: String, draft: Option<String>) -> Result<ScoringPage, AppError> {
    use crate::request::{draft as kept_draft, refused, scope, version_of};
    let scope = scope::<store::Configure>(&workspace).await?;
    let sites = scope.sites().await.map_err(refused)?;
    let here = scope.workspace();
    let (shapes, version) = (here.settings.shapes(), here.version);
    let present = ScoringForm::of(&here.settings.scoring, here.settings.combine, version);
    let (mut models, mut rubric) = (Filled { form: present, ..Filled::default() }, None);
    if let Some(kept) = kept_draft::<RefusedScoring>(draft.as_deref()).await? {
        let errors = kept.errors;
        match kept.form {
            RefusedScoring::Models(mut form) => {
                form.version = Some(version_of(form.version, &errors, version));
                models = Filled { form, errors };
            }
            RefusedScoring::Rubric(mut form) => {
                form.version = Some(version_of(form.version, &errors, version));
                rubric = Some(Filled { form, errors });
            }
        }
    }
    Ok(ScoringPage { shapes, sites, models, rubric, version })
}
