//! What the learning pages read.

use super::form::LearningForm;
use crate::accounts::Filled;
use crate::activity::History;
use crate::error::AppError;
use crate::views::Strip;
use domain::evidence::StillTrue;
use domain::experiments::Outcome;
use domain::learnings::{Learning, LearningQuery};
use domain::page::Page;
use domain::sites::Catalogue;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The list page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Library {
    pub query: LearningQuery,
    pub page: Page<Learning>,
    /// How many there are by outcome, whatever the filters.
    pub counts: Vec<(Option<Outcome>, u64)>,
    pub catalogue: Catalogue,
    /// Rows of a table in place of cards.
    pub as_table: bool,
    pub strip: Strip,
}

#[server]
pub async fn read_learnings(workspace: String, pairs: Vec<(String, String)>) -> Result<Library, AppError> {
    use crate::request::{refused, scope};
    use crate::views::{is_of_the_page, read_strip};
    use domain::views::List;
    let scope = scope::<store::Read>(&workspace).await?;
    let as_table = pairs.iter().any(|(name, value)| name == "view" && value == "table");
    let known = pairs.iter().filter(|(name, _)| !is_of_the_page(name));
    let query =
        LearningQuery::from_pairs(known.map(|(name, value)| (name.as_str(), value.as_str()))).map_err(|errors| refused(errors.into()))?;
    let page = scope.learnings(&query).await.map_err(refused)?;
    let counts = scope.learning_counts().await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let strip = read_strip(&scope, List::Learnings, &query.pairs(), &pairs).await?;
    Ok(Library { query, page, counts, catalogue, as_table, strip })
}

/// The record page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningRecord {
    pub learning: Learning,
    /// A refused note that it is still true.
    pub refused_note: Filled<StillTrue>,
    pub catalogue: Catalogue,
    pub history: History,
}

#[server]
pub async fn read_learning(
    workspace: String,
    number: String,
    form: Option<String>,
    draft: Option<String>,
    still: Option<String>,
) -> Result<LearningRecord, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let learning = scope.learning(&number).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let note = kept_draft(still.as_deref()).await?;
    let refused_note = note.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    let about = (domain::activity::Subject::Learning, number.as_str());
    let history = crate::activity::read_history(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    Ok(LearningRecord { learning, refused_note, catalogue, history })
}

/// The form for a learning by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewLearning {
    pub filled: Filled<LearningForm>,
    pub catalogue: Catalogue,
}

#[server]
pub async fn read_new_learning(workspace: String, draft: Option<String>) -> Result<NewLearning, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::RunTests>(&workspace).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let kept = kept_draft(draft.as_deref()).await?;
    let filled = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    Ok(NewLearning { filled, catalogue })
}
