//! Attachments: what hangs on which thing. The bytes lie in files that are named after their hash.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            id(),
            int("workspace_id"),
            text("subject"),
            text("number"),
            text_or_null("variant"),
            text("name"),
            text("media_type"),
            int("size"),
            text("hash"),
            int_or_null("width"),
            int_or_null("height"),
            int_or_null("person_id"),
            flag("archived"),
            int("created_at"),
        ];
        let mut attachment = table("attachment", columns);
        m.create_table(attachment.foreign_key(&mut refers("attachment", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("attachment", &["workspace_id", "subject", "number", "id"], false)).await
    }
}
