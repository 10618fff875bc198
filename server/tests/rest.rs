//! The contract of the REST API: what each resource takes, answers and refuses.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use support::{HERE, Reply, World};

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().or(item["slug"].as_str()).unwrap()).collect()
}

#[tokio::test]
async fn the_document_and_the_routes_name_the_same() {
    let world = World::new().await;
    let document = world.request("GET", "/api/openapi.json").send().await.expect(200);
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase())))
        .collect();
    let listed = world.listed.iter().filter(|route| route.path.starts_with("/api/v1/"));
    let listed: BTreeSet<String> = listed.map(|route| format!("{} {}", route.method, route.path)).collect();
    assert_eq!(described, listed);
}

#[tokio::test]
async fn every_shape_that_the_document_names_is_in_it() {
    let world = World::new().await;
    let reply = world.request("GET", "/api/openapi.json").send().await;
    let document = reply.json();
    let shapes: BTreeSet<&str> = document["components"]["schemas"].as_object().unwrap().keys().map(String::as_str).collect();
    let named: BTreeSet<&str> = reply.text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(named.is_subset(&shapes), "{:?}", named.difference(&shapes).collect::<Vec<_>>());
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(schema.get("$ref").is_none(), "{name} only names a shape");
    }
}

#[tokio::test]
async fn the_page_of_the_document_runs_no_script() {
    let world = World::new().await;
    let page = world.request("GET", "/api/docs").send().await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    assert!(page.text.contains("GET /api/v1/{workspace}/hypotheses</code>") && page.text.contains("id=\"problem-stale\""));
    assert!(!page.text.contains("<script") && !page.text.contains("style=\""));
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_told_as_problems() {
    let world = World::furnished().await;
    for path in ["/api", "/api/", "/api/v2/holm/me", "/api/v1/holm/nothing", "/api/v1/holm/hypotheses/H-1/nothing", "/api/v1/%00/me"] {
        world.request("GET", path).token(&world.lead.token).send().await.problem(404);
    }
    let reply = world.api(&world.lead, "DELETE", "/hypotheses").send().await;
    assert!(reply.header("allow").contains("POST"));
    reply.problem(405);
    for number in ["H-2", "h-1", "H-01", "H--1", "E-1", "H-99999999999999999999", "%F0%9F%A6%80", "H-1%00", "%FF"] {
        world.get(&format!("/hypotheses/{number}")).await.problem(404);
    }
}

#[tokio::test]
async fn a_token_that_is_missing_or_wrong_is_told_how_to_come_in() {
    let world = World::new().await;
    let path = format!("/api/v1/{HERE}/me");
    for value in ["", "Bearer", "Bearer hyp_wrong", "Basic b3duZXI6cGFzcw==", &format!("bearer{}", world.lead.token)] {
        let reply = world.request("GET", &path).header("authorization", value).send().await;
        assert!(reply.header("www-authenticate").starts_with("Bearer"));
        reply.problem(401);
    }
    let lower = world.request("GET", &path).header("authorization", &format!("bearer {}", world.lead.token)).send().await;
    lower.expect(200);
}

/// The fields that a refused hypothesis names.
async fn refused(world: &World, body: Value) -> Vec<String> {
    world.post("/hypotheses", &body).await.problem(422)
}

#[tokio::test]
async fn wrong_input_is_refused_field_by_field_and_changes_nothing() {
    let world = World::furnished().await;
    let cases = [
        (json!({}), vec!["title"]),
        (json!([]), vec!["body"]),
        (json!({"title": 3}), vec!["title"]),
        (json!({"titel": "x"}), vec!["titel"]),
        (json!({"title": "x", "statement": {"effect": {"lo": 1}}}), vec!["statement.effect.lo"]),
        (json!({"title": "x", "statement": {"effect": {"metric": "conversion-rate", "low": "2%"}}}), vec!["statement.effect.low"]),
        (json!({"title": "x", "statement": {"effect": {"metric": "conversion-rate", "low": -0.1}}}), vec!["statement.effect.low"]),
        (json!({"title": "x", "statement": {"effect": {"metric": "conversion-rate", "low": 11}}}), vec!["statement.effect.low"]),
        (json!({"title": "x", "statement": {"effect": {"metric": "luck"}}}), vec!["statement.effect.metric"]),
        (json!({"title": "x", "statement": {"lever": "luck"}}), vec!["statement.lever"]),
        (json!({"title": "x", "devices": ["watch"]}), vec!["devices"]),
        (json!({"title": "x", "devices": "mobile"}), vec!["devices"]),
        (json!({"title": "x", "site": "nowhere"}), vec!["site"]),
        (json!({"title": "x", "owner": "stranger@holm.example"}), vec!["owner"]),
        (json!({"title": "x", "parent": "H-99"}), vec!["parent"]),
        (json!({"title": "x", "effort": {"design_days": -1}}), vec!["effort.design_days"]),
        (json!({"title": "é".repeat(301)}), vec!["title"]),
        (json!({"title": "x", "tags": ["y".repeat(41)]}), vec!["tags"]),
    ];
    for (body, fields) in cases {
        assert_eq!(refused(&world, body.clone()).await, fields, "{body}");
    }
    let line = json!({"title": "é".repeat(300)});
    world.post("/hypotheses", &line).await.expect(201);
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 2);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_400_and_one_too_large_413() {
    let world = World::furnished().await;
    for body in ["", "{", "title=x", "{\"title\":\"x\"}}", "\u{feff}{}"] {
        world.api(&world.lead, "POST", "/hypotheses").text("application/json", body.to_owned()).send().await.problem(400);
    }
    let large = format!("{{\"title\":\"{}\"}}", "x".repeat(5 * 1024 * 1024));
    world.api(&world.lead, "POST", "/hypotheses").text("application/json", large.clone()).send().await.problem(413);
    let keyed = world.api(&world.lead, "POST", "/hypotheses").header("idempotency-key", "large");
    keyed.text("application/json", large).send().await.problem(413);
}

#[tokio::test]
async fn words_of_any_script_come_back_as_they_went() {
    let world = World::furnished().await;
    let title = "Größe 🦀 \u{202e}日本 “quoted” <b>&amp;</b> \\ \"";
    let created = world.post("/hypotheses", &json!({"title": title, "tags": ["Über", "über"]})).await.expect(201);
    assert_eq!((&created["title"], &created["tags"]), (&json!(title), &json!(["über"])));
    assert_eq!(names(&world.get("/hypotheses?tag=%C3%BCber").await.expect(200)), ["H-2"]);
    assert_eq!(names(&world.get("/search?q=%E6%97%A5%E6%9C%AC").await.expect(200)), ["H-2"]);
}

#[tokio::test]
async fn a_patch_changes_what_it_names_once_for_each_version() {
    let world = World::furnished().await;
    let path = "/hypotheses/H-1";
    let first = world.get(path).await.expect(200);
    let change = json!({"title": "Show stock", "statement": {"because": "people ask"}, "site": null});
    let reply = world.patch(path, &first["version"], &change).await;
    let tag = reply.header("etag").to_owned();
    let second = reply.expect(200);
    assert_eq!(
        (&second["title"], &second["statement"]["because"], &second["site"]),
        (&json!("Show stock"), &json!("people ask"), &Value::Null)
    );
    assert_eq!(tag, format!("\"{}\"", second["version"]));
    world.patch(path, &first["version"], &json!({"title": "Late"})).await.problem(412);
    assert_eq!(world.patch(path, &second["version"], &json!({"titel": "x"})).await.problem(422), ["titel"]);
    assert_eq!(world.patch(path, &second["version"], &json!({"number": "H-9"})).await.problem(422), ["number"]);
    let again = world.api(&world.lead, "PATCH", path).header("if-match", "*").json(&json!({"statement": null})).send().await.expect(200);
    assert_eq!(again["statement"]["because"], Value::Null);
    for wrong in ["W/\"3\"", "3", "\"x\"", ""] {
        world.api(&world.lead, "PATCH", path).header("if-match", wrong).json(&json!({})).send().await.problem(412);
    }
    world.patch("/hypotheses/H-9", &json!(1), &json!({})).await.problem(404);
}

#[tokio::test]
async fn new_words_for_the_audience_leave_the_old_slug_behind() {
    let world = World::furnished().await;
    let body = json!({"title": "x", "statement": {"audience": "new"}});
    let created = world.post("/hypotheses", &body).await.expect(201);
    assert_eq!(created["audience"], "new", "{created}");
    let changed = world.patch("/hypotheses/H-2", &created["version"], &json!({"statement": {"audience": "left-handed"}})).await.expect(200);
    assert_eq!(changed["audience"], Value::Null);
    let titled = world.patch("/hypotheses/H-2", &changed["version"], &json!({"statement": {"audience": "new"}})).await.expect(200);
    let kept = world.patch("/hypotheses/H-2", &titled["version"], &json!({"title": "y"})).await.expect(200);
    assert_eq!(kept["audience"], "new");
}

#[tokio::test]
async fn archived_hypotheses_leave_the_lists_and_come_back() {
    let world = World::furnished().await;
    let archived = world.api(&world.contributor, "DELETE", "/hypotheses/H-1").send().await.expect(200);
    assert_eq!(archived["archived"], true);
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 0);
    assert_eq!(world.get("/search?q=stock").await.expect(200)["total"], 0);
    assert_eq!(world.get("/hypotheses/H-1").await.expect(200)["archived"], true);
    world.post("/hypotheses/H-1/restore", &json!({})).await.expect(200);
    assert_eq!(names(&world.get("/hypotheses").await.expect(200)), ["H-1"]);
}

#[tokio::test]
async fn stages_are_moved_by_hand_with_a_reason_where_one_is_due() {
    let world = World::furnished().await;
    let path = "/hypotheses/H-1/stage";
    assert_eq!(world.post(path, &json!({"stage": "parked"})).await.problem(422), ["reason"]);
    assert_eq!(world.post(path, &json!({"stage": "in_test"})).await.problem(422), ["stage"]);
    assert_eq!(world.post(path, &json!({})).await.problem(422), ["stage"]);
    assert_eq!(world.post(path, &json!({"stage": "parked", "reason": "later"})).await.expect(200)["stage"], "parked");
}

#[tokio::test]
async fn scores_are_whole_numbers_of_a_known_model() {
    let world = World::furnished().await;
    let path = "/hypotheses/H-1/score";
    let cases = [
        (json!({"impact": 0, "confidence": 5, "ease": 5}), vec!["impact"]),
        (json!({"impact": 5, "confidence": 5}), vec!["ease"]),
        (json!({"impact": 5.5, "confidence": 5, "ease": 5}), vec!["impact"]),
        (json!({"impact": 5, "confidence": 5, "ease": 9_999_999_999_i64}), vec!["ease"]),
        (json!({"model": "gut", "impact": 5, "confidence": 5, "ease": 5}), vec!["model"]),
        (json!({"impact": 5, "confidence": 5, "ease": 5, "lift_low": 0.05, "lift_high": 0.02}), vec!["lift_high"]),
        (json!({"impact": 5, "confidence": 5, "ease": 5, "reach": 5}), vec!["reach"]),
    ];
    for (body, fields) in cases {
        assert_eq!(world.put(path, &body).await.problem(422), fields, "{body}");
    }
    world.put(path, &json!({"impact": 9, "confidence": 5, "ease": 5, "lift_low": 0.02, "lift_high": 0.05})).await.expect(200);
    let second = json!({"impact": 5, "confidence": 5, "ease": 5});
    let team = world.api(&world.contributor, "PUT", path).json(&second).send().await.expect(200);
    assert_eq!((&team["score"]["scorers"], &team["score"]["split"]), (&json!(2), &json!(["impact"])));
    let scores = world.get("/hypotheses/H-1/scores").await.expect(200);
    assert_eq!((&scores["total"], &scores["items"][0]["email"]), (&json!(2), &json!("contributor@holm.example")));
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
