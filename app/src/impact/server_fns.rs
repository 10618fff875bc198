//! What the impact pages read.

use super::rollout_form::RolloutForm;
use crate::accounts::Filled;
use crate::error::AppError;
use domain::impact::{Impact, Rollout};
use domain::sites::Catalogue;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The impact page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    pub impact: Impact,
    pub catalogue: Catalogue,
    /// The slug of the site that it is narrowed to.
    pub site: Option<String>,
}

#[server]
pub async fn read_impact(workspace: String, site: Option<String>) -> Result<Programme, AppError> {
    use crate::request::{refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let impact = scope.impact(site.as_deref()).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    Ok(Programme { impact, catalogue, site })
}

/// One rollout with the form of its inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RolloutRecord {
    pub rollout: Rollout,
    pub filled: Filled<RolloutForm>,
    pub catalogue: Catalogue,
}

#[server]
pub async fn read_rollout(workspace: String, number: String, draft: Option<String>) -> Result<RolloutRecord, AppError> {
    use crate::request::{draft as kept_draft, refused, scope, version_of};
    use domain::impact::RolloutDraft;
    let scope = scope::<store::Read>(&workspace).await?;
    let rollout = scope.rollout(&number).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let kept = kept_draft(draft.as_deref()).await?;
    let fresh = || Filled { form: RolloutForm::of(&RolloutDraft::of(&rollout), rollout.currency.as_deref()), ..Filled::default() };
    let mut filled: Filled<RolloutForm> = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_else(fresh);
    filled.form.version = version_of(filled.form.version.parse().ok(), &filled.errors, rollout.version).to_string();
    Ok(RolloutRecord { rollout, filled, catalogue })
}
