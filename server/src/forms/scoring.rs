//! Forms of the settings of scoring.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::scoring::RefusedScoring;
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::accounts::WorkspaceSettings;
use domain::scoring::{RubricForm, ScoringForm};
use store::{Configure, Scope, StoreError};

const ACCESS: Access = Access::Member(Permission::Configure);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/settings/scoring", ACCESS, models);
    routes.post("/{workspace}/settings/scoring/rubrics", ACCESS, rubrics);
}

fn page(workspace: &str) -> String {
    format!("/{workspace}/settings/scoring")
}

async fn models(Path(workspace): Path<String>, sent: Sent<ScoringForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match save_models(&scope, &sent.form).await {
        Ok(()) => Answer::see(&page(&workspace)),
        Err(error) => sent.lead_back_with(&RefusedScoring::Models(sent.form.clone()), error, &page(&workspace)).await,
    }
}

async fn save_models(scope: &Scope<Configure>, form: &ScoringForm) -> Result<(), StoreError> {
    let present = scope.workspace().clone();
    let (scoring, combine) = form.settings(&present.settings.scoring)?;
    let settings = WorkspaceSettings { scoring, combine, ..present.settings };
    scope.edit_settings(&present.name, &settings, form.version.unwrap_or(present.version)).await.map(|_| ())
}

async fn rubrics(Path(workspace): Path<String>, sent: Sent<RubricForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let place = format!("{}#rubric-title", page(&workspace));
    match save_rubrics(&scope, &sent.form).await {
        Ok(()) => Answer::see(&place),
        Err(error) => sent.lead_back_with(&RefusedScoring::Rubric(sent.form.clone()), error, &place).await,
    }
}

async fn save_rubrics(scope: &Scope<Configure>, form: &RubricForm) -> Result<(), StoreError> {
    let present = scope.workspace().clone();
    let scoring = form.settings(&present.settings.scoring)?;
    let settings = WorkspaceSettings { scoring, ..present.settings };
    scope.edit_settings(&present.name, &settings, form.version.unwrap_or(present.version)).await.map(|_| ())
}
