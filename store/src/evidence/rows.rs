//! The tables of evidence, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::{json, time};
use chrono::NaiveDate;
use domain::accounts::Member;
use domain::evidence::{Content, Direction, Evidence, Freshness, Kind, Link, Weights, Worth};
use domain::sites::{Device, NamedChange};
use sea_orm::ActiveValue::Set;
use std::collections::HashMap;

entity!(evidence, "evidence", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    seniority: i64,
    title: String,
    kind: String,
    finding: Option<String>,
    source: Option<String>,
    observed_from: Option<i64>,
    observed_to: Option<i64>,
    sample_size: Option<i64>,
    site: Option<String>,
    areas: String,
    devices: i64,
    audiences: String,
    tags: String,
    worth: Option<String>,
    author_id: Option<i64>,
    archived: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
    class: String,
    observed_day: i64,
    uses: i64,
    halved: bool,
    halved_by: Option<i64>,
});

entity!(evidence_area, "evidence_area", {
    #[sea_orm(primary_key, auto_increment = false)] evidence_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] area: String,
    workspace_id: i64,
});

entity!(evidence_audience, "evidence_audience", {
    #[sea_orm(primary_key, auto_increment = false)] evidence_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
    workspace_id: i64,
});

entity!(evidence_tag, "evidence_tag", {
    #[sea_orm(primary_key, auto_increment = false)] evidence_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] tag: String,
    workspace_id: i64,
});

entity!(evidence_link, "evidence_link", {
    #[sea_orm(primary_key, auto_increment = false)] hypothesis_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] evidence_id: i64,
    workspace_id: i64,
    direction: String,
    note: Option<String>,
    same_area: bool,
    at: i64,
});

/// What a row needs beside itself to be read.
pub struct Reading<'a> {
    /// At least the authors.
    pub people: &'a HashMap<i64, Member>,
    pub weights: &'a Weights,
    pub today: NaiveDate,
    /// At least the site changes that halve what is read, by id.
    pub changes: &'a HashMap<i64, NamedChange>,
}

/// The row as everybody reads it.
pub fn to_evidence(row: evidence::Model, reading: &Reading<'_>) -> Result<Evidence> {
    let evidence::Model { id: _, workspace_id: _, number, seniority: _, title, kind, finding, source, observed_from, .. } = row;
    let evidence::Model { observed_to, sample_size, site, areas, devices, audiences, tags, worth, author_id, .. } = row;
    let evidence::Model { archived, version, created_at, updated_at, class: _, observed_day, uses, halved: _, halved_by, .. } = row;
    let kind = to_kind(&kind)?;
    let author = author_id.and_then(|id| reading.people.get(&id));
    let halved_by = halved_by.and_then(|id| reading.changes.get(&id)).cloned();
    Ok(Evidence {
        number: format!("E-{number}"),
        title,
        kind,
        class: kind.class(),
        finding,
        source: source.as_deref().map(json::from_text).transpose()?,
        observed_from: observed_from.map(time::from_day),
        observed_to: observed_to.map(time::from_day),
        sample_size,
        site,
        areas: json::from_text(&areas)?,
        devices: Device::from_bits(i32::try_from(devices).unwrap_or(0)),
        audiences: json::from_text(&audiences)?,
        tags: json::from_text(&tags)?,
        worth: to_worth(worth.as_deref()),
        author: author.map(|member| member.email.clone()),
        author_name: author.map(|member| member.name.clone()),
        freshness: Freshness::of(kind.class(), time::from_day(observed_day), halved_by.is_some(), reading.today, reading.weights),
        halved_by,
        uses: u32::try_from(uses).unwrap_or(0),
        archived,
        version,
        created_at: time::from_micros(created_at),
        updated_at: time::from_micros(updated_at),
    })
}

/// The columns that people fill, set from checked content; `logged` is the day on which it was first kept.
pub fn said(content: &Content, logged: NaiveDate) -> Result<evidence::ActiveModel> {
    Ok(evidence::ActiveModel {
        title: Set(content.title.clone()),
        kind: Set(content.kind.slug().to_owned()),
        class: Set(content.kind.class().slug().to_owned()),
        finding: Set(content.finding.clone()),
        source: Set(content.source.as_ref().map(json::to_text).transpose()?),
        observed_from: Set(content.observed_from.map(time::to_day)),
        observed_to: Set(content.observed_to.map(time::to_day)),
        observed_day: Set(time::to_day(content.observed(logged))),
        sample_size: Set(content.sample_size),
        site: Set(content.site.clone()),
        areas: Set(json::to_text(&content.areas)?),
        devices: Set(i64::from(Device::to_bits(&content.devices))),
        audiences: Set(json::to_text(&content.audiences)?),
        tags: Set(json::to_text(&content.tags)?),
        worth: Set(content.worth.map(|worth| worth.slug().to_owned())),
        ..evidence::ActiveModel::default()
    })
}

pub fn to_kind(slug: &str) -> Result<Kind> {
    Kind::from_slug(slug).ok_or_else(|| StoreError::Internal(format!("unknown kind of evidence {slug}")))
}

pub fn to_worth(slug: Option<&str>) -> Option<Worth> {
    slug.and_then(Worth::from_slug)
}

pub fn to_direction(slug: &str) -> Result<Direction> {
    Direction::from_slug(slug).ok_or_else(|| StoreError::Internal(format!("unknown direction {slug}")))
}

pub fn to_link(row: &evidence_link::Model) -> Result<Link> {
    Ok(Link { direction: to_direction(&row.direction)?, note: row.note.clone(), same_area: row.same_area })
}
