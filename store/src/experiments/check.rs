//! Whether what is stored beside each test is what follows from the rest.

use super::operations::document_of;
use super::queries::state_counter;
use super::rows::{state_of, test};
use crate::access::{Read, Right, Scope};
use crate::errors::Result;
use crate::json;
use crate::search::{Document, check_documents, check_strays};
use crate::upkeep::{CHUNK, Counts};
use domain::experiments::State;
use domain::search::Kind;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

impl Scope<Read> {
    /// Says of every test what does not follow; answers how many there should be in each state.
    pub(crate) async fn check_tests(&self, db: &impl ConnectionTrait, said: &mut Vec<String>) -> Result<Counts> {
        let counters = State::ALL.into_iter().flat_map(|state| [false, true].map(|imported| state_counter(imported, state)));
        let mut counts = Counts::new("test", counters);
        let mut after = 0;
        loop {
            let here = test::Entity::find().filter(test::Column::WorkspaceId.eq(self.workspace_id));
            let next = here.filter(test::Column::Id.gt(after)).order_by_asc(test::Column::Id).limit(CHUNK);
            let rows = next.all(db).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                counts.add(row.number, Some(state_counter(row.imported, state_of(row)?)));
                if row.seniority != -row.number {
                    said.push(format!("T-{}: its place in lists does not follow from its number.", row.number));
                }
            }
            let documents = rows.iter().map(|row| Ok((document(row)?, false)));
            check_documents(db, self.workspace_id, &documents.collect::<Result<Vec<_>>>()?, said).await?;
        }
        check_strays(db, self.workspace_id, Kind::Test, counts.things, said).await?;
        Ok(counts)
    }
}

impl<R: Right> Scope<R> {
    /// What search should know of these tests.
    pub(crate) async fn test_documents(&self, db: &impl ConnectionTrait, numbers: &[i64]) -> Result<Vec<Document>> {
        let here = test::Entity::find().filter(test::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(test::Column::Number.is_in(numbers.iter().copied())).all(db).await?.iter().map(document).collect()
    }
}

fn document(row: &test::Model) -> Result<Document> {
    Ok(document_of(row.number, &row.title, row.area.as_deref(), &json::from_text(&row.plan)?))
}
