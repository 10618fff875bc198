//! Pages: cursors, which hold the sort key of the last row and its rank, opaque to whoever carries them; where a page
//! begins; and how long a list is, up to a cap.

use crate::errors::{Result, StoreError};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::page::COUNT_CAP;
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IdenStatic, ModelTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};

/// Which page of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl PageRequest {
    pub fn new(cursor: &Option<String>, limit: Option<u64>) -> Self {
        Self { cursor: cursor.clone(), limit }
    }

    pub fn length(&self) -> u64 {
        std::cmp::min(self.limit.unwrap_or(domain::page::DEFAULT_LIMIT), domain::page::MAX_LIMIT)
    }
}

/// How a list is ordered: the name that its cursors carry, and the columns, all of them numbers.
pub struct Ordering<'a, C> {
    pub name: String,
    pub columns: &'a [C],
    pub descending: bool,
}

/// The rows of a page.
pub struct Rows<M> {
    pub rows: Vec<M>,
    /// How many rows of the list stand before the page.
    pub before: u64,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// Reads a page of what was filtered.
pub async fn rows_of<E>(
    db: &impl ConnectionTrait,
    filtered: Select<E>,
    order: Ordering<'_, E::Column>,
    wanted: &PageRequest,
) -> Result<Rows<E::Model>>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let Ordering { name, columns, descending } = order;
    let (mut select, mut before) = (filtered, 0);
    if let Some(raw) = &wanted.cursor {
        let cursor = Cursor::decode(raw, &name, columns.len())?;
        before = cursor.rank;
        select = select.filter(beyond(columns, &cursor.key, descending));
    }
    let length = wanted.length();
    let mut rows = ordered(select, columns, descending).limit(length + 1).all(db).await?;
    let more = rows.len() as u64 > length;
    rows.truncate(usize::try_from(length).unwrap_or(usize::MAX));
    let cursor = |last: &E::Model| -> Result<String> {
        let key = columns.iter().map(|column| number_in(last, *column)).collect::<Result<_>>()?;
        Ok(Cursor { order: name.clone(), key, rank: before + rows.len() as u64 }.encode())
    };
    let next = rows.last().filter(|_| more).map(cursor).transpose()?;
    Ok(Rows { rows, before, next })
}

/// The numbers of the first so many rows of what was filtered.
pub async fn numbers_of<E: EntityTrait>(
    db: &impl ConnectionTrait,
    filtered: Select<E>,
    order: Ordering<'_, E::Column>,
    number: E::Column,
    most: u64,
) -> Result<Vec<i64>> {
    let rows = ordered(filtered, order.columns, order.descending).select_only().column(number).limit(most);
    Ok(rows.into_tuple().all(db).await?)
}

fn ordered<E: EntityTrait>(select: Select<E>, columns: &[E::Column], descending: bool) -> Select<E> {
    let direction = || if descending { Order::Desc } else { Order::Asc };
    columns.iter().fold(select, |select, column| select.order_by(*column, direction()))
}

fn number_in<M: ModelTrait>(row: &M, column: <M::Entity as EntityTrait>::Column) -> Result<i64> {
    let number = <i64 as sea_orm::sea_query::ValueType>::try_from(row.get(column));
    number.map_err(|_| StoreError::Internal(format!("{} is no number, and no list is ordered by it", column.as_str())))
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

/// The rows of these numbers, or all without any. They are taken out before anything else narrows them, which the limit
/// sees to: both databases would rather walk the whole list in its order and pass over nearly all of it.
pub fn numbered<E: EntityTrait>(here: Select<E>, number: E::Column, numbers: Option<Vec<i64>>) -> Select<E> {
    let Some(numbers) = numbers else { return here };
    let most = numbers.len() as u64;
    let few = here.filter(number.is_in(numbers)).limit(most).into_query();
    let mut select = E::find();
    QueryTrait::query(&mut select).from_clear().from_subquery(few, E::default().table_name());
    select
}

/// Rows after this key: one row comparison, which both databases answer from the index.
pub fn beyond<C: ColumnTrait>(columns: &[C], key: &[i64], descending: bool) -> Expr {
    let left = Expr::tuple(columns.iter().map(|column| Expr::col(*column)));
    let right = Expr::tuple(key.iter().map(|value| Expr::val(*value)));
    if descending { left.lt(right) } else { left.gt(right) }
}

/// How many rows there are, counted one beyond the cap of all lists and no further.
pub async fn count_to_cap<E: EntityTrait>(db: &impl ConnectionTrait, filtered: &Select<E>, id: E::Column) -> Result<u64> {
    count_to(db, filtered, id, COUNT_CAP).await
}

/// How many rows there are, counted one beyond this cap and no further.
pub async fn count_to<E: EntityTrait>(db: &impl ConnectionTrait, filtered: &Select<E>, id: E::Column, cap: u64) -> Result<u64> {
    let capped = filtered.clone().select_only().column(id).limit(cap + 1).into_query();
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
