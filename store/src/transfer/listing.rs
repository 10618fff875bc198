//! The list of imports by pages, as other programs read it.

use super::rows::{import, to_past_import};
use crate::access::{Import, Scope};
use crate::errors::Result;
use crate::paging::{Ordering, PageRequest, Rows, count_to_cap, rows_of};
use domain::page::{COUNT_CAP, Page};
use domain::transfer::PastImport;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

impl Scope<Import> {
    /// A page of past imports, the newest first.
    pub async fn import_page(&self, wanted: &PageRequest) -> Result<Page<PastImport>> {
        let here = import::Entity::find().filter(import::Column::WorkspaceId.eq(self.workspace_id));
        let total = count_to_cap(&self.store.read, &here, import::Column::Id).await?;
        let order = Ordering { name: "imports".to_owned(), columns: &[import::Column::Number], descending: true };
        let Rows { rows, next, .. } = rows_of(&self.store.read, here, order, wanted).await?;
        let people = self.people().await?;
        let items = rows.into_iter().map(|row| to_past_import(row, &people)).collect::<Result<_>>()?;
        Ok(Page { items, next, total: total.min(COUNT_CAP), total_is_minimum: total > COUNT_CAP })
    }
}

/// The highest number of an import, 0 without any.
pub(crate) async fn highest_import(db: &impl ConnectionTrait, workspace: i64) -> Result<i64> {
    let here = import::Entity::find().filter(import::Column::WorkspaceId.eq(workspace));
    Ok(here.order_by_desc(import::Column::Number).one(db).await?.map_or(0, |row| row.number))
}
