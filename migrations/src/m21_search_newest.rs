//! On PostgreSQL the index says itself which kind a document is of and whether it is archived, and is read from the newest
//! on, so that a word that stands in every tenth document needs neither all of them nor a look at each beside it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const STEPS: [&str; 5] = [
    "ALTER TABLE search_index ADD COLUMN kind text NOT NULL DEFAULT ''",
    "ALTER TABLE search_index ADD COLUMN archived boolean NOT NULL DEFAULT false",
    "UPDATE search_index i SET kind = d.kind, archived = d.archived FROM search_document d WHERE d.id = i.id",
    "ALTER TABLE search_index ALTER COLUMN kind DROP DEFAULT",
    "CREATE INDEX search_index_newest ON search_index (workspace_id, id) WHERE NOT archived",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        if m.get_database_backend() == sea_orm_migration::sea_orm::DatabaseBackend::Sqlite {
            return Ok(());
        }
        for step in STEPS {
            m.get_connection().execute_unprepared(step).await?;
        }
        Ok(())
    }
}
