//! `/evidence`: findings, and the hypotheses that they speak for or against.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use domain::activity::{Event, Subject};
use domain::evidence::{Evidence, EvidenceDraft, EvidenceQuery, LinkedHypothesis, StillTrue};
use store::{Contribute, Read};

const FILTERS: [(&str, &str); 12] = [
    ("kind", "A kind, such as analytics or user_test; repeatable."),
    ("class", "opinion, customer_voice, behaviour, user_research or test; repeatable."),
    ("site", "A site’s slug; repeatable."),
    ("area", "An area’s slug; repeatable."),
    ("device", "desktop, mobile or tablet; repeatable."),
    ("audience", "An audience’s slug; repeatable."),
    ("tag", "A tag; repeatable."),
    ("freshness", "fresh, ageing or stale; repeatable."),
    ("unused", "`true`: only what no hypothesis is linked to."),
    ("used", "`true`: only what some hypothesis is linked to."),
    ("q", "Words; the best 1,000 matches are then sorted."),
    ("sort", "observed, created_at or updated_at; with - in front the latest first."),
];

pub fn add(api: &mut Api) {
    api.get("/evidence", about("Evidence").asks(&FILTERS).lists::<Evidence>(), list);
    let create_about = about("Log a finding; title and kind are enough");
    api.post("/evidence", create_about.takes::<EvidenceDraft>().creates::<Evidence>(), create);
    api.get("/evidence/{number}", about("One piece of evidence").answers::<Evidence>(), read);
    let change_about = about("Change what a piece of evidence says").changes::<EvidenceDraft>().answers::<Evidence>();
    api.patch("/evidence/{number}", change_about, change);
    api.delete("/evidence/{number}", about("Archive a piece of evidence; it no longer counts").answers::<Evidence>(), archive);
    api.post("/evidence/{number}/restore", about("Bring archived evidence back").answers::<Evidence>(), restore);
    let confirm_about = about("Say that a finding is still true: its age counts from today; the note stays in its history");
    api.post("/evidence/{number}/still-true", confirm_about.takes::<StillTrue>().answers::<Evidence>(), confirm);
    api.get("/evidence/{number}/hypotheses", about("What it speaks for and against").lists::<LinkedHypothesis>(), hypotheses);
    api.get("/evidence/{number}/history", about("What happened to it, newest first").lists::<Event>(), history);
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Evidence>> {
    let query = EvidenceQuery::from_pairs(pairs.iter())?;
    Ok(List(scope.evidence_list(&query).await?))
}

async fn create(scope: Scoped<Contribute>, Body(draft): Body<EvidenceDraft>) -> Answer<Created<Evidence>> {
    let object = scope.create_evidence(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/evidence/{}", scope.workspace().slug, object.number), object })
}

async fn read(scope: Scoped<Read>, At([number]): At<1>) -> Answer<One<Evidence>> {
    Ok(One(scope.evidence(&number).await?))
}

async fn change(scope: Scoped<Contribute>, At([number]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Evidence>> {
    let present = scope.evidence(&number).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&EvidenceDraft::of(&present))?;
    Ok(One(scope.edit_evidence(&number, &draft, Some(version)).await?))
}

async fn archive(scope: Scoped<Contribute>, At([number]): At<1>) -> Answer<One<Evidence>> {
    Ok(One(scope.archive_evidence(&number).await?))
}

async fn restore(scope: Scoped<Contribute>, At([number]): At<1>) -> Answer<One<Evidence>> {
    Ok(One(scope.restore_evidence(&number).await?))
}

async fn confirm(scope: Scoped<Contribute>, At([number]): At<1>, Body(said): Body<StillTrue>) -> Answer<One<Evidence>> {
    Ok(One(scope.confirm_evidence(&number, &said).await?))
}

async fn hypotheses(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<LinkedHypothesis>> {
    Ok(List(page.of("evidence-hypotheses", scope.hypotheses_of(&number).await?)?))
}

async fn history(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Event>> {
    let found = scope.evidence(&number).await?;
    Ok(List(scope.history_page(Subject::Evidence, &found.number, &page.0).await?))
}
