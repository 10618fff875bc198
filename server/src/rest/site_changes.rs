//! `/site-changes`: relaunches and other changes, which halve older evidence on their areas.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::sites::{SiteChange, SiteChangeDraft};
use store::{Configure, Read};

pub fn add(api: &mut Api) {
    api.get("/site-changes", about("All site changes, archived ones too, the latest first").lists::<SiteChange>(), list);
    let create_about = about("Log a change of a site; older evidence on its areas counts half, once");
    api.post("/site-changes", create_about.takes::<SiteChangeDraft>().creates::<SiteChange>(), create);
    api.get("/site-changes/{number}", about("One site change").answers::<SiteChange>(), read);
    let change_about = about("Change what a site change says, and what it halves");
    api.patch("/site-changes/{number}", change_about.changes::<SiteChangeDraft>().answers::<SiteChange>(), change);
    let archive_about = about("Archive a site change; it halves nothing any more");
    api.delete("/site-changes/{number}", archive_about.answers::<SiteChange>(), archive);
    api.post("/site-changes/{number}/restore", about("Let an archived site change count again").answers::<SiteChange>(), restore);
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<SiteChange>> {
    Ok(List(page.of("site-changes", scope.site_changes().await?)?))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<SiteChangeDraft>) -> Answer<Created<SiteChange>> {
    let object = scope.create_site_change(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/site-changes/{}", scope.workspace().slug, object.number), object })
}

async fn read(scope: Scoped<Read>, At([number]): At<1>) -> Answer<One<SiteChange>> {
    Ok(One(scope.site_change(&number).await?))
}

async fn change(scope: Scoped<Configure>, At([number]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<SiteChange>> {
    let present = scope.site_change(&number).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&SiteChangeDraft::of(&present))?;
    Ok(One(scope.edit_site_change(&number, &draft, Some(version)).await?))
}

async fn archive(scope: Scoped<Configure>, At([number]): At<1>) -> Answer<One<SiteChange>> {
    Ok(One(scope.put_site_change_archived(&number, true).await?))
}

async fn restore(scope: Scoped<Configure>, At([number]): At<1>) -> Answer<One<SiteChange>> {
    Ok(One(scope.put_site_change_archived(&number, false).await?))
}
