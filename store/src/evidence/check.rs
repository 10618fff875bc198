//! Whether what is stored beside each piece of evidence is what follows from the rest.

use super::halving::halving_of;
use super::operations::{document_of, kind_counter};
use super::rows::{evidence, evidence_area, evidence_audience, evidence_link, evidence_tag, to_kind};
use crate::access::{Read, Right, Scope};
use crate::errors::Result;
use crate::json;
use crate::search::{Document, check_documents, check_strays};
use crate::sites::Changes;
use crate::time::{from_day, from_micros, to_day};
use crate::upkeep::{CHUNK, Counts, lists_of};
use domain::evidence::{Kind, observed};
use domain::search::Kind as Found;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

impl Scope<Read> {
    /// Says of every piece of evidence what does not follow; answers how many there should be of each kind.
    pub(crate) async fn check_evidence_rows(&self, db: &impl ConnectionTrait, said: &mut Vec<String>) -> Result<Counts> {
        let mut counts = Counts::new("evidence", Kind::ALL.map(kind_counter));
        let changes = self.live_changes(db).await?;
        let mut after = 0;
        loop {
            let here = evidence::Entity::find().filter(evidence::Column::WorkspaceId.eq(self.workspace_id));
            let next = here.filter(evidence::Column::Id.gt(after)).order_by_asc(evidence::Column::Id).limit(CHUNK);
            let rows = next.all(db).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                counts.add(row.number, (!row.archived).then_some(kind_counter(to_kind(&row.kind)?)));
            }
            check_rows(db, &rows, said).await?;
            check_halving(&rows, &changes, said)?;
            check_lists(db, &rows, said).await?;
            let documents = rows.iter().map(|row| Ok((document(row)?, row.archived)));
            check_documents(db, self.workspace_id, &documents.collect::<Result<Vec<_>>>()?, said).await?;
        }
        check_strays(db, self.workspace_id, Found::Evidence, counts.things, said).await?;
        Ok(counts)
    }
}

impl<R: Right> Scope<R> {
    /// What search should know of these pieces of evidence.
    pub(crate) async fn evidence_documents(&self, db: &impl ConnectionTrait, numbers: &[i64]) -> Result<Vec<Document>> {
        let here = evidence::Entity::find().filter(evidence::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(evidence::Column::Number.is_in(numbers.iter().copied())).all(db).await?.iter().map(document).collect()
    }
}

fn document(row: &evidence::Model) -> Result<Document> {
    let source = row.source.as_deref().map(json::from_text).transpose()?;
    let tags: Vec<String> = json::from_text(&row.tags)?;
    Ok(document_of(row.number, &row.title, row.finding.as_deref(), source.as_ref(), &tags))
}

async fn check_rows(db: &impl ConnectionTrait, rows: &[evidence::Model], said: &mut Vec<String>) -> Result<()> {
    let links = evidence_link::Entity::find().filter(evidence_link::Column::EvidenceId.is_in(rows.iter().map(|row| row.id)));
    let mut uses: HashMap<i64, i64> = HashMap::new();
    for link in links.all(db).await? {
        *uses.entry(link.evidence_id).or_default() += 1;
    }
    for row in rows {
        let (from, to) = (row.observed_from.map(from_day), row.observed_to.map(from_day));
        let day = to_day(observed(from, to, from_micros(row.created_at).date_naive()));
        if row.class != to_kind(&row.kind)?.class().slug() || row.observed_day != day || row.seniority != -row.number {
            said.push(format!("E-{}: its stored class or day does not follow from what it says.", row.number));
        }
        let counted = uses.get(&row.id).copied().unwrap_or(0);
        if row.uses != counted {
            said.push(format!("E-{}: it is stored as used {} times and is used {counted} times.", row.number, row.uses));
        }
    }
    Ok(())
}

fn check_halving(rows: &[evidence::Model], changes: &Changes, said: &mut Vec<String>) -> Result<()> {
    for row in rows {
        let by = halving_of(row, changes)?;
        if row.halved_by != by || row.halved != by.is_some() {
            let number = row.number;
            said.push(format!("E-{number}: whether a site change halved it is not what follows from the site changes there are."));
        }
    }
    Ok(())
}

/// Lists of areas, audiences and tags are narrowed by tables of their own.
async fn check_lists(db: &impl ConnectionTrait, rows: &[evidence::Model], said: &mut Vec<String>) -> Result<()> {
    macro_rules! check {
        ($table:ident, $column:ident, $own:ident, $name:literal) => {
            let held = $table::Entity::find().filter($table::Column::EvidenceId.is_in(rows.iter().map(|row| row.id))).all(db).await?;
            let held = lists_of(held.into_iter().map(|row| (row.evidence_id, row.$column)));
            for row in rows {
                let mut own: Vec<String> = json::from_text(&row.$own)?;
                own.sort();
                if held.get(&row.id).map(Vec::as_slice).unwrap_or_default() != own {
                    said.push(format!("E-{}: it is listed under other {} than it has.", row.number, $name));
                }
            }
        };
    }
    check!(evidence_area, area, areas, "areas");
    check!(evidence_audience, audience, audiences, "audiences");
    check!(evidence_tag, tag, tags, "tags");
    Ok(())
}
