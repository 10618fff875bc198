//! Requests that may arrive twice: the first answer under a key is kept for a day and given again. Knows no HTTP;
//! headers and body are text.

use crate::access::{Read, Scope};
use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use chrono::{Duration, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

entity!(kept_answer, "kept_answer", {
    #[sea_orm(primary_key, auto_increment = false)] workspace_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] person_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] route: String,
    #[sea_orm(primary_key, auto_increment = false)] key: String,
    digest: String,
    status: Option<i64>,
    headers: String,
    body: String,
    at: i64,
});

/// How long an answer is given again.
const KEPT_HOURS: i64 = 24;
/// After this long a request that was never answered counts as lost.
const LOST_AFTER_SECONDS: i64 = 60;

/// A request that names a key.
#[derive(Debug, Clone)]
pub struct KeyedRequest {
    pub key: String,
    /// Method and path.
    pub route: String,
    /// The digest of the body.
    pub digest: String,
}

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    pub status: u16,
    /// One `name: value` a line.
    pub headers: String,
    pub body: String,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nobody has used it: carry the request out, then keep the answer or release the key.
    Fresh,
    Answered(KeptAnswer),
    /// The first request is still being carried out.
    Underway,
    /// The key came with another body before.
    OtherBody,
}

impl Scope<Read> {
    /// Takes the key for this request, or says what became of the request that took it before.
    pub async fn claim(&self, request: &KeyedRequest) -> Result<Claim> {
        let now = Utc::now();
        let tx = self.begin().await?;
        let old = kept_answer::Column::At.lt(to_micros(now - Duration::hours(KEPT_HOURS)));
        let here = kept_answer::Entity::delete_many().filter(kept_answer::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(old).exec(&tx).await?;
        let found = kept_answer::Entity::find_by_id(self.place(request)?).one(&tx).await?;
        let lost = |row: &kept_answer::Model| row.status.is_none() && row.at < to_micros(now - Duration::seconds(LOST_AFTER_SECONDS));
        if let Some(row) = found.filter(|row| !lost(row)) {
            return Ok(known(row, &request.digest));
        }
        kept_answer::Entity::delete_by_id(self.place(request)?).exec(&tx).await?;
        kept_answer::Entity::insert(self.row(request, None, to_micros(now))?).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(Claim::Fresh)
    }

    /// Keeps the answer to a request whose key was fresh.
    pub async fn keep_answer(&self, request: &KeyedRequest, answer: &KeptAnswer) -> Result<()> {
        let tx = self.begin().await?;
        kept_answer::Entity::delete_by_id(self.place(request)?).exec(&tx).await?;
        kept_answer::Entity::insert(self.row(request, Some(answer), to_micros(Utc::now()))?).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a key back whose request changed nothing, so that it may be sent again, mended.
    pub async fn release(&self, request: &KeyedRequest) -> Result<()> {
        let tx = self.begin().await?;
        kept_answer::Entity::delete_by_id(self.place(request)?).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    fn place(&self, request: &KeyedRequest) -> Result<(i64, i64, String, String)> {
        let person = self.person_id.ok_or_else(|| StoreError::conflict("The command line has no person whose key this could be."))?;
        Ok((self.workspace_id, person, request.route.clone(), request.key.clone()))
    }

    fn row(&self, request: &KeyedRequest, answer: Option<&KeptAnswer>, at: i64) -> Result<kept_answer::ActiveModel> {
        let (workspace_id, person_id, route, key) = self.place(request)?;
        Ok(kept_answer::ActiveModel {
            workspace_id: Set(workspace_id),
            person_id: Set(person_id),
            route: Set(route),
            key: Set(key),
            digest: Set(request.digest.clone()),
            status: Set(answer.map(|answer| i64::from(answer.status))),
            headers: Set(answer.map(|answer| answer.headers.clone()).unwrap_or_default()),
            body: Set(answer.map(|answer| answer.body.clone()).unwrap_or_default()),
            at: Set(at),
        })
    }
}

fn known(row: kept_answer::Model, digest: &str) -> Claim {
    if row.digest != digest {
        return Claim::OtherBody;
    }
    match row.status.and_then(|status| u16::try_from(status).ok()) {
        Some(status) => Claim::Answered(KeptAnswer { status, headers: row.headers, body: row.body }),
        None => Claim::Underway,
    }
}
