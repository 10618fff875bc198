//! Forms of the signal inventory: a row, rows from a file, and the step to evidence.

use super::answer::{Answer, Sent, with};
use super::transfer::{AROUND, TOO_LARGE, announced, read_sheet, readable};
use crate::identity::Asker;
use crate::routes::{Access, Routes};
use crate::site::Site;
use crate::unpack::unpacked;
use app::frame::encode;
use app::signals::{RowsForm, SignalSent};
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::access::Permission;
use domain::transfer::decode::FILE_LIMIT;
use serde::{Deserialize, Serialize};
use store::{Contribute, StoreError};

const ACCESS: Access = Access::Member(Permission::Contribute);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/signals", ACCESS, create);
    routes.post("/{workspace}/signals/import", ACCESS, upload);
    routes.post("/{workspace}/signals/import/preview", ACCESS, import);
    routes.post("/{workspace}/signals/{number}/edit", ACCESS, edit);
    routes.post("/{workspace}/signals/{number}/archive", ACCESS, archive);
    routes.post("/{workspace}/signals/{number}/restore", ACCESS, restore);
    routes.post("/{workspace}/signals/{number}/evidence", ACCESS, evidence);
}

fn page(workspace: &str) -> String {
    format!("/{workspace}/signals")
}

/// A row's number in an address; what is none leads to no row.
fn number_of(raw: &str) -> i64 {
    raw.parse().unwrap_or_default()
}

async fn create(Path(workspace): Path<String>, sent: Sent<SignalSent>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match sent.form.form.draft() {
        Ok(draft) => scope.create_signal(&draft).await,
        Err(errors) => Err(errors.into()),
    };
    let blank = format!("{}/new", page(&workspace));
    let another = sent.form.then == "another";
    sent.lead(done, &blank, |_| if another { blank.clone() } else { page(&workspace) }).await
}

async fn edit(Path((workspace, number)): Path<(String, String)>, sent: Sent<SignalSent>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match sent.form.form.draft() {
        Ok(draft) => scope.edit_signal(number_of(&number), &draft, sent.form.version).await,
        Err(errors) => Err(errors.into()),
    };
    let here = format!("{}/{}/edit", page(&workspace), encode(&number));
    sent.lead(done, &here, |_| page(&workspace)).await
}

async fn archive(Path((workspace, number)): Path<(String, String)>, sent: Sent<SignalSent>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let here = format!("{}/{}/edit", page(&workspace), encode(&number));
    sent.lead(scope.archive_signal(number_of(&number)).await, &here, |_| here.clone()).await
}

async fn restore(Path((workspace, number)): Path<(String, String)>, sent: Sent<SignalSent>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let here = format!("{}/{}/edit", page(&workspace), encode(&number));
    sent.lead(scope.restore_signal(number_of(&number)).await, &here, |_| page(&workspace)).await
}

/// What the buttons beside a row send.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Next {
    /// `hypothesis` leads on to a new hypothesis that rests on the evidence.
    then: String,
}

async fn evidence(Path((workspace, number)): Path<(String, String)>, sent: Sent<Next>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.signal_evidence(number_of(&number)).await {
        Ok((made, _)) if sent.form.then == "hypothesis" => Answer::see(&format!("/{workspace}/hypotheses/new?evidence={made}")),
        Ok((made, _)) => Answer::see(&format!("/{workspace}/evidence/{made}")),
        Err(error) => Answer::refusal(&error),
    }
}

async fn upload(
    Path(workspace): Path<String>,
    State(site): State<Site>,
    asker: Asker,
    headers: HeaderMap,
    parts: Result<Multipart, MultipartRejection>,
) -> Response {
    let mut sent = Sent { site, asker, form: RowsForm::default() };
    let scope = match sent.scope::<Contribute>(&workspace).await {
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
    sent.form = RowsForm::of(sheet.text.clone(), &sheet.said);
    let here = format!("{}/import", page(&workspace));
    let (name, bytes) = match sheet.file.is_empty() {
        true => ("pasted rows".to_owned(), sheet.text.into_bytes()),
        false => (sheet.file_name, sheet.file),
    };
    let bytes = match unpacked(bytes).and_then(|bytes| readable(&bytes).map(|()| bytes)) {
        Ok(bytes) => bytes,
        Err(errors) => return sent.lead_back(errors.into(), &here).await,
    };
    let owner = sent.asker.0.secret.clone().unwrap_or_default();
    match scope.keep_upload(&owner, &name, bytes).await {
        Ok(id) => Answer::see(&preview_of(&workspace, &id, &sent.form)),
        Err(error) => sent.lead_back(error, &here).await,
    }
}

/// The preview of an upload, with what holds for rows that do not say it.
fn preview_of(workspace: &str, id: &str, form: &RowsForm) -> String {
    let address = with(&format!("{}/import/preview", page(workspace)), "upload", &encode(id));
    form.pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .fold(address, |address, (name, value)| with(&address, name, &encode(value)))
}

/// What the preview's button sends: the upload and what was shown with it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Confirmed {
    upload: String,
    form: RowsForm,
}

async fn import(Path(workspace): Path<String>, sent: Sent<Confirmed>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let Confirmed { upload: id, form } = &sent.form;
    let owner = sent.asker.0.secret.clone().unwrap_or_default();
    let preview = preview_of(&workspace, id, form);
    let file = match scope.upload(&owner, id).await {
        Ok(Some(file)) => file,
        Ok(None) => return Answer::see(&preview),
        Err(error) => return Answer::refusal(&error),
    };
    match scope.import_signals(&file.file_name, &file.bytes, &form.defaults()).await {
        Ok((first, last)) => {
            if let Err(error) = scope.drop_upload(&owner, id).await {
                tracing::warn!(%error, "an upload stays until it expires");
            }
            Answer::see(&with(&page(&workspace), "added", &(last - first + 1).to_string()))
        }
        Err(StoreError::Invalid(_)) => Answer::see(&with(&preview, "refused", "1")),
        Err(error) => Answer::refusal(&error),
    }
}
