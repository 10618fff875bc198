//! Attachments: their rows in the database, their bytes in files beside it. A file stands before the row that names it
//! is committed, and is never taken away: what is archived can come back, and a backup is a moment of both.

mod check;
mod files;
mod operations;
mod picture;
mod queries;
pub(crate) mod rows;

pub use operations::NewFile;
pub use queries::StoredFile;

pub(crate) use files::{Files, THUMBNAIL, is_name};
