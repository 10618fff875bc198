//! Reading attachments.

use super::files::THUMBNAIL;
use super::rows::{attachment, to_attachment};
use crate::access::{Right, Scope};
use crate::errors::{Result, StoreError};
use crate::paging::{Ordering, PageRequest, Rows, count_to_cap, rows_of};
use domain::activity::Subject;
use domain::attachments::{AttachedTo, Attachment};
use domain::page::{COUNT_CAP, Page};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;

use attachment::Column;

/// So many attachments stand on a page, those taken away among them.
const SHOWN: u64 = 200;

/// An attachment and the file that holds its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub attachment: Attachment,
    pub path: PathBuf,
}

impl<R: Right> Scope<R> {
    /// What hangs on a record, a test's variants included, newest first; those taken away are among them, and the first to
    /// be left out where there are too many.
    pub async fn attached(&self, subject: Subject, number: &str) -> Result<Vec<Attachment>> {
        let here = self.hanging_on_record(subject, number).order_by_asc(Column::Archived).order_by_desc(Column::Id).limit(SHOWN);
        let mut rows = here.all(&self.store.read).await?;
        rows.sort_by_key(|row| Reverse(row.id));
        self.to_attachments(rows).await
    }

    /// A page of what hangs on one thing, newest first; those taken away are among them.
    pub async fn attachments(&self, to: &AttachedTo, wanted: &PageRequest) -> Result<Page<Attachment>> {
        self.find_attached_to(&self.store.read, to).await?;
        let here = self.hanging_on(to);
        let total = count_to_cap(&self.store.read, &here, Column::Id).await?;
        let name = format!("attachments {} {}", to.number, to.variant.as_deref().unwrap_or_default());
        let order = Ordering { name, columns: &[Column::Id], descending: true };
        let Rows { rows, next, .. } = rows_of(&self.store.read, here, order, wanted).await?;
        Ok(Page { items: self.to_attachments(rows).await?, next, total: total.min(COUNT_CAP), total_is_minimum: total > COUNT_CAP })
    }

    /// One attachment.
    pub async fn attachment(&self, id: i64) -> Result<Attachment> {
        let row = self.attachment_row(&self.store.read, id).await?;
        let names = self.names(row.person_id.into_iter()).await?;
        to_attachment(row, &names)
    }

    /// The file of an attachment; what was taken away is not handed out.
    pub async fn attachment_file(&self, id: i64) -> Result<StoredFile> {
        self.stored_file(id, "").await
    }

    /// The thumbnail of an image, a JPEG; nothing is found for other files.
    pub async fn attachment_thumbnail(&self, id: i64) -> Result<StoredFile> {
        let file = self.stored_file(id, THUMBNAIL).await?;
        if file.attachment.media_type.is_image() { Ok(file) } else { Err(StoreError::NotFound) }
    }

    async fn stored_file(&self, id: i64, end: &str) -> Result<StoredFile> {
        let attachment = self.attachment(id).await?;
        if attachment.archived {
            return Err(StoreError::NotFound);
        }
        let path = self.store.files.path(&format!("{}{end}", attachment.sha256))?;
        Ok(StoredFile { attachment, path })
    }

    async fn to_attachments(&self, rows: Vec<attachment::Model>) -> Result<Vec<Attachment>> {
        let names = self.names(rows.iter().filter_map(|row| row.person_id)).await?;
        rows.into_iter().map(|row| to_attachment(row, &names)).collect()
    }

    /// The attachment as it stands within a write; who attached it is not looked up.
    pub(super) async fn attachment_within(&self, db: &impl ConnectionTrait, id: i64) -> Result<Attachment> {
        to_attachment(self.attachment_row(db, id).await?, &HashMap::new())
    }

    async fn attachment_row(&self, db: &impl ConnectionTrait, id: i64) -> Result<attachment::Model> {
        let here = attachment::Entity::find_by_id(id).filter(Column::WorkspaceId.eq(self.workspace_id));
        here.one(db).await?.ok_or(StoreError::NotFound)
    }

    fn hanging_on_record(&self, subject: Subject, number: &str) -> Select<attachment::Entity> {
        attachment::Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace_id))
            .filter(Column::Subject.eq(subject.slug()))
            .filter(Column::Number.eq(number))
    }

    pub(super) fn hanging_on(&self, to: &AttachedTo) -> Select<attachment::Entity> {
        let here = self.hanging_on_record(to.subject, &to.number);
        match &to.variant {
            Some(key) => here.filter(Column::Variant.eq(key)),
            None => here.filter(Column::Variant.is_null()),
        }
    }

    /// Whether what it hangs on is there: a piece of evidence, a hypothesis, or a variant of a test.
    pub(super) async fn find_attached_to(&self, db: &impl ConnectionTrait, to: &AttachedTo) -> Result<()> {
        match (to.subject, &to.variant) {
            (Subject::Hypothesis, None) => self.hypothesis_row(db, &to.number).await.map(drop),
            (Subject::Evidence, None) => self.evidence_row(db, &to.number).await.map(drop),
            (Subject::Test, Some(key)) => {
                let plan = self.test_row(db, &to.number).await?.plan;
                let plan: domain::experiments::Plan = crate::json::from_text(&plan)?;
                plan.variants.iter().find(|variant| variant.key == *key).map(drop).ok_or(StoreError::NotFound)
            }
            _ => Err(StoreError::NotFound),
        }
    }
}
