//! Results: posting dated totals, voiding wrong ones, looking early, and reading what they say.

use super::queries::beside;
use super::rows::{state_of, test, test_look, test_snapshot, to_posted, to_test};
use crate::access::{Contribute, Right, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::json;
use crate::time::to_micros;
use domain::activity::Subject;
use domain::experiments::{Analysis, Facts, Frame, PostedResults, ReasonDraft, Snapshot, SnapshotDraft, State, Test, analysis};
use domain::sites::{Catalogue, Metric};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// The newest results of a test that are listed.
const LISTED: u64 = 500;

/// A test with its last results and what they say.
pub(super) struct Reading {
    pub test: Test,
    pub snapshot: Option<Snapshot>,
    pub analysis: Analysis,
    snapshot_id: Option<i64>,
}

impl Scope<Contribute> {
    /// Keeps totals since the start as a dated snapshot; earlier ones stay.
    pub async fn post_results(&self, number: &str, draft: &SnapshotDraft) -> Result<PostedResults> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let state = state_of(&row)?;
        if !state.is_open() {
            let message =
                format!("{number} is {}: results belong to a test that has started and is not concluded.", state.name().to_lowercase());
            return Err(StoreError::conflict(message));
        }
        let test = to_test(row.clone(), &HashMap::new(), &mut Default::default())?;
        if !test.kind.has_numbers() {
            return Err(StoreError::conflict(format!("{} has no numbers: its outcome is chosen by people.", test.kind.name())));
        }
        let catalogue = self.catalogue_from(&tx).await?;
        let frame = Frame { plan: &test.plan, metrics: metrics_of(&catalogue, &test), started_on: test.started_on, now: self.now() };
        let snapshot = draft.check(frame)?;
        let new = test_snapshot::ActiveModel {
            workspace_id: Set(self.workspace_id),
            test_id: Set(row.id),
            as_of: Set(to_micros(snapshot.as_of)),
            body: Set(json::to_text(&snapshot)?),
            person_id: Set(self.person_id),
            posted_at: Set(to_micros(self.now())),
            voided_reason: Set(None),
            ..test_snapshot::ActiveModel::default()
        };
        let id = test_snapshot::Entity::insert(new).exec(&tx).await?.last_insert_id;
        let summary = format!("Results as of {}", snapshot.as_of.format("%-d %b %Y, %H:%M UTC"));
        self.record(&tx, NewEvent::new(Subject::Test, number, "measured", summary).changes(None::<&()>, Some(&id))?).await?;
        self.renew_computed(&tx, row.id).await?;
        tx.commit().await?;
        self.posted(row.id, id).await
    }

    /// Takes wrong results out of the analysis; they stay listed with the reason.
    pub async fn void_results(&self, number: &str, id: i64, draft: &ReasonDraft) -> Result<PostedResults> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let here = test_snapshot::Column::TestId.eq(row.id);
        let found = test_snapshot::Entity::find_by_id(id).filter(here).one(&tx).await?.ok_or(StoreError::NotFound)?;
        let state = state_of(&row)?;
        if !state.is_open() || found.voided_reason.is_some() {
            return Err(StoreError::conflict("These results are voided already, or their test is concluded."));
        }
        let reason = draft.check("Say what is wrong with these results.")?;
        let change = test_snapshot::Entity::update_many().col_expr(test_snapshot::Column::VoidedReason, Expr::val(reason.clone()));
        change.filter(test_snapshot::Column::Id.eq(id)).exec(&tx).await?;
        let summary = format!("Voided results as of {}", crate::time::from_micros(found.as_of).format("%-d %b %Y, %H:%M UTC"));
        let event = NewEvent::new(Subject::Test, number, "voided", summary).because(Some(reason));
        self.record(&tx, event.changes(Some(&id), None::<&()>)?).await?;
        self.renew_computed(&tx, row.id).await?;
        tx.commit().await?;
        self.posted(row.id, id).await
    }

    /// Looks at the last results before the plan is reached: logged, once for each person and snapshot. Where there is
    /// nothing to hide there is nothing to log.
    pub async fn look_at_test(&self, number: &str) -> Result<Analysis> {
        let tx = self.begin().await?;
        let row = self.test_row(&tx, number).await?;
        let reading = self.read_test(&tx, row.clone()).await?;
        if let Some(snapshot) = reading.snapshot_id.filter(|_| reading.analysis.progress.short_of_plan) {
            let mine = match self.person_id {
                Some(person) => test_look::Column::PersonId.eq(person),
                None => test_look::Column::PersonId.is_null(),
            };
            let before = test_look::Entity::find().filter(test_look::Column::SnapshotId.eq(snapshot)).filter(mine).count(&tx).await?;
            if before == 0 {
                let look = test_look::ActiveModel {
                    workspace_id: Set(self.workspace_id),
                    test_id: Set(row.id),
                    snapshot_id: Set(snapshot),
                    person_id: Set(self.person_id),
                    at: Set(to_micros(self.now())),
                    ..test_look::ActiveModel::default()
                };
                test_look::Entity::insert(look).exec(&tx).await?;
                let visitors = reading.analysis.progress.visitors.unwrap_or(0);
                let event = NewEvent::new(Subject::Test, number, "looked", format!("Looked early, at {visitors} visitors"));
                self.record(&tx, event).await?;
            }
        }
        tx.commit().await?;
        self.analysis(number).await
    }
}

impl<R: Right> Scope<R> {
    /// All results of a test, the newest first, voided ones included.
    pub async fn results(&self, number: &str) -> Result<Vec<PostedResults>> {
        let row = self.test_row(&self.store.read, number).await?;
        let rows = test_snapshot::Entity::find().filter(test_snapshot::Column::TestId.eq(row.id));
        let rows = rows.order_by_desc(test_snapshot::Column::AsOf).order_by_desc(test_snapshot::Column::Id);
        let rows = rows.limit(LISTED).all(&self.store.read).await?;
        let names = self.names(rows.iter().filter_map(|row| row.person_id)).await?;
        rows.into_iter().map(|row| to_posted(row, &names)).collect()
    }

    /// What the last results say.
    pub async fn analysis(&self, number: &str) -> Result<Analysis> {
        let row = self.test_row(&self.store.read, number).await?;
        Ok(self.read_test(&self.store.read, row).await?.analysis)
    }

    async fn posted(&self, test_id: i64, id: i64) -> Result<PostedResults> {
        let here = test_snapshot::Column::TestId.eq(test_id);
        let row = test_snapshot::Entity::find_by_id(id).filter(here).one(&self.store.read).await?.ok_or(StoreError::NotFound)?;
        let names = self.names(row.person_id.into_iter()).await?;
        to_posted(row, &names)
    }

    /// A test with its last results that are not voided, read against its plan.
    pub(super) async fn read_test(&self, db: &impl ConnectionTrait, row: test::Model) -> Result<Reading> {
        let id = row.id;
        let test = to_test(row, &HashMap::new(), &mut beside(db, &[id]).await?)?;
        let of_test = test_snapshot::Entity::find().filter(test_snapshot::Column::TestId.eq(id));
        let kept = of_test.filter(test_snapshot::Column::VoidedReason.is_null());
        let last = kept.order_by_desc(test_snapshot::Column::AsOf).order_by_desc(test_snapshot::Column::Id).one(db).await?;
        let snapshot: Option<Snapshot> = last.as_ref().map(|row| json::from_text(&row.body)).transpose()?;
        let snapshot_id = last.map(|row| row.id);
        let looks = test_look::Entity::find().filter(test_look::Column::TestId.eq(id)).count(db).await?;
        let looked = match snapshot_id {
            Some(snapshot) => test_look::Entity::find().filter(test_look::Column::SnapshotId.eq(snapshot)).count(db).await? > 0,
            None => false,
        };
        let catalogue = self.catalogue_from(db).await?;
        let facts = Facts {
            kind: test.kind,
            state: test.state,
            started_on: test.started_on,
            stopped_on: test.stopped_on,
            schedule: &test.schedule,
            weeks_alone: test.weeks_alone(),
            planned: !test.imported,
            metrics: metrics_of(&catalogue, &test),
            looks: u32::try_from(looks).unwrap_or(u32::MAX),
            looked,
            data_note: test.data_note.as_ref(),
        };
        let analysis = analysis(&test.plan, &facts, snapshot.as_ref(), self.now());
        Ok(Reading { test, snapshot, analysis, snapshot_id })
    }
}

/// The metrics of a test's site.
pub(super) fn metrics_of<'a>(catalogue: &'a Catalogue, test: &Test) -> &'a [Metric] {
    test.site.as_deref().and_then(|slug| catalogue.site(slug)).map(|site| site.metrics.as_slice()).unwrap_or_default()
}

/// Whether a test in this state may be concluded.
pub(super) fn may_conclude(number: &str, state: State) -> Result<()> {
    match state {
        State::Stopped => Ok(()),
        State::Running => Err(StoreError::conflict(format!("{number} is running. Stop it first."))),
        state => Err(StoreError::conflict(format!("{number} is {} and cannot be concluded.", state.name().to_lowercase()))),
    }
}
