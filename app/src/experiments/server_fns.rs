//! What the test pages read.

use super::conclusion_form::ConclusionForm;
use super::plan_needs::Need;
use super::results_form::ResultsForm;
use crate::accounts::Filled;
use crate::activity::History;
use crate::error::AppError;
use crate::views::Strip;
use domain::accounts::Member;
use domain::experiments::{
    Analysis, DataNote, Headline, Lack, PostedResults, ReasonDraft, StartDraft, State, StopDraft, Test, TestForm, TestQuery,
};
use domain::page::Page;
use domain::sites::{Catalogue, SiteCatalogue};
use domain::transfer::PastImport;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The list page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestList {
    pub query: TestQuery,
    pub page: Page<Test>,
    /// The team's own tests.
    pub counts: BTreeMap<State, u64>,
    /// Tests that were imported.
    pub imported: BTreeMap<State, u64>,
    pub catalogue: Catalogue,
    /// The import that the list was led to from.
    pub import: Option<PastImport>,
    pub strip: Strip,
}

#[server]
pub async fn read_tests(workspace: String, pairs: Vec<(String, String)>) -> Result<TestList, AppError> {
    use crate::request::{refused, scope};
    use crate::views::{is_of_the_page, read_strip};
    use domain::views::List;
    let scope = scope::<store::Read>(&workspace).await?;
    let known = pairs.iter().filter(|(name, _)| !is_of_the_page(name));
    let query =
        TestQuery::from_pairs(known.map(|(name, value)| (name.as_str(), value.as_str()))).map_err(|errors| refused(errors.into()))?;
    let page = scope.tests(&query).await.map_err(refused)?;
    let counts = scope.test_counts(false).await.map_err(refused)?;
    let imported = scope.test_counts(true).await.map_err(refused)?;
    let import = crate::transfer::import_behind(&workspace, &pairs).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let mut strip = read_strip(&scope, List::Tests, &query.pairs(), &pairs).await?;
    if imported.values().all(|count| *count == 0) {
        strip.tabs.retain(|tab| tab.view.is_some() || !tab.query.contains("imported=true"));
    }
    Ok(TestList { query, page, counts, imported, catalogue, import, strip })
}

/// Forms of the record page that came back refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Refusals {
    pub start: Option<Filled<StartDraft>>,
    pub stop: Option<Filled<StopDraft>>,
    pub cancel: Option<Filled<ReasonDraft>>,
    pub note: Option<Filled<DataNote>>,
    pub conclusion: Option<Filled<ConclusionForm>>,
}

/// The record page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestRecord {
    pub test: Test,
    pub analysis: Analysis,
    pub headline: Option<Headline>,
    pub uploads: Vec<PostedResults>,
    /// What a start would go without; empty once started.
    pub lacks: Vec<Lack>,
    pub catalogue: Catalogue,
    /// Titles of its hypotheses by number.
    pub hypotheses: Vec<(String, String)>,
    /// The change of the primary metric that its first hypothesis expects.
    pub predicted: Option<(f64, f64)>,
    pub refusals: Refusals,
    pub attachments: crate::attachments::Attachments,
    pub history: History,
}

#[server]
pub async fn read_test(workspace: String, number: String, form: Option<String>, draft: Option<String>) -> Result<TestRecord, AppError> {
    use crate::request::{refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let test = scope.test(&number).await.map_err(refused)?;
    let analysis = scope.analysis(&number).await.map_err(refused)?;
    let uploads = scope.results(&number).await.map_err(refused)?;
    let lacks = if test.state.is_before_start() && scope.may(domain::access::Permission::RunTests) {
        crate::request::scope::<store::RunTests>(&workspace).await?.start_lacks(&number).await.map_err(refused)?
    } else {
        Vec::new()
    };
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let metrics = test.site.as_deref().and_then(|site| catalogue.site(site)).map(|site| site.metrics.clone()).unwrap_or_default();
    let headline = domain::experiments::headline(&test.plan, &metrics, &analysis);
    let (mut hypotheses, mut predicted) = (Vec::new(), None);
    for number in &test.hypotheses {
        let tested = scope.hypothesis(number).await.map_err(refused)?;
        let effect = tested.statement.effect.filter(|effect| test.plan.primary_metric.as_deref() == Some(effect.metric.as_str()));
        predicted = predicted.or_else(|| effect?.range());
        hypotheses.push((number.clone(), tested.title));
    }
    let refusals = refusals(form.as_deref(), draft.as_deref()).await?;
    let about = (domain::activity::Subject::Test, number.as_str());
    let history = crate::activity::read_history(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    let attachments = crate::attachments::read_attachments(&scope, about, (form.as_deref(), draft.as_deref())).await?;
    Ok(TestRecord { test, analysis, headline, uploads, lacks, catalogue, hypotheses, predicted, refusals, attachments, history })
}

/// The kept form behind `?form=stop&draft=id`.
#[cfg(feature = "ssr")]
async fn refusals(form: Option<&str>, draft: Option<&str>) -> Result<Refusals, AppError> {
    async fn kept<T: serde::de::DeserializeOwned>(draft: Option<&str>) -> Result<Option<Filled<T>>, AppError> {
        Ok(crate::request::draft::<T>(draft).await?.map(|kept| Filled { form: kept.form, errors: kept.errors }))
    }
    Ok(match form {
        Some("start") => Refusals { start: kept(draft).await?, ..Refusals::default() },
        Some("stop") => Refusals { stop: kept(draft).await?, ..Refusals::default() },
        Some("cancel") => Refusals { cancel: kept(draft).await?, ..Refusals::default() },
        Some("note") => Refusals { note: kept(draft).await?, ..Refusals::default() },
        Some("conclusion") => Refusals { conclusion: kept(draft).await?, ..Refusals::default() },
        _ => Refusals::default(),
    })
}

/// A refused change of a plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct KeptPlan {
    pub form: TestForm,
    /// The version that the edit began with.
    pub version: Option<i64>,
    pub reason: String,
}

/// The test whose plan is edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Editing {
    pub number: String,
    pub version: i64,
    pub started: bool,
    /// Why the plan changes, as far as it was typed.
    pub reason: String,
}

/// The plan form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Planning {
    pub filled: Filled<TestForm>,
    pub editing: Option<Editing>,
    pub catalogue: Catalogue,
    pub members: Vec<Member>,
    pub need: Option<Need>,
}

#[server]
pub async fn read_new_test(workspace: String, hypothesis: Option<String>, draft: Option<String>) -> Result<Planning, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::RunTests>(&workspace).await?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    let filled = match (kept_draft(draft.as_deref()).await?, hypothesis) {
        (Some(kept), _) => Filled { form: kept.form, errors: kept.errors },
        (None, Some(number)) => {
            let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
            Filled { form: super::plan_start::from_hypothesis(&hypothesis, &catalogue), ..Filled::default() }
        }
        (None, None) => Filled { form: super::plan_start::blank(&catalogue), ..Filled::default() },
    };
    let need = super::plan_start::need_of(&filled.form, &catalogue);
    Ok(Planning { filled, editing: None, catalogue, members, need })
}

#[server]
pub async fn read_edit_test(workspace: String, number: String, draft: Option<String>) -> Result<Planning, AppError> {
    use crate::request::{draft as kept_draft, refused, scope, version_of};
    use domain::experiments::TestDraft;
    let scope = scope::<store::RunTests>(&workspace).await?;
    let test = scope.test(&number).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let members = scope.members().await.map_err(refused)?;
    let kept = kept_draft::<KeptPlan>(draft.as_deref()).await?;
    let (KeptPlan { form, version, reason }, errors) = match kept {
        Some(kept) => (kept.form, kept.errors),
        None => (
            KeptPlan { form: TestForm::of(&TestDraft::of(&test), &catalogue), ..KeptPlan::default() },
            domain::errors::FieldErrors::default(),
        ),
    };
    let filled = Filled { form, errors };
    let need = super::plan_start::need_of(&filled.form, &catalogue);
    let version = version_of(version, &filled.errors, test.version);
    let editing = Editing { number: test.number, version, started: !test.state.is_before_start(), reason };
    Ok(Planning { filled, editing: Some(editing), catalogue, members, need })
}

/// The results page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub test: Test,
    pub site: Option<SiteCatalogue>,
    pub filled: Filled<ResultsForm>,
}

#[server]
pub async fn read_results_entry(workspace: String, number: String, draft: Option<String>) -> Result<Entry, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let test = scope.test(&number).await.map_err(refused)?;
    let catalogue = scope.catalogue().await.map_err(refused)?;
    let site = test.site.as_deref().and_then(|site| catalogue.site(site)).cloned();
    let kept = kept_draft(draft.as_deref()).await?;
    let today = chrono::Utc::now().date_naive();
    let blank = || ResultsForm { as_of: test.stopped_on.unwrap_or(today).to_string(), ..ResultsForm::default() };
    let filled =
        kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_else(|| Filled { form: blank(), ..Filled::default() });
    Ok(Entry { test, site, filled })
}
