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
use domain::search::{Fits, Found, Kind, Terms, query_terms};
use sea_orm::{ConnectionTrait, DatabaseBackend, QueryResult, Statement, Value};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

/// At most this many matches are told.
const BEST: usize = 1000;

/// PostgreSQL alone: of so many of the newest documents it is seen how many hold the words, and what every so manieth
/// holds is found faster by walking on than by the index.
const SAMPLE: i64 = 3000;
const OFTEN: i64 = 40;

/// A document that holds all words of a query.
struct Match {
    id: i64,
    kind: Kind,
    number: i64,
    title: String,
}

impl<R: Right> Scope<R> {
    /// The numbers of the best matches of one kind.
    pub(crate) async fn best_matches(&self, kind: Kind, words: &str) -> Result<Vec<i64>> {
        Ok(self.matches(Some(kind), &query_terms(words)).await?.into_iter().map(|one| one.number).collect())
    }

    /// Everything that these words and typed filters find, best first. Never an error, whatever is typed.
    pub async fn search(&self, words: &str, limit: usize) -> Result<Vec<Found>> {
        if let Some(mut asked) = self.asked(words).await? {
            asked.truncate(limit);
            return Ok(asked);
        }
        let terms = query_terms(words);
        let mut matches = self.matches(None, &terms).await?;
        matches.truncate(limit);
        self.found(matches, &terms).await
    }

    /// A page of what these words find, best first; the list ends with the best thousand.
    pub async fn search_page(&self, words: &str, wanted: &PageRequest) -> Result<Page<Found>> {
        let from = match &wanted.cursor {
            Some(raw) => Cursor::decode(raw, "search", 1)?.rank,
            None => 0,
        };
        let place = |rank: u64| usize::try_from(rank).unwrap_or(usize::MAX);
        let (skip, take) = (place(from), place(wanted.length()));
        let (items, total) = match self.asked(words).await? {
            Some(asked) => {
                let total = asked.len();
                (asked.into_iter().skip(skip).take(take).collect(), total)
            }
            None => {
                let terms = query_terms(words);
                let matches = self.matches(None, &terms).await?;
                let total = matches.len();
                (self.found(matches.into_iter().skip(skip).take(take).collect(), &terms).await?, total)
            }
        };
        let to = from + wanted.length();
        let next = (to < total as u64).then(|| Cursor { order: "search".into(), key: vec![0], rank: to }.encode());
        Ok(Page { items, next, total: total as u64, total_is_minimum: total == BEST })
    }

    /// The documents that hold all terms, best first. Of more than can be told, those that hold them in the title, and
    /// the newest.
    async fn matches(&self, kind: Option<Kind>, terms: &Terms) -> Result<Vec<Match>> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.holding(kind, terms, Part::Anywhere).await?;
        if found.len() == BEST {
            let known: BTreeSet<i64> = found.iter().map(|one| one.id).collect();
            found.extend(self.holding(kind, terms, Part::Title).await?.into_iter().filter(|one| !known.contains(&one.id)));
        }
        let mut fits = Fits::new(terms);
        found.sort_by_cached_key(|one| Reverse((fits.fit(&one.title), one.id)));
        found.truncate(BEST);
        Ok(found)
    }

    /// The newest documents that hold all terms in this part.
    async fn holding(&self, kind: Option<Kind>, terms: &Terms, part: Part) -> Result<Vec<Match>> {
        let backend = self.store.read.get_database_backend();
        let statement = if backend == DatabaseBackend::Sqlite {
            // CROSS keeps the order: left to itself, SQLite asks the index once for each document.
            let sql = "SELECT d.id, d.kind, d.number, d.title FROM search_index CROSS JOIN search_document d ON d.id = search_index.rowid \
                       WHERE search_index MATCH $1 AND d.workspace_id = $2 AND NOT d.archived ORDER BY search_index.rowid DESC LIMIT $3";
            let expression = sqlite_expression(self.workspace_id, kind, terms, part);
            Statement::from_sql_and_values(backend, sql, [expression.into(), self.workspace_id.into(), (BEST as u64).into()])
        } else {
            let ids = self.newest_of_postgres(kind, terms, part).await?;
            let sql = format!("SELECT d.id, d.kind, d.number, d.title FROM ({ids}) AS newest JOIN search_document d ON d.id = newest.id");
            Statement::from_sql_and_values(backend, sql, [self.workspace_id.into()])
        };
        let rows = self.store.read.query_all_raw(statement).await?;
        rows.iter().filter_map(|row| matched(row).transpose()).collect()
    }

    /// The question for the ids of the newest that hold the terms. Its index has no order, so that it is asked for words
    /// that few of the newest documents hold; for others the documents are walked until enough have met.
    async fn newest_of_postgres(&self, kind: Option<Kind>, terms: &Terms, part: Part) -> Result<String> {
        // Words and kind are written out: a plan that is made for any words is a bad one for most.
        let kind = kind.map(|kind| format!(" AND kind = '{}'", kind.slug())).unwrap_or_default();
        let holds = format!("words @@ $tsquery${}$tsquery$::tsquery{kind}", postgres_expression(terms, part));
        let walk = "SELECT id, kind, words FROM search_index WHERE workspace_id = $1 AND NOT archived ORDER BY id DESC";
        let sample = format!("SELECT COUNT(*) AS held FROM ({walk} LIMIT {SAMPLE}) AS newest WHERE {holds}");
        let values = [self.workspace_id.into()];
        let row = self.store.read.query_one_raw(Statement::from_sql_and_values(DatabaseBackend::Postgres, sample, values)).await?;
        let held: i64 = row.map(|row| row.try_get("", "held")).transpose()?.unwrap_or(0);
        Ok(if held * OFTEN >= SAMPLE {
            format!("SELECT id FROM ({walk} OFFSET 0) AS walked WHERE {holds} LIMIT {BEST}")
        } else {
            format!(
                "WITH found AS MATERIALIZED (SELECT id FROM search_index WHERE {holds} AND workspace_id = $1 AND NOT archived) \
                 SELECT id FROM found ORDER BY id DESC LIMIT {BEST}"
            )
        })
    }

    /// What is shown of matches, in their order.
    async fn found(&self, matches: Vec<Match>, terms: &Terms) -> Result<Vec<Found>> {
        if matches.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.store.read.get_database_backend();
        let ids = matches.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(", ");
        let sql = format!("SELECT id, body FROM search_document WHERE id IN ({ids})");
        let mut bodies: HashMap<i64, String> = HashMap::new();
        for row in self.store.read.query_all_raw(Statement::from_string(backend, sql)).await? {
            bodies.insert(row.try_get("", "id")?, row.try_get("", "body")?);
        }
        let body = |id: i64| bodies.get(&id).map(String::as_str).unwrap_or_default();
        Ok(matches.iter().map(|one| Found::new(one.kind, one.number, &one.title, body(one.id), terms)).collect())
    }
}

/// Where the words must stand.
#[derive(Clone, Copy)]
enum Part {
    Title,
    Anywhere,
}

/// None for a kind that this version does not know.
fn matched(row: &QueryResult) -> Result<Option<Match>> {
    let slug: String = row.try_get("", "kind")?;
    let Some(kind) = Kind::from_slug(&slug) else { return Ok(None) };
    Ok(Some(Match { id: row.try_get("", "id")?, kind, number: row.try_get("", "number")?, title: row.try_get("", "title")? }))
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

/// The words as PostgreSQL writes a tsvector down, so that its own parser does not cut them anew.
fn postgres_words(words: &str, weight: char) -> String {
    let placed = words.split_whitespace().enumerate();
    placed.map(|(place, word)| format!("'{word}':{}{weight}", (place + 1).min(16_383))).collect::<Vec<_>>().join(" ")
}

/// The words of titles have the weight A.
fn postgres_expression(terms: &Terms, part: Part) -> String {
    let one = |(any, open): (&[String], bool)| {
        let mark = match (open, part) {
            (true, Part::Title) => ":*A",
            (true, Part::Anywhere) => ":*",
            (false, Part::Title) => ":A",
            (false, Part::Anywhere) => "",
        };
        let terms: Vec<String> = any.iter().map(|term| format!("'{term}'{mark}")).collect();
        format!("({})", terms.join(" | "))
    };
    terms.iter().map(one).collect::<Vec<_>>().join(" & ")
}
