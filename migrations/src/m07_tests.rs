//! Tests with their dated results and the looks at them. What is not known yet of what lists are sorted by is -1; days
//! are whole days since 1970. Snapshots are never overwritten: a wrong one is voided with a reason.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What lists are sorted by, after the workspace; the last also serves the filter of the page's tabs and the counts.
const SORTS: [(&str, &[&str]); 3] = [
    ("test_by_created_at", &["created_at", "seniority"]),
    ("test_by_started_on", &["started_day", "seniority"]),
    ("test_by_state", &["state", "created_at", "seniority"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut test = table("test", [planned(), happened()].concat());
        m.create_table(test.foreign_key(&mut refers("test", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("test", &["workspace_id", "number"], true)).await?;
        for (name, sort) in SORTS {
            let mut sorted = Index::create().name(name).table("test").col("workspace_id").take();
            for column in sort {
                sorted.col(*column);
            }
            m.create_index(sorted).await?;
        }
        m.create_index(index("test", &["workspace_id", "outcome"], false)).await?;
        links(m).await?;
        results(m).await
    }
}

/// The plan and what it hangs on.
fn planned() -> Vec<ColumnDef> {
    vec![
        id(),
        int("workspace_id"),
        int("number"),
        int("seniority"),
        text("title"),
        text("kind"),
        text_or_null("site"),
        text_or_null("area"),
        text_or_null("audience"),
        int_or_null("owner_id"),
        text("plan"),
        text("schedule"),
        text_or_null("re_run_of"),
        flag("imported"),
        int("version"),
        int("created_at"),
        int("updated_at"),
    ]
}

/// What became of it.
fn happened() -> Vec<ColumnDef> {
    vec![
        text("state"),
        int("started_day"),
        int_or_null("stopped_day"),
        text_or_null("stop_reason"),
        text_or_null("cancel_reason"),
        text_or_null("overrule"),
        text_or_null("data_note"),
        int("amendments"),
        text_or_null("outcome"),
        text_or_null("outcome_kind"),
        text_or_null("suggested"),
        text_or_null("outcome_reason"),
        text_or_null("learning"),
        flag("counts"),
    ]
}

async fn links(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut link = table("test_hypothesis", vec![int("test_id"), int("hypothesis_id"), int("workspace_id"), int("place")]);
    link.primary_key(Index::create().col("test_id").col("hypothesis_id"));
    link.foreign_key(&mut refers("test_hypothesis", "test_id", "test"));
    link.foreign_key(&mut refers("test_hypothesis", "hypothesis_id", "hypothesis"));
    m.create_table(link).await?;
    m.create_index(index("test_hypothesis", &["hypothesis_id", "test_id"], false)).await
}

async fn results(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        id(),
        int("workspace_id"),
        int("test_id"),
        int("as_of"),
        text("body"),
        int_or_null("person_id"),
        int("posted_at"),
        text_or_null("voided_reason"),
    ];
    let mut snapshot = table("test_snapshot", columns);
    m.create_table(snapshot.foreign_key(&mut refers("test_snapshot", "test_id", "test")).take()).await?;
    m.create_index(index("test_snapshot", &["test_id", "as_of", "id"], false)).await?;
    let mut look =
        table("test_look", vec![id(), int("workspace_id"), int("test_id"), int("snapshot_id"), int_or_null("person_id"), int("at")]);
    look.foreign_key(&mut refers("test_look", "test_id", "test")).foreign_key(&mut refers("test_look", "snapshot_id", "test_snapshot"));
    m.create_table(look).await?;
    m.create_index(index("test_look", &["test_id", "snapshot_id"], false)).await
}
