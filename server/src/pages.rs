//! The pages: the app's routes drawn on the server, its server functions, and the files beside them.

use crate::routes::{Access, Routes};
use crate::site::Site;
use app::{App, shell::shell};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use domain::access::Permission;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Pages that anybody may open; every other page asks for a membership.
const PUBLIC_PAGES: [&str; 5] = ["/", "/sign-in", "/set-up", "/set-password", "/account"];
/// Pages and server functions whose reader must be able to contribute.
const CONTRIBUTORS: [&str; 23] = [
    "/{workspace}/evidence/new",
    "/{workspace}/evidence/{number}/edit",
    "/{workspace}/hypotheses/new",
    "/{workspace}/hypotheses/{number}/edit",
    "/{workspace}/hypotheses/{number}/score",
    "/{workspace}/hypotheses/{number}/split",
    "/{workspace}/hypotheses/{number}/merge",
    "/{workspace}/tests/{number}/results",
    "/{workspace}/signals/new",
    "/{workspace}/signals/import",
    "/{workspace}/signals/import/preview",
    "/{workspace}/signals/{number}/edit",
    "/fn/read_new",
    "/fn/read_edit",
    "/fn/read_scoring",
    "/fn/read_split",
    "/fn/read_merge",
    "/fn/read_results_entry",
    "/fn/read_new_evidence",
    "/fn/read_evidence_edit",
    "/fn/read_signal_editor",
    "/fn/read_signals_import",
    "/fn/read_signals_preview",
];
/// Pages and server functions whose reader must be able to run tests.
const LEADS: [&str; 6] = [
    "/{workspace}/tests/new",
    "/{workspace}/tests/{number}/edit",
    "/{workspace}/learnings/new",
    "/fn/read_new_test",
    "/fn/read_edit_test",
    "/fn/read_new_learning",
];
/// Pages and server functions for those who may import.
const IMPORTERS: [&str; 4] = ["/{workspace}/import", "/{workspace}/import/preview", "/fn/read_imports", "/fn/read_preview"];
/// Pages and server functions whose reader must be able to change the settings.
const CONFIGURERS: [&str; 4] =
    ["/{workspace}/settings/scoring", "/{workspace}/settings/weights", "/fn/read_scoring_settings", "/fn/read_weights"];
/// Server functions of the public pages.
const PUBLIC_FUNCTIONS: [&str; 4] = ["/fn/read_door", "/fn/read_set_up", "/fn/read_password_link", "/fn/read_account"];

/// Lists what the app routes by itself, and adds what says whether the server is well.
pub fn add(routes: &mut Routes) {
    for listing in generate_route_list(App) {
        routes.list(Method::GET, listing.path(), access_of(listing.path(), &PUBLIC_PAGES));
    }
    for (path, method) in server_fn::axum::server_fn_paths() {
        routes.list(method, path, access_of(path, &PUBLIC_FUNCTIONS));
    }
    routes.get("/healthz", Access::Public, async || "alive");
    routes.get("/readyz", Access::Public, ready);
}

fn access_of(path: &str, public: &[&str]) -> Access {
    if public.contains(&path) {
        Access::Public
    } else if CONTRIBUTORS.contains(&path) {
        Access::Member(Permission::Contribute)
    } else if LEADS.contains(&path) {
        Access::Member(Permission::RunTests)
    } else if CONFIGURERS.contains(&path) {
        Access::Member(Permission::Configure)
    } else if IMPORTERS.contains(&path) {
        Access::Member(Permission::Import)
    } else {
        Access::Member(Permission::Read)
    }
}

async fn ready(State(site): State<Site>) -> impl IntoResponse {
    if site.store.is_ready().await { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer") }
}

/// Draws pages, answers server functions, and hands out the site's files.
pub fn serve(router: Router<Site>, site: &Site) -> Router<Site> {
    let store = site.store.clone();
    let context = move || provide_context(store.clone());
    let options = site.leptos().clone();
    let drawn = router.leptos_routes_with_context(site, generate_route_list(App), context.clone(), {
        let options = options.clone();
        move || shell(options.clone())
    });
    let files = |folder: &str, life: &'static str| {
        let keep = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(life));
        ServiceBuilder::new().layer(keep).service(ServeDir::new(site.config.assets.join(folder)))
    };
    let file = |name: &str| {
        let keep = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
        ServiceBuilder::new().layer(keep).service(tower_http::services::ServeFile::new(site.config.assets.join(name)))
    };
    drawn
        .nest_service("/pkg", files("pkg", "no-cache"))
        .nest_service("/fonts", files("fonts", "public, max-age=31536000, immutable"))
        .route_service("/icons.svg", file("icons.svg"))
        .route_service("/favicon.svg", file("favicon.svg"))
        .route_service("/favicon.ico", file("favicon.svg"))
        .fallback(leptos_axum::file_and_error_handler_with_context::<Site, _>(context, shell))
}
