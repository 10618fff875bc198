//! Requests to the router, in one line each, and what came back.

use super::cast::World;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{self, HeaderMap, Method, header};
use serde_json::Value;
use tower::ServiceExt;

/// A request that is being put together.
pub struct Request {
    router: Router,
    builder: http::request::Builder,
    body: Body,
}

impl Request {
    pub fn new(router: Router, method: &str, path: &str) -> Self {
        Self::named(router, "localhost", method, path)
    }

    /// A request under this Host.
    pub fn named(router: Router, host: &str, method: &str, path: &str) -> Self {
        let builder = http::Request::builder().method(method).uri(path).header(header::HOST, host);
        Self { router, builder, body: Body::empty() }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    pub fn token(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn cookie(self, secret: &str) -> Self {
        self.header("cookie", &format!("session={secret}"))
    }

    pub fn json(self, body: &Value) -> Self {
        self.text("application/json", body.to_string())
    }

    pub fn form(self, body: &str) -> Self {
        self.text("application/x-www-form-urlencoded", body.to_owned())
    }

    pub fn text(mut self, kind: &str, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self.header("content-type", kind)
    }

    pub async fn send(self) -> Reply {
        let response = self.router.oneshot(self.builder.body(self.body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Reply { status: parts.status.as_u16(), headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} is no JSON: {}", self.status, self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body, which must come with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() { Value::Null } else { self.json() }
    }

    /// A problem+json of this status; answers the fields that it names.
    #[track_caller]
    pub fn problem(self, status: u16) -> Vec<String> {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        for name in ["type", "title", "detail"] {
            assert!(problem[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {problem}");
        }
        problem["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
    }
}
