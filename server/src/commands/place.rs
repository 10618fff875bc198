//! Where the library lies.

use super::Stop;
use chrono::Utc;
use std::path::PathBuf;
use store::Store;

/// The data folder and the database in it, or another database.
pub struct Place {
    pub folder: PathBuf,
    pub url: String,
}

impl Place {
    pub fn find(url: Option<String>, folder: Option<PathBuf>) -> Result<Self, Stop> {
        let folder = folder.or_else(|| dirs::data_dir().map(|data| data.join("hypotheca")));
        let folder = folder.ok_or_else(|| Stop::Usage("There is no data folder here; name one with --data.".into()))?;
        std::fs::create_dir_all(&folder).map_err(|error| Stop::Refused(format!("{} cannot be made: {error}", folder.display())))?;
        let folder = std::path::absolute(&folder)?;
        let url = url.filter(|url| !url.is_empty()).unwrap_or_else(|| format!("sqlite://{}", folder.join("hypotheca.sqlite3").display()));
        if !["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme)) {
            return Err(Stop::Usage("DATABASE_URL begins with sqlite:// or postgres://.".into()));
        }
        Ok(Self { folder, url })
    }

    /// Opens the library, brought up to date; a SQLite file that this changes is backed up before.
    pub async fn open(&self) -> Result<Store, Stop> {
        let (store, backup) = store::open_backed_up(&self.url, Utc::now()).await?;
        if let Some(backup) = backup {
            say(&format!("Before the library was brought up to date, it was backed up to {}.", backup.file.display()));
        }
        Ok(store.with_files_in(&self.folder))
    }
}

#[expect(clippy::print_stderr, reason = "standard output belongs to what a command answers")]
fn say(line: &str) {
    eprintln!("{line}");
}
