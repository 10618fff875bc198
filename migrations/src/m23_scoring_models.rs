//! Scores by any model: the levels that were given, under their names, in place of a column for each of ICE's three.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// As the store writes a judgement by ICE.
const LEVELS: &str = "UPDATE score SET criteria = \
    '{\"confidence\":' || CAST(confidence AS TEXT) || ',\"ease\":' || CAST(ease AS TEXT) || ',\"impact\":' || CAST(impact AS TEXT) || '}'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for (name, default) in [("model", "ice"), ("criteria", "{}")] {
            let mut column = text(name).default(default).take();
            m.alter_table(Table::alter().table("score").add_column(&mut column).take()).await?;
        }
        m.get_connection().execute_unprepared(LEVELS).await?;
        for column in ["impact", "confidence", "ease"] {
            m.alter_table(Table::alter().table("score").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
