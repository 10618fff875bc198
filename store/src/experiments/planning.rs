//! What a plan needs before there is a test. Nothing is kept.

use super::rows::test;
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::sites::today_at;
use crate::time::to_day;
use domain::experiments::{PlanAnswer, PlanDraft, Slot, State, Test};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Nobody plans around more tests than this on one area.
const MOST_OTHERS: u64 = 200;

impl<R: Right> Scope<R> {
    /// Sample, days and weeks of a plan, the effect that each number of weeks can show, and the tests it runs into.
    pub async fn plan(&self, draft: &PlanDraft) -> Result<PlanAnswer> {
        let catalogue = self.catalogue().await?;
        let today = today_at(&catalogue, draft.site.as_deref(), self.now());
        let worked_out = draft.check(&catalogue, today)?;
        let others = match &worked_out.slot {
            Some(slot) => self.tests_beside(slot).await?,
            None => Vec::new(),
        };
        Ok(worked_out.answer(&others, today))
    }

    /// Planned and open tests on this area that are not over before the slot begins, the newest first.
    async fn tests_beside(&self, slot: &Slot) -> Result<Vec<Test>> {
        use test::Column;
        let may_run = Column::State.is_in([State::Planned.slug(), State::Running.slug()]);
        let stopped = Condition::all().add(Column::State.eq(State::Stopped.slug())).add(Column::StoppedDay.gte(to_day(slot.first)));
        let here = test::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
        let here = here.filter(Column::Site.eq(slot.site.as_str())).filter(Column::Area.eq(slot.area.as_str()));
        let beside = here.filter(Condition::any().add(may_run).add(stopped));
        self.to_tests(beside.order_by_desc(Column::Number).limit(MOST_OTHERS).all(&self.store.read).await?).await
    }
}
