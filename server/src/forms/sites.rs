//! Forms of the settings page.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::sites::{AreasForm, MetricName, SettingsForm, SiteForm, TermsForm, ThesaurusForm, WorkspaceForm, lay};
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::accounts::WorkspaceSettings;
use domain::errors::FieldErrors;
use domain::sites::{Metric, MetricDraft, SiteDraft};
use domain::text::parse_number;
use store::{Configure, Scope, StoreError};

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
    routes.post("/{workspace}/settings/thesaurus", ACCESS, thesaurus);
}

fn page(workspace: &str) -> String {
    format!("/{workspace}/settings")
}

async fn settings(Path(workspace): Path<String>, sent: Sent<WorkspaceForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let settings = WorkspaceSettings { money_for_all: sent.form.money != "no", ..scope.workspace().settings.clone() };
    match scope.change_settings(&sent.form.name, &settings).await {
        Ok(()) => Answer::see(&page(&workspace)),
        Err(error) => {
            let kept = SettingsForm::Workspace(sent.form.clone());
            sent.lead_back_with(&kept, error, &format!("{}#workspace-title", page(&workspace))).await
        }
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
    match done {
        Ok(_) => Answer::see(&page(&workspace)),
        Err(error) => {
            let kept = SettingsForm::Site(SiteForm { version: String::new(), ..sent.form.clone() });
            sent.lead_back_with(&kept, error, &format!("{}#new-site-title", page(&workspace))).await
        }
    }
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
            let kept = SettingsForm::Site(SiteForm { slug: site.clone(), ..sent.form.clone() });
            sent.lead_back_with(&kept, error, &place).await
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

/// Keeps what changed; the new one first, so that a name that is taken changes nothing.
async fn areas(Path((workspace, site)): Path<(String, String)>, sent: Sent<AreasForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match keep_areas(&scope, &site, &sent.form).await {
        Ok(()) => Answer::see(&format!("{}#site-{site}", page(&workspace))),
        Err(error) => {
            let kept = SettingsForm::Areas(site.clone(), sent.form.clone());
            sent.lead_back_with(&kept, error, &format!("{}#areas-{site}", page(&workspace))).await
        }
    }
}

async fn keep_areas(scope: &Scope<Configure>, site: &str, form: &AreasForm) -> Result<(), StoreError> {
    let present = scope.areas_of(site).await?;
    for draft in form.drafts(&present)? {
        let done = match &draft.slug {
            Some(_) => scope.save_area(site, &draft).await,
            None => scope.add_area(site, &draft).await,
        };
        done.map_err(|error| in_line(draft.slug.as_deref(), error))?;
    }
    Ok(())
}

/// What was found about one line of a list, under the name of the line.
fn in_line(slug: Option<&str>, error: StoreError) -> StoreError {
    let mut errors = FieldErrors::default();
    match error {
        StoreError::Invalid(found) => lay(&mut errors, slug, Some(found)),
        other => return other,
    }
    errors.into()
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

async fn rename_metric(Path((workspace, site)): Path<(String, String)>, sent: Sent<MetricName>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let place = format!("{}#metrics-{site}", page(&workspace));
    match renamed(&scope, &site, &sent.form).await {
        Ok(()) => Answer::see(&place),
        Err(error) => sent.lead_back_with(&SettingsForm::Metric(site, sent.form.clone()), error, &place).await,
    }
}

async fn renamed(scope: &Scope<Configure>, site: &str, MetricName { slug, name }: &MetricName) -> Result<(), StoreError> {
    let metrics = scope.site(site).await?.metrics;
    let found = metrics.into_iter().find(|metric| metric.slug == *slug).ok_or(StoreError::NotFound)?;
    let Metric { kind, unit, direction, family, .. } = found;
    let draft = MetricDraft { site: site.to_owned(), name: name.clone(), slug: Some(slug.clone()), kind, unit, direction, family };
    scope.save_metric(&draft).await.map(|_| ())
}

async fn audiences(Path(workspace): Path<String>, sent: Sent<TermsForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    lead_from_terms(&sent, &workspace, "audiences", keep_audiences(&scope, &sent.form).await).await
}

async fn levers(Path(workspace): Path<String>, sent: Sent<TermsForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    lead_from_terms(&sent, &workspace, "levers", keep_levers(&scope, &sent.form).await).await
}

async fn lead_from_terms(sent: &Sent<TermsForm>, workspace: &str, kind: &str, done: Result<(), StoreError>) -> Response {
    let place = format!("{}#{kind}-title", page(workspace));
    match done {
        Ok(()) => Answer::see(&place),
        Err(error) => sent.lead_back_with(&SettingsForm::Terms(kind.to_owned(), sent.form.clone()), error, &place).await,
    }
}

async fn keep_audiences(scope: &Scope<Configure>, form: &TermsForm) -> Result<(), StoreError> {
    for draft in form.drafts(&scope.catalogue().await?.audiences)? {
        let done = match &draft.slug {
            Some(_) => scope.save_audience(&draft).await,
            None => scope.add_audience(&draft).await,
        };
        done.map_err(|error| in_line(draft.slug.as_deref(), error))?;
    }
    Ok(())
}

async fn keep_levers(scope: &Scope<Configure>, form: &TermsForm) -> Result<(), StoreError> {
    for draft in form.drafts(&scope.catalogue().await?.levers)? {
        let done = match &draft.slug {
            Some(_) => scope.save_lever(&draft).await,
            None => scope.add_lever(&draft).await,
        };
        done.map_err(|error| in_line(draft.slug.as_deref(), error))?;
    }
    Ok(())
}

async fn thesaurus(Path(workspace): Path<String>, sent: Sent<ThesaurusForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let here = scope.workspace();
    let settings = WorkspaceSettings { thesaurus: sent.form.edits(), ..here.settings.clone() };
    let place = format!("{}#thesaurus-title", page(&workspace));
    match scope.change_settings(&here.name, &settings).await {
        Ok(()) => Answer::see(&place),
        Err(error) => sent.lead_back_with(&SettingsForm::Thesaurus(sent.form.clone()), error, &place).await,
    }
}
