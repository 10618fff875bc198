//! The table of comments, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::time::from_micros;
use domain::activity::Subject;
use domain::comments::Comment;
use std::collections::HashMap;

entity!(comment, "comment", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    subject: String,
    number: String,
    body: String,
    person_id: Option<i64>,
    archived: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
});

/// The row as this person reads it; one that was taken away says nothing.
pub fn to_comment(row: comment::Model, asker: Option<i64>, names: &HashMap<i64, String>) -> Result<Comment> {
    let comment::Model { id, workspace_id: _, subject, number, body, person_id, archived, version, created_at, updated_at } = row;
    Ok(Comment {
        id,
        subject: Subject::from_slug(&subject).ok_or_else(|| StoreError::Internal(format!("unknown subject {subject}")))?,
        number,
        body: if archived { String::new() } else { body },
        by: person_id.and_then(|id| names.get(&id).cloned()),
        mine: person_id.is_some() && person_id == asker,
        archived,
        version,
        created_at: from_micros(created_at),
        updated_at: from_micros(updated_at),
    })
}
