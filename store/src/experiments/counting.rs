//! The outcome of an imported test, which follows from its data until it is concluded, and whether the test counts in the
//! win rate and may be shipped for impact.

use super::lifecycle::moved;
use super::rows::{state_of, test};
use crate::access::{Right, RunTests, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::impact::rows::rollout;
use domain::activity::Subject;
use domain::experiments::{State, Test};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

impl<R: Right> Scope<R> {
    /// Keeps the computed outcome true after a change of results, of the note on them or of the plan. The team's own
    /// tests have none, and a concluded one keeps what was recorded.
    pub(super) async fn renew_computed(&self, tx: &DatabaseTransaction, id: i64) -> Result<()> {
        let row = test::Entity::find_by_id(id).one(tx).await?.ok_or(StoreError::NotFound)?;
        if !row.imported || state_of(&row)? != State::Stopped {
            return Ok(());
        }
        let suggestion = self.read_test(tx, row).await?.analysis.suggestion;
        let outcome = suggestion.as_ref().map(|found| found.outcome.slug().to_owned());
        let changed = test::ActiveModel {
            id: Set(id),
            outcome: Set(outcome.clone()),
            outcome_kind: Set(suggestion.and_then(|found| found.kind).map(|kind| kind.slug().to_owned())),
            suggested: Set(outcome),
            ..test::ActiveModel::default()
        };
        test::Entity::update(changed).exec(tx).await?;
        Ok(())
    }
}

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
