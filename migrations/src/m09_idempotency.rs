//! Answers kept for a day, so that a request sent twice with one key is carried out once.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            int("workspace_id"),
            int("person_id"),
            text("route"),
            text("key"),
            text("digest"),
            int_or_null("status"),
            text("headers"),
            text("body"),
            int("at"),
        ];
        let mut answer = table("kept_answer", columns);
        answer.primary_key(Index::create().col("workspace_id").col("person_id").col("route").col("key"));
        answer.foreign_key(&mut refers("kept_answer", "workspace_id", "workspace"));
        answer.foreign_key(&mut refers("kept_answer", "person_id", "person"));
        m.create_table(answer).await?;
        m.create_index(index("kept_answer", &["workspace_id", "at"], false)).await
    }
}
