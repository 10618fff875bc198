//! The form of the evidence weights: a preview, which writes nothing, and saving.

use super::answer::Sent;
use crate::routes::{Access, Routes};
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::accounts::WorkspaceSettings;
use domain::errors::FieldErrors;
use domain::evidence::WeightsForm;
use store::{Configure, Scope, StoreError};

const ACCESS: Access = Access::Member(Permission::Configure);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/settings/weights", ACCESS, save);
    routes.post("/{workspace}/settings/weights/preview", ACCESS, preview);
}

fn page(workspace: &str) -> String {
    format!("/{workspace}/settings/weights")
}

async fn save(Path(workspace): Path<String>, sent: Sent<WeightsForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = page(&workspace);
    sent.lead(saved(&scope, &sent.form).await, &page, |()| page.clone()).await
}

async fn saved(scope: &Scope<Configure>, form: &WeightsForm) -> Result<(), StoreError> {
    let evidence = form.check()?;
    let present = scope.workspace().clone();
    let settings = WorkspaceSettings { evidence, ..present.settings };
    let version = form.version.unwrap_or(present.version);
    scope.edit_settings(&present.name, &settings, version).await.map(|_| ())
}

/// Keeps the numbers, so that the page can be sent for again; the page itself reckons the preview.
async fn preview(Path(workspace): Path<String>, sent: Sent<WeightsForm>) -> Response {
    if let Err(refusal) = sent.scope::<Configure>(&workspace).await {
        return refusal;
    }
    match sent.form.check() {
        Ok(_) => sent.keep_as("preview", &sent.form, FieldErrors::default(), &format!("{}#preview", page(&workspace))).await,
        Err(errors) => sent.lead_back(errors.into(), &page(&workspace)).await,
    }
}
