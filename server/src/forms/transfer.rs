//! Forms of the import: an upload leads to its preview, a preview to the list, an undo back to the imports.

use super::answer::{Answer, Sent, with};
use crate::identity::Asker;
use crate::routes::{Access, Routes};
use crate::site::Site;
use crate::unpack::unpacked;
use app::transfer::UploadForm;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::text::LINE_LIMIT;
use domain::transfer::decode::{FILE_LIMIT, decode};
use domain::transfer::{ArmsTarget, Format, Mapping};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Import, Scope, StoreError};

const ACCESS: Access = Access::Member(Permission::Import);
/// The most other fields of an upload.
const FIELDS: usize = 20;
/// What a file may have around it in a request.
pub(super) const AROUND: usize = 1024 * 1024;
pub(super) const TOO_LARGE: &str =
    "This file is larger than 20 MB, which is the most. Split it, or leave out columns. Nothing was imported.";

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/import", ACCESS, upload);
    routes.post("/{workspace}/import/preview", ACCESS, import);
    routes.post("/{workspace}/import/arms", ACCESS, import_arms);
    routes.post("/{workspace}/import/{number}/undo", ACCESS, undo);
}

/// What the upload form sends.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub file_name: String,
    pub file: Vec<u8>,
    pub text: String,
    /// The other fields by name, a line each.
    pub said: BTreeMap<String, String>,
}

async fn upload(
    Path(workspace): Path<String>,
    State(site): State<Site>,
    asker: Asker,
    headers: HeaderMap,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Response {
    let sent = Sent { site, asker, form: UploadForm::default() };
    let scope = match sent.scope::<Import>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    if announced(&headers) > FILE_LIMIT + AROUND {
        return Answer::plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE);
    }
    let Ok(parts) = parts else { return Answer::plain(StatusCode::BAD_REQUEST, "This form could not be read.") };
    let sheet = match read_sheet(parts).await {
        Ok(sheet) => sheet,
        Err(refusal) => return refusal,
    };
    let page = format!("/{workspace}/import");
    let pasted = sheet.file.is_empty();
    let rows = sheet.said.get("as").and_then(|slug| Format::from_slug(slug));
    let form = UploadForm { text: sheet.text.clone(), rows: rows.map(|rows| rows.slug().to_owned()).unwrap_or_default() };
    let (name, bytes) = if pasted { ("pasted rows".to_owned(), sheet.text.into_bytes()) } else { (sheet.file_name, sheet.file) };
    let bytes = match unpacked(bytes).and_then(|bytes| readable(&bytes).map(|()| bytes)) {
        Ok(bytes) => bytes,
        Err(errors) => return sent.keep(&form, errors, &page).await,
    };
    let owner = sent.asker.0.secret.clone().unwrap_or_default();
    match scope.keep_upload(&owner, &name, bytes).await {
        Ok(id) => Answer::see(&preview_of(&workspace, &id, rows)),
        Err(error) => sent.lead_back_with(&form, error, &page).await,
    }
}

/// The length that a request says it has.
pub(super) fn announced(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

/// Whether there is text at all; what it says is a matter of the preview.
pub(super) fn readable(bytes: &[u8]) -> Result<(), FieldErrors> {
    if bytes.is_empty() {
        return Err(FieldErrors::one("file", "Choose a file, or paste rows below."));
    }
    decode(bytes).map(|_| ())
}

pub(super) async fn read_sheet(mut parts: Multipart) -> Result<Sheet, Response> {
    let mut sheet = Sheet::default();
    while let Some(part) = parts.next_field().await.map_err(|error| cut_short(&error))? {
        match part.name() {
            Some("file") => {
                sheet.file_name = part.file_name().map(base_name).unwrap_or_default();
                sheet.file = read_part(part).await?;
            }
            Some("text") => sheet.text = String::from_utf8_lossy(&read_part(part).await?).trim().to_owned(),
            Some(name) if sheet.said.len() < FIELDS => {
                let name = name.to_owned();
                let value: String = String::from_utf8_lossy(&read_part(part).await?).chars().take(LINE_LIMIT).collect();
                sheet.said.insert(name, value.trim().to_owned());
            }
            _ => {}
        }
    }
    Ok(sheet)
}

/// Reads a part as far as a file may be long.
async fn read_part(mut part: Field<'_>) -> Result<Vec<u8>, Response> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| cut_short(&error))? {
        if bytes.len() + chunk.len() > FILE_LIMIT {
            return Err(Answer::plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn cut_short(error: &MultipartError) -> Response {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Answer::plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE)
    } else {
        Answer::plain(StatusCode::BAD_REQUEST, "The upload was cut short. Send it again.")
    }
}

/// Some browsers send the whole path.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// What the preview's button sends: the upload and the mapping that was shown.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Confirmed {
    upload: String,
    mapping: String,
    /// What a row is, as it was previewed.
    #[serde(rename = "as")]
    rows: String,
}

async fn import(Path(workspace): Path<String>, sent: Sent<Confirmed>) -> Response {
    let scope = match sent.scope::<Import>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let Confirmed { upload: id, mapping, rows } = &sent.form;
    let Ok(mapping) = serde_json::from_str::<Mapping>(mapping) else {
        return Answer::plain(StatusCode::BAD_REQUEST, "This form could not be read.");
    };
    let format = Format::from_slug(rows);
    let page = preview_of(&workspace, id, format);
    let confirmed = Upload { scope: &scope, owner: sent.asker.0.secret.clone().unwrap_or_default(), id, page };
    let file = match confirmed.file().await {
        Ok(file) => file,
        Err(elsewhere) => return elsewhere,
    };
    if format == Some(Format::Evidence) {
        let done = match scope.preview_evidence(file.bytes, Some(mapping)).await {
            Ok(preview) => scope.import_evidence(&file.file_name, &preview).await,
            Err(error) => Err(error),
        };
        return confirmed.lead_on(done.map(|done| format!("/{workspace}/evidence?undo=import-{}", done.number))).await;
    }
    let done = match scope.preview_import(file.bytes, Some(mapping)).await {
        Ok(preview) => scope.import_backlog(&file.file_name, &preview).await,
        Err(error) => Err(error),
    };
    let list = |number| format!("/{workspace}/hypotheses?undo=import-{number}");
    confirmed.lead_on(done.map(|done| list(done.number))).await
}

/// The preview of an upload, whose rows are this; none leaves it to the headings.
fn preview_of(workspace: &str, id: &str, rows: Option<Format>) -> String {
    let page = with(&format!("/{workspace}/import/preview"), "upload", &app::frame::encode(id));
    rows.map_or_else(|| page.clone(), |rows| with(&page, "as", rows.slug()))
}

/// An upload whose import somebody confirmed.
struct Upload<'a> {
    scope: &'a Scope<Import>,
    owner: String,
    id: &'a str,
    /// Its preview.
    page: String,
}

impl Upload<'_> {
    /// The file; else the answer that says that it is gone.
    async fn file(&self) -> Result<store::Upload, Response> {
        match self.scope.upload(&self.owner, self.id).await {
            Ok(Some(file)) => Ok(file),
            Ok(None) => Err(Answer::see(&self.page)),
            Err(error) => Err(Answer::refusal(&error)),
        }
    }

    /// Forgets the file and leads to what was made of it; a refusal leads back to the preview, which says why.
    async fn lead_on(&self, done: Result<String, StoreError>) -> Response {
        match done {
            Ok(list) => {
                if let Err(error) = self.scope.drop_upload(&self.owner, self.id).await {
                    tracing::warn!(%error, "an upload stays until it expires");
                }
                Answer::see(&list)
            }
            Err(StoreError::Invalid(_)) => Answer::see(&with(&self.page, "refused", "1")),
            Err(error) => Answer::refusal(&error),
        }
    }
}

/// What the preview of tests sends: the upload, and where its counts belong.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ConfirmedArms {
    upload: String,
    site: String,
    metric: String,
}

async fn import_arms(Path(workspace): Path<String>, sent: Sent<ConfirmedArms>) -> Response {
    let scope = match sent.scope::<Import>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let ConfirmedArms { upload: id, site, metric } = &sent.form;
    let confirmed = Upload {
        scope: &scope,
        owner: sent.asker.0.secret.clone().unwrap_or_default(),
        id,
        page: preview_of(&workspace, id, Some(Format::Arms)),
    };
    let file = match confirmed.file().await {
        Ok(file) => file,
        Err(elsewhere) => return elsewhere,
    };
    let target = ArmsTarget { site: site.clone(), metric: metric.clone() };
    let done = match scope.preview_arms(file.bytes, &target).await {
        Ok(preview) => scope.import_arms(&file.file_name, &preview).await,
        Err(error) => Err(error),
    };
    let list = |number| format!("/{workspace}/tests?state=stopped&imported=true&undo=import-{number}");
    confirmed.lead_on(done.map(|done| list(done.number))).await
}

async fn undo(Path((workspace, number)): Path<(String, String)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Import>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = format!("/{workspace}/import");
    let number: i64 = number.parse().unwrap_or_default();
    match scope.undo_import(number).await {
        Ok(report) => sent.keep_as("undone", &(number, report), FieldErrors::default(), &page).await,
        Err(StoreError::NotFound) => {
            let none = StoreError::conflict("There is no import with this number here.");
            sent.lead_back_with(&UploadForm::default(), none, &page).await
        }
        Err(error) => sent.lead_back_with(&UploadForm::default(), error, &page).await,
    }
}
