//! `/views`: filters and orders of lists under a name, private or shared.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::problem::{Kind, Problem};
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use domain::errors::FieldErrors;
use domain::views::{List as OfList, View, ViewDraft};
use store::{KeepViews, Read};

const FILTERS: [(&str, &str); 1] = [("list", "hypotheses, evidence, tests or learnings.")];

pub fn add(api: &mut Api) {
    api.get("/views", about("Your own saved views and those that others share").asks(&FILTERS).lists::<View>(), list);
    let create_about = about("Keep a view, for yourself or for everybody; its query is written as the list writes it");
    api.post("/views", create_about.takes::<ViewDraft>().creates::<View>(), create);
    api.get("/views/{id}", about("One saved view").answers::<View>(), read);
    api.patch("/views/{id}", about("Rename a view, replace its query, share it").changes::<ViewDraft>().answers::<View>(), change);
    api.delete("/views/{id}", about("Archive a view").answers::<View>(), archive);
    api.post("/views/{id}/restore", about("Bring an archived view back").answers::<View>(), restore);
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<View>> {
    let (known, page) = pairs.only(&["list"])?;
    let mut wanted = None;
    for (_, slug) in known {
        let unknown = || FieldErrors::one("list", format!("“{slug}” has no views. Use hypotheses, evidence, tests or learnings."));
        wanted = Some(OfList::from_slug(slug).ok_or_else(unknown)?);
    }
    Ok(List(Paging(page).of("views", scope.views(wanted).await?)?))
}

async fn create(scope: Scoped<KeepViews>, Body(draft): Body<ViewDraft>) -> Answer<Created<View>> {
    let object = scope.create_view(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/views/{}", scope.workspace().slug, object.id), object })
}

fn id_of(At([id]): At<1>) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::of(Kind::NotFound))
}

async fn read(scope: Scoped<Read>, at: At<1>) -> Answer<One<View>> {
    Ok(One(scope.view(id_of(at)?).await?))
}

async fn change(scope: Scoped<KeepViews>, at: At<1>, seen: IfMatch, patch: Patch) -> Answer<One<View>> {
    let View { id, name, list, query, shared, version, .. } = scope.view(id_of(at)?).await?;
    let version = seen.check(version)?;
    let draft = patch.onto(&ViewDraft { name, list, query, shared })?;
    Ok(One(scope.edit_view(id, &draft, Some(version)).await?))
}

async fn archive(scope: Scoped<KeepViews>, at: At<1>) -> Answer<One<View>> {
    Ok(One(scope.archive_view(id_of(at)?).await?))
}

async fn restore(scope: Scoped<KeepViews>, at: At<1>) -> Answer<One<View>> {
    Ok(One(scope.restore_view(id_of(at)?).await?))
}
