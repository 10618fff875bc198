//! Whether everything stored is true: the database whole, each derived column what follows, search up to date.

use super::Counts;
use crate::access::{Actor, Read, Scope};
use crate::accounts::rows::workspace;
use crate::connection::Store;
use crate::counters;
use crate::errors::Result;
use crate::impact::rows::rollout;
use crate::search::check_terms;
use crate::transfer::highest_import;
use sea_orm::{
    AccessMode, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, IsolationLevel, QueryFilter,
    QueryOrder, Statement, TransactionTrait,
};

impl Store {
    /// Everything that is off, a sentence each, workspace by workspace. Writes nothing, and sees one moment however
    /// many others write meanwhile.
    pub async fn check(&self) -> Result<Vec<String>> {
        let mut said = Vec::new();
        let tx = self.begin_reading().await?;
        whole(&tx, &mut said).await?;
        for row in workspace::Entity::find().order_by_asc(workspace::Column::Id).all(&tx).await? {
            let scope = self.scope::<Read>(&Actor::Operator, &row.slug).await?;
            let mut here = Vec::new();
            Box::pin(scope.check_all(&tx, &mut here)).await?;
            said.extend(here.into_iter().map(|line| format!("{}: {line}", row.slug)));
        }
        index_strays(&tx, &mut said).await?;
        tx.rollback().await?;
        Ok(said)
    }

    /// A transaction that sees one moment.
    pub(super) async fn begin_reading(&self) -> std::result::Result<DatabaseTransaction, DbErr> {
        if self.read.get_database_backend() == DatabaseBackend::Sqlite {
            return self.read.begin().await;
        }
        let (isolation, access) = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
        self.read.begin_with_config(isolation, access).await
    }
}

impl Scope<Read> {
    async fn check_all(&self, tx: &DatabaseTransaction, said: &mut Vec<String>) -> Result<()> {
        let settings = self.settings_now(tx).await?;
        let mut counted = vec![
            self.check_hypotheses(tx, &settings, said).await?,
            self.check_evidence_rows(tx, said).await?,
            self.check_tests(tx, said).await?,
            self.check_learnings(tx, said).await?,
            self.check_signals(tx, said).await?,
        ];
        self.check_attachments(tx, said).await?;
        let mut rollouts = Counts::new("rollout", []);
        let here = rollout::Entity::find().filter(rollout::Column::WorkspaceId.eq(self.workspace_id));
        here.all(tx).await?.iter().for_each(|row| rollouts.add(row.number, None));
        let mut imports = Counts::new("import", []);
        imports.add(highest_import(tx, self.workspace_id).await?, None);
        self.check_imports(tx, said).await?;
        check_terms(tx, self.workspace_id, said).await?;
        let mut changes = Counts::new("site_change", []);
        self.site_changes_from(tx).await?.iter().for_each(|row| changes.add(row.number, None));
        counted.extend([rollouts, imports, changes]);
        let stored = counters::read(tx, self.workspace_id).await?;
        counted.iter().for_each(|counts| counts.compare(&stored, said));
        Ok(())
    }
}

/// SQLite looks through its pages, indexes, references and the full-text index; PostgreSQL keeps them true by itself.
async fn whole(tx: &DatabaseTransaction, said: &mut Vec<String>) -> Result<()> {
    if tx.get_database_backend() != DatabaseBackend::Sqlite {
        return Ok(());
    }
    // FTS5 looks through its index by what this connection remembers of it, and only a query makes it remember anew:
    // without one, what others wrote since would be taken for damage.
    tx.execute_unprepared("SELECT rowid FROM search_index LIMIT 1").await?;
    said.extend(super::database::faults(tx).await?.into_iter().map(|fault| format!("The database is damaged: {fault}")));
    Ok(())
}

/// Words in the index that belong to no document.
async fn index_strays(tx: &DatabaseTransaction, said: &mut Vec<String>) -> Result<()> {
    let key = if tx.get_database_backend() == DatabaseBackend::Sqlite { "rowid" } else { "id" };
    let sql = format!("SELECT COUNT(*) AS count FROM search_index WHERE {key} NOT IN (SELECT id FROM search_document)");
    let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
    let count: i64 = row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or(0);
    if count > 0 {
        said.push(format!("The search index holds {count} entries that belong to nothing."));
    }
    Ok(())
}
