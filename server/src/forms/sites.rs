//! Forms of the settings page.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::sites::SiteForm;
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::accounts::WorkspaceSettings;
use domain::errors::FieldErrors;
use domain::scoring::CombineRule;
use domain::sites::{AreaDraft, AreaVisitors, Metric, MetricDraft, SiteDraft, Term, TermDraft};
use domain::text::{parse_number, whole_count};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Configure, StoreError};

const ACCESS: Access = Access::Member(Permission::Configure);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/settings", ACCESS, settings);
    routes.post("/{workspace}/settings/sites", ACCESS, site);
    routes.post("/{workspace}/settings/sites/{site}", ACCESS, edit_site);
    routes.post("/{workspace}/settings/sites/{site}/areas", ACCESS, areas);
    routes.post("/{workspace}/settings/sites/{site}/areas/{area}/archive", ACCESS, archive_area);
    routes.post("/{workspace}/settings/sites/{site}/metrics", ACCESS, rename_metric);
    routes.post("/{workspace}/settings/audiences", ACCESS, audiences);
    routes.post("/{workspace}/settings/levers", ACCESS, levers);
}

fn page(workspace: &str) -> String {
    format!("/{workspace}/settings")
}

#[derive(Debug, Serialize, Deserialize)]
struct SettingsForm {
    name: String,
    combine: CombineRule,
    #[serde(default)]
    money: String,
}

async fn settings(Path(workspace): Path<String>, sent: Sent<SettingsForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let settings =
        WorkspaceSettings { combine: sent.form.combine, money_for_all: sent.form.money != "no", ..scope.workspace().settings.clone() };
    match scope.change_settings(&sent.form.name, &settings).await {
        Ok(()) => Answer::see(&page(&workspace)),
        Err(error) => Answer::refusal(&error),
    }
}

async fn site(Path(workspace): Path<String>, sent: Sent<SiteForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match site_draft(&sent.form) {
        Ok(draft) => scope.create_site(&draft).await,
        Err(errors) => Err(errors.into()),
    };
    sent.lead(done, &page(&workspace), |_| page(&workspace)).await
}

async fn edit_site(Path((workspace, site)): Path<(String, String)>, sent: Sent<SiteForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let version = sent.form.version.parse().ok();
    let done = match site_draft(&SiteForm { slug: site.clone(), ..sent.form.clone() }) {
        Ok(draft) => scope.edit_site(&site, &draft, version).await,
        Err(errors) => Err(errors.into()),
    };
    let place = format!("{}#site-{site}", page(&workspace));
    match done {
        Ok(_) => Answer::see(&place),
        Err(error) => {
            let kept = SiteForm { slug: site.clone(), ..sent.form.clone() };
            sent.lead_back_with(&kept, error, &page(&workspace)).await
        }
    }
}

fn site_draft(form: &SiteForm) -> Result<SiteDraft, FieldErrors> {
    let percent = form.margin.trim().trim_end_matches('%').trim();
    let margin = if percent.is_empty() {
        None
    } else {
        Some(parse_number(percent).ok_or_else(|| FieldErrors::one("margin", "A margin is a number of percent, such as 40."))? / 100.0)
    };
    let said = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
    Ok(SiteDraft {
        name: form.name.clone(),
        slug: said(&form.slug),
        currency: form.currency.clone(),
        time_zone: said(&form.time_zone),
        margin,
        url: said(&form.url),
    })
}

/// A list that could not be kept leads back to the page, which says why above its forms.
async fn refuse_list<T: Serialize>(sent: &Sent<T>, workspace: &str, name: &str, error: StoreError) -> Response {
    match error {
        StoreError::Invalid(errors) => {
            let said = errors.0.first().map(|error| error.message.clone()).unwrap_or_default();
            let errors = FieldErrors::one("lists", format!("“{name}” was not kept: {said}"));
            sent.keep(&SiteForm::default(), errors, &page(workspace)).await
        }
        other => Answer::refusal(&other),
    }
}

/// The areas of a site by slug, and one more.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct AreasForm {
    areas: BTreeMap<String, AreaForm>,
    added: AreaForm,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct AreaForm {
    name: String,
    desktop: String,
    mobile: String,
    tablet: String,
}

impl AreaForm {
    fn draft(&self, slug: Option<&str>) -> AreaDraft {
        // What is no count is refused with the draft, as a number below zero is.
        let count = |text: &str| if text.trim().is_empty() { None } else { Some(whole_count(text).unwrap_or(-1)) };
        let visitors = AreaVisitors { desktop: count(&self.desktop), mobile: count(&self.mobile), tablet: count(&self.tablet) };
        AreaDraft { name: self.name.clone(), slug: slug.map(str::to_owned), visitors }
    }
}

/// Keeps what changed; each area is a write of its own.
async fn areas(Path((workspace, site)): Path<(String, String)>, sent: Sent<AreasForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let present = match scope.areas_of(&site).await {
        Ok(areas) => areas,
        Err(error) => return Answer::refusal(&error),
    };
    let mut drafts: Vec<AreaDraft> = sent.form.areas.iter().map(|(slug, form)| form.draft(Some(slug))).collect();
    drafts.retain(|draft| draft.check().ok().is_none_or(|area| !present.contains(&area)));
    if !sent.form.added.name.trim().is_empty() {
        drafts.push(sent.form.added.draft(None));
    }
    for draft in drafts {
        if let Err(error) = scope.save_area(&site, &draft).await {
            return refuse_list(&sent, &workspace, &draft.name, error).await;
        }
    }
    Answer::see(&format!("{}#site-{site}", page(&workspace)))
}

async fn archive_area(Path((workspace, site, area)): Path<(String, String, String)>, sent: Sent<AreasForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.archive_area(&site, &area).await {
        Ok(()) => Answer::see(&format!("{}#site-{site}", page(&workspace))),
        Err(error) => Answer::refusal(&error),
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Renamed {
    slug: String,
    name: String,
}

async fn rename_metric(Path((workspace, site)): Path<(String, String)>, sent: Sent<Renamed>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let Renamed { slug, name } = &sent.form;
    let found = scope.site(&site).await.map(|here| here.metrics.into_iter().find(|metric| metric.slug == *slug));
    let Metric { kind, unit, direction, family, .. } = match found {
        Ok(Some(metric)) => metric,
        Ok(None) => return Answer::refusal(&StoreError::NotFound),
        Err(error) => return Answer::refusal(&error),
    };
    let draft = MetricDraft { site: site.clone(), name: name.clone(), slug: Some(slug.clone()), kind, unit, direction, family };
    match scope.save_metric(&draft).await {
        Ok(_) => Answer::see(&format!("{}#site-{site}", page(&workspace))),
        Err(error) => refuse_list(&sent, &workspace, name, error).await,
    }
}

/// The names of a list by slug, and one more.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct TermsForm {
    terms: BTreeMap<String, String>,
    added: String,
}

impl TermsForm {
    /// What differs from the present list.
    fn drafts(&self, present: &[Term]) -> Vec<TermDraft> {
        let same = |slug: &str, name: &str| present.iter().any(|term| term.slug == slug && term.name == name.trim());
        let changed = self.terms.iter().filter(|(slug, name)| !same(slug, name));
        let mut drafts: Vec<TermDraft> = changed.map(|(slug, name)| TermDraft { name: name.clone(), slug: Some(slug.clone()) }).collect();
        if !self.added.trim().is_empty() {
            drafts.push(TermDraft { name: self.added.clone(), slug: None });
        }
        drafts
    }
}

async fn audiences(Path(workspace): Path<String>, sent: Sent<TermsForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let present = match scope.catalogue().await {
        Ok(catalogue) => catalogue.audiences,
        Err(error) => return Answer::refusal(&error),
    };
    for draft in sent.form.drafts(&present) {
        if let Err(error) = scope.save_audience(&draft).await {
            return refuse_list(&sent, &workspace, &draft.name, error).await;
        }
    }
    Answer::see(&format!("{}#audiences-title", page(&workspace)))
}

async fn levers(Path(workspace): Path<String>, sent: Sent<TermsForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let present = match scope.catalogue().await {
        Ok(catalogue) => catalogue.levers,
        Err(error) => return Answer::refusal(&error),
    };
    for draft in sent.form.drafts(&present) {
        if let Err(error) = scope.save_lever(&draft).await {
            return refuse_list(&sent, &workspace, &draft.name, error).await;
        }
    }
    Answer::see(&format!("{}#levers-title", page(&workspace)))
}
