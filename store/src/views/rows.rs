//! The table of saved views, and a row as its reader sees it.

use crate::accounts::rows::entity;
use crate::errors::{Result, StoreError};
use crate::time::from_micros;
use domain::views::{List, View};
use std::collections::HashMap;

entity!(saved_view, "saved_view", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    person_id: Option<i64>,
    list: String,
    name: String,
    query: String,
    shared: bool,
    archived: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
});

/// The row as this person sees it.
pub fn to_view(row: saved_view::Model, asker: Option<i64>, names: &HashMap<i64, String>) -> Result<View> {
    let saved_view::Model { id, workspace_id: _, person_id, list, name, query, shared, archived, version, created_at, updated_at } = row;
    Ok(View {
        id,
        list: List::from_slug(&list).ok_or_else(|| StoreError::Internal(format!("unknown list {list}")))?,
        name,
        query,
        shared,
        by: person_id.and_then(|id| names.get(&id).cloned()),
        mine: person_id.is_some() && person_id == asker,
        archived,
        version,
        created_at: from_micros(created_at),
        updated_at: from_micros(updated_at),
    })
}
