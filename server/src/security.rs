//! What surrounds every answer: host names, forgery from other sites, headers, compression, size.

use crate::rest::problem::{Kind, Problem};
use crate::site::Site;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::set_header::SetResponseHeaderLayer;

/// The largest request body, in bytes; files are the largest.
pub const BODY_LIMIT: usize = 25 * 1024 * 1024;

/// The layers around the whole site.
pub fn around(router: Router<Site>, site: &Site) -> Router<Site> {
    let fixed = |name: HeaderName, value: &'static str| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    router
        .layer(from_fn_with_state(site.clone(), refuse_strangers))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(header::X_FRAME_OPTIONS, "DENY"))
        .layer(fixed(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

/// Refuses names that are not ours (a page of another name that points at this machine could read answers) and
/// writes that another site's page sends along with our cookie.
async fn refuse_strangers(State(site): State<Site>, request: Request, next: Next) -> Response {
    if !is_our_host(&site, &request) && request.uri().path().starts_with("/api/") {
        return Problem::of(Kind::WrongHost).into_response();
    }
    if !is_our_host(&site, &request) {
        return (StatusCode::MISDIRECTED_REQUEST, "This server does not answer to that name.").into_response();
    }
    let writes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if writes && !request.uri().path().starts_with("/api/") && comes_from_elsewhere(&request) {
        return (StatusCode::FORBIDDEN, "This form was sent from another site.").into_response();
    }
    next.run(request).await
}

fn is_our_host(site: &Site, request: &Request) -> bool {
    let host =
        request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| request.uri().authority().map(|a| a.as_str()));
    let Some(host) = host else { return false };
    let ours = site.config.address.split("://").nth(1).unwrap_or_default();
    host.eq_ignore_ascii_case(ours) || is_loopback(host) && !site.config.address_given
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Browsers say where a request comes from; a request without either header is no browser's.
fn comes_from_elsewhere(request: &Request) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split("://").nth(1) != Some(host),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn loopback_names_are_told_from_others() {
        for (host, loopback) in
            [("localhost:3000", true), ("127.0.0.1", true), ("[::1]:80", true), ("evil.example:3000", false), ("localhost.evil", false)]
        {
            assert_eq!(is_loopback(host), loopback, "{host}");
        }
    }

    #[test]
    fn a_form_of_another_site_is_seen_by_either_header() {
        let request = |pairs: &[(&str, &str)]| {
            let builder = pairs.iter().fold(Request::builder(), |builder, (name, value)| builder.header(*name, *value));
            builder.body(Body::empty()).unwrap()
        };
        assert!(comes_from_elsewhere(&request(&[("sec-fetch-site", "cross-site")])));
        assert!(!comes_from_elsewhere(&request(&[("sec-fetch-site", "same-origin")])));
        assert!(comes_from_elsewhere(&request(&[("origin", "https://evil.example"), ("host", "ours.example")])));
        assert!(!comes_from_elsewhere(&request(&[("origin", "https://ours.example"), ("host", "ours.example")])));
        assert!(!comes_from_elsewhere(&request(&[("host", "ours.example")])));
    }
}
