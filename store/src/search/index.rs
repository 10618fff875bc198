//! Keeping what search knows: the documents, their words, and in how many documents of a workspace each word occurs.

use super::postgres::postgres_words;
use super::{run, scope_words};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::json;
use domain::search::{Kind, gist, gist_terms, index_words};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement, Value};
use std::collections::BTreeSet;

/// What search knows of a thing.
pub struct Document {
    pub kind: Kind,
    pub number: i64,
    pub title: String,
    /// What is changed; the body says it too.
    pub change: String,
    pub body: String,
    pub areas: Vec<String>,
    pub lever: Option<String>,
    pub metric: Option<String>,
}

impl Document {
    /// One that is found by its words and compared with nothing.
    pub fn plain(kind: Kind, number: i64, title: String, body: String) -> Self {
        Self { kind, number, title, change: String::new(), body, areas: Vec::new(), lever: None, metric: None }
    }

    /// What a draft is compared with; evidence is no idea that somebody had.
    pub(super) fn gist(&self) -> String {
        if self.kind == Kind::Evidence {
            return String::new();
        }
        let rest: Vec<&str> = self.body.lines().filter(|line| !self.change.lines().any(|change| change == *line)).collect();
        gist(&self.title, &self.change, &rest.join("\n"))
    }

    pub(super) fn areas(&self) -> Option<String> {
        (!self.areas.is_empty()).then(|| self.areas.join(" "))
    }

    /// The words of its columns in the index.
    pub(super) fn words(&self) -> [String; 3] {
        [index_words(&self.title), index_words(&self.change), index_words(&self.body)]
    }
}

/// The words of title and change, as PostgreSQL writes them down, and the kind behind a sign.
pub(super) fn postgres_core(gist: &str, kind: Kind) -> String {
    let kind = (!gist.is_empty()).then(|| format!("'#{}'", kind.slug()));
    gist_terms(gist).into_iter().map(|term| format!("'{term}'")).chain(kind).collect::<Vec<_>>().join(" ")
}

impl<R: Right> Scope<R> {
    /// Puts a document into the index, or renews it; an archived one stays archived.
    pub(crate) async fn index(&self, tx: &impl ConnectionTrait, document: &Document) -> Result<()> {
        let backend = tx.get_database_backend();
        let gist = document.gist();
        let insert = "INSERT INTO search_document (workspace_id, kind, number, title, body, archived, gist, areas, lever, metric, stale) \
                      VALUES ($1, $2, $3, $4, $5, false, $6, $7, $8, $9, false) ON CONFLICT (workspace_id, kind, number) DO NOTHING RETURNING id";
        let values = self.columns(document, &gist);
        let row = tx.query_one_raw(Statement::from_sql_and_values(backend, insert, values.clone())).await?;
        let (id, held) = match row {
            Some(row) => (row.try_get("", "id")?, None),
            None => {
                let find = "SELECT id, gist FROM search_document WHERE workspace_id = $1 AND kind = $2 AND number = $3";
                let key: [Value; 3] = [self.workspace_id.into(), document.kind.slug().into(), document.number.into()];
                let found = tx.query_one_raw(Statement::from_sql_and_values(backend, find, key)).await?;
                let Some(found) = found else { return Ok(()) };
                let update = "UPDATE search_document SET title = $4, body = $5, gist = $6, areas = $7, lever = $8, metric = $9, stale = false \
                              WHERE workspace_id = $1 AND kind = $2 AND number = $3";
                run(tx, update, values).await?;
                (found.try_get("", "id")?, Some(found.try_get::<String>("", "gist")?))
            }
        };
        self.put_words(tx, id, document, &gist, held.is_some()).await?;
        self.count_terms(tx, held.as_deref().unwrap_or_default(), &gist).await
    }

    fn columns(&self, document: &Document, gist: &str) -> [Value; 9] {
        [
            self.workspace_id.into(),
            document.kind.slug().into(),
            document.number.into(),
            document.title.clone().into(),
            document.body.clone().into(),
            gist.into(),
            document.areas().into(),
            document.lever.clone().into(),
            document.metric.clone().into(),
        ]
    }

    async fn put_words(&self, tx: &impl ConnectionTrait, id: i64, document: &Document, gist: &str, again: bool) -> Result<()> {
        let [title, change, body] = document.words();
        if tx.get_database_backend() == DatabaseBackend::Sqlite {
            if again {
                run(tx, "DELETE FROM search_index WHERE rowid = $1", [id.into()]).await?;
            }
            let sql = "INSERT INTO search_index (rowid, scope, title, change, body) VALUES ($1, $2, $3, $4, $5)";
            let scope = scope_words(self.workspace_id, document.kind);
            run(tx, sql, [id.into(), scope.into(), title.into(), change.into(), body.into()]).await
        } else {
            let sql = "INSERT INTO search_index (id, workspace_id, words, core, kind) VALUES ($1, $2, $3::text::tsvector, $4::text::tsvector, $5) \
                       ON CONFLICT (id) DO UPDATE SET words = excluded.words, core = excluded.core";
            let words = postgres_words([&title, &body], self.workspace_id, document.kind, id);
            let kind = document.kind.slug();
            let values = [id.into(), self.workspace_id.into(), words.into(), postgres_core(gist, document.kind).into(), kind.into()];
            run(tx, sql, values).await
        }
    }

    /// Counts what a document says now instead of what it said before. The empty term counts the documents.
    async fn count_terms(&self, tx: &impl ConnectionTrait, before: &str, now: &str) -> Result<()> {
        let counted = |gist: &str| -> BTreeSet<String> {
            let any = (!gist.is_empty()).then(String::new);
            gist_terms(gist).into_iter().map(str::to_owned).chain(any).collect()
        };
        let (before, now) = (counted(before), counted(now));
        for (terms, step) in [(now.difference(&before), 1), (before.difference(&now), -1)] {
            let terms: Vec<&String> = terms.collect();
            if terms.is_empty() {
                continue;
            }
            let each = if tx.get_database_backend() == DatabaseBackend::Sqlite {
                "json_each($2) AS each WHERE true"
            } else {
                "jsonb_array_elements_text($2::text::jsonb) AS each (value)"
            };
            // $3 is written out: PostgreSQL would take it for text.
            let sql = format!(
                "INSERT INTO search_term (workspace_id, term, documents) SELECT $1, value, {step} FROM {each} \
                 ON CONFLICT (workspace_id, term) DO UPDATE SET documents = search_term.documents + excluded.documents"
            );
            run(tx, &sql, [self.workspace_id.into(), json::to_text(&terms)?.into()]).await?;
        }
        Ok(())
    }

    /// Archived things are not found.
    pub(crate) async fn index_archived(&self, tx: &impl ConnectionTrait, kind: Kind, number: i64, archived: bool) -> Result<()> {
        let sql = "UPDATE search_document SET archived = $4 WHERE workspace_id = $1 AND kind = $2 AND number = $3";
        let key = || -> [Value; 4] { [self.workspace_id.into(), kind.slug().into(), number.into(), archived.into()] };
        run(tx, sql, key()).await?;
        if tx.get_database_backend() == DatabaseBackend::Sqlite {
            return Ok(());
        }
        let sql = "UPDATE search_index SET archived = $4 \
                   WHERE id = (SELECT id FROM search_document WHERE workspace_id = $1 AND kind = $2 AND number = $3)";
        run(tx, sql, key()).await
    }
}
