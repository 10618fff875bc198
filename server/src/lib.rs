//! The server: routes, identity, forms, REST and the command line. Holds no rule and no query.

pub mod commands;
pub mod daily;
mod demo;
mod exports;
mod files;
mod forms;
mod identity;
mod limits;
mod pages;
mod rest;
pub mod routes;
mod security;
pub mod site;
mod unpack;

pub use routes::{Access, Listed};
pub use site::{Site, SiteConfig};

use axum::Router;

/// The whole site, and the list of its routes with who may use each.
pub fn router(site: Site) -> (Router, Vec<Listed>) {
    let mut routes = routes::Routes::new();
    pages::add(&mut routes);
    forms::add(&mut routes);
    exports::add(&mut routes);
    files::add(&mut routes);
    rest::add(&mut routes);
    let (router, listed) = routes.finish();
    let router = rest::answered_once(pages::serve(router, &site), &site);
    let router = security::around(identity::around(router, &site), &site);
    (rest::problems_told(router).with_state(site), listed)
}
