//! Walks through the loop over REST: research, hypothesise, prioritise, test, learn, and what it was worth.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

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

/// A test of H-1 that has started.
async fn started(world: &World) -> String {
    let draft = json!({
        "title": "Stock filter", "kind": "ab", "hypotheses": ["H-1"], "site": "shop", "devices": ["desktop", "mobile"],
        "variants": [{"key": "A", "name": "Control", "share": 0.5}, {"key": "B", "name": "Filter", "share": 0.5}],
        "primary_metric": "conversion-rate", "guard_rails": [{"metric": "return-rate", "margin": 0.02, "scale": "absolute"}],
        "baseline": 0.02, "mde": 0.3,
    });
    let created = world.post("/tests", &draft).await;
    let test = created.clone().expect(201);
    let number = test["number"].as_str().unwrap().to_owned();
    assert_eq!(created.header("location"), format!("/api/v1/{HERE}/tests/{number}"));
    assert_eq!((created.header("etag"), &test["state"]), ("\"1\"", &json!("planned")));
    assert_eq!(world.post(&format!("/tests/{number}/start"), &json!({"on": "2025-10-23"})).await.problem(422), ["overrule_reason"]);
    let start = json!({"on": "2025-10-23", "overrule_reason": "The launch is fixed."});
    let test = world.post(&format!("/tests/{number}/start"), &start).await.expect(200);
    assert_eq!((&test["state"], &test["started_on"]), (&json!("running"), &json!("2025-10-23")));
    assert_eq!(world.get("/hypotheses/H-1").await.expect(200)["stage"], "in_test");
    number
}

fn totals(as_of: &str, control: (u32, u32), treatment: (u32, u32)) -> Value {
    let row = |variant: &str, (visitors, conversions): (u32, u32)| json!({"variant": variant, "metric": "conversion-rate", "visitors": visitors, "conversions": conversions});
    json!({"as_of": as_of, "no_device_reason": "not split by device", "rows": [row("A", control), row("B", treatment)]})
}

#[tokio::test]
async fn a_test_is_measured_concluded_and_leaves_a_learning_and_its_worth() {
    let world = World::furnished().await;
    let number = started(&world).await;
    let part = |name: &str| format!("/tests/{number}{name}");
    let posted = world.post(&part("/results"), &totals("2025-11-20T00:00:00Z", (100_000, 2000), (100_000, 3000))).await.expect(201);
    assert_eq!(posted["rows"][1]["conversions"], 3000, "{posted}");
    let swapped = totals("2025-11-20T00:00:00Z", (10, 20), (10, 1));
    assert_eq!(world.post(&part("/results"), &swapped).await.problem(422), ["rows.0.conversions"]);
    assert_eq!(world.get(&part("/results")).await.expect(200)["total"], 1);

    let analysis = world.get(&part("/analysis")).await.expect(200);
    let comparison = &analysis["comparisons"][0];
    assert_eq!((&comparison["variant"], &comparison["segment"]), (&json!("B"), &Value::Null));
    for (name, wanted) in [("estimate", 0.5), ("low", 0.418_455_915_0), ("high", 0.586_231_885_1)] {
        let found = comparison["relative"][name].as_f64().unwrap();
        assert!((found - wanted).abs() < 1e-6, "{name}: {found}");
    }

    world.post(&part("/conclusion"), &json!({})).await.problem(409);
    let stopped = world.post(&part("/stop"), &json!({"on": "2025-11-20"})).await.expect(200);
    assert_eq!(stopped["state"], "stopped");
    assert_eq!(world.post(&part("/conclusion"), &json!({})).await.problem(422), ["outcome", "decisions", "learning.sentence"]);
    let conclusion = json!({
        "outcome": "win", "decisions": [{"kind": "ship", "variant": "B"}], "overrule_reason": "Returns are counted next month.",
        "learning": {"sentence": "Trade buyers order more when they can filter by branch stock."},
    });
    let concluded = world.post(&part("/conclusion"), &conclusion).await.expect(200);
    assert_eq!((&concluded["state"], &concluded["recorded"]["decisions"][0]["made"]), (&json!("concluded"), &json!("R-1")));
    assert_eq!(world.get("/hypotheses/H-1").await.expect(200)["stage"], "shipped");
    assert_eq!(world.get("/tests?state=concluded&hypothesis=H-1").await.expect(200)["total"], 1);

    let learnings = world.get("/learnings?outcome=win").await.expect(200);
    let learning = &learnings["items"][0];
    assert_eq!((&learning["number"], &learning["test"]), (&json!("L-1"), &json!(number)));
    let found = world.get("/search?q=branch+stock").await.expect(200);
    let found: Vec<&Value> = found["items"].as_array().unwrap().iter().map(|item| &item["number"]).collect();
    assert!(found.contains(&&json!("L-1")) && found.contains(&&json!("H-1")), "{found:?}");
    let impact = world.get("/impact?site=shop").await.expect(200);
    assert_eq!((&impact["rollouts"][0]["number"], &impact["outcomes"]["win"]), (&json!("R-1"), &json!(1)));
    assert!(near(&impact["rollouts"][0]["inputs"]["lift"]["estimate"], 0.5), "{impact}");
    assert_eq!(world.get("/impact?site=elsewhere").await.expect(200)["rollouts"], json!([]));
}

#[tokio::test]
async fn figures_stay_hidden_until_somebody_looks_and_wrong_ones_are_voided() {
    let world = World::furnished().await;
    let number = started(&world).await;
    let part = |name: &str| format!("/tests/{number}{name}");
    let early = totals("2025-10-27T00:00:00Z", (1000, 20), (1000, 30));
    let posted = world.post(&part("/results"), &early).await.expect(201);
    let hidden = world.get(&part("/analysis")).await.expect(200);
    let figures = ["absolute", "relative", "p_value", "sequential"];
    assert!(figures.iter().all(|name| hidden["comparisons"][0][name].is_null()), "{hidden}");
    let looked = world.post(&part("/look"), &json!({})).await.expect(200);
    assert!(looked["comparisons"][0]["sequential"]["p_value"].is_number(), "{looked}");
    assert_eq!(looked["progress"]["looks"], 1);
    world.api(&world.viewer, "POST", &part("/look")).send().await.problem(403);
    let void = part(&format!("/results/{}/void", posted["id"]));
    assert_eq!(world.post(&void, &json!({})).await.problem(422), ["reason"]);
    world.post(&void, &json!({"reason": "Counted twice."})).await.expect(200);
    world.post(&part("/results/one/void"), &json!({"reason": "Counted twice."})).await.problem(404);
    assert_eq!(world.get(&part("/analysis")).await.expect(200)["as_of"], Value::Null);
}

#[tokio::test]
async fn a_started_plan_changes_with_a_reason_and_a_cancelled_test_ends() {
    let world = World::furnished().await;
    let number = started(&world).await;
    let path = format!("/tests/{number}");
    let version = world.get(&path).await.expect(200)["version"].clone();
    assert_eq!(world.patch(&path, &version, &json!({"title": "Other"})).await.problem(422), ["reason"]);
    assert_eq!(world.patch(&path, &version, &json!({"reason": 5})).await.problem(422), ["reason"]);
    assert_eq!(world.patch(&path, &version, &json!({"colour": "red", "reason": "x"})).await.problem(422), ["colour"]);
    world.patch(&path, &json!(999), &json!({"title": "Other"})).await.problem(412);
    world.api(&world.lead, "PATCH", &path).json(&json!({})).send().await.problem(428);
    let amended = world.patch(&path, &version, &json!({"weeks": 3, "reason": "The feed was late."})).await.expect(200);
    assert_eq!((&amended["weeks"], &amended["amendments"], &amended["title"]), (&json!(3), &json!(1), &json!("Stock filter")));
    let noted = world.put(&format!("{path}/note"), &json!({"note": "The feed was down.", "invalid": true})).await.expect(200);
    assert_eq!(noted["data_note"]["invalid"], true);
    assert_eq!(world.post(&format!("{path}/cancel"), &json!({})).await.problem(422), ["reason"]);
    let cancelled = world.post(&format!("{path}/cancel"), &json!({"reason": "The page goes."})).await.expect(200);
    assert_eq!((&cancelled["state"], &cancelled["cancel_reason"]), (&json!("cancelled"), &json!("The page goes.")));
    world.post(&format!("{path}/stop"), &json!({})).await.problem(409);
    assert_eq!(world.get(&format!("{path}/history")).await.expect(200)["items"][0]["action"], "cancelled");
    for (query, field) in [("?state=done", "state"), ("?sort=luck", "sort"), ("?colour=red", "colour")] {
        assert_eq!(world.get(&format!("/tests{query}")).await.problem(422), [field], "{query}");
    }
}

#[tokio::test]
async fn learnings_and_rollouts_are_kept_by_hand() {
    let world = World::furnished().await;
    let draft = json!({
        "sentence": "Buyers trust a date more than a promise.", "site": "shop", "lever": "trust", "outcome": "win",
        "effect": {"metric": "conversion-rate", "estimate": 0.05, "low": 0.01, "high": 0.09}, "ended_on": "2024-05-01",
    });
    let created = world.post("/learnings", &draft).await;
    assert_eq!(created.header("location"), format!("/api/v1/{HERE}/learnings/L-1"));
    let learning = created.expect(201);
    assert_eq!((&learning["outcome"], &learning["evidence"], &learning["test"]), (&json!("win"), &json!("E-2"), &Value::Null));
    let changed = world.patch("/learnings/L-1", &json!(1), &json!({"effect": null, "why": "Dates bind."})).await.expect(200);
    assert_eq!((&changed["effect"], &changed["why"]), (&Value::Null, &json!("Dates bind.")));
    world.patch("/learnings/L-1", &json!(1), &json!({"why": "Late."})).await.problem(412);
    assert_eq!(world.post("/learnings", &json!({"colour": "red"})).await.problem(422), ["colour"]);
    assert_eq!(world.post("/learnings", &json!({})).await.problem(422), ["sentence"]);
    assert_eq!(world.get("/learnings/L-1/history").await.expect(200)["items"][0]["action"], "edited");

    let shipped = json!({"title": "New tax line", "site": "shop", "shipped_on": "2025-03-01", "reason": "The law asks for it."});
    let rollout = world.post("/rollouts", &shipped).await.expect(201);
    assert_eq!((&rollout["number"], &rollout["measured"]), (&json!("R-1"), &Value::Null));
    assert_eq!(world.post("/rollouts", &json!({"title": "Quietly"})).await.problem(422), ["reason"]);
    let inputs = json!({"visitors": 50_000, "margin": 0.4});
    let changed = world.patch("/rollouts/R-1", &rollout["version"], &inputs).await.expect(200);
    assert_eq!((&changed["inputs"]["visitors"], &changed["title"]), (&json!(50_000), &json!("New tax line")));
    assert_eq!(world.get("/rollouts?site=shop").await.expect(200)["total"], 1);
    assert_eq!(world.get("/rollouts?site=elsewhere").await.expect(200)["total"], 0);
    for path in ["/learnings/L-9", "/rollouts/R-9", "/tests/T-9", "/tests/T-9/analysis"] {
        world.get(path).await.problem(404);
    }
}
