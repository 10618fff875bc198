//! `/tests`: plans, their start and end, results, and what those say.

use super::about::about;
use super::answer::{Added, Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::problem::{Kind, Problem};
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use axum::Json;
use domain::activity::{Event, Subject};
use domain::experiments::{
    Analysis, ConclusionDraft, DataNote, PostedResults, ReasonDraft, SnapshotDraft, StartDraft, StopDraft, Test, TestDraft, TestQuery,
};
use serde::Deserialize;
use store::{Contribute, Read, RunTests};
use utoipa::ToSchema;

const FILTERS: [(&str, &str); 9] = [
    ("state", "draft, planned, running, stopped, concluded or cancelled; repeatable."),
    ("kind", "A kind, such as ab or split_url; repeatable."),
    ("outcome", "win, loss, inconclusive or invalid; repeatable."),
    ("site", "A site’s slug; repeatable."),
    ("area", "An area’s slug; repeatable."),
    ("hypothesis", "A hypothesis’ number; repeatable."),
    ("imported", "true for imported tests alone, false for all others."),
    ("q", "Words; the best 1,000 matches are then sorted."),
    ("sort", "created_at or started_on; with - in front the latest first. -created_at without it."),
];

pub fn add(api: &mut Api) {
    api.get("/tests", about("Tests").asks(&FILTERS).lists::<Test>(), list);
    api.post("/tests", about("Plan a test; its first variant is the control").takes::<TestDraft>().creates::<Test>(), create);
    api.get("/tests/{number}", about("One test").answers::<Test>(), read);
    let change_about = about("Change a plan; once started, an amendment that says its reason");
    api.patch("/tests/{number}", change_about.changes::<Amendment>().answers::<Test>(), change);
    let start_about = about("Start a planned test; its plan is frozen, and what it lacks needs a reason");
    api.post("/tests/{number}/start", start_about.takes::<StartDraft>().answers::<Test>(), start);
    api.post("/tests/{number}/stop", about("Stop a running test").takes::<StopDraft>().answers::<Test>(), stop);
    let cancel_about = about("Cancel a test that is not concluded; its hypotheses return to where they were");
    api.post("/tests/{number}/cancel", cancel_about.takes::<ReasonDraft>().answers::<Test>(), cancel);
    let conclude_about = about("Record outcome, learning and decisions of a stopped test, and make what they stand for");
    api.post("/tests/{number}/conclusion", conclude_about.takes::<ConclusionDraft>().answers::<Test>(), conclude);
    api.put("/tests/{number}/note", about("Say something of the data; an empty note goes").takes::<DataNote>().answers::<Test>(), note);
    let count_about = about("Let an imported test count in the win rate and for impact, or leave it out again");
    api.put("/tests/{number}/counts", count_about.takes::<CountsDraft>().answers::<Test>(), count);
    api.get(
        "/tests/{number}/results",
        about("All dated results, the newest first, voided ones included").lists::<PostedResults>(),
        results,
    );
    let post_about = about("Post totals since the start as a dated snapshot; earlier ones stay");
    api.post("/tests/{number}/results", post_about.takes::<SnapshotDraft>().creates::<PostedResults>(), post_results);
    let void_about = about("Take wrong results out of the analysis; they stay listed");
    api.post("/tests/{number}/results/{id}/void", void_about.takes::<ReasonDraft>().answers::<PostedResults>(), void_results);
    api.get("/tests/{number}/analysis", about("What the last results say").answers::<Analysis>(), analysis);
    let look_about = about("Look at the last results before the plan is reached; the look is logged");
    api.post("/tests/{number}/look", look_about.answers::<Analysis>(), look);
    api.get("/tests/{number}/history", about("What happened to it, newest first").lists::<Event>(), history);
}

/// A changed plan.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes a merge patch, from which the reason is taken before the draft is read")]
struct Amendment {
    #[serde(flatten)]
    plan: TestDraft,
    /// Why the plan changes; required once the test has started.
    reason: Option<String>,
}

/// Whether an imported test counts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CountsDraft {
    counts: bool,
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Test>> {
    let query = TestQuery::from_pairs(pairs.iter())?;
    Ok(List(scope.tests(&query).await?))
}

async fn create(scope: Scoped<RunTests>, Body(draft): Body<TestDraft>) -> Answer<Created<Test>> {
    let object = scope.create_test(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/tests/{}", scope.workspace().slug, object.number), object })
}

async fn read(scope: Scoped<Read>, At([number]): At<1>) -> Answer<One<Test>> {
    Ok(One(scope.test(&number).await?))
}

async fn change(scope: Scoped<RunTests>, At([number]): At<1>, seen: IfMatch, mut patch: Patch) -> Answer<One<Test>> {
    let present = scope.test(&number).await?;
    let version = seen.check(present.version)?;
    let reason = patch.take_text("reason")?;
    let draft = patch.onto(&TestDraft::of(&present))?;
    Ok(One(scope.edit_test(&number, &draft, Some(version), reason.as_deref()).await?))
}

async fn start(scope: Scoped<RunTests>, At([number]): At<1>, Body(draft): Body<StartDraft>) -> Answer<One<Test>> {
    Ok(One(scope.start_test(&number, &draft).await?))
}

async fn stop(scope: Scoped<RunTests>, At([number]): At<1>, Body(draft): Body<StopDraft>) -> Answer<One<Test>> {
    Ok(One(scope.stop_test(&number, &draft).await?))
}

async fn cancel(scope: Scoped<RunTests>, At([number]): At<1>, Body(draft): Body<ReasonDraft>) -> Answer<One<Test>> {
    Ok(One(scope.cancel_test(&number, &draft).await?))
}

async fn conclude(scope: Scoped<RunTests>, At([number]): At<1>, Body(draft): Body<ConclusionDraft>) -> Answer<One<Test>> {
    Ok(One(scope.conclude_test(&number, &draft).await?))
}

async fn note(scope: Scoped<Contribute>, At([number]): At<1>, Body(draft): Body<DataNote>) -> Answer<One<Test>> {
    Ok(One(scope.note_on_data(&number, &draft).await?))
}

async fn count(scope: Scoped<RunTests>, At([number]): At<1>, Body(draft): Body<CountsDraft>) -> Answer<One<Test>> {
    Ok(One(scope.count_test(&number, draft.counts).await?))
}

async fn results(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<PostedResults>> {
    Ok(List(page.of("results", scope.results(&number).await?)?))
}

async fn post_results(scope: Scoped<Contribute>, At([number]): At<1>, Body(draft): Body<SnapshotDraft>) -> Answer<Added<PostedResults>> {
    let object = scope.post_results(&number, &draft).await?;
    Ok(Added { location: format!("/api/v1/{}/tests/{number}/results", scope.workspace().slug), object })
}

async fn void_results(scope: Scoped<Contribute>, At([number, id]): At<2>, Body(draft): Body<ReasonDraft>) -> Answer<Json<PostedResults>> {
    let id = id.parse().map_err(|_| Problem::of(Kind::NotFound))?;
    Ok(Json(scope.void_results(&number, id, &draft).await?))
}

async fn analysis(scope: Scoped<Read>, At([number]): At<1>) -> Answer<Json<Analysis>> {
    Ok(Json(scope.analysis(&number).await?))
}

async fn look(scope: Scoped<Contribute>, At([number]): At<1>) -> Answer<Json<Analysis>> {
    Ok(Json(scope.look_at_test(&number).await?))
}

async fn history(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Event>> {
    let found = scope.test(&number).await?;
    Ok(List(scope.history_page(Subject::Test, &found.number, &page.0).await?))
}
