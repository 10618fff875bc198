//! The records worth comparing with a draft: found by the index through the rarest of its meanings, so that there are
//! never more than a few thousand, however large the library is.

use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::json;
use domain::search::{Candidate, Draft, Frequencies, Kind, Probe, Unit};
use sea_orm::{ConnectionTrait, DatabaseBackend, QueryResult, Statement};
use std::collections::BTreeSet;

/// At most about so many records are looked at.
const MOST: u64 = 1000;
/// So many of them are compared word by word.
const SHORT_LIST: usize = 60;

/// A record of the library beside a draft.
pub(super) struct Found {
    pub kind: Kind,
    pub number: i64,
    pub title: String,
    pub body: String,
    pub candidate: Candidate,
}

impl<R: Right> Scope<R> {
    /// The records of these kinds that are most like a draft at a first look, and in how many records their words occur.
    pub(super) async fn short_list(&self, draft: &mut Draft<'_>, kinds: &[Kind]) -> Result<(Vec<Found>, Frequencies)> {
        let mut frequencies = self.frequencies(draft.terms()).await?;
        draft.weigh(&frequencies);
        let mut found: Vec<(f64, i64, Candidate)> = Vec::new();
        let mut seen: BTreeSet<i64> = BTreeSet::new();
        let glancing = draft.glancing();
        for probe in draft.probes(&frequencies, MOST) {
            let left = MOST.saturating_sub(seen.len() as u64);
            if left == 0 {
                break;
            }
            for row in self.probe(&probe, kinds, left).await? {
                let id: i64 = row.try_get("", "id")?;
                if seen.insert(id) {
                    let candidate = candidate(&row)?;
                    found.push((draft.glance(&glancing, &candidate), id, candidate));
                }
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
        found.truncate(SHORT_LIST);
        let terms = found.iter().flat_map(|(_, _, candidate)| domain::search::gist_terms(&candidate.gist)).map(str::to_owned);
        let missing: BTreeSet<String> = terms.filter(|term| !frequencies.of.contains_key(term)).collect();
        frequencies.of.extend(self.frequencies(missing).await?.of);
        let ids = found.iter().map(|(_, id, _)| id.to_string()).collect::<Vec<_>>().join(", ");
        Ok((if found.is_empty() { Vec::new() } else { self.whole(&ids).await? }, frequencies))
    }

    async fn frequencies(&self, mut terms: BTreeSet<String>) -> Result<Frequencies> {
        terms.insert(String::new());
        let backend = self.store.read.get_database_backend();
        let each = if backend == DatabaseBackend::Sqlite {
            "SELECT value FROM json_each($2)"
        } else {
            "SELECT jsonb_array_elements_text($2::text::jsonb)"
        };
        let sql = format!("SELECT term, documents FROM search_term WHERE workspace_id = $1 AND documents > 0 AND term IN ({each})");
        let statement = Statement::from_sql_and_values(backend, &sql, [self.workspace_id.into(), json::to_text(&terms)?.into()]);
        let mut counted = Frequencies::default();
        for row in self.store.read.query_all_raw(statement).await? {
            let (term, documents): (String, i64) = (row.try_get("", "term")?, row.try_get("", "documents")?);
            counted.of.insert(term, u64::try_from(documents).unwrap_or(0));
        }
        counted.records = counted.of.remove("").unwrap_or(0);
        Ok(counted)
    }

    /// The newest records that answer a probe. It is written out: a plan that is made for any words is a bad one for most.
    async fn probe(&self, probe: &Probe, kinds: &[Kind], most: u64) -> Result<Vec<QueryResult>> {
        let (backend, workspace) = (self.store.read.get_database_backend(), self.workspace_id);
        let columns = "d.id, d.gist, d.areas, d.lever, d.metric";
        let each = |from: &str, to: &str, joint: &str| {
            kinds.iter().map(|kind| format!("{from}{}{to}", kind.slug())).collect::<Vec<_>>().join(joint)
        };
        let sql = if backend == DatabaseBackend::Sqlite {
            // The kinds are asked of the index, so that it does not name all evidence on the way.
            let scope = format!("scope:w{workspace} AND scope:({})", each("k", "", " OR "));
            let words = expression(probe, [" AND ", " OR "], '"');
            format!(
                "SELECT {columns} FROM search_index CROSS JOIN search_document d ON d.id = search_index.rowid \
                 WHERE search_index MATCH '{scope} AND {{title change}} : ({words})' \
                 AND d.workspace_id = {workspace} AND NOT d.archived ORDER BY search_index.rowid DESC LIMIT {most}"
            )
        } else {
            // By itself PostgreSQL would walk the documents from the newest on until it has met enough.
            let (words, kinds) = (expression(probe, [" & ", " | "], '\''), each("'#", "'", " | "));
            format!(
                "WITH found AS MATERIALIZED (SELECT id FROM search_index WHERE core @@ $tsquery$({words}) & ({kinds})$tsquery$::tsquery \
                 AND workspace_id + 0 = {workspace} AND NOT archived), \
                 newest AS MATERIALIZED (SELECT id FROM found ORDER BY id DESC LIMIT {most}) \
                 SELECT {columns} FROM newest JOIN search_document d ON d.id = newest.id"
            )
        };
        Ok(self.store.read.query_all_raw(Statement::from_string(backend, sql)).await?)
    }

    async fn whole(&self, ids: &str) -> Result<Vec<Found>> {
        let backend = self.store.read.get_database_backend();
        let sql = format!("SELECT kind, number, title, body, gist, areas, lever, metric FROM search_document WHERE id IN ({ids})");
        let mut found = Vec::new();
        for row in self.store.read.query_all_raw(Statement::from_string(backend, sql)).await? {
            let slug: String = row.try_get("", "kind")?;
            let Some(kind) = Kind::from_slug(&slug) else { continue };
            let (title, body) = (row.try_get("", "title")?, row.try_get("", "body")?);
            found.push(Found { kind, number: row.try_get("", "number")?, title, body, candidate: candidate(&row)? });
        }
        Ok(found)
    }
}

fn candidate(row: &QueryResult) -> Result<Candidate> {
    Ok(Candidate {
        gist: row.try_get("", "gist")?,
        areas: row.try_get("", "areas")?,
        lever: row.try_get("", "lever")?,
        metric: row.try_get("", "metric")?,
    })
}

/// Terms hold letters and digits only, so they can stand between quotes.
fn expression(probe: &Probe, [and, or]: [&str; 2], quote: char) -> String {
    let word = |keys: &Vec<String>| {
        let keys: Vec<String> = keys.iter().map(|key| format!("{quote}{key}{quote}")).collect();
        format!("({})", keys.join(or))
    };
    let phrase = |words: &Vec<Vec<String>>| format!("({})", words.iter().map(word).collect::<Vec<_>>().join(and));
    let unit = |unit: &Unit| format!("({})", unit.iter().map(phrase).collect::<Vec<_>>().join(or));
    probe.units.iter().map(unit).collect::<Vec<_>>().join(if probe.all { and } else { or })
}
