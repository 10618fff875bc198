//! Writing saved views. Everybody reads the activity, so the event of a private view does not say what it is called.

use super::rows::{saved_view, to_view};
use crate::access::{KeepViews, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use domain::access::Permission;
use domain::activity::Subject;
use domain::views::{List, MOST, MOST_SHARED, NewView, View, ViewDraft};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

use saved_view::Column;

impl Scope<KeepViews> {
    /// Keeps a new view: for oneself, or for everybody, which asks for a contributor.
    pub async fn create_view(&self, draft: &ViewDraft) -> Result<View> {
        let view = draft.check()?;
        if view.shared && !self.may(Permission::Contribute) {
            return Err(StoreError::Forbidden);
        }
        if !view.shared && self.person_id.is_none() {
            return Err(StoreError::field("shared", "Nobody would see this view: the command line has none of its own. Share it."));
        }
        let tx = self.begin().await?;
        self.find_room(&tx, &view, self.person_id, None).await?;
        let now = to_micros(self.now());
        let row = saved_view::ActiveModel {
            workspace_id: Set(self.workspace_id),
            person_id: Set(self.person_id),
            list: Set(view.list.slug().to_owned()),
            archived: Set(false),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..said(&view)
        };
        let id = saved_view::Entity::insert(row).exec(&tx).await?.last_insert_id;
        self.tell(&tx, id, "created", (None, Some(&view))).await?;
        tx.commit().await?;
        self.view(id).await
    }

    /// Replaces name, query and sharing of a view; `version` is the one that was read.
    pub async fn edit_view(&self, id: i64, draft: &ViewDraft, version: Option<i64>) -> Result<View> {
        let tx = self.begin().await?;
        let (row, present) = self.own_view(&tx, id).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        if row.archived {
            return Err(StoreError::conflict("This view is archived. Bring it back before you change it."));
        }
        let view = draft.check()?;
        self.may_become(&present, &view)?;
        self.find_room(&tx, &view, row.person_id, Some(id)).await?;
        let changed =
            saved_view::ActiveModel { id: Set(id), version: Set(row.version + 1), updated_at: Set(to_micros(self.now())), ..said(&view) };
        saved_view::Entity::update(changed).exec(&tx).await?;
        let before = new_view(&present);
        self.tell(&tx, id, "edited", (Some(&before), Some(&view))).await?;
        tx.commit().await?;
        self.view(id).await
    }

    /// Puts a view away.
    pub async fn archive_view(&self, id: i64) -> Result<View> {
        self.put_view_away(id, true).await
    }

    /// Brings a view back, unless another has taken its name or its place.
    pub async fn restore_view(&self, id: i64) -> Result<View> {
        self.put_view_away(id, false).await
    }

    async fn put_view_away(&self, id: i64, archived: bool) -> Result<View> {
        let tx = self.begin().await?;
        let (row, present) = self.own_view(&tx, id).await?;
        if row.archived != archived {
            let view = new_view(&present);
            if !archived {
                self.find_room(&tx, &view, row.person_id, Some(id)).await?;
            }
            let changed = saved_view::ActiveModel {
                id: Set(id),
                archived: Set(archived),
                version: Set(row.version + 1),
                updated_at: Set(to_micros(self.now())),
                ..saved_view::ActiveModel::default()
            };
            saved_view::Entity::update(changed).exec(&tx).await?;
            self.tell(&tx, id, if archived { "archived" } else { "restored" }, (Some(&view), Some(&view))).await?;
        }
        tx.commit().await?;
        self.view(id).await
    }

    /// A view that the asker may change.
    async fn own_view(&self, tx: &DatabaseTransaction, id: i64) -> Result<(saved_view::Model, View)> {
        let row = self.view_row(tx, id).await?;
        let present = to_view(row.clone(), self.person_id, &HashMap::new())?;
        if present.may_be_changed(self.may(Permission::Contribute), self.may(Permission::RunTests)) {
            return Ok((row, present));
        }
        Err(StoreError::conflict("Only its owner or a lead can change a shared view. Save a view of your own instead."))
    }

    /// Whether this view may say that from now on.
    fn may_become(&self, present: &View, view: &NewView) -> Result<()> {
        if view.list != present.list {
            return Err(StoreError::field("list", "A view stays with its list. Save a new one of the other list."));
        }
        if view.shared && !present.shared && !self.may(Permission::Contribute) {
            return Err(StoreError::Forbidden);
        }
        if present.shared && !view.shared && !present.mine {
            return Err(StoreError::field("shared", "Only its owner can keep this view private. Archive it instead."));
        }
        Ok(())
    }

    /// Whether its owner has room for a view of this name, and the workspace for a shared one; `but` is the view itself.
    async fn find_room(&self, tx: &DatabaseTransaction, view: &NewView, owner: Option<i64>, but: Option<i64>) -> Result<()> {
        let others = self.views_here(Some(view.list)).filter(Column::Archived.eq(false)).filter(Column::Id.ne(but.unwrap_or(0)));
        let owned = match owner {
            Some(owner) => others.clone().filter(Column::PersonId.eq(owner)),
            None => others.clone().filter(Column::PersonId.is_null()),
        };
        let names: Vec<String> = owned.select_only().column(Column::Name).into_tuple().all(tx).await?;
        view.named_apart(names.iter().map(String::as_str))?;
        if names.len() >= MOST {
            return Err(StoreError::field("name", format!("{MOST} views of one list are the most. Archive one first.")));
        }
        let shared = others.filter(Column::Shared.eq(true));
        if view.shared && shared.count(tx).await? >= MOST_SHARED as u64 {
            let full = format!("This workspace shares {MOST_SHARED} views of this list, which is the most. Archive one first.");
            return Err(StoreError::field("shared", full));
        }
        Ok(())
    }

    /// Records what was done. What a view says is told only if everybody saw it before or sees it now.
    async fn tell(&self, tx: &DatabaseTransaction, id: i64, action: &str, change: (Option<&NewView>, Option<&NewView>)) -> Result<()> {
        let seen = |view: Option<&NewView>| view.filter(|view| view.shared).cloned();
        let (before, after) = (seen(change.0), seen(change.1));
        let list = change.1.or(change.0).map_or(List::Hypotheses, |view| view.list).slug();
        let summary = match after.as_ref().or(before.as_ref()) {
            Some(view) => format!("The view “{}” of {list}", view.name),
            None => format!("A private view of {list}"),
        };
        let number = id.to_string();
        let event = NewEvent::new(Subject::View, &number, action, summary).changes(before.as_ref(), after.as_ref())?;
        self.record(tx, event).await.map(drop)
    }
}

/// What a change replaces.
fn said(view: &NewView) -> saved_view::ActiveModel {
    saved_view::ActiveModel {
        name: Set(view.name.clone()),
        query: Set(view.query.clone()),
        shared: Set(view.shared),
        ..saved_view::ActiveModel::default()
    }
}

fn new_view(view: &View) -> NewView {
    NewView { name: view.name.clone(), list: view.list, query: view.query.clone(), shared: view.shared }
}
