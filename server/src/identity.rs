//! Who asks: the session cookie or the bearer token becomes an actor before any handler runs.

use crate::site::Site;
use app::request::Identity;
use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use std::convert::Infallible;
use store::Actor;

/// Finds out who asks before anything else.
pub fn around(router: Router<Site>, site: &Site) -> Router<Site> {
    router.layer(from_fn_with_state(site.clone(), identify))
}

async fn identify(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let found =
        if path.starts_with("/api/") { by_token(&site, request.headers()).await } else { by_cookie(&site, request.headers()).await };
    request.extensions_mut().insert(found);
    next.run(request).await
}

async fn by_cookie(site: &Site, headers: &HeaderMap) -> Identity {
    let Some(secret) = cookie(headers, site.config.cookie_name()) else { return nobody() };
    match site.store.actor_of_session(&secret).await {
        Ok(Actor::Anonymous) => nobody(),
        Ok(actor) => Identity { actor, secret: Some(secret) },
        Err(error) => failed(&error),
    }
}

async fn by_token(site: &Site, headers: &HeaderMap) -> Identity {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.split_once(' '));
    let Some((_, token)) = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else { return nobody() };
    match site.store.actor_of_token(token.trim()).await {
        Ok(actor) => Identity { actor, secret: None },
        Err(error) => failed(&error),
    }
}

fn nobody() -> Identity {
    Identity { actor: Actor::Anonymous, secret: None }
}

fn failed(error: &store::StoreError) -> Identity {
    tracing::error!(%error, "the asker could not be identified");
    nobody()
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The asker, in a handler's signature.
pub struct Asker(pub Identity);

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Asker(parts.extensions.get::<Identity>().cloned().unwrap_or_else(nobody)))
    }
}
