//! Making the index anew where a migration marked it stale, since only the domain knows how words are read.

use super::{Document, run};
use crate::access::{Actor, Read, Scope};
use crate::connection::Store;
use crate::errors::Result;
use domain::search::Kind;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};

/// So many documents are made anew in one transaction.
const TOGETHER: u64 = 500;

/// Makes every stale document anew. One that is interrupted goes on where it stopped.
pub(crate) async fn renew(store: &Store) -> Result<()> {
    let backend = store.read.get_database_backend();
    let sql = "SELECT DISTINCT w.slug AS slug FROM search_document d JOIN workspace w ON w.id = d.workspace_id WHERE d.stale";
    for row in store.read.query_all_raw(Statement::from_string(backend, sql)).await? {
        let slug: String = row.try_get("", "slug")?;
        let scope = store.scope::<Read>(&Actor::Operator, &slug).await?;
        tracing::info!(workspace = slug, "making the search index anew");
        for kind in Kind::ALL {
            while scope.renew_some(kind).await? {}
        }
    }
    Ok(())
}

impl Scope<Read> {
    /// Renews some documents of a kind; whether there were any.
    async fn renew_some(&self, kind: Kind) -> Result<bool> {
        let tx = self.begin().await?;
        let sql = "SELECT number FROM search_document WHERE workspace_id = $1 AND kind = $2 AND stale ORDER BY number LIMIT $3";
        let values = [self.workspace_id.into(), kind.slug().into(), TOGETHER.into()];
        let rows = tx.query_all_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
        let numbers = rows.iter().map(|row| Ok(row.try_get::<i64>("", "number")?)).collect::<Result<Vec<_>>>()?;
        if numbers.is_empty() {
            return Ok(false);
        }
        for document in self.documents(&tx, kind, &numbers).await? {
            self.index(&tx, &document).await?;
        }
        // What belongs to nothing is for the check to say, not to be asked for again and again.
        let list = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let done = format!("UPDATE search_document SET stale = false WHERE workspace_id = $1 AND kind = $2 AND number IN ({list})");
        run(&tx, &done, [self.workspace_id.into(), kind.slug().into()]).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn documents(&self, tx: &DatabaseTransaction, kind: Kind, numbers: &[i64]) -> Result<Vec<Document>> {
        match kind {
            Kind::Hypothesis => self.hypothesis_documents(tx, numbers).await,
            Kind::Evidence => self.evidence_documents(tx, numbers).await,
            Kind::Test => self.test_documents(tx, numbers).await,
            Kind::Learning => self.learning_documents(tx, numbers).await,
        }
    }
}
