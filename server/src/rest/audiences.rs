//! `/audiences`: whom changes are for.

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
    api.get("/audiences", about("All audiences").lists::<Term>(), list);
    api.post("/audiences", about("Add an audience").takes::<TermDraft>().creates::<Term>(), create);
    api.get("/audiences/{audience}", about("One audience").answers::<VersionedTerm>(), read);
    api.patch(
        "/audiences/{audience}",
        about("Rename an audience; its slug stays").changes::<TermDraft>().answers::<VersionedTerm>(),
        change,
    );
    api.delete("/audiences/{audience}", about("Archive an audience; what names it keeps its word").empties(), archive);
    api.post("/audiences/{audience}/restore", about("Bring an archived audience back").answers::<VersionedTerm>(), restore);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Term>> {
    Ok(List(page.of("audiences", scope.catalogue().await?.audiences)?))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<TermDraft>) -> Answer<Added<Term>> {
    let object = scope.add_audience(&draft).await?;
    Ok(Added { location: format!("/api/v1/{}/audiences/{}", scope.workspace().slug, object.slug), object })
}

async fn read(scope: Scoped<Read>, At([slug]): At<1>) -> Answer<One<VersionedTerm>> {
    Ok(One(terms::audience(&scope, &slug).await?))
}

async fn change(scope: Scoped<Configure>, At([slug]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<VersionedTerm>> {
    let present = terms::audience(&scope, &slug).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&TermDraft::of(&present.term))?;
    scope.edit_audience(&slug, &draft, version).await?;
    Ok(One(terms::audience(&scope, &slug).await?))
}

async fn archive(scope: Scoped<Configure>, At([slug]): At<1>) -> Answer<Gone> {
    scope.put_audience_archived(&slug, true).await?;
    Ok(Gone)
}

async fn restore(scope: Scoped<Configure>, At([slug]): At<1>) -> Answer<One<VersionedTerm>> {
    scope.put_audience_archived(&slug, false).await?;
    Ok(One(terms::audience(&scope, &slug).await?))
}
