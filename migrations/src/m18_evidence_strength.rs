//! The strength of a hypothesis's evidence in a word, so that lists can be narrowed by it.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What strengths are called; "none" is the default.
const STRENGTHS: [&str; 5] = ["weak", "fair", "good", "strong", "contradicted"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut strength = text("evidence_strength").default("none").take();
        m.alter_table(Table::alter().table("hypothesis").add_column(&mut strength).take()).await?;
        for strength in STRENGTHS {
            let sql = format!("UPDATE hypothesis SET evidence_strength = '{strength}' WHERE evidence LIKE '%\"strength\":\"{strength}\"%'");
            m.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
