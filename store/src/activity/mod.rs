//! The record: each write leaves one event in its own transaction.

use crate::access::{Right, Scope};
use crate::accounts::rows::person;
use crate::errors::{Result, StoreError};
use crate::paging::{Ordering, PageRequest, Rows, count_to_cap, rows_of};
use crate::{json, time};
use domain::activity::{Event, Subject};
use domain::page::{COUNT_CAP, Page};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::Serialize;
use std::collections::HashMap;

pub mod event {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub workspace_id: i64,
        pub at: i64,
        pub person_id: Option<i64>,
        pub subject: String,
        pub number: String,
        pub action: String,
        pub summary: String,
        pub reason: Option<String>,
        pub before: Option<String>,
        pub after: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What happened, about to be recorded.
pub struct NewEvent<'a> {
    pub subject: Subject,
    /// `H-12`, a slug or an e-mail: what names the thing.
    pub number: &'a str,
    pub action: &'a str,
    pub summary: String,
    pub reason: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl<'a> NewEvent<'a> {
    pub fn new(subject: Subject, number: &'a str, action: &'a str, summary: impl Into<String>) -> Self {
        Self { subject, number, action, summary: summary.into(), reason: None, before: None, after: None }
    }

    pub fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }

    /// What the thing said before and says now.
    pub fn changes<B: Serialize, A: Serialize>(mut self, before: Option<&B>, after: Option<&A>) -> Result<Self> {
        self.before = before.map(json::to_text).transpose()?;
        self.after = after.map(json::to_text).transpose()?;
        Ok(self)
    }
}

impl<R: Right> Scope<R> {
    /// Records the event in the transaction of the write that it tells of.
    pub(crate) async fn record(&self, tx: &impl ConnectionTrait, new: NewEvent<'_>) -> Result<i64> {
        insert_event(tx, self.workspace_id, self.person_id, time::to_micros(self.now()), new).await
    }

    /// The newest events of one thing.
    pub async fn history(&self, subject: Subject, number: &str, limit: u64) -> Result<Vec<Event>> {
        if number.contains('\0') {
            return Ok(Vec::new());
        }
        let rows = event::Entity::find()
            .filter(event::Column::WorkspaceId.eq(self.workspace_id))
            .filter(event::Column::Subject.eq(subject.slug()))
            .filter(event::Column::Number.eq(number))
            .order_by_desc(event::Column::Id)
            .limit(limit)
            .all(&self.store.read)
            .await?;
        let names = self.names(rows.iter().filter_map(|row| row.person_id)).await?;
        rows.into_iter().map(|row| to_event(row, &names)).collect()
    }

    /// One event.
    pub async fn event(&self, id: i64) -> Result<Event> {
        let here = event::Entity::find_by_id(id).filter(event::Column::WorkspaceId.eq(self.workspace_id));
        let row = here.one(&self.store.read).await?.ok_or(StoreError::NotFound)?;
        let names = self.names(row.person_id.into_iter()).await?;
        to_event(row, &names)
    }

    /// What happened in the workspace, newest first.
    pub async fn activity(&self, wanted: &PageRequest) -> Result<Page<Event>> {
        let here = event::Entity::find().filter(event::Column::WorkspaceId.eq(self.workspace_id));
        self.newest(here, "activity", wanted).await
    }

    /// A page of what happened to one thing, newest first.
    pub async fn history_page(&self, subject: Subject, number: &str, wanted: &PageRequest) -> Result<Page<Event>> {
        let of_it = event::Entity::find()
            .filter(event::Column::WorkspaceId.eq(self.workspace_id))
            .filter(event::Column::Subject.eq(subject.slug()))
            .filter(event::Column::Number.eq(number.replace('\0', "")));
        self.newest(of_it, &format!("history {number}"), wanted).await
    }

    /// A page of these events; their ids order them by time.
    async fn newest(&self, events: Select<event::Entity>, order: &str, wanted: &PageRequest) -> Result<Page<Event>> {
        let total = count_to_cap(&self.store.read, &events, event::Column::Id).await?;
        let order = Ordering { name: order.to_owned(), columns: &[event::Column::Id], descending: true };
        let Rows { rows, next, .. } = rows_of(&self.store.read, events, order, wanted).await?;
        let names = self.names(rows.iter().filter_map(|row| row.person_id)).await?;
        let items = rows.into_iter().map(|row| to_event(row, &names)).collect::<Result<_>>()?;
        Ok(Page { items, next, total: total.min(COUNT_CAP), total_is_minimum: total > COUNT_CAP })
    }

    /// The names of these people.
    pub(crate) async fn names(&self, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, String>> {
        let mut ids: Vec<i64> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let people = person::Entity::find().filter(person::Column::Id.is_in(ids)).all(&self.store.read).await?;
        Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

/// Records an event of a workspace that nobody has a scope of yet.
pub(crate) async fn insert_event(
    tx: &impl ConnectionTrait,
    workspace_id: i64,
    person_id: Option<i64>,
    at: i64,
    new: NewEvent<'_>,
) -> Result<i64> {
    let row = event::ActiveModel {
        workspace_id: Set(workspace_id),
        at: Set(at),
        person_id: Set(person_id),
        subject: Set(new.subject.slug().to_owned()),
        number: Set(new.number.to_owned()),
        action: Set(new.action.to_owned()),
        summary: Set(new.summary),
        reason: Set(new.reason),
        before: Set(new.before),
        after: Set(new.after),
        ..event::ActiveModel::default()
    };
    Ok(event::Entity::insert(row).exec(tx).await?.last_insert_id)
}

fn to_event(row: event::Model, names: &HashMap<i64, String>) -> Result<Event> {
    let event::Model { id, workspace_id: _, at, person_id, subject, number, action, summary, reason, before: _, after: _ } = row;
    let subject = Subject::from_slug(&subject).ok_or_else(|| StoreError::Internal(format!("unknown subject {subject}")))?;
    let by = person_id.and_then(|id| names.get(&id).cloned());
    Ok(Event { id, at: time::from_micros(at), by, subject, number, action, summary, reason })
}
