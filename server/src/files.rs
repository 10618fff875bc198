//! Handing out the files of attachments to members: streamed from the disk, as what they are and nothing else, and so
//! that nothing in them can run.

use crate::forms::Answer;
use crate::identity::Asker;
use crate::routes::{Access, Routes};
use crate::site::Site;
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::attachments::Attachment;
use std::convert::Infallible;
use store::{Actor, Read, Scope, StoreError, StoredFile};
use tower_http::services::ServeFile;

const ACCESS: Access = Access::Member(Permission::Read);
/// Nothing in a file may be loaded, run or asked for.
const POLICY: &str = "sandbox; default-src 'none'";
/// What has this address never changes; only whoever was let in keeps it.
const KEEP: &str = "private, max-age=31536000, immutable";

pub fn add(routes: &mut Routes) {
    routes.get("/{workspace}/attachments/{id}", ACCESS, content);
    routes.get("/{workspace}/attachments/{id}/thumb", ACCESS, small);
}

async fn content(State(site): State<Site>, at: Path<(String, String)>, asker: Asker, asked: Asked) -> Response {
    let (scope, id) = match scope_of(&site, at, &asker).await {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    match scope.attachment_file(id).await {
        Ok(file) => whole(&file, &asked).await.unwrap_or_else(|error| Answer::refusal(&error)),
        Err(error) => Answer::refusal(&error),
    }
}

async fn small(State(site): State<Site>, at: Path<(String, String)>, asker: Asker, asked: Asked) -> Response {
    let (scope, id) = match scope_of(&site, at, &asker).await {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    match scope.attachment_thumbnail(id).await {
        Ok(file) => thumbnail(&file, &asked).await.unwrap_or_else(|error| Answer::refusal(&error)),
        Err(error) => Answer::refusal(&error),
    }
}

async fn scope_of(site: &Site, Path((workspace, id)): Path<(String, String)>, asker: &Asker) -> Result<(Scope<Read>, i64), Response> {
    if asker.0.actor == Actor::Anonymous {
        return Err(Answer::plain(StatusCode::UNAUTHORIZED, "Please sign in first."));
    }
    let scope = site.store.scope::<Read>(&asker.0.actor, &workspace).await.map_err(|error| Answer::refusal(&error))?;
    let id = id.parse().map_err(|_| Answer::refusal(&StoreError::NotFound))?;
    Ok((scope, id))
}

/// What of a request decides how a file is answered.
pub struct Asked {
    method: Method,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Asked { method: parts.method.clone(), headers: parts.headers.clone() })
    }
}

/// The file itself. An image is shown; anything else is saved under its name.
pub async fn whole(file: &StoredFile, asked: &Asked) -> Result<Response, StoreError> {
    let attachment = &file.attachment;
    let mut headers = fixed(&attachment.sha256, attachment.media_type.mime());
    put(&mut headers, header::CONTENT_DISPOSITION, &disposition(attachment));
    streamed(file, asked, headers).await
}

/// The small copy of an image, which is a JPEG whatever the image is.
pub async fn thumbnail(file: &StoredFile, asked: &Asked) -> Result<Response, StoreError> {
    let mut headers = fixed(&format!("{}-thumb", file.attachment.sha256), "image/jpeg");
    put(&mut headers, header::CONTENT_DISPOSITION, "inline");
    streamed(file, asked, headers).await
}

fn fixed(tag: &str, kind: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    put(&mut headers, header::ETAG, &format!("\"{tag}\""));
    put(&mut headers, header::CONTENT_TYPE, kind);
    put(&mut headers, header::CACHE_CONTROL, KEEP);
    put(&mut headers, header::CONTENT_SECURITY_POLICY, POLICY);
    put(&mut headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(&mut headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    headers
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// `inline` for images, else `attachment` with the name: in plain signs for old programs, whole as RFC 6266 has it.
fn disposition(attachment: &Attachment) -> String {
    let how = if attachment.media_type.is_image() { "inline" } else { "attachment" };
    let plain: String = attachment.name.chars().map(|sign| if is_plain(sign) { sign } else { '_' }).collect();
    let mut whole = String::new();
    for byte in attachment.name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => whole.push(char::from(byte)),
            _ => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

fn is_plain(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, ' ' | '-' | '_' | '.' | '(' | ')')
}

/// Reads on from the disk as the asker takes it; answers parts and "not modified" where those are asked for.
async fn streamed(file: &StoredFile, asked: &Asked, headers: HeaderMap) -> Result<Response, StoreError> {
    let known = asked.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tag = headers.get(header::ETAG).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let mut request = Request::builder().method(asked.method.clone()).uri("/");
    if let Some(range) = asked.headers.get(header::RANGE) {
        request = request.header(header::RANGE, range);
    }
    let failed = |cause: String| StoreError::Internal(format!("{}: {cause}", file.path.display()));
    let request = request.body(Body::empty()).map_err(|error| failed(error.to_string()))?;
    let mut answer = ServeFile::new(&file.path).try_call(request).await.map_err(|error| failed(error.to_string()))?.map(Body::new);
    if answer.status() == StatusCode::NOT_FOUND {
        return Err(failed("the file of an attachment is missing".to_owned()));
    }
    answer.headers_mut().remove(header::LAST_MODIFIED);
    answer.headers_mut().extend(headers);
    Ok(answer)
}
