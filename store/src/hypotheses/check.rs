//! Whether what is stored beside each hypothesis is what follows from the rest.

use super::operations::{document_of, stage_counter, stage_of};
use super::rows::{hypothesis, hypothesis_tag};
use crate::access::{Read, Right, Scope};
use crate::errors::Result;
use crate::evidence::check_confidence;
use crate::json;
use crate::scoring::check_scores;
use crate::search::{Document, check_documents, check_strays};
use crate::upkeep::{CHUNK, Counts, lists_of};
use domain::accounts::WorkspaceSettings;
use domain::hypotheses::{Stage, Statement};
use domain::search::Kind;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

impl Scope<Read> {
    /// Says of every hypothesis what does not follow; answers how many there should be in each stage.
    pub(crate) async fn check_hypotheses(
        &self,
        db: &impl ConnectionTrait,
        settings: &WorkspaceSettings,
        said: &mut Vec<String>,
    ) -> Result<Counts> {
        let mut counts = Counts::new("hypothesis", Stage::ALL.map(stage_counter));
        let shapes = settings.shapes();
        let mut after = 0;
        loop {
            let here = hypothesis::Entity::find().filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id));
            let next = here.filter(hypothesis::Column::Id.gt(after)).order_by_asc(hypothesis::Column::Id).limit(CHUNK);
            let rows = next.all(db).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in &rows {
                counts.add(row.number, (!row.archived).then_some(stage_counter(stage_of(row)?)));
            }
            check_scores(db, &rows, &shapes, said).await?;
            check_confidence(db, &rows, settings.evidence, said).await?;
            check_rows(db, &rows, said).await?;
            let documents = rows.iter().map(|row| Ok((document(row)?, row.archived)));
            check_documents(db, self.workspace_id, &documents.collect::<Result<Vec<_>>>()?, said).await?;
        }
        check_strays(db, self.workspace_id, Kind::Hypothesis, counts.things, said).await?;
        Ok(counts)
    }
}

impl<R: Right> Scope<R> {
    /// What search should know of these hypotheses.
    pub(crate) async fn hypothesis_documents(&self, db: &impl ConnectionTrait, numbers: &[i64]) -> Result<Vec<Document>> {
        let here = hypothesis::Entity::find().filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(hypothesis::Column::Number.is_in(numbers.iter().copied())).all(db).await?.iter().map(document).collect()
    }
}

fn document(row: &hypothesis::Model) -> Result<Document> {
    let (statement, tags) = (json::from_text(&row.statement)?, json::from_text::<Vec<String>>(&row.tags)?);
    Ok(document_of(row.number, &row.title, &statement, row.details.as_deref(), (&tags, row.area.as_deref())))
}

/// What is taken from the statement and the tags, so that lists can be narrowed by it.
async fn check_rows(db: &impl ConnectionTrait, rows: &[hypothesis::Model], said: &mut Vec<String>) -> Result<()> {
    let tags = hypothesis_tag::Entity::find().filter(hypothesis_tag::Column::HypothesisId.is_in(rows.iter().map(|row| row.id)));
    let tags = lists_of(tags.all(db).await?.into_iter().map(|row| (row.hypothesis_id, row.tag)));
    for row in rows {
        let statement: Statement = json::from_text(&row.statement)?;
        let metric = statement.effect.as_ref().map(|effect| &effect.metric);
        let taken = row.statement_complete == i64::from(statement.is_complete())
            && row.lever == statement.lever
            && row.metric.as_ref() == metric
            && row.seniority == -row.number;
        if !taken {
            said.push(format!("H-{}: what is stored beside its statement does not follow from it.", row.number));
        }
        let mut own: Vec<String> = json::from_text(&row.tags)?;
        own.sort();
        if tags.get(&row.id).map(Vec::as_slice).unwrap_or_default() != own {
            said.push(format!("H-{}: it is listed under other tags than it has.", row.number));
        }
    }
    Ok(())
}
