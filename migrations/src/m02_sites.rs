//! Sites with their areas and metrics; audiences and levers of the workspace.

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
            text("slug"),
            text("name"),
            text("currency"),
            text("time_zone"),
            number_or_null("margin"),
            text_or_null("url"),
            flag("archived"),
            int("version"),
        ];
        let mut site = table("site", columns);
        m.create_table(site.foreign_key(&mut refers("site", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("site", &["workspace_id", "slug"], true)).await?;

        let visitors = [int_or_null("desktop"), int_or_null("mobile"), int_or_null("tablet")];
        let columns = [vec![id(), int("site_id"), text("slug"), text("name"), flag("archived")], visitors.to_vec()].concat();
        let mut area = table("area", columns);
        m.create_table(area.foreign_key(&mut refers("area", "site_id", "site")).take()).await?;
        m.create_index(index("area", &["site_id", "slug"], true)).await?;

        let kinds = [text("kind"), text("unit"), text("direction"), text("family")];
        let columns = [vec![id(), int("site_id"), text("slug"), text("name"), flag("archived")], kinds.to_vec()].concat();
        let mut metric = table("metric", columns);
        m.create_table(metric.foreign_key(&mut refers("metric", "site_id", "site")).take()).await?;
        m.create_index(index("metric", &["site_id", "slug"], true)).await?;

        for list in ["audience", "lever"] {
            let mut term = table(list, vec![id(), int("workspace_id"), text("slug"), text("name"), flag("archived")]);
            m.create_table(term.foreign_key(&mut refers(list, "workspace_id", "workspace")).take()).await?;
            m.create_index(index(list, &["workspace_id", "slug"], true)).await?;
        }
        Ok(())
    }
}
