//! `/settings`: the workspace's name and preferences.

use super::about::about;
use super::answer::{Answer, One};
use super::api::Api;
use super::body::Patch;
use super::if_match::IfMatch;
use super::scope::Scoped;
use domain::accounts::{Workspace, WorkspaceSettings};
use serde::{Deserialize, Serialize};
use store::{Configure, Read};
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/settings", about("The workspace and its settings").answers::<Workspace>(), read);
    api.patch("/settings", about("Change name and settings").changes::<SettingsDraft>().answers::<Workspace>(), change);
}

/// What can be changed of a workspace.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SettingsDraft {
    name: String,
    settings: WorkspaceSettings,
}

async fn read(scope: Scoped<Read>) -> Answer<One<Workspace>> {
    Ok(One(scope.workspace().clone()))
}

async fn change(scope: Scoped<Configure>, seen: IfMatch, patch: Patch) -> Answer<One<Workspace>> {
    let Workspace { name, settings, version, .. } = scope.workspace().clone();
    let version = seen.check(version)?;
    let draft = patch.onto(&SettingsDraft { name, settings })?;
    Ok(One(scope.edit_settings(&draft.name, &draft.settings, version).await?))
}
