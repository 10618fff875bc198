//! Imports with the version that each of their hypotheses had then, so that an undo knows what was changed since;
//! and files between their upload and their import.

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
            int("number"),
            text("format"),
            text("file_name"),
            text("mapping"),
            int_or_null("person_id"),
            int("hypotheses"),
            int("scored"),
            text("state"),
            int("undone"),
            int("event_id"),
            int("created_at"),
        ];
        let mut import = table("import", columns);
        m.create_table(import.foreign_key(&mut refers("import", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("import", &["workspace_id", "number"], true)).await?;

        let mut row = table("import_row", vec![int("import_id"), int("hypothesis_id"), int("line"), int("version")]);
        row.primary_key(Index::create().col("import_id").col("hypothesis_id"));
        row.foreign_key(&mut refers("import_row", "import_id", "import"));
        m.create_table(row.foreign_key(&mut refers("import_row", "hypothesis_id", "hypothesis")).take()).await?;
        m.create_index(index("import_row", &["hypothesis_id"], false)).await?;

        let digest = ColumnDef::new("digest").text().not_null().primary_key().take();
        let body = ColumnDef::new("body").binary().not_null().take();
        m.create_table(table("upload", vec![digest, text("file_name"), body, int("expires_at")])).await?;
        m.create_index(index("upload", &["expires_at"], false)).await
    }
}
