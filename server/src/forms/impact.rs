//! The form of a rollout's inputs.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::impact::RolloutForm;
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::impact::RolloutDraft;
use store::RunTests;

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/rollouts/{number}", Access::Member(Permission::RunTests), edit);
}

async fn edit(Path((workspace, number)): Path<(String, String)>, sent: Sent<RolloutForm>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let rollout = match scope.rollout(&number).await {
        Ok(rollout) => rollout,
        Err(error) => return Answer::refusal(&error),
    };
    let version = sent.form.version.trim().parse().ok();
    let done = match sent.form.onto(RolloutDraft::of(&rollout), rollout.currency.as_deref()) {
        Ok(draft) => scope.edit_rollout(&number, &draft, version).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(_) => Answer::see(&format!("/{workspace}/rollouts/{number}")),
        Err(error) => sent.lead_back(error, &format!("/{workspace}/rollouts/{number}")).await,
    }
}
