//! REST: `/api/v1/{workspace}/…`. Each handler translates a request, calls one operation and translates back.
//!
//! A resource is a file with an `add` that names its routes, and handlers under them. Who may use a route is said by
//! the first argument of its handler, [`scope::Scoped`]; what it takes and answers is said where it is added, and
//! that makes the OpenAPI document.

mod about;
mod activity;
mod answer;
mod api;
mod areas;
mod attachments;
mod audiences;
mod body;
mod comments;
mod docs;
mod evidence;
mod hypotheses;
mod if_match;
mod impact;
mod imports;
mod learnings;
mod levers;
mod lineage;
mod links;
mod me;
mod members;
mod metrics;
mod once;
mod plan;
pub(crate) mod problem;
mod query;
mod rollouts;
mod rubrics;
mod scope;
mod scores;
mod search;
mod settings;
mod signals;
mod similar;
mod site_changes;
mod sites;
mod terms;
mod tests;
mod views;

pub use once::answered_once;
pub use problem::problems_told;

use crate::routes::Routes;

/// Adds every resource, then the document that describes them.
pub fn add(routes: &mut Routes) {
    let mut api = api::Api::new(routes);
    me::add(&mut api);
    members::add(&mut api);
    settings::add(&mut api);
    comments::add(&mut api);
    attachments::add(&mut api);
    sites::add(&mut api);
    site_changes::add(&mut api);
    areas::add(&mut api);
    metrics::add(&mut api);
    levers::add(&mut api);
    audiences::add(&mut api);
    rubrics::add(&mut api);
    hypotheses::add(&mut api);
    scores::add(&mut api);
    evidence::add(&mut api);
    lineage::add(&mut api);
    links::add(&mut api);
    signals::add(&mut api);
    tests::add(&mut api);
    plan::add(&mut api);
    learnings::add(&mut api);
    rollouts::add(&mut api);
    impact::add(&mut api);
    search::add(&mut api);
    similar::add(&mut api);
    imports::add(&mut api);
    views::add(&mut api);
    activity::add(&mut api);
    let document = api.finish();
    docs::add(routes, document);
}
