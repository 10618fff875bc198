//! SQLite files from outside: where they lie, what is in them, and whether they are whole.

use super::{Result, UpkeepError};
use crate::connection::{Standing, standing};
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The file of a SQLite database at this address; none for another database, or one in memory.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let options: SqliteConnectOptions = url.starts_with("sqlite:").then(|| url.parse().ok())??;
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    (!in_memory).then(|| options.get_filename().to_owned())
}

/// What a file was found to hold.
pub(super) struct Contents {
    pub standing: Standing,
    pub people: i64,
    pub hypotheses: i64,
}

impl Contents {
    /// Whether nobody would miss it.
    pub fn is_empty(&self) -> bool {
        self.people == 0 && self.hypotheses == 0
    }
}

/// Opens a file that must be there, without changing how it is kept.
pub(super) async fn open(file: &Path, read_only: bool) -> std::result::Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new("sqlite://library");
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    let file = file.to_owned();
    options.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite.filename(&file).create_if_missing(false).read_only(read_only).busy_timeout(Duration::from_secs(2))
    });
    Database::connect(options).await
}

/// What is in an open database.
pub(super) async fn contents(db: &DatabaseConnection) -> std::result::Result<Contents, DbErr> {
    let standing = standing(db).await?;
    let count = async |table: &str| -> std::result::Result<i64, DbErr> {
        let there = "SELECT COUNT(*) AS count FROM sqlite_master WHERE type = 'table' AND name = $1";
        let there = Statement::from_sql_and_values(db.get_database_backend(), there, [table.into()]);
        if first_number(db, there).await? == 0 {
            return Ok(0);
        }
        first_number(db, Statement::from_string(db.get_database_backend(), format!("SELECT COUNT(*) AS count FROM {table}"))).await
    };
    // A workspace may be made before anybody is in it.
    let people = count("person").await? + count("workspace").await?;
    Ok(Contents { standing, people, hypotheses: count("hypothesis").await? })
}

/// The hashes of the attachments that a database tells of; none for one of an earlier version.
pub(super) async fn attached_hashes(file: &Path) -> std::result::Result<Vec<String>, DbErr> {
    let db = open(file, true).await?;
    let ask = |sql: &str| Statement::from_string(db.get_database_backend(), sql.to_owned());
    let there = first_number(&db, ask("SELECT COUNT(*) AS count FROM sqlite_master WHERE type = 'table' AND name = 'attachment'")).await;
    let rows = match there {
        Ok(0) => Ok(Vec::new()),
        Ok(_) => db.query_all_raw(ask("SELECT DISTINCT hash FROM attachment ORDER BY hash")).await,
        Err(error) => Err(error),
    };
    db.close().await?;
    rows?.iter().map(|row| row.try_get_by_index(0)).collect()
}

async fn first_number(db: &DatabaseConnection, statement: Statement) -> std::result::Result<i64, DbErr> {
    let row = db.query_one_raw(statement).await?;
    row.map(|row| row.try_get("", "count")).transpose().map(Option::unwrap_or_default)
}

/// What is wrong with pages, indexes, references and the full-text index.
pub(crate) async fn faults(db: &impl ConnectionTrait) -> std::result::Result<Vec<String>, DbErr> {
    let ask = |sql: &str| Statement::from_string(db.get_database_backend(), sql.to_owned());
    let rows = db.query_all_raw(ask("PRAGMA integrity_check")).await?;
    let mut faults = rows.iter().map(|row| row.try_get_by_index::<String>(0)).collect::<std::result::Result<Vec<_>, _>>()?;
    faults.retain(|line| line != "ok");
    for row in db.query_all_raw(ask("PRAGMA foreign_key_check")).await? {
        let (table, parent): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
        faults.push(format!("a row of {table} names a row of {parent} that is not there"));
    }
    Ok(faults)
}

/// Opens a copy and looks through all of it; refused where it is damaged or of a newer version.
pub(super) async fn verify(file: &Path) -> Result<Contents> {
    let db = open(file, true).await?;
    let found = async { Ok::<_, DbErr>((contents(&db).await?, faults(&db).await?)) }.await;
    db.close().await?;
    let (contents, faults) = found?;
    match (faults.first(), &contents.standing) {
        (Some(fault), _) => Err(UpkeepError::refused(format!("The copy is damaged: {fault}."))),
        (None, Standing::Newer) => Err(crate::connection::OpenError::Newer.into()),
        (None, Standing::New) => Err(UpkeepError::refused("The copy holds no library.")),
        (None, Standing::Current | Standing::Behind(_)) => Ok(contents),
    }
}
