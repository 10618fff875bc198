//! The tables of tests, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::{json, time};
use domain::accounts::Member;
use domain::experiments::{
    Content, Decision, DecisionKind, Outcome, OutcomeKind, PostedResults, Recorded, Schedule, State, Test, TestKind,
};
use domain::sites::Device;
use sea_orm::ActiveValue::Set;
use std::collections::HashMap;

entity!(test, "test", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    seniority: i64,
    title: String,
    kind: String,
    site: Option<String>,
    area: Option<String>,
    audience: Option<String>,
    owner_id: Option<i64>,
    plan: String,
    schedule: String,
    re_run_of: Option<String>,
    imported: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
    state: String,
    started_day: i64,
    stopped_day: Option<i64>,
    stop_reason: Option<String>,
    cancel_reason: Option<String>,
    overrule: Option<String>,
    data_note: Option<String>,
    amendments: i64,
    outcome: Option<String>,
    outcome_kind: Option<String>,
    suggested: Option<String>,
    outcome_reason: Option<String>,
    learning: Option<String>,
    counts: bool,
    origin: Option<String>,
});

entity!(test_hypothesis, "test_hypothesis", {
    #[sea_orm(primary_key, auto_increment = false)] test_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] hypothesis_id: i64,
    workspace_id: i64,
    place: i64,
});

entity!(test_snapshot, "test_snapshot", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    test_id: i64,
    as_of: i64,
    body: String,
    person_id: Option<i64>,
    posted_at: i64,
    voided_reason: Option<String>,
});

entity!(test_look, "test_look", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    test_id: i64,
    snapshot_id: i64,
    person_id: Option<i64>,
    at: i64,
});

entity!(decision, "decision", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    test_id: i64,
    learning_id: i64,
    kind: String,
    variant: Option<String>,
    devices: i64,
    on_day: Option<i64>,
    reason: Option<String>,
    title: Option<String>,
    made: Option<String>,
});

/// What stands in other tables about some tests, by test id.
#[derive(Default)]
pub struct Beside {
    /// Numbers such as H-12, in the order given.
    pub hypotheses: HashMap<i64, Vec<String>>,
    pub decisions: HashMap<i64, Vec<Decision>>,
}

fn unknown(what: &str, slug: &str) -> StoreError {
    StoreError::Internal(format!("unknown {what} {slug}"))
}

pub fn state_of(row: &test::Model) -> Result<State> {
    State::from_slug(&row.state).ok_or_else(|| unknown("state", &row.state))
}

pub fn kind_of(row: &test::Model) -> Result<TestKind> {
    TestKind::from_slug(&row.kind).ok_or_else(|| unknown("kind", &row.kind))
}

pub fn outcome_of(slug: &str) -> Result<Outcome> {
    Outcome::from_slug(slug).or((slug == Outcome::TooEarly.slug()).then_some(Outcome::TooEarly)).ok_or_else(|| unknown("outcome", slug))
}

pub fn outcome_kind_of(slug: &str) -> Result<OutcomeKind> {
    OutcomeKind::from_slug(slug).ok_or_else(|| unknown("kind of outcome", slug))
}

/// The row as everybody reads it; `people` holds at least its owner.
pub fn to_test(row: test::Model, people: &HashMap<i64, Member>, beside: &mut Beside) -> Result<Test> {
    let (state, kind) = (state_of(&row)?, kind_of(&row)?);
    let owner = row.owner_id.and_then(|id| people.get(&id));
    let decisions = beside.decisions.remove(&row.id).unwrap_or_default();
    let outcome = row.outcome.as_deref().map(outcome_of).transpose()?;
    let recorded = match outcome {
        None => None,
        Some(outcome) => Some(Recorded {
            outcome,
            kind: row.outcome_kind.as_deref().map(outcome_kind_of).transpose()?,
            suggested: row.suggested.as_deref().map(outcome_of).transpose()?,
            overrule_reason: row.outcome_reason,
            decisions,
            learning: row.learning,
        }),
    };
    Ok(Test {
        number: format!("T-{}", row.number),
        title: row.title,
        kind,
        state,
        hypotheses: beside.hypotheses.remove(&row.id).unwrap_or_default(),
        site: row.site,
        area: row.area,
        audience: row.audience,
        owner: owner.map(|member| member.email.clone()),
        owner_name: owner.map(|member| member.name.clone()),
        plan: json::from_text(&row.plan)?,
        schedule: json::from_text(&row.schedule)?,
        started_on: (row.started_day >= 0).then(|| time::from_day(row.started_day)),
        stopped_on: row.stopped_day.map(time::from_day),
        stop_reason: row.stop_reason,
        cancel_reason: row.cancel_reason,
        overrule: row.overrule.as_deref().map(json::from_text).transpose()?,
        data_note: row.data_note.as_deref().map(json::from_text).transpose()?,
        amendments: u32::try_from(row.amendments).unwrap_or(0),
        recorded,
        re_run_of: row.re_run_of,
        imported: row.imported,
        origin: row.origin.as_deref().map(json::from_text).transpose()?,
        counts: row.counts,
        version: row.version,
        created_at: time::from_micros(row.created_at),
        updated_at: time::from_micros(row.updated_at),
    })
}

/// The columns that people fill, set from checked content, with the schedule that follows.
pub fn said(content: &Content, schedule: &Schedule, owner_id: Option<i64>) -> Result<test::ActiveModel> {
    Ok(test::ActiveModel {
        title: Set(content.title.clone()),
        kind: Set(content.kind.slug().to_owned()),
        site: Set(Some(content.site.clone())),
        area: Set(content.area.clone()),
        audience: Set(content.audience.clone()),
        owner_id: Set(owner_id),
        plan: Set(json::to_text(&content.plan)?),
        schedule: Set(json::to_text(schedule)?),
        ..test::ActiveModel::default()
    })
}

pub fn to_posted(row: test_snapshot::Model, names: &HashMap<i64, String>) -> Result<PostedResults> {
    let test_snapshot::Model { id, workspace_id: _, test_id: _, as_of: _, body, person_id, posted_at, voided_reason } = row;
    Ok(PostedResults {
        id,
        snapshot: json::from_text(&body)?,
        posted_at: time::from_micros(posted_at),
        by: person_id.and_then(|id| names.get(&id).cloned()),
        voided_reason,
    })
}

pub fn to_decision(row: decision::Model) -> Result<Decision> {
    let decision::Model { id: _, workspace_id: _, test_id: _, learning_id: _, kind, variant, devices, on_day, reason, title, made } = row;
    let kind = DecisionKind::from_slug(&kind).ok_or_else(|| unknown("decision", &kind))?;
    let devices = Device::from_bits(i32::try_from(devices).unwrap_or(0));
    Ok(Decision { kind, variant, devices, on: on_day.map(time::from_day), reason, title, made })
}
