//! What the settings page reads.

use super::forms::SettingsForm;
use crate::accounts::Filled;
use crate::error::AppError;
use domain::accounts::WorkspaceSettings;
use domain::errors::FieldErrors;
use domain::evidence::{WeightsForm, WeightsPreview};
use domain::search::ThesaurusEntry;
use domain::sites::{Catalogue, SiteChange};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The settings page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub settings: WorkspaceSettings,
    pub catalogue: Catalogue,
    pub thesaurus: Vec<ThesaurusEntry>,
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
    let thesaurus = domain::search::thesaurus_entries(&here.settings.thesaurus);
    Ok(Settings { name: here.name.clone(), settings: here.settings.clone(), catalogue, thesaurus, changes, refused })
}

/// The page of the evidence weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightsPage {
    pub form: WeightsForm,
    pub errors: FieldErrors,
    /// What the numbers of the form would do, where that was asked for.
    pub preview: Option<WeightsPreview>,
}

/// The present weights; with `draft` a refused form, with `preview` one to be tried out, with `default` the product's own.
#[server]
pub async fn read_weights(
    workspace: String,
    draft: Option<String>,
    preview: Option<String>,
    default: Option<String>,
) -> Result<WeightsPage, AppError> {
    use crate::request::{draft as kept_draft, refused, scope, version_of};
    use domain::evidence::Weights;
    let scope = scope::<store::Configure>(&workspace).await?;
    let here = scope.workspace();
    if let Some(tried) = kept_draft::<WeightsForm>(preview.as_deref()).await?
        && let Ok(weights) = tried.form.check()
    {
        let preview = Some(scope.preview_weights(&weights).await.map_err(refused)?);
        return Ok(WeightsPage { form: tried.form, errors: FieldErrors::default(), preview });
    }
    let shown = if default.is_some() { Weights::default() } else { here.settings.evidence };
    let fresh = || (WeightsForm::of(&shown, here.version), FieldErrors::default());
    let (mut form, errors) = kept_draft::<WeightsForm>(draft.as_deref()).await?.map_or_else(fresh, |kept| (kept.form, kept.errors));
    form.version = Some(version_of(form.version, &errors, here.version));
    Ok(WeightsPage { form, errors, preview: None })
}
