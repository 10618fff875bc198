//! What an import would do, and the imports that were.

use super::rows::{import, to_past_import};
use crate::access::{Import, Scope};
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::hypothesis;
use crate::sites::today_at;
use domain::errors::FieldErrors;
use domain::sites::Catalogue;
use domain::transfer::{Format, Mapping, Outline, PastImport, Preview, outline, preview};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

impl Scope<Import> {
    /// The catalogue that an import maps to: in a workspace without a site, with the one that the import adds.
    pub async fn import_catalogue(&self) -> Result<Catalogue> {
        Ok(self.catalogue_to_be(&self.store.read).await?.0)
    }

    /// What an import of this file would do here. Titles that are here already are noticed, not refused.
    pub async fn preview_import(&self, bytes: Vec<u8>, mapping: Option<Mapping>) -> Result<Preview> {
        let catalogue = self.import_catalogue().await?;
        let members = self.people().await?.into_values().map(|member| (member.email, member.name)).collect::<Vec<_>>();
        let today = today_at(&catalogue, None, self.now());
        let mut found = elsewhere(move || preview(&bytes, mapping.as_ref(), &catalogue, &members, today)).await?;
        found.note_present(&self.titles().await?);
        Ok(found)
    }

    /// The columns of a file whose mapping cannot be used yet.
    pub async fn outline_import(&self, bytes: Vec<u8>, mapping: Option<Mapping>, format: Format) -> Result<Outline> {
        let catalogue = self.import_catalogue().await?;
        elsewhere(move || outline(&bytes, mapping.as_ref(), &catalogue, format)).await
    }

    /// The titles of all hypotheses that are not archived, in lower case, with their numbers.
    async fn titles(&self) -> Result<HashMap<String, String>> {
        let rows: Vec<(i64, String)> = hypothesis::Entity::find()
            .select_only()
            .columns([hypothesis::Column::Number, hypothesis::Column::Title])
            .filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id))
            .filter(hypothesis::Column::Archived.eq(false))
            .into_tuple()
            .all(&self.store.read)
            .await?;
        Ok(rows.into_iter().map(|(number, title)| (title.to_lowercase(), format!("H-{number}"))).collect())
    }

    /// Past imports, the newest first.
    pub async fn imports(&self, limit: u64) -> Result<Vec<PastImport>> {
        let people = self.people().await?;
        let rows = import::Entity::find()
            .filter(import::Column::WorkspaceId.eq(self.workspace_id))
            .order_by_desc(import::Column::Number)
            .limit(limit)
            .all(&self.store.read)
            .await?;
        rows.into_iter().map(|row| to_past_import(row, &people)).collect()
    }

    /// One past import.
    pub async fn import(&self, number: i64) -> Result<PastImport> {
        let people = self.people().await?;
        let here = import::Entity::find().filter(import::Column::WorkspaceId.eq(self.workspace_id));
        let row = here.filter(import::Column::Number.eq(number)).one(&self.store.read).await?;
        to_past_import(row.ok_or(StoreError::NotFound)?, &people)
    }
}

/// Reads a file on a thread where it keeps nobody waiting.
pub(super) async fn elsewhere<T: Send + 'static>(read: impl FnOnce() -> std::result::Result<T, FieldErrors> + Send + 'static) -> Result<T> {
    let read = tokio::task::spawn_blocking(read).await;
    Ok(read.map_err(|error| StoreError::Internal(format!("a file could not be read: {error}")))??)
}
