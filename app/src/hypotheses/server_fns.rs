//! What the hypothesis pages read.

use crate::accounts::Filled;
use crate::error::AppError;
use domain::accounts::Member;
use domain::activity::Event;
use domain::hypotheses::{BacklogQuery, Hypothesis, HypothesisForm, Stage};
use domain::page::Page;
use domain::scoring::Score;
use domain::sites::Catalogue;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The list page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Backlog {
    pub query: BacklogQuery,
    pub page: Page<Hypothesis>,
    pub counts: BTreeMap<Stage, u64>,
    pub catalogue: Catalogue,
    pub members: Vec<Member>,
}

/// A page of the list. Without a stage it shows the open ones; `all` shows every stage.
#[server]
pub async fn read_backlog(workspace: String, pairs: Vec<(String, String)>) -> Result<Backlog, AppError> {
    use crate::request::{refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let all = pairs.iter().any(|(name, value)| name == "stage" && value == "all");
    let known = pairs.iter().filter(|(name, value)| !matches!(name.as_str(), "undo" | "done") && !(name == "stage" && value == "all"));
    let mut query =
        BacklogQuery::from_pairs(known.map(|(name, value)| (name.as_str(), value.as_str()))).map_err(|errors| refused(errors.into()))?;
    if query.stage.is_empty() && !all {
        query.stage = Stage::OPEN.to_vec();
    }
    let page = scope.backlog(&query).await.map_err(refused)?;
    let counts = scope.stage_counts().await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    Ok(Backlog { query, page, counts, catalogue, members })
}

/// The record page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub hypothesis: Hypothesis,
    pub scores: Vec<Score>,
    pub events: Vec<Event>,
    pub catalogue: Catalogue,
    /// A refused move by hand.
    pub refused_move: Filled<domain::hypotheses::HandMove>,
}

#[server]
pub async fn read_record(workspace: String, number: String, draft: Option<String>) -> Result<Record, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
    let scores = scope.scores(&number).await.map_err(refused)?;
    let events = scope.history(domain::activity::Subject::Hypothesis, &number, 50).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let kept = kept_draft(draft.as_deref()).await?;
    let refused_move = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    Ok(Record { hypothesis, scores, events, catalogue, refused_move })
}

/// The statement builder, new or for an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Builder {
    pub filled: Filled<HypothesisForm>,
    /// The number and version that are edited; none for a new one.
    pub editing: Option<(String, i64)>,
    pub catalogue: Catalogue,
    pub members: Vec<Member>,
}

#[server]
pub async fn read_new(
    workspace: String,
    title: Option<String>,
    parent: Option<String>,
    draft: Option<String>,
) -> Result<Builder, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let kept = kept_draft(draft.as_deref()).await?;
    let blank = || {
        let form = HypothesisForm { title: title.unwrap_or_default(), parent: parent.unwrap_or_default(), ..HypothesisForm::default() };
        Filled { form, ..Filled::default() }
    };
    let filled = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_else(blank);
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    Ok(Builder { filled, editing: None, catalogue, members })
}

#[server]
pub async fn read_edit(workspace: String, number: String, draft: Option<String>) -> Result<Builder, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
    let kept = kept_draft(draft.as_deref()).await?;
    let filled = match kept {
        Some(kept) => Filled { form: kept.form, errors: kept.errors },
        None => Filled { form: HypothesisForm::of(&domain::hypotheses::HypothesisDraft::of(&hypothesis)), ..Filled::default() },
    };
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    Ok(Builder { filled, editing: Some((hypothesis.number, hypothesis.version)), catalogue, members })
}
