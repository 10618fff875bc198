//! The builder's column of what was tried before: drawn with the page, asked for while somebody types, and the question
//! that is asked when something very close is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::json;
use support::{HERE, World};

async fn form(world: &World, to: &str, body: &str) -> support::Reply {
    let sent = world.request("POST", &format!("/{HERE}/hypotheses{to}")).cookie(&world.contributor.session);
    sent.form(&body.replace(' ', "+")).send().await
}

async fn page(world: &World, address: &str) -> String {
    world.request("GET", address).cookie(&world.contributor.session).send().await.text
}

#[tokio::test]
async fn the_page_and_what_is_asked_for_while_typing_draw_the_same() {
    let world = World::measured().await;
    let page = page(&world, &format!("/{HERE}/hypotheses/new?title=Stock+by+depot")).await;
    let part = form(&world, "/similar", "form[title]=Stock by depot&form[low]=much").await;
    assert_eq!(part.status, 200, "{}", part.text);
    for words in ["We may have been here before", "<mark>stock", "H-1", "depot = branch", "Mine differs because…", "Iterate"] {
        assert!(page.contains(words) && part.text.contains(words), "{words}: {}", part.text);
    }
    assert!(form(&world, "/similar", "form[title]=").await.text.contains("Write a title"));
    assert!(form(&world, "/similar", "form[title]=Furoshiki").await.text.contains("Nothing like it"));
}

#[tokio::test]
async fn saving_over_a_very_close_match_asks_once_what_differs() {
    let world = World::furnished().await;
    let asked = form(&world, "", "form[title]=Show stock by branch&form[because]=They ring").await;
    assert_eq!(asked.status, 303);
    let back = page(&world, asked.header("location")).await;
    for words in
        ["H-1 is very close", "What is different this time?", "value=\"Show stock by branch\"", "They ring", "Save it all the same"]
    {
        assert!(back.contains(words), "{words}");
    }
    world.get("/hypotheses/H-2").await.problem(404);
    let answered = form(&world, "", "form[title]=Show stock by branch&form[differs_because]=Only on phones").await;
    assert!(answered.header("location").ends_with("/hypotheses/H-2"), "{}", answered.header("location"));
    assert_eq!(world.get("/hypotheses/H-2").await.expect(200)["differs_because"], "Only on phones");
    let insisted = form(&world, "", "form[title]=Show stock by branch&anyway=yes").await;
    assert!(insisted.header("location").ends_with("/hypotheses/H-3"));
    world.post("/hypotheses", &json!({"title": "Show stock by branch"})).await.expect(201);
}

#[tokio::test]
async fn joining_brings_the_picked_evidence_along() {
    let world = World::furnished().await;
    let picks = "form[title]=Stock at the depot&picks[evidence][]=E-1&picks[directions][E-1]=contradicts";
    let joined = form(&world, "/H-1/join", picks).await;
    assert!(joined.header("location").ends_with("/hypotheses/H-1"), "{}", joined.text);
    let links = world.get("/hypotheses/H-1/evidence").await.expect(200);
    assert_eq!((&links["total"], &links["items"][0]["direction"]), (&json!(1), &json!("contradicts")));
    assert!(form(&world, "/H-1/join", picks).await.header("location").ends_with("/hypotheses/H-1"));
    assert_eq!(form(&world, "/H-99/join", picks).await.status, 404);
}
