//! Which evidence a site change halves. Stored beside the evidence, so that the filter by freshness compares columns of
//! one index, and kept true in the transaction that changes the evidence or the site change.

use super::renewal::{CHUNK, Cause};
use super::rows::{evidence, evidence_area, evidence_link};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::json;
use crate::sites::Changes;
use crate::time::from_day;
use domain::evidence::Content;
use domain::sites::CheckedChange;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::{BTreeMap, BTreeSet};

impl<R: Right> Scope<R> {
    /// Sets the columns of a row about to be kept whose content was observed on the day that it says.
    pub(super) async fn set_halving(&self, tx: &DatabaseTransaction, row: &mut evidence::ActiveModel, content: &Content) -> Result<()> {
        let observed = from_day(row.observed_day.clone().take().unwrap_or_default());
        let by = self.live_changes(tx).await?.halving(content.site.as_deref(), &content.areas, observed);
        row.halved = Set(by.is_some());
        row.halved_by = Set(by);
        Ok(())
    }

    /// Renews what is halved of the evidence on this site and these areas, and every hypothesis that rests on what
    /// changed, some at a time within the one transaction: a change counts everywhere or nowhere.
    pub(crate) async fn renew_halving(&self, tx: &DatabaseTransaction, part: &CheckedChange, told: &str) -> Result<()> {
        let changes = self.live_changes(tx).await?;
        let (mut after, mut users) = (0, BTreeSet::new());
        loop {
            let rows = self.evidence_on(tx, part, after).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            let moved = moved(&rows, &changes)?;
            for (by, ids) in moved {
                let change = evidence::Entity::update_many()
                    .col_expr(evidence::Column::Halved, Expr::val(by.is_some()))
                    .col_expr(evidence::Column::HalvedBy, Expr::val(by));
                change.filter(evidence::Column::Id.is_in(ids.iter().copied())).exec(tx).await?;
                users.extend(users_of(tx, &ids).await?);
            }
        }
        self.renew_hypotheses(tx, &users.into_iter().collect::<Vec<_>>(), &Cause::SiteChange { told }).await
    }

    /// The next evidence on these areas of the site, or of no site in particular; archived evidence too, so that it is
    /// right when it comes back.
    async fn evidence_on(&self, tx: &DatabaseTransaction, part: &CheckedChange, after: i64) -> Result<Vec<evidence::Model>> {
        let listed = evidence_area::Entity::find()
            .select_only()
            .column(evidence_area::Column::EvidenceId)
            .filter(evidence_area::Column::WorkspaceId.eq(self.workspace_id))
            .filter(evidence_area::Column::Area.is_in(part.areas.iter().map(String::as_str)));
        let here = evidence::Column::Site.eq(part.site.as_str()).or(evidence::Column::Site.is_null());
        let rows = evidence::Entity::find()
            .filter(evidence::Column::WorkspaceId.eq(self.workspace_id))
            .filter(here)
            .filter(evidence::Column::Id.in_subquery(listed.into_query()))
            .filter(evidence::Column::Id.gt(after))
            .order_by_asc(evidence::Column::Id);
        Ok(rows.limit(CHUNK).all(tx).await?)
    }
}

/// The rows that are halved otherwise than stored, by what halves them.
fn moved(rows: &[evidence::Model], changes: &Changes) -> Result<BTreeMap<Option<i64>, Vec<i64>>> {
    let mut moved: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    for row in rows {
        let by = halving_of(row, changes)?;
        if by != row.halved_by {
            moved.entry(by).or_default().push(row.id);
        }
    }
    Ok(moved)
}

/// The change that halves what is stored in this row.
pub(super) fn halving_of(row: &evidence::Model, changes: &Changes) -> Result<Option<i64>> {
    let areas: Vec<String> = json::from_text(&row.areas)?;
    Ok(changes.halving(row.site.as_deref(), &areas, from_day(row.observed_day)))
}

async fn users_of(tx: &DatabaseTransaction, ids: &[i64]) -> Result<Vec<i64>> {
    let links = evidence_link::Entity::find().select_only().column(evidence_link::Column::HypothesisId).distinct();
    Ok(links.filter(evidence_link::Column::EvidenceId.is_in(ids.iter().copied())).into_tuple().all(tx).await?)
}
