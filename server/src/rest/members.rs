//! `/members`: the people of the workspace.

use super::about::about;
use super::answer::{Added, Answer, List};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::Scoped;
use crate::site::Site;
use axum::extract::State;
use domain::accounts::{Member, MemberDraft};
use serde::Serialize;
use store::{AddMembers, Read};
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/members", about("Everybody in the workspace, by name").lists::<Member>(), list);
    let create_about = about("Add somebody, or change the role of somebody who is here");
    api.post("/members", create_about.takes::<MemberDraft>().creates::<Invited>(), create);
}

/// A member as added.
#[derive(Debug, Serialize, ToSchema)]
struct Invited {
    #[serde(flatten)]
    member: Member,
    /// The link with which they set a password, for you to hand over; none if they have one.
    password_link: Option<String>,
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Member>> {
    Ok(List(page.of("members", scope.members().await?)?))
}

async fn create(scope: Scoped<AddMembers>, State(site): State<Site>, Body(draft): Body<MemberDraft>) -> Answer<Added<Invited>> {
    let secret = scope.add_member(&draft).await?;
    let email = draft.email.trim().to_lowercase();
    let member = scope.members().await?.into_iter().find(|member| member.email == email).ok_or(store::StoreError::NotFound)?;
    let password_link = secret.map(|secret| format!("{}/set-password?key={secret}", site.config.address));
    Ok(Added { location: format!("/api/v1/{}/members", scope.workspace().slug), object: Invited { member, password_link } })
}
