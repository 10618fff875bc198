//! What the settings page reads.

use super::forms::SettingsForm;
use crate::accounts::Filled;
use crate::error::AppError;
use domain::accounts::WorkspaceSettings;
use domain::sites::{Catalogue, SiteChange};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The settings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub settings: WorkspaceSettings,
    pub catalogue: Catalogue,
    /// The latest first, archived ones too.
    pub changes: Vec<SiteChange>,
    /// The one form of the page that was refused, if one was.
    pub refused: Option<Filled<SettingsForm>>,
}

#[server]
pub async fn read_settings(workspace: String, draft: Option<String>) -> Result<Settings, AppError> {
    use crate::request::{draft as kept_draft, refused, scope, version_of};
    let scope = scope::<store::Read>(&workspace).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let changes = scope.site_changes().await.map_err(refused)?;
    let kept = kept_draft(draft.as_deref()).await?;
    let mut refused: Option<Filled<SettingsForm>> = kept.map(|kept| Filled { form: kept.form, errors: kept.errors });
    if let Some(Filled { form: SettingsForm::Site(form), errors }) = &mut refused
        && let Some(present) = catalogue.site(&form.slug).filter(|_| !form.version.is_empty())
    {
        form.version = version_of(form.version.parse().ok(), errors, present.site.version).to_string();
    }
    if let Some(Filled { form: SettingsForm::Change(form), errors }) = &mut refused
        && let Some(present) = changes.iter().find(|change| change.number == form.number)
    {
        form.version = version_of(form.version.parse().ok(), errors, present.version).to_string();
    }
    let here = scope.workspace();
    Ok(Settings { name: here.name.clone(), settings: here.settings.clone(), catalogue, changes, refused })
}
