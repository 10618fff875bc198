//! `/sites/{slug}/areas`: the parts of a site. The site's version covers them.

use super::about::about;
use super::answer::{Answer, Created, Gone, List, One, Versioned};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::sites::{Area, AreaDraft, SiteCatalogue};
use serde::Serialize;
use store::{Configure, Read, StoreError};
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/sites/{slug}/areas", about("The areas of a site").lists::<VersionedArea>(), list);
    api.post("/sites/{slug}/areas", about("Add an area").takes::<AreaDraft>().creates::<VersionedArea>(), create);
    api.get("/sites/{slug}/areas/{area}", about("One area").answers::<VersionedArea>(), read);
    let change_about = about("Change an area; its slug stays").changes::<AreaDraft>().answers::<VersionedArea>();
    api.patch("/sites/{slug}/areas/{area}", change_about, change);
    api.delete("/sites/{slug}/areas/{area}", about("Archive an area; what names it keeps its word").empties(), archive);
    api.post("/sites/{slug}/areas/{area}/restore", about("Bring an archived area back").answers::<VersionedArea>(), restore);
}

/// An area with the version of its site, which counts every change of the site and its areas.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Area)]
struct VersionedArea {
    #[serde(flatten)]
    area: Area,
    version: i64,
}

impl Versioned for VersionedArea {
    fn version(&self) -> i64 {
        self.version
    }
}

fn area_of(site: SiteCatalogue, slug: &str) -> Result<VersionedArea, StoreError> {
    let version = site.site.version;
    let area = site.areas.into_iter().find(|area| area.slug == slug).ok_or(StoreError::NotFound)?;
    Ok(VersionedArea { area, version })
}

async fn list(scope: Scoped<Read>, At([slug]): At<1>, page: Paging) -> Answer<List<VersionedArea>> {
    let site = scope.site(&slug).await?;
    let version = site.site.version;
    Ok(List(page.of("areas", site.areas)?.map(|area| VersionedArea { area, version })))
}

async fn create(scope: Scoped<Configure>, At([slug]): At<1>, Body(draft): Body<AreaDraft>) -> Answer<Created<VersionedArea>> {
    let area = scope.add_area(&slug, &draft).await?;
    let object = area_of(scope.site(&slug).await?, &area.slug)?;
    Ok(Created { location: format!("/api/v1/{}/sites/{slug}/areas/{}", scope.workspace().slug, area.slug), object })
}

async fn read(scope: Scoped<Read>, At([slug, area]): At<2>) -> Answer<One<VersionedArea>> {
    Ok(One(area_of(scope.site(&slug).await?, &area)?))
}

async fn change(scope: Scoped<Configure>, At([slug, area]): At<2>, seen: IfMatch, patch: Patch) -> Answer<One<VersionedArea>> {
    let present = area_of(scope.site(&slug).await?, &area)?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&AreaDraft::of(&present.area))?;
    scope.edit_area(&slug, &area, &draft, version).await?;
    Ok(One(area_of(scope.site(&slug).await?, &area)?))
}

async fn archive(scope: Scoped<Configure>, At([slug, area]): At<2>) -> Answer<Gone> {
    scope.put_area_archived(&slug, &area, true).await?;
    Ok(Gone)
}

async fn restore(scope: Scoped<Configure>, At([slug, area]): At<2>) -> Answer<One<VersionedArea>> {
    scope.put_area_archived(&slug, &area, false).await?;
    Ok(One(area_of(scope.site(&slug).await?, &area)?))
}
