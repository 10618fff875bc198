//! The list of imports by pages, as other programs read it.

use super::rows::{import, to_past_import};
use crate::access::{Import, Scope};
use crate::errors::Result;
use crate::paging::{Cursor, PageRequest, beyond, count_to_cap};
use domain::page::{COUNT_CAP, Page};
use domain::transfer::PastImport;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The list's name in its cursors.
const ORDER: &str = "imports";

impl Scope<Import> {
    /// A page of past imports, the newest first.
    pub async fn import_page(&self, wanted: &PageRequest) -> Result<Page<PastImport>> {
        let here = import::Entity::find().filter(import::Column::WorkspaceId.eq(self.workspace_id));
        let total = count_to_cap(&self.store.read, &here, import::Column::Id).await?;
        let mut rest = here.order_by_desc(import::Column::Number).limit(wanted.length() + 1);
        let mut rank = 0;
        if let Some(raw) = &wanted.cursor {
            let cursor = Cursor::decode(raw, ORDER, 1)?;
            rank = cursor.rank;
            rest = rest.filter(beyond(&[import::Column::Number], &cursor.key, true));
        }
        let mut rows = rest.all(&self.store.read).await?;
        let more = rows.len() as u64 > wanted.length();
        rows.truncate(usize::try_from(wanted.length()).unwrap_or(usize::MAX));
        let next = rows.last().filter(|_| more);
        let next = next.map(|last| Cursor { order: ORDER.to_owned(), key: vec![last.number], rank: rank + rows.len() as u64 }.encode());
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
