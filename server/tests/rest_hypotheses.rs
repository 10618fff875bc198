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

#[tokio::test]
async fn people_and_programs_comment_on_everything() {
    let world = World::measured().await;
    for (thing, before) in [("hypotheses/H-1", 1), ("evidence/E-1", 0), ("tests/T-1", 0), ("learnings/L-1", 0)] {
        let made = world.post(&format!("/{thing}/comments"), &json!({"body": "Ease is **5** for me."})).await.expect(201);
        let listed = world.get(&format!("/{thing}/comments")).await.expect(200);
        assert_eq!((&listed["total"], &listed["items"][0]), (&json!(before + 1), &made), "{thing}");
    }
    let path = "/comments/1";
    world.patch(path, &json!(7), &json!({"body": "Ask two branches."})).await.expect(412);
    let changed = world.patch(path, &json!(1), &json!({"body": "Ask two branches."})).await.expect(200);
    assert_eq!((&changed["body"], &changed["version"]), (&json!("Ask two branches."), &json!(2)));
    assert_eq!(world.post("/hypotheses/H-1/comments", &json!({"body": " "})).await.problem(422), ["body"]);
    assert_eq!(world.post("/hypotheses/H-1/comments", &json!({"text": "x"})).await.problem(422), ["text"]);
    world.get("/comments/x").await.expect(404);
    let others = world.api(&world.contributor, "PATCH", path).header("if-match", "\"2\"").json(&json!({"body": "Mine"})).send().await;
    others.expect(409);
    let gone = world.api(&world.lead, "DELETE", path).send().await.expect(200);
    assert_eq!((&gone["archived"], &gone["body"]), (&json!(true), &json!("")));
    assert_eq!(world.post("/comments/1/restore", &json!({})).await.expect(200)["body"], "Ask two branches.");
}
