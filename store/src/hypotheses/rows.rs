//! The tables of hypotheses, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::{json, time};
use domain::accounts::Member;
use domain::hypotheses::{Content, Effort, Hypothesis, Readiness, Stage};
use domain::sites::Device;
use sea_orm::ActiveValue::Set;
use std::collections::HashMap;

entity!(hypothesis, "hypothesis", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    seniority: i64,
    title: String,
    statement: String,
    site: Option<String>,
    area: Option<String>,
    audience: Option<String>,
    lever: Option<String>,
    metric: Option<String>,
    devices: i64,
    guard_rails: String,
    tags: String,
    owner_id: Option<i64>,
    design_days: Option<f64>,
    development_days: Option<f64>,
    parent: Option<String>,
    differs_because: Option<String>,
    details: Option<String>,
    archived: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
    stage: i64,
    stage_before_test: Option<i64>,
    statement_complete: i64,
    evidence: String,
    evidence_tenths: i64,
    evidence_day: i64,
    supports: i64,
    score: Option<String>,
    score_milli: i64,
    expected_mid: i64,
    split_off: bool,
    merged_into: Option<String>,
    evidence_strength: String,
});

entity!(hypothesis_tag, "hypothesis_tag", {
    #[sea_orm(primary_key, auto_increment = false)] hypothesis_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] tag: String,
    workspace_id: i64,
});

/// `H-12` as 12.
pub fn parse_number(prefix: &str, raw: &str) -> Result<i64> {
    let digits = raw.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-')).ok_or(StoreError::NotFound)?;
    digits.parse().ok().filter(|number| *number > 0 && !digits.starts_with(['+', '0'])).ok_or(StoreError::NotFound)
}

/// The row as everybody reads it; `people` holds at least its owner.
pub fn to_hypothesis(row: hypothesis::Model, people: &HashMap<i64, Member>) -> Result<Hypothesis> {
    let owner = row.owner_id.and_then(|id| people.get(&id));
    let mut hypothesis = Hypothesis {
        number: format!("H-{}", row.number),
        title: row.title,
        statement: json::from_text(&row.statement)?,
        site: row.site,
        area: row.area,
        devices: Device::from_bits(i32::try_from(row.devices).unwrap_or(0)),
        audience: row.audience,
        guard_rails: json::from_text(&row.guard_rails)?,
        stage: Stage::from_place(row.stage).ok_or_else(|| StoreError::Internal(format!("unknown stage {}", row.stage)))?,
        owner: owner.map(|member| member.email.clone()),
        owner_name: owner.map(|member| member.name.clone()),
        tags: json::from_text(&row.tags)?,
        effort: Effort { design_days: row.design_days, development_days: row.development_days },
        parent: row.parent,
        differs_because: row.differs_because,
        merged_into: row.merged_into,
        details: row.details,
        evidence: json::from_text(&row.evidence)?,
        score: row.score.as_deref().map(json::from_text).transpose()?,
        expected_value: None,
        readiness: Readiness::default(),
        rank: None,
        archived: row.archived,
        version: row.version,
        created_at: time::from_micros(row.created_at),
        updated_at: time::from_micros(row.updated_at),
    };
    hypothesis.readiness = hypothesis.lint(None).readiness;
    Ok(hypothesis)
}

/// The columns that people fill, set from checked content.
pub fn said(content: &Content, owner_id: Option<i64>) -> Result<hypothesis::ActiveModel> {
    Ok(hypothesis::ActiveModel {
        title: Set(content.title.clone()),
        statement: Set(json::to_text(&content.statement)?),
        statement_complete: Set(i64::from(content.statement.is_complete())),
        site: Set(content.site.clone()),
        area: Set(content.area.clone()),
        audience: Set(content.audience.clone()),
        lever: Set(content.statement.lever.clone()),
        metric: Set(content.statement.effect.as_ref().map(|effect| effect.metric.clone())),
        devices: Set(i64::from(Device::to_bits(&content.devices))),
        guard_rails: Set(json::to_text(&content.guard_rails)?),
        tags: Set(json::to_text(&content.tags)?),
        owner_id: Set(owner_id),
        design_days: Set(content.effort.design_days),
        development_days: Set(content.effort.development_days),
        parent: Set(content.parent.clone()),
        differs_because: Set(content.differs_because.clone()),
        details: Set(content.details.clone()),
        ..hypothesis::ActiveModel::default()
    })
}
