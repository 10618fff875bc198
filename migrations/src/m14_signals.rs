//! The signal inventory. Days are whole days since 1970, the device is a bit and 0 for all together. `latest`,
//! `exits_per_week` and `exit_rate` (in millionths) follow from the rest and are kept true in the same transaction.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What lists are sorted by, after workspace, archive flag and what picks the period.
const SORTS: [&str; 2] = ["exits_per_week", "exit_rate"];
const PERIODS: [(&str, &[&str]); 3] = [("latest", &["latest"]), ("ending", &["period_to"]), ("all", &[])];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut signal = table("signal", [said(), derived()].concat());
        signal.foreign_key(&mut refers("signal", "workspace_id", "workspace"));
        // A row outlives the evidence that was made of it.
        let mut made = ForeignKey::create();
        made.from("signal", "evidence_id").to("evidence", "id").on_delete(ForeignKeyAction::SetNull);
        m.create_table(signal.foreign_key(&mut made).take()).await?;
        m.create_index(index("signal", &["workspace_id", "number"], true)).await?;
        m.create_index(index("signal", &["evidence_id"], false)).await?;
        // A page's rows one after the other.
        m.create_index(index("signal", &["workspace_id", "site", "path", "device", "period_to"], false)).await?;
        // The pages that one is compared with.
        m.create_index(index("signal", &["workspace_id", "site", "device", "period_from", "period_to"], false)).await?;
        for (name, period) in PERIODS {
            for sort in SORTS {
                let mut sorted = Index::create().name(format!("signal_{name}_by_{sort}")).table("signal").take();
                for column in ["workspace_id", "archived"].iter().chain(period).chain(&[sort, "seniority"]) {
                    sorted.col(*column);
                }
                m.create_index(sorted).await?;
            }
        }
        Ok(())
    }
}

/// What people said.
fn said() -> Vec<ColumnDef> {
    vec![
        id(),
        int("workspace_id"),
        int("number"),
        int("seniority"),
        text("page"),
        text("path"),
        text("site"),
        text_or_null("area"),
        int("device"),
        int("period_from"),
        int("period_to"),
        int("visits"),
        int("exits"),
        int_or_null("hesitation"),
        int_or_null("scroll_loop"),
        int_or_null("exit_intent"),
        int_or_null("evidence_id"),
        flag("archived"),
        int("version"),
        int("created_at"),
        int("updated_at"),
    ]
}

fn derived() -> Vec<ColumnDef> {
    vec![flag("latest"), int("exits_per_week"), int("exit_rate")]
}
