//! What `/levers` and `/audiences` answer: an entry with the version of the workspace, which covers both lists.

use super::answer::Versioned;
use domain::sites::Term;
use serde::Serialize;
use store::{Right, Scope, StoreError};
use utoipa::ToSchema;

/// A lever or an audience with the version of the workspace.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionedTerm {
    #[serde(flatten)]
    pub term: Term,
    pub version: i64,
}

impl Versioned for VersionedTerm {
    fn version(&self) -> i64 {
        self.version
    }
}

/// The lever of this slug.
pub async fn lever<R: Right>(scope: &Scope<R>, slug: &str) -> Result<VersionedTerm, StoreError> {
    found(scope, scope.catalogue().await?.levers, slug).await
}

/// The audience of this slug.
pub async fn audience<R: Right>(scope: &Scope<R>, slug: &str) -> Result<VersionedTerm, StoreError> {
    found(scope, scope.catalogue().await?.audiences, slug).await
}

async fn found<R: Right>(scope: &Scope<R>, terms: Vec<Term>, slug: &str) -> Result<VersionedTerm, StoreError> {
    let term = terms.into_iter().find(|term| term.slug == slug).ok_or(StoreError::NotFound)?;
    Ok(VersionedTerm { term, version: scope.present_version().await? })
}
