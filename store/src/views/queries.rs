//! Reading saved views. Another's private view is not there, for leads and owners neither.

use super::rows::{saved_view, to_view};
use crate::access::{Right, Scope};
use crate::errors::{Result, StoreError};
use domain::views::{List, View};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use saved_view::Column;

/// So many of one's own that were put away are offered to be brought back.
const PUT_AWAY: u64 = 5;

impl<R: Right> Scope<R> {
    /// The views of a list, or of all of them, that the asker sees: those of their own and those that others share, the
    /// oldest first.
    pub async fn views(&self, list: Option<List>) -> Result<Vec<View>> {
        let here = self.views_here(list).filter(Column::Archived.eq(false)).order_by_asc(Column::Id);
        let mut rows = here.clone().filter(Column::Shared.eq(true)).all(&self.store.read).await?;
        if let Some(me) = self.person_id {
            rows.extend(here.filter(Column::PersonId.eq(me)).filter(Column::Shared.eq(false)).all(&self.store.read).await?);
        }
        rows.sort_by_key(|row| row.id);
        self.to_views(rows).await
    }

    /// The asker's own views of a list that were put away last.
    pub async fn views_put_away(&self, list: List) -> Result<Vec<View>> {
        let Some(me) = self.person_id else { return Ok(Vec::new()) };
        let mine = self.views_here(Some(list)).filter(Column::Archived.eq(true)).filter(Column::PersonId.eq(me));
        self.to_views(mine.order_by_desc(Column::Id).limit(PUT_AWAY).all(&self.store.read).await?).await
    }

    /// One view, put away or not.
    pub async fn view(&self, id: i64) -> Result<View> {
        let row = self.view_row(&self.store.read, id).await?;
        let names = self.names(row.person_id.into_iter()).await?;
        to_view(row, self.person_id, &names)
    }

    pub(super) fn views_here(&self, list: Option<List>) -> Select<saved_view::Entity> {
        let here = saved_view::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
        list.into_iter().fold(here, |here, list| here.filter(Column::List.eq(list.slug())))
    }

    pub(super) async fn view_row(&self, db: &impl ConnectionTrait, id: i64) -> Result<saved_view::Model> {
        let row = self.views_here(None).filter(Column::Id.eq(id)).one(db).await?;
        let seen = |row: &saved_view::Model| row.shared || row.person_id.is_some() && row.person_id == self.person_id;
        row.filter(seen).ok_or(StoreError::NotFound)
    }

    async fn to_views(&self, rows: Vec<saved_view::Model>) -> Result<Vec<View>> {
        let names = self.names(rows.iter().filter_map(|row| row.person_id)).await?;
        rows.into_iter().map(|row| to_view(row, self.person_id, &names)).collect()
    }
}
