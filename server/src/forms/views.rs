//! Forms of saved views, which the pages of lists send.

use super::answer::{Answer, Sent, with};
use crate::routes::{Access, Routes};
use app::views::{ViewForm, page_of};
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::text::address::pairs;
use domain::views::{View, ViewDraft};
use store::{KeepViews, Scope, StoreError};

const ACCESS: Access = Access::Member(Permission::KeepViews);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/views", ACCESS, create);
    routes.post("/{workspace}/views/{id}/edit", ACCESS, edit);
    routes.post("/{workspace}/views/{id}/query", ACCESS, replace);
    routes.post("/{workspace}/views/{id}/archive", ACCESS, archive);
    routes.post("/{workspace}/views/{id}/restore", ACCESS, restore);
}

/// The list under this view.
fn page(workspace: &str, view: &View) -> String {
    page_of(workspace, view.list, &pairs(&view.query), Some(view.id))
}

async fn create(Path(workspace): Path<String>, sent: Sent<ViewForm>) -> Response {
    let scope = match sent.scope::<KeepViews>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let draft = match sent.form.draft() {
        Ok(draft) => draft,
        Err(errors) => return Answer::refusal(&errors.into()),
    };
    let done = scope.create_view(&draft).await;
    let query = draft.list.normal(&draft.query).unwrap_or_default();
    let here = page_of(&workspace, draft.list, &pairs(&query), sent.form.from);
    sent.lead(done, &with(&here, "form", "view"), |made| page(&workspace, &made)).await
}

/// A change of what a view is called and who sees it.
async fn edit(Path((workspace, id)): Path<(String, i64)>, sent: Sent<ViewForm>) -> Response {
    let (scope, present) = match view_of(&sent, &workspace, id).await {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    let draft = ViewDraft {
        name: sent.form.name.clone(),
        list: present.list,
        query: present.query.clone(),
        // Those who cannot share have no box to tick; theirs stays as it is.
        shared: if scope.may(Permission::Contribute) { !sent.form.shared.is_empty() } else { present.shared },
    };
    let done = scope.edit_view(id, &draft, sent.form.version).await;
    let here = page(&workspace, &present);
    sent.lead(done, &with(&here, "form", &format!("view-{id}")), |_| here.clone()).await
}

/// A change of what a view shows.
async fn replace(Path((workspace, id)): Path<(String, i64)>, sent: Sent<ViewForm>) -> Response {
    let (scope, present) = match view_of(&sent, &workspace, id).await {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    let draft = ViewDraft { query: sent.form.query.clone(), ..draft_of(&present) };
    match scope.edit_view(id, &draft, sent.form.version).await {
        Ok(changed) => Answer::see(&page(&workspace, &changed)),
        Err(error) => {
            let query = present.list.normal(&sent.form.query).unwrap_or_default();
            let here = page_of(&workspace, present.list, &pairs(&query), Some(id));
            sent.lead_back_with(&form_of(&present), error, &with(&here, "form", &format!("view-{id}"))).await
        }
    }
}

async fn archive(Path((workspace, id)): Path<(String, i64)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<KeepViews>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.archive_view(id).await {
        Ok(view) => {
            let here = page_of(&workspace, view.list, &pairs(&view.query), None);
            Answer::see(&with(&here, "undo", &format!("view-{id}")))
        }
        Err(error) => Answer::refusal(&error),
    }
}

/// A view whose name is taken by now comes back in the form of a new one.
async fn restore(Path((workspace, id)): Path<(String, i64)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<KeepViews>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.restore_view(id).await {
        Ok(view) => Answer::see(&page(&workspace, &view)),
        Err(error @ StoreError::Invalid(_)) => match scope.view(id).await {
            Ok(view) => {
                let here = page_of(&workspace, view.list, &pairs(&view.query), None);
                sent.lead_back_with(&form_of(&view), error, &with(&here, "form", "view")).await
            }
            Err(error) => Answer::refusal(&error),
        },
        Err(error) => Answer::refusal(&error),
    }
}

async fn view_of(sent: &Sent<ViewForm>, workspace: &str, id: i64) -> Result<(Scope<KeepViews>, View), Response> {
    let scope = sent.scope::<KeepViews>(workspace).await?;
    let view = scope.view(id).await.map_err(|error| Answer::refusal(&error))?;
    Ok((scope, view))
}

fn draft_of(view: &View) -> ViewDraft {
    let View { name, list, query, shared, .. } = view.clone();
    ViewDraft { name, list, query, shared }
}

/// The view as its form says it.
fn form_of(view: &View) -> ViewForm {
    let (list, shared) = (view.list.slug().to_owned(), if view.shared { "on" } else { "" }.to_owned());
    ViewForm { list, name: view.name.clone(), query: view.query.clone(), shared, version: Some(view.version), from: None }
}
