//! What handlers answer: one object with its version as ETag, a created one with its address, a page of a list.

use super::problem::Problem;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::accounts::Workspace;
use domain::comments::Comment;
use domain::evidence::Evidence;
use domain::experiments::Test;
use domain::hypotheses::Hypothesis;
use domain::impact::Rollout;
use domain::learnings::Learning;
use domain::page::Page;
use domain::signals::Signal;
use domain::sites::{Site, SiteChange};
use domain::views::View;
use serde::Serialize;

/// What every handler answers.
pub type Answer<T> = Result<T, Problem>;

/// Things that count their changes.
pub trait Versioned {
    fn version(&self) -> i64;
}

macro_rules! versioned {
    ($($name:ty),+) => {$(
        impl Versioned for $name {
            fn version(&self) -> i64 {
                self.version
            }
        }
    )+};
}
versioned!(Comment, Evidence, Hypothesis, Learning, Rollout, Signal, Site, SiteChange, Test, View, Workspace);

/// One object; its ETag is its version.
pub struct One<T>(pub T);

impl<T: Serialize + Versioned> IntoResponse for One<T> {
    fn into_response(self) -> Response {
        let tag = tag_of(self.0.version());
        with(Json(self.0).into_response(), header::ETAG, &tag)
    }
}

/// A created object with its version, and where it lies.
pub struct Created<T> {
    pub location: String,
    pub object: T,
}

impl<T: Serialize + Versioned> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let tag = tag_of(self.object.version());
        with(Added { location: self.location, object: self.object }.into_response(), header::ETAG, &tag)
    }
}

/// A created object that has no version of its own.
pub struct Added<T> {
    pub location: String,
    pub object: T,
}

impl<T: Serialize> IntoResponse for Added<T> {
    fn into_response(self) -> Response {
        with((StatusCode::CREATED, Json(self.object)).into_response(), header::LOCATION, &self.location)
    }
}

/// A page of a list.
pub struct List<T>(pub Page<T>);

impl<T: Serialize> IntoResponse for List<T> {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

/// Done; there is nothing more to say.
pub struct Gone;

impl IntoResponse for Gone {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

fn tag_of(version: i64) -> String {
    format!("\"{version}\"")
}

fn with(mut response: Response, name: header::HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}
