//! The table of scores, and a row as the domain reads it.

use super::Scored;
use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::json;
use domain::scoring::{Judgement, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

entity!(score, "score", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    hypothesis_id: i64,
    person_id: i64,
    reason: Option<String>,
    lift_low: Option<f64>,
    lift_high: Option<f64>,
    current: bool,
    at: i64,
    model: String,
    criteria: String,
});

pub(super) fn score_row(workspace_id: i64, scored: &Scored<'_>, judgement: &Judgement, at: i64) -> Result<score::ActiveModel> {
    Ok(score::ActiveModel {
        workspace_id: Set(workspace_id),
        hypothesis_id: Set(scored.id),
        person_id: Set(scored.person_id),
        reason: Set(judgement.reason.clone()),
        lift_low: Set(judgement.lift_low),
        lift_high: Set(judgement.lift_high),
        current: Set(true),
        at: Set(at),
        model: Set(judgement.model.slug().to_owned()),
        criteria: Set(json::to_text(&judgement.levels())?),
        ..score::ActiveModel::default()
    })
}

pub(super) fn to_judgement(row: &score::Model) -> Result<Judgement> {
    let unknown = || StoreError::Internal(format!("unknown scoring model {}", row.model));
    Ok(Judgement {
        model: Model::from_slug(&row.model).ok_or_else(unknown)?,
        criteria: json::from_text(&row.criteria)?,
        reason: row.reason.clone(),
        lift_low: row.lift_low,
        lift_high: row.lift_high,
    })
}

/// The present scores of a hypothesis, by all models.
pub(super) async fn current_scores(db: &impl ConnectionTrait, hypothesis_id: i64) -> Result<Vec<score::Model>> {
    let rows = score::Entity::find().filter(score::Column::HypothesisId.eq(hypothesis_id)).filter(score::Column::Current.eq(true));
    Ok(rows.order_by_asc(score::Column::Id).all(db).await?)
}

/// The present judgements of these hypotheses, by all models.
pub(super) async fn judgements_of(db: &impl ConnectionTrait, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, Vec<Judgement>>> {
    let rows = score::Entity::find().filter(score::Column::HypothesisId.is_in(ids)).filter(score::Column::Current.eq(true));
    let mut judgements: HashMap<i64, Vec<Judgement>> = HashMap::new();
    for row in rows.order_by_asc(score::Column::Id).all(db).await? {
        judgements.entry(row.hypothesis_id).or_default().push(to_judgement(&row)?);
    }
    Ok(judgements)
}
