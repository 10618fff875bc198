//! What the pages read that take rows from a file or a paste, and the form that they send.

use crate::accounts::Filled;
use crate::error::AppError;
use domain::sites::Catalogue;
use domain::transfer::Remark;
use domain::transfer::signals::{SignalColumn, SignalDefaults};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Pasted rows, and what holds for rows that do not say it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowsForm {
    pub text: String,
    pub site: String,
    pub device: String,
    pub from: String,
    pub to: String,
}

impl RowsForm {
    /// The form from the fields of an upload or of an address.
    pub fn of(text: String, said: &BTreeMap<String, String>) -> Self {
        let said = |name: &str| said.get(name).cloned().unwrap_or_default();
        Self { text, site: said("site"), device: said("device"), from: said("from"), to: said("to") }
    }

    pub fn defaults(&self) -> SignalDefaults {
        let Self { text: _, site, device, from, to } = self.clone();
        SignalDefaults { site, device, from, to }
    }

    /// What holds for rows that do not say it, by name.
    pub fn pairs(&self) -> [(&'static str, &str); 4] {
        [("site", &self.site), ("device", &self.device), ("from", &self.from), ("to", &self.to)]
    }
}

/// The page on which rows are sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowsHome {
    pub filled: Filled<RowsForm>,
    pub catalogue: Catalogue,
}

#[server]
pub async fn read_signals_import(workspace: String, draft: Option<String>) -> Result<RowsHome, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let kept = kept_draft::<RowsForm>(draft.as_deref()).await?;
    let mut filled: Filled<RowsForm> = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    if filled.form == RowsForm::default() {
        filled.form.site = catalogue.sites.first().map(|one| one.site.slug.clone()).unwrap_or_default();
    }
    Ok(RowsHome { filled, catalogue })
}

/// A row as it will be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownSignal {
    pub line: usize,
    pub page: String,
    pub path: String,
    pub site: String,
    pub device: String,
    pub period: String,
    pub visits: i64,
    pub exits: i64,
    /// Exits with each behaviour.
    pub behaviours: [Option<i64>; 3],
}

/// An upload as its rows are understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownRows {
    pub upload: String,
    pub file_name: String,
    pub form: RowsForm,
    pub columns: Vec<SignalColumn>,
    /// How many rows can be added, and the first of them.
    pub ready: usize,
    pub rows: Vec<ShownSignal>,
    /// The first of the errors, and how many there are.
    pub errors: Vec<Remark>,
    pub error_count: usize,
    pub notices: Vec<Remark>,
    /// Why the file cannot be read at all.
    pub problem: Option<String>,
    pub catalogue: Catalogue,
}

/// So many rows and errors are shown.
#[cfg(feature = "ssr")]
const SHOWN: usize = 50;

/// The preview of an upload; none when the upload is gone.
#[server]
pub async fn read_signals_preview(workspace: String, pairs: Vec<(String, String)>) -> Result<Option<ShownRows>, AppError> {
    use crate::request::{identity, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let said: BTreeMap<String, String> = pairs.into_iter().collect();
    let id = said.get("upload").cloned().unwrap_or_default();
    let owner = identity().secret.unwrap_or_default();
    let Some(file) = scope.upload(&owner, &id).await.map_err(refused)? else { return Ok(None) };
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let form = RowsForm::of(String::new(), &said);
    let mut shown = match scope.preview_signals(&file.bytes, &form.defaults()).await {
        Ok(found) => shown_rows(found, &catalogue),
        Err(store::StoreError::Invalid(errors)) => {
            let problem = errors.0.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ");
            ShownRows { problem: Some(problem), ..nothing_shown() }
        }
        Err(other) => return Err(refused(other)),
    };
    shown.upload = id;
    shown.file_name = file.file_name;
    shown.form = form;
    shown.catalogue = catalogue;
    Ok(Some(shown))
}

#[cfg(feature = "ssr")]
fn nothing_shown() -> ShownRows {
    ShownRows {
        upload: String::new(),
        file_name: String::new(),
        form: RowsForm::default(),
        columns: Vec::new(),
        ready: 0,
        rows: Vec::new(),
        errors: Vec::new(),
        error_count: 0,
        notices: Vec::new(),
        problem: None,
        catalogue: Catalogue::default(),
    }
}

#[cfg(feature = "ssr")]
fn shown_rows(found: domain::transfer::signals::SignalsPreview, catalogue: &Catalogue) -> ShownRows {
    let row = |row: domain::transfer::signals::SignalRow| {
        let content = row.content;
        ShownSignal {
            line: row.line,
            site: catalogue.site(&content.site).map_or(content.site.clone(), |one| one.site.name.clone()),
            device: domain::signals::Devices(content.device).name().to_owned(),
            period: super::words::period(content.from, content.to),
            page: content.page,
            path: content.path,
            visits: content.visits,
            exits: content.exits,
            behaviours: content.behaviours.0,
        }
    };
    let (ready, error_count) = (found.rows.len(), found.errors.len());
    ShownRows {
        columns: found.columns,
        ready,
        rows: found.rows.into_iter().take(SHOWN).map(row).collect(),
        errors: found.errors.into_iter().take(SHOWN).collect(),
        error_count,
        notices: found.notices.into_iter().take(SHOWN).collect(),
        ..nothing_shown()
    }
}
