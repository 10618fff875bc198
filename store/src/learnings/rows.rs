//! The tables of learnings, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::experiments::rows::{outcome_kind_of, outcome_of};
use crate::sites::Changes;
use crate::{json, time};
use chrono::NaiveDate;
use domain::accounts::Member;
use domain::experiments::Decision;
use domain::learnings::{Learning, Surprise};
use std::collections::HashMap;

entity!(learning, "learning", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    seniority: i64,
    sentence: String,
    what_happened: Option<String>,
    why: Option<String>,
    surprise: Option<String>,
    areas: String,
    audiences: String,
    lever: Option<String>,
    site: Option<String>,
    test_id: Option<i64>,
    test: Option<String>,
    hypotheses: String,
    outcome: Option<String>,
    outcome_kind: Option<String>,
    effect: Option<String>,
    ended_day: Option<i64>,
    recheck_day: Option<i64>,
    confirmed_day: Option<i64>,
    evidence: Option<String>,
    author_id: Option<i64>,
    version: i64,
    created_at: i64,
    updated_at: i64,
});

entity!(learning_area, "learning_area", {
    #[sea_orm(primary_key, auto_increment = false)] learning_id: i64,
    workspace_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] area: String,
});

entity!(learning_audience, "learning_audience", {
    #[sea_orm(primary_key, auto_increment = false)] learning_id: i64,
    workspace_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] audience: String,
});

/// The row as everybody reads it; `people` holds at least its author.
pub fn to_learning(row: learning::Model, people: &HashMap<i64, Member>, decisions: Vec<Decision>, changes: &Changes) -> Result<Learning> {
    let unknown = |slug: &str| StoreError::Internal(format!("unknown surprise {slug}"));
    let surprise = row.surprise.as_deref().map(|slug| Surprise::from_slug(slug).ok_or_else(|| unknown(slug))).transpose()?;
    let areas: Vec<String> = json::from_text(&row.areas)?;
    let (ended_on, confirmed_on) = (row.ended_day.map(time::from_day), row.confirmed_day.map(time::from_day));
    let written = time::from_micros(row.created_at).date_naive();
    let known = std::cmp::max(ended_on.unwrap_or(written), confirmed_on.unwrap_or(NaiveDate::MIN));
    let outdated_by = changes.since(row.site.as_deref(), &areas, known);
    Ok(Learning {
        number: format!("L-{}", row.number),
        sentence: row.sentence,
        what_happened: row.what_happened,
        why: row.why,
        surprise,
        areas,
        audiences: json::from_text(&row.audiences)?,
        lever: row.lever,
        site: row.site,
        test: row.test,
        hypotheses: json::from_text(&row.hypotheses)?,
        outcome: row.outcome.as_deref().map(outcome_of).transpose()?,
        kind: row.outcome_kind.as_deref().map(outcome_kind_of).transpose()?,
        effect: row.effect.as_deref().map(json::from_text).transpose()?,
        decisions,
        ended_on,
        recheck_on: row.recheck_day.map(time::from_day),
        confirmed_on,
        outdated_by,
        evidence: row.evidence,
        author: row.author_id.and_then(|id| people.get(&id)).map(|member| member.name.clone()),
        version: row.version,
        created_at: time::from_micros(row.created_at),
        updated_at: time::from_micros(row.updated_at),
    })
}
