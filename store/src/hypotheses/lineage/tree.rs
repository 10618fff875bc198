//! The tree that a hypothesis stands in: up to its root, then level by level down, one query each.

use super::name_of;
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::experiments::rows::{outcome_of, test, test_hypothesis};
use crate::hypotheses::rows::hypothesis;
use crate::hypotheses::stage_of;
use crate::json;
use crate::learnings::rows::learning;
use domain::experiments::{Outcome, State};
use domain::hypotheses::{Edge, Lineage, LineageNode, Stage};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{HashMap, HashSet};

/// A tree is told up to so many hypotheses, and so many levels up and down.
const MOST: usize = 60;
const LEVELS: usize = 12;

impl<R: Right> Scope<R> {
    /// The tree with its outcomes. A learning that a hypothesis grew out of leads on to what it taught about.
    pub async fn lineage(&self, number: &str) -> Result<Lineage> {
        let row = self.hypothesis_row(&self.store.read, number).await?;
        let (root, learning) = self.root_of(row).await?;
        let mut seen: HashSet<String> = HashSet::from([name_of(&root)]);
        let mut levels = vec![vec![(name_of(&root), root)]];
        let mut below: HashMap<String, Vec<(String, Edge)>> = HashMap::new();
        let mut cut = false;
        for _ in 0..LEVELS {
            let above = levels.last().map(Vec::as_slice).unwrap_or_default();
            let mut next = Vec::new();
            for (parent, edge, child) in self.children_of(above).await? {
                if !seen.insert(name_of(&child)) {
                    continue;
                }
                cut |= seen.len() > MOST;
                if !cut {
                    below.entry(parent).or_default().push((name_of(&child), edge));
                    next.push((name_of(&child), child));
                }
            }
            if next.is_empty() {
                break;
            }
            levels.push(next);
        }
        let rows: HashMap<String, hypothesis::Model> = levels.concat().into_iter().collect();
        let outcomes = self.outcomes(rows.values().map(|row| row.id)).await?;
        let mut tree = grow(&levels[0][0].0, None, &Parts { rows: &rows, below: &below, outcomes: &outcomes })?;
        if let Some(learning) = learning {
            tree.edge = Some(Edge::LedTo);
            tree = LineageNode { children: vec![tree], ..learning_node(learning)? };
        }
        Ok(Lineage { root: tree, cut })
    }

    /// The first ancestor; with it the learning that it grew out of, if that names no hypothesis to go on with.
    async fn root_of(&self, mut row: hypothesis::Model) -> Result<(hypothesis::Model, Option<learning::Model>)> {
        let mut seen = HashSet::from([row.id]);
        for _ in 0..LEVELS {
            let above = match row.parent.as_deref() {
                Some(parent) if parent.starts_with("H-") => self.hypothesis_row(&self.store.read, parent).await?,
                Some(parent) => {
                    let Ok(found) = self.learning_row(&self.store.read, parent).await else { break };
                    let taught: Vec<String> = json::from_text(&found.hypotheses)?;
                    match taught.first() {
                        // Only what a test taught is found again on the way down.
                        Some(first) if found.test_id.is_some() => self.hypothesis_row(&self.store.read, first).await?,
                        _ => return Ok((row, Some(found))),
                    }
                }
                None => break,
            };
            if !seen.insert(above.id) {
                break;
            }
            row = above;
        }
        Ok((row, None))
    }

    /// What stands directly below these: what grew out of them or of what their tests taught, and what was merged in.
    async fn children_of(&self, above: &[(String, hypothesis::Model)]) -> Result<Vec<(String, Edge, hypothesis::Model)>> {
        let db = &self.store.read;
        let mut parents: HashMap<String, (String, Stage)> = HashMap::new();
        for (name, row) in above {
            parents.insert(name.clone(), (name.clone(), stage_of(row)?));
        }
        let ids: HashMap<i64, &String> = above.iter().map(|(name, row)| (row.id, name)).collect();
        let tests =
            test_hypothesis::Entity::find().filter(test_hypothesis::Column::HypothesisId.is_in(ids.keys().copied())).all(db).await?;
        let taught = learning::Entity::find().filter(learning::Column::TestId.is_in(tests.iter().map(|link| link.test_id))).all(db).await?;
        for found in taught {
            let tested = tests.iter().filter(|link| Some(link.test_id) == found.test_id).min_by_key(|link| link.place);
            if let Some(name) = tested.and_then(|link| ids.get(&link.hypothesis_id)) {
                parents.insert(format!("L-{}", found.number), ((*name).clone(), Stage::Decided));
            }
        }
        let here = hypothesis::Entity::find().filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id));
        // A sum is no column: SQLite would otherwise walk all hypotheses in the order of their numbers.
        let here = here.order_by_asc(Expr::col(hypothesis::Column::Number).add(0)).limit(MOST as u64 + 1);
        let grown = here.clone().filter(hypothesis::Column::Parent.is_in(parents.keys().map(String::as_str))).all(db).await?;
        let merged = here.filter(hypothesis::Column::MergedInto.is_in(above.iter().map(|(name, _)| name.as_str()))).all(db).await?;
        let grown = grown.into_iter().filter_map(|row| {
            let (name, stage) = parents.get(row.parent.as_deref()?)?;
            Some((name.clone(), Edge::below(*stage, row.split_off), row))
        });
        let merged = merged.into_iter().filter_map(|row| Some((row.merged_into.clone()?, Edge::MergedInto, row)));
        Ok(merged.chain(grown).collect())
    }

    /// What the last concluded test of each of these found.
    async fn outcomes(&self, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, Outcome>> {
        let db = &self.store.read;
        let links = test_hypothesis::Entity::find().filter(test_hypothesis::Column::HypothesisId.is_in(ids)).all(db).await?;
        let tests = test::Entity::find().filter(test::Column::Id.is_in(links.iter().map(|link| link.test_id)));
        let tests = tests.filter(test::Column::State.eq(State::Concluded.slug())).order_by_asc(test::Column::Number).all(db).await?;
        let mut found = HashMap::new();
        for row in tests {
            let Some(outcome) = row.outcome.as_deref().map(outcome_of).transpose()? else { continue };
            found.extend(links.iter().filter(|link| link.test_id == row.id).map(|link| (link.hypothesis_id, outcome)));
        }
        Ok(found)
    }
}

/// What a tree is put together from, by number and by id.
struct Parts<'a> {
    rows: &'a HashMap<String, hypothesis::Model>,
    below: &'a HashMap<String, Vec<(String, Edge)>>,
    outcomes: &'a HashMap<i64, Outcome>,
}

fn grow(number: &str, edge: Option<Edge>, parts: &Parts<'_>) -> Result<LineageNode> {
    let row = parts.rows.get(number).ok_or(crate::StoreError::NotFound)?;
    let below = parts.below.get(number).map(Vec::as_slice).unwrap_or_default();
    Ok(LineageNode {
        number: number.to_owned(),
        title: row.title.clone(),
        stage: Some(stage_of(row)?),
        archived: row.archived,
        outcome: parts.outcomes.get(&row.id).copied(),
        edge,
        children: below.iter().map(|(child, edge)| grow(child, Some(*edge), parts)).collect::<Result<_>>()?,
    })
}

fn learning_node(row: learning::Model) -> Result<LineageNode> {
    Ok(LineageNode {
        number: format!("L-{}", row.number),
        title: row.sentence,
        stage: None,
        archived: false,
        outcome: row.outcome.as_deref().map(outcome_of).transpose()?,
        edge: None,
        children: Vec::new(),
    })
}
