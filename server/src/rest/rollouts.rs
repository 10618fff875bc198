//! `/rollouts`: shipped changes, and what their value is computed from. A member who may not see money gets none.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::impact::site_of;
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use domain::activity::{Event, Subject};
use domain::impact::{Rollout, RolloutDraft};
use store::{Read, RunTests};

pub fn add(api: &mut Api) {
    api.get("/rollouts", about("Shipped changes, the latest first").asks(&super::impact::FILTERS).lists::<Rollout>(), list);
    let create_about = about("Record a change that was shipped without a test");
    api.post("/rollouts", create_about.takes::<RolloutDraft>().creates::<Rollout>(), create);
    api.get("/rollouts/{number}", about("One rollout with its value").answers::<Rollout>(), read);
    let change_about = about("Change the inputs of a rollout").changes::<RolloutDraft>().answers::<Rollout>();
    api.patch("/rollouts/{number}", change_about, change);
    api.get("/rollouts/{number}/history", about("What happened to it, newest first").lists::<Event>(), history);
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Rollout>> {
    let (known, page) = pairs.only(&["site"])?;
    let impact = scope.impact(site_of(&known)).await?;
    Ok(List(Paging(page).of("rollouts", impact.rollouts)?))
}

async fn create(scope: Scoped<RunTests>, Body(draft): Body<RolloutDraft>) -> Answer<Created<Rollout>> {
    let object = scope.create_rollout(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/rollouts/{}", scope.workspace().slug, object.number), object })
}

async fn read(scope: Scoped<Read>, At([number]): At<1>) -> Answer<One<Rollout>> {
    Ok(One(scope.rollout(&number).await?))
}

async fn change(scope: Scoped<RunTests>, At([number]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Rollout>> {
    let present = scope.rollout(&number).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&RolloutDraft::of(&present))?;
    Ok(One(scope.edit_rollout(&number, &draft, Some(version)).await?))
}

async fn history(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Event>> {
    let found = scope.rollout(&number).await?;
    Ok(List(scope.history_page(Subject::Rollout, &found.number, &page.0).await?))
}
