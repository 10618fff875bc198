//! The contract of what a workspace consists of: people, settings, sites and their lists; and what happened in it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{HERE, SHOP, World};

#[tokio::test]
async fn a_lead_adds_people_up_to_lead_and_hands_over_a_link() {
    let world = World::new().await;
    let draft = json!({"name": "Nia New", "email": "Nia@Holm.example", "role": "contributor"});
    let added = world.post("/members", &draft).await.expect(201);
    assert_eq!((&added["email"], &added["can_sign_in"]), (&json!("nia@holm.example"), &json!(false)));
    assert!(added["password_link"].as_str().unwrap().starts_with("http://localhost/set-password?key="));
    let members = world.get("/members").await.expect(200);
    assert_eq!((&members["total"], &members["items"][2]["name"]), (&json!(5), &json!("Nia New")));
    let owner = json!({"name": "Nia New", "email": "nia@holm.example", "role": "owner"});
    assert_eq!(world.post("/members", &owner).await.problem(422), ["role"]);
    assert_eq!(world.post("/members", &json!({})).await.problem(422), ["name", "email", "role"]);
}

#[tokio::test]
async fn settings_change_by_version() {
    let world = World::new().await;
    let read = world.get("/settings").await.expect(200);
    assert_eq!((&read["slug"], &read["settings"]["combine"]), (&json!(HERE), &json!("mean")));
    let changed = world.patch("/settings", &read["version"], &json!({"settings": {"combine": "product"}})).await.expect(200);
    assert_eq!((&changed["settings"]["combine"], &changed["name"]), (&json!("product"), &json!("Holm")));
    assert_eq!(changed["settings"]["evidence"], read["settings"]["evidence"]);
    world.patch("/settings", &read["version"], &json!({"name": "Late"})).await.problem(412);
    for (change, field) in [
        (json!({"settings": {"combine": "sum"}}), "settings.combine"),
        (json!({"settings": {"colour": "red"}}), "settings.colour"),
        (json!({"slug": "new"}), "slug"),
        (json!({"name": ""}), "name"),
    ] {
        assert_eq!(world.patch("/settings", &changed["version"], &change).await.problem(422), [field], "{change}");
    }
}

#[tokio::test]
async fn a_site_is_made_with_its_catalogue_and_changed_by_version() {
    let world = World::furnished().await;
    let site = world.get("/sites/shop").await;
    assert_eq!(site.header("etag"), "\"1\"");
    let taken = json!({"name": "Holm shop", "slug": SHOP, "currency": "GBP"});
    assert_eq!(world.post("/sites", &taken).await.problem(422), ["slug"]);
    let wrong = json!({"name": "", "currency": "pounds", "margin": 40, "time_zone": "Mars", "url": "javascript:alert(1)"});
    assert_eq!(world.post("/sites", &wrong).await.problem(422), ["name", "slug", "currency", "time_zone", "margin", "url"]);
    let changed = world.patch("/sites/shop", &json!(1), &json!({"margin": null, "name": "Shop"})).await.expect(200);
    assert_eq!((&changed["margin"], &changed["name"], &changed["currency"]), (&Value::Null, &json!("Shop"), &json!("GBP")));
    assert_eq!(world.patch("/sites/shop", &json!(2), &json!({"slug": "store"})).await.problem(422), ["slug"]);
    world.patch("/sites/shop", &json!(1), &json!({"name": "Late"})).await.problem(412);
    world.get("/sites/nowhere").await.problem(404);
}

#[tokio::test]
async fn areas_are_added_changed_and_archived() {
    let world = World::furnished().await;
    let path = "/sites/shop/areas";
    let draft = json!({"name": "Town hall", "visitors": {"mobile": 12_000}});
    let created = world.post(path, &draft).await;
    assert_eq!(created.header("location"), format!("/api/v1/{HERE}/sites/shop/areas/town-hall"));
    let created = created.expect(201);
    assert_eq!(created["visitors"], json!({"desktop": null, "mobile": 12_000, "tablet": null}));
    assert_eq!(world.post(path, &draft).await.problem(422), ["slug"]);
    let one = format!("{path}/town-hall");
    let changed = world.patch(&one, &created["version"], &json!({"visitors": {"desktop": 7}})).await.expect(200);
    assert_eq!((&changed["visitors"]["desktop"], &changed["visitors"]["mobile"]), (&json!(7), &json!(12_000)));
    world.patch(&one, &created["version"], &json!({"name": "Late"})).await.problem(412);
    assert_eq!(world.patch(&one, &changed["version"], &json!({"slug": "hall"})).await.problem(422), ["slug"]);
    assert_eq!(world.patch(&one, &changed["version"], &json!({"visitors": {"mobile": -1}})).await.problem(422), ["visitors.mobile"]);
    assert_eq!(world.api(&world.lead, "DELETE", &one).send().await.status, 204);
    world.patch(&one, &changed["version"], &json!({})).await.problem(404);
    world.post(path, &draft).await.expect(201);
    world.get("/sites/nowhere/areas").await.problem(404);
}

#[tokio::test]
async fn metrics_levers_and_audiences_are_added_once() {
    let world = World::furnished().await;
    let metric =
        json!({"site": SHOP, "name": "Wish lists", "kind": "proportion", "unit": "share", "direction": "up", "family": "behaviour"});
    assert_eq!(world.post("/metrics", &metric).await.expect(201)["slug"], "wish-lists");
    assert_eq!(world.post("/metrics", &metric).await.problem(422), ["slug"]);
    assert_eq!(world.post("/metrics", &json!({"site": SHOP, "name": "x"})).await.problem(422), ["kind"]);
    let mut odd = metric.clone();
    odd["kind"] = json!("guess");
    assert_eq!(world.post("/metrics", &odd).await.problem(422), ["kind"]);
    let slugs: Vec<Value> = world.get("/metrics?limit=200").await.expect(200)["items"].as_array().unwrap().clone();
    for slug in ["conversion-rate", "revenue-per-visitor", "average-order-value", "margin-per-visitor", "return-rate", "bounce-rate"] {
        assert!(slugs.iter().any(|one| one["slug"] == slug && one["site"] == SHOP), "{slug}");
    }
    for path in ["/levers", "/audiences"] {
        assert_eq!(world.post(path, &json!({"name": "Sheer joy"})).await.expect(201)["slug"], "sheer-joy");
        assert_eq!(world.post(path, &json!({"name": "Joy", "slug": "sheer-joy"})).await.problem(422), ["slug"]);
        assert_eq!(world.post(path, &json!({"name": "日本"})).await.problem(422), ["slug"]);
        let list = world.get(&format!("{path}?limit=200")).await.expect(200);
        assert!(list["items"].as_array().unwrap().contains(&json!({"slug": "sheer-joy", "name": "Sheer joy"})));
    }
}

#[tokio::test]
async fn rubrics_say_what_each_level_means() {
    let world = World::new().await;
    let rubrics = world.get("/rubrics").await.expect(200);
    let first = &rubrics["items"][0];
    assert_eq!((&first["model"], &first["criterion"], &first["level"]), (&json!("ice"), &json!("impact"), &json!(1)));
    // Two models of three criteria with ten levels; RICE with 1, 5, 3 and 1; PXL with nine questions and four steps.
    assert_eq!(rubrics["total"], 30 + 30 + 10 + 13);
}

#[tokio::test]
async fn activity_tells_what_happened_newest_first() {
    let world = World::furnished().await;
    let all = world.get("/activity?limit=200").await.expect(200);
    let events = all["items"].as_array().unwrap();
    assert_eq!(all["total"], events.len());
    let newest = &events[0];
    assert_eq!((&newest["subject"], &newest["number"], &newest["by"]), (&json!("signal"), &json!("1"), &json!("Leo Lead")));
    assert!(newest["at"].as_str().unwrap().ends_with('Z'));
    let mut walked = Vec::new();
    let mut path = "/activity?limit=2".to_owned();
    loop {
        let page = world.get(&path).await.expect(200);
        walked.extend(page["items"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/activity?limit=2&cursor={next}");
    }
    assert_eq!(&walked, events);
    let elsewhere = world.request("GET", "/api/v1/brookside/activity").token(&world.outsider.token).send().await.expect(200);
    assert!(!elsewhere.to_string().contains("H-1"));
}

#[tokio::test]
async fn search_marks_the_words_and_comes_in_pages() {
    let world = World::furnished().await;
    for title in ["Stock in lists", "Stock on product pages"] {
        world.post("/hypotheses", &json!({"title": title})).await.expect(201);
    }
    let first = world.get("/search?q=stock&limit=2").await.expect(200);
    assert_eq!((&first["total"], first["items"].as_array().unwrap().len()), (&json!(3), 2));
    assert_eq!((&first["items"][0]["kind"], &first["items"][0]["title"][0]["text"]), (&json!("hypothesis"), &json!("Stock")));
    assert_eq!(first["items"][0]["title"][0]["marked"], true);
    let next = first["next"].as_str().unwrap();
    let last = world.get(&format!("/search?q=stock&limit=2&cursor={next}")).await.expect(200);
    assert_eq!((last["items"].as_array().unwrap().len(), &last["next"]), (1, &Value::Null));
    assert_eq!(world.get("/search").await.expect(200)["total"], 0);
}

/// Archived entries leave the lists and are not there; brought back they are as they were.
async fn goes_and_comes_back(world: &World, list: &str, one: &str) {
    let before = world.get(&format!("{list}?limit=200")).await.expect(200);
    assert_eq!(world.api(&world.lead, "DELETE", one).send().await.status, 204, "{one}");
    assert_eq!(world.api(&world.lead, "DELETE", one).send().await.status, 204, "{one} is archived already");
    world.get(one).await.problem(404);
    assert_eq!(world.get(list).await.expect(200)["total"], before["total"].as_u64().unwrap() - 1);
    world.api(&world.contributor, "POST", &format!("{one}/restore")).send().await.problem(403);
    let back = world.api(&world.lead, "POST", &format!("{one}/restore")).send().await.expect(200);
    assert_eq!(world.get(one).await.expect(200), back, "{one}");
    assert_eq!(world.get(list).await.expect(200)["total"], before["total"]);
}

#[tokio::test]
async fn every_list_lets_its_entries_go_and_come_back() {
    let world = World::furnished().await;
    for (list, one) in [
        ("/sites/shop/areas", "/sites/shop/areas/checkout"),
        ("/metrics", "/metrics/shop/bounce-rate"),
        ("/levers", "/levers/clarity"),
        ("/audiences", "/audiences/new"),
        ("/sites", "/sites/shop"),
    ] {
        goes_and_comes_back(&world, list, one).await;
        let (folder, _) = one.rsplit_once('/').unwrap();
        for nowhere in [format!("{folder}/nowhere"), format!("{folder}/%00")] {
            world.get(&nowhere).await.problem(404);
            world.api(&world.lead, "DELETE", &nowhere).send().await.problem(404);
            world.api(&world.lead, "POST", &format!("{nowhere}/restore")).send().await.problem(404);
        }
    }
}

#[tokio::test]
async fn metrics_levers_and_audiences_change_by_version() {
    let world = World::furnished().await;
    for one in ["/metrics/shop/bounce-rate", "/levers/clarity", "/audiences/new"] {
        let read = world.get(one).await;
        let tag = read.header("etag").to_owned();
        let read = read.expect(200);
        assert_eq!(tag, format!("\"{}\"", read["version"]));
        let changed = world.patch(one, &read["version"], &json!({"name": "Plain words"})).await.expect(200);
        assert_eq!((&changed["name"], &changed["slug"]), (&json!("Plain words"), &read["slug"]));
        world.patch(one, &read["version"], &json!({"name": "Late"})).await.problem(412);
        world.api(&world.lead, "PATCH", one).json(&json!({})).send().await.problem(428);
        assert_eq!(world.patch(one, &changed["version"], &json!({"slug": "other"})).await.problem(422), ["slug"]);
        assert_eq!(world.patch(one, &changed["version"], &json!({"colour": "red"})).await.problem(422), ["colour"]);
        world.api(&world.contributor, "PATCH", one).header("if-match", "*").json(&json!({})).send().await.problem(403);
    }
    let metric = world.get("/metrics/shop/bounce-rate").await.expect(200);
    assert_eq!(world.patch("/metrics/shop/bounce-rate", &metric["version"], &json!({"site": "portal"})).await.problem(422), ["site"]);
}

#[tokio::test]
async fn what_an_open_test_needs_is_not_archived() {
    let world = World::furnished().await;
    let variant = |key: &str| json!({"key": key, "name": key, "share": 0.5});
    let test = json!({
        "title": "Stock", "kind": "ab", "hypotheses": ["H-1"], "site": SHOP, "primary_metric": "conversion-rate",
        "variants": [variant("A"), variant("B")],
    });
    world.post("/tests", &test).await.expect(201);
    world.post("/tests/T-1/start", &json!({"overrule_reason": "It is a try."})).await.expect(200);
    for one in ["/sites/shop", "/metrics/shop/conversion-rate"] {
        world.api(&world.lead, "DELETE", one).send().await.problem(409);
        world.get(one).await.expect(200);
    }
    assert_eq!(world.api(&world.lead, "DELETE", "/metrics/shop/bounce-rate").send().await.status, 204);
}
