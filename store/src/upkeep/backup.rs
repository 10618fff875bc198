//! Backing up a SQLite library into one file, while it is in use.

use super::database::{attached_hashes, contents, open, sqlite_file, verify};
use super::{Result, UpkeepError, archive, folder_of};
use crate::attachments::{Files, THUMBNAIL};
use crate::connection::{OpenError, Standing, Store};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};
use std::path::{Path, PathBuf};

/// The folder beside a library that holds the backups made without being asked.
const FOLDER: &str = "backups";

/// A backup that was made and opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    pub file: PathBuf,
    pub bytes: u64,
    pub hypotheses: i64,
    /// How many files of attachments are in it.
    pub attachments: usize,
    /// Files that rows tell of and that are not there; a check names them.
    pub missing: usize,
}

/// Backs up the library at this address. The copy is of one moment, is packed, unpacked again in a temporary place and
/// looked through before it gets its name. A file of that name is refused unless it may be replaced.
pub async fn back_up(url: &str, file: &Path, replace: bool, now: DateTime<Utc>) -> Result<BackedUp> {
    let from = sqlite_file(url).ok_or_else(by_hand)?;
    if !from.is_file() {
        return Err(UpkeepError::refused(format!("There is no library at {}.", from.display())));
    }
    if !replace && file.exists() {
        return Err(UpkeepError::refused(format!("{} exists already. Name another file, or give --replace.", file.display())));
    }
    let folder = folder_of(file);
    let place = tempfile::Builder::new().prefix(".hypotheca-backup-").tempdir_in(folder).map_err(UpkeepError::file(folder))?;
    let (copy, packed, tried) = (place.path().join("copy"), place.path().join("packed"), place.path().join("tried"));
    copy_into(&from, &copy).await?;
    // The database first: what is attached meanwhile is in neither, and nothing that it tells of is ever removed.
    let (files, missing) = files_of(url, &copy).await?;
    archive::pack(&packed, &copy, &files, now)?;
    archive::unpack(&packed, &tried, &place.path().join("files"))?;
    let contents = verify(&tried).await?;
    let bytes = packed.metadata().map_err(UpkeepError::file(file))?.len();
    std::fs::rename(&packed, file).map_err(UpkeepError::file(file))?;
    let attachments = files.iter().filter(|(name, _)| !name.ends_with(THUMBNAIL)).count();
    Ok(BackedUp { file: file.to_owned(), bytes, hypotheses: contents.hypotheses, attachments, missing })
}

/// The files that a copy of the database tells of, with where they lie, and how many of them are not there.
async fn files_of(url: &str, copy: &Path) -> Result<(Vec<(String, PathBuf)>, usize)> {
    let (place, mut files, mut missing) = (Files::beside(url), Vec::new(), 0);
    for hash in attached_hashes(copy).await? {
        let thumbnail = format!("{hash}{THUMBNAIL}");
        let lies = |name: &str| place.path(name).ok().filter(|path| path.is_file());
        missing += usize::from(lies(&hash).is_none());
        files.extend([hash, thumbnail].into_iter().filter_map(|name| lies(&name).map(|path| (name, path))));
    }
    Ok((files, missing))
}

/// How PostgreSQL is backed up: by its own tools.
fn by_hand() -> UpkeepError {
    UpkeepError::refused(
        "PostgreSQL is backed up by its own tool, which sees one moment: pg_dump --format=custom --file=FILE \"$DATABASE_URL\". \
         Afterwards copy the folder `attachments` of the data folder: its files are never changed nor removed, so that \
         none of those that the dump tells of can be missing.",
    )
}

/// Copies a database as it is at this moment, also while others write to it.
async fn copy_into(from: &Path, to: &Path) -> Result<()> {
    let to = to.to_str().ok_or_else(|| UpkeepError::refused("The folder’s name is not readable text."))?;
    let db = open(from, false).await?;
    let vacuum = Statement::from_sql_and_values(db.get_database_backend(), "VACUUM INTO $1", [to.into()]);
    let done = db.execute_raw(vacuum).await;
    db.close().await?;
    done?;
    Ok(())
}

/// Opens the library, brought up to date. Where that changes the shape of a SQLite file that holds anything, the file
/// is backed up before; answers the backup. A library of a newer version is refused untouched.
pub async fn open_backed_up(url: &str, now: DateTime<Utc>) -> Result<(Store, Option<BackedUp>)> {
    let backup = match sqlite_file(url).filter(|file| file.is_file()) {
        Some(file) => before_migrating(url, &file, now).await?,
        None => None,
    };
    Ok((Store::open(url).await?, backup))
}

async fn before_migrating(url: &str, file: &Path, now: DateTime<Utc>) -> Result<Option<BackedUp>> {
    let db = open(file, false).await.map_err(OpenError::from)?;
    let found = contents(&db).await;
    db.close().await?;
    let found = found.map_err(OpenError::from)?;
    let pending = match &found.standing {
        Standing::Newer => return Err(OpenError::Newer.into()),
        Standing::Behind(pending) if !found.is_empty() => pending.first().cloned().unwrap_or_default(),
        Standing::New | Standing::Current | Standing::Behind(_) => return Ok(None),
    };
    let folder = folder_of(file).join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(UpkeepError::file(&folder))?;
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
    back_up(url, &folder.join(format!("{name}-{stamp}-before-{pending}.tar")), false, now).await.map(Some)
}
