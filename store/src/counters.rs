//! Numbers that count up and totals that are kept true in the transaction that changes them.

use crate::errors::{Result, StoreError};
use sea_orm::{ConnectionTrait, Statement};
use std::collections::BTreeMap;

/// Adds `by` to a counter of the workspace and answers its new value.
pub async fn add(db: &impl ConnectionTrait, workspace: i64, name: &str, by: i64) -> Result<i64> {
    let sql = "INSERT INTO counter (workspace_id, name, value) VALUES ($1, $2, $3) \
               ON CONFLICT (workspace_id, name) DO UPDATE SET value = counter.value + $3 RETURNING value";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [workspace.into(), name.into(), by.into()]);
    let row = db.query_one_raw(statement).await?.ok_or_else(|| StoreError::Internal("a counter gave no value".into()))?;
    Ok(row.try_get("", "value")?)
}

/// All counters of the workspace whose name begins so.
pub async fn read(db: &impl ConnectionTrait, workspace: i64) -> Result<BTreeMap<String, i64>> {
    let sql = "SELECT name, value FROM counter WHERE workspace_id = $1";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [workspace.into()]);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok((row.try_get("", "name")?, row.try_get("", "value")?))).collect()
}
