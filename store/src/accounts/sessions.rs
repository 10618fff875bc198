//! Signing in and out, and what a browser's cookie stands for.
//!
//! Sessions are rows of ours instead of a session library's: only a digest of the secret is kept (the libraries keep
//! the id itself), ending all of a person's sessions is one statement, and API tokens use the same few lines.

use super::rows::{form_draft, member, password_link, person, person_of, session, token, workspace};
use super::secrets;
use crate::access::Actor;
use crate::connection::Store;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use chrono::{Duration, Utc};
use domain::access::TokenScope;
use domain::accounts::check_password;
use domain::errors::FieldErrors;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

const SESSION_DAYS: i64 = 30;
const DRAFT_MINUTES: i64 = 10;

/// A new session: the secret goes into the cookie and is kept nowhere.
#[derive(Debug, Clone)]
pub struct Session {
    pub secret: String,
    pub days: i64,
}

/// The person behind a session, and where they may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub name: String,
    pub email: String,
    /// Slug and name of each workspace, by name.
    pub workspaces: Vec<(String, String)>,
}

impl Store {
    /// A session for this e-mail and password; one answer for an unknown address and for a wrong password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<Session> {
        let found = person_of(&self.read, email).await?;
        let stored = found.as_ref().and_then(|person| person.password_hash.clone());
        let fits = self.verify_password(password.to_owned(), stored).await?;
        let refused = || StoreError::field("password", "E-mail and password do not fit together.");
        let person = found.filter(|_| fits).ok_or_else(refused)?;
        let tx = self.begin(0).await?;
        // The password may have changed while it was compared; then this sign-in comes too late.
        let now = person::Entity::find_by_id(person.id).one(&tx).await?;
        now.filter(|now| now.password_hash == person.password_hash).ok_or_else(refused)?;
        let session = insert_session(&tx, person.id).await?;
        tx.commit().await?;
        Ok(session)
    }

    pub async fn sign_out(&self, secret: &str) -> Result<()> {
        let tx = self.begin(0).await?;
        session::Entity::delete_by_id(secrets::digest(secret)).exec(&tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Who holds this session's secret. Use is noted at most once a minute.
    pub async fn actor_of_session(&self, secret: &str) -> Result<Actor> {
        let now = to_micros(Utc::now());
        let row = session::Entity::find_by_id(secrets::digest(secret)).one(&self.read).await?;
        let Some(row) = row.filter(|row| row.expires_at > now) else {
            return Ok(Actor::Anonymous);
        };
        if now - row.seen_at > 60_000_000 {
            let tx = self.begin(0).await?;
            session::Entity::update_many()
                .col_expr(session::Column::SeenAt, Expr::val(now))
                .filter(session::Column::Digest.eq(row.digest))
                .exec(&tx)
                .await?;
            tx.commit().await?;
        }
        Ok(Actor::Person { id: row.person_id })
    }

    /// Who holds this API token.
    pub async fn actor_of_token(&self, secret: &str) -> Result<Actor> {
        let now = to_micros(Utc::now());
        let row = token::Entity::find().filter(token::Column::Digest.eq(secrets::digest(secret))).one(&self.read).await?;
        let Some(row) = row.filter(|row| row.expires_at.is_none_or(|at| at > now)) else {
            return Ok(Actor::Anonymous);
        };
        if row.used_at.is_none_or(|used| now - used > 60_000_000) {
            let tx = self.begin(0).await?;
            token::Entity::update_many()
                .col_expr(token::Column::UsedAt, Expr::val(now))
                .filter(token::Column::Id.eq(row.id))
                .exec(&tx)
                .await?;
            tx.commit().await?;
        }
        let scope = TokenScope::from_slug(&row.scope).unwrap_or(TokenScope::Read);
        Ok(Actor::Program { person_id: row.person_id, workspace_id: row.workspace_id, scope })
    }

    /// The person of a session with their workspaces; none for everybody else.
    pub async fn signed_in(&self, actor: &Actor) -> Result<Option<SignedIn>> {
        let Actor::Person { id } = actor else { return Ok(None) };
        let Some(person) = person::Entity::find_by_id(*id).one(&self.read).await? else { return Ok(None) };
        let memberships = member::Entity::find().filter(member::Column::PersonId.eq(*id)).all(&self.read).await?;
        let ids: Vec<i64> = memberships.iter().map(|row| row.workspace_id).collect();
        let workspaces = workspace::Entity::find()
            .filter(workspace::Column::Id.is_in(ids))
            .order_by_asc(workspace::Column::Name)
            .all(&self.read)
            .await?;
        let workspaces = workspaces.into_iter().map(|row| (row.slug, row.name)).collect();
        Ok(Some(SignedIn { name: person.name, email: person.email, workspaces }))
    }

    /// Changes the password of the person behind a session; every other session of theirs ends.
    pub async fn change_password(&self, actor: &Actor, present: &str, new: &str) -> Result<Session> {
        let Actor::Person { id } = actor else { return Err(StoreError::NotFound) };
        let row = person::Entity::find_by_id(*id).one(&self.read).await?.ok_or(StoreError::NotFound)?;
        let mut errors = FieldErrors::default();
        check_password(&mut errors, "new", new);
        errors.into_result(())?;
        if !self.verify_password(present.to_owned(), row.password_hash).await? {
            return Err(StoreError::field("present", "This is not your present password."));
        }
        let hash = self.hash_password(new.to_owned()).await?;
        let tx = self.begin(0).await?;
        put_password(&tx, *id, hash).await?;
        let session = insert_session(&tx, *id).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Sets a password by command line.
    pub async fn set_password_of(&self, email: &str, password: &str) -> Result<()> {
        let mut errors = FieldErrors::default();
        check_password(&mut errors, "password", password);
        errors.into_result(())?;
        let row = person_of(&self.read, email).await?.ok_or(StoreError::NotFound)?;
        let hash = self.hash_password(password.to_owned()).await?;
        let tx = self.begin(0).await?;
        put_password(&tx, row.id, hash).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whose password this link sets: name and e-mail. None once it is used or too old.
    pub async fn password_link(&self, secret: &str) -> Result<Option<(String, String)>> {
        let Some(row) = valid_link(&self.read, secret).await? else { return Ok(None) };
        Ok(person::Entity::find_by_id(row.person_id).one(&self.read).await?.map(|person| (person.name, person.email)))
    }

    /// Sets the password of the link's person, once.
    pub async fn use_password_link(&self, secret: &str, password: &str) -> Result<Session> {
        let mut errors = FieldErrors::default();
        check_password(&mut errors, "password", password);
        errors.into_result(())?;
        let row = valid_link(&self.read, secret).await?.ok_or(StoreError::NotFound)?;
        let hash = self.hash_password(password.to_owned()).await?;
        let tx = self.begin(0).await?;
        // Asked again, because another request may have used the link while this one hashed.
        valid_link(&tx, secret).await?.ok_or(StoreError::NotFound)?;
        put_password(&tx, row.person_id, hash).await?;
        let session = insert_session(&tx, row.person_id).await?;
        tx.commit().await?;
        Ok(session)
    }

    /// Keeps a refused form for ten minutes. `owner` is the session's secret or another that only this browser holds.
    pub async fn keep_draft(&self, owner: &str, body: String) -> Result<String> {
        let id = secrets::random();
        let now = Utc::now();
        let row = form_draft::ActiveModel {
            digest: Set(secrets::digest(&format!("{owner}/{id}"))),
            body: Set(body),
            expires_at: Set(to_micros(now + Duration::minutes(DRAFT_MINUTES))),
        };
        let tx = self.begin(0).await?;
        form_draft::Entity::delete_many().filter(form_draft::Column::ExpiresAt.lt(to_micros(now))).exec(&tx).await?;
        form_draft::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The refused form again.
    pub async fn draft(&self, owner: &str, id: &str) -> Result<Option<String>> {
        let row = form_draft::Entity::find_by_id(secrets::digest(&format!("{owner}/{id}"))).one(&self.read).await?;
        Ok(row.filter(|row| row.expires_at > to_micros(Utc::now())).map(|row| row.body))
    }
}

/// A new session within the transaction that allows it. Those that have ended are swept on the way.
pub(super) async fn insert_session(tx: &impl ConnectionTrait, person_id: i64) -> Result<Session> {
    let secret = secrets::random();
    let now = Utc::now();
    let row = session::ActiveModel {
        digest: Set(secrets::digest(&secret)),
        person_id: Set(person_id),
        expires_at: Set(to_micros(now + Duration::days(SESSION_DAYS))),
        seen_at: Set(to_micros(now)),
    };
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(to_micros(now))).exec(tx).await?;
    session::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Session { secret, days: SESSION_DAYS })
}

/// Stores a new password; sessions and links of the person end with the old one.
async fn put_password(tx: &impl ConnectionTrait, person_id: i64, hash: String) -> Result<()> {
    let change = person::Entity::update_many().col_expr(person::Column::PasswordHash, Expr::val(hash));
    change.filter(person::Column::Id.eq(person_id)).exec(tx).await?;
    session::Entity::delete_many().filter(session::Column::PersonId.eq(person_id)).exec(tx).await?;
    password_link::Entity::delete_many().filter(password_link::Column::PersonId.eq(person_id)).exec(tx).await?;
    Ok(())
}

async fn valid_link(db: &impl ConnectionTrait, secret: &str) -> Result<Option<password_link::Model>> {
    let row = password_link::Entity::find_by_id(secrets::digest(secret)).one(db).await?;
    Ok(row.filter(|row| row.expires_at > to_micros(Utc::now())))
}

/// A fresh link that sets this person's password, valid for a week; older ones end.
pub(super) async fn new_password_link(tx: &impl ConnectionTrait, person_id: i64) -> Result<String> {
    let secret = secrets::random();
    let row = password_link::ActiveModel {
        digest: Set(secrets::digest(&secret)),
        person_id: Set(person_id),
        expires_at: Set(to_micros(Utc::now() + Duration::days(7))),
    };
    password_link::Entity::delete_many().filter(password_link::Column::PersonId.eq(person_id)).exec(tx).await?;
    password_link::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(secret)
}
