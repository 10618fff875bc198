//! Writing comments.

use super::rows::{comment, to_comment};
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use domain::access::Permission;
use domain::activity::Subject;
use domain::comments::{Comment, CommentDraft};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::collections::HashMap;

/// So much of a comment stands in the history.
const TOLD: usize = 80;

impl Scope<Contribute> {
    /// Says something about a hypothesis, a piece of evidence, a test or a learning.
    pub async fn add_comment(&self, subject: Subject, number: &str, draft: &CommentDraft) -> Result<Comment> {
        let body = draft.check()?;
        let tx = self.begin().await?;
        self.find_commented(&tx, subject, number).await?;
        let now = to_micros(self.now());
        let row = comment::ActiveModel {
            workspace_id: Set(self.workspace_id),
            subject: Set(subject.slug().to_owned()),
            number: Set(number.to_owned()),
            body: Set(body.clone()),
            person_id: Set(self.person_id),
            archived: Set(false),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..comment::ActiveModel::default()
        };
        let id = comment::Entity::insert(row).exec(&tx).await?.last_insert_id;
        let event = NewEvent::new(subject, number, "commented", beginning(&body)).changes(None::<&()>, Some(&body))?;
        self.record(&tx, event).await?;
        tx.commit().await?;
        self.comment(id).await
    }

    /// Changes one's own comment; `version` is the one that was read.
    pub async fn edit_comment(&self, id: i64, draft: &CommentDraft, version: Option<i64>) -> Result<Comment> {
        let body = draft.check()?;
        let tx = self.begin().await?;
        let row = self.comment_row(&tx, id).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let present = to_comment(row.clone(), self.person_id, &HashMap::new())?;
        if present.archived {
            return Err(StoreError::Conflict("This comment was taken away. Bring it back before you change it.".into()));
        }
        if !present.may_be_edited() {
            return Err(StoreError::Conflict("Only its author can change a comment.".into()));
        }
        let changed = comment::ActiveModel {
            body: Set(body.clone()),
            version: Set(row.version + 1),
            updated_at: Set(to_micros(self.now())),
            ..comment::ActiveModel { id: Set(id), ..comment::ActiveModel::default() }
        };
        comment::Entity::update(changed).exec(&tx).await?;
        let event = NewEvent::new(present.subject, &row.number, "edited a comment on", beginning(&body));
        self.record(&tx, event.changes(Some(&row.body), Some(&body))?).await?;
        tx.commit().await?;
        self.comment(id).await
    }

    /// Takes a comment away: one's own, or as a lead anybody's.
    pub async fn archive_comment(&self, id: i64) -> Result<Comment> {
        self.put_comment_archived(id, true).await
    }

    /// Brings a comment back.
    pub async fn restore_comment(&self, id: i64) -> Result<Comment> {
        self.put_comment_archived(id, false).await
    }

    async fn put_comment_archived(&self, id: i64, archived: bool) -> Result<Comment> {
        let tx = self.begin().await?;
        let row = self.comment_row(&tx, id).await?;
        let present = to_comment(row.clone(), self.person_id, &HashMap::new())?;
        if !present.may_be_archived(self.may(Permission::RunTests)) {
            return Err(StoreError::Conflict("Only its author or a lead can take a comment away or bring it back.".into()));
        }
        if row.archived != archived {
            let changed = comment::ActiveModel { id: Set(id), archived: Set(archived), ..comment::ActiveModel::default() };
            comment::Entity::update(changed).exec(&tx).await?;
            let action = if archived { "took a comment away from" } else { "brought a comment back to" };
            self.record(&tx, NewEvent::new(present.subject, &row.number, action, beginning(&row.body))).await?;
        }
        tx.commit().await?;
        self.comment(id).await
    }
}

/// The first line, as far as it fits into a history.
fn beginning(body: &str) -> String {
    let line = body.lines().next().unwrap_or_default();
    if line.chars().count() <= TOLD && body.lines().count() <= 1 {
        return line.to_owned();
    }
    let cut: String = line.chars().take(TOLD).collect();
    format!("{}…", cut.trim_end())
}
