//! `Idempotency-Key`: a POST that arrives again under its key gets the answer of the first time.

use super::problem::{Kind, Problem};
use crate::identity::Asker;
use crate::site::Site;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use domain::errors::FieldErrors;
use sha2::{Digest, Sha256};
use store::{Claim, KeptAnswer, KeyedRequest, Read, Scope};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What of an answer's headers is given again.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG];

/// Answers repeated requests to the REST API. Stands inside of what finds out who asks.
pub fn answered_once(router: Router<Site>, site: &Site) -> Router<Site> {
    router.layer(from_fn_with_state(site.clone(), answer_once))
}

async fn answer_once(State(site): State<Site>, request: Request, next: Next) -> Response {
    let keyed = request.method() == Method::POST && request.uri().path().starts_with("/api/v1/") && request.headers().contains_key(KEY);
    if !keyed {
        return next.run(request).await;
    }
    match claimed(&site, request).await {
        Ok(Claimed::Fresh(claim)) => {
            // Carried out to its end even if the sender hangs up, so that the key never lies about what was done.
            let done = tokio::spawn(async move { carry_out(*claim, next).await }).await;
            done.unwrap_or_else(|failed| Problem::failed(failed).into_response())
        }
        Ok(Claimed::Nobody(request)) => next.run(request).await,
        Ok(Claimed::Answered(answer)) => replayed(&answer),
        Err(problem) => problem.into_response(),
    }
}

enum Claimed {
    Fresh(Box<Fresh>),
    /// Nobody who could have a key: the route itself will say so.
    Nobody(Request),
    Answered(KeptAnswer),
}

struct Fresh {
    scope: Scope<Read>,
    keyed: KeyedRequest,
    request: Request,
}

async fn claimed(site: &Site, request: Request) -> Result<Claimed, Problem> {
    let (mut parts, body) = request.into_parts();
    let Ok(Asker(identity)) = Asker::from_request_parts(&mut parts, site).await;
    let workspace = parts.uri.path().split('/').nth(3).unwrap_or_default();
    let Ok(scope) = site.store.scope::<Read>(&identity.actor, workspace).await else {
        return Ok(Claimed::Nobody(Request::from_parts(parts, body)));
    };
    let key = key_of(&parts.headers)?;
    let route = format!("{} {}", parts.method, parts.uri.path());
    let mut whole = Request::from_parts(parts.clone(), body);
    DefaultBodyLimit::max(super::body::limit_of(parts.uri.path())).apply(&mut whole);
    let bytes = Bytes::from_request(whole, site).await.map_err(|_| Problem::of(Kind::TooLarge))?;
    let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let keyed = KeyedRequest { key, route, digest };
    match scope.claim(&keyed).await? {
        Claim::Fresh => Ok(Claimed::Fresh(Box::new(Fresh { scope, keyed, request: Request::from_parts(parts, Body::from(bytes)) }))),
        Claim::Answered(answer) => Ok(Claimed::Answered(answer)),
        Claim::Underway => Err(Problem::saying(Kind::Conflict, "The first request with this Idempotency-Key is still being carried out.")),
        Claim::OtherBody => {
            Err(FieldErrors::one("Idempotency-Key", "This key came with another body before. Use a new key for a new request.").into())
        }
    }
}

fn key_of(headers: &HeaderMap) -> Result<String, Problem> {
    let key = headers.get(KEY).and_then(|value| value.to_str().ok()).map(str::trim).unwrap_or_default();
    let fits = (1..=255).contains(&key.len());
    if fits { Ok(key.to_owned()) } else { Err(FieldErrors::one("Idempotency-Key", "A key has 1 to 255 plain characters.").into()) }
}

/// Only what was done is kept: a refused request changed nothing and may come again, mended, under its key.
async fn carry_out(fresh: Fresh, next: Next) -> Response {
    let Fresh { scope, keyed, request } = fresh;
    let (parts, body) = next.run(request).await.into_parts();
    if !parts.status.is_success() {
        if let Err(error) = scope.release(&keyed).await {
            tracing::error!(%error, "an idempotency key could not be released");
        }
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Problem::failed("an answer broke off").into_response() };
    let lines = KEPT.iter().filter_map(|name| Some(format!("{name}: {}", parts.headers.get(name)?.to_str().ok()?)));
    let headers = lines.collect::<Vec<_>>().join("\n");
    let answer = KeptAnswer { status: parts.status.as_u16(), headers, body: String::from_utf8_lossy(&bytes).into_owned() };
    if let Err(error) = scope.keep_answer(&keyed, &answer).await {
        tracing::error!(%error, "an answer could not be kept under its idempotency key");
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn replayed(answer: &KeptAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answer.body.clone()).into_response();
    for (name, value) in answer.headers.lines().filter_map(|line| line.split_once(": ")) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(HeaderName::from_static("idempotency-replayed"), HeaderValue::from_static("true"));
    response
}
