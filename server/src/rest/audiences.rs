//! `/audiences`: whom changes are for.

use super::about::about;
use super::answer::{Added, Answer, List};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::Scoped;
use domain::sites::{Term, TermDraft};
use store::{Configure, Read};

pub fn add(api: &mut Api) {
    api.get("/audiences", about("All audiences").lists::<Term>(), list);
    api.post("/audiences", about("Add an audience").takes::<TermDraft>().creates::<Term>(), create);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Term>> {
    Ok(List(page.of("audiences", scope.catalogue().await?.audiences)?))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<TermDraft>) -> Answer<Added<Term>> {
    let object = scope.add_audience(&draft).await?;
    Ok(Added { location: format!("/api/v1/{}/audiences", scope.workspace().slug), object })
}
