//! Reading comments.

use super::rows::{comment, to_comment};
use crate::access::{Right, Scope};
use crate::errors::{Result, StoreError};
use crate::paging::{Ordering, PageRequest, Rows, count_to_cap, rows_of};
use domain::activity::Subject;
use domain::comments::Comment;
use domain::page::{COUNT_CAP, Page};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use comment::Column;

impl<R: Right> Scope<R> {
    /// A page of the comments on one thing, newest first; those taken away are among them, without their words.
    pub async fn comments(&self, subject: Subject, number: &str, wanted: &PageRequest) -> Result<Page<Comment>> {
        self.find_commented(&self.store.read, subject, number).await?;
        let here = comment::Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace_id))
            .filter(Column::Subject.eq(subject.slug()))
            .filter(Column::Number.eq(number));
        let total = count_to_cap(&self.store.read, &here, Column::Id).await?;
        let order = Ordering { name: format!("comments {number}"), columns: &[Column::Id], descending: true };
        let Rows { rows, next, .. } = rows_of(&self.store.read, here, order, wanted).await?;
        let names = self.names(rows.iter().filter_map(|row| row.person_id)).await?;
        let items = rows.into_iter().map(|row| to_comment(row, self.person_id, &names)).collect::<Result<_>>()?;
        Ok(Page { items, next, total: total.min(COUNT_CAP), total_is_minimum: total > COUNT_CAP })
    }

    /// One comment.
    pub async fn comment(&self, id: i64) -> Result<Comment> {
        let row = self.comment_row(&self.store.read, id).await?;
        let names = self.names(row.person_id.into_iter()).await?;
        to_comment(row, self.person_id, &names)
    }

    pub(super) async fn comment_row(&self, db: &impl ConnectionTrait, id: i64) -> Result<comment::Model> {
        let here = comment::Entity::find_by_id(id).filter(Column::WorkspaceId.eq(self.workspace_id));
        here.one(db).await?.ok_or(StoreError::NotFound)
    }

    /// Whether what is commented on is there.
    pub(super) async fn find_commented(&self, db: &impl ConnectionTrait, subject: Subject, number: &str) -> Result<()> {
        match subject {
            Subject::Hypothesis => self.hypothesis_row(db, number).await.map(drop),
            Subject::Evidence => self.evidence_row(db, number).await.map(drop),
            Subject::Test => self.test_row(db, number).await.map(drop),
            Subject::Learning => self.learning_row(db, number).await.map(drop),
            _ => Err(StoreError::NotFound),
        }
    }
}
