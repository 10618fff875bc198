//! `/sites`: what is optimised.

use super::about::about;
use super::answer::{Answer, Created, Gone, List, One};
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
    let archive_about = about("Archive a site; what names it keeps its word. Refused while a test runs there").empties();
    api.delete("/sites/{slug}", archive_about, archive);
    api.post("/sites/{slug}/restore", about("Bring an archived site back").answers::<Site>(), restore);
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

async fn archive(scope: Scoped<Configure>, At([slug]): At<1>) -> Answer<Gone> {
    scope.put_site_archived(&slug, true).await?;
    Ok(Gone)
}

async fn restore(scope: Scoped<Configure>, At([slug]): At<1>) -> Answer<One<Site>> {
    scope.put_site_archived(&slug, false).await?;
    Ok(One(scope.site(&slug).await?.site))
}
