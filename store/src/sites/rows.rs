//! The tables of the catalogue.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use domain::sites::{Area, AreaVisitors, Metric, Site, Term};
use serde::{Serialize, de::DeserializeOwned};

entity!(site, "site", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    slug: String,
    name: String,
    currency: String,
    time_zone: String,
    margin: Option<f64>,
    url: Option<String>,
    archived: bool,
    version: i64,
});

entity!(area, "area", {
    #[sea_orm(primary_key)] id: i64,
    site_id: i64,
    slug: String,
    name: String,
    archived: bool,
    desktop: Option<i64>,
    mobile: Option<i64>,
    tablet: Option<i64>,
});

entity!(metric, "metric", {
    #[sea_orm(primary_key)] id: i64,
    site_id: i64,
    slug: String,
    name: String,
    archived: bool,
    kind: String,
    unit: String,
    direction: String,
    family: String,
});

entity!(audience, "audience", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    slug: String,
    name: String,
    archived: bool,
});

entity!(lever, "lever", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    slug: String,
    name: String,
    archived: bool,
});

entity!(site_change, "site_change", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    title: String,
    day: i64,
    site: String,
    areas: String,
    author_id: Option<i64>,
    archived: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
});

pub fn to_site(row: site::Model) -> Site {
    let site::Model { id: _, workspace_id: _, slug, name, currency, time_zone, margin, url, archived: _, version } = row;
    Site { slug, name, currency, time_zone, margin, url, version }
}

pub fn to_area(row: area::Model) -> Area {
    let area::Model { id: _, site_id: _, slug, name, archived: _, desktop, mobile, tablet } = row;
    Area { slug, name, visitors: AreaVisitors { desktop, mobile, tablet } }
}

pub fn to_metric(row: metric::Model) -> Result<Metric> {
    let metric::Model { id: _, site_id: _, slug, name, archived: _, kind, unit, direction, family } = row;
    Ok(Metric { slug, name, kind: read(&kind)?, unit: read(&unit)?, direction: read(&direction)?, family: read(&family)? })
}

pub fn to_term(slug: String, name: String) -> Term {
    Term { slug, name }
}

/// An enum's slug, as its serde name gives it.
pub fn slug<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(slug) => Ok(slug),
        other => Err(StoreError::Internal(format!("{other} is not a slug"))),
    }
}

fn read<T: DeserializeOwned>(slug: &str) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::String(slug.to_owned()))?)
}
