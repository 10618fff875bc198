//! Taking an import back. What somebody has touched since stays, and is named.

use super::rows::{UNDONE, import, import_evidence, import_row, import_test};
use crate::access::{Contribute, Import, RunTests, Scope};
use crate::activity::{NewEvent, event};
use crate::errors::{Result, StoreError};
use crate::evidence::rows::evidence;
use crate::experiments::rows::test;
use crate::hypotheses::rows::hypothesis;
use domain::activity::{LeftAlone, Subject, Undone};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;

impl Scope<Import> {
    /// Archives the hypotheses and the evidence, and cancels the tests, that the import made and nobody has changed
    /// since: neither their version nor their record moved on.
    pub async fn undo_import(&self, number: i64) -> Result<Undone> {
        let contribute = self.with_right::<Contribute>()?;
        let tx = self.begin().await?;
        let here = import::Entity::find().filter(import::Column::WorkspaceId.eq(self.workspace_id));
        let found = here.filter(import::Column::Number.eq(number)).one(&tx).await?.ok_or(StoreError::NotFound)?;
        if found.state == UNDONE {
            return Err(StoreError::conflict(format!("Import {number} was undone already.")));
        }
        let later = self.events_after(&tx, Subject::Hypothesis, found.event_id).await?;
        let mut report = Undone::default();
        for (row, version) in imported(&tx, found.id).await? {
            let name = format!("H-{}", row.number);
            let happened = later.get(&name).map(String::as_str).or((row.version != version).then_some("edited"));
            match happened {
                Some(why) => report.left_alone.push(LeftAlone { number: name, title: row.title, why: why.to_owned() }),
                None => {
                    contribute.put_archived(&tx, row, true).await?;
                    report.undone.push(name);
                }
            }
        }
        self.undo_tests(&tx, &found, &mut report).await?;
        self.undo_evidence(&tx, &found, &mut report).await?;
        self.keep_undo(&tx, &found, &report).await?;
        tx.commit().await?;
        Ok(report)
    }

    async fn undo_tests(&self, tx: &DatabaseTransaction, found: &import::Model, report: &mut Undone) -> Result<()> {
        if found.tests == 0 {
            return Ok(());
        }
        let runs = self.with_right::<RunTests>()?;
        let later = self.events_after(tx, Subject::Test, found.event_id).await?;
        let kept = import_test::Entity::find().filter(import_test::Column::ImportId.eq(found.id));
        let ids = kept.select_only().column(import_test::Column::TestId).into_query();
        let rows = test::Entity::find().filter(test::Column::Id.in_subquery(ids)).order_by_asc(test::Column::Number).all(tx).await?;
        let reason = format!("Import {} was undone.", found.number);
        for row in rows {
            let name = format!("T-{}", row.number);
            match later.get(&name) {
                Some(why) => report.left_alone.push(LeftAlone { number: name, title: row.title, why: why.clone() }),
                None => {
                    runs.put_cancelled(tx, &row, &reason).await?;
                    report.undone.push(name);
                }
            }
        }
        Ok(())
    }

    async fn undo_evidence(&self, tx: &DatabaseTransaction, found: &import::Model, report: &mut Undone) -> Result<()> {
        if found.evidence == 0 {
            return Ok(());
        }
        let contribute = self.with_right::<Contribute>()?;
        let later = self.events_after(tx, Subject::Evidence, found.event_id).await?;
        let kept = import_evidence::Entity::find().filter(import_evidence::Column::ImportId.eq(found.id));
        let ids = kept.select_only().column(import_evidence::Column::EvidenceId).into_query();
        let rows = evidence::Entity::find().filter(evidence::Column::Id.in_subquery(ids)).order_by_asc(evidence::Column::Number);
        for row in rows.all(tx).await? {
            let name = format!("E-{}", row.number);
            match later.get(&name) {
                Some(why) => report.left_alone.push(LeftAlone { number: name, title: row.title, why: why.clone() }),
                None => {
                    contribute.put_evidence_archived(tx, row, true).await?;
                    report.undone.push(name);
                }
            }
        }
        Ok(())
    }

    async fn keep_undo(&self, tx: &DatabaseTransaction, found: &import::Model, report: &Undone) -> Result<()> {
        let changed = import::ActiveModel {
            id: Set(found.id),
            state: Set(UNDONE.to_owned()),
            undone: Set(i64::try_from(report.undone.len()).unwrap_or(i64::MAX)),
            ..import::ActiveModel::default()
        };
        import::Entity::update(changed).exec(tx).await?;
        let taken_back = if found.tests > 0 { "cancelled" } else { "archived" };
        let summary = format!("{} {taken_back}, {} left alone", report.undone.len(), report.left_alone.len());
        let name = found.number.to_string();
        let event = NewEvent::new(Subject::Import, &name, "undone", summary);
        self.record(tx, event.changes(None::<&()>, Some(report))?).await?;
        Ok(())
    }

    /// What happened last to each hypothesis, test or piece of evidence since this event. Writes to one workspace follow
    /// each other, so what came later has a larger id.
    async fn events_after(&self, tx: &DatabaseTransaction, subject: Subject, id: i64) -> Result<HashMap<String, String>> {
        let rows: Vec<(String, String)> = event::Entity::find()
            .select_only()
            .columns([event::Column::Number, event::Column::Action])
            .filter(event::Column::WorkspaceId.eq(self.workspace_id))
            .filter(event::Column::Id.gt(id))
            .filter(event::Column::Subject.eq(subject.slug()))
            .order_by_asc(event::Column::Id)
            .into_tuple()
            .all(tx)
            .await?;
        Ok(rows.into_iter().collect())
    }
}

/// The import's hypotheses with the version that it gave them, by number.
async fn imported(tx: &DatabaseTransaction, import_id: i64) -> Result<Vec<(hypothesis::Model, i64)>> {
    let kept = import_row::Entity::find().filter(import_row::Column::ImportId.eq(import_id));
    let versions: HashMap<i64, i64> = kept.clone().all(tx).await?.into_iter().map(|row| (row.hypothesis_id, row.version)).collect();
    let ids = kept.select_only().column(import_row::Column::HypothesisId).into_query();
    let rows = hypothesis::Entity::find().filter(hypothesis::Column::Id.in_subquery(ids)).order_by_asc(hypothesis::Column::Number);
    let with_version = |row: hypothesis::Model| {
        let version = versions.get(&row.id).copied().unwrap_or_default();
        (row, version)
    };
    Ok(rows.all(tx).await?.into_iter().map(with_version).collect())
}
