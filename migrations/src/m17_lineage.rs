//! What became of a hypothesis beside growing: whether it was split off its parent, and which one took it in. The tree
//! is read from a parent to what grew out of it.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut split = flag("split_off").default(false).take();
        m.alter_table(Table::alter().table("hypothesis").add_column(&mut split).take()).await?;
        let mut merged = text_or_null("merged_into");
        m.alter_table(Table::alter().table("hypothesis").add_column(&mut merged).take()).await?;
        m.create_index(index("hypothesis", &["workspace_id", "parent"], false)).await?;
        m.create_index(index("hypothesis", &["workspace_id", "merged_into"], false)).await
    }
}
