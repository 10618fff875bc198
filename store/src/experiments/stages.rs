//! What tests do to the stages of their hypotheses.

use super::queries::hypotheses_of;
use super::rows::{test, test_hypothesis};
use crate::access::{RunTests, Scope};
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use crate::hypotheses::stage_of;
use crate::impact::rows::rollout;
use domain::experiments::State;
use domain::hypotheses::Stage;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};

impl Scope<RunTests> {
    /// A test started: its hypotheses are in test, and remember where they came from.
    pub(super) async fn put_in_test(&self, tx: &DatabaseTransaction, test_id: i64, number: &str) -> Result<()> {
        for row in hypotheses_of(tx, test_id).await? {
            let stage = stage_of(&row)?;
            if stage == Stage::InTest {
                continue;
            }
            remember(tx, row.id, Some(stage)).await?;
            self.set_stage(tx, row, Stage::InTest, Some(format!("{number} started."))).await?;
        }
        Ok(())
    }

    /// A test was cancelled: hypotheses without another open test return to where they were.
    pub(super) async fn return_from_test(&self, tx: &DatabaseTransaction, test_id: i64, number: &str) -> Result<()> {
        for row in hypotheses_of(tx, test_id).await? {
            if stage_of(&row)? != Stage::InTest || has_open_test(tx, row.id, test_id).await? {
                continue;
            }
            let back = row.stage_before_test.and_then(Stage::from_place).unwrap_or(Stage::Idea);
            remember(tx, row.id, None).await?;
            self.set_stage(tx, row, back, Some(format!("{number} was cancelled."))).await?;
        }
        Ok(())
    }

    /// A learning was recorded: hypotheses without another open test are decided, or shipped where a rollout says so.
    pub(super) async fn decide_hypotheses(&self, tx: &DatabaseTransaction, test_id: i64, learning: &str) -> Result<()> {
        for row in hypotheses_of(tx, test_id).await? {
            if has_open_test(tx, row.id, test_id).await? {
                continue;
            }
            let shipped = rollout::Entity::find().filter(rollout::Column::HypothesisId.eq(row.id)).count(tx).await? > 0;
            let (to, why) = if shipped {
                (Stage::Shipped, format!("{learning} was recorded and its change shipped."))
            } else {
                (Stage::Decided, format!("{learning} was recorded."))
            };
            remember(tx, row.id, None).await?;
            if stage_of(&row)? != to {
                self.set_stage(tx, row, to, Some(why)).await?;
            }
        }
        Ok(())
    }

    /// A change was shipped apart from a conclusion: its hypothesis is shipped unless a test of it is open.
    pub(crate) async fn ship_hypothesis(&self, tx: &DatabaseTransaction, row: hypothesis::Model, rollout: &str) -> Result<()> {
        if stage_of(&row)? == Stage::Shipped || has_open_test(tx, row.id, 0).await? {
            return Ok(());
        }
        self.set_stage(tx, row, Stage::Shipped, Some(format!("{rollout} was recorded."))).await
    }
}

/// Keeps, or forgets, the stage to return to.
async fn remember(tx: &DatabaseTransaction, id: i64, stage: Option<Stage>) -> Result<()> {
    let changed =
        hypothesis::ActiveModel { id: Set(id), stage_before_test: Set(stage.map(Stage::place)), ..hypothesis::ActiveModel::default() };
    hypothesis::Entity::update(changed).exec(tx).await?;
    Ok(())
}

/// Whether another test of the hypothesis is running or awaits its decision.
async fn has_open_test(tx: &DatabaseTransaction, hypothesis_id: i64, but: i64) -> Result<bool> {
    let linked = test_hypothesis::Entity::find()
        .select_only()
        .column(test_hypothesis::Column::TestId)
        .filter(test_hypothesis::Column::HypothesisId.eq(hypothesis_id));
    let open = test::Entity::find()
        .filter(test::Column::Id.in_subquery(linked.into_query()))
        .filter(test::Column::Id.ne(but))
        .filter(test::Column::State.is_in([State::Running.slug(), State::Stopped.slug()]));
    Ok(open.count(tx).await? > 0)
}
