//! Comments on hypotheses, evidence, tests and learnings, named by their numbers.

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
            text("body"),
            int_or_null("person_id"),
            flag("archived"),
            int("version"),
            int("created_at"),
            int("updated_at"),
        ];
        let mut comment = table("comment", columns);
        m.create_table(comment.foreign_key(&mut refers("comment", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("comment", &["workspace_id", "subject", "number", "id"], false)).await
    }
}
