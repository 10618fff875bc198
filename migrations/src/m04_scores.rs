//! Scores: every one is kept; `current` marks each member's latest.

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
            int("hypothesis_id"),
            int("person_id"),
            int("impact"),
            int("confidence"),
            int("ease"),
            text_or_null("reason"),
            number_or_null("lift_low"),
            number_or_null("lift_high"),
            flag("current"),
            int("at"),
        ];
        let mut score = table("score", columns);
        score.foreign_key(&mut refers("score", "hypothesis_id", "hypothesis")).foreign_key(&mut refers("score", "person_id", "person"));
        m.create_table(score).await?;
        m.create_index(index("score", &["hypothesis_id", "current", "person_id"], false)).await?;
        m.create_index(index("score", &["workspace_id", "person_id", "current", "hypothesis_id"], false)).await
    }
}
