//! The contract of `/similar`: what was tried before, and the thesaurus that finds it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::World;

async fn library() -> World {
    let world = World::furnished().await;
    for title in ["Show the delivery charge on product pages", "Sort reviews by helpfulness", "Offer gift wrapping"] {
        world.post("/hypotheses", &json!({"title": title, "area": "checkout", "site": "shop"})).await.expect(201);
    }
    world
}

#[tokio::test]
async fn a_title_finds_what_says_the_same_in_other_words() {
    let world = library().await;
    let body = json!({"title": "Postage costs on item pages", "area": "checkout"});
    let found = world.api(&world.viewer, "POST", "/similar").json(&body).send().await.expect(200);
    let first = &found["items"][0];
    assert_eq!((&first["number"], &first["kind"], &first["stage"]), (&json!("H-2"), &json!("hypothesis"), &json!("idea")));
    assert_eq!(first["reasons"], json!(["same area", "words"]));
    assert!(
        first["words"].as_array().unwrap().contains(&json!({"yours": "Postage costs", "theirs": "delivery charge", "by": "thesaurus"})),
        "{first}"
    );
    assert!(first["title"].as_array().unwrap().iter().any(|piece| piece["marked"] == true && piece["text"] == "delivery"), "{first}");
    assert!(first["closeness"].as_f64().unwrap() > 0.36 && first["level"] != "related", "{first}");
    assert_eq!((&first["outcome"], &first["effect"], &first["test"]), (&Value::Null, &Value::Null, &Value::Null));
    let one = world.post("/similar?limit=1", &json!({"title": "Delivery reviews"})).await.expect(200);
    assert_eq!(one["items"].as_array().unwrap().len(), 1);
    let like = world.get("/hypotheses/H-2/similar").await.expect(200);
    assert!(like["items"].as_array().unwrap().iter().all(|item| item["number"] != "H-2"), "{like}");
    world.get("/hypotheses/H-99/similar").await.problem(404);
}

#[tokio::test]
async fn whatever_is_drafted_is_answered_and_what_is_no_draft_is_named() {
    let world = library().await;
    for body in
        [json!({}), json!({"title": "\"OR' (*:"}), json!({"title": "the"}), json!({"statement": {"change": "postage"}, "area": "nowhere"})]
    {
        world.post("/similar", &body).await.expect(200);
    }
    assert_eq!(world.post("/similar", &json!({"titel": "x"})).await.problem(422), ["titel"]);
    assert_eq!(world.post("/similar?limit=0", &json!({"title": "x"})).await.problem(422), ["limit"]);
}

#[tokio::test]
async fn a_lead_edits_the_thesaurus_and_what_cannot_work_is_refused() {
    let world = library().await;
    let like = async |title: &str| -> Vec<String> {
        let found = world.post("/similar", &json!({"title": title})).await.expect(200);
        found["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap().to_owned()).collect()
    };
    assert!(like("Furoshiki").await.is_empty());
    let version = &world.get("/settings").await.expect(200)["version"];
    let change = json!({"settings": {"thesaurus": {"groups": [["gift wrapping", "furoshiki"]], "off": ["delivery"]}}});
    let kept = world.patch("/settings", version, &change).await.expect(200);
    assert_eq!(kept["settings"]["thesaurus"]["off"], json!(["delivery"]));
    assert_eq!(like("Furoshiki").await, ["H-4"]);
    let groups = world.get("/thesaurus?limit=3").await.expect(200);
    assert_eq!((&groups["items"][0]["name"], &groups["items"][0]["shipped"]), (&json!("gift wrapping"), &json!(false)));
    for (edits, field) in [
        (json!({"groups": [["alone"]]}), "settings.thesaurus.groups"),
        (json!({"groups": [["a b c d e f", "x"]]}), "settings.thesaurus.groups"),
        (json!({"off": ["nonsense"]}), "settings.thesaurus.off"),
        (json!({"of": []}), "settings.thesaurus.of"),
    ] {
        let refused = world.patch("/settings", &kept["version"], &json!({"settings": {"thesaurus": edits}})).await;
        assert_eq!(refused.problem(422), [field]);
    }
}

#[tokio::test]
async fn what_was_tested_comes_once_with_its_outcome_and_effect() {
    let world = World::complete().await;
    let found = world.post("/similar", &json!({"title": "Tell people the day their parcel arrives"})).await.expect(200);
    let items = found["items"].as_array().unwrap();
    let first = &items[0];
    assert_eq!((&first["number"], &first["test"], &first["learning"]), (&json!("H-2"), &json!("T-1"), &json!("L-1")), "{first}");
    assert_eq!((&first["outcome"], &first["effect"]["metric"]), (&json!("win"), &json!("conversion-rate")));
    assert!(first["effect"]["low"].as_f64().unwrap() < first["effect"]["high"].as_f64().unwrap());
    assert_eq!(first["learned"], "Buyers order more when they see the delivery date.");
    assert!(items.iter().all(|item| item["number"] != "T-1" && item["number"] != "L-1"), "{found}");
    let record = world.request("GET", &format!("/{}/hypotheses/H-1", support::HERE)).cookie(&world.viewer.session).send().await;
    assert_eq!(record.status, 200);
}
