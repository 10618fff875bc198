//! What the settings page reads.

use crate::accounts::Filled;
use crate::error::AppError;
use domain::accounts::WorkspaceSettings;
use domain::sites::Catalogue;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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

/// The settings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub settings: WorkspaceSettings,
    pub catalogue: Catalogue,
    pub site: Filled<SiteForm>,
}

#[server]
pub async fn read_settings(workspace: String, draft: Option<String>) -> Result<Settings, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let kept = kept_draft(draft.as_deref()).await?;
    let site = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    let here = scope.workspace();
    Ok(Settings { name: here.name.clone(), settings: here.settings.clone(), catalogue, site })
}
