//! The tables of accounts, and a person found by address.

use crate::errors::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

macro_rules! entity {
    ($name:ident, $table:literal, { $($(#[$meta:meta])* $field:ident: $type:ty),+ $(,)? }) => {
        pub mod $name {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $($(#[$meta])* pub $field: $type),+
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
        }
    };
}
pub(crate) use entity;

entity!(person, "person", {
    #[sea_orm(primary_key)] id: i64,
    email: String,
    name: String,
    password_hash: Option<String>,
    created_at: i64,
});

entity!(workspace, "workspace", {
    #[sea_orm(primary_key)] id: i64,
    slug: String,
    name: String,
    settings: String,
    version: i64,
    created_at: i64,
});

entity!(member, "member", {
    #[sea_orm(primary_key, auto_increment = false)] workspace_id: i64,
    #[sea_orm(primary_key, auto_increment = false)] person_id: i64,
    role: String,
    created_at: i64,
});

entity!(session, "session", {
    #[sea_orm(primary_key, auto_increment = false)] digest: String,
    person_id: i64,
    expires_at: i64,
    seen_at: i64,
});

entity!(password_link, "password_link", {
    #[sea_orm(primary_key, auto_increment = false)] digest: String,
    person_id: i64,
    expires_at: i64,
});

entity!(token, "token", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    person_id: i64,
    name: String,
    scope: String,
    digest: String,
    expires_at: Option<i64>,
    used_at: Option<i64>,
    created_at: i64,
});

entity!(form_draft, "form_draft", {
    #[sea_orm(primary_key, auto_increment = false)] digest: String,
    body: String,
    expires_at: i64,
});

/// The person with this e-mail address, however it is written. PostgreSQL takes no control characters for text, and
/// no address has one.
pub async fn person_of(db: &impl ConnectionTrait, email: &str) -> Result<Option<person::Model>> {
    let email = email.trim().to_lowercase();
    if email.contains(char::is_control) {
        return Ok(None);
    }
    Ok(person::Entity::find().filter(person::Column::Email.eq(email)).one(db).await?)
}
