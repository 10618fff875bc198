//! Starting, stopping and cancelling tests, and a person's note on their data.

use super::queries::{beside, hypotheses_of};
use super::rows::{state_of, test, to_test};
use crate::access::{Contribute, RunTests, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::json;
use crate::sites::today_at;
use crate::time::{from_day, to_day, to_micros};
use domain::activity::Subject;
use domain::experiments::{DataNote, Lack, ReasonDraft, StartDraft, State, StopDraft, Test, lacks};
use domain::sites::Catalogue;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use std::collections::HashMap;

impl Scope<RunTests> {
    /// Starts a planned test: its plan is frozen, and its hypotheses are in test. What it lacks needs a reason.
    pub async fn start_test(&self, number: &str, draft: &StartDraft) -> Result<Test> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        match state_of(&row)? {
            State::Planned => {}
            State::Draft => return Err(StoreError::conflict(format!("{number} has no hypothesis. Link the one that it validates first."))),
            state => return Err(StoreError::conflict(format!("{number} is {} and cannot start.", state.name().to_lowercase()))),
        }
        let catalogue = self.catalogue_from(&tx).await?;
        let lacks = self.lacks_of(&tx, &row, &catalogue).await?;
        let (on, overrule) = draft.check(lacks, today_at(&catalogue, row.site.as_deref(), self.now()))?;
        let changed = test::ActiveModel {
            started_day: Set(to_day(on)),
            overrule: Set(overrule.as_ref().map(json::to_text).transpose()?),
            ..moved(&row, State::Running, self.now())
        };
        test::Entity::update(changed).exec(&tx).await?;
        self.count_state(&tx, &row, State::Running).await?;
        let reason = overrule.as_ref().map(|overrule| overrule.reason.clone());
        let event = NewEvent::new(Subject::Test, number, "started", format!("Started on {on}")).because(reason);
        self.record(&tx, event.changes(None::<&()>, overrule.as_ref())?).await?;
        self.put_in_test(&tx, row.id, number).await?;
        tx.commit().await?;
        self.test(number).await
    }

    /// What a start would go without today, for the page that asks for the reason.
    pub async fn start_lacks(&self, number: &str) -> Result<Vec<Lack>> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let catalogue = self.catalogue_from(&tx).await?;
        self.lacks_of(&tx, &row, &catalogue).await
    }

    async fn lacks_of(&self, tx: &DatabaseTransaction, row: &test::Model, catalogue: &Catalogue) -> Result<Vec<Lack>> {
        let test = to_test(row.clone(), &HashMap::new(), &mut beside(tx, &[row.id]).await?)?;
        let supports: Vec<u32> = hypotheses_of(tx, row.id).await?.iter().map(|row| u32::try_from(row.supports).unwrap_or(0)).collect();
        let site = test.site.as_deref().and_then(|slug| catalogue.site(slug));
        let metrics = site.map(|site| site.metrics.as_slice()).unwrap_or_default();
        Ok(lacks(test.kind, &test.plan, metrics, &supports, &test.schedule))
    }

    /// Stops a running test: it is ready to decide.
    pub async fn stop_test(&self, number: &str, draft: &StopDraft) -> Result<Test> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let state = state_of(&row)?;
        if state != State::Running {
            return Err(StoreError::conflict(format!("{number} is {}: only a running test can stop.", state.name().to_lowercase())));
        }
        let catalogue = self.catalogue_from(&tx).await?;
        let (on, reason) = draft.check(from_day(row.started_day), today_at(&catalogue, row.site.as_deref(), self.now()))?;
        let changed = test::ActiveModel {
            stopped_day: Set(Some(to_day(on))),
            stop_reason: Set(reason.clone()),
            ..moved(&row, State::Stopped, self.now())
        };
        test::Entity::update(changed).exec(&tx).await?;
        self.count_state(&tx, &row, State::Stopped).await?;
        self.record(&tx, NewEvent::new(Subject::Test, number, "stopped", format!("Stopped on {on}")).because(reason)).await?;
        tx.commit().await?;
        self.test(number).await
    }

    /// Cancels a test that is not concluded; the hypotheses that it held return to where they were.
    pub async fn cancel_test(&self, number: &str, draft: &ReasonDraft) -> Result<Test> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let state = state_of(&row)?;
        if !state.is_before_start() && !state.is_open() {
            return Err(StoreError::conflict(format!("{number} is {} already.", state.name().to_lowercase())));
        }
        let reason = draft.check("Say why the test is cancelled, so that others need not ask.")?;
        self.put_cancelled(&tx, &row, &reason).await?;
        if state.is_open() {
            self.return_from_test(&tx, row.id, number).await?;
        }
        tx.commit().await?;
        self.test(number).await
    }

    /// Cancels within a transaction that may hold more.
    pub(crate) async fn put_cancelled(&self, tx: &DatabaseTransaction, row: &test::Model, reason: &str) -> Result<()> {
        let reason = Some(reason.to_owned());
        let changed = test::ActiveModel { cancel_reason: Set(reason.clone()), ..moved(row, State::Cancelled, self.now()) };
        test::Entity::update(changed).exec(tx).await?;
        self.count_state(tx, row, State::Cancelled).await?;
        let number = format!("T-{}", row.number);
        self.record(tx, NewEvent::new(Subject::Test, &number, "cancelled", row.title.clone()).because(reason)).await?;
        Ok(())
    }
}

impl Scope<Contribute> {
    /// Keeps what a person says of the data, or takes it away where the note is empty.
    pub async fn note_on_data(&self, number: &str, draft: &DataNote) -> Result<Test> {
        let note = draft.check()?;
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let state = state_of(&row)?;
        if !state.is_open() {
            return Err(StoreError::conflict(format!(
                "{number} is {}: there are no results to note anything on.",
                state.name().to_lowercase()
            )));
        }
        let before: Option<DataNote> = row.data_note.as_deref().map(json::from_text).transpose()?;
        let changed = test::ActiveModel { data_note: Set(note.as_ref().map(json::to_text).transpose()?), ..moved(&row, state, self.now()) };
        test::Entity::update(changed).exec(&tx).await?;
        let summary = match &note {
            Some(DataNote { invalid: true, .. }) => "The data cannot be used",
            Some(_) => "A note on the data",
            None => "Took the note on the data away",
        };
        let event = NewEvent::new(Subject::Test, number, "noted", summary).because(note.as_ref().map(|note| note.note.clone()));
        self.record(&tx, event.changes(before.as_ref(), note.as_ref())?).await?;
        self.renew_computed(&tx, row.id).await?;
        tx.commit().await?;
        self.test(number).await
    }
}

/// A row's next version in this state.
pub(super) fn moved(row: &test::Model, state: State, now: chrono::DateTime<chrono::Utc>) -> test::ActiveModel {
    test::ActiveModel {
        id: Set(row.id),
        state: Set(state.slug().to_owned()),
        version: Set(row.version + 1),
        updated_at: Set(to_micros(now)),
        ..test::ActiveModel::default()
    }
}
