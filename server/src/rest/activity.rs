//! `/activity`: what happened in the workspace.

use super::about::about;
use super::answer::{Answer, List};
use super::api::Api;
use super::query::Paging;
use super::scope::Scoped;
use domain::activity::Event;
use store::Read;

pub fn add(api: &mut Api) {
    api.get("/activity", about("What happened in the workspace, newest first").lists::<Event>(), list);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Event>> {
    Ok(List(scope.activity(&page.0).await?))
}
