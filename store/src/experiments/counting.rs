//! Whether an imported test counts in the win rate and may be shipped for impact.

use super::lifecycle::moved;
use super::rows::{state_of, test};
use crate::access::{RunTests, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::impact::rows::rollout;
use domain::activity::Subject;
use domain::experiments::{State, Test};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

impl Scope<RunTests> {
    /// Lets an imported test count, or leaves it out again while nothing of it is shipped. The team's own always count.
    pub async fn count_test(&self, number: &str, counts: bool) -> Result<Test> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let state = state_of(&row)?;
        if !row.imported {
            return Err(StoreError::conflict(format!("{number} is the team’s own test: it always counts.")));
        }
        if state == State::Cancelled {
            return Err(StoreError::conflict(format!("{number} is cancelled and cannot count.")));
        }
        let shipped = rollout::Entity::find().filter(rollout::Column::TestId.eq(row.id)).count(&tx).await?;
        if !counts && shipped > 0 {
            return Err(StoreError::conflict(format!("A rollout rests on {number}: it counts as long as that stands.")));
        }
        if row.counts != counts {
            let changed = test::ActiveModel { counts: Set(counts), ..moved(&row, state, self.now()) };
            test::Entity::update(changed).exec(&tx).await?;
            let (action, summary) = if counts { ("counted", "It counts from now on") } else { ("left out", "It no longer counts") };
            self.record(&tx, NewEvent::new(Subject::Test, number, action, summary)).await?;
        }
        tx.commit().await?;
        self.test(number).await
    }
}
