//! Learnings, the decisions that are their next steps, and rollouts with the inputs of their value.

use crate::columns::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        learnings(m).await?;
        decisions(m).await?;
        rollouts(m).await
    }
}

async fn learnings(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        id(),
        int("workspace_id"),
        int("number"),
        int("seniority"),
        text("sentence"),
        text_or_null("what_happened"),
        text_or_null("why"),
        text_or_null("surprise"),
        text("areas"),
        text("audiences"),
        text_or_null("lever"),
        text_or_null("site"),
        int_or_null("test_id"),
        text_or_null("test"),
        text("hypotheses"),
        text_or_null("outcome"),
        text_or_null("outcome_kind"),
        text_or_null("effect"),
        int_or_null("ended_day"),
        int_or_null("recheck_day"),
        text_or_null("evidence"),
        int_or_null("author_id"),
        int("version"),
        int("created_at"),
        int("updated_at"),
    ];
    let mut learning = table("learning", columns);
    learning.foreign_key(&mut refers("learning", "workspace_id", "workspace"));
    m.create_table(learning.foreign_key(&mut refers("learning", "test_id", "test")).take()).await?;
    m.create_index(index("learning", &["workspace_id", "number"], true)).await?;
    m.create_index(index("learning", &["workspace_id", "created_at", "seniority"], false)).await?;
    m.create_index(index("learning", &["test_id"], false)).await?;
    for (name, value) in [("learning_area", "area"), ("learning_audience", "audience")] {
        let mut list = table(name, vec![int("learning_id"), int("workspace_id"), text(value)]);
        list.primary_key(Index::create().col("learning_id").col(value));
        m.create_table(list.foreign_key(&mut refers(name, "learning_id", "learning")).take()).await?;
        m.create_index(index(name, &["workspace_id", value, "learning_id"], false)).await?;
    }
    Ok(())
}

async fn decisions(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        id(),
        int("workspace_id"),
        int("test_id"),
        int("learning_id"),
        text("kind"),
        text_or_null("variant"),
        int("devices"),
        int_or_null("on_day"),
        text_or_null("reason"),
        text_or_null("title"),
        text_or_null("made"),
    ];
    let mut decision = table("decision", columns);
    decision.foreign_key(&mut refers("decision", "test_id", "test")).foreign_key(&mut refers("decision", "learning_id", "learning"));
    m.create_table(decision).await?;
    m.create_index(index("decision", &["test_id"], false)).await?;
    m.create_index(index("decision", &["learning_id"], false)).await?;
    // Reminders of re-tests are found by their day.
    m.create_index(index("decision", &["workspace_id", "kind", "on_day"], false)).await
}

async fn rollouts(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        id(),
        int("workspace_id"),
        int("number"),
        int("seniority"),
        text("title"),
        int_or_null("hypothesis_id"),
        text_or_null("hypothesis"),
        int_or_null("test_id"),
        text_or_null("test"),
        text_or_null("site"),
        text_or_null("area"),
        text_or_null("variant"),
        int("devices"),
        int("shipped_day"),
        text_or_null("reason"),
        flag("activation"),
        text_or_null("currency"),
        text("inputs"),
        text_or_null("cost"),
        int("version"),
        int("created_at"),
        int("updated_at"),
    ];
    let mut rollout = table("rollout", columns);
    rollout.foreign_key(&mut refers("rollout", "workspace_id", "workspace"));
    rollout.foreign_key(&mut refers("rollout", "hypothesis_id", "hypothesis")).foreign_key(&mut refers("rollout", "test_id", "test"));
    m.create_table(rollout).await?;
    m.create_index(index("rollout", &["workspace_id", "number"], true)).await?;
    m.create_index(index("rollout", &["workspace_id", "shipped_day", "seniority"], false)).await?;
    m.create_index(index("rollout", &["hypothesis_id"], false)).await
}
