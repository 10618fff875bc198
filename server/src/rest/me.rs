//! `/me`: who the token is and what it may do.

use super::about::about;
use super::answer::Answer;
use super::api::Api;
use super::scope::Scoped;
use axum::Json;
use domain::access::{Permission, Role, TokenScope};
use domain::accounts::Member;
use serde::Serialize;
use store::Read;
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/me", about("Who the token is, and what it may do").answers::<Me>(), read);
}

/// The member behind a token.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    name: String,
    email: String,
    role: Role,
    /// What the token may do at most.
    scope: Option<TokenScope>,
    /// What is left of the role within the scope.
    permissions: Vec<&'static str>,
    /// The workspace’s slug and name.
    workspace: Here,
    /// Whether money is shown.
    sees_money: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MyWorkspace)]
struct Here {
    slug: String,
    name: String,
}

async fn read(scope: Scoped<Read>) -> Answer<Json<Me>> {
    let Member { name, email, role, .. } = scope.me().await?.ok_or(store::StoreError::NotFound)?;
    let here = scope.workspace();
    let workspace = Here { slug: here.slug.clone(), name: here.name.clone() };
    let permissions = Permission::ALL.into_iter().filter(|one| scope.may(*one)).map(Permission::slug).collect();
    Ok(Json(Me { name, email, role, scope: scope.token_scope(), permissions, workspace, sees_money: scope.sees_money() }))
}
