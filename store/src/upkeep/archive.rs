//! The file that a backup is: a tar with a manifest, the database, and the files of attachments. Tar, because every
//! system opens it; nothing is compressed, so that nothing hides a broken byte.

use super::{Result, UpkeepError};
use crate::attachments::{THUMBNAIL, is_name};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write, copy, sink};
use std::path::{Path, PathBuf};

const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "database.sqlite3";
/// The folder of attachments within the archive.
const ATTACHMENTS: &str = "attachments/";
/// The format that this version writes, and the highest that it reads.
const FORMAT: u32 = 2;
/// A manifest is a few lines.
const LONGEST_MANIFEST: u64 = 64 * 1024;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub made_at: DateTime<Utc>,
    /// SHA-256 of the database, in hexadecimal digits.
    pub digest: String,
}

/// Packs a copy of a database and the files of its attachments, by name, into a new file, which only its owner may read.
pub(super) fn pack(archive: &Path, database: &Path, files: &[(String, PathBuf)], made_at: DateTime<Utc>) -> Result<()> {
    let failed = |cause| UpkeepError::File { path: archive.to_owned(), cause };
    let manifest = Manifest { format: FORMAT, made_at, digest: digest_of(database)? };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| failed(error.into()))?;
    let mut builder = tar::Builder::new(private(archive)?);
    let mut header = tar::Header::new_gnu();
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(made_at.timestamp()).unwrap_or(0));
    header.set_size(text.len() as u64);
    builder.append_data(&mut header, MANIFEST, text.as_slice()).map_err(failed)?;
    let mut held = File::open(database).map_err(UpkeepError::file(database))?;
    header.set_size(held.metadata().map_err(failed)?.len());
    builder.append_data(&mut header, DATABASE, &mut held).map_err(failed)?;
    for (name, path) in files {
        let mut held = File::open(path).map_err(UpkeepError::file(path))?;
        header.set_size(held.metadata().map_err(failed)?.len());
        builder.append_data(&mut header, format!("{ATTACHMENTS}{name}"), &mut held).map_err(failed)?;
    }
    let file = builder.into_inner().map_err(failed)?;
    file.sync_all().map_err(failed)
}

/// Takes the database out of an archive into a new file, the attachments into a new folder, and answers what the
/// archive says of itself. Refused where it is no backup, of a newer version, or not as it was packed.
pub(super) fn unpack(archive: &Path, database: &Path, files: &Path) -> Result<Manifest> {
    std::fs::create_dir(files).map_err(UpkeepError::file(files))?;
    let refused = |why: &str| UpkeepError::refused(format!("{} is no backup of Hypotheca that can be used: {why}.", archive.display()));
    let unreadable = |_| refused("it is not an archive, or cut short");
    let mut tar = tar::Archive::new(File::open(archive).map_err(UpkeepError::file(archive))?);
    let mut manifest: Option<Manifest> = None;
    let mut found = None;
    for entry in tar.entries().map_err(unreadable)? {
        let mut entry = entry.map_err(unreadable)?;
        // Names are compared, never used as paths.
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match (name.as_str(), &manifest) {
            (MANIFEST, None) => {
                let mut text = String::new();
                entry.take(LONGEST_MANIFEST).read_to_string(&mut text).map_err(unreadable)?;
                let read: Manifest = serde_json::from_str(&text).map_err(|_| refused("its manifest cannot be read"))?;
                if read.format > FORMAT {
                    return Err(refused("it was made by a newer version"));
                }
                manifest = Some(read);
            }
            (DATABASE, Some(_)) if found.is_none() => {
                let mut file = private(database)?;
                copy(&mut entry, &mut file).map_err(unreadable)?;
                file.sync_all().map_err(UpkeepError::file(database))?;
                found = Some(digest_of(database)?);
            }
            (name, Some(_)) if found.is_some() && attached(name).is_some() => {
                let name = attached(name).unwrap_or_default();
                let path = files.join(name);
                copy(&mut entry, &mut private(&path)?).map_err(unreadable)?;
                // A thumbnail is named after what it is made of.
                if !name.ends_with(THUMBNAIL) && digest_of(&path)? != name {
                    return Err(refused("an attachment is not as it was packed"));
                }
            }
            _ => return Err(refused("it holds what this version does not know")),
        }
    }
    match (manifest, found) {
        (Some(manifest), Some(digest)) if manifest.digest == digest => Ok(manifest),
        (Some(_), Some(_)) => Err(refused("its database is not as it was packed")),
        _ => Err(refused("its database is missing")),
    }
}

/// The file's name, where this is the path of an attachment in an archive.
fn attached(path: &str) -> Option<&str> {
    path.strip_prefix(ATTACHMENTS).filter(|name| is_name(name))
}

fn digest_of(file: &Path) -> Result<String> {
    struct Hashing(Sha256);
    impl Write for Hashing {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            sink().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut hashing = Hashing(Sha256::new());
    let mut held = File::open(file).map_err(UpkeepError::file(file))?;
    copy(&mut held, &mut hashing).map_err(UpkeepError::file(file))?;
    Ok(hashing.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A new file that only its owner may read: it holds what people sign in with.
fn private(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(UpkeepError::file(path))
}
