//! `/hypotheses/H-1/evidence`: what speaks for and against a hypothesis, and how its confidence follows.

use super::about::about;
use super::answer::{Answer, List, One};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::{At, Scoped};
use axum::Json;
use domain::evidence::{Confidence, LinkDraft, LinkedEvidence};
use domain::hypotheses::Hypothesis;
use store::{Contribute, Read};

pub fn add(api: &mut Api) {
    api.get("/hypotheses/{number}/evidence", about("What speaks for and against it").lists::<LinkedEvidence>(), list);
    let link_about = about("Link a piece of evidence, or say anew what its link says").takes::<LinkDraft>().answers::<Hypothesis>();
    api.put("/hypotheses/{number}/evidence/{evidence}", link_about, link);
    api.delete("/hypotheses/{number}/evidence/{evidence}", about("Take a link away").answers::<Hypothesis>(), unlink);
    let explained_about = about("The evidence confidence, explained term by term").answers::<Confidence>();
    api.get("/hypotheses/{number}/confidence", explained_about, explained);
}

async fn list(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<LinkedEvidence>> {
    Ok(List(page.of("hypothesis-evidence", scope.evidence_of(&number).await?)?))
}

async fn link(scope: Scoped<Contribute>, At([number, evidence]): At<2>, Body(draft): Body<LinkDraft>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.link_evidence(&number, &evidence, &draft).await?))
}

async fn unlink(scope: Scoped<Contribute>, At([number, evidence]): At<2>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.unlink_evidence(&number, &evidence).await?))
}

async fn explained(scope: Scoped<Read>, At([number]): At<1>) -> Answer<Json<Confidence>> {
    Ok(Json(scope.confidence_explained(&number).await?))
}
