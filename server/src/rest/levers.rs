//! `/levers`: the mechanisms that changes work by.

use super::about::about;
use super::answer::{Added, Answer, List};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::Scoped;
use domain::sites::{Term, TermDraft};
use store::{Configure, Read};

pub fn add(api: &mut Api) {
    api.get("/levers", about("All levers").lists::<Term>(), list);
    api.post("/levers", about("Add a lever").takes::<TermDraft>().creates::<Term>(), create);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Term>> {
    Ok(List(page.of("levers", scope.catalogue().await?.levers)?))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<TermDraft>) -> Answer<Added<Term>> {
    let object = scope.add_lever(&draft).await?;
    Ok(Added { location: format!("/api/v1/{}/levers", scope.workspace().slug), object })
}
