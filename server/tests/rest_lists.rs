//! Lists: pages by cursor, filters and orders by known names.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::World;

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().or(item["slug"].as_str()).unwrap()).collect()
}

/// Three more hypotheses with scores 9, 5 and none.
async fn ranked() -> World {
    let world = World::furnished().await;
    for (number, level) in [(2, Some(5)), (3, Some(9)), (4, None)] {
        let body = json!({"title": format!("Idea {number}"), "area": "checkout", "devices": ["mobile"], "site": "shop"});
        world.post("/hypotheses", &body).await.expect(201);
        if let Some(level) = level {
            let score = json!({"impact": level, "confidence": level, "ease": level});
            world.put(&format!("/hypotheses/H-{number}/score"), &score).await.expect(200);
        }
    }
    world
}

#[tokio::test]
async fn lists_come_in_pages_that_carry_the_rank_on() {
    let world = ranked().await;
    let first = world.get("/hypotheses?limit=3").await.expect(200);
    assert_eq!((names(&first), &first["total"]), (vec!["H-3", "H-2", "H-1"], &json!(4)));
    let next = first["next"].as_str().unwrap();
    let last = world.get(&format!("/hypotheses?limit=3&cursor={next}")).await.expect(200);
    assert_eq!((names(&last), &last["next"], &last["items"][0]["rank"]), (vec!["H-4"], &Value::Null, &json!(4)));
    let foreign = world.get(&format!("/hypotheses?sort=score&cursor={next}")).await;
    assert_eq!(foreign.problem(422), ["cursor"]);
    assert_eq!(world.get("/hypotheses?cursor=nonsense").await.problem(422), ["cursor"]);
    assert_eq!(world.get(&format!("/activity?cursor={next}")).await.problem(422), ["cursor"]);
}

#[tokio::test]
async fn lists_are_narrowed_and_sorted_by_known_names_alone() {
    let world = ranked().await;
    for (query, wanted) in [
        ("?sort=created_at", vec!["H-1", "H-2", "H-3", "H-4"]),
        ("?sort=-created_at&limit=1", vec!["H-4"]),
        ("?area=checkout&sort=score", vec!["H-4", "H-2", "H-3"]),
        ("?device=mobile&device=tablet&q=idea", vec!["H-3", "H-2", "H-4"]),
        ("?unscored=me", vec!["H-1", "H-4"]),
        ("?stage=parked", vec![]),
        ("?owner=none&limit=1", vec!["H-3"]),
        ("?q=%22%20OR%20*", vec![]),
    ] {
        assert_eq!(names(&world.get(&format!("/hypotheses{query}")).await.expect(200)), wanted, "{query}");
    }
    for (query, field) in [
        ("?stagee=idea", "stagee"),
        ("?stage=thinking", "stage"),
        ("?sort=luck", "sort"),
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?area=%00", "area"),
    ] {
        assert_eq!(world.get(&format!("/hypotheses{query}")).await.problem(422), [field], "{query}");
    }
    for path in ["/members", "/sites", "/metrics", "/levers", "/audiences", "/rubrics", "/activity", "/search"] {
        assert_eq!(world.get(&format!("{path}?colour=red")).await.problem(422), ["colour"]);
        let list = world.get(&format!("{path}?limit=1")).await.expect(200);
        assert!(list["items"].is_array() && list["total"].is_u64() && list.get("next").is_some(), "{path}: {list}");
    }
}
