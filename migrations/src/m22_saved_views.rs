//! Saved views, and an index that holds what a list of hypotheses is narrowed by: a page counts every view that it names,
//! and a count that has to open each row costs as much as the page itself.

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
            int_or_null("person_id"),
            text("list"),
            text("name"),
            text("query"),
            flag("shared"),
            flag("archived"),
            int("version"),
            int("created_at"),
            int("updated_at"),
        ];
        let mut view = table("saved_view", columns);
        m.create_table(view.foreign_key(&mut refers("saved_view", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("saved_view", &["workspace_id", "person_id", "list", "archived", "id"], false)).await?;
        m.create_index(index("saved_view", &["workspace_id", "shared", "list", "archived", "id"], false)).await?;
        let mut narrows = Index::create().name("hypothesis_narrows").table("hypothesis").take();
        for column in ["workspace_id", "archived", "stage", "lever", "area", "site", "audience", "devices", "owner_id"] {
            narrows.col(column);
        }
        for column in ["evidence_strength", "evidence_tenths", "score_milli", "id"] {
            narrows.col(column);
        }
        m.create_index(narrows).await
    }
}
