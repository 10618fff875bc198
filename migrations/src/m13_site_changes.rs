//! Site changes; which of them halved a piece of evidence, and when a learning was last said to be still true.

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
            text("title"),
            int("day"),
            text("site"),
            text("areas"),
            int_or_null("author_id"),
            flag("archived"),
            int("version"),
            int("created_at"),
            int("updated_at"),
        ];
        let mut change = table("site_change", columns);
        m.create_table(change.foreign_key(&mut refers("site_change", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("site_change", &["workspace_id", "number"], true)).await?;

        let mut halved = flag("halved").default(false).take();
        m.alter_table(Table::alter().table("evidence").add_column(&mut halved).take()).await?;
        // The id of the change; without a reference of the database, which SQLite cannot add to a table that is there.
        let mut halved_by = int_or_null("halved_by");
        m.alter_table(Table::alter().table("evidence").add_column(&mut halved_by).take()).await?;
        // What is halved has other days for each word of freshness; counts by freshness read this index and no row.
        let mut by_fade = Index::create().name("evidence_by_fade").table("evidence").take();
        for column in ["workspace_id", "archived", "class", "halved", "observed_day"] {
            by_fade.col(column);
        }
        m.create_index(by_fade).await?;

        let mut confirmed = int_or_null("confirmed_day");
        m.alter_table(Table::alter().table("learning").add_column(&mut confirmed).take()).await
    }
}
