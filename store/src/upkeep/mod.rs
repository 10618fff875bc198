//! Keeping a library safe: backups, restoring them, backing up before the shape changes, and checking that what is
//! stored is true. Knows files; everything else in this crate does not.

mod archive;
mod backup;
mod check;
mod counts;
mod database;
mod export;
mod restore;

pub use backup::{BackedUp, back_up, open_backed_up};
pub use database::sqlite_file;
pub use export::Exported;
pub use restore::{Restored, restore};

pub(crate) use counts::{CHUNK, Counts, lists_of};

use crate::connection::OpenError;
use sea_orm::DbErr;
use std::path::{Path, PathBuf};

/// Why a backup or its return did not happen. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum UpkeepError {
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    #[error("{}: {cause}", path.display())]
    File { path: PathBuf, cause: std::io::Error },
}

impl UpkeepError {
    fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused(sentence.into())
    }

    /// Says which file it was.
    fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::File { path, cause }
    }
}

type Result<T> = std::result::Result<T, UpkeepError>;

/// The folder that a file lies in.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
