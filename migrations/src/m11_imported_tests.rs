//! Tests that came by import: what their file said of them, how many an import made, and which tests those are with the
//! version that each had then.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut origin = text_or_null("origin");
        m.alter_table(Table::alter().table("test").add_column(&mut origin).take()).await?;
        let mut tests = int("tests").default(0).take();
        m.alter_table(Table::alter().table("import").add_column(&mut tests).take()).await?;
        let mut row = table("import_test", vec![int("import_id"), int("test_id"), int("line"), int("version")]);
        row.primary_key(Index::create().col("import_id").col("test_id"));
        row.foreign_key(&mut refers("import_test", "import_id", "import"));
        m.create_table(row.foreign_key(&mut refers("import_test", "test_id", "test")).take()).await?;
        m.create_index(index("import_test", &["test_id"], false)).await?;
        // Filters and counts of the queue of imported tests.
        m.create_index(index("test", &["workspace_id", "imported", "state"], false)).await
    }
}
