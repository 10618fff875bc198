//! Whether what is stored beside each row of the inventory is what follows from the rest.

use super::latest::newest_of;
use super::pages_counter;
use super::rows::{signal, sorted_by};
use crate::access::{Read, Scope};
use crate::errors::Result;
use crate::upkeep::{CHUNK, Counts};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;

use signal::Column;

impl Scope<Read> {
    /// Says of every row what does not follow; answers how many pages there should be.
    pub(crate) async fn check_signals(&self, db: &impl ConnectionTrait, said: &mut Vec<String>) -> Result<Counts> {
        let mut counts = Counts::new("signal", [pages_counter()]);
        let mut after = 0;
        loop {
            let here = signal::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
            let rows = here.clone().filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(CHUNK).all(db).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            let paths: BTreeSet<&str> = rows.iter().map(|row| row.path.as_str()).collect();
            let beside = here.filter(Column::Path.is_in(paths)).order_by_asc(Column::PeriodTo).all(db).await?;
            let newest = newest_of(&beside);
            for row in &rows {
                let latest = newest.contains(&row.id);
                counts.add(row.number, latest.then(pages_counter));
                if (row.exits_per_week, row.exit_rate) != sorted_by(row) || row.seniority != -row.number {
                    said.push(format!("Signal {}: what it is sorted by does not follow from what it says.", row.number));
                }
                if row.latest != latest {
                    let (held, real) = if latest { ("an older", "the newest") } else { ("the newest", "an older one") };
                    said.push(format!("Signal {}: it is stored as {held} row of its page and is {real}.", row.number));
                }
            }
        }
        Ok(counts)
    }
}
