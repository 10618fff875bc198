//! Pages: cursors, which hold the sort key of the last row and its rank, opaque to whoever carries them; where a page
//! begins; and how long a list is, up to a cap.

use crate::errors::{Result, StoreError};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::page::COUNT_CAP;
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QuerySelect, QueryTrait, Select};

/// Which page of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl PageRequest {
    pub fn length(&self) -> u64 {
        std::cmp::min(self.limit.unwrap_or(domain::page::DEFAULT_LIMIT), domain::page::MAX_LIMIT)
    }
}

/// Where a page begins: after the row with this key, which had this rank. The order's name is part of it, so that
/// a cursor of another order is refused instead of silently skipping rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub order: String,
    pub key: Vec<i64>,
    pub rank: u64,
}

impl Cursor {
    pub fn encode(&self) -> String {
        let numbers: Vec<String> = self.key.iter().map(i64::to_string).collect();
        URL_SAFE_NO_PAD.encode(format!("{}:{}:{}", self.order, self.rank, numbers.join(",")))
    }

    /// Reads a cursor of this order with a key of this length.
    pub fn decode(raw: &str, order: &str, length: usize) -> Result<Self> {
        let read = || -> Option<Cursor> {
            let text = String::from_utf8(URL_SAFE_NO_PAD.decode(raw).ok()?).ok()?;
            let mut parts = text.splitn(3, ':');
            let found = parts.next()?.to_owned();
            let rank = u64::from(parts.next()?.parse::<u32>().ok()?);
            let key: Option<Vec<i64>> = parts.next()?.split(',').map(|number| number.parse().ok()).collect();
            key.filter(|key| key.len() == length && found == order).map(|key| Cursor { order: found, key, rank })
        };
        read().ok_or_else(|| StoreError::field("cursor", "This cursor belongs to another list or order. Begin at the first page."))
    }
}

/// Rows after this key: one row comparison, which both databases answer from the index.
pub fn beyond<C: ColumnTrait>(columns: &[C], key: &[i64], descending: bool) -> Expr {
    let left = Expr::tuple(columns.iter().map(|column| Expr::col(*column)));
    let right = Expr::tuple(key.iter().map(|value| Expr::val(*value)));
    if descending { left.lt(right) } else { left.gt(right) }
}

/// How many rows there are, counted one beyond the cap and no further.
pub async fn count_to_cap<E: EntityTrait>(db: &impl ConnectionTrait, filtered: &Select<E>, id: E::Column) -> Result<u64> {
    let capped = filtered.clone().select_only().column(id).limit(COUNT_CAP + 1).into_query();
    let count = Query::select().expr_as(Func::count(Expr::val(1)), "count").from_subquery(capped, "capped").to_owned();
    let row = db.query_one(&count).await?;
    let count: i64 = row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or(0);
    Ok(u64::try_from(count).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_and_a_foreign_one_is_refused() {
        let cursor = Cursor { order: "-score".into(), key: vec![-1, 7000, -12], rank: 50 };
        let raw = cursor.encode();
        assert_eq!(Cursor::decode(&raw, "-score", 3).unwrap(), cursor);
        assert!(Cursor::decode(&raw, "score", 3).is_err());
        assert!(Cursor::decode(&raw, "-score", 2).is_err());
        assert!(Cursor::decode("nonsense", "-score", 3).is_err());
        assert!(Cursor::decode(&Cursor { rank: u64::MAX, ..cursor }.encode(), "-score", 3).is_err());
    }
}
