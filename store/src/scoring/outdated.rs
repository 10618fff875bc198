//! Which hypotheses of a page ask for another look, since their scores or evidence are older than a change of the site: two
//! reads for the whole page.

use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::time::from_micros;
use domain::hypotheses::{Hypothesis, Outdated};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use std::collections::{BTreeMap, HashMap};

/// The oldest present score of each, by model.
const SCORES: &str = "SELECT h.number AS number, s.model AS model, MIN(s.at) AS found FROM hypothesis h \
    JOIN score s ON s.hypothesis_id = h.id AND s.current = $2 WHERE h.workspace_id = $1 AND h.number IN ({}) GROUP BY h.number, s.model";
/// A change that halved evidence of each.
const EVIDENCE: &str = "SELECT h.number AS number, '' AS model, MAX(e.halved_by) AS found FROM hypothesis h \
    JOIN evidence_link l ON l.hypothesis_id = h.id JOIN evidence e ON e.id = l.evidence_id AND e.halved = $2 AND NOT e.archived \
    WHERE h.workspace_id = $1 AND h.number IN ({}) GROUP BY h.number";

/// What was found, by number and, of scores, by model.
type Found = HashMap<(String, String), i64>;

impl<R: Right> Scope<R> {
    /// What is outdated among these, by number.
    pub async fn outdated(&self, items: &[Hypothesis]) -> Result<BTreeMap<String, Outdated>> {
        let changes = self.live_changes(&self.store.read).await?;
        if changes.is_empty() || items.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (scores, evidence) = (self.found_of(SCORES, items).await?, self.found_of(EVIDENCE, items).await?);
        let outdated = |one: &Hypothesis| {
            let areas: Vec<String> = one.area.iter().cloned().collect();
            let model = one.score.as_ref().map_or("", |score| score.model.slug());
            let oldest = scores.get(&(one.number.clone(), model.to_owned())).map(|at| from_micros(*at).date_naive());
            let of_scores = oldest.and_then(|day| changes.since(one.site.as_deref(), &areas, day));
            let of_evidence = evidence.get(&(one.number.clone(), String::new())).and_then(|id| changes.named(*id));
            Outdated::of(of_scores, of_evidence).map(|found| (one.number.clone(), found))
        };
        Ok(items.iter().filter_map(outdated).collect())
    }

    async fn found_of(&self, sql: &str, items: &[Hypothesis]) -> Result<Found> {
        let numbers = items.iter().filter_map(|one| one.number.strip_prefix("H-"));
        let numbers: Vec<&str> = numbers.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())).collect();
        let sql = sql.replace("{}", &numbers.join(", "));
        let values: [Value; 2] = [self.workspace_id.into(), true.into()];
        let statement = Statement::from_sql_and_values(self.store.read.get_database_backend(), sql, values);
        let read = |row: &QueryResult| -> Result<((String, String), i64)> {
            let number: i64 = row.try_get("", "number")?;
            Ok(((format!("H-{number}"), row.try_get("", "model")?), row.try_get("", "found")?))
        };
        self.store.read.query_all_raw(statement).await?.iter().map(read).collect()
    }
}
