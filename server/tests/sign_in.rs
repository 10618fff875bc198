//! The door: what it tells, how often it opens, and whom it does not listen to.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{PASSWORD, Reply, World};

async fn knock(world: &World, email: &str, password: &str, next: &str) -> Reply {
    let body = format!("email={}&password={}&next={next}", email.replace('@', "%40"), password.replace(' ', "+"));
    world.request("POST", "/sign-in").form(&body).send().await
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer() {
    let world = World::new().await;
    let unknown = knock(&world, "nobody@holm.example", PASSWORD, "").await;
    let wrong = knock(&world, "owner@holm.example", "not the password", "").await;
    let plain = |reply: &Reply| {
        let to = reply.header("location").split("draft=").next().unwrap_or_default().to_owned();
        (reply.status, to, reply.text.clone(), reply.header("set-cookie").to_owned())
    };
    assert_eq!(plain(&unknown), plain(&wrong));
    assert_eq!((wrong.status, wrong.header("set-cookie")), (303, ""));
}

#[tokio::test]
async fn the_eleventh_attempt_within_a_minute_waits() {
    let world = World::new().await;
    for _ in 0..10 {
        assert_eq!(knock(&world, "nobody@holm.example", "x", "").await.status, 303);
    }
    let refused = knock(&world, "Nobody@holm.example", "x", "").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "60"));
    assert_eq!(knock(&world, "owner@holm.example", PASSWORD, "").await.status, 303);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
    let world = World::new().await;
    let entered = knock(&world, "owner@holm.example", PASSWORD, "").await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("session=") && !cookie.contains("Secure"), "{cookie}");
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    let secret = cookie.trim_start_matches("session=").split(';').next().unwrap();
    assert_eq!(world.request("GET", "/holm/hypotheses").cookie(secret).send().await.status, 200);
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let world = World::at("https://hypotheses.example").await;
    let body = "email=owner%40holm.example&password=correct+horse+battery";
    let entered = world.named("hypotheses.example", "POST", "/sign-in").form(body).send().await;
    let cookie = entered.header("set-cookie");
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("; Secure") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn only_our_own_names_are_answered() {
    let world = World::new().await;
    for (host, status) in [("localhost:3000", 200), ("127.0.0.1", 200), ("evil.example", 421), ("localhost.evil.example", 421)] {
        assert_eq!(world.named(host, "GET", "/healthz").send().await.status, status, "{host}");
    }
    let public = World::at("https://hypotheses.example").await;
    for (host, status) in [("hypotheses.example", 200), ("localhost", 421), ("hypotheses.example.evil", 421)] {
        assert_eq!(public.named(host, "GET", "/healthz").send().await.status, status, "{host}");
    }
    world.named("evil.example", "GET", "/api/v1/holm/me").token(&world.lead.token).send().await.problem(421);
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let world = World::furnished().await;
    let path = "/holm/hypotheses/H-1/archive";
    for (name, value, status) in [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("sec-fetch-site", "same-origin", 303),
        ("origin", "http://localhost", 303),
    ] {
        let sent = world.request("POST", path).cookie(&world.lead.session).header(name, value).form("").send().await;
        assert_eq!(sent.status, status, "{name}: {value}");
    }
}

#[tokio::test]
async fn signing_in_leads_only_within_the_site() {
    let world = World::new().await;
    for (next, to) in [
        ("%2Fholm%2Fpeople", "/holm/people"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("javascript%3Aalert(1)", "/"),
        ("%2F%0D%0Aevil", "/"),
    ] {
        assert_eq!(knock(&world, "owner@holm.example", PASSWORD, next).await.header("location"), to, "{next}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let world = World::new().await;
    let out = world.request("POST", "/sign-out").cookie(&world.lead.session).form("").send().await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(world.request("GET", "/holm/hypotheses").cookie(&world.lead.session).send().await.status, 401);
}
