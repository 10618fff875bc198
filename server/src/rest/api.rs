//! Adding REST routes: the address, who may use it, the handler, and its place in the OpenAPI document, in one line.

use super::about::About;
use super::problem::{Kind, Told};
use super::scope::ScopeFirst;
use crate::routes::{Access, Routes};
use crate::site::Site;
use axum::handler::Handler;
use serde_json::{Map, Value, json};
use utoipa::PartialSchema;

/// Where every resource lies.
pub const PREFIX: &str = "/api/v1/{workspace}";

/// The REST routes while they are being added.
pub struct Api<'a> {
    routes: &'a mut Routes,
    paths: Map<String, Value>,
    schemas: Map<String, Value>,
}

macro_rules! methods {
    ($($name:ident),+) => {$(
        /// Adds a route of this method; its access is the right of the scope that its handler asks for.
        pub fn $name<T: ScopeFirst + 'static>(&mut self, path: &str, about: About, handler: impl Handler<T, Site>) {
            let path = format!("{PREFIX}{path}");
            self.describe(stringify!($name), &path, &about);
            self.routes.$name(&path, Access::Member(T::PERMISSION), handler);
        }
    )+};
}

impl<'a> Api<'a> {
    pub fn new(routes: &'a mut Routes) -> Self {
        Self { routes, paths: Map::new(), schemas: Map::new() }
    }

    methods!(get, post, put, patch, delete);

    fn describe(&mut self, method: &str, path: &str, about: &About) {
        let item = self.paths.entry(path).or_insert_with(|| json!({}));
        item[method] = about.operation(method, path);
        for (name, schema) in &about.schemas {
            self.schemas.insert(name.clone(), json!(schema));
        }
    }

    /// The OpenAPI document of all that was added.
    pub fn finish(mut self) -> Value {
        self.schemas.insert("Problem".into(), json!(Told::schema()));
        self.schemas.insert("FieldError".into(), json!(domain::errors::FieldError::schema()));
        let kinds: Vec<String> = Kind::ALL.iter().map(|kind| format!("{} {}", kind.row().0.as_u16(), kind.row().3)).collect();
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Hypotheca", "version": "1",
                "description": "A hypothesis library and prioritisation for conversion rate optimisation. Times are UTC, \
                    shares and lifts are fractions (0.05 is 5%), money is minor units with a currency.",
            },
            "servers": [{ "url": "/" }],
            "security": [{ "token": [] }],
            "paths": self.paths,
            "components": {
                "schemas": self.schemas,
                "responses": { "Problem": {
                    "description": kinds.join(" "),
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
                } },
                "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": "hyp_…, made for one member of one workspace." } },
            },
        })
    }
}
