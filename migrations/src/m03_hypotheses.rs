//! Hypotheses. `seniority` is the number's negative: it ends every sort in the sort's own direction, so that one
//! row comparison finds the next page and the older of two equals comes first.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What lists are sorted by, after workspace and archive flag.
const SORTS: [&[&str]; 6] = [
    &["score_milli", "expected_mid", "seniority"],
    &["expected_mid", "seniority"],
    &["evidence_tenths", "seniority"],
    &["created_at", "seniority"],
    &["updated_at", "seniority"],
    &["stage", "seniority"],
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut hypothesis = table("hypothesis", [said(), derived()].concat());
        m.create_table(hypothesis.foreign_key(&mut refers("hypothesis", "workspace_id", "workspace")).take()).await?;
        m.create_index(index("hypothesis", &["workspace_id", "number"], true)).await?;
        for sort in SORTS {
            let mut sorted = Index::create().name(format!("hypothesis_by_{}", sort[0])).table("hypothesis").take();
            for column in ["workspace_id", "archived"].iter().chain(sort) {
                sorted.col(*column);
            }
            m.create_index(sorted).await?;
        }
        let mut tag = table("hypothesis_tag", vec![int("hypothesis_id"), int("workspace_id"), text("tag")]);
        tag.primary_key(Index::create().col("hypothesis_id").col("tag"));
        m.create_table(tag.foreign_key(&mut refers("hypothesis_tag", "hypothesis_id", "hypothesis")).take()).await?;
        m.create_index(index("hypothesis_tag", &["workspace_id", "tag", "hypothesis_id"], false)).await
    }
}

/// What people said.
fn said() -> Vec<ColumnDef> {
    vec![
        id(),
        int("workspace_id"),
        int("number"),
        int("seniority"),
        text("title"),
        text("statement"),
        text_or_null("site"),
        text_or_null("area"),
        text_or_null("audience"),
        text_or_null("lever"),
        text_or_null("metric"),
        int("devices"),
        text("guard_rails"),
        text("tags"),
        int_or_null("owner_id"),
        number_or_null("design_days"),
        number_or_null("development_days"),
        text_or_null("parent"),
        text_or_null("differs_because"),
        text_or_null("details"),
        flag("archived"),
        int("version"),
        int("created_at"),
        int("updated_at"),
    ]
}

/// What follows from other rows and is kept true in the same transaction; -1 stands for unknown.
fn derived() -> Vec<ColumnDef> {
    vec![
        int("stage"),
        int_or_null("stage_before_test"),
        int("statement_complete"),
        text("evidence"),
        int("evidence_tenths"),
        int("evidence_day"),
        int("supports"),
        text_or_null("score"),
        int("score_milli"),
        int("expected_mid"),
    ]
}
