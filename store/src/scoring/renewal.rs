//! The stored team score: computed again from the raw levels whenever a score, the model in force or its rule changes.
//! It is derived, so it changes neither version nor "updated".

use super::rows::{current_scores, judgements_of, to_judgement};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use crate::json;
use domain::scoring::{Judgement, Shape, Shapes, team_score};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    Value,
};

/// So many hypotheses are read and written by one statement each.
const CHUNK: u64 = 500;

/// A hypothesis with what is stored of its score.
type Held = (i64, Option<String>, Option<String>, i64);

impl<R: Right> Scope<R> {
    /// Computes the team's number of one hypothesis again, by this model, and stores it.
    pub(crate) async fn renew_team_score(&self, tx: &DatabaseTransaction, hypothesis_id: i64, shape: &Shape) -> Result<()> {
        let judgements = current_scores(tx, hypothesis_id).await?.iter().map(to_judgement).collect::<Result<Vec<_>>>()?;
        let (score, score_milli) = team_columns(&judgements, shape)?;
        let changed = hypothesis::ActiveModel {
            id: Set(hypothesis_id),
            score: Set(score),
            score_milli: Set(score_milli),
            ..hypothesis::ActiveModel::default()
        };
        hypothesis::Entity::update(changed).exec(tx).await?;
        Ok(())
    }

    /// Renews every team score after the workspace changed how it scores.
    pub(crate) async fn rescore_all(&self, tx: &DatabaseTransaction, shapes: &Shapes) -> Result<()> {
        use hypothesis::Column;
        let mut after = 0;
        loop {
            let rows = hypothesis::Entity::find().select_only().columns([Column::Id, Column::Site, Column::Score, Column::ScoreMilli]);
            let rows = rows.filter(Column::WorkspaceId.eq(self.workspace_id)).filter(Column::Id.gt(after)).order_by_asc(Column::Id);
            let rows: Vec<Held> = rows.limit(CHUNK).into_tuple().all(tx).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.0;
            let judgements = judgements_of(tx, rows.iter().map(|row| row.0)).await?;
            let mut changed = Vec::new();
            for (id, site, score, milli) in rows {
                let given = judgements.get(&id).map(Vec::as_slice).unwrap_or_default();
                let now = team_columns(given, shapes.in_force(site.as_deref()))?;
                if now != (score, milli) {
                    changed.push((id, now));
                }
            }
            store_all(tx, changed).await?;
        }
    }
}

/// Writes many team scores by one statement.
async fn store_all(tx: &DatabaseTransaction, changed: Vec<(i64, (Option<String>, i64))>) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = Vec::new();
    let mut rows = Vec::new();
    for (id, (score, milli)) in changed {
        let from = values.len();
        rows.push(format!("(CAST(${} AS BIGINT), CAST(${} AS TEXT), CAST(${} AS BIGINT))", from + 1, from + 2, from + 3));
        values.extend([id.into(), score.into(), milli.into()]);
    }
    let sql = format!(
        "WITH renewed (id, score, milli) AS (VALUES {}) UPDATE hypothesis SET score = renewed.score, score_milli = renewed.milli \
         FROM renewed WHERE hypothesis.id = renewed.id",
        rows.join(", ")
    );
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

/// What is stored of the team's judgement by this model: its summary, and the number that ranks.
pub(super) fn team_columns(judgements: &[Judgement], shape: &Shape) -> Result<(Option<String>, i64)> {
    let team = team_score(shape, judgements);
    Ok((team.as_ref().map(json::to_text).transpose()?, team.as_ref().map_or(-1, |team| milli(team.value))))
}

/// The number that ranks, in thousandths, so that both databases sort and page by a whole number.
fn milli(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "no scale lets a score reach a thousandth of what an i64 holds")]
    let milli = (value * 1000.0).round() as i64;
    milli
}
