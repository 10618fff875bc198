//! The one read behind the frame.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use domain::access::{Permission, Role};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Who looks, where, and what the navigation counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub slug: String,
    pub name: String,
    pub person: String,
    pub email: String,
    pub role: Role,
    /// The person's other workspaces: slug and name.
    pub workspaces: Vec<(String, String)>,
    /// Whether single keys act; a person may switch them off.
    pub keys: bool,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// `comfortable` or `compact`.
    pub density: String,
    /// Pieces of evidence.
    pub evidence: u64,
    /// Open hypotheses.
    pub open: u64,
    /// Running tests.
    pub running: u64,
    pub learnings: u64,
    /// The time of the answer, for ages.
    pub now: DateTime<Utc>,
}

impl Frame {
    pub fn home(&self) -> String {
        format!("/{}", self.slug)
    }

    /// An address within the workspace.
    pub fn to(&self, rest: &str) -> String {
        format!("/{}/{rest}", self.slug)
    }

    /// Whether nothing has been logged here yet.
    pub fn is_empty(&self) -> bool {
        self.evidence + self.open + self.running + self.learnings == 0
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.role.permits(permission)
    }
}

/// Who looks and where.
#[server]
pub async fn read_frame(workspace: String) -> Result<Frame, AppError> {
    use crate::request::{cookie, identity, refused, scope, store};
    use domain::hypotheses::Stage;

    let scope = scope::<store::Read>(&workspace).await?;
    let person = store().signed_in(&identity().actor).await.map_err(refused)?.ok_or(AppError::SignIn)?;
    let counts = scope.stage_counts().await.map_err(refused)?;
    let evidence = scope.evidence_counts().await.map_err(refused)?;
    let tests = scope.test_counts(false).await.map_err(refused)?;
    let learnings = scope.learning_counts().await.map_err(refused)?;
    let here = scope.workspace().clone();
    Ok(Frame {
        slug: here.slug,
        name: here.name,
        person: person.name,
        email: person.email,
        role: scope.role(),
        workspaces: person.workspaces,
        keys: cookie("keys").is_none_or(|keys| keys != "off"),
        theme: cookie("theme").unwrap_or_default(),
        density: cookie("density").unwrap_or_default(),
        evidence: evidence.values().sum(),
        open: Stage::OPEN.iter().filter_map(|stage| counts.get(stage)).sum(),
        running: tests.get(&domain::experiments::State::Running).copied().unwrap_or(0),
        learnings: learnings.iter().map(|(_, count)| count).sum(),
        now: Utc::now(),
    })
}
