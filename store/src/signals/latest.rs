//! Which row of a page on a device is the newest, and that no two of them cover the same day.

use super::pages_counter;
use super::rows::signal;
use crate::access::{Contribute, Right, Scope};
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::time::{from_day, to_day};
use domain::errors::FieldErrors;
use domain::signals::{Devices, SignalContent, overlap};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeSet, HashMap};

use signal::Column;

/// So many paths are looked up together.
pub(super) const PATHS: usize = 200;

impl<R: Right> Scope<R> {
    /// The row with some of the same days, if there is one beside `own`.
    pub(super) async fn overlapping(
        &self,
        db: &impl ConnectionTrait,
        content: &SignalContent,
        own: Option<i64>,
    ) -> Result<Option<signal::Model>> {
        let same = signal::Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace_id))
            .filter(Column::Site.eq(content.site.as_str()))
            .filter(Column::Path.eq(content.path.as_str()))
            .filter(Column::Device.eq(Devices(content.device).bit()))
            .filter(Column::Archived.eq(false))
            .filter(Column::PeriodFrom.lte(to_day(content.to)))
            .filter(Column::PeriodTo.gte(to_day(content.from)));
        let other = own.map_or(same.clone(), |own| same.filter(Column::Id.ne(own)));
        Ok(other.one(db).await?)
    }
}

impl Scope<Contribute> {
    pub(super) async fn refuse_overlap(&self, tx: &DatabaseTransaction, content: &SignalContent, own: Option<i64>) -> Result<()> {
        match self.overlapping(tx, content, own).await? {
            Some(row) => {
                let message = overlap(content, from_day(row.period_from), from_day(row.period_to));
                Err(StoreError::Invalid(FieldErrors::one("from", message)))
            }
            None => Ok(()),
        }
    }

    /// Marks the newest row of each page with these paths, and counts the marks.
    pub(super) async fn renew_latest(&self, tx: &DatabaseTransaction, paths: &BTreeSet<String>) -> Result<()> {
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let mut change = 0;
        for some in paths.chunks(PATHS) {
            let here = signal::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
            let rows = here.filter(Column::Path.is_in(some.iter().copied())).order_by_asc(Column::PeriodTo).all(tx).await?;
            let newest = newest_of(&rows);
            let off: Vec<i64> = rows.iter().filter(|row| row.latest && !newest.contains(&row.id)).map(|row| row.id).collect();
            let on: Vec<i64> = rows.iter().filter(|row| !row.latest && newest.contains(&row.id)).map(|row| row.id).collect();
            for (ids, latest) in [(&off, false), (&on, true)] {
                if !ids.is_empty() {
                    let mark = signal::Entity::update_many().col_expr(Column::Latest, Expr::val(latest));
                    mark.filter(Column::Id.is_in(ids.iter().copied())).exec(tx).await?;
                }
            }
            change += i64::try_from(on.len()).unwrap_or(0) - i64::try_from(off.len()).unwrap_or(0);
        }
        counters::add(tx, self.workspace_id, &pages_counter(), change).await.map(|_| ())
    }
}

/// The newest row, not archived, of each page on each device; rows in the order of their last days.
pub(super) fn newest_of(rows: &[signal::Model]) -> BTreeSet<i64> {
    let mut newest = HashMap::new();
    for row in rows.iter().filter(|row| !row.archived) {
        newest.insert((row.site.as_str(), row.path.as_str(), row.device), row.id);
    }
    newest.into_values().collect()
}
