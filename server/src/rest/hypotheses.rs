//! `/hypotheses`: the library itself.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use axum::Json;
use domain::activity::{Event, Subject};
use domain::hypotheses::{BacklogQuery, HandMove, Hypothesis, HypothesisDraft, Lint};
use store::{Contribute, Read};

const FILTERS: [(&str, &str); 14] = [
    ("stage", "idea, evidence_gathered, prioritised, in_test, decided, shipped or parked; repeatable."),
    ("site", "A site’s slug; repeatable."),
    ("area", "An area’s slug; repeatable."),
    ("device", "desktop, mobile or tablet; repeatable."),
    ("audience", "An audience’s slug; repeatable."),
    ("lever", "A lever’s slug; repeatable."),
    ("owner", "A member’s e-mail or first name, me, or none; repeatable."),
    ("evidence", "A strength (none, weak, fair, good, strong, contradicted; repeatable), or a span of the confidence such as >4."),
    ("score", "A span of the team’s score: >7, <=3 or 5..8."),
    ("outcome", "What a concluded test of it found: win, loss, inconclusive or invalid; repeatable."),
    ("tag", "A tag; repeatable."),
    ("unscored", "`me`: only what the token’s member has not scored."),
    ("q", "Words, and filters as they are typed (area:checkout score:>7); the best 1,000 matches are then sorted."),
    ("sort", "score, expected_value, evidence, created_at, updated_at or stage; with - in front the largest first. -score without it."),
];

pub fn add(api: &mut Api) {
    api.get("/hypotheses", about("Hypotheses, ranked").asks(&FILTERS).lists::<Hypothesis>(), list);
    let create_about = about("Log a hypothesis; the title alone is enough");
    api.post("/hypotheses", create_about.takes::<HypothesisDraft>().creates::<Hypothesis>(), create);
    api.get("/hypotheses/{number}", about("One hypothesis").answers::<Hypothesis>(), read);
    let change_about = about("Change what a hypothesis says").changes::<HypothesisDraft>().answers::<Hypothesis>();
    api.patch("/hypotheses/{number}", change_about, change);
    api.delete("/hypotheses/{number}", about("Archive a hypothesis").answers::<Hypothesis>(), archive);
    api.post("/hypotheses/{number}/restore", about("Bring an archived hypothesis back").answers::<Hypothesis>(), restore);
    let stage_about = about("Move a hypothesis to another stage by hand").takes::<HandMove>().answers::<Hypothesis>();
    api.post("/hypotheses/{number}/stage", stage_about, stage);
    api.get("/hypotheses/{number}/lint", about("What the linter says of it, with a mend for each finding").answers::<Lint>(), lint);
    let draft_about = about("What the linter says of a draft, which is not kept").takes::<HypothesisDraft>().answers::<Lint>();
    api.post("/lint", draft_about, lint_draft);
    api.get("/hypotheses/{number}/history", about("What happened to it, newest first").lists::<Event>(), history);
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Hypothesis>> {
    let query = BacklogQuery::from_pairs(pairs.iter())?;
    Ok(List(scope.backlog(&query).await?))
}

async fn create(scope: Scoped<Contribute>, Body(draft): Body<HypothesisDraft>) -> Answer<Created<Hypothesis>> {
    let object = scope.create_hypothesis(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/hypotheses/{}", scope.workspace().slug, object.number), object })
}

async fn read(scope: Scoped<Read>, At([number]): At<1>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.hypothesis(&number).await?))
}

async fn change(scope: Scoped<Contribute>, At([number]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Hypothesis>> {
    let present = scope.hypothesis(&number).await?;
    let version = seen.check(present.version)?;
    let mut draft = HypothesisDraft::of(&present);
    // New words for the audience are looked up anew; the slug that the old ones led to must not outlive them.
    if patch.names("statement.audience") {
        draft.audience = None;
    }
    let draft = patch.onto(&draft)?;
    Ok(One(scope.edit_hypothesis(&number, &draft, Some(version)).await?))
}

async fn archive(scope: Scoped<Contribute>, At([number]): At<1>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.archive_hypothesis(&number).await?))
}

async fn restore(scope: Scoped<Contribute>, At([number]): At<1>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.restore_hypothesis(&number).await?))
}

async fn stage(scope: Scoped<Contribute>, At([number]): At<1>, Body(wanted): Body<HandMove>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.move_hypothesis(&number, &wanted).await?))
}

async fn lint(scope: Scoped<Read>, At([number]): At<1>) -> Answer<Json<Lint>> {
    Ok(Json(scope.lint(&number).await?))
}

async fn lint_draft(scope: Scoped<Read>, Body(draft): Body<HypothesisDraft>) -> Answer<Json<Lint>> {
    Ok(Json(scope.lint_draft(&draft).await?))
}

async fn history(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Event>> {
    let found = scope.hypothesis(&number).await?;
    Ok(List(scope.history_page(Subject::Hypothesis, &found.number, &page.0).await?))
}
