//! Who gets in: every route that exists is walked as nobody, as an outsider and as a viewer, and the whole role table
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
//! is tried over HTTP and kept as a file that anyone can read.

mod support;

use axum::Router;
use axum::http::Method;
use domain::access::{Permission, Role, TokenScope};
use server::routes::Routes;
use server::{Access, Listed, Site, SiteConfig};
use std::collections::BTreeSet;
use std::fmt::Write;
use support::routes::{Sort, ask, of_members};
use support::{Person, World};

/// What anybody may use. This list may only become shorter.
const PUBLIC: [&str; 18] = [
    "GET /",
    "GET /account",
    "GET /api/docs",
    "GET /api/openapi.json",
    "GET /healthz",
    "GET /readyz",
    "GET /set-password",
    "GET /set-up",
    "GET /sign-in",
    "POST /display",
    "POST /fn/read_account",
    "POST /fn/read_door",
    "POST /fn/read_password_link",
    "POST /fn/read_set_up",
    "POST /set-password",
    "POST /set-up",
    "POST /sign-in",
    "POST /sign-out",
];

/// What somebody signed in may use, of whatever workspace.
const SIGNED_IN: [&str; 1] = ["POST /account/password"];

/// What is posted because it has a body, and writes nothing.
const ONLY_ASKED: [&str; 3] = ["POST /api/v1/{workspace}/lint", "POST /api/v1/{workspace}/plan", "POST /api/v1/{workspace}/similar"];

fn name_of(route: &Listed) -> String {
    format!("{} {}", route.method, route.path)
}

/// Every way in which a route lets somebody in who should stay out.
async fn walk(router: &Router, listed: &[Listed], outsider: &Person, viewer: &Person) -> Vec<String> {
    let mut faults = Vec::new();
    for route in listed {
        let name = name_of(route);
        let mut tries = Vec::new();
        match route.access {
            Access::Public if PUBLIC.contains(&name.as_str()) => continue,
            Access::Public => faults.push(format!("{name} is public without being on the list")),
            Access::SignedIn if !SIGNED_IN.contains(&name.as_str()) => faults.push(format!("{name} asks for no membership")),
            Access::SignedIn => tries.push((None, 401)),
            Access::Member(permission) => {
                tries.extend([(None, 401), (Some(outsider), 404)]);
                if !Role::Viewer.permits(permission) {
                    tries.push((Some(viewer), 403));
                }
            }
        }
        for (by, wanted) in tries {
            let status = ask(router, route, by).send().await.status;
            if status != wanted {
                let who = by.map_or("nobody", |person| person.email.as_str());
                let hint = if status == 400 { "; give tests/support/routes.rs a form that can be read" } else { "" };
                faults.push(format!("{name} as {who}: {status} instead of {wanted}{hint}"));
            }
        }
    }
    faults
}

#[tokio::test]
async fn every_route_keeps_out_who_has_no_business_there() {
    let world = World::complete().await;
    assert!(world.listed.len() > 60, "{}", world.listed.len());
    let faults = walk(&world.router, &world.listed, &world.outsider, &world.viewer).await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn the_list_of_public_routes_names_only_what_exists() {
    let world = World::new().await;
    let names: BTreeSet<String> = world.listed.iter().map(name_of).collect();
    let stale: Vec<_> = PUBLIC.iter().chain(&SIGNED_IN).filter(|name| !names.contains(**name)).collect();
    assert!(stale.is_empty(), "{stale:?}");
}

#[tokio::test]
async fn writes_are_never_public_nor_for_readers() {
    let world = World::new().await;
    let writes = world.listed.iter().filter(|route| route.method != Method::GET && Sort::of(route) != Sort::ServerFunction);
    let open: Vec<String> = writes.filter(|route| route.access == Access::Member(Permission::Read)).map(name_of).collect();
    assert_eq!(open, ONLY_ASKED);
}

#[tokio::test]
async fn a_route_that_lets_everybody_in_is_found_however_it_is_declared() {
    let world = World::new().await;
    for (access, wanted) in
        [(Access::Public, 1), (Access::SignedIn, 1), (Access::Member(Permission::Read), 2), (Access::Member(Permission::Own), 3)]
    {
        let mut routes = Routes::new();
        routes.post("/{workspace}/leak", access, async || "everything");
        routes.post("/api/v1/{workspace}/leak", access, async || "everything");
        let (router, listed) = routes.finish();
        let config =
            SiteConfig { address: "http://localhost".into(), address_given: false, assets: std::env::temp_dir(), set_up_key: None };
        let router = router.with_state(Site::new(world.store.clone(), config));
        let faults = walk(&router, &listed, &world.outsider, &world.viewer).await;
        assert_eq!(faults.len(), wanted * listed.len(), "{access:?}: {faults:?}");
    }
}

/// Links are there again before somebody tries to take them away.
async fn mended(world: &World, route: &Listed) {
    if route.path.ends_with("link") || route.path.contains("{evidence}") {
        world.mend().await;
    }
}

/// What was archived is back before the next route is tried.
async fn unarchived(world: &World, route: &Listed) {
    if route.method == Method::DELETE || route.path.ends_with("/archive") {
        world.mend().await;
    }
}

/// What an answer's status says of the asker's rights.
fn cell(status: u16) -> &'static str {
    match status {
        401 => "sign in",
        403 => "-",
        404 => "not found",
        500.. => "FAILED",
        _ => "may",
    }
}

#[tokio::test]
async fn the_role_table_holds_for_every_route() {
    let world = World::complete().await;
    let mut grid = format!("{:72}", "");
    let columns = ["nobody", "outsider", "viewer", "contributor", "lead", "owner"];
    columns.iter().for_each(|column| write!(grid, "{column:13}").unwrap());
    for (route, permission) in of_members(&world) {
        let people = [None, Some(&world.outsider), Some(&world.viewer), Some(&world.contributor), Some(&world.lead), Some(&world.owner)];
        write!(grid, "\n{:72}", name_of(route)).unwrap();
        for (by, role) in
            people.into_iter().zip([None, None, Some(Role::Viewer), Some(Role::Contributor), Some(Role::Lead), Some(Role::Owner)])
        {
            mended(&world, route).await;
            let reply = ask(&world.router, route, by).send().await;
            unarchived(&world, route).await;
            let cell = cell(reply.status);
            if let Some(role) = role {
                let wanted = if role.permits(permission) { "may" } else { "-" };
                assert_eq!(cell, wanted, "{} as {}: {} {}", name_of(route), role.slug(), reply.status, reply.text);
            }
            write!(grid, "{cell:13}").unwrap();
        }
    }
    let grid: Vec<&str> = grid.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("roles", grid.join("\n"));
}

#[tokio::test]
async fn a_token_does_the_lesser_of_its_scope_and_its_role() {
    let world = World::complete().await;
    let mut grid = format!("{:72}", "");
    let mut askers = Vec::new();
    for person in [&world.viewer, &world.lead, &world.owner] {
        for scope in TokenScope::ALL {
            let token = world.token(&person.email, scope).await;
            write!(grid, "{:14}", format!("{} {}", person.email.split('@').next().unwrap(), scope.slug())).unwrap();
            askers.push(Person { token, ..person.clone() });
        }
    }
    for (route, _) in of_members(&world).into_iter().filter(|(route, _)| Sort::of(route) == Sort::Rest) {
        write!(grid, "\n{:72}", name_of(route)).unwrap();
        for asker in &askers {
            mended(&world, route).await;
            let status = ask(&world.router, route, Some(asker)).send().await.status;
            unarchived(&world, route).await;
            write!(grid, "{:14}", cell(status)).unwrap();
        }
    }
    let grid: Vec<&str> = grid.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("tokens", grid.join("\n"));
}

#[tokio::test]
async fn a_session_opens_no_rest_route_and_a_token_no_page() {
    let world = World::complete().await;
    let list = "/api/v1/holm/hypotheses";
    world.request("GET", list).cookie(&world.owner.session).send().await.problem(401);
    assert_eq!(world.request("GET", "/holm/hypotheses").token(&world.owner.token).send().await.status, 401);
    let elsewhere = world.request("GET", "/api/v1/brookside/hypotheses").token(&world.owner.token).send().await;
    elsewhere.problem(404);
}
