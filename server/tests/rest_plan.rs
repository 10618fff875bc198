//! The contract of `/plan`: what a plan needs, before there is a test.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{SHOP, World};

#[tokio::test]
async fn a_plan_is_worked_out_for_whoever_may_read() {
    let world = World::furnished().await;
    let body = json!({"baseline": 0.03, "mde": 0.1, "alpha": 0.05, "power": 0.8, "sides": 2, "variants": 2, "traffic": 4000});
    let found = world.api(&world.viewer, "POST", "/plan").json(&body).send().await.expect(200);
    assert_eq!((&found["sample"], &found["per_variant"]), (&json!(106_422), &json!([53_211, 53_211])));
    assert_eq!((&found["days"], &found["weeks"], &found["under_power"]), (&json!(27), &json!(4), &json!(false)));
    let weeks: Vec<&Value> = found["mde_by_weeks"].as_array().unwrap().iter().map(|row| &row["weeks"]).collect();
    assert_eq!((weeks[0], weeks.len()), (&json!(2), 11));
    assert_eq!((&found["collisions"], found["unknown"].as_array().unwrap().len()), (&Value::Null, 1));
}

#[tokio::test]
async fn other_tests_on_area_device_and_dates_collide() {
    let world = World::furnished().await;
    let variant = |key: &str| json!({"key": key, "name": key, "share": 0.5});
    let test = |title: &str, devices: Value| {
        json!({
            "title": title, "kind": "ab", "hypotheses": ["H-1"], "site": SHOP, "area": "checkout", "devices": devices,
            "variants": [variant("A"), variant("B")], "primary_metric": "conversion-rate", "weeks": 3,
        })
    };
    world.post("/tests", &test("Runs", json!([]))).await.expect(201);
    world.post("/tests/T-1/start", &json!({"on": "2025-01-06", "overrule_reason": "It is a try."})).await.expect(200);
    world.post("/tests", &test("Planned", json!(["desktop"]))).await.expect(201);
    let met = async |more: Value| -> Vec<String> {
        let mut body = json!({"site": SHOP, "area": "checkout", "baseline": 0.03, "mde": 0.1});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let found = world.post("/plan", &body).await.expect(200);
        found["collisions"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(met(json!({})).await, ["T-2", "T-1"]);
    assert_eq!(met(json!({"devices": ["mobile"]})).await, ["T-1"]);
    assert_eq!(met(json!({"test": "T-2"})).await, ["T-1"]);
    assert_eq!(met(json!({"starts_on": "2024-11-01", "ends_on": "2025-01-05"})).await, ["T-2"]);
    assert_eq!(met(json!({"area": "basket"})).await, Vec::<String>::new());
    world.post("/tests/T-1/stop", &json!({"on": "2025-01-27"})).await.expect(200);
    assert_eq!(met(json!({})).await, ["T-2"]);
    assert_eq!(met(json!({"starts_on": "2025-01-27"})).await, ["T-2", "T-1"]);
}

#[tokio::test]
async fn wrong_plans_are_refused_field_by_field() {
    let world = World::furnished().await;
    for (body, fields) in [
        (json!({}), vec!["baseline"]),
        (json!({"baseline": 3, "mde": -1, "alpha": 1, "power": 0.1, "sides": 4}), vec!["baseline", "mde", "alpha", "power", "sides"]),
        (json!({"base_line": 0.03}), vec!["base_line"]),
        (json!({"baseline": 0.03, "variants": [{"sahre": 0.5}]}), vec!["variants.0.sahre"]),
        (json!({"baseline": 0.03, "variants": "two"}), vec!["variants"]),
        (json!({"baseline": 0.03, "variants": 2.5}), vec!["variants"]),
        (json!({"baseline": 0.03, "variants": 99}), vec!["variants"]),
        (json!({"baseline": 0.03, "metric": "luck"}), vec!["metric"]),
        (json!({"baseline": 0.03, "guard_rails": [{"metric": "luck", "margin": 0.1}]}), vec!["guard_rails.0.metric"]),
        (json!({"area": "moon"}), vec!["area"]),
        (json!({"area": "checkout", "starts_on": "soon", "ends_on": "later"}), vec!["starts_on", "ends_on"]),
    ] {
        assert_eq!(world.post("/plan", &body).await.problem(422), fields, "{body}");
    }
}
