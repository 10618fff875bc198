//! Whether each import counts the rows that are kept of it.

use super::rows::{import, import_evidence, import_row, import_test};
use crate::access::{Read, Scope};
use crate::errors::Result;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use std::collections::HashMap;

impl Scope<Read> {
    /// Says which imports are stored with other counts than they have rows.
    pub(crate) async fn check_imports(&self, db: &impl ConnectionTrait, said: &mut Vec<String>) -> Result<()> {
        let here = import::Entity::find().filter(import::Column::WorkspaceId.eq(self.workspace_id));
        let imports = here.clone().all(db).await?;
        macro_rules! check {
            ($table:ident, $column:ident, $name:literal) => {
                let ids = here.clone().select_only().column(import::Column::Id).into_query();
                let counts = $table::Entity::find()
                    .select_only()
                    .column($table::Column::ImportId)
                    .column_as($table::Column::Line.count(), "rows")
                    .filter($table::Column::ImportId.in_subquery(ids))
                    .group_by($table::Column::ImportId);
                let counts: Vec<(i64, i64)> = counts.into_tuple().all(db).await?;
                let counts: HashMap<i64, i64> = counts.into_iter().collect();
                for row in &imports {
                    let kept = counts.get(&row.id).copied().unwrap_or(0);
                    if row.$column != kept {
                        said.push(format!("Import {}: it is stored with {} {} and made {kept}.", row.number, row.$column, $name));
                    }
                }
            };
        }
        check!(import_row, hypotheses, "hypotheses");
        check!(import_test, tests, "tests");
        check!(import_evidence, evidence, "pieces of evidence");
        Ok(())
    }
}
