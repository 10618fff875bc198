//! The request behind a server function: who asks, and the scope they get. Server only.

use crate::error::AppError;
use axum::http::{StatusCode, request::Parts};
use domain::errors::FieldErrors;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Actor, Right, Scope, Store, StoreError};

/// Who asks, as the middleware found out.
#[derive(Debug, Clone)]
pub struct Identity {
    pub actor: Actor,
    /// The session's secret, which also owns the drafts of refused forms.
    pub secret: Option<String>,
}

/// What a form says that was sent after somebody else had saved.
pub const OVERTAKEN: &str =
    "Somebody else saved this meanwhile. Your text is kept below; open the present version in another tab, then save again to replace it.";

/// The version that a refused form goes on with: the one it began with, until the person has been told of another.
pub fn version_of(began: Option<i64>, errors: &FieldErrors, present: i64) -> i64 {
    began.filter(|_| errors.of("form") != Some(OVERTAKEN)).unwrap_or(present)
}

/// A refused form as it is kept for ten minutes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Draft<T> {
    pub form: T,
    pub errors: FieldErrors,
}

pub fn store() -> Store {
    expect_context::<Store>()
}

fn parts() -> Option<Parts> {
    use_context::<Parts>()
}

pub fn identity() -> Identity {
    let found = parts().and_then(|parts| parts.extensions.get::<Identity>().cloned());
    found.unwrap_or(Identity { actor: Actor::Anonymous, secret: None })
}

/// A cookie that holds no secret, such as the theme.
pub fn cookie(name: &str) -> Option<String> {
    let parts = parts()?;
    let header = parts.headers.get("cookie")?.to_str().ok()?;
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The scope of this right in this workspace, or the refusal that the page shows.
pub async fn scope<R: Right>(workspace: &str) -> Result<Scope<R>, AppError> {
    let identity = identity();
    if identity.actor == Actor::Anonymous {
        return Err(refuse(AppError::SignIn));
    }
    store().scope::<R>(&identity.actor, workspace).await.map_err(refused)
}

/// The refused form behind `?draft=id`, if there is one; else a fresh one without findings.
pub async fn draft<T: DeserializeOwned>(id: Option<&str>) -> Result<Option<Draft<T>>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let owner = identity().secret.unwrap_or_default();
    let body = store().draft(&owner, id).await.map_err(refused)?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
}

/// The app's word for a store's refusal; the answer's status is set with it.
pub fn refused(error: StoreError) -> AppError {
    refuse(match error {
        StoreError::NotFound => AppError::NotFound,
        StoreError::Forbidden => AppError::Forbidden,
        StoreError::Invalid(errors) => AppError::Invalid(errors),
        StoreError::Conflict(reason) => AppError::Conflict(reason),
        StoreError::Stale { .. } => AppError::Stale,
        StoreError::Database(_) | StoreError::Data(_) | StoreError::Internal(_) => {
            tracing::error!(%error, "a page could not be read");
            AppError::Internal
        }
    })
}

fn refuse(error: AppError) -> AppError {
    let status = match &error {
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::SignIn => StatusCode::UNAUTHORIZED,
        AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::Conflict(_) | AppError::Stale => StatusCode::CONFLICT,
        AppError::Internal | AppError::Network(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_replaces_nothing_that_its_writer_has_not_heard_of() {
        let wrong = FieldErrors::one("margin", "A margin is a share.");
        let told = FieldErrors::one("form", OVERTAKEN);
        assert_eq!(version_of(Some(3), &wrong, 5), 3);
        assert_eq!(version_of(Some(3), &told, 5), 5);
        assert_eq!(version_of(None, &FieldErrors::default(), 5), 5);
    }
}
