//! Whether search knows everything as it is said now, and nothing else.

use super::index::postgres_core;
use super::postgres::postgres_words;
use super::{Document, scope_words};
use crate::errors::Result;
use crate::upkeep::CHUNK;
use domain::search::{Kind, gist_terms};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A document as it is kept.
struct Kept {
    id: i64,
    title: String,
    body: String,
    archived: bool,
    /// What a draft is compared with: words, areas, lever, metric.
    compared: [Option<String>; 4],
}

impl Kept {
    fn is(&self, document: &Document, archived: bool) -> bool {
        let compared = [Some(document.gist()), document.areas(), document.lever.clone(), document.metric.clone()];
        self.title == document.title && self.body == document.body && self.archived == archived && self.compared == compared
    }
}

/// Says which of these documents, each with whether it is archived, search knows otherwise. All are of one kind.
pub(crate) async fn check_documents(
    db: &impl ConnectionTrait,
    workspace: i64,
    documents: &[(Document, bool)],
    said: &mut Vec<String>,
) -> Result<()> {
    let Some((first, _)) = documents.first() else { return Ok(()) };
    let numbers: Vec<i64> = documents.iter().map(|(document, _)| document.number).collect();
    let kept = kept(db, workspace, first.kind, &numbers).await?;
    let mut wanted = Vec::new();
    for (document, archived) in documents {
        match kept.get(&document.number) {
            Some(row) if row.is(document, *archived) => {
                wanted.push((row.id, document));
            }
            Some(_) => said.push(format!("{}: search holds other words than it says.", name(document))),
            None => said.push(format!("{}: search does not know it.", name(document))),
        }
    }
    let true_ones = indexed(db, workspace, &wanted).await?;
    let untrue = wanted.iter().filter(|(id, _)| !true_ones.contains(id));
    said.extend(untrue.map(|(_, document)| format!("{}: the search index does not hold its words.", name(document))));
    Ok(())
}

/// Says where search keeps more documents of a kind than there are things.
pub(crate) async fn check_strays(db: &impl ConnectionTrait, workspace: i64, kind: Kind, things: u64, said: &mut Vec<String>) -> Result<()> {
    let sql = "SELECT COUNT(*) AS count FROM search_document WHERE workspace_id = $1 AND kind = $2";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [workspace.into(), kind.slug().into()]);
    let row = db.query_one_raw(statement).await?;
    let count: i64 = row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or(0);
    let stray = u64::try_from(count).unwrap_or(0).saturating_sub(things);
    if stray > 0 {
        said.push(format!("Search holds {stray} entries of kind {} that belong to nothing.", kind.slug()));
    }
    Ok(())
}

/// Says where the counts of words are not what the documents say.
pub(crate) async fn check_terms(db: &impl ConnectionTrait, workspace: i64, said: &mut Vec<String>) -> Result<()> {
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    let mut after = 0_i64;
    loop {
        let sql = "SELECT id, gist FROM search_document WHERE workspace_id = $1 AND kind <> 'evidence' AND id > $2 ORDER BY id LIMIT $3";
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [workspace.into(), after.into(), CHUNK.into()]);
        let rows = db.query_all_raw(statement).await?;
        let Some(last) = rows.last() else { break };
        after = last.try_get("", "id")?;
        for row in &rows {
            let gist: String = row.try_get("", "gist")?;
            let any = (!gist.is_empty()).then_some("");
            gist_terms(&gist).into_iter().chain(any).for_each(|term| *counted.entry(term.to_owned()).or_default() += 1);
        }
    }
    let sql = "SELECT term, documents FROM search_term WHERE workspace_id = $1 AND documents <> 0";
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [workspace.into()])).await?;
    let mut wrong = 0;
    for row in &rows {
        let (term, documents): (String, i64) = (row.try_get("", "term")?, row.try_get("", "documents")?);
        wrong += usize::from(counted.remove(&term) != Some(documents));
    }
    wrong += counted.len();
    if wrong > 0 {
        said.push(format!("Search counts {wrong} words otherwise than they occur."));
    }
    Ok(())
}

fn name(document: &Document) -> String {
    format!("{}-{}", document.kind.letter(), document.number)
}

fn list(values: impl Iterator<Item = i64>) -> String {
    values.map(|value| value.to_string()).collect::<Vec<_>>().join(", ")
}

async fn kept(db: &impl ConnectionTrait, workspace: i64, kind: Kind, numbers: &[i64]) -> Result<BTreeMap<i64, Kept>> {
    let numbers = list(numbers.iter().copied());
    let sql = format!(
        "SELECT id, number, title, body, archived, gist, areas, lever, metric FROM search_document WHERE workspace_id = $1 AND kind = $2 AND number IN ({numbers})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [workspace.into(), kind.slug().into()]);
    let rows = db.query_all_raw(statement).await?;
    let read = |row: &sea_orm::QueryResult| {
        let (title, body) = (row.try_get("", "title")?, row.try_get("", "body")?);
        let compared = [row.try_get("", "gist")?, row.try_get("", "areas")?, row.try_get("", "lever")?, row.try_get("", "metric")?];
        Ok((row.try_get("", "number")?, Kept { id: row.try_get("", "id")?, title, body, archived: row.try_get("", "archived")?, compared }))
    };
    rows.iter().map(read).collect()
}

/// The ids of those documents whose words the index holds.
async fn indexed(db: &impl ConnectionTrait, workspace: i64, wanted: &[(i64, &Document)]) -> Result<BTreeSet<i64>> {
    if wanted.is_empty() {
        return Ok(BTreeSet::new());
    }
    if db.get_database_backend() == DatabaseBackend::Sqlite {
        return indexed_by_sqlite(db, workspace, wanted).await;
    }
    let mut values: Vec<Value> = Vec::new();
    let mut places = Vec::new();
    for (id, document) in wanted {
        let from = values.len();
        places.push(format!("(${}::bigint, ${}::text, ${}::text)", from + 1, from + 2, from + 3));
        let [title, _, body] = document.words();
        let core = postgres_core(&document.gist(), document.kind);
        let words = postgres_words([&title, &body], workspace, document.kind, *id);
        values.extend([(*id).into(), words.into(), core.into()]);
    }
    let sql = format!(
        "SELECT i.id FROM search_index i JOIN (VALUES {}) AS w (id, words, core) ON w.id = i.id \
         JOIN search_document d ON d.id = i.id AND d.kind = i.kind AND d.archived = i.archived \
         WHERE i.workspace_id = {workspace} AND i.words = w.words::tsvector AND i.core = w.core::tsvector",
        places.join(", ")
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(DatabaseBackend::Postgres, sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

async fn indexed_by_sqlite(db: &impl ConnectionTrait, workspace: i64, wanted: &[(i64, &Document)]) -> Result<BTreeSet<i64>> {
    let ids = list(wanted.iter().map(|(id, _)| *id));
    let sql = format!("SELECT rowid AS id, scope, title, change, body FROM search_index WHERE rowid IN ({ids})");
    let rows = db.query_all_raw(Statement::from_string(DatabaseBackend::Sqlite, sql)).await?;
    let mut held: BTreeMap<i64, [String; 4]> = BTreeMap::new();
    for row in &rows {
        let words = [row.try_get("", "scope")?, row.try_get("", "title")?, row.try_get("", "change")?, row.try_get("", "body")?];
        held.insert(row.try_get("", "id")?, words);
    }
    let words = |document: &Document| {
        let [title, change, body] = document.words();
        [scope_words(workspace, document.kind), title, change, body]
    };
    Ok(wanted.iter().filter(|(id, document)| held.get(id) == Some(&words(document))).map(|(id, _)| *id).collect())
}
