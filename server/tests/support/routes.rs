//! Real requests to listed routes: addresses with their parts filled in, bodies that can be read, and a way in.

use super::cast::{HERE, Person, SHOP, World};
use super::client::Request;
use axum::Router;
use axum::http::Method;
use server::{Access, Listed};

/// The four sorts of routes; each lets people in by its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Rest,
    ServerFunction,
    Form,
    Page,
}

impl Sort {
    pub fn of(route: &Listed) -> Sort {
        match route {
            _ if route.path.starts_with("/api/") => Sort::Rest,
            _ if route.path.starts_with("/fn/") => Sort::ServerFunction,
            _ if route.method == Method::GET => Sort::Page,
            _ => Sort::Form,
        }
    }
}

/// What stands in the address of a complete world for a part of a pattern.
fn filled(pattern: &str) -> String {
    pattern
        .replace("{workspace}", HERE)
        .replace("{number}", number_in(pattern))
        .replace("{evidence}", "E-1")
        .replace("{variant}", "A")
        .replace("{slug}", SHOP)
        .replace("{site}", SHOP)
        .replace("{area}", "checkout")
        .replace("{metric}", "conversion-rate")
        .replace("{lever}", "clarity")
        .replace("{audience}", "new")
        .replace("{id}", "1")
}

/// The number that an address or a server function is about.
fn number_in(path: &str) -> &'static str {
    const NUMBERS: [(&str, &str); 16] = [
        ("/site-changes/{number}", "C-1"),
        ("/changes/{number}", "C-1"),
        ("/evidence/{number}", "E-1"),
        ("/signals/{number}", "1"),
        ("/fn/read_signal", "1"),
        ("/tests/{number}", "T-1"),
        ("/learnings/{number}", "L-1"),
        ("/rollouts/{number}", "R-1"),
        ("/import/{number}", "1"),
        ("/imports/{number}", "1"),
        ("/fn/read_evidence", "E-1"),
        ("/fn/read_test", "T-1"),
        ("/fn/read_edit_test", "T-1"),
        ("/fn/read_results", "T-1"),
        ("/fn/read_learning", "L-1"),
        ("/fn/read_rollout", "R-1"),
    ];
    NUMBERS.iter().find(|(part, _)| path.contains(part)).map_or("H-1", |(_, number)| number)
}

/// Forms whose fields have no default: a form that cannot be read is refused before it is known who sent it.
const FORMS: [(&str, &str); 16] = [
    ("/{workspace}/tests/{number}/results/{id}/void", "reason=wrong+file"),
    ("/{workspace}/tests/{number}/counts", "counts=true"),
    ("/{workspace}/settings/sites/{site}/metrics", "name=Purchases&slug=conversion-rate"),
    ("/{workspace}/evidence/{number}/link", "hypothesis=H-1&direction=supports"),
    ("/{workspace}/evidence/{number}/unlink", "hypothesis=H-1"),
    ("/{workspace}/hypotheses/{number}/link", "evidence=E-1&direction=supports"),
    ("/{workspace}/hypotheses/{number}/unlink", "evidence=E-1"),
    ("/{workspace}/hypotheses/{number}/stage", "stage=prioritised"),
    ("/{workspace}/people", "name=&email=&role="),
    ("/{workspace}/people/link", "email=viewer@holm.example"),
    ("/{workspace}/settings", "name=Holm&money=on"),
    ("/{workspace}/settings/sites/{site}/areas", "name=Checkout"),
    ("/{workspace}/settings/audiences", "name=Builders"),
    ("/{workspace}/settings/levers", "name=Joy"),
    ("/set-up", "name=&email=&password=&workspace=&key="),
    ("/set-password", "key=none&password="),
];

/// The arguments of every server function; each takes what it knows.
fn arguments(path: &str) -> String {
    let number = number_in(path);
    let pair = match path {
        path if path.contains("evidence") => "kind&pairs[0][1]=analytics",
        path if path.contains("signals") => "device&pairs[0][1]=mobile",
        _ => "stage&pairs[0][1]=all",
    };
    format!("workspace={HERE}&number={number}&words=stock&key=none&pairs[0][0]={pair}")
}

/// The request for this route by this person; nobody is anonymous.
pub fn ask(router: &Router, route: &Listed, by: Option<&Person>) -> Request {
    let request = Request::new(router.clone(), route.method.as_str(), &filled(&route.path));
    let form = FORMS.iter().find(|(path, _)| *path == route.path).map_or("", |(_, body)| body);
    match (Sort::of(route), by) {
        (Sort::Rest, Some(person)) => with_json(request, route).token(&person.token),
        (Sort::Rest, None) => with_json(request, route),
        (Sort::ServerFunction, by) => by.into_iter().fold(request.form(&arguments(&route.path)), |request, by| request.cookie(&by.session)),
        (Sort::Form, by) => by.into_iter().fold(request.form(form), |request, by| request.cookie(&by.session)),
        (Sort::Page, by) => by.into_iter().fold(request, |request, by| request.cookie(&by.session)),
    }
}

fn with_json(request: Request, route: &Listed) -> Request {
    if [Method::GET, Method::DELETE].contains(&route.method) { request } else { request.text("application/json", "{}") }
}

/// Routes that only members use, by address, so that a grid of them keeps its order.
pub fn of_members(world: &World) -> Vec<(&Listed, domain::access::Permission)> {
    let members = world.listed.iter().filter_map(|route| match route.access {
        Access::Member(permission) => Some((route, permission)),
        Access::Public | Access::SignedIn => None,
    });
    let mut members: Vec<_> = members.collect();
    members.sort_by_key(|(route, _)| (route.path.clone(), route.method.to_string()));
    members
}
