#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
//! What a program can do with a hypothesis beside writing it.

mod support;

use serde_json::json;
use support::World;

#[tokio::test]
async fn the_linter_says_how_to_mend_a_hypothesis() {
    let world = World::furnished().await;
    let lint = world.get("/hypotheses/H-1/lint").await.expect(200);
    assert_eq!(lint["readiness"]["of"], 10);
    let open: Vec<_> = lint["findings"].as_array().unwrap().iter().filter(|finding| finding["status"] != "pass").collect();
    assert!(open.iter().all(|finding| finding["mend"].is_string() && finding["field"].is_string()), "{open:?}");
    let shown = world.get("/hypotheses/H-1").await.expect(200);
    assert_eq!(shown["readiness"], lint["readiness"]);
    world.get("/hypotheses/H-99/lint").await.expect(404);
}

#[tokio::test]
async fn a_draft_is_linted_without_being_kept() {
    let world = World::furnished().await;
    let before = world.get("/hypotheses").await.expect(200)["total"].clone();
    let draft = json!({"statement": {"change": "adding reviews and hiding the banner", "effect": {"metric": "conversion-rate", "direction": "up", "low": 0.02}}});
    let lint = world.post("/lint", &draft).await.expect(200);
    let of = |check: &str| lint["findings"].as_array().unwrap().iter().find(|finding| finding["check"] == check).unwrap().clone();
    assert_eq!((of("one_change")["status"].clone(), of("size")["status"].clone()), (json!("warn"), json!("pass")));
    assert_eq!(of("measure")["suggestion"], "purchases per visitor differs after 2 full weeks");
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], before);
    let wrong = json!({"statement": {"effect": {"metric": "nothing", "direction": "up"}}});
    assert_eq!(world.post("/lint", &wrong).await.problem(422), ["statement.effect.metric"]);
    assert_eq!(world.post("/lint", &json!({"titel": "x"})).await.problem(422), ["titel"]);
}
