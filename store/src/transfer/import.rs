//! Writing an import: all rows or none.

use super::rows::{DONE, import, import_row};
use super::uploads::shown_name;
use crate::access::{Configure, Contribute, Import, Scope};
use crate::accounts::rows::member;
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::hypothesis;
use crate::scoring::Scored;
use crate::time::to_micros;
use crate::{counters, json};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::access::{Permission, Role};
use domain::accounts::Member;
use domain::activity::Subject;
use domain::errors::FieldErrors;
use domain::scoring::Shapes;
use domain::sites::Catalogue;
use domain::transfer::{ImportRow, Imported, Mapping, Preview};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use std::collections::HashMap;

/// How many small rows one statement writes.
pub(super) const BATCH: usize = 1000;

/// What all rows of an import share.
struct Work<'a> {
    contribute: Scope<Contribute>,
    catalogue: Catalogue,
    people: &'a HashMap<i64, Member>,
    shapes: Shapes,
    now: DateTime<Utc>,
}

/// What an import made, as it is kept.
#[derive(Default)]
pub(super) struct Made<'a> {
    pub format: &'static str,
    pub file_name: &'a str,
    pub summary: String,
    pub hypotheses: i64,
    pub scored: i64,
    pub tests: i64,
    pub evidence: i64,
}

/// What has been written so far.
#[derive(Default)]
struct Written {
    /// Line, id and number of each hypothesis.
    rows: Vec<(usize, i64, i64)>,
    scored: u64,
}

impl Scope<Import> {
    /// The command line in a member's name: the one given, else the first owner. Without either it stays nobody,
    /// and can import what has no scores.
    pub async fn on_behalf_of(mut self, email: Option<&str>) -> Result<Self> {
        let people = self.people().await?;
        let found = match email.map(|email| email.trim().to_lowercase()) {
            Some(email) => {
                let known = people.iter().find(|(_, member)| member.email == email).map(|(id, _)| *id);
                Some(known.ok_or_else(|| StoreError::field("as", format!("Nobody here has the e-mail address {email}.")))?)
            }
            None => self.first_owner().await?,
        };
        if let Some((id, member)) = found.and_then(|id| Some((id, people.get(&id)?))) {
            if !member.role.permits(Permission::Contribute) {
                return Err(StoreError::field("as", format!("{} is a {} and cannot import.", member.name, member.role.slug())));
            }
            self.speak_for(id, &member.name)?;
        }
        Ok(self)
    }

    async fn first_owner(&self) -> Result<Option<i64>> {
        let here = member::Entity::find().filter(member::Column::WorkspaceId.eq(self.workspace_id));
        let owners = here.filter(member::Column::Role.eq(Role::Owner.slug()));
        let first = owners.order_by_asc(member::Column::CreatedAt).order_by_asc(member::Column::PersonId).one(&self.store.read).await?;
        Ok(first.map(|row| row.person_id))
    }

    /// Writes all rows of a preview in one transaction, or nothing. Refused while the preview has errors.
    pub async fn import_backlog(&self, file_name: &str, preview: &Preview) -> Result<Imported> {
        preview.accept()?;
        let people = self.people().await?;
        let tx = self.begin().await?;
        let new_site = self.add_first_site(&tx).await?;
        let work = Work {
            contribute: self.with_right()?,
            catalogue: self.catalogue_from(&tx).await?,
            people: &people,
            shapes: self.settings_now(&tx).await?.shapes(),
            now: self.now(),
        };
        let written = work.write_all(&tx, &preview.rows).await?;
        let count = i64::try_from(written.rows.len()).unwrap_or(i64::MAX);
        let file_name = shown_name(file_name);
        let summary = format!("{count} {} from {file_name}", if count == 1 { "hypothesis" } else { "hypotheses" });
        let scored = i64::try_from(written.scored).unwrap_or(i64::MAX);
        let made = Made { format: "csv", file_name: &file_name, summary, hypotheses: count, scored, ..Made::default() };
        let (number, import_id) = self.keep_import(&tx, made, &preview.mapping, Some(&preview.mapping)).await?;
        self.keep_rows(&tx, import_id, &written.rows).await?;
        tx.commit().await?;
        Ok(Imported {
            number,
            hypotheses: written.rows.iter().map(|(_, _, number)| format!("H-{number}")).collect(),
            scored: written.scored,
            scored_by: self.person_name().filter(|_| written.scored > 0).map(str::to_owned),
            new_site,
        })
    }

    /// Areas, metrics and levers belong to a site: a workspace without one gets it before the rows.
    pub(super) async fn add_first_site(&self, tx: &DatabaseTransaction) -> Result<Option<String>> {
        let (_, new) = self.catalogue_to_be(tx).await?;
        let Some(new) = new else { return Ok(None) };
        self.with_right::<Configure>()?.insert_site(tx, &new).await?;
        Ok(Some(new.name))
    }

    /// Keeps that there was an import, behind the event that ends it; answers its number and its id. `read_as` says
    /// how the file was read, for the record.
    pub(super) async fn keep_import(
        &self,
        tx: &DatabaseTransaction,
        made: Made<'_>,
        mapping: &Mapping,
        read_as: Option<&impl Serialize>,
    ) -> Result<(i64, i64)> {
        let number = counters::add(tx, self.workspace_id, "import", 1).await?;
        let name = number.to_string();
        let event = NewEvent::new(Subject::Import, &name, "imported", made.summary);
        let event_id = self.record(tx, event.changes(None::<&()>, read_as)?).await?;
        let row = import::ActiveModel {
            workspace_id: Set(self.workspace_id),
            number: Set(number),
            format: Set(made.format.to_owned()),
            file_name: Set(made.file_name.to_owned()),
            mapping: Set(json::to_text(mapping)?),
            person_id: Set(self.person_id),
            hypotheses: Set(made.hypotheses),
            scored: Set(made.scored),
            state: Set(DONE.to_owned()),
            undone: Set(0),
            event_id: Set(event_id),
            created_at: Set(to_micros(self.now())),
            tests: Set(made.tests),
            evidence: Set(made.evidence),
            ..import::ActiveModel::default()
        };
        Ok((number, import::Entity::insert(row).exec(tx).await?.last_insert_id))
    }

    /// Keeps the version that each hypothesis has now, so that an undo knows what was changed since.
    async fn keep_rows(&self, tx: &DatabaseTransaction, import_id: i64, rows: &[(usize, i64, i64)]) -> Result<()> {
        for batch in rows.chunks(BATCH) {
            let ids = batch.iter().map(|(_, id, _)| *id);
            let versions: Vec<(i64, i64)> = hypothesis::Entity::find()
                .select_only()
                .columns([hypothesis::Column::Id, hypothesis::Column::Version])
                .filter(hypothesis::Column::Id.is_in(ids))
                .into_tuple()
                .all(tx)
                .await?;
            let versions: HashMap<i64, i64> = versions.into_iter().collect();
            let kept = batch.iter().map(|(line, id, _)| import_row::ActiveModel {
                import_id: Set(import_id),
                hypothesis_id: Set(*id),
                line: Set(i64::try_from(*line).unwrap_or(i64::MAX)),
                version: Set(versions.get(id).copied().unwrap_or(1)),
            });
            import_row::Entity::insert_many(kept).exec_without_returning(tx).await?;
        }
        Ok(())
    }
}

impl Work<'_> {
    /// Writes every row; refusals are gathered, so that all are said at once.
    async fn write_all(mut self, tx: &DatabaseTransaction, rows: &[ImportRow]) -> Result<Written> {
        let mut written = Written::default();
        let mut refused = FieldErrors::default();
        for row in rows {
            match self.write(tx, row, &mut written).await {
                Err(StoreError::Invalid(errors)) => {
                    for error in errors.0 {
                        refused.add("file", format!("Line {}: {}", row.line, error.message));
                    }
                }
                other => other?,
            }
        }
        Ok(refused.into_result(written)?)
    }

    /// The idea as of its own day; score and stage as of now, since the file does not say when they were given.
    async fn write(&mut self, tx: &DatabaseTransaction, row: &ImportRow, written: &mut Written) -> Result<()> {
        self.contribute.set_time(row.created.map_or(self.now, |day| noon(day).min(self.now)));
        let (id, number) = self.contribute.insert_known(tx, &row.draft, &self.catalogue, self.people).await?;
        self.contribute.set_time(self.now);
        written.rows.push((row.line, id, number));
        let name = format!("H-{number}");
        if let Some(score) = &row.score {
            let person = self.contribute.person_id.ok_or_else(|| {
                StoreError::conflict("The file has scores, and the workspace has no owner whose they could be. Name a member with --as.")
            })?;
            let scored = Scored { id, number: &name, site: row.draft.site.as_deref().map(str::trim), person_id: person };
            self.contribute.put_score(tx, &scored, score, &self.shapes).await?;
            written.scored += 1;
        }
        if let Some(wanted) = &row.stage {
            self.contribute.move_within(tx, &name, wanted).await?;
        }
        Ok(())
    }
}

/// A day without a time stands for its middle, so that it is the same day in most time zones.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()).and_utc()
}
