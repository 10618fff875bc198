//! Writing rows of the inventory, and making evidence of them.

use super::rows::{behaviours, said, signal, to_device};
use crate::access::{Contribute, Right, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::sites::today_at;
use crate::time::{from_day, to_micros};
use domain::activity::Subject;
use domain::signals::{Signal, SignalContent, SignalDraft, evidence_of, on_device};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeSet;

impl Scope<Contribute> {
    /// Keeps a new row.
    pub async fn create_signal(&self, draft: &SignalDraft) -> Result<Signal> {
        let tx = self.begin().await?;
        let content = self.check_signal(&tx, draft).await?;
        self.refuse_overlap(&tx, &content, None).await?;
        let number = self.insert_signals(&tx, std::slice::from_ref(&content)).await?;
        self.renew_latest(&tx, &BTreeSet::from([content.path.clone()])).await?;
        let name = number.to_string();
        let event = NewEvent::new(Subject::Signal, &name, "created", told(&content)).changes(None::<&()>, Some(draft))?;
        self.record(&tx, event).await?;
        tx.commit().await?;
        self.signal(number).await
    }

    /// Inserts checked rows; answers the number of the first, which the others follow.
    pub(super) async fn insert_signals(&self, tx: &DatabaseTransaction, contents: &[SignalContent]) -> Result<i64> {
        let count = i64::try_from(contents.len()).unwrap_or(0);
        let first = counters::add(tx, self.workspace_id, "signal", count).await? - count + 1;
        let now = to_micros(self.now());
        let rows: Vec<signal::ActiveModel> = (first..).zip(contents).map(|(number, content)| self.new_row(number, content, now)).collect();
        // SQLite takes 32,766 values in a statement.
        for some in rows.chunks(500) {
            signal::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
        }
        Ok(first)
    }

    fn new_row(&self, number: i64, content: &SignalContent, now: i64) -> signal::ActiveModel {
        signal::ActiveModel {
            workspace_id: Set(self.workspace_id),
            number: Set(number),
            seniority: Set(-number),
            evidence_id: Set(None),
            archived: Set(false),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            latest: Set(false),
            ..said(content)
        }
    }

    /// Replaces what a row says; `version` is the one that was read. Evidence made of it stays as it is.
    pub async fn edit_signal(&self, number: i64, draft: &SignalDraft, version: Option<i64>) -> Result<Signal> {
        let tx = self.begin().await?;
        let row = self.signal_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let before = SignalDraft::saying(&content_of(&row));
        let content = self.check_signal(&tx, draft).await?;
        if !row.archived {
            self.refuse_overlap(&tx, &content, Some(row.id)).await?;
        }
        let mut changed = said(&content);
        changed.id = Set(row.id);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        signal::Entity::update(changed).exec(&tx).await?;
        self.renew_latest(&tx, &BTreeSet::from([row.path, content.path.clone()])).await?;
        let name = number.to_string();
        let event = NewEvent::new(Subject::Signal, &name, "edited", told(&content)).changes(Some(&before), Some(draft))?;
        self.record(&tx, event).await?;
        tx.commit().await?;
        self.signal(number).await
    }

    /// Takes a row out of the inventory and out of what is usual.
    pub async fn archive_signal(&self, number: i64) -> Result<Signal> {
        self.set_signal_archived(number, true).await
    }

    /// Brings an archived row back, unless another row covers some of its days by now.
    pub async fn restore_signal(&self, number: i64) -> Result<Signal> {
        self.set_signal_archived(number, false).await
    }

    async fn set_signal_archived(&self, number: i64, archived: bool) -> Result<Signal> {
        let tx = self.begin().await?;
        let row = self.signal_row(&tx, number).await?;
        if row.archived != archived {
            let content = content_of(&row);
            if !archived && self.overlapping(&tx, &content, Some(row.id)).await?.is_some() {
                let message = "Another row of this page covers some of the same days by now. Archive or change that one first.";
                return Err(StoreError::conflict(message));
            }
            let changed = signal::ActiveModel {
                id: Set(row.id),
                archived: Set(archived),
                version: Set(row.version + 1),
                updated_at: Set(to_micros(self.now())),
                ..signal::ActiveModel::default()
            };
            signal::Entity::update(changed).exec(&tx).await?;
            self.renew_latest(&tx, &BTreeSet::from([row.path])).await?;
            let action = if archived { "archived" } else { "restored" };
            let name = number.to_string();
            let event = NewEvent::new(Subject::Signal, &name, action, told(&content)).changes(Some(&row.archived), Some(&archived))?;
            self.record(&tx, event).await?;
        }
        tx.commit().await?;
        self.signal(number).await
    }

    /// The evidence of a row: made now, or the one that was made of it before. True when it is new.
    pub async fn signal_evidence(&self, number: i64) -> Result<(String, bool)> {
        let seen = self.signal(number).await?;
        let draft = evidence_of(&seen, &self.catalogue().await?);
        let tx = self.begin().await?;
        let row = self.signal_row(&tx, number).await?;
        if let Some(made) = self.evidence_number(&tx, row.evidence_id).await? {
            tx.rollback().await?;
            return Ok((made, false));
        }
        if row.archived {
            return Err(StoreError::conflict("This row is archived. Restore it, then make evidence of it."));
        }
        if row.version != seen.version {
            return Err(StoreError::Stale { current: row.version });
        }
        let made = format!("E-{}", self.insert_evidence(&tx, &draft).await?);
        let evidence = self.evidence_row(&tx, &made).await?;
        let linked = signal::ActiveModel { id: Set(row.id), evidence_id: Set(Some(evidence.id)), ..signal::ActiveModel::default() };
        signal::Entity::update(linked).exec(&tx).await?;
        let name = number.to_string();
        let summary = format!("{made} {}", draft.title);
        let event = NewEvent::new(Subject::Signal, &name, "made evidence", summary).changes(None::<&()>, Some(&made))?;
        self.record(&tx, event).await?;
        tx.commit().await?;
        Ok((made, true))
    }

    async fn check_signal(&self, tx: &DatabaseTransaction, draft: &SignalDraft) -> Result<SignalContent> {
        let catalogue = self.catalogue_from(tx).await?;
        Ok(draft.check(&catalogue, today_at(&catalogue, Some(&draft.site), self.now()))?)
    }
}

impl<R: Right> Scope<R> {
    /// The row of a number in this workspace, archived ones included.
    pub(super) async fn signal_row(&self, db: &impl ConnectionTrait, number: i64) -> Result<signal::Model> {
        let here = signal::Entity::find().filter(signal::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(signal::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }
}

/// What a stored row says.
fn content_of(row: &signal::Model) -> SignalContent {
    SignalContent {
        page: row.page.clone(),
        path: row.path.clone(),
        site: row.site.clone(),
        area: row.area.clone(),
        device: to_device(row.device),
        from: from_day(row.period_from),
        to: from_day(row.period_to),
        visits: row.visits,
        exits: row.exits,
        behaviours: behaviours(row),
    }
}

/// "Pricing page on desktop, 2026-10-23 to 2026-11-19".
fn told(content: &SignalContent) -> String {
    format!("{} {}, {} to {}", content.page, on_device(content.device), content.from, content.to)
}
