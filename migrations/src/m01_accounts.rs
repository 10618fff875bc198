//! People, workspaces, sessions, tokens, and the record of what happened.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        people(m).await?;
        secrets(m).await?;
        record(m).await
    }
}

async fn people(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(table("person", vec![id(), text("email"), text("name"), text_or_null("password_hash"), int("created_at")])).await?;
    m.create_index(index("person", &["email"], true)).await?;
    m.create_table(table("workspace", vec![id(), text("slug"), text("name"), text("settings"), int("version"), int("created_at")])).await?;
    m.create_index(index("workspace", &["slug"], true)).await?;
    let mut member = table("member", vec![int("workspace_id"), int("person_id"), text("role"), int("created_at")]);
    member.primary_key(Index::create().col("workspace_id").col("person_id"));
    member.foreign_key(&mut refers("member", "workspace_id", "workspace")).foreign_key(&mut refers("member", "person_id", "person"));
    m.create_table(member).await?;
    m.create_index(index("member", &["person_id"], false)).await
}

/// Only digests are kept of what lets somebody in.
async fn secrets(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let digest = || ColumnDef::new("digest").text().not_null().primary_key().take();
    let mut session = table("session", vec![digest(), int("person_id"), int("expires_at"), int("seen_at")]);
    m.create_table(session.foreign_key(&mut refers("session", "person_id", "person")).take()).await?;
    m.create_index(index("session", &["person_id"], false)).await?;
    let mut link = table("password_link", vec![digest(), int("person_id"), int("expires_at")]);
    m.create_table(link.foreign_key(&mut refers("password_link", "person_id", "person")).take()).await?;
    let columns = vec![
        id(),
        int("workspace_id"),
        int("person_id"),
        text("name"),
        text("scope"),
        text("digest"),
        int_or_null("expires_at"),
        int_or_null("used_at"),
        int("created_at"),
    ];
    let mut token = table("token", columns);
    token.foreign_key(&mut refers("token", "workspace_id", "workspace")).foreign_key(&mut refers("token", "person_id", "person"));
    m.create_table(token).await?;
    m.create_index(index("token", &["digest"], true)).await?;
    let draft = vec![digest(), text("body"), int("expires_at")];
    m.create_table(table("form_draft", draft)).await?;
    m.create_index(index("form_draft", &["expires_at"], false)).await
}

async fn record(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut counter = table("counter", vec![int("workspace_id"), text("name"), int("value")]);
    counter.primary_key(Index::create().col("workspace_id").col("name"));
    m.create_table(counter.foreign_key(&mut refers("counter", "workspace_id", "workspace")).take()).await?;
    let columns = vec![
        id(),
        int("workspace_id"),
        int("at"),
        int_or_null("person_id"),
        text("subject"),
        text("number"),
        text("action"),
        text("summary"),
        text_or_null("reason"),
        text_or_null("before"),
        text_or_null("after"),
    ];
    let mut event = table("event", columns);
    m.create_table(event.foreign_key(&mut refers("event", "workspace_id", "workspace")).take()).await?;
    m.create_index(index("event", &["workspace_id", "subject", "number", "id"], false)).await?;
    m.create_index(index("event", &["workspace_id", "id"], false)).await
}
