//! Full-text search: the seam over FTS5 and tsvector. The domain makes the words; here they are kept and compared.

mod asked;
mod candidates;
mod check;
mod index;
mod renewal;
mod similar;
mod suggest;

pub(crate) use check::{check_documents, check_strays, check_terms};
pub(crate) use index::Document;
pub(crate) use renewal::renew;

use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::paging::{Cursor, PageRequest};
use domain::page::Page;
use domain::search::{Found, Kind, Terms, query_terms};
use sea_orm::{ConnectionTrait, DatabaseBackend, QueryResult, Statement, Value};

/// At most this many matches are ranked.
const BEST: u64 = 1000;

impl<R: Right> Scope<R> {
    /// The numbers of the best matches of one kind.
    pub(crate) async fn best_matches(&self, kind: Kind, words: &str) -> Result<Vec<i64>> {
        let rows = self.matches("d.number", Some(kind), &query_terms(words), BEST).await?;
        rows.iter().map(|row| Ok(row.try_get("", "number")?)).collect()
    }

    /// Everything that these words and typed filters find, best first. Never an error, whatever is typed.
    pub async fn search(&self, words: &str, limit: u64) -> Result<Vec<Found>> {
        if let Some(mut asked) = self.asked(words).await? {
            asked.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            return Ok(asked);
        }
        let terms = query_terms(words);
        let rows = self.matches("d.kind, d.number, d.title, d.body", None, &terms, limit.min(BEST)).await?;
        found(rows.into_iter(), &terms)
    }

    /// A page of what these words find, best first; the list ends with the best thousand.
    pub async fn search_page(&self, words: &str, wanted: &PageRequest) -> Result<Page<Found>> {
        let asked = self.asked(words).await?;
        let terms = query_terms(words);
        let from = match &wanted.cursor {
            Some(raw) => Cursor::decode(raw, "search", 1)?.rank,
            None => 0,
        };
        let rows = match &asked {
            Some(_) => Vec::new(),
            None => self.matches("d.kind, d.number, d.title, d.body", None, &terms, BEST).await?,
        };
        let total = asked.as_ref().map_or(rows.len(), Vec::len) as u64;
        let to = from + wanted.length();
        let next = (to < total).then(|| Cursor { order: "search".into(), key: vec![0], rank: to }.encode());
        let place = |rank: u64| usize::try_from(rank).unwrap_or(usize::MAX);
        let items = match asked {
            Some(asked) => asked.into_iter().skip(place(from)).take(place(wanted.length())).collect(),
            None => found(rows.into_iter().skip(place(from)).take(place(wanted.length())), &terms)?,
        };
        Ok(Page { items, next, total, total_is_minimum: total == BEST })
    }

    /// These columns of the documents that hold all terms, best first.
    async fn matches(&self, columns: &str, kind: Option<Kind>, terms: &Terms, limit: u64) -> Result<Vec<QueryResult>> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.store.read.get_database_backend();
        let statement = if backend == DatabaseBackend::Sqlite {
            // CROSS keeps the order: left to itself, SQLite asks the index once for each document.
            let sql = format!(
                "SELECT {columns} FROM search_index CROSS JOIN search_document d ON d.id = search_index.rowid \
                 WHERE search_index MATCH $1 AND d.workspace_id = $2 AND NOT d.archived \
                 ORDER BY bm25(search_index, 0.0, 6.0, 0.0, 1.0), d.id DESC LIMIT $3"
            );
            let expression = sqlite_expression(self.workspace_id, kind, terms);
            Statement::from_sql_and_values(backend, sql, [expression.into(), self.workspace_id.into(), limit.into()])
        } else {
            let sql = format!(
                "SELECT {columns} FROM search_index i JOIN search_document d ON d.id = i.id \
                 WHERE i.words @@ $1::text::tsquery AND i.workspace_id = $2 AND NOT d.archived AND ($4 = '' OR d.kind = $4) \
                 ORDER BY ts_rank(i.words, $1::text::tsquery, 1) DESC, d.id DESC LIMIT $3"
            );
            let kind = kind.map(Kind::slug).unwrap_or_default();
            let values = [postgres_expression(terms).into(), self.workspace_id.into(), limit.into(), kind.into()];
            Statement::from_sql_and_values(backend, sql, values)
        };
        Ok(self.store.read.query_all_raw(statement).await?)
    }
}

fn found(rows: impl Iterator<Item = QueryResult>, terms: &Terms) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for row in rows {
        let slug: String = row.try_get("", "kind")?;
        let Some(kind) = Kind::from_slug(&slug) else { continue };
        let (title, body): (String, String) = (row.try_get("", "title")?, row.try_get("", "body")?);
        found.push(Found::new(kind, row.try_get("", "number")?, &title, &body, terms));
    }
    Ok(found)
}

async fn run<const N: usize>(tx: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

fn scope_words(workspace: i64, kind: Kind) -> String {
    format!("w{workspace} k{}", kind.slug())
}

/// Terms hold letters and digits only, so they can stand between quotes.
fn sqlite_expression(workspace: i64, kind: Option<Kind>, terms: &Terms) -> String {
    let kind = kind.map(|kind| format!(" AND scope:k{}", kind.slug())).unwrap_or_default();
    let one = |(any, open): (&[String], bool)| {
        let terms: Vec<String> = any.iter().map(|term| format!("\"{term}\"{}", if open { "*" } else { "" })).collect();
        format!("({})", terms.join(" OR "))
    };
    format!("scope:w{workspace}{kind} AND {{title body}} : ({})", terms.iter().map(one).collect::<Vec<_>>().join(" AND "))
}

/// The words as PostgreSQL writes a tsvector down, so that its own parser does not cut them anew.
fn postgres_words(words: &str, weight: char) -> String {
    let placed = words.split_whitespace().enumerate();
    placed.map(|(place, word)| format!("'{word}':{}{weight}", (place + 1).min(16_383))).collect::<Vec<_>>().join(" ")
}

fn postgres_expression(terms: &Terms) -> String {
    let one = |(any, open): (&[String], bool)| {
        let terms: Vec<String> = any.iter().map(|term| format!("'{term}'{}", if open { ":*" } else { "" })).collect();
        format!("({})", terms.join(" | "))
    };
    terms.iter().map(one).collect::<Vec<_>>().join(" & ")
}
