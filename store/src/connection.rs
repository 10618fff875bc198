//! Opening a database, migrating it, and beginning a write.

use crate::attachments::Files;
use crate::errors::{Result, StoreError};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The stored library. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    /// Many readers.
    pub(crate) read: DatabaseConnection,
    /// SQLite has one writer: a pool of one queues writes without anybody seeing "locked".
    write: DatabaseConnection,
    /// Hashing passwords takes memory; this many may do so at once.
    pub(crate) hashing: Arc<tokio::sync::Semaphore>,
    /// Drawing pictures takes far more; this many are drawn at once.
    pub(crate) drawing: Arc<tokio::sync::Semaphore>,
    /// Where the bytes of attachments lie.
    pub(crate) files: Files,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DbErr),
    #[error("the database was made by a newer version of Hypotheca; this one cannot use it")]
    Newer,
    #[error("the database is of an earlier version: run `hypotheca migrate` first")]
    Older,
    #[error("there is no library there yet")]
    Nothing,
    #[error("the search index cannot be made anew: {0}")]
    Search(String),
}

impl Store {
    /// Opens the database at this address (`sqlite://path` or `postgres://…`) and brings it up to date.
    pub async fn open(url: &str) -> std::result::Result<Self, OpenError> {
        migrate(url).await?;
        let store = Self::connect(url).await?;
        crate::search::renew(&store).await.map_err(|error| OpenError::Search(error.to_string()))?;
        Ok(store)
    }

    /// Opens a library of just this version, and makes and changes none.
    pub async fn open_as_it_is(url: &str) -> std::result::Result<Self, OpenError> {
        if crate::upkeep::sqlite_file(url).is_some_and(|file| !file.is_file()) {
            return Err(OpenError::Nothing);
        }
        let connection = Database::connect(options(url, 1)).await?;
        let found = standing(&connection).await;
        connection.close().await?;
        match found? {
            Standing::Current => Self::connect(url).await,
            Standing::Behind(_) => Err(OpenError::Older),
            Standing::New => Err(OpenError::Nothing),
            Standing::Newer => Err(OpenError::Newer),
        }
    }

    async fn connect(url: &str) -> std::result::Result<Self, OpenError> {
        let sqlite = url.starts_with("sqlite:");
        let read = Database::connect(options(url, if sqlite { 4 } else { 16 })).await?;
        let write = if sqlite { Database::connect(options(url, 1)).await? } else { read.clone() };
        let turns = |count| Arc::new(tokio::sync::Semaphore::new(count));
        Ok(Self { read, write, hashing: turns(2), drawing: turns(1), files: Files::beside(url) })
    }

    /// Keeps the files of attachments in this data folder. Those of a SQLite library lie beside its database, whatever
    /// is said here.
    #[must_use]
    pub fn with_files_in(self, data: &Path) -> Self {
        let files = self.files.or_in(data);
        Self { read: self.read, write: self.write, hashing: self.hashing, drawing: self.drawing, files }
    }

    /// Ends all connections, once what they do is done.
    pub async fn close(self) {
        for pool in [self.read, self.write] {
            if let Err(error) = pool.close().await {
                tracing::warn!(%error, "a connection could not be ended");
            }
        }
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        self.read.execute_unprepared("SELECT 1").await.is_ok()
    }

    /// `sqlite` or `postgresql`, for people.
    pub fn database_name(&self) -> &'static str {
        match self.read.get_database_backend() {
            DatabaseBackend::Sqlite => "SQLite",
            _ => "PostgreSQL",
        }
    }

    /// Begins a write to a workspace. Writes to one workspace follow each other: on SQLite because there is one
    /// writer, on PostgreSQL by a lock on the workspace, since READ COMMITTED would lose an update that was
    /// computed from what was read.
    pub(crate) async fn begin(&self, workspace: i64) -> Result<DatabaseTransaction> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = self.write.begin_with_options(options).await?;
        if tx.get_database_backend() == DatabaseBackend::Postgres {
            let lock = Statement::from_sql_and_values(DatabaseBackend::Postgres, "SELECT pg_advisory_xact_lock($1)", [workspace.into()]);
            tx.query_one_raw(lock).await?;
        }
        Ok(tx)
    }
}

/// How the shape of a database stands to the one that this version knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It has none yet.
    New,
    Current,
    /// These changes are still to be made, in this order.
    Behind(Vec<String>),
    /// Changes were made that this version does not know.
    Newer,
}

/// How a database stands. Changes nothing.
pub(crate) async fn standing(db: &impl ConnectionTrait) -> std::result::Result<Standing, DbErr> {
    let backend = db.get_database_backend();
    let table = match backend {
        DatabaseBackend::Sqlite => "SELECT COUNT(*) AS count FROM sqlite_master WHERE name = 'seaql_migrations'",
        _ => "SELECT COUNT(*) AS count FROM pg_tables WHERE tablename = 'seaql_migrations' AND schemaname = ANY (current_schemas(false))",
    };
    let row = db.query_one_raw(Statement::from_string(backend, table)).await?;
    if row.map(|row| row.try_get::<i64>("", "count")).transpose()? != Some(1) {
        return Ok(Standing::New);
    }
    let rows = db.query_all_raw(Statement::from_string(backend, "SELECT version FROM seaql_migrations")).await?;
    let made = rows.iter().map(|row| row.try_get::<String>("", "version")).collect::<std::result::Result<Vec<_>, _>>()?;
    let known: Vec<String> = Migrator::migrations().iter().map(|change| change.name().to_owned()).collect();
    if made.iter().any(|name| !known.contains(name)) {
        return Ok(Standing::Newer);
    }
    let pending: Vec<String> = known.into_iter().filter(|name| !made.contains(name)).collect();
    Ok(if pending.is_empty() { Standing::Current } else { Standing::Behind(pending) })
}

/// Runs on a connection of its own: a pooled one would keep foreign keys off after a migration.
async fn migrate(url: &str) -> std::result::Result<(), OpenError> {
    let connection = Database::connect(options(url, 1)).await?;
    let result = match standing(&connection).await {
        Ok(Standing::Newer) => Err(OpenError::Newer),
        Ok(Standing::Current) => Ok(()),
        Ok(Standing::New | Standing::Behind(_)) => Migrator::up(&connection, None).await.map_err(OpenError::from),
        Err(error) => Err(error.into()),
    };
    connection.close().await?;
    result
}

fn options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(connections).min_connections(1).sqlx_logging(false).acquire_timeout(Duration::from_secs(20));
    // Asking a connection whether it lives before each statement doubles the work of a short one.
    options.test_before_acquire_if_idle_for(Duration::from_secs(30));
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            // A page of a list at once: else its rows wait for each other between two threads.
            .row_buffer_size(256)
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("cache_size", "-32000")
            .pragma("temp_store", "MEMORY")
    });
    options
}

impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> Self {
        StoreError::Internal(error.to_string())
    }
}
