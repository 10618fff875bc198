//! What the hypothesis pages read.

use crate::accounts::Filled;
use crate::activity::{History, Newer};
use crate::error::AppError;
use crate::evidence::{Picks, Support};
use crate::views::Strip;
use domain::accounts::Member;
use domain::activity::Undone;
use domain::evidence::Evidence;
use domain::hypotheses::{BacklogQuery, Hypothesis, HypothesisForm, Lineage, Lint, MergeDraft, Outdated, SplitDraft, Stage};
use domain::page::Page;
use domain::scoring::{Score, Shape, Shapes};
use domain::search::Similar;
use domain::sites::Catalogue;
use domain::transfer::PastImport;
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
    /// What asks for another look since its site changed, by number.
    pub outdated: BTreeMap<String, Outdated>,
    /// The import that the reader comes from.
    pub imported: Option<PastImport>,
    pub strip: Strip,
    pub shapes: Shapes,
}

impl Backlog {
    /// The model that ranks everything on the page, if it is one.
    pub fn model(&self) -> Option<&Shape> {
        let mut models = self.page.items.iter().map(|one| self.shapes.in_force(one.site.as_deref()));
        let first = models.next().unwrap_or_else(|| self.shapes.in_force(None));
        models.all(|shape| shape.model == first.model).then_some(first)
    }
}

/// A page of the list. Without a stage it shows the open ones; `all` shows every stage.
#[server]
pub async fn read_backlog(workspace: String, pairs: Vec<(String, String)>) -> Result<Backlog, AppError> {
    use crate::request::{refused, scope};
    use crate::views::{is_of_the_page, read_strip};
    use domain::views::List;
    let scope = scope::<store::Read>(&workspace).await?;
    let all = pairs.iter().any(|(name, value)| name == "stage" && value == "all");
    let of_the_page = |name: &str, value: &str| is_of_the_page(name) || name == "stage" && value == "all";
    let known = pairs.iter().filter(|(name, value)| !of_the_page(name, value));
    let mut query =
        BacklogQuery::from_pairs(known.map(|(name, value)| (name.as_str(), value.as_str()))).map_err(|errors| refused(errors.into()))?;
    if query.stage.is_empty() && !all {
        query.stage = Stage::OPEN.to_vec();
    }
    let page = scope.backlog(&query).await.map_err(refused)?;
    let outdated = scope.outdated(&page.items).await.map_err(refused)?;
    let counts = scope.stage_counts().await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    let imported = crate::transfer::import_behind(&workspace, &pairs).await?;
    let strip = read_strip(&scope, List::Hypotheses, &query.pairs(), &pairs).await?;
    let shapes = scope.workspace().settings.shapes();
    Ok(Backlog { query, page, counts, catalogue, members, outdated, imported, strip, shapes })
}

/// What a page says once about an undo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    Undone(Undone),
    Refused(String),
}

/// The record page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub hypothesis: Hypothesis,
    pub scores: Vec<Score>,
    pub shapes: Shapes,
    pub support: Support,
    pub attachments: crate::attachments::Attachments,
    pub tests: Vec<domain::experiments::Test>,
    pub catalogue: Catalogue,
    pub lint: Lint,
    pub lineage: Lineage,
    pub history: History,
    /// What came of an undo.
    pub notice: Option<Notice>,
    /// Similar ideas that have been tested.
    pub tried: Vec<Similar>,
    /// A refused move by hand.
    pub refused_move: Filled<domain::hypotheses::HandMove>,
}

/// `form` says which form was refused: `link`, a comment, else the move by hand.
#[server]
pub async fn read_record(workspace: String, number: String, form: Option<String>, draft: Option<String>) -> Result<Record, AppError> {
    use crate::activity::read_history;
    use crate::evidence::read_support;
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
    let scores = scope.scores(&number).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let about = (domain::activity::Subject::Hypothesis, number.as_str());
    let history = read_history(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    let attachments = crate::attachments::read_attachments(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    let (mut refused_move, mut refused_link) = (Filled::default(), Filled::default());
    if form.as_deref() == Some("link") {
        refused_link = kept_draft(draft.as_deref()).await?.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    } else if form.is_none()
        && let Some(kept) = kept_draft(draft.as_deref()).await?
    {
        refused_move = Filled { form: kept.form, errors: kept.errors };
    }
    let support = read_support(&scope, &number, refused_link).await?;
    let tests = scope.tests_of(&number).await.map_err(refused)?;
    let lineage = scope.lineage(&number).await.map_err(refused)?;
    let notice = notice(form.as_deref(), draft.as_deref()).await?;
    let lint = hypothesis.lint(metric_of(&hypothesis, &catalogue));
    let tried = super::similar::tested(scope.tested_like(&number).await.map_err(refused)?);
    let shapes = scope.workspace().settings.shapes();
    Ok(Record { hypothesis, scores, shapes, support, attachments, tests, catalogue, lint, lineage, tried, history, notice, refused_move })
}

/// What `?form=undone` or `?form=undo` has to say.
#[cfg(feature = "ssr")]
async fn notice(form: Option<&str>, draft: Option<&str>) -> Result<Option<Notice>, AppError> {
    use crate::request::draft as kept_draft;
    Ok(match form {
        Some("undone") => kept_draft::<Undone>(draft).await?.map(|kept| Notice::Undone(kept.form)),
        Some("undo") => kept_draft::<()>(draft).await?.map(|kept| Notice::Refused(kept.errors.to_string())),
        _ => None,
    })
}

#[cfg(feature = "ssr")]
fn metric_of<'a>(hypothesis: &'a Hypothesis, catalogue: &'a Catalogue) -> Option<&'a str> {
    let effect = hypothesis.statement.effect.as_ref()?;
    Some(catalogue.metric_name(hypothesis.site.as_deref(), &effect.metric))
}

/// The builder's fields as a browser posts them, nested so that one struct reads them all.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Built {
    pub form: HypothesisForm,
    /// The evidence that a new hypothesis is linked to.
    pub picks: Picks,
    pub version: Option<i64>,
    /// Said by whoever saves over a very close match without saying what differs.
    pub anyway: String,
}

/// How many pieces of evidence speak for a hypothesis and against it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bearing {
    pub supports: u32,
    pub contradicts: u32,
}

/// A metric by its slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricName {
    pub slug: String,
    pub name: String,
}

/// The statement builder, new or for an edit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Builder {
    pub filled: Filled<HypothesisForm>,
    pub picks: Picks,
    /// Evidence to pick from; an edit has none, since its page links and unlinks.
    pub suggestions: Vec<Evidence>,
    /// The number and version that are edited; none for a new one.
    pub editing: Option<(String, i64)>,
    /// The evidence that is linked already.
    pub linked: Bearing,
    /// What somebody else saved while this form was open.
    pub newer: Option<Newer<HypothesisForm>>,
    /// Of what is edited.
    pub attachments: crate::attachments::Attachments,
    pub catalogue: Catalogue,
    pub members: Vec<Member>,
    /// What is like what is typed.
    pub similar: Vec<Similar>,
}

/// So many pieces of evidence are offered to a new hypothesis.
#[cfg(feature = "ssr")]
const SUGGESTED: u64 = 12;

#[server]
pub async fn read_new(
    workspace: String,
    title: Option<String>,
    parent: Option<String>,
    evidence: Option<String>,
    draft: Option<String>,
) -> Result<Builder, AppError> {
    use crate::evidence::newest;
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let kept = kept_draft::<Built>(draft.as_deref()).await?;
    let (Built { form, picks, .. }, errors) = match kept {
        Some(kept) => (kept.form, kept.errors),
        None => {
            let seen = match &evidence {
                Some(number) => Some(scope.evidence(number).await.map_err(refused)?),
                None => None,
            };
            let form = HypothesisForm { title: title.unwrap_or_default(), parent: parent.unwrap_or_default(), ..seen_form(seen) };
            let picks = Picks { evidence: evidence.into_iter().collect(), ..Picks::default() };
            (Built { form, picks, ..Built::default() }, domain::errors::FieldErrors::default())
        }
    };
    let mut suggestions = newest(&scope, Some(&form.site), SUGGESTED).await?;
    for number in picks.evidence.iter().rev() {
        if !suggestions.iter().any(|one| one.number == *number) {
            suggestions.insert(0, scope.evidence(number).await.map_err(refused)?);
        }
    }
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    let similar = super::similar::worth_showing(scope.similar(&form.sketch(), None).await.map_err(refused)?);
    Ok(Builder {
        filled: Filled { form, errors },
        picks,
        suggestions,
        editing: None,
        linked: Bearing::default(),
        newer: None,
        attachments: crate::attachments::Attachments::default(),
        catalogue,
        members,
        similar,
    })
}

/// What a hypothesis takes over from the finding that it is written about.
#[cfg(feature = "ssr")]
fn seen_form(seen: Option<Evidence>) -> HypothesisForm {
    let Some(seen) = seen else { return HypothesisForm::default() };
    HypothesisForm {
        because: seen.title,
        site: seen.site.unwrap_or_default(),
        area: seen.areas.into_iter().next().unwrap_or_default(),
        devices: seen.devices.iter().map(|device| device.slug().to_owned()).collect(),
        ..HypothesisForm::default()
    }
}

#[server]
pub async fn read_edit(workspace: String, number: String, draft: Option<String>) -> Result<Builder, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
    let kept = kept_draft::<Built>(draft.as_deref()).await?;
    let present = HypothesisForm::of(&domain::hypotheses::HypothesisDraft::of(&hypothesis));
    let began = kept.as_ref().and_then(|kept| kept.form.version);
    let record = (domain::activity::Subject::Hypothesis, number.as_str());
    let newer = crate::activity::newer(&scope, record, began, (hypothesis.version, present.clone())).await?;
    let attachments = crate::attachments::read_attachments(&scope, record, (None, None)).await?;
    let filled =
        kept.map_or_else(|| Filled { form: present, ..Filled::default() }, |kept| Filled { form: kept.form.form, errors: kept.errors });
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    let linked = Bearing { supports: hypothesis.evidence.supports, contradicts: hypothesis.evidence.contradicts };
    let editing = Some((hypothesis.number, hypothesis.version));
    Ok(Builder {
        filled,
        picks: Picks::default(),
        suggestions: Vec::new(),
        editing,
        linked,
        newer,
        attachments,
        catalogue,
        members,
        similar: Vec::new(),
    })
}

/// A hypothesis about to be split or merged, with a form that may have come back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rework<T> {
    pub hypothesis: Hypothesis,
    pub filled: Filled<T>,
    /// How many members have scored it.
    pub scorers: u64,
    pub comments: u64,
}

#[server]
pub async fn read_split(workspace: String, number: String, draft: Option<String>) -> Result<Rework<SplitDraft>, AppError> {
    read_rework(&workspace, &number, draft.as_deref()).await
}

#[server]
pub async fn read_merge(workspace: String, number: String, draft: Option<String>) -> Result<Rework<MergeDraft>, AppError> {
    read_rework(&workspace, &number, draft.as_deref()).await
}

#[cfg(feature = "ssr")]
async fn read_rework<T: Default + serde::de::DeserializeOwned>(
    workspace: &str,
    number: &str,
    draft: Option<&str>,
) -> Result<Rework<T>, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(workspace).await?;
    let hypothesis = scope.hypothesis(number).await.map_err(refused)?;
    let scores = scope.scores(number).await.map_err(refused)?;
    let scorers = scores.iter().map(|score| score.email.as_str()).collect::<std::collections::BTreeSet<_>>().len() as u64;
    let one = store::PageRequest { cursor: None, limit: Some(1) };
    let comments = scope.comments(domain::activity::Subject::Hypothesis, number, &one).await.map_err(refused)?.total;
    let filled = kept_draft(draft).await?.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    Ok(Rework { hypothesis, filled, scorers, comments })
}
