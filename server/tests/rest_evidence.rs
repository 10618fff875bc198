//! The contract of evidence and of what ties it to hypotheses.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{HERE, World};

#[tokio::test]
async fn evidence_is_logged_changed_archived_and_brought_back() {
    let world = World::furnished().await;
    let draft = json!({
        "title": "31% of listing exits follow three filter changes", "kind": "analytics", "finding": "Trade search, 28 days",
        "site": "shop", "areas": ["search"], "devices": ["mobile"], "audiences": ["new"], "tags": ["B2B"], "sample_size": 1200,
        "source": {"name": "Analytics", "url": "https://analytics.example/1"}, "observed_from": "2025-01-01", "observed_to": "2025-01-28",
    });
    let created = world.post("/evidence", &draft).await;
    assert_eq!((created.header("location"), created.header("etag")), (format!("/api/v1/{HERE}/evidence/E-2").as_str(), "\"1\""));
    let created = created.expect(201);
    for name in ["title", "kind", "finding", "areas", "devices", "audiences", "sample_size", "source", "observed_from", "observed_to"] {
        assert_eq!(created[name], draft[name], "{name}");
    }
    assert_eq!((&created["class"], &created["author"]), (&json!("behaviour"), &json!("lead@holm.example")));
    let changed = world.patch("/evidence/E-2", &json!(1), &json!({"source": {"url": null}, "sample_size": null})).await.expect(200);
    assert_eq!((&changed["source"]["name"], &changed["sample_size"]), (&json!("Analytics"), &Value::Null));
    world.patch("/evidence/E-2", &json!(1), &json!({"title": "Late"})).await.problem(412);
    world.api(&world.lead, "PATCH", "/evidence/E-2").json(&json!({})).send().await.problem(428);
    world.api(&world.contributor, "DELETE", "/evidence/E-2").send().await.expect(200);
    assert_eq!(world.get("/evidence").await.expect(200)["total"], 1);
    world.post("/evidence/E-2/restore", &json!({})).await.expect(200);
    let history = world.get("/evidence/E-2/history").await.expect(200);
    let actions: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|event| &event["action"]).collect();
    assert_eq!(actions, ["restored", "archived", "edited", "created"]);
}

#[tokio::test]
async fn wrong_evidence_is_refused_by_field() {
    let world = World::furnished().await;
    for (change, field) in [
        (json!({"kind": "rumour"}), "kind"),
        (json!({"title": ""}), "title"),
        (json!({"site": "nowhere"}), "site"),
        (json!({"areas": ["moon"]}), "areas"),
        (json!({"observed_to": "yesterday"}), "observed_to"),
        (json!({"observed_to": "2999-01-01"}), "observed_to"),
        (json!({"sample_size": -1}), "sample_size"),
        (json!({"sample_size": "many"}), "sample_size"),
        (json!({"source": {"url": "javascript:alert(1)"}}), "source.url"),
        (json!({"colour": "red"}), "colour"),
    ] {
        let mut body = json!({"title": "x", "kind": "analytics"});
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(world.post("/evidence", &body).await.problem(422), [field], "{change}");
    }
    for (query, field) in [("?kind=rumour", "kind"), ("?sort=luck", "sort"), ("?cursor=x", "cursor"), ("?colour=red", "colour")] {
        assert_eq!(world.get(&format!("/evidence{query}")).await.problem(422), [field], "{query}");
    }
}

#[tokio::test]
async fn a_link_raises_the_confidence_and_its_end_lowers_it() {
    let world = World::furnished().await;
    let path = "/hypotheses/H-1/evidence/E-1";
    let linked = world.put(path, &json!({"direction": "supports", "note": "direct"})).await.expect(200);
    assert_eq!((&linked["evidence"]["supports"], &linked["evidence"]["kinds"]), (&json!(1), &json!({"analytics": 1})));
    assert!(linked["evidence"]["confidence"].as_f64().unwrap() > 0.0, "{linked}");
    let list = world.get("/hypotheses/H-1/evidence").await.expect(200);
    assert_eq!((&list["items"][0]["evidence"]["number"], &list["items"][0]["note"]), (&json!("E-1"), &json!("direct")));
    let users = world.get("/evidence/E-1/hypotheses").await.expect(200);
    assert_eq!((&users["items"][0]["number"], &users["items"][0]["direction"]), (&json!("H-1"), &json!("supports")));
    let explained = world.get("/hypotheses/H-1/confidence").await.expect(200);
    assert_eq!(explained["value"], linked["evidence"]["confidence"], "{explained}");
    assert_eq!(world.put(path, &json!({"direction": "sideways"})).await.problem(422), ["direction"]);
    assert_eq!(world.put(path, &json!({})).await.problem(422), ["direction"]);
    world.put("/hypotheses/H-1/evidence/E-9", &json!({"direction": "supports"})).await.problem(404);
    let bare = world.api(&world.lead, "DELETE", path).send().await.expect(200);
    assert_eq!((&bare["evidence"]["supports"], &bare["evidence"]["confidence"]), (&json!(0), &json!(0.0)));
    world.api(&world.viewer, "DELETE", path).send().await.problem(403);
}
