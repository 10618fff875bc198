//! Full-text search: the seam over FTS5 and tsvector. The domain makes the words; here they are kept and compared.

mod asked;
mod candidates;
mod check;
mod index;
mod postgres;
mod renewal;
mod similar;
mod suggest;

pub(crate) use check::{check_documents, check_strays, check_terms};
pub(crate) use index::Document;
pub(crate) use renewal::renew;

use asked::Asked;
use postgres::postgres_expression;

use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::paging::{Cursor, PageRequest};
use domain::page::Page;
use domain::search::{Fits, Found, Kind, Terms, query_terms};
use sea_orm::{ConnectionTrait, DatabaseBackend, QueryResult, Statement, Value};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// At most this many matches are told.
const BEST: usize = 1000;

/// A document that holds all words of a query.
struct Match {
    id: i64,
    kind: Kind,
    number: i64,
    title: String,
}

impl Match {
    fn place(&self) -> (Kind, i64) {
        (self.kind, self.number)
    }
}

/// What a query finds, best first, and its words.
struct Ranked {
    places: Vec<(Kind, i64)>,
    terms: Terms,
}

impl<R: Right> Scope<R> {
    /// The numbers of the best matches of one kind.
    pub(crate) async fn best_matches(&self, kind: Kind, words: &str) -> Result<Vec<i64>> {
        Ok(self.matches(Some(kind), &query_terms(words)).await?.into_iter().map(|one| one.number).collect())
    }

    /// Everything that these words and typed filters find, best first. Never an error, whatever is typed.
    pub async fn search(&self, words: &str, limit: usize) -> Result<Vec<Found>> {
        let Ranked { mut places, terms } = self.ranked(words).await?;
        places.truncate(limit);
        self.found(&places, &terms).await
    }

    /// A page of what these words find, best first; the list ends with the best thousand.
    pub async fn search_page(&self, words: &str, wanted: &PageRequest) -> Result<Page<Found>> {
        let from = match &wanted.cursor {
            Some(raw) => Cursor::decode(raw, "search", 1)?.rank,
            None => 0,
        };
        let place = |rank: u64| usize::try_from(rank).unwrap_or(usize::MAX);
        let Ranked { places, terms } = self.ranked(words).await?;
        let total = places.len();
        let shown: Vec<_> = places.into_iter().skip(place(from)).take(place(wanted.length())).collect();
        let to = from + wanted.length();
        let next = (to < total as u64).then(|| Cursor { order: "search".into(), key: vec![0], rank: to }.encode());
        Ok(Page { items: self.found(&shown, &terms).await?, next, total: total as u64, total_is_minimum: total >= BEST })
    }

    async fn ranked(&self, words: &str) -> Result<Ranked> {
        if let Some(asked) = Asked::read(words) {
            return self.asked(&asked).await;
        }
        let terms = query_terms(words);
        let matches = self.matches(None, &terms).await?;
        Ok(Ranked { places: matches.iter().map(Match::place).collect(), terms })
    }

    /// The documents that hold all terms, best first. Of more than can be told, those that hold the words as they stand
    /// rather than longer ones, those that hold them in the title, and the newest.
    async fn matches(&self, kind: Option<Kind>, terms: &Terms) -> Result<Vec<Match>> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for asked in terms.finished().iter().chain([terms]) {
            let (newest, titled) = tokio::try_join!(self.holding(kind, asked, Part::Anywhere), self.holding(kind, asked, Part::Title))?;
            let many = newest.len() == BEST;
            let known: BTreeSet<i64> = newest.iter().map(|one| one.id).collect();
            found = newest;
            found.extend(titled.into_iter().filter(|one| !known.contains(&one.id)));
            if many {
                break;
            }
        }
        let mut fits = Fits::new(terms);
        found.sort_by_cached_key(|one| Reverse((fits.fit(&one.title), one.id)));
        found.truncate(BEST);
        Ok(found)
    }

    /// The newest documents that hold all terms in this part.
    async fn holding(&self, kind: Option<Kind>, terms: &Terms, part: Part) -> Result<Vec<Match>> {
        let backend = self.store.read.get_database_backend();
        if backend != DatabaseBackend::Sqlite {
            return self.newest_of_postgres(kind, &postgres_expression(terms, part)).await;
        }
        // CROSS keeps the order: left to itself, SQLite asks the index once for each document.
        let sql = "SELECT d.id, d.kind, d.number, d.title FROM search_index CROSS JOIN search_document d ON d.id = search_index.rowid \
                   WHERE search_index MATCH $1 AND d.workspace_id = $2 AND NOT d.archived ORDER BY search_index.rowid DESC LIMIT $3";
        let expression = sqlite_expression(self.workspace_id, kind, terms, part);
        let values = [expression.into(), self.workspace_id.into(), (BEST as u64).into()];
        matches(&self.store.read.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?)
    }

    /// What is shown of these, in their order.
    async fn found(&self, places: &[(Kind, i64)], terms: &Terms) -> Result<Vec<Found>> {
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.store.read.get_database_backend();
        let of = |kind: Kind| {
            let numbers: Vec<String> = places.iter().filter(|one| one.0 == kind).map(|one| one.1.to_string()).collect();
            (!numbers.is_empty()).then(|| format!("kind = '{}' AND number IN ({})", kind.slug(), numbers.join(", ")))
        };
        let any: Vec<String> = Kind::ALL.into_iter().filter_map(of).collect();
        let sql = format!("SELECT kind, number, title, body FROM search_document WHERE workspace_id = $1 AND ({})", any.join(" OR "));
        let mut shown: HashMap<(Kind, i64), Found> = HashMap::new();
        for row in self.store.read.query_all_raw(Statement::from_sql_and_values(backend, sql, [self.workspace_id.into()])).await? {
            let (slug, number): (String, i64) = (row.try_get("", "kind")?, row.try_get("", "number")?);
            let (title, body): (String, String) = (row.try_get("", "title")?, row.try_get("", "body")?);
            if let Some(kind) = Kind::from_slug(&slug) {
                shown.insert((kind, number), Found::new(kind, number, &title, &body, terms));
            }
        }
        Ok(places.iter().filter_map(|place| shown.remove(place)).collect())
    }
}

/// Where the words must stand.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Anywhere,
}

/// Kinds that this version does not know are left out.
fn matches(rows: &[QueryResult]) -> Result<Vec<Match>> {
    let read = |row: &QueryResult| -> Result<Option<Match>> {
        let slug: String = row.try_get("", "kind")?;
        let Some(kind) = Kind::from_slug(&slug) else { return Ok(None) };
        Ok(Some(Match { id: row.try_get("", "id")?, kind, number: row.try_get("", "number")?, title: row.try_get("", "title")? }))
    };
    rows.iter().filter_map(|row| read(row).transpose()).collect()
}

async fn run<const N: usize>(tx: &impl ConnectionTrait, sql: &str, values: [Value; N]) -> Result<()> {
    tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    Ok(())
}

fn scope_words(workspace: i64, kind: Kind) -> String {
    format!("w{workspace} k{}", kind.slug())
}

/// Terms hold letters and digits only, so they can stand between quotes.
fn sqlite_expression(workspace: i64, kind: Option<Kind>, terms: &Terms, part: Part) -> String {
    let kind = kind.map(|kind| format!(" AND scope:k{}", kind.slug())).unwrap_or_default();
    let one = |(any, open): (&[String], bool)| {
        let terms: Vec<String> = any.iter().map(|term| format!("\"{term}\"{}", if open { "*" } else { "" })).collect();
        format!("({})", terms.join(" OR "))
    };
    let columns = match part {
        Part::Title => "title",
        Part::Anywhere => "title body",
    };
    format!("scope:w{workspace}{kind} AND {{{columns}}} : ({})", terms.iter().map(one).collect::<Vec<_>>().join(" AND "))
}
