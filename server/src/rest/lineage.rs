//! `/hypotheses/H-1/lineage`: where a hypothesis came from; splitting, merging, and taking that back.

use super::about::about;
use super::answer::{Answer, Created, One};
use super::api::Api;
use super::body::Body;
use super::problem::{Kind, Problem};
use super::scope::{At, Scoped};
use axum::Json;
use domain::activity::Undone;
use domain::hypotheses::{Hypothesis, Lineage, MergeDraft, SplitDraft};
use store::{Contribute, Read};

pub fn add(api: &mut Api) {
    api.get("/hypotheses/{number}/lineage", about("The tree that it stands in, with outcomes").answers::<Lineage>(), lineage);
    let split_about = about("Split a part off, which rests on the same evidence").takes::<SplitDraft>().creates::<Hypothesis>();
    api.post("/hypotheses/{number}/split", split_about, split);
    let merge_about =
        about("Merge it into another, with its evidence, scores, comments and links").takes::<MergeDraft>().answers::<Hypothesis>();
    api.post("/hypotheses/{number}/merge", merge_about, merge);
    let undo_about = about("Take a merge or a split of the last 30 days back, by the id of its event").answers::<Undone>();
    api.post("/activity/{id}/undo", undo_about, undo);
}

async fn lineage(scope: Scoped<Read>, At([number]): At<1>) -> Answer<Json<Lineage>> {
    Ok(Json(scope.lineage(&number).await?))
}

async fn split(scope: Scoped<Contribute>, At([number]): At<1>, Body(draft): Body<SplitDraft>) -> Answer<Created<Hypothesis>> {
    let object = scope.split_hypothesis(&number, &draft).await?;
    Ok(Created { location: format!("/api/v1/{}/hypotheses/{}", scope.workspace().slug, object.number), object })
}

async fn merge(scope: Scoped<Contribute>, At([number]): At<1>, Body(draft): Body<MergeDraft>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.merge_hypothesis(&number, &draft).await?))
}

async fn undo(scope: Scoped<Contribute>, At([id]): At<1>) -> Answer<Json<Undone>> {
    let id = id.parse().map_err(|_| Problem::of(Kind::NotFound))?;
    Ok(Json(scope.undo_event(id).await?))
}
