//! One walk through the loop over REST, as far as its resources exist: research, hypothesise, prioritise. The steps
//! of testing and learning join here with their resources.

mod support;

use domain::access::TokenScope;
use serde_json::{Value, json};
use support::{HERE, World};

fn near(value: &Value, wanted: f64) -> bool {
    value.as_f64().is_some_and(|value| (value - wanted).abs() < 0.06)
}

#[tokio::test]
async fn an_idea_is_backed_scored_found_and_moved() {
    let world = World::new().await;
    let me = world.get("/me").await.expect(200);
    assert_eq!((&me["email"], &me["role"], &me["scope"]), (&json!("lead@holm.example"), &json!("lead"), &json!("admin")));

    let site = json!({"name": "Check shop", "slug": "shop", "currency": "GBP", "time_zone": "Europe/London", "margin": 0.4});
    assert_eq!(world.get("/sites").await.expect(200)["items"], json!([]));
    world.post("/sites", &site).await.expect(201);

    let finding = json!({
        "title": "31% of listing exits follow three filter changes", "kind": "analytics", "finding": "Trade search, 28 days",
        "site": "shop", "observed_to": "2025-11-01",
    });
    let evidence = world.post("/evidence", &finding).await.expect(201);
    assert_eq!((&evidence["number"], &evidence["class"]), (&json!("E-1"), &json!("behaviour")));

    let draft = json!({
        "title": "Filter trade search by stock at my branch", "site": "shop", "area": "search", "devices": ["desktop", "mobile"],
        "statement": {
            "because": "buyers ring the branch", "change": "adding a stock filter", "audience": "trade buyers",
            "effect": {"metric": "conversion-rate", "direction": "up", "low": 0.02, "high": 0.05},
            "lever": "findability", "measure": "orders per visitor after 3 weeks",
        },
        "guard_rails": ["return-rate"], "owner": "contributor@holm.example", "tags": ["B2B"],
    });
    let created = world.post("/hypotheses", &draft).await;
    assert_eq!(created.header("location"), format!("/api/v1/{HERE}/hypotheses/H-1"));
    let hypothesis = created.expect(201);
    assert_eq!((&hypothesis["number"], &hypothesis["stage"], &hypothesis["score"]), (&json!("H-1"), &json!("idea"), &Value::Null));

    let linked = world.put("/hypotheses/H-1/evidence/E-1", &json!({"direction": "supports", "note": "direct"})).await.expect(200);
    assert_eq!((&linked["stage"], &linked["evidence"]["supports"]), (&json!("evidence_gathered"), &json!(1)));

    let scored = world.put("/hypotheses/H-1/score", &json!({"model": "ice", "impact": 9, "confidence": 8, "ease": 6})).await.expect(200);
    assert!(near(&scored["score"]["value"], 23.0 / 3.0), "{scored}");
    let read = world.get("/hypotheses/H-1").await;
    let tag = read.header("etag").to_owned();
    let read = read.expect(200);
    assert_eq!((tag, &read["score"]["value"]), (format!("\"{}\"", read["version"]), &scored["score"]["value"]));

    let bare = world.api(&world.lead, "PATCH", "/hypotheses/H-1").json(&json!({"title": "x"})).send().await;
    assert!(bare.problem(428).is_empty());
    assert!(world.patch("/hypotheses/H-1", &json!(999), &json!({"title": "x"})).await.problem(412).is_empty());
    let eleven = json!({"model": "ice", "impact": 11, "confidence": 8, "ease": 6});
    assert_eq!(world.put("/hypotheses/H-1/score", &eleven).await.problem(422), ["impact"]);

    let viewers = world.token("viewer@holm.example", TokenScope::Read).await;
    let ones = json!({"model": "ice", "impact": 1, "confidence": 1, "ease": 1});
    let put = world.request("PUT", &format!("/api/v1/{HERE}/hypotheses/H-1/score")).token(&viewers).json(&ones).send().await;
    put.problem(403);

    let moved = world.post("/hypotheses/H-1/stage", &json!({"stage": "prioritised"})).await.expect(200);
    assert_eq!(moved["stage"], "prioritised");
    let found = world.get("/search?q=branch").await.expect(200);
    assert_eq!(found["items"][0]["number"], "H-1");
    let actions: Vec<Value> = world.get("/hypotheses/H-1/history").await.expect(200)["items"].as_array().unwrap().clone();
    let actions: Vec<&str> = actions.iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["moved", "scored", "moved", "linked", "created"]);

    let list = format!("/api/v1/{HERE}/hypotheses");
    world.request("GET", &list).token("hyp_wrong").send().await.problem(401);
    world.get("/hypotheses/H-999999").await.problem(404);
}
