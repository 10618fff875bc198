//! The form of a learning by hand.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::learnings::LearningForm;
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::evidence::StillTrue;
use store::{Contribute, RunTests};

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/learnings", Access::Member(Permission::RunTests), create);
    routes.post("/{workspace}/learnings/{number}/still-true", Access::Member(Permission::Contribute), confirm);
}

async fn create(Path(workspace): Path<String>, sent: Sent<LearningForm>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match sent.form.draft() {
        Ok(draft) => scope.create_learning(&draft).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(learning) => Answer::see(&format!("/{workspace}/learnings/{}", learning.number)),
        Err(error) => sent.lead_back(error, &format!("/{workspace}/learnings/new")).await,
    }
}

async fn confirm(Path((workspace, number)): Path<(String, String)>, sent: Sent<StillTrue>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = format!("/{workspace}/learnings/{number}");
    sent.lead_from_note(scope.confirm_learning(&number, &sent.form).await, &page).await
}
