//! Files between their upload and their import. They lie in the database, so that whichever instance answers next
//! has them, and are gone ten minutes after their last use.

use super::rows::upload;
use crate::access::{Contribute, Import, Right, Scope};
use crate::accounts::secrets;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use chrono::{Duration, Utc};
use domain::text::one_line;
use domain::transfer::decode::FILE_LIMIT;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const MINUTES: i64 = 10;

/// A file that waits for its import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub file_name: String,
    pub bytes: Vec<u8>,
}

/// Rights whose holders send files.
pub trait Uploads: Right {}

impl Uploads for Import {}
impl Uploads for Contribute {}

impl<R: Uploads> Scope<R> {
    /// Keeps a file for ten minutes. `owner` is the session's secret: nobody else gets the file with the answered id.
    pub async fn keep_upload(&self, owner: &str, file_name: &str, bytes: Vec<u8>) -> Result<String> {
        if bytes.len() > FILE_LIMIT {
            return Err(StoreError::field("file", "The file is larger than 20 MB. Split it."));
        }
        let id = secrets::random();
        let now = Utc::now();
        let row = upload::ActiveModel {
            digest: Set(self.digest(owner, &id)),
            file_name: Set(shown_name(file_name)),
            body: Set(bytes),
            expires_at: Set(to_micros(now + Duration::minutes(MINUTES))),
        };
        let tx = self.begin().await?;
        upload::Entity::delete_many().filter(upload::Column::ExpiresAt.lt(to_micros(now))).exec(&tx).await?;
        upload::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The file again; its ten minutes begin anew, which is noted at most once a minute.
    pub async fn upload(&self, owner: &str, id: &str) -> Result<Option<Upload>> {
        let now = Utc::now();
        let row = upload::Entity::find_by_id(self.digest(owner, id)).one(&self.store.read).await?;
        let Some(row) = row.filter(|row| row.expires_at > to_micros(now)) else { return Ok(None) };
        if row.expires_at < to_micros(now + Duration::minutes(MINUTES - 1)) {
            let tx = self.begin().await?;
            let later = Expr::val(to_micros(now + Duration::minutes(MINUTES)));
            let renew = upload::Entity::update_many().col_expr(upload::Column::ExpiresAt, later);
            renew.filter(upload::Column::Digest.eq(row.digest)).exec(&tx).await?;
            tx.commit().await?;
        }
        Ok(Some(Upload { file_name: row.file_name, bytes: row.body }))
    }

    /// Forgets a file.
    pub async fn drop_upload(&self, owner: &str, id: &str) -> Result<()> {
        let tx = self.begin().await?;
        upload::Entity::delete_by_id(self.digest(owner, id)).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Owner and workspace are part of what a file is found by.
    fn digest(&self, owner: &str, id: &str) -> String {
        secrets::digest(&format!("{owner}/{}/{id}", self.workspace_id))
    }
}

/// A file's name as it is listed: one line, without control characters, not longer than a line.
pub(crate) fn shown_name(raw: &str) -> String {
    let name: String = one_line(raw).chars().take(120).collect();
    if name.is_empty() { "a file".to_owned() } else { name }
}
