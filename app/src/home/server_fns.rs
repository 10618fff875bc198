//! What the home page reads.

use crate::error::AppError;
use domain::evidence::Evidence;
use domain::experiments::Test;
use domain::hypotheses::Hypothesis;
use domain::learnings::Learning;
use domain::scoring::Shapes;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the home page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Home {
    /// Stopped tests that nobody has decided.
    pub to_decide: Vec<Test>,
    pub to_decide_total: u64,
    /// Tests that were decided without a learning.
    pub learnings_missing: u64,
    /// The best open hypotheses that the person has not scored.
    pub unscored: Vec<Hypothesis>,
    pub unscored_total: u64,
    /// Evidence that hypotheses lean on and that is stale by now, the latest first.
    pub stale: Vec<Evidence>,
    pub stale_total: u64,
    /// The latest learning.
    pub learned: Option<Learning>,
    /// Tests that run, the latest start first.
    pub running: Vec<Test>,
    /// The best open hypotheses, scored.
    pub top: Vec<Hypothesis>,
    /// Prioritised: what can be tested next.
    pub ready: Vec<Hypothesis>,
    /// The best open hypotheses on which scorers are far apart.
    pub split: Vec<Hypothesis>,
    /// How many sites there are.
    pub sites: usize,
    /// Words worth a search: the areas of the best hypotheses.
    pub examples: Vec<String>,
    pub shapes: Shapes,
}

/// So many of each are shown.
#[cfg(feature = "ssr")]
const SHOWN: usize = 5;

#[server]
pub async fn read_home(workspace: String) -> Result<Home, AppError> {
    use crate::request::{refused, scope};
    use domain::access::Permission;
    use domain::hypotheses::{BacklogQuery, Stage};
    let scope = scope::<store::Read>(&workspace).await?;
    let open = BacklogQuery { stage: Stage::OPEN.to_vec(), limit: Some(50), ..BacklogQuery::default() };
    let best = scope.backlog(&open).await.map_err(refused)?.items;
    let prioritised = BacklogQuery { stage: vec![Stage::Prioritised], limit: Some(SHOWN as u64), ..BacklogQuery::default() };
    let ready = scope.backlog(&prioritised).await.map_err(refused)?.items;
    let (unscored, unscored_total) = if scope.may(Permission::Contribute) {
        let mine = BacklogQuery { unscored: true, limit: Some(SHOWN as u64), ..open };
        let page = scope.backlog(&mine).await.map_err(refused)?;
        (page.items, page.total)
    } else {
        (Vec::new(), 0)
    };
    let (stale, stale_total) = read_stale(&scope).await?;
    let waiting = scope.waiting_tests().await.map_err(refused)?;
    let to_decide = read_to_decide(&scope).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let mut examples: Vec<String> = Vec::new();
    for area in best.iter().filter_map(|one| one.area.as_deref()).map(|area| catalogue.area_name(area)) {
        if examples.len() < 3 && !examples.iter().any(|known| known == area) {
            examples.push(area.to_owned());
        }
    }
    let split = best.iter().filter(|one| one.score.as_ref().is_some_and(|score| !score.split.is_empty())).take(SHOWN).cloned().collect();
    let top = best.into_iter().filter(|one| one.score.is_some()).take(SHOWN).collect();
    let (learned, running) = read_around(&scope).await?;
    let (to_decide_total, learnings_missing) = (waiting.to_decide, waiting.learnings_missing.saturating_sub(waiting.to_decide));
    Ok(Home {
        to_decide,
        to_decide_total,
        learnings_missing,
        unscored,
        unscored_total,
        stale,
        stale_total,
        learned,
        running,
        top,
        ready,
        split,
        sites: catalogue.sites.len(),
        examples,
        shapes: scope.workspace().settings.shapes(),
    })
}

/// Tests that wait for a decision; imported ones wait in a queue of their own.
#[cfg(feature = "ssr")]
async fn read_to_decide(scope: &store::Scope<store::Read>) -> Result<Vec<Test>, AppError> {
    use domain::experiments::{State, TestQuery};
    let query = TestQuery { state: vec![State::Stopped], imported: Some(false), limit: Some(50), ..TestQuery::default() };
    let mut items = scope.tests(&query).await.map_err(crate::request::refused)?.items;
    items.sort_by_key(|test| test.stopped_on);
    items.truncate(SHOWN);
    Ok(items)
}

/// The latest learning, and what runs.
#[cfg(feature = "ssr")]
async fn read_around(scope: &store::Scope<store::Read>) -> Result<(Option<Learning>, Vec<Test>), AppError> {
    use crate::request::refused;
    use domain::experiments::{SortKey, State, TestQuery};
    use domain::learnings::LearningQuery;
    use domain::page::Sort;
    let latest = LearningQuery { limit: Some(1), ..LearningQuery::default() };
    let learned = scope.learnings(&latest).await.map_err(refused)?.items.into_iter().next();
    let sort = Sort { key: SortKey::StartedOn, descending: true };
    let run = TestQuery { state: vec![State::Running], sort, limit: Some(SHOWN as u64), ..TestQuery::default() };
    Ok((learned, scope.tests(&run).await.map_err(refused)?.items))
}

/// Stale evidence that is in use, among the hundred latest.
#[cfg(feature = "ssr")]
async fn read_stale(scope: &store::Scope<store::Read>) -> Result<(Vec<Evidence>, u64), AppError> {
    use crate::request::refused;
    use domain::evidence::{EvidenceQuery, FreshnessWord};
    if !scope.may(domain::access::Permission::Contribute) {
        return Ok((Vec::new(), 0));
    }
    let query = EvidenceQuery { freshness: vec![FreshnessWord::Stale], limit: Some(100), ..EvidenceQuery::default() };
    let mut items = scope.evidence_list(&query).await.map_err(refused)?.items;
    items.retain(|one| one.uses > 0);
    let total = items.len() as u64;
    items.truncate(3);
    Ok((items, total))
}
