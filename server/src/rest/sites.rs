//! `/sites`: what is optimised.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::sites::{Site, SiteDraft};
use store::{Configure, Read};

pub fn add(api: &mut Api) {
    api.get("/sites", about("All sites, by name").lists::<Site>(), list);
    api.post("/sites", about("Make a site with the starter catalogue").takes::<SiteDraft>().creates::<Site>(), create);
    api.get("/sites/{slug}", about("One site").answers::<Site>(), read);
    api.patch("/sites/{slug}", about("Change a site; its slug stays").changes::<SiteDraft>().answers::<Site>(), change);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Site>> {
    Ok(List(page.of("sites", scope.sites().await?)?))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<SiteDraft>) -> Answer<Created<Site>> {
    let object = scope.create_site(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/sites/{}", scope.workspace().slug, object.slug), object })
}

async fn read(scope: Scoped<Read>, At([slug]): At<1>) -> Answer<One<Site>> {
    Ok(One(scope.site(&slug).await?.site))
}

async fn change(scope: Scoped<Configure>, At([slug]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Site>> {
    let present = scope.site(&slug).await?.site;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&SiteDraft::of(&present))?;
    Ok(One(scope.edit_site(&slug, &draft, Some(version)).await?))
}
