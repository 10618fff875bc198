//! On PostgreSQL each document now holds the stretch of ids that it belongs to, so that the newest that hold a word are
//! found without reading all that hold it, the words of its title once more, so that no row is read to tell them, and beside
//! what is compared with a draft its kind. Places and weights of words, which nothing else used, are dropped.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// As the store writes them: `@word` for a title, `#workspace.stretch` and `#workspace.kind.stretch` of 8,192 ids each.
const STEPS: [&str; 7] = [
    "DROP INDEX search_index_words",
    "UPDATE search_index SET words = array_to_tsvector(tsvector_to_array(words) \
     || ARRAY(SELECT '@' || word FROM unnest(tsvector_to_array(ts_filter(words, '{a}'))) AS word) \
     || ARRAY['#' || workspace_id || '.' || (id >> 13), '#' || workspace_id || '.' || kind || '.' || (id >> 13)])",
    "UPDATE search_index SET core = array_to_tsvector(tsvector_to_array(core) || ARRAY['#' || kind]) WHERE core <> ''",
    "CREATE INDEX search_index_words ON search_index USING gin (words)",
    "DROP INDEX search_index_newest",
    "CREATE INDEX search_index_newest ON search_index (workspace_id, kind, id) WHERE NOT archived",
    "ANALYZE search_index",
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
