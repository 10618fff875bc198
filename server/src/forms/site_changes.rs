//! Forms of site changes, on the settings page.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::sites::{ChangeForm, SettingsForm};
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::sites::SiteChange;
use store::{Configure, StoreError};

const ACCESS: Access = Access::Member(Permission::Configure);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/settings/sites/{site}/changes", ACCESS, create);
    routes.post("/{workspace}/settings/changes/{number}", ACCESS, edit);
    routes.post("/{workspace}/settings/changes/{number}/archive", ACCESS, archive);
    routes.post("/{workspace}/settings/changes/{number}/restore", ACCESS, restore);
}

fn part(workspace: &str, site: &str) -> String {
    format!("/{workspace}/settings#changes-{site}")
}

async fn create(Path((workspace, site)): Path<(String, String)>, sent: Sent<ChangeForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let form = ChangeForm { site, number: String::new(), ..sent.form.clone() };
    lead(&sent, &workspace, scope.create_site_change(&form.draft()).await, form).await
}

async fn edit(Path((workspace, number)): Path<(String, String)>, sent: Sent<ChangeForm>) -> Response {
    let scope = match sent.scope::<Configure>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let form = ChangeForm { number, ..sent.form.clone() };
    let done = scope.edit_site_change(&form.number, &form.draft(), form.version.parse().ok()).await;
    lead(&sent, &workspace, done, form).await
}

async fn lead(sent: &Sent<ChangeForm>, workspace: &str, done: Result<SiteChange, StoreError>, form: ChangeForm) -> Response {
    match done {
        Ok(change) => Answer::see(&part(workspace, &change.site)),
        Err(error) => {
            let place = part(workspace, &form.site);
            sent.lead_back_with(&SettingsForm::Change(form), error, &place).await
        }
    }
}

async fn archive(Path((workspace, number)): Path<(String, String)>, sent: Sent<ChangeForm>) -> Response {
    put_archived(&workspace, &number, &sent, true).await
}

async fn restore(Path((workspace, number)): Path<(String, String)>, sent: Sent<ChangeForm>) -> Response {
    put_archived(&workspace, &number, &sent, false).await
}

async fn put_archived(workspace: &str, number: &str, sent: &Sent<ChangeForm>, archived: bool) -> Response {
    let scope = match sent.scope::<Configure>(workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.put_site_change_archived(number, archived).await {
        Ok(change) => Answer::see(&part(workspace, &change.site)),
        Err(error) => Answer::refusal(&error),
    }
}
