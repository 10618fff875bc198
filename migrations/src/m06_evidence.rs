//! Evidence and what ties it to hypotheses. Days are whole days since 1970; `observed_day` is the day that the age
//! counts from, never null, so that lists are sorted and filtered by it.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What lists are sorted by, after workspace and archive flag; the last two also serve the filters of the page's tabs.
const SORTS: [(&str, &[&str]); 5] = [
    ("evidence_by_observed", &["observed_day", "seniority"]),
    ("evidence_by_created_at", &["created_at", "seniority"]),
    ("evidence_by_updated_at", &["updated_at", "seniority"]),
    ("evidence_by_class", &["class", "observed_day", "seniority"]),
    ("evidence_by_uses", &["uses", "observed_day", "seniority"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut evidence = table("evidence", [said(), derived()].concat());
        m.create_table(evidence.foreign_key(&mut refers("evidence", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("evidence", &["workspace_id", "number"], true)).await?;
        for (name, sort) in SORTS {
            let mut sorted = Index::create().name(name).table("evidence").take();
            for column in ["workspace_id", "archived"].iter().chain(sort) {
                sorted.col(*column);
            }
            m.create_index(sorted).await?;
        }
        for (name, value) in [("evidence_area", "area"), ("evidence_audience", "audience"), ("evidence_tag", "tag")] {
            let mut list = table(name, vec![int("evidence_id"), int("workspace_id"), text(value)]);
            list.primary_key(Index::create().col("evidence_id").col(value));
            m.create_table(list.foreign_key(&mut refers(name, "evidence_id", "evidence")).take()).await?;
            m.create_index(index(name, &["workspace_id", value, "evidence_id"], false)).await?;
        }
        links(m).await
    }
}

async fn links(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        int("hypothesis_id"),
        int("evidence_id"),
        int("workspace_id"),
        text("direction"),
        text_or_null("note"),
        flag("same_area"),
        int("at"),
    ];
    let mut link = table("evidence_link", columns);
    link.primary_key(Index::create().col("hypothesis_id").col("evidence_id"));
    link.foreign_key(&mut refers("evidence_link", "hypothesis_id", "hypothesis"));
    link.foreign_key(&mut refers("evidence_link", "evidence_id", "evidence"));
    m.create_table(link).await?;
    m.create_index(index("evidence_link", &["evidence_id", "hypothesis_id"], false)).await?;
    // The daily renewal walks the linked hypotheses of a workspace.
    m.create_index(index("evidence_link", &["workspace_id", "hypothesis_id"], false)).await
}

/// What people said.
fn said() -> Vec<ColumnDef> {
    vec![
        id(),
        int("workspace_id"),
        int("number"),
        int("seniority"),
        text("title"),
        text("kind"),
        text_or_null("finding"),
        text_or_null("source"),
        int_or_null("observed_from"),
        int_or_null("observed_to"),
        int_or_null("sample_size"),
        text_or_null("site"),
        text("areas"),
        int("devices"),
        text("audiences"),
        text("tags"),
        text_or_null("worth"),
        int_or_null("author_id"),
        flag("archived"),
        int("version"),
        int("created_at"),
        int("updated_at"),
    ]
}

/// What follows from the rest and is kept true in the same transaction.
fn derived() -> Vec<ColumnDef> {
    vec![text("class"), int("observed_day"), int("uses")]
}
