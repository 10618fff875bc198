//! Files that a browser attaches: read one after the other as they arrive, each no further than a file may be long. What
//! is refused is said beside the field, and the others are attached all the same.

use super::answer::{Answer, Sent};
use super::transfer::{AROUND, announced};
use crate::identity::Asker;
use crate::routes::{Access, Routes};
use crate::site::Site;
use app::attachments::{RECORDS, page_of, part_of};
use app::comments::folder;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Permission;
use domain::activity::Subject;
use domain::attachments::{AttachedTo, FIELD, FILE_LIMIT, too_large};
use domain::errors::FieldErrors;
use store::{Contribute, NewFile, Scope, StoreError};

const ACCESS: Access = Access::Member(Permission::Contribute);
/// The most that one form brings: five files of the largest size, and what stands around them.
const FORM_LIMIT: usize = 5 * FILE_LIMIT + AROUND;
const TOO_MUCH: &str = "These files have more than 50 MB together. Attach them one after the other.";
/// The longest part of a refused file's name that is told.
const TOLD: usize = 60;

pub fn add(routes: &mut Routes) {
    for subject in RECORDS {
        let path = format!("/{{workspace}}/{}/{{number}}/attachments", folder(subject));
        routes.post(&path, ACCESS, move |at: Path<(String, String)>, state: State<Site>, asker: Asker, request: Request| {
            to_record(at, subject, state, asker, request)
        });
    }
    routes.post("/{workspace}/tests/{number}/variants/{variant}/attachments", ACCESS, to_variant);
    routes.post("/{workspace}/attachments/{id}/archive", ACCESS, archive);
    routes.post("/{workspace}/attachments/{id}/restore", ACCESS, restore);
}

async fn to_record(
    Path((workspace, number)): Path<(String, String)>,
    subject: Subject,
    State(site): State<Site>,
    asker: Asker,
    request: Request,
) -> Response {
    attach(&workspace, &AttachedTo::record(subject, &number), Sent { site, asker, form: () }, request).await
}

async fn to_variant(
    Path((workspace, number, variant)): Path<(String, String, String)>,
    State(site): State<Site>,
    asker: Asker,
    request: Request,
) -> Response {
    attach(&workspace, &AttachedTo::variant(&number, &variant), Sent { site, asker, form: () }, request).await
}

async fn attach(workspace: &str, to: &AttachedTo, sent: Sent<()>, mut request: Request) -> Response {
    let scope = match sent.scope::<Contribute>(workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    if announced(request.headers()) > FORM_LIMIT {
        return Answer::plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_MUCH);
    }
    DefaultBodyLimit::max(FORM_LIMIT).apply(&mut request);
    let Ok(parts) = Multipart::from_request(request, &sent.site).await else {
        return Answer::plain(StatusCode::BAD_REQUEST, "This form could not be read.");
    };
    match attach_each(&scope, to, parts).await {
        Ok(refused) => back(workspace, to, refused, &sent).await,
        Err(answer) => answer,
    }
}

/// Attaches the files one by one; answers what was refused.
async fn attach_each(scope: &Scope<Contribute>, to: &AttachedTo, mut parts: Multipart) -> Result<FieldErrors, Response> {
    let (mut refused, mut files) = (FieldErrors::default(), 0);
    while let Some(part) = parts.next_field().await.map_err(|error| cut_short(error.status()))? {
        let name = part.file_name().unwrap_or_default().to_owned();
        if part.name() != Some(FIELD) || name.is_empty() {
            continue;
        }
        files += 1;
        let done = match read_part(part).await? {
            Some(bytes) => scope.attach(to, NewFile { name: name.clone(), bytes }).await.map(drop),
            None => Err(too_large().into()),
        };
        match done {
            Ok(()) => {}
            Err(StoreError::Invalid(errors)) => errors.0.into_iter().for_each(|error| refused.add(FIELD, named(&name, &error.message))),
            Err(error) => return Err(Answer::refusal(&error)),
        }
    }
    refused.require(files > 0, FIELD, "Choose a file first.");
    Ok(refused)
}

/// The sentence with the name of the file that it is about.
fn named(name: &str, sentence: &str) -> String {
    let line = domain::text::one_line(name.rsplit(['/', '\\']).next().unwrap_or_default());
    let told: String = line.chars().take(TOLD).collect();
    format!("{told}{}: {sentence}", if told.len() < line.len() { "…" } else { "" })
}

/// The bytes of a part; none where there are more than a file may have. The rest is read to its end and let go: a
/// browser shows no answer while it still sends.
async fn read_part(mut part: Field<'_>) -> Result<Option<Vec<u8>>, Response> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(chunk) = part.chunk().await.map_err(|error| cut_short(error.status()))? {
        fits = fits && bytes.len() + chunk.len() <= FILE_LIMIT;
        if fits {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(fits.then_some(bytes))
}

fn cut_short(status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        Answer::plain(StatusCode::PAYLOAD_TOO_LARGE, TOO_MUCH)
    } else {
        Answer::plain(StatusCode::BAD_REQUEST, "The upload was cut short. Send it again.")
    }
}

async fn archive(at: Path<(String, i64)>, sent: Sent<()>) -> Response {
    put(at, sent, true).await
}

async fn restore(at: Path<(String, i64)>, sent: Sent<()>) -> Response {
    put(at, sent, false).await
}

/// Takes away or brings back, and leads to where it hangs. A refusal to bring it back stands where files are attached.
async fn put(Path((workspace, id)): Path<(String, i64)>, sent: Sent<()>, archived: bool) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let to = match scope.attachment(id).await {
        Ok(present) => present.attached_to(),
        Err(error) => return Answer::refusal(&error),
    };
    let done = if archived { scope.archive_attachment(id).await } else { scope.restore_attachment(id).await };
    match done {
        Ok(_) => back(&workspace, &to, FieldErrors::default(), &sent).await,
        Err(StoreError::Invalid(errors)) => back(&workspace, &to, errors, &sent).await,
        Err(error) => Answer::refusal(&error),
    }
}

/// Leads to where files hang, with what was refused.
async fn back(workspace: &str, to: &AttachedTo, refused: FieldErrors, sent: &Sent<()>) -> Response {
    let ((page, form), part) = (page_of(to), part_of(to));
    if refused.is_empty() {
        return Answer::see(&format!("/{workspace}/{page}#{part}"));
    }
    sent.keep(&(), refused, &format!("/{workspace}/{page}?form={form}#{part}")).await
}
