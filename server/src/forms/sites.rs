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
use domain::sites::{AreaDraft, AreaVisitors, SiteDraft, TermDraft};
use domain::text::parse_number;
use serde::{Deserialize, Serialize};
use store::Configure;

const ACCESS: Access = Access::Member(Permission::Configure);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/settings", ACCESS, settings);
    routes.post("/{workspace}/settings/sites", ACCESS, site);
    routes.post("/{workspace}/settings/sites/{site}/areas", ACCESS, area);
    routes.post("/{workspace}/settings/audiences", ACCESS, audience);
    routes.post("/{workspace}/settings/levers", ACCESS, lever);
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

#[derive(Debug, Serialize, Deserialize)]
struct AreaForm {
    name: String,
    slug: Option<String>,
    #[serde(default)]
    desktop: String,
    #[serde(default)]
    mobile: String,
    #[serde(default)]
    tablet: String,
}

async fn area(Path((workspace, site)): Path<(String, String)>, sent: Sent<AreaForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let AreaForm { name, slug, desktop, mobile, tablet } = &sent.form;
    let count =
        |text: &str| if text.trim().is_empty() { None } else { Some(parse_number(text).map_or(-1, |number| number.round() as i64)) };
    let visitors = AreaVisitors { desktop: count(desktop), mobile: count(mobile), tablet: count(tablet) };
    match scope.save_area(&site, &AreaDraft { name: name.clone(), slug: slug.clone(), visitors }).await {
        Ok(_) => Answer::see(&page(&workspace)),
        Err(error) => Answer::refusal(&error),
    }
}

async fn audience(Path(workspace): Path<String>, sent: Sent<TermDraft>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.save_audience(&sent.form).await {
        Ok(_) => Answer::see(&page(&workspace)),
        Err(error) => Answer::refusal(&error),
    }
}

async fn lever(Path(workspace): Path<String>, sent: Sent<TermDraft>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.save_lever(&sent.form).await {
        Ok(_) => Answer::see(&page(&workspace)),
        Err(error) => Answer::refusal(&error),
    }
}
