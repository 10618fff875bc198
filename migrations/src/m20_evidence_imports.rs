//! Evidence that came by import: how many pieces an import made, and which they are with the version that each had then.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut evidence = int("evidence").default(0).take();
        m.alter_table(Table::alter().table("import").add_column(&mut evidence).take()).await?;
        let mut row = table("import_evidence", vec![int("import_id"), int("evidence_id"), int("line"), int("version")]);
        row.primary_key(Index::create().col("import_id").col("evidence_id"));
        row.foreign_key(&mut refers("import_evidence", "import_id", "import"));
        m.create_table(row.foreign_key(&mut refers("import_evidence", "evidence_id", "evidence")).take()).await?;
        m.create_index(index("import_evidence", &["evidence_id"], false)).await
    }
}
