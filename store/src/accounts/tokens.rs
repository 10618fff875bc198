//! API tokens: shown once, kept as a digest.

use super::rows::{member, person_of, token};
use super::secrets;
use crate::access::{Own, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::time::{from_micros, to_micros};
use chrono::{DateTime, Duration, Utc};
use domain::access::TokenScope;
use domain::activity::Subject;
use domain::errors::FieldErrors;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The longest life of a token that ends.
const MOST_DAYS: u32 = 3650;

/// A token that is asked for.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose token it is.
    pub email: String,
    pub name: String,
    pub scope: TokenScope,
    pub expires_in_days: Option<u32>,
}

/// What is shown of a token afterwards.
#[derive(Debug, Clone)]
pub struct TokenInfo {
    pub name: String,
    pub scope: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub used_at: Option<DateTime<Utc>>,
}

impl Scope<Own> {
    /// Makes a token for a member and answers its secret, which is shown this once.
    pub async fn create_token(&self, new: &NewToken) -> Result<String> {
        let mut errors = FieldErrors::default();
        let name = domain::text::required_line(&mut errors, "name", "The token’s name", &new.name);
        let sane = new.expires_in_days.is_none_or(|days| (1..=MOST_DAYS).contains(&days));
        errors.require(sane, "expires_in_days", format!("A token lives 1 to {MOST_DAYS} days, or until it is taken away."));
        errors.into_result(())?;
        let tx = self.begin().await?;
        let person = person_of(&tx, &new.email)
            .await?
            .ok_or_else(|| StoreError::field("email", format!("Nobody has the e-mail address {}.", new.email)))?;
        let here = member::Entity::find_by_id((self.workspace_id, person.id)).one(&tx).await?;
        here.ok_or_else(|| StoreError::field("email", format!("{} is not a member of this workspace.", new.email)))?;
        let secret = format!("hyp_{}", secrets::random());
        let now = self.now();
        let row = token::ActiveModel {
            workspace_id: Set(self.workspace_id),
            person_id: Set(person.id),
            name: Set(name.clone()),
            scope: Set(new.scope.slug().to_owned()),
            digest: Set(secrets::digest(&secret)),
            expires_at: Set(new.expires_in_days.map(|days| to_micros(now + Duration::days(i64::from(days))))),
            used_at: Set(None),
            created_at: Set(to_micros(now)),
            ..token::ActiveModel::default()
        };
        token::Entity::insert(row).exec(&tx).await?;
        let summary = format!("Token “{name}” ({}) for {}", new.scope.slug(), person.name);
        self.record(&tx, NewEvent::new(Subject::Token, &person.email, "created", summary)).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// The workspace's tokens, newest first.
    pub async fn tokens(&self) -> Result<Vec<TokenInfo>> {
        let rows = token::Entity::find()
            .filter(token::Column::WorkspaceId.eq(self.workspace_id))
            .order_by_desc(token::Column::Id)
            .all(&self.store.read)
            .await?;
        let info = |row: token::Model| TokenInfo {
            name: row.name,
            scope: row.scope,
            created_at: from_micros(row.created_at),
            expires_at: row.expires_at.map(from_micros),
            used_at: row.used_at.map(from_micros),
        };
        Ok(rows.into_iter().map(info).collect())
    }
}
