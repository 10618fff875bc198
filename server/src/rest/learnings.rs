//! `/learnings`: what tests taught, one sentence each.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use domain::activity::{Event, Subject};
use domain::evidence::StillTrue;
use domain::learnings::{Learning, LearningDraft, LearningQuery};
use store::{Contribute, Read, RunTests};

const FILTERS: [(&str, &str); 7] = [
    ("outcome", "win, loss, inconclusive or invalid; repeatable."),
    ("site", "A site’s slug; repeatable."),
    ("area", "An area’s slug; repeatable."),
    ("audience", "An audience’s slug; repeatable."),
    ("lever", "A lever’s slug; repeatable."),
    ("q", "Words; the best 1,000 matches are then sorted."),
    ("sort", "created_at; with - in front the latest first. -created_at without it."),
];

pub fn add(api: &mut Api) {
    api.get("/learnings", about("Learnings").asks(&FILTERS).lists::<Learning>(), list);
    let create_about = about("Log a learning by hand, of a test that ran elsewhere or long ago");
    api.post("/learnings", create_about.takes::<LearningDraft>().creates::<Learning>(), create);
    api.get("/learnings/{number}", about("One learning with its next steps").answers::<Learning>(), read);
    let change_about = about("Change what a learning says; what its test found stays");
    api.patch("/learnings/{number}", change_about.changes::<LearningDraft>().answers::<Learning>(), change);
    let confirm_about = about("Say that a learning is still true: nothing asks for a re-check until its areas change again");
    api.post("/learnings/{number}/still-true", confirm_about.takes::<StillTrue>().answers::<Learning>(), confirm);
    api.get("/learnings/{number}/history", about("What happened to it, newest first").lists::<Event>(), history);
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Learning>> {
    let query = LearningQuery::from_pairs(pairs.iter())?;
    Ok(List(scope.learnings(&query).await?))
}

async fn create(scope: Scoped<RunTests>, Body(draft): Body<LearningDraft>) -> Answer<Created<Learning>> {
    let object = scope.create_learning(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/learnings/{}", scope.workspace().slug, object.number), object })
}

async fn read(scope: Scoped<Read>, At([number]): At<1>) -> Answer<One<Learning>> {
    Ok(One(scope.learning(&number).await?))
}

async fn change(scope: Scoped<RunTests>, At([number]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Learning>> {
    let present = scope.learning(&number).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&LearningDraft::of(&present))?;
    Ok(One(scope.edit_learning(&number, &draft, Some(version)).await?))
}

async fn confirm(scope: Scoped<Contribute>, At([number]): At<1>, Body(said): Body<StillTrue>) -> Answer<One<Learning>> {
    Ok(One(scope.confirm_learning(&number, &said).await?))
}

async fn history(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Event>> {
    let found = scope.learning(&number).await?;
    Ok(List(scope.history_page(Subject::Learning, &found.number, &page.0).await?))
}
