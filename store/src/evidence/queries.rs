//! Reading one piece of evidence, what is linked to it, what a hypothesis rests on, and the counts of the kinds.

use super::operations::kind_counter;
use super::renewal::items_of;
use super::rows::{Reading, evidence, evidence_link, to_evidence, to_link};
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::{hypothesis, parse_number, to_hypothesis};
use crate::sites::names_of;
use crate::time::{from_day, from_micros};
use domain::accounts::Member;
use domain::evidence::{Confidence, Evidence, Kind, LinkedEvidence, LinkedHypothesis, confidence};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use std::collections::{BTreeMap, HashMap};

impl<R: Right> Scope<R> {
    /// One piece of evidence; an archived one too, which says so.
    pub async fn evidence(&self, number: &str) -> Result<Evidence> {
        let row = self.evidence_row(&self.store.read, number).await?;
        let people = self.people().await?;
        self.to_evidence(&self.store.read, row, &people).await
    }

    /// The row as everybody reads it.
    pub(super) async fn to_evidence(
        &self,
        db: &impl ConnectionTrait,
        row: evidence::Model,
        people: &HashMap<i64, Member>,
    ) -> Result<Evidence> {
        let mut read = self.to_evidence_list(db, vec![row], people).await?;
        read.pop().ok_or(StoreError::NotFound)
    }

    /// The same of several, with one read of what they have in common.
    pub(super) async fn to_evidence_list(
        &self,
        db: &impl ConnectionTrait,
        rows: Vec<evidence::Model>,
        people: &HashMap<i64, Member>,
    ) -> Result<Vec<Evidence>> {
        let changes = names_of(db, rows.iter().filter_map(|row| row.halved_by)).await?;
        let (weights, today) = (&self.workspace().settings.evidence, self.now().date_naive());
        let reading = Reading { people, weights, today, changes: &changes };
        rows.into_iter().map(|row| to_evidence(row, &reading)).collect()
    }

    /// The hypotheses that a piece of evidence is linked to, the oldest first.
    pub async fn hypotheses_of(&self, evidence: &str) -> Result<Vec<LinkedHypothesis>> {
        let item = self.evidence_row(&self.store.read, evidence).await?;
        let links = evidence_link::Entity::find().filter(evidence_link::Column::EvidenceId.eq(item.id));
        let links = links.order_by_asc(evidence_link::Column::HypothesisId).all(&self.store.read).await?;
        let rows = hypothesis::Entity::find().filter(hypothesis::Column::Id.is_in(links.iter().map(|link| link.hypothesis_id)));
        let mut rows: HashMap<i64, hypothesis::Model> = rows.all(&self.store.read).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut linked = Vec::with_capacity(links.len());
        for row in links {
            let Some(held) = rows.remove(&row.hypothesis_id) else { continue };
            let held = to_hypothesis(held, &HashMap::new())?;
            let (number, title, stage, evidence, archived) = (held.number, held.title, held.stage, held.evidence, held.archived);
            linked.push(LinkedHypothesis { link: to_link(&row)?, at: from_micros(row.at), number, title, stage, evidence, archived });
        }
        Ok(linked)
    }

    /// The first few hypotheses that each of these pieces of evidence is linked to, for a list's column.
    pub async fn users_of(&self, evidence: &[String], each: u64) -> Result<BTreeMap<String, Vec<String>>> {
        let numbers = evidence.iter().filter_map(|number| parse_number("E", number).ok()).map(|number| number.to_string());
        let numbers: Vec<String> = numbers.collect();
        if numbers.is_empty() {
            return Ok(BTreeMap::new());
        }
        let sql = format!(
            "SELECT number, held FROM (SELECT e.number AS number, h.number AS held, \
             ROW_NUMBER() OVER (PARTITION BY e.id ORDER BY h.id) AS place FROM evidence e \
             JOIN evidence_link l ON l.evidence_id = e.id JOIN hypothesis h ON h.id = l.hypothesis_id \
             WHERE e.workspace_id = $1 AND e.number IN ({})) placed WHERE place <= $2 ORDER BY number, place",
            numbers.join(", ")
        );
        let values = [self.workspace_id.into(), i64::try_from(each).unwrap_or(i64::MAX).into()];
        let statement = Statement::from_sql_and_values(self.store.read.get_database_backend(), sql, values);
        let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in self.store.read.query_all_raw(statement).await? {
            let (number, held): (i64, i64) = (row.try_get("", "number")?, row.try_get("", "held")?);
            users.entry(format!("E-{number}")).or_default().push(format!("H-{held}"));
        }
        Ok(users)
    }

    /// The evidence linked to a hypothesis: what supports it first, and of each the latest observed first. Archived
    /// evidence is shown as such and does not count.
    pub async fn evidence_of(&self, hypothesis: &str) -> Result<Vec<LinkedEvidence>> {
        let held = self.hypothesis_row(&self.store.read, hypothesis).await?;
        let links = evidence_link::Entity::find().filter(evidence_link::Column::HypothesisId.eq(held.id)).all(&self.store.read).await?;
        let rows = evidence::Entity::find().filter(evidence::Column::Id.is_in(links.iter().map(|link| link.evidence_id)));
        let rows = rows.order_by_desc(evidence::Column::ObservedDay).order_by_desc(evidence::Column::Seniority);
        let people = self.people().await?;
        let rows = rows.all(&self.store.read).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let read = self.to_evidence_list(&self.store.read, rows, &people).await?;
        let mut linked = Vec::with_capacity(links.len());
        for (id, evidence) in ids.into_iter().zip(read) {
            let Some(link) = links.iter().find(|link| link.evidence_id == id) else { continue };
            linked.push(LinkedEvidence { link: to_link(link)?, at: from_micros(link.at), evidence });
        }
        linked.sort_by_key(|one| (one.evidence.archived, one.link.direction));
        Ok(linked)
    }

    /// The stored confidence of a hypothesis term by term, as of the day it was stored; of today while nothing is.
    pub async fn confidence_explained(&self, hypothesis: &str) -> Result<Confidence> {
        let row = self.hypothesis_row(&self.store.read, hypothesis).await?;
        let items = items_of(&self.store.read, std::iter::once(row.id)).await?;
        let day = if row.evidence_day > 0 { from_day(row.evidence_day) } else { self.now().date_naive() };
        let items = items.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        Ok(confidence(items, &self.workspace().settings.evidence, day))
    }

    /// How many pieces of evidence there are of each kind, archived ones left out.
    pub async fn evidence_counts(&self) -> Result<BTreeMap<Kind, u64>> {
        let counts = counters::read(&self.store.read, self.workspace_id).await?;
        let count = |kind| counts.get(&kind_counter(kind)).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
        Ok(Kind::ALL.into_iter().map(|kind| (kind, count(kind))).collect())
    }
}
