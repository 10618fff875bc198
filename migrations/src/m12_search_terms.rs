//! What finds the ideas that were had before: of each document the words that are compared, its areas, lever and metric,
//! and in how many documents each word occurs. Words are made anew, now with German and French stems: what was indexed
//! before is marked stale, and the store makes it again when it opens, since only the domain can read words.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text("gist").default("").take(),
            text_or_null("areas"),
            text_or_null("lever"),
            text_or_null("metric"),
            flag("stale").default(true).take(),
        ] {
            m.alter_table(Table::alter().table("search_document").add_column(column).take()).await?;
        }
        let mut term = table("search_term", vec![int("workspace_id"), text("term"), int("documents")]);
        term.primary_key(Index::create().col("workspace_id").col("term"));
        m.create_table(term.foreign_key(&mut refers("search_term", "workspace_id", "workspace")).take()).await?;
        let connection = m.get_connection();
        connection.execute_unprepared("CREATE INDEX search_document_stale ON search_document (workspace_id, kind) WHERE stale").await?;
        match m.get_database_backend() {
            sea_orm_migration::sea_orm::DatabaseBackend::Sqlite => {
                let letters = "categories 'L* M* N* S* Co'";
                let sql = format!(
                    "DROP TABLE search_index; \
                     CREATE VIRTUAL TABLE search_index USING fts5(scope, title, change, body, tokenize = \"unicode61 remove_diacritics 0 {letters}\")"
                );
                connection.execute_unprepared(&sql).await?;
            }
            _ => {
                // Title and change alone, so that looking for what is alike passes over all that only mentions a word.
                connection.execute_unprepared("ALTER TABLE search_index ADD COLUMN core tsvector NOT NULL DEFAULT ''").await?;
                connection.execute_unprepared("CREATE INDEX search_index_core ON search_index USING gin (core)").await?;
            }
        }
        Ok(())
    }
}
