//! `/levers`: the mechanisms that changes work by.

use super::about::about;
use super::answer::{Added, Answer, Gone, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::Paging;
use super::scope::{At, Scoped};
use super::terms::{self, VersionedTerm};
use domain::sites::{Term, TermDraft};
use store::{Configure, Read};

pub fn add(api: &mut Api) {
    api.get("/levers", about("All levers").lists::<Term>(), list);
    api.post("/levers", about("Add a lever").takes::<TermDraft>().creates::<Term>(), create);
    api.get("/levers/{lever}", about("One lever").answers::<VersionedTerm>(), read);
    api.patch("/levers/{lever}", about("Rename a lever; its slug stays").changes::<TermDraft>().answers::<VersionedTerm>(), change);
    api.delete("/levers/{lever}", about("Archive a lever; what names it keeps its word").empties(), archive);
    api.post("/levers/{lever}/restore", about("Bring an archived lever back").answers::<VersionedTerm>(), restore);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Term>> {
    Ok(List(page.of("levers", scope.catalogue().await?.levers)?))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<TermDraft>) -> Answer<Added<Term>> {
    let object = scope.add_lever(&draft).await?;
    Ok(Added { location: format!("/api/v1/{}/levers/{}", scope.workspace().slug, object.slug), object })
}

async fn read(scope: Scoped<Read>, At([slug]): At<1>) -> Answer<One<VersionedTerm>> {
    Ok(One(terms::lever(&scope, &slug).await?))
}

async fn change(scope: Scoped<Configure>, At([slug]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<VersionedTerm>> {
    let present = terms::lever(&scope, &slug).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&TermDraft::of(&present.term))?;
    scope.edit_lever(&slug, &draft, version).await?;
    Ok(One(terms::lever(&scope, &slug).await?))
}

async fn archive(scope: Scoped<Configure>, At([slug]): At<1>) -> Answer<Gone> {
    scope.put_lever_archived(&slug, true).await?;
    Ok(Gone)
}

async fn restore(scope: Scoped<Configure>, At([slug]): At<1>) -> Answer<One<VersionedTerm>> {
    scope.put_lever_archived(&slug, false).await?;
    Ok(One(terms::lever(&scope, &slug).await?))
}
