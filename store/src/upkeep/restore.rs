//! Bringing a backup back. What lies there already is put aside, never overwritten.

use super::database::{contents, open, sqlite_file, verify};
use super::{Result, UpkeepError, archive, folder_of};
use crate::attachments::Files;
use crate::connection::Store;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};
use std::path::{Path, PathBuf};

/// What SQLite keeps beside a database while it is open.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// A backup that was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub file: PathBuf,
    /// When the backup was made.
    pub made_at: DateTime<Utc>,
    pub hypotheses: i64,
    /// Where the library lies that was there before; none if there was none.
    pub put_aside: Option<PathBuf>,
}

/// What lies where the backup belongs.
enum Present {
    Nothing,
    Empty,
    /// A library, or what cannot be read and might be one.
    Library,
}

/// Brings a backup back to this address, looked through before anything is touched, and up to date afterwards. A
/// library that is there is put aside if `replace` says so, else it is a reason to refuse; one that is in use is too.
pub async fn restore(url: &str, backup: &Path, replace: bool, now: DateTime<Utc>) -> Result<Restored> {
    let file = sqlite_file(url).ok_or_else(by_hand)?;
    let folder = folder_of(&file);
    std::fs::create_dir_all(folder).map_err(UpkeepError::file(folder))?;
    let place = tempfile::Builder::new().prefix(".hypotheca-restore-").tempdir_in(folder).map_err(UpkeepError::file(folder))?;
    let (unpacked, files) = (place.path().join("database"), place.path().join("files"));
    let manifest = archive::unpack(backup, &unpacked, &files)?;
    let contents = verify(&unpacked).await?;
    let present = present(&file).await?;
    if matches!(present, Present::Library) && !replace {
        let said = format!("There is a library at {} already. Give --replace to put it aside.", file.display());
        return Err(UpkeepError::refused(said));
    }
    let put_aside = match present {
        Present::Nothing => None,
        Present::Empty | Present::Library => Some(put_aside(&file, now)?),
    };
    put_in_place(&files, &Files::beside(url))?;
    std::fs::rename(&unpacked, &file).map_err(UpkeepError::file(&file))?;
    Store::open(url).await?;
    Ok(Restored { file, made_at: manifest.made_at, hypotheses: contents.hypotheses, put_aside })
}

fn by_hand() -> UpkeepError {
    UpkeepError::refused(
        "PostgreSQL is restored by its own tool, into an empty database: \
         pg_restore --no-owner --exit-on-error --dbname=\"$DATABASE_URL\" FILE. Then copy the folder `attachments` that \
         goes with the dump into the data folder.",
    )
}

/// Puts unpacked attachments beside the database. What is there already has the same content and stays, so that the
/// library that was put aside keeps its own.
fn put_in_place(unpacked: &Path, files: &Files) -> Result<()> {
    for entry in std::fs::read_dir(unpacked).map_err(UpkeepError::file(unpacked))? {
        let entry = entry.map_err(UpkeepError::file(unpacked))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = files.path(&name).map_err(|error| UpkeepError::refused(error.to_string()))?;
        if path.exists() {
            continue;
        }
        let folder = folder_of(&path);
        std::fs::create_dir_all(folder).map_err(UpkeepError::file(folder))?;
        std::fs::rename(entry.path(), &path).map_err(UpkeepError::file(&path))?;
    }
    Ok(())
}

/// Looks at what is there. Refused where it is in use.
async fn present(file: &Path) -> Result<Present> {
    if !file.exists() {
        return Ok(Present::Nothing);
    }
    let Ok(db) = open(file, false).await else { return Ok(Present::Library) };
    let found = contents(&db).await;
    let alone = is_alone(&db).await;
    db.close().await?;
    if !alone {
        return Err(UpkeepError::refused(format!("{} is in use. Stop the server first.", file.display())));
    }
    Ok(if found.is_ok_and(|found| found.is_empty()) { Present::Empty } else { Present::Library })
}

/// Whether nobody else has it open: only then can the log be written into the file and ended. What is no database
/// is in nobody's use.
async fn is_alone(db: &DatabaseConnection) -> bool {
    let asked = Statement::from_string(db.get_database_backend(), "PRAGMA journal_mode = DELETE");
    let busy = |error: &DbErr| error.to_string().contains("locked");
    match db.query_one_raw(asked).await {
        Ok(row) => row.and_then(|row| row.try_get_by_index::<String>(0).ok()).is_none_or(|mode| mode != "wal"),
        Err(error) => !busy(&error),
    }
}

/// Renames the file and what belongs to it; answers its new name.
fn put_aside(file: &Path, now: DateTime<Utc>) -> Result<PathBuf> {
    let with = |path: &Path, end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let aside = with(file, &format!(".before-restore-{}", now.format("%Y%m%dT%H%M%S%3fZ")));
    for end in [""].into_iter().chain(BESIDE).filter(|end| with(file, end).exists()) {
        std::fs::rename(with(file, end), with(&aside, end)).map_err(UpkeepError::file(file))?;
    }
    Ok(aside)
}
