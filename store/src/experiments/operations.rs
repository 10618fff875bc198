//! Planning tests: making and editing them. Once started, an edit is an amendment with a reason.

use super::queries::{beside, hypotheses_of, state_counter};
use super::rows::{said, state_of, test, test_hypothesis, to_test};
use crate::access::{Right, RunTests, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::search::Document;
use crate::time::to_micros;
use domain::accounts::Member;
use domain::activity::Subject;
use domain::experiments::{Content, Plan, Schedule, State, Test, TestDraft, schedule};
use domain::search::Kind;
use domain::sites::Catalogue;
use domain::text;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::HashMap;

impl Scope<RunTests> {
    /// Plans a test. Evidence, guard-rails and power are asked for at its start, not here.
    pub async fn create_test(&self, draft: &TestDraft) -> Result<Test> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let number = self.insert_test(&tx, draft, &people, None).await?;
        tx.commit().await?;
        self.test(&format!("T-{number}")).await
    }

    /// Checks and inserts within a transaction that may hold more; answers the number.
    pub(crate) async fn insert_test(
        &self,
        tx: &DatabaseTransaction,
        draft: &TestDraft,
        people: &HashMap<i64, Member>,
        re_run_of: Option<String>,
    ) -> Result<i64> {
        let (content, schedule) = self.check_test(tx, draft, people).await?;
        let number = counters::add(tx, self.workspace_id, "test", 1).await?;
        let state = state_before_start(&content);
        let mut row = said(&content, &schedule, owner_id(&content, people))?;
        row.re_run_of = Set(re_run_of);
        let id = test::Entity::insert(self.fresh(row, number, state)).exec(tx).await?.last_insert_id;
        self.put_test_hypotheses(tx, id, &content.hypotheses).await?;
        counters::add(tx, self.workspace_id, &state_counter(false, state), 1).await?;
        self.index(tx, &document(number, &content)).await?;
        let name = format!("T-{number}");
        let event = NewEvent::new(Subject::Test, &name, "created", content.title.clone()).changes(None::<&()>, Some(draft))?;
        self.record(tx, event).await?;
        Ok(number)
    }

    /// A new row with what everybody's test begins with.
    pub(crate) fn fresh(&self, row: test::ActiveModel, number: i64, state: State) -> test::ActiveModel {
        let now = to_micros(self.now());
        test::ActiveModel {
            workspace_id: Set(self.workspace_id),
            number: Set(number),
            seniority: Set(-number),
            imported: Set(false),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            state: Set(state.slug().to_owned()),
            started_day: Set(-1),
            amendments: Set(0),
            counts: Set(true),
            ..row
        }
    }

    /// Replaces what a test says; `version` is the one that was read. After the start `reason` is required, and what
    /// changed stays in the history.
    pub async fn edit_test(&self, number: &str, draft: &TestDraft, version: Option<i64>, reason: Option<&str>) -> Result<Test> {
        let people = self.people().await?;
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let state = state_of(&row)?;
        if !state.is_before_start() && !state.is_open() {
            return Err(StoreError::conflict(format!("{number} is {}: its plan stays as it was.", state.name().to_lowercase())));
        }
        let reason = reason.map(text::many_lines).filter(|reason| !reason.is_empty());
        if state.is_open() && reason.is_none() {
            return Err(StoreError::field("reason", "The test has started: say why its plan changes. The difference stays visible."));
        }
        let (content, schedule) = self.check_test(&tx, draft, &people).await?;
        let before = TestDraft::of(&to_test(row.clone(), &people, &mut beside(&tx, &[row.id]).await?)?);
        if state.is_open() && before.hypotheses != content.hypotheses {
            return Err(StoreError::field("hypotheses", "The hypotheses of a test that has started stay."));
        }
        let now_in = if state.is_open() { state } else { state_before_start(&content) };
        let mut changed = said(&content, &schedule, owner_id(&content, &people))?;
        changed.id = Set(row.id);
        changed.state = Set(now_in.slug().to_owned());
        changed.amendments = Set(row.amendments + i64::from(state.is_open()));
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        test::Entity::update(changed).exec(&tx).await?;
        self.put_test_hypotheses(&tx, row.id, &content.hypotheses).await?;
        self.count_state(&tx, &row, now_in).await?;
        self.index(&tx, &document(row.number, &content)).await?;
        let action = if state.is_open() { "amended" } else { "edited" };
        let event = NewEvent::new(Subject::Test, number, action, content.title.clone()).because(reason);
        self.record(&tx, event.changes(Some(&before), Some(draft))?).await?;
        self.renew_computed(&tx, row.id).await?;
        tx.commit().await?;
        self.test(number).await
    }

    async fn check_test(&self, tx: &DatabaseTransaction, draft: &TestDraft, people: &HashMap<i64, Member>) -> Result<(Content, Schedule)> {
        let catalogue = self.catalogue_from(tx).await?;
        let content = draft.check(&catalogue, |email| people.values().any(|member| member.email == email))?;
        for hypothesis in &content.hypotheses {
            let found = self.hypothesis_row(tx, hypothesis).await;
            found.map_err(|_| StoreError::field("hypotheses", format!("There is no hypothesis {hypothesis}.")))?;
        }
        let schedule = schedule_of(&catalogue, &content);
        Ok((content, schedule))
    }

    async fn put_test_hypotheses(&self, tx: &DatabaseTransaction, test_id: i64, numbers: &[String]) -> Result<()> {
        let present: Vec<String> = hypotheses_of(tx, test_id).await?.iter().map(|row| format!("H-{}", row.number)).collect();
        if present == numbers {
            return Ok(());
        }
        test_hypothesis::Entity::delete_many().filter(test_hypothesis::Column::TestId.eq(test_id)).exec(tx).await?;
        for (place, number) in numbers.iter().enumerate() {
            let held = self.hypothesis_row(tx, number).await?;
            let link = test_hypothesis::ActiveModel {
                test_id: Set(test_id),
                hypothesis_id: Set(held.id),
                workspace_id: Set(self.workspace_id),
                place: Set(i64::try_from(place).unwrap_or(0)),
            };
            test_hypothesis::Entity::insert(link).exec_without_returning(tx).await?;
        }
        Ok(())
    }
}

impl<R: Right> Scope<R> {
    /// Keeps the counters of states true when a test moves.
    pub(super) async fn count_state(&self, tx: &DatabaseTransaction, row: &test::Model, to: State) -> Result<()> {
        let from = state_of(row)?;
        if from != to {
            counters::add(tx, self.workspace_id, &state_counter(row.imported, from), -1).await?;
            counters::add(tx, self.workspace_id, &state_counter(row.imported, to), 1).await?;
        }
        Ok(())
    }
}

/// The schedule of a plan at today's traffic. The catalogue holds no baselines of guard-rails, so their samples are
/// named as unknown.
pub(super) fn schedule_of(catalogue: &Catalogue, content: &Content) -> Schedule {
    let site = catalogue.site(&content.site);
    let metrics = site.map(|site| site.metrics.as_slice()).unwrap_or_default();
    let area = site.zip(content.area.as_deref()).and_then(|(site, area)| site.area(area));
    schedule(&content.plan, metrics, &[], area.and_then(|area| area.visitors.together(&content.plan.devices)))
}

fn state_before_start(content: &Content) -> State {
    if content.hypotheses.is_empty() { State::Draft } else { State::Planned }
}

fn owner_id(content: &Content, people: &HashMap<i64, Member>) -> Option<i64> {
    let email = content.owner.as_deref()?;
    people.iter().find(|(_, member)| member.email == email).map(|(id, _)| *id)
}

pub(crate) fn document(number: i64, content: &Content) -> Document {
    document_of(number, &content.title, content.area.as_deref(), &content.plan)
}

/// What search knows of a test.
pub(super) fn document_of(number: i64, title: &str, area: Option<&str>, plan: &Plan) -> Document {
    let variants = plan.variants.iter().map(|variant| variant.name.as_str());
    let change = variants.clone().collect::<Vec<_>>().join("\n");
    let body: Vec<&str> = variants.chain(area).chain(plan.primary_metric.as_deref()).collect();
    Document {
        change,
        areas: area.into_iter().map(str::to_owned).collect(),
        metric: plan.primary_metric.clone(),
        ..Document::plain(Kind::Test, number, title.to_owned(), body.join("\n"))
    }
}
