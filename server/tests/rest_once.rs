//! `Idempotency-Key`: what is sent twice is done once.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::{HERE, Reply, World};

/// Posts a hypothesis under a key.
async fn keyed(world: &World, key: &str, title: &str) -> Reply {
    world.api(&world.lead, "POST", "/hypotheses").header("idempotency-key", key).json(&json!({"title": title})).send().await
}

#[tokio::test]
async fn a_post_under_one_key_is_carried_out_once() {
    let world = World::furnished().await;
    let first = keyed(&world, "one", "Twice").await;
    let again = keyed(&world, "one", "Twice").await;
    assert_eq!((first.status, again.status, &first.text), (201, 201, &again.text));
    for header in ["location", "etag", "content-type"] {
        assert_eq!(first.header(header), again.header(header));
    }
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(keyed(&world, "one", "Another").await.problem(422), ["Idempotency-Key"]);
    assert_eq!(keyed(&world, &"k".repeat(256), "Long").await.problem(422), ["Idempotency-Key"]);
    keyed(&world, "two", "Twice").await.expect(201);
    let others = world.api(&world.contributor, "POST", "/hypotheses").header("idempotency-key", "one");
    others.json(&json!({"title": "Theirs"})).send().await.expect(201);
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 4);
}

#[tokio::test]
async fn a_refused_post_gives_its_key_back() {
    let world = World::furnished().await;
    assert_eq!(keyed(&world, "mended", "").await.problem(422), ["title"]);
    keyed(&world, "mended", "Better").await.expect(201);
    let viewers = world.api(&world.viewer, "POST", "/hypotheses").header("idempotency-key", "mine").json(&json!({"title": "x"}));
    viewers.send().await.problem(403);
    let nobody = world.request("POST", &format!("/api/v1/{HERE}/hypotheses")).header("idempotency-key", "mine");
    nobody.json(&json!({"title": "x"})).send().await.problem(401);
}

#[tokio::test]
async fn posts_at_once_under_one_key_make_one_hypothesis() {
    let world = World::furnished().await;
    let posts = (0..8).map(|_| {
        let request = world.api(&world.lead, "POST", "/hypotheses").header("idempotency-key", "race").json(&json!({"title": "Race"}));
        tokio::spawn(request.send())
    });
    let posts: Vec<_> = posts.collect();
    for post in posts {
        let status = post.await.unwrap().status;
        assert!(matches!(status, 201 | 409), "{status}");
    }
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 2);
}
