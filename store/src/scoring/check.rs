//! Whether the stored team scores are those that follow from the members' scores.

use super::renewal::team_columns;
use super::rows::judgements_of;
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use domain::scoring::Shapes;
use sea_orm::ConnectionTrait;

/// Says which of these hypotheses hold another team score.
pub(crate) async fn check_scores(
    db: &impl ConnectionTrait,
    rows: &[hypothesis::Model],
    shapes: &Shapes,
    said: &mut Vec<String>,
) -> Result<()> {
    let judgements = judgements_of(db, rows.iter().map(|row| row.id)).await?;
    for row in rows {
        let given = judgements.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let (score, milli) = team_columns(given, shapes.in_force(row.site.as_deref()))?;
        if (&row.score, row.score_milli) != (&score, milli) {
            said.push(format!("H-{}: the stored team score is not the one that follows from its scores.", row.number));
        }
    }
    Ok(())
}
