//! Saved views over REST and by form: what is kept and how it is written, who sees it, and what is refused in which words.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{HERE, Person, World};

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_view_is_kept_read_changed_put_away_and_brought_back() {
    let world = World::new().await;
    let draft = json!({"name": "Mobile quick wins", "list": "hypotheses", "query": "?q=device:mobile+score:%3E7&cursor=x", "shared": true});
    let created = world.post("/views", &draft).await;
    assert_eq!(created.header("location"), format!("/api/v1/{HERE}/views/1"));
    assert_eq!(created.header("etag"), "\"1\"");
    let created = created.expect(201);
    assert_eq!(
        (&created["query"], &created["by"], &created["mine"]),
        (&json!("device=mobile&score=%3E7"), &json!("Leo Lead"), &json!(true))
    );
    let read = world.api(&world.viewer, "GET", "/views/1").send().await.expect(200);
    assert_eq!((&read["name"], &read["mine"]), (&json!("Mobile quick wins"), &json!(false)));
    let changed = world.patch("/views/1", &json!(1), &json!({"name": "Quick wins"})).await.expect(200);
    assert_eq!((&changed["name"], &changed["query"], &changed["version"]), (&json!("Quick wins"), &created["query"], &json!(2)));
    world.patch("/views/1", &json!(1), &json!({"name": "Late"})).await.problem(412);
    world.api(&world.lead, "PATCH", "/views/1").json(&json!({"name": "Blind"})).send().await.problem(428);
    assert_eq!(world.api(&world.lead, "DELETE", "/views/1").send().await.expect(200)["archived"], true);
    assert_eq!(names(&world.get("/views").await.expect(200)), [""; 0]);
    assert_eq!(world.post("/views/1/restore", &json!({})).await.expect(200)["archived"], false);
    assert_eq!(names(&world.get("/views?list=hypotheses").await.expect(200)), ["Quick wins"]);
    assert_eq!(names(&world.get("/views?list=tests").await.expect(200)), [""; 0]);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field() {
    let world = World::new().await;
    for (body, status, fields) in [
        (json!({}), 422, vec!["name"]),
        (json!({"name": "A", "list": "signals"}), 422, vec!["list"]),
        (json!({"name": " ", "list": "tests", "query": "state=gone&sort=name"}), 422, vec!["name", "query.state", "query.sort"]),
        (json!({"name": "é".repeat(61), "list": "tests"}), 422, vec!["name"]),
        (json!({"name": "A", "list": "tests", "owner": "me"}), 422, vec!["owner"]),
    ] {
        assert_eq!(world.post("/views", &body).await.problem(status), fields, "{body}");
    }
    let draft = json!({"name": "Running", "list": "tests", "query": "state=running&stage=idea"});
    assert_eq!(world.post("/views", &draft).await.expect(201)["query"], "state=running");
    let taken = world.post("/views", &json!({"name": "RUNNING", "list": "tests"})).await;
    assert!(taken.text.contains("You have a view “Running” of this list already. Choose another name."), "{}", taken.text);
    assert_eq!(taken.problem(422), ["name"]);
    assert_eq!(world.patch("/views/1", &json!(1), &json!({"list": "evidence"})).await.problem(422), ["list"]);
    assert_eq!(world.get("/views?list=signals").await.problem(422), ["list"]);
    world.get("/views/none").await.problem(404);
}

#[tokio::test]
async fn a_private_view_is_nobody_elses_and_a_viewer_shares_none() {
    let world = World::new().await;
    let draft = |shared: bool| json!({"name": "What I follow", "list": "learnings", "query": "outcome=win", "shared": shared});
    let post = |body: Value| world.api(&world.viewer, "POST", "/views").json(&body).send();
    post(draft(true)).await.problem(403);
    let made = post(draft(false)).await.expect(201);
    assert_eq!((&made["id"], &made["by"]), (&json!(1), &json!("Vic Viewer")));
    for other in [&world.lead, &world.owner] {
        let ask = |method: &str| world.api(other, method, "/views/1").header("if-match", "*");
        ask("GET").send().await.problem(404);
        ask("PATCH").json(&json!({"name": "Mine"})).send().await.problem(404);
        ask("DELETE").send().await.problem(404);
        assert_eq!(names(&world.api(other, "GET", "/views").send().await.expect(200)), [""; 0]);
    }
    let activity = world.get("/activity").await.expect(200);
    assert_eq!(activity["items"][0]["summary"], "A private view of learnings");
    assert!(!activity.to_string().contains("What I follow"));
}

/// What a form leads to.
async fn sent(world: &World, by: &Person, path: &str, form: &str) -> String {
    let reply = world.request("POST", &format!("/{HERE}{path}")).cookie(&by.session).form(form).send().await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    reply.header("location").to_owned()
}

async fn shown(world: &World, by: &Person, address: &str) -> String {
    let reply = world.request("GET", address).cookie(&by.session).send().await;
    assert_eq!(reply.status, 200, "{address}: {}", reply.text);
    reply.text.replace("<!>", "")
}

/// The part of the page that shows the views.
fn strip(page: &str) -> &str {
    let from = page.find("class=\"view-strip\"").unwrap_or_else(|| panic!("no views: {page}"));
    let to = page[from..].find("class=\"filters\"").map_or(page.len(), |to| from + to);
    &page[from..to]
}

#[tokio::test]
async fn a_view_is_saved_changed_reset_and_put_away_by_form() {
    let world = World::furnished().await;
    let (by, list) = (&world.contributor, "list=hypotheses&query=area%3Dcheckout%26stage%3Didea");
    let to = sent(&world, by, "/views", &format!("{list}&name=Checkout+ideas&shared=on")).await;
    assert_eq!(to, format!("/{HERE}/hypotheses?area=checkout&stage=idea&view=1"));
    let page = shown(&world, by, &to).await;
    let current = "&amp;view=1\" aria-current=\"page\">Checkout ideas <span class=\"count\">0</span>";
    assert!(strip(&page).contains(current), "{}", strip(&page));
    assert!(strip(&page).contains("Edit view") && !strip(&page).contains("Reset"), "{}", strip(&page));
    let seen = shown(&world, &world.viewer, &to).await;
    assert!(strip(&seen).contains("Shared by Cora Contributor") && !strip(&seen).contains("Edit view"), "{}", strip(&seen));

    let changed = format!("/{HERE}/hypotheses?area=checkout&stage=idea&stage=parked&view=1");
    let page = shown(&world, by, &changed).await;
    let part = strip(&page);
    assert!(part.contains("Reset") && part.contains("value=\"area=checkout&amp;stage=idea&amp;stage=parked\""), "{part}");
    assert!(!part.contains("aria-current"), "{part}");
    let reset = strip(&shown(&world, &world.viewer, &changed).await).contains("/views/1/query");
    assert!(!reset, "a viewer cannot change what another shares");
    let to = sent(&world, by, "/views/1/query", "query=area%3Dcheckout%26stage%3Dparked&version=1").await;
    assert_eq!(to, format!("/{HERE}/hypotheses?area=checkout&stage=parked&view=1"));
    let to = sent(&world, by, "/views/1/query", "query=stage%3Didea&version=1").await;
    assert!(to.contains("stage=idea&view=1&form=view-1&draft="), "{to}");
    let page = shown(&world, by, &to).await;
    assert!(page.contains("Somebody else saved this meanwhile.") && page.contains("value=\"Checkout ideas\""), "{page}");

    let to = sent(&world, by, "/views/1/edit", "name=Parked+checkout+ideas&version=2").await;
    let page = shown(&world, by, &to).await;
    assert!(strip(&page).contains("Parked checkout ideas"));
    assert!(!strip(&shown(&world, &world.viewer, &to).await).contains("Parked checkout ideas"), "no longer shared");
    let to = sent(&world, by, "/views/1/archive", "").await;
    assert_eq!(to, format!("/{HERE}/hypotheses?area=checkout&stage=parked&undo=view-1"));
    let page = shown(&world, by, &to).await;
    assert!(page.contains("The view “Parked checkout ideas” is archived.") && page.contains("/views/1/restore"), "{page}");
    assert_eq!(sent(&world, by, "/views/1/restore", "").await, format!("/{HERE}/hypotheses?area=checkout&stage=parked&view=1"));
}

#[tokio::test]
async fn a_refused_form_comes_back_as_typed() {
    let world = World::furnished().await;
    let by = &world.viewer;
    let form = "list=evidence&query=unused%3Dtrue&name=Loose+ends";
    assert_eq!(sent(&world, by, "/views", form).await, format!("/{HERE}/evidence?unused=true&view=1"));
    let to = sent(&world, by, "/views", form).await;
    assert!(to.starts_with(&format!("/{HERE}/evidence?unused=true&form=view&draft=")), "{to}");
    let page = shown(&world, by, &to).await;
    assert!(page.contains("You have a view “Loose ends” of this list already. Choose another name."), "{page}");
    assert!(page.contains("value=\"Loose ends\"") && page.contains("aria-invalid=\"true\""), "{page}");
    assert!(!page.contains("Share it with everybody here"), "a viewer shares nothing");
    sent(&world, by, "/views/1/archive", "").await;
    sent(&world, by, "/views", form).await;
    let to = sent(&world, by, "/views/1/restore", "").await;
    assert!(shown(&world, by, &to).await.contains("Choose another name."));
    let foreign = world.request("POST", &format!("/{HERE}/views/1/archive")).cookie(&world.owner.session).send().await;
    assert_eq!(foreign.status, 404);
}

#[tokio::test]
async fn every_list_shows_its_views_with_what_they_find() {
    let world = World::measured().await;
    for (list, query, tab) in [
        ("hypotheses", "stage=in_test", "In test tab"),
        ("evidence", "kind=analytics", "Analytics tab"),
        ("tests", "state=running&sort=-started_on", "Running tab"),
        ("learnings", "q=dates", "Dates tab"),
    ] {
        let draft = json!({"name": tab, "list": list, "query": query, "shared": true});
        let made = world.post("/views", &draft).await.expect(201);
        let found = world.get(&format!("/{list}?{query}")).await.expect(200);
        assert_eq!(found["total"], 1, "{list}");
        let page = shown(&world, &world.viewer, &format!("/{HERE}/{list}?{}&view={}", made["query"].as_str().unwrap(), made["id"])).await;
        let current = format!("aria-current=\"page\">{tab} <span class=\"count\">1</span>");
        assert!(page.contains(&current), "{list}: {page}");
    }
    let learnings = shown(&world, &world.viewer, &format!("/{HERE}/learnings?q=dates&view=4&view=table")).await;
    assert!(learnings.contains("<table") && learnings.contains("aria-current=\"page\">Dates tab"), "{learnings}");
}
