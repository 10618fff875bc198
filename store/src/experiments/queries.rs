//! Reading one test, what stands beside it, and how many wait for what.

use super::rows::{Beside, decision, test, test_hypothesis, to_decision, to_test};
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::{hypothesis, parse_number};
use domain::experiments::{State, Test, WaitingTests};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};
use std::collections::{BTreeMap, HashMap};

/// The counter of tests in a state; imported ones are counted apart.
pub(crate) fn state_counter(imported: bool, state: State) -> String {
    let kind = if imported { "imported-tests" } else { "tests" };
    format!("{kind}:{}", state.slug())
}

impl<R: Right> Scope<R> {
    /// One test, with its decisions once it is concluded.
    pub async fn test(&self, number: &str) -> Result<Test> {
        let row = self.test_row(&self.store.read, number).await?;
        let mut beside = beside(&self.store.read, &[row.id]).await?;
        to_test(row, &self.people().await?, &mut beside)
    }

    /// The row of a number in this workspace.
    pub(crate) async fn test_row(&self, db: &impl ConnectionTrait, number: &str) -> Result<test::Model> {
        let number = parse_number("T", number)?;
        let here = test::Entity::find().filter(test::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(test::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }

    /// The tests of a hypothesis, the newest first.
    pub async fn tests_of(&self, hypothesis: &str) -> Result<Vec<Test>> {
        let held = self.hypothesis_row(&self.store.read, hypothesis).await?;
        let links = test_hypothesis::Entity::find().filter(test_hypothesis::Column::HypothesisId.eq(held.id)).all(&self.store.read).await?;
        let rows = test::Entity::find().filter(test::Column::Id.is_in(links.into_iter().map(|link| link.test_id)));
        let rows = rows.order_by_desc(test::Column::Number).all(&self.store.read).await?;
        self.to_tests(rows).await
    }

    pub(super) async fn to_tests(&self, rows: Vec<test::Model>) -> Result<Vec<Test>> {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut beside = beside(&self.store.read, &ids).await?;
        let people = self.people().await?;
        rows.into_iter().map(|row| to_test(row, &people, &mut beside)).collect()
    }

    /// How many tests stand in each state: the team's own, or those that were imported.
    pub async fn test_counts(&self, imported: bool) -> Result<BTreeMap<State, u64>> {
        let counts = counters::read(&self.store.read, self.workspace_id).await?;
        let count = |state| counts.get(&state_counter(imported, state)).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
        Ok(State::ALL.into_iter().map(|state| (state, count(state))).collect())
    }

    /// How many tests wait for what, for Home.
    pub async fn waiting_tests(&self) -> Result<WaitingTests> {
        let in_states = |states: &[State]| -> Select<test::Entity> {
            let here = test::Entity::find().filter(test::Column::WorkspaceId.eq(self.workspace_id));
            here.filter(test::Column::State.is_in(states.iter().map(|state| state.slug())))
        };
        let ended = in_states(&[State::Stopped, State::Concluded]).filter(test::Column::Learning.is_null());
        let stopped = in_states(&[State::Stopped]);
        let own = test::Column::Imported.eq(false);
        let imported = self.test_counts(true).await?;
        Ok(WaitingTests {
            running: in_states(&[State::Running]).count(&self.store.read).await?,
            to_decide: stopped.filter(own.clone()).count(&self.store.read).await?,
            learnings_missing: ended.filter(own).count(&self.store.read).await?,
            imported: imported.get(&State::Stopped).copied().unwrap_or(0),
        })
    }
}

/// Hypotheses and decisions of these tests.
pub(super) async fn beside(db: &impl ConnectionTrait, tests: &[i64]) -> Result<Beside> {
    let mut beside = Beside::default();
    if tests.is_empty() {
        return Ok(beside);
    }
    let links = test_hypothesis::Entity::find().filter(test_hypothesis::Column::TestId.is_in(tests.iter().copied()));
    let links = links.order_by_asc(test_hypothesis::Column::Place).all(db).await?;
    let held = hypothesis::Entity::find().filter(hypothesis::Column::Id.is_in(links.iter().map(|link| link.hypothesis_id)));
    let numbers: HashMap<i64, i64> = held.all(db).await?.into_iter().map(|row| (row.id, row.number)).collect();
    for link in links {
        if let Some(number) = numbers.get(&link.hypothesis_id) {
            beside.hypotheses.entry(link.test_id).or_default().push(format!("H-{number}"));
        }
    }
    let rows = decision::Entity::find().filter(decision::Column::TestId.is_in(tests.iter().copied()));
    for row in rows.order_by_asc(decision::Column::Id).all(db).await? {
        beside.decisions.entry(row.test_id).or_default().push(to_decision(row)?);
    }
    Ok(beside)
}

/// The hypotheses of a test, in the order given.
pub(super) async fn hypotheses_of(db: &impl ConnectionTrait, test_id: i64) -> Result<Vec<hypothesis::Model>> {
    let links = test_hypothesis::Entity::find().filter(test_hypothesis::Column::TestId.eq(test_id));
    let links = links.order_by_asc(test_hypothesis::Column::Place).all(db).await?;
    let mut rows = Vec::with_capacity(links.len());
    for link in links {
        rows.extend(hypothesis::Entity::find_by_id(link.hypothesis_id).one(db).await?);
    }
    Ok(rows)
}
