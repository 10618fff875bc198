//! A workspace as files that other programs read: a line of JSON for each row, a file for each table. Rows are as they
//! are stored, so that nothing is lost: times are microseconds and days whole days since 1970, ids lead from file to
//! file. Attachments lie in a folder of their own, as they lie in the library. Left out are what lets people in, what is
//! kept for a while only, and search, which follows from the rest.

use super::{CHUNK, Result, UpkeepError};
use crate::access::{Own, Scope};
use crate::accounts::rows::{member, person, workspace};
use crate::activity::event;
use crate::attachments::Files;
use crate::attachments::rows::attachment;
use crate::comments::rows::comment;
use crate::evidence::rows::{evidence, evidence_link};
use crate::experiments::rows::{decision, test, test_hypothesis, test_look, test_snapshot};
use crate::hypotheses::rows::hypothesis;
use crate::impact::rows::rollout;
use crate::learnings::rows::learning;
use crate::paging::beyond;
use crate::scoring::score;
use crate::signals::rows::signal;
use crate::sites::rows::{area, audience, lever, metric, site, site_change};
use crate::transfer::rows::import;
use crate::views::rows::saved_view;
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IdenStatic, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// The format that this version writes.
const FORMAT: u32 = 1;

/// Where an export lies and how many rows each of its tables has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub folder: PathBuf,
    pub rows: BTreeMap<&'static str, u64>,
}

/// What is being written, all of one moment.
struct Export<'a> {
    tx: DatabaseTransaction,
    folder: &'a Path,
    files: &'a Files,
    rows: BTreeMap<&'static str, u64>,
}

impl Scope<Own> {
    /// Writes everything of the workspace into a folder, which must be new or empty; the manifest comes last, so that
    /// an export without one was cut short.
    pub async fn export_to(&self, folder: &Path, now: DateTime<Utc>) -> Result<Exported> {
        let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
        if occupied {
            return Err(UpkeepError::refused(format!("{} is not empty. Name another folder.", folder.display())));
        }
        std::fs::create_dir_all(folder).map_err(UpkeepError::file(folder))?;
        let mut export = Export { tx: self.store.begin_reading().await?, folder, files: &self.store.files, rows: BTreeMap::new() };
        Box::pin(export.catalogue(self.workspace_id)).await?;
        Box::pin(export.library(self.workspace_id)).await?;
        export.attachments(self.workspace_id).await?;
        let Export { tx, rows, .. } = export;
        tx.rollback().await?;
        let manifest = json!({ "format": FORMAT, "workspace": self.workspace().slug, "made_at": now, "rows": rows });
        let file = folder.join("manifest.json");
        std::fs::write(&file, format!("{manifest:#}\n")).map_err(UpkeepError::file(&file))?;
        Ok(Exported { folder: folder.to_owned(), rows })
    }
}

impl Export<'_> {
    /// The workspace, its people, and what choices are made from.
    async fn catalogue(&mut self, here: i64) -> Result<()> {
        let of_here = member::Entity::find().filter(member::Column::WorkspaceId.eq(here));
        let ids = of_here.clone().select_only().column(member::Column::PersonId).into_query();
        let sites = site::Entity::find().filter(site::Column::WorkspaceId.eq(here));
        let site_ids = sites.clone().select_only().column(site::Column::Id).into_query();
        let whole = workspace::Entity::find().filter(workspace::Column::Id.eq(here));
        self.by_id("workspace", whole, workspace::Column::Id).await?;
        let named = [person::Column::Id, person::Column::Email, person::Column::Name, person::Column::CreatedAt];
        let people = person::Entity::find().select_only().columns(named).filter(person::Column::Id.in_subquery(ids));
        self.by_id("person", people, person::Column::Id).await?;
        self.by_pair("member", of_here, [member::Column::WorkspaceId, member::Column::PersonId]).await?;
        self.by_id("site", sites, site::Column::Id).await?;
        let areas = area::Entity::find().filter(area::Column::SiteId.in_subquery(site_ids.clone()));
        self.by_id("area", areas, area::Column::Id).await?;
        let metrics = metric::Entity::find().filter(metric::Column::SiteId.in_subquery(site_ids));
        self.by_id("metric", metrics, metric::Column::Id).await?;
        let audiences = audience::Entity::find().filter(audience::Column::WorkspaceId.eq(here));
        self.by_id("audience", audiences, audience::Column::Id).await?;
        self.by_id("lever", lever::Entity::find().filter(lever::Column::WorkspaceId.eq(here)), lever::Column::Id).await
    }

    /// What people entered, and what happened to it.
    async fn library(&mut self, here: i64) -> Result<()> {
        macro_rules! tables {
            ($($table:ident),+) => {$(
                let rows = $table::Entity::find().filter($table::Column::WorkspaceId.eq(here));
                self.by_id(stringify!($table), rows, $table::Column::Id).await?;
            )+};
        }
        tables!(hypothesis, score, evidence, site_change, test, test_snapshot, test_look, learning, decision, rollout, import);
        tables!(comment, attachment, signal, saved_view, event);
        let links = evidence_link::Entity::find().filter(evidence_link::Column::WorkspaceId.eq(here));
        self.by_pair("evidence_link", links, [evidence_link::Column::HypothesisId, evidence_link::Column::EvidenceId]).await?;
        let links = test_hypothesis::Entity::find().filter(test_hypothesis::Column::WorkspaceId.eq(here));
        self.by_pair("test_hypothesis", links, [test_hypothesis::Column::TestId, test_hypothesis::Column::HypothesisId]).await
    }

    /// Copies the files of attachments, each once however often its content was attached. One that is missing is said
    /// of by a check, and stops no export.
    async fn attachments(&self, here: i64) -> Result<()> {
        use attachment::Column;
        let hashes = attachment::Entity::find().select_only().column(Column::Hash).filter(Column::WorkspaceId.eq(here)).distinct();
        for hash in hashes.into_tuple::<String>().all(&self.tx).await? {
            let Some(file) = self.files.path(&hash).ok().filter(|file| file.is_file()) else { continue };
            let (start, rest) = hash.split_at(2);
            let folder = self.folder.join("attachments").join(start);
            std::fs::create_dir_all(&folder).map_err(UpkeepError::file(&folder))?;
            std::fs::copy(&file, folder.join(rest)).map_err(UpkeepError::file(&file))?;
        }
        Ok(())
    }

    async fn by_id<E: EntityTrait>(&mut self, table: &'static str, rows: Select<E>, id: E::Column) -> Result<()> {
        self.by_key(table, rows, &[id]).await
    }

    async fn by_pair<E: EntityTrait>(&mut self, table: &'static str, rows: Select<E>, pair: [E::Column; 2]) -> Result<()> {
        self.by_key(table, rows, &pair).await
    }

    /// Writes a table in the order of its key, some rows at a time.
    async fn by_key<E: EntityTrait>(&mut self, table: &'static str, rows: Select<E>, key: &[E::Column]) -> Result<()> {
        let path = self.folder.join(format!("{table}.jsonl"));
        let mut file = BufWriter::new(File::create_new(&path).map_err(UpkeepError::file(&path))?);
        let mut next = rows.clone();
        let mut count = 0;
        loop {
            let ordered = key.iter().fold(next.limit(CHUNK), |select, column| select.order_by_asc(*column));
            let chunk: Vec<Value> = ordered.into_json().all(&self.tx).await?;
            for row in &chunk {
                writeln!(file, "{row}").map_err(UpkeepError::file(&path))?;
            }
            count += chunk.len() as u64;
            let Some(last) = chunk.last() else { break };
            let after: Vec<i64> = key.iter().map(|column| last[column.as_str()].as_i64().unwrap_or(i64::MAX)).collect();
            next = rows.clone().filter(beyond(key, &after, false));
        }
        file.flush().map_err(UpkeepError::file(&path))?;
        self.rows.insert(table, count);
        Ok(())
    }
}
