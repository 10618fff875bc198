//! Whether what is stored beside each learning is what follows from the rest.

use super::operations::{document_of, outcome_counter};
use super::rows::{learning, learning_area, learning_audience};
use crate::access::{Read, Right, Scope};
use crate::errors::Result;
use crate::experiments::rows::outcome_of;
use crate::json;
use crate::search::{Document, check_documents, check_strays};
use crate::upkeep::{CHUNK, Counts, lists_of};
use domain::experiments::Outcome;
use domain::search::Kind;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

impl Scope<Read> {
    /// Says of every learning what does not follow; answers how many there should be of each outcome.
    pub(crate) async fn check_learnings(&self, db: &impl ConnectionTrait, said: &mut Vec<String>) -> Result<Counts> {
        let counters = Outcome::RECORDED.map(Some).into_iter().chain([None]).map(outcome_counter);
        let mut counts = Counts::new("learning", counters);
        let mut after = 0;
        loop {
            let here = learning::Entity::find().filter(learning::Column::WorkspaceId.eq(self.workspace_id));
            let next = here.filter(learning::Column::Id.gt(after)).order_by_asc(learning::Column::Id).limit(CHUNK);
            let rows = next.all(db).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                let outcome = row.outcome.as_deref().map(outcome_of).transpose()?;
                counts.add(row.number, Some(outcome_counter(outcome)));
            }
            check_lists(db, &rows, said).await?;
            let documents = rows.iter().map(|row| Ok((document(row)?, false)));
            check_documents(db, self.workspace_id, &documents.collect::<Result<Vec<_>>>()?, said).await?;
        }
        check_strays(db, self.workspace_id, Kind::Learning, counts.things, said).await?;
        Ok(counts)
    }
}

/// Lists of areas and audiences are narrowed by tables of their own.
async fn check_lists(db: &impl ConnectionTrait, rows: &[learning::Model], said: &mut Vec<String>) -> Result<()> {
    macro_rules! check {
        ($table:ident, $column:ident, $own:ident, $name:literal) => {
            let held = $table::Entity::find().filter($table::Column::LearningId.is_in(rows.iter().map(|row| row.id))).all(db).await?;
            let held = lists_of(held.into_iter().map(|row| (row.learning_id, row.$column)));
            for row in rows {
                let mut own: Vec<String> = json::from_text(&row.$own)?;
                own.sort();
                if held.get(&row.id).map(Vec::as_slice).unwrap_or_default() != own {
                    said.push(format!("L-{}: it is listed under other {} than it has.", row.number, $name));
                }
            }
        };
    }
    check!(learning_area, area, areas, "areas");
    check!(learning_audience, audience, audiences, "audiences");
    Ok(())
}

impl<R: Right> Scope<R> {
    /// What search should know of these learnings.
    pub(crate) async fn learning_documents(&self, db: &impl ConnectionTrait, numbers: &[i64]) -> Result<Vec<Document>> {
        let here = learning::Entity::find().filter(learning::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(learning::Column::Number.is_in(numbers.iter().copied())).all(db).await?.iter().map(document).collect()
    }
}

fn document(row: &learning::Model) -> Result<Document> {
    let areas: Vec<String> = json::from_text(&row.areas)?;
    Ok(document_of(row.number, &row.sentence, [&row.what_happened, &row.why, &row.lever], &areas))
}
