//! What the import pages read.

use crate::accounts::Filled;
use crate::error::AppError;
use domain::activity::Undone;
use domain::evidence::Kind;
use domain::experiments::Outcome;
use domain::transfer::{ArmsSummary, ArmsTarget, Column, Format, Grouped, Mapping, PastImport, Remark, Rescale};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was sent with the upload and can be shown again: a chosen file cannot.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UploadForm {
    pub text: String,
    /// What a row is, by the slug of its format; empty leaves it to the headings.
    #[serde(rename = "as")]
    pub rows: String,
}

/// The import page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportHome {
    pub filled: Filled<UploadForm>,
    pub past: Vec<PastImport>,
    /// What an undo just did: the import's number, and the report.
    pub undone: Option<(i64, Undone)>,
    /// The name of the site that an import would add first.
    pub site_to_be: Option<String>,
}

#[server]
pub async fn read_imports(
    workspace: String,
    draft: Option<String>,
    undone: Option<String>,
    rows: Option<String>,
) -> Result<ImportHome, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Import>(&workspace).await?;
    let kept = kept_draft(draft.as_deref()).await?;
    let report = kept_draft::<(i64, Undone)>(undone.as_deref()).await?;
    let no_site = scope.sites().await.map_err(refused)?.is_empty();
    Ok(ImportHome {
        filled: kept.map_or_else(|| fresh(rows), |kept| Filled { form: kept.form, errors: kept.errors }),
        past: scope.imports(50).await.map_err(refused)?,
        undone: report.map(|kept| kept.form),
        site_to_be: no_site.then(|| scope.workspace().name.clone()),
    })
}

/// An empty form for rows of this format.
#[cfg(feature = "ssr")]
fn fresh(rows: Option<String>) -> Filled<UploadForm> {
    let rows = rows.as_deref().and_then(Format::from_slug).map(|format| format.slug().to_owned());
    Filled { form: UploadForm { rows: rows.unwrap_or_default(), ..UploadForm::default() }, ..Filled::default() }
}

/// A row as it will be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownRow {
    pub line: usize,
    pub title: String,
    pub area: Option<String>,
    /// Impact, confidence, ease.
    pub levels: Option<[f64; 3]>,
    pub stage: String,
    pub owner: Option<String>,
    pub notes: Vec<String>,
}

/// A piece of evidence as it will be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownFinding {
    pub line: usize,
    pub title: String,
    pub kind: Kind,
    pub source: String,
    /// The days on which it was observed.
    pub observed: String,
    pub areas: String,
    /// "Supports H-1, H-2; contradicts H-3".
    pub bears: String,
}

/// A file as it was read, with the mapping in use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownFile {
    /// Hypotheses or evidence.
    pub format: Format,
    pub upload: String,
    pub file_name: String,
    pub encoding: String,
    pub delimiter: char,
    pub header_line: usize,
    pub columns: Vec<Column>,
    pub mapping: Mapping,
    /// The same as the form that imports sends it.
    pub mapping_json: String,
    pub rescales: Vec<Rescale>,
    /// How many rows the file has, and how many can be imported.
    pub records: usize,
    pub ready: usize,
    /// The first of them, where they are hypotheses.
    pub rows: Vec<ShownRow>,
    /// The first of them, where they are evidence.
    pub findings: Vec<ShownFinding>,
    /// The first of the errors, and how many there are.
    pub errors: Vec<Remark>,
    pub error_count: usize,
    pub notices: Vec<Grouped>,
    /// Why the mapping cannot be used.
    pub problem: Option<String>,
}

/// A test as it will be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownTest {
    pub line: usize,
    /// As in the file.
    pub id: String,
    pub title: String,
    pub arms: usize,
    pub visitors: u64,
    pub outcome: Outcome,
}

/// A file of test arms as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownArms {
    pub upload: String,
    pub file_name: String,
    pub target: ArmsTarget,
    /// Slug and name of what can be chosen.
    pub sites: Vec<(String, String)>,
    pub metrics: Vec<(String, String)>,
    /// None while the file has errors.
    pub summary: Option<ArmsSummary>,
    /// The first of the tests.
    pub tests: Vec<ShownTest>,
    /// Headings of what is kept as details of single arms.
    pub details: Vec<String>,
    /// How many were imported before.
    pub known: usize,
    pub errors: Vec<String>,
}

/// An upload as its rows are understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ShownUpload {
    File(ShownFile),
    Arms(ShownArms),
}

/// The preview of an upload; none when the upload is gone.
#[server]
pub async fn read_preview(workspace: String, pairs: Vec<(String, String)>) -> Result<Option<ShownUpload>, AppError> {
    use super::address::{format_of, has_mapping, mapping_of};
    use crate::request::{identity, refused, scope};
    let scope = scope::<store::Import>(&workspace).await?;
    let id = pairs.iter().find(|(name, _)| name == "upload").map(|(_, id)| id.clone()).unwrap_or_default();
    let owner = identity().secret.unwrap_or_default();
    let Some(upload) = scope.upload(&owner, &id).await.map_err(refused)? else { return Ok(None) };
    let mapping = has_mapping(&pairs).then(|| mapping_of(&pairs));
    let format = Format::of_file(format_of(&pairs), mapping.is_some(), &upload.bytes);
    if format == Format::Arms {
        return Ok(Some(ShownUpload::Arms(super::shown_arms::read(&scope, id, upload, &pairs).await?)));
    }
    let shown = super::shown::read(&scope, &upload, mapping, format).await?;
    let mapping_json = serde_json::to_string(&shown.mapping).map_err(|_| AppError::Internal)?;
    Ok(Some(ShownUpload::File(ShownFile { upload: id, file_name: upload.file_name, mapping_json, ..shown })))
}
