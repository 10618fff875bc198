//! Whether what is stored beside each test is what follows from the rest.

use super::operations::document_of;
use super::queries::state_counter;
use super::rows::{state_of, test};
use crate::access::{Read, Scope};
use crate::errors::Result;
use crate::json;
use crate::search::{check_documents, check_strays};
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
            let document = |row: &test::Model| {
                let plan = json::from_text(&row.plan)?;
                Ok((document_of(row.number, &row.title, row.area.as_deref(), &plan), false))
            };
            check_documents(db, self.workspace_id, &rows.iter().map(document).collect::<Result<Vec<_>>>()?, said).await?;
        }
        check_strays(db, self.workspace_id, Kind::Test, counts.things, said).await?;
        Ok(counts)
    }
}
