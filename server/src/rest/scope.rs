//! Who may use a route, said in its handler's signature.

use super::problem::{Kind, Problem};
use crate::identity::Asker;
use crate::site::Site;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use domain::access::Permission;
use domain::text::is_slug;
use std::ops::Deref;
use store::{Actor, Right, Scope};

/// The scope of a right in the workspace of the address. Nobody known gets 401, an outsider 404, a member without
/// the right 403, before anything else is looked at.
pub struct Scoped<R>(pub Scope<R>);

impl<R> Deref for Scoped<R> {
    type Target = Scope<R>;

    fn deref(&self) -> &Scope<R> {
        &self.0
    }
}

impl<R: Right> FromRequestParts<Site> for Scoped<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let Ok(Asker(identity)) = Asker::from_request_parts(parts, site).await;
        if identity.actor == Actor::Anonymous {
            return Err(Problem::of(Kind::SignIn));
        }
        let named = named_parts(parts, site).await?;
        let workspace = named.into_iter().find(|(name, slug)| name == "workspace" && is_slug(slug));
        let (_, workspace) = workspace.ok_or_else(|| Problem::of(Kind::NotFound))?;
        Ok(Scoped(site.store.scope::<R>(&identity.actor, &workspace).await?))
    }
}

/// What stands in the address after the workspace: a number, a slug.
pub struct At<const N: usize>(pub [String; N]);

impl<const N: usize> FromRequestParts<Site> for At<N> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let named = named_parts(parts, site).await?;
        let rest: Vec<String> = named.into_iter().filter(|(name, _)| name != "workspace").map(|(_, value)| value).collect();
        rest.try_into().map(At).map_err(|_| Problem::of(Kind::NotFound))
    }
}

async fn named_parts(parts: &mut Parts, site: &Site) -> Result<Vec<(String, String)>, Problem> {
    let raw = RawPathParams::from_request_parts(parts, site).await.map_err(|_| Problem::of(Kind::NotFound))?;
    Ok(raw.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The arguments of a handler that begin with a scope; the route's access is read from them, so that what is
/// listed and what is enforced cannot differ.
pub trait ScopeFirst {
    const PERMISSION: Permission;
}

macro_rules! scope_first {
    ($($argument:ident),*) => {
        impl<M, R: Right, $($argument),*> ScopeFirst for (M, Scoped<R>, $($argument,)*) {
            const PERMISSION: Permission = R::PERMISSION;
        }
    };
}

scope_first!();
scope_first!(A);
scope_first!(A, B);
scope_first!(A, B, C);
scope_first!(A, B, C, D);
