//! The table of attachments, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::time::from_micros;
use domain::activity::Subject;
use domain::attachments::{Attachment, Media};
use std::collections::HashMap;

entity!(attachment, "attachment", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    subject: String,
    number: String,
    variant: Option<String>,
    name: String,
    media_type: String,
    size: i64,
    hash: String,
    width: Option<i64>,
    height: Option<i64>,
    person_id: Option<i64>,
    archived: bool,
    created_at: i64,
});

/// The row as people read it.
pub fn to_attachment(row: attachment::Model, names: &HashMap<i64, String>) -> Result<Attachment> {
    let unknown = |what: &str, said: &str| StoreError::Internal(format!("unknown {what} {said}"));
    let pixels = |side: Option<i64>| side.and_then(|side| u32::try_from(side).ok());
    Ok(Attachment {
        id: row.id,
        subject: Subject::from_slug(&row.subject).ok_or_else(|| unknown("subject", &row.subject))?,
        number: row.number,
        variant: row.variant,
        name: row.name,
        media_type: Media::from_mime(&row.media_type).ok_or_else(|| unknown("media type", &row.media_type))?,
        bytes: u64::try_from(row.size).unwrap_or(0),
        sha256: row.hash,
        width: pixels(row.width),
        height: pixels(row.height),
        by: row.person_id.and_then(|id| names.get(&id).cloned()),
        created_at: from_micros(row.created_at),
        archived: row.archived,
    })
}
