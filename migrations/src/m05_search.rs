//! Full-text search: one document per hypothesis, piece of evidence, test and learning. The words are made by the
//! domain's own tokeniser and only compared here, so that both databases find the same.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![id(), int("workspace_id"), text("kind"), int("number"), text("title"), text("body"), flag("archived")];
        let mut document = table("search_document", columns);
        m.create_table(document.foreign_key(&mut refers("search_document", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("search_document", &["workspace_id", "kind", "number"], true)).await?;
        let connection = m.get_connection();
        match m.get_database_backend() {
            sea_orm_migration::sea_orm::DatabaseBackend::Sqlite => {
                // All that the domain takes for a letter or digit, marks of many scripts included.
                let letters = "categories 'L* M* N* S* Co'";
                let sql = format!(
                    "CREATE VIRTUAL TABLE search_index USING fts5(scope, title, body, tokenize = \"unicode61 remove_diacritics 0 {letters}\")"
                );
                connection.execute_unprepared(&sql).await?;
            }
            _ => {
                connection
                    .execute_unprepared("CREATE TABLE search_index (id bigint PRIMARY KEY REFERENCES search_document(id) ON DELETE CASCADE, workspace_id bigint NOT NULL, words tsvector NOT NULL)")
                    .await?;
                connection.execute_unprepared("CREATE INDEX search_index_words ON search_index USING gin (words)").await?;
            }
        }
        Ok(())
    }
}
