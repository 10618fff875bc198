//! Adding a route means saying who may use it. The list that grows here is what the access test walks, so a route
//! without a line in it cannot exist.

use crate::rest::problem::{Kind, Problem};
use crate::site::Site;
use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, any, on};
use domain::access::Permission;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Somebody signed in, of whatever workspace.
    SignedIn,
    /// A member of the workspace in the address with this permission.
    Member(Permission),
}

/// A route as it was added.
#[derive(Debug, Clone)]
pub struct Listed {
    pub method: Method,
    /// The pattern, with `{workspace}` where a workspace's slug stands.
    pub path: String,
    pub access: Access,
}

/// Routes with their list. What lies under `/api` has a router of its own, whose refusals programs can read.
pub struct Routes {
    router: Router<Site>,
    api: Router<Site>,
    listed: Vec<Listed>,
}

impl Routes {
    pub fn new() -> Self {
        Self { router: Router::new(), api: Router::new(), listed: Vec::new() }
    }

    fn add<T: 'static>(&mut self, method: (Method, MethodFilter), path: &str, access: Access, handler: impl Handler<T, Site>) {
        self.listed.push(Listed { method: method.0, path: path.to_owned(), access });
        let (router, path) = match path.strip_prefix("/api") {
            Some(rest) => (&mut self.api, rest),
            None => (&mut self.router, path),
        };
        *router = std::mem::take(router).route(path, on(method.1, handler));
    }

    pub fn get<T: 'static>(&mut self, path: &str, access: Access, handler: impl Handler<T, Site>) {
        self.add((Method::GET, MethodFilter::GET), path, access, handler);
    }

    pub fn post<T: 'static>(&mut self, path: &str, access: Access, handler: impl Handler<T, Site>) {
        self.add((Method::POST, MethodFilter::POST), path, access, handler);
    }

    pub fn put<T: 'static>(&mut self, path: &str, access: Access, handler: impl Handler<T, Site>) {
        self.add((Method::PUT, MethodFilter::PUT), path, access, handler);
    }

    pub fn patch<T: 'static>(&mut self, path: &str, access: Access, handler: impl Handler<T, Site>) {
        self.add((Method::PATCH, MethodFilter::PATCH), path, access, handler);
    }

    pub fn delete<T: 'static>(&mut self, path: &str, access: Access, handler: impl Handler<T, Site>) {
        self.add((Method::DELETE, MethodFilter::DELETE), path, access, handler);
    }

    /// Adds to the list what a framework routes by itself.
    pub fn list(&mut self, method: Method, path: &str, access: Access) {
        self.listed.push(Listed { method, path: path.to_owned(), access });
    }

    pub fn finish(self) -> (Router<Site>, Vec<Listed>) {
        let api = self.api.method_not_allowed_fallback(wrong_method).fallback(nothing_here);
        let router = self.router.nest("/api", api);
        (["/api", "/api/"].into_iter().fold(router, |router, path| router.route(path, any(nothing_here))), self.listed)
    }
}

async fn wrong_method() -> Problem {
    Problem::of(Kind::WrongMethod)
}

async fn nothing_here() -> Problem {
    Problem::of(Kind::NotFound)
}

impl Default for Routes {
    fn default() -> Self {
        Self::new()
    }
}
