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

#[tokio::test]
async fn hypotheses_are_split_and_merged_and_that_is_taken_back() {
    let world = World::furnished().await;
    world.put("/hypotheses/H-1/evidence/E-1", &json!({"direction": "supports"})).await.expect(200);
    let part = world.post("/hypotheses/H-1/split", &json!({"title": "Only the count", "change": "adding a count"})).await.expect(201);
    assert_eq!((&part["number"], &part["parent"], &part["evidence"]["supports"]), (&json!("H-2"), &json!("H-1"), &json!(1)));
    let tree = world.get("/hypotheses/H-2/lineage").await.expect(200);
    assert_eq!((&tree["root"]["number"], &tree["root"]["children"][0]["edge"]), (&json!("H-1"), &json!("split_from")));
    assert_eq!(world.post("/hypotheses/H-2/merge", &json!({"into": "H-1"})).await.problem(422), ["into"]);
    world.post("/hypotheses", &json!({"title": "Stock again"})).await.expect(201);
    assert_eq!(world.post("/hypotheses/H-3/merge", &json!({"into": "H-1"})).await.expect(200)["number"], "H-1");
    assert_eq!(world.get("/hypotheses/H-3").await.expect(200)["merged_into"], "H-1");
    let history = world.get("/hypotheses/H-1/history").await.expect(200);
    let merged = history["items"].as_array().unwrap().iter().find(|event| event["action"] == "merged").unwrap()["id"].clone();
    let undone = world.post(&format!("/activity/{merged}/undo"), &json!({})).await.expect(200);
    assert_eq!(undone, json!({"undone": ["H-3"], "left_alone": []}));
    world.post(&format!("/activity/{merged}/undo"), &json!({})).await.expect(409);
    world.post("/activity/99999/undo", &json!({})).await.expect(404);
}
