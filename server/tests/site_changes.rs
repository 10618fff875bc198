//! Site changes and "still true", by REST and by the forms of the pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{Days, Utc};
use serde_json::{Value, json};
use support::{HERE, World};

fn day(ago: u64) -> String {
    (Utc::now().date_naive() - Days::new(ago)).to_string()
}

fn relaunch(date: &str) -> Value {
    json!({"title": "Checkout relaunch", "date": date, "site": "shop", "areas": ["checkout"]})
}

async fn send(world: &World, path: &str, form: &str) -> support::Reply {
    world.request("POST", &format!("/{HERE}{path}")).cookie(&world.lead.session).form(form).send().await
}

async fn page(world: &World, path: &str) -> String {
    let reply = world.request("GET", path.split('#').next().unwrap()).cookie(&world.lead.session).send().await;
    assert_eq!(reply.status, 200, "{path}");
    reply.text
}

/// An interview of the checkout from forty days ago, linked to H-1.
async fn interview(world: &World) {
    let draft =
        json!({"title": "They look for the date", "kind": "interview", "site": "shop", "areas": ["checkout"], "observed_to": day(40)});
    world.post("/evidence", &draft).await.expect(201);
    world.put("/hypotheses/H-1/evidence/E-2", &json!({"direction": "supports"})).await.expect(200);
}

async fn confidence(world: &World) -> Value {
    world.get("/hypotheses/H-1").await.expect(200)["evidence"]["confidence"].clone()
}

#[tokio::test]
async fn a_change_is_logged_changed_archived_and_brought_back() {
    let world = World::furnished().await;
    interview(&world).await;
    assert_eq!(confidence(&world).await, json!(2.4));
    let created = world.post("/site-changes", &relaunch(&day(20))).await;
    assert_eq!((created.header("location"), created.header("etag")), (format!("/api/v1/{HERE}/site-changes/C-1").as_str(), "\"1\""));
    let created = created.expect(201);
    assert_eq!((&created["date"], &created["areas"], &created["archived"]), (&json!(day(20)), &json!(["checkout"]), &json!(false)));
    let halved = world.get("/evidence/E-2").await.expect(200);
    assert_eq!((&halved["halved_by"]["number"], &halved["freshness"]["word"]), (&json!("C-1"), &json!("ageing")));
    assert_eq!(confidence(&world).await, json!(1.2));
    assert_eq!(world.get("/evidence?freshness=ageing").await.expect(200)["total"], 1);
    world.patch("/site-changes/C-1", &json!(9), &json!({"date": day(50)})).await.problem(412);
    world.api(&world.lead, "PATCH", "/site-changes/C-1").json(&json!({})).send().await.problem(428);
    let moved = world.patch("/site-changes/C-1", &json!(1), &json!({"date": day(50)})).await.expect(200);
    assert_eq!((&moved["version"], confidence(&world).await), (&json!(2), json!(2.4)));
    world.patch("/site-changes/C-1", &json!(2), &json!({"date": day(20)})).await.expect(200);
    world.api(&world.lead, "DELETE", "/site-changes/C-1").send().await.expect(200);
    assert_eq!(confidence(&world).await, json!(2.4));
    world.post("/site-changes/C-1/restore", &json!({})).await.expect(200);
    assert_eq!(confidence(&world).await, json!(1.2));
    assert_eq!(world.get("/site-changes").await.expect(200)["total"], 1);
    world.get("/site-changes/C-2").await.problem(404);
    world.api(&world.contributor, "POST", "/site-changes").json(&relaunch(&day(20))).send().await.problem(403);
}

#[tokio::test]
async fn a_wrong_change_is_refused_by_field() {
    let world = World::furnished().await;
    let tomorrow = (Utc::now() + chrono::Duration::days(2)).date_naive().to_string();
    for (change, field) in [
        (json!({"title": ""}), "title"),
        (json!({"date": tomorrow}), "date"),
        (json!({"date": "3 Nov"}), "date"),
        (json!({"site": "nowhere"}), "site"),
        (json!({"areas": []}), "areas"),
        (json!({"areas": ["moon"]}), "areas"),
        (json!({"on": "2026-11-03"}), "on"),
    ] {
        let mut body = relaunch(&day(3));
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(world.post("/site-changes", &body).await.problem(422), [field], "{change}");
    }
}

#[tokio::test]
async fn still_true_dates_evidence_to_today_and_keeps_the_note() {
    let world = World::furnished().await;
    interview(&world).await;
    world.post("/site-changes", &relaunch(&day(20))).await.expect(201);
    let confirm = world.api(&world.contributor, "POST", "/evidence/E-2/still-true").json(&json!({"note": "Asked again."}));
    let confirmed = confirm.send().await.expect(200);
    assert_eq!((&confirmed["version"], &confirmed["halved_by"]), (&json!(2), &Value::Null));
    assert_eq!(confidence(&world).await, json!(2.5));
    let newest = world.get("/evidence/E-2/history").await.expect(200)["items"][0].clone();
    assert_eq!((&newest["action"], &newest["reason"]), (&json!("confirmed"), &json!("Asked again.")));
    assert_eq!(world.post("/evidence/E-2/still-true", &json!({"note": "x".repeat(400)})).await.problem(422), ["note"]);
    assert_eq!(world.post("/evidence/E-2/still-true", &json!({"words": "x"})).await.problem(422), ["words"]);
    world.api(&world.viewer, "POST", "/evidence/E-2/still-true").json(&json!({})).send().await.problem(403);
}

#[tokio::test]
async fn the_settings_page_logs_a_change_and_gives_a_refused_one_back() {
    let world = World::furnished().await;
    let refused = send(&world, "/settings/sites/shop/changes", "title=Relaunch&date=2999-01-01&areas[]=basket&site=shop").await;
    let text = page(&world, refused.header("location")).await;
    for words in ["2999-01-01 lies in the future", "value=\"Relaunch\"", "value=\"basket\" checked"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(refused.header("location").ends_with("#changes-shop"));
    let form = format!("title=Relaunch&date={}&areas[]=checkout&site=shop", day(3));
    assert_eq!(send(&world, "/settings/sites/shop/changes", &form).await.header("location"), format!("/{HERE}/settings#changes-shop"));
    let text = page(&world, &format!("/{HERE}/settings")).await;
    assert!(text.contains("Relaunch") && text.contains("Take back"), "{text}");
    let edit = format!("title=Relaunch&date={}&site=shop&version=1", day(3));
    let refused = send(&world, "/settings/changes/C-1", &edit).await;
    assert!(page(&world, refused.header("location")).await.contains("Choose at least one area"));
    let edit = format!("title=New+checkout&date={}&areas[]=basket&site=shop&version=1", day(3));
    assert_eq!(send(&world, "/settings/changes/C-1", &edit).await.status, 303);
    let kept = world.get("/site-changes/C-1").await.expect(200);
    assert_eq!((&kept["title"], &kept["areas"], &kept["version"]), (&json!("New checkout"), &json!(["basket"]), &json!(2)));
    send(&world, "/settings/changes/C-1/archive", "").await;
    assert!(page(&world, &format!("/{HERE}/settings")).await.contains("Taken back, does not count"));
    send(&world, "/settings/changes/C-1/restore", "").await;
    assert_eq!(world.get("/site-changes/C-1").await.expect(200)["archived"], false);
}

#[tokio::test]
async fn pages_name_the_change_until_somebody_has_looked() {
    let world = World::furnished().await;
    interview(&world).await;
    let learning = json!({"sentence": "Dates are trusted.", "site": "shop", "areas": ["checkout"], "ended_on": day(60)});
    world.post("/learnings", &learning).await.expect(201);
    world.post("/site-changes", &relaunch(&day(20))).await.expect(201);
    let date = (Utc::now().date_naive() - Days::new(20)).format("%-d %b %Y").to_string();
    let named = format!("Checkout relaunch, {date}");
    for path in ["evidence/E-2", "hypotheses/H-1"] {
        let text = page(&world, &format!("/{HERE}/{path}")).await;
        assert!(text.to_lowercase().contains("halved by") && text.contains(&named), "{path}: {text}");
    }
    let mark = format!("Needs a re-check: {named}");
    for path in ["learnings", "learnings/L-1"] {
        assert!(page(&world, &format!("/{HERE}/{path}")).await.contains(&mark), "{path}");
    }
    let refused = send(&world, "/learnings/L-1/still-true", &format!("note={}", "x".repeat(400))).await;
    assert!(page(&world, refused.header("location")).await.contains("has 400 characters"));
    assert_eq!(send(&world, "/learnings/L-1/still-true", "note=Asked+again").await.status, 303);
    assert!(!page(&world, &format!("/{HERE}/learnings/L-1")).await.contains("Needs a re-check"));
    assert_eq!(send(&world, "/evidence/E-2/still-true", "note=").await.header("location"), format!("/{HERE}/evidence/E-2"));
    assert!(!page(&world, &format!("/{HERE}/evidence/E-2")).await.contains(&named));
}
