//! Refusals as problem+json (RFC 9457): one table of kinds, one exhaustive mapping from the store's errors.

use crate::site::Site;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use domain::errors::{FieldError, FieldErrors};
use serde::Serialize;
use store::StoreError;
use utoipa::ToSchema;

/// Why a request was refused; each kind is a row of the table that `/api/docs` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Unreadable,
    SignIn,
    Forbidden,
    NotFound,
    WrongMethod,
    Conflict,
    Stale,
    TooLarge,
    WrongHost,
    Invalid,
    VersionMissing,
    TooMany,
    Internal,
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Unreadable,
        Kind::SignIn,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::WrongMethod,
        Kind::Conflict,
        Kind::Stale,
        Kind::TooLarge,
        Kind::WrongHost,
        Kind::Invalid,
        Kind::VersionMissing,
        Kind::TooMany,
        Kind::Internal,
    ];

    /// The status, the name in addresses, the title, and what to do about it.
    pub fn row(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Kind::Unreadable => (StatusCode::BAD_REQUEST, "unreadable", "Unreadable", "The body is not JSON."),
            Kind::SignIn => {
                (StatusCode::UNAUTHORIZED, "no-token", "No valid token", "Send a token of this workspace: Authorization: Bearer hyp_…")
            }
            Kind::Forbidden => {
                (StatusCode::FORBIDDEN, "forbidden", "Not allowed", "The role of this member, or the scope of this token, may not do that.")
            }
            Kind::NotFound => (StatusCode::NOT_FOUND, "not-found", "Not found", "There is nothing here, or it is not yours to see."),
            Kind::WrongMethod => {
                (StatusCode::METHOD_NOT_ALLOWED, "wrong-method", "Wrong method", "This address does not take that method. See Allow.")
            }
            Kind::Conflict => (StatusCode::CONFLICT, "conflict", "Not in this state", "The present state of things does not allow that."),
            Kind::Stale => (
                StatusCode::PRECONDITION_FAILED,
                "stale",
                "Changed meanwhile",
                "Somebody saved since that version. Read it again, then send your change with the new version.",
            ),
            Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large", "The body is larger than is taken here."),
            Kind::WrongHost => (StatusCode::MISDIRECTED_REQUEST, "wrong-host", "Another name", "This server does not answer to that name."),
            Kind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Not valid", "Some fields need another value; see errors."),
            Kind::VersionMissing => (
                StatusCode::PRECONDITION_REQUIRED,
                "version-missing",
                "Version missing",
                "Say which version you change: If-Match: \"3\", as ETag and version gave it.",
            ),
            Kind::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests", "Wait as long as Retry-After says."),
            Kind::Internal => {
                (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Failed", "Something failed on the server. It has been logged.")
            }
        }
    }
}

/// A refusal on its way out. It becomes a body where the request's id is known, in [`problems_told`].
#[derive(Debug, Clone)]
pub struct Problem {
    pub kind: Kind,
    pub detail: Option<String>,
    pub errors: FieldErrors,
    /// What failed, for the log alone.
    cause: Option<String>,
}

impl Problem {
    pub fn of(kind: Kind) -> Self {
        Self { kind, detail: None, errors: FieldErrors::default(), cause: None }
    }

    /// A refusal with a sentence of its own.
    pub fn saying(kind: Kind, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..Self::of(kind) }
    }

    pub fn invalid(errors: FieldErrors) -> Self {
        Self { errors, ..Self::of(Kind::Invalid) }
    }

    /// A failure of ours; the cause is for the log.
    pub fn failed(cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::of(Kind::Internal) }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::of(Kind::NotFound),
            StoreError::Forbidden => Self::of(Kind::Forbidden),
            StoreError::Invalid(errors) => Self::invalid(errors),
            StoreError::Conflict(reason) => Self::saying(Kind::Conflict, reason),
            StoreError::Stale { current } => Self::saying(Kind::Stale, format!("Somebody saved meanwhile: the version is now {current}.")),
            StoreError::Database(error) => Self::failed(error),
            StoreError::Data(error) => Self::failed(error),
            StoreError::Internal(cause) => Self::failed(cause),
        }
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        Self::invalid(errors)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.row().0.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The body of every refusal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Told<'a> {
    /// An address that explains the kind of problem.
    r#type: String,
    title: &'a str,
    status: u16,
    /// A sentence about this very request.
    detail: &'a str,
    errors: &'a [FieldError],
    /// Names this request in the server's log.
    request_id: &'a str,
}

/// Gives every request an id, and tells problems with it.
pub fn problems_told(router: Router<Site>) -> Router<Site> {
    router.layer(from_fn(tell))
}

async fn tell(request: Request, next: Next) -> Response {
    let id = format!("{:016x}", rand::random::<u64>());
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let headers = std::mem::take(response.headers_mut());
        response = told(&problem, &id);
        let kept = headers.into_iter().filter_map(|(name, value)| Some((name?, value)));
        for (name, value) in kept.filter(|(name, _)| !is_of_the_body(name)) {
            response.headers_mut().append(name, value);
        }
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}

fn is_of_the_body(name: &HeaderName) -> bool {
    [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::CONTENT_ENCODING].contains(name)
}

fn told(problem: &Problem, request_id: &str) -> Response {
    let (status, name, title, usual) = problem.kind.row();
    if let Some(cause) = &problem.cause {
        tracing::error!(request_id, cause, "a request failed");
    }
    let told = Told {
        r#type: format!("/api/docs#problem-{name}"),
        title,
        status: status.as_u16(),
        detail: problem.detail.as_deref().unwrap_or(usual),
        errors: &problem.errors.0,
        request_id,
    };
    let mut response = (status, serde_json::to_string(&told).unwrap_or_default()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if problem.kind == Kind::SignIn {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Hypotheca\""));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_table_is_that_of_the_contract() {
        let statuses = Kind::ALL.map(|kind| kind.row().0.as_u16());
        assert_eq!(statuses, [400, 401, 403, 404, 405, 409, 412, 413, 421, 422, 428, 429, 500]);
    }

    #[test]
    fn every_refusal_of_the_store_has_its_status() {
        let table = [
            (StoreError::NotFound, 404),
            (StoreError::Forbidden, 403),
            (StoreError::field("title", "The title is missing."), 422),
            (StoreError::conflict("It is running."), 409),
            (StoreError::Stale { current: 7 }, 412),
            (StoreError::Internal("a path and a password".into()), 500),
        ];
        for (error, status) in table {
            assert_eq!(Problem::from(error).kind.row().0.as_u16(), status);
        }
    }

    #[test]
    fn a_failure_tells_no_details() {
        let problem = Problem::from(StoreError::Internal("secret".into()));
        let told = Told {
            r#type: String::new(),
            title: "",
            status: 500,
            detail: problem.detail.as_deref().unwrap_or(problem.kind.row().3),
            errors: &problem.errors.0,
            request_id: "1",
        };
        assert!(!serde_json::to_string(&told).unwrap().contains("secret"));
    }
}
