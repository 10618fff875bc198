//! Whether the stored team scores are those that follow from the members' scores.

use super::{score, team_columns, to_judgement};
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use domain::scoring::{CombineRule, Judgement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// Says which of these hypotheses hold another team score.
pub(crate) async fn check_scores(
    db: &impl ConnectionTrait,
    rows: &[hypothesis::Model],
    rule: CombineRule,
    said: &mut Vec<String>,
) -> Result<()> {
    let current = score::Entity::find().filter(score::Column::HypothesisId.is_in(rows.iter().map(|row| row.id)));
    let current = current.filter(score::Column::Current.eq(true)).order_by_asc(score::Column::Id).all(db).await?;
    let mut judgements: HashMap<i64, Vec<Judgement>> = HashMap::new();
    for one in current {
        judgements.entry(one.hypothesis_id).or_default().push(to_judgement(&one));
    }
    for row in rows {
        let (score, milli) = team_columns(judgements.get(&row.id).map(Vec::as_slice).unwrap_or_default(), rule)?;
        if (&row.score, row.score_milli) != (&score, milli) {
            said.push(format!("H-{}: the stored team score is not the one that follows from its scores.", row.number));
        }
    }
    Ok(())
}
