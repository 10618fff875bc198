//! The files of attachments: `ab/cdef…` by the SHA-256 of what they hold, each written once and never changed.

use crate::errors::{Result, StoreError};
use crate::upkeep::sqlite_file;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::NamedTempFile;

/// The folder within the data folder.
const FOLDER: &str = "attachments";
/// The folder within it where files are written before they get their name.
const INCOMING: &str = "incoming";
/// The end of a thumbnail's name.
pub(crate) const THUMBNAIL: &str = ".thumb";
/// What is left in the incoming folder after so long was left by a process that died.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

/// Where the bytes lie; nowhere for a library that was opened without being told.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    folder: Option<PathBuf>,
}

/// Bytes on the disk that have no name yet; without one they go with this.
pub(super) struct Unnamed {
    file: Option<NamedTempFile>,
    path: PathBuf,
}

/// The SHA-256 of the bytes, in hexadecimal digits.
pub(super) fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether this is what a file here can be called: a hash, or that of a thumbnail.
pub(crate) fn is_name(name: &str) -> bool {
    let hash = name.strip_suffix(THUMBNAIL).unwrap_or(name);
    hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl Files {
    /// Beside a SQLite database; another database has no place of its own.
    pub fn beside(url: &str) -> Self {
        let folder = sqlite_file(url).and_then(|file| file.parent().map(|folder| folder.join(FOLDER)));
        Self { folder }
    }

    /// In this data folder, unless they have a place already.
    pub fn or_in(self, data: &Path) -> Self {
        Self { folder: self.folder.or_else(|| Some(data.join(FOLDER))) }
    }

    /// Whether there is a place at all.
    pub fn have_a_place(&self) -> bool {
        self.folder.is_some()
    }

    /// Where the file of this name lies, or would.
    pub fn path(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.as_ref().ok_or_else(|| StoreError::Internal("attachments have no folder here".into()))?;
        match name.split_at_checked(2).filter(|_| is_name(name)) {
            Some((start, rest)) => Ok(folder.join(start).join(rest)),
            None => Err(StoreError::Internal(format!("{name:?} is no file of an attachment"))),
        }
    }

    /// Writes the bytes where nobody looks for them yet. Content that is there already is not written again.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> Result<Unnamed> {
        let path = self.path(name)?;
        if path.metadata().is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64) {
            return Ok(Unnamed { file: None, path });
        }
        let incoming = self.incoming()?;
        std::fs::create_dir_all(&incoming).map_err(|error| failed(&incoming, &error))?;
        let mut file = NamedTempFile::new_in(&incoming).map_err(|error| failed(&incoming, &error))?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(file.path(), &error))?;
        Ok(Unnamed { file: Some(file), path })
    }

    fn incoming(&self) -> Result<PathBuf> {
        let folder = self.folder.as_ref().ok_or_else(|| StoreError::Internal("attachments have no folder here".into()))?;
        Ok(folder.join(INCOMING))
    }

    /// Removes what processes left behind that died while they wrote; answers how much that was. Named files stay: a
    /// row of another moment, or of a library beside this one, may need them.
    pub fn sweep(&self) -> Result<u64> {
        let Ok(entries) = std::fs::read_dir(self.incoming()?) else { return Ok(0) };
        let mut removed = 0;
        for entry in entries.flatten() {
            let age = entry.metadata().ok().and_then(|found| found.modified().ok()?.elapsed().ok());
            if age.is_some_and(|age| age > LEFT_BEHIND) {
                std::fs::remove_file(entry.path()).map_err(|error| failed(&entry.path(), &error))?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

impl Unnamed {
    /// Gives the file its name. From then on it is there after a power cut, too.
    pub(super) fn name(self) -> Result<()> {
        let Some(file) = self.file else { return Ok(()) };
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        file.persist(&self.path).map_err(|error| failed(&self.path, &error.error))?;
        let holders = [Some(folder), folder.parent()];
        holders.into_iter().flatten().try_for_each(|folder| sync(folder).map_err(|error| failed(folder, &error)))
    }
}

/// Makes the names in a folder last. Other systems than Unix have no such call and keep them by themselves.
fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn failed(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Internal(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<PathBuf> {
        std::fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default()
    }

    #[test]
    fn the_same_content_is_stored_once_under_its_hash() {
        let data = tempfile::tempdir().unwrap();
        let files = Files { folder: None }.or_in(data.path());
        let hash = hash_of(b"abc");
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let unnamed = files.write(&hash, b"abc").unwrap();
        assert!(!files.path(&hash).unwrap().exists());
        unnamed.name().unwrap();
        let path = data.path().join("attachments/ba").join(&hash[2..]);
        assert_eq!((files.path(&hash).unwrap(), std::fs::read(&path).unwrap()), (path.clone(), b"abc".to_vec()));
        let again = files.write(&hash, b"abc").unwrap();
        assert!(again.file.is_none());
        again.name().unwrap();
        assert_eq!(names(&data.path().join("attachments/incoming")), Vec::<PathBuf>::new());
    }

    #[test]
    fn what_gets_no_name_goes_and_what_was_left_behind_is_swept() {
        let data = tempfile::tempdir().unwrap();
        let files = Files { folder: None }.or_in(data.path());
        drop(files.write(&hash_of(b"abc"), b"abc").unwrap());
        let incoming = data.path().join("attachments/incoming");
        assert_eq!(names(&incoming), Vec::<PathBuf>::new());
        let (old, fresh) = (incoming.join("old"), incoming.join("fresh"));
        std::fs::write(&fresh, b"x").unwrap();
        let past = std::time::SystemTime::now() - LEFT_BEHIND * 2;
        std::fs::File::create(&old).unwrap().set_modified(past).unwrap();
        assert_eq!(files.sweep().unwrap(), 1);
        assert_eq!(names(&incoming), [fresh]);
    }

    #[test]
    fn only_hashes_are_names() {
        let hash = hash_of(b"");
        assert!(is_name(&hash) && is_name(&format!("{hash}{THUMBNAIL}")));
        for name in ["", "../../etc/passwd", &hash[1..], &hash.to_uppercase(), &format!("{hash}.exe")] {
            assert!(!is_name(name), "{name}");
        }
        assert!(Files { folder: None }.path(&hash).is_err());
    }
}
