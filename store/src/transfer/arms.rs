//! Importing tests from files with one row per arm: each arrives stopped, with its results and its computed outcome, and
//! waits for its learning. Other imports are other files' work.

use super::import::Made;
use super::queries::elsewhere;
use super::rows::import_test;
use crate::access::{Import, RunTests, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::experiments::operations::document;
use crate::experiments::queries::state_counter;
use crate::experiments::rows::{said, test, test_snapshot};
use crate::time::to_micros;
use crate::{counters, json};
use domain::activity::Subject;
use domain::experiments::{Content, Origin, Schedule, State};
use domain::sites::{Catalogue, Metric, MetricKind};
use domain::transfer::{ArmsPreview, ArmsTarget, ComputedTest, ImportedTests, Mapping, arms_preview};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashSet;

/// What conversions are called where nobody says otherwise.
const USUAL_METRIC: &str = "conversion-rate";

impl Scope<Import> {
    /// What an import of this file's tests would do here. Without a site the first is meant, without a metric its
    /// conversion rate.
    pub async fn preview_arms(&self, bytes: Vec<u8>, target: &ArmsTarget) -> Result<ArmsPreview> {
        let (site, metric) = aim(&self.import_catalogue().await?, target)?;
        let now = self.now();
        elsewhere(move || arms_preview(&bytes, &site, &metric, now)).await
    }

    /// How many of these tests were imported before, by their ids in the file.
    pub async fn known_arms(&self, preview: &ArmsPreview) -> Result<usize> {
        let rows: Vec<Option<String>> = test::Entity::find()
            .select_only()
            .column(test::Column::Origin)
            .filter(test::Column::WorkspaceId.eq(self.workspace_id))
            .filter(test::Column::Imported.eq(true))
            .filter(test::Column::State.ne(State::Cancelled.slug()))
            .into_tuple()
            .all(&self.store.read)
            .await?;
        let origins: Vec<Origin> = rows.iter().flatten().map(|text| json::from_text(text)).collect::<Result<_>>()?;
        let known: HashSet<&str> = origins.iter().map(|origin| origin.id.as_str()).collect();
        Ok(preview.tests.iter().filter(|test| known.contains(test.origin.id.as_str())).count())
    }

    /// Writes all tests of a preview in one transaction, or none.
    pub async fn import_arms(&self, file_name: &str, preview: &ArmsPreview) -> Result<ImportedTests> {
        if preview.tests.is_empty() {
            return Err(StoreError::field("file", "The file has no row to import."));
        }
        let tx = self.begin().await?;
        let new_site = self.add_first_site(&tx).await?;
        let (site, metric) = aim(&self.catalogue_from(&tx).await?, &preview.target)?;
        if (site.as_str(), metric.slug.as_str()) != (preview.target.site.as_str(), preview.target.metric.as_str()) {
            return Err(StoreError::conflict("The sites changed meanwhile. Look at the preview again."));
        }
        let runs = self.with_right::<RunTests>()?;
        let count = i64::try_from(preview.tests.len()).unwrap_or(i64::MAX);
        let last = counters::add(&tx, self.workspace_id, "test", count).await?;
        let file_name = super::uploads::shown_name(file_name);
        let mut made = Vec::with_capacity(preview.tests.len());
        for (number, one) in (last - count + 1..).zip(&preview.tests) {
            made.push((one.line, runs.insert_imported(&tx, number, &file_name, &site, one).await?));
        }
        counters::add(&tx, self.workspace_id, &state_counter(true, State::Stopped), count).await?;
        let summary = format!("{count} {} from {file_name}", if count == 1 { "test" } else { "tests" });
        let target = Some(&preview.target);
        let entry = Made { format: "arms", file_name: &file_name, summary, tests: count, ..Made::default() };
        let (number, import_id) = self.keep_import(&tx, entry, &Mapping::default(), target).await?;
        for batch in made.chunks(super::import::BATCH) {
            let rows = batch.iter().map(|(line, id)| import_test::ActiveModel {
                import_id: Set(import_id),
                test_id: Set(*id),
                line: Set(i64::try_from(*line).unwrap_or(i64::MAX)),
                version: Set(1),
            });
            import_test::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        }
        tx.commit().await?;
        Ok(ImportedTests {
            number,
            numbers: (last - count + 1..=last).map(|number| format!("T-{number}")).collect(),
            arms: preview.tests.iter().map(|test| test.plan.variants.len() as u64).sum(),
            new_site,
        })
    }
}

impl Scope<RunTests> {
    /// One test with its results; answers its id.
    async fn insert_imported(&self, tx: &DatabaseTransaction, number: i64, file_name: &str, site: &str, one: &ComputedTest) -> Result<i64> {
        let content = Content {
            title: one.title.clone(),
            kind: one.kind,
            hypotheses: Vec::new(),
            site: site.to_owned(),
            area: None,
            audience: None,
            owner: None,
            plan: one.plan.clone(),
        };
        let origin = Origin { file_name: file_name.to_owned(), ..one.origin.clone() };
        let outcome = Some(one.outcome.slug().to_owned());
        let row = test::ActiveModel {
            imported: Set(true),
            counts: Set(false),
            origin: Set(Some(json::to_text(&origin)?)),
            outcome: Set(outcome.clone()),
            outcome_kind: Set(one.outcome_kind.map(|kind| kind.slug().to_owned())),
            suggested: Set(outcome),
            ..self.fresh(said(&content, &Schedule::default(), None)?, number, State::Stopped)
        };
        let id = test::Entity::insert(row).exec(tx).await?.last_insert_id;
        let now = to_micros(self.now());
        let snapshot = test_snapshot::ActiveModel {
            workspace_id: Set(self.workspace_id),
            test_id: Set(id),
            as_of: Set(to_micros(one.snapshot.as_of)),
            body: Set(json::to_text(&one.snapshot)?),
            person_id: Set(self.person_id),
            posted_at: Set(now),
            voided_reason: Set(None),
            ..test_snapshot::ActiveModel::default()
        };
        test_snapshot::Entity::insert(snapshot).exec(tx).await?;
        self.index(tx, &document(number, &content)).await?;
        let summary = format!("{}, computed: {}", one.title, one.outcome.name().to_lowercase());
        self.record(tx, NewEvent::new(Subject::Test, &format!("T-{number}"), "imported", summary)).await?;
        Ok(id)
    }
}

/// The site and the metric that the counts belong to.
fn aim(catalogue: &Catalogue, target: &ArmsTarget) -> Result<(String, Metric)> {
    let named = target.site.trim();
    let site = if named.is_empty() { catalogue.sites.first() } else { catalogue.site(named) };
    let site = site.ok_or_else(|| StoreError::field("site", format!("There is no site “{named}”.")))?;
    let wanted = target.metric.trim();
    let shares = || site.metrics.iter().filter(|metric| metric.kind == MetricKind::Proportion);
    let metric = if wanted.is_empty() { site.metric(USUAL_METRIC).or_else(|| shares().next()) } else { site.metric(wanted) };
    let metric = metric.ok_or_else(|| StoreError::field("metric", format!("There is no metric “{wanted}” on this site.")))?;
    Ok((site.site.slug.clone(), metric.clone()))
}
