//! The contract of the signal inventory, and its pages and forms.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{HERE, Person, Reply, World};

fn row(path: &str) -> Value {
    json!({
        "page": "Pricing page", "path": path, "site": "shop", "area": "pricing-page", "device": "desktop", "from": "2025-02-01", "to": "2025-02-28",
        "visits": 10_000, "exits": 4800, "hesitation": 960, "scroll_loop": 1392, "exit_intent": null,
    })
}

#[tokio::test]
async fn a_row_is_added_changed_archived_and_brought_back() {
    let world = World::furnished().await;
    let created = world.post("/signals", &row("/trade-prices")).await;
    assert_eq!((created.header("location"), created.header("etag")), (format!("/api/v1/{HERE}/signals/2").as_str(), "\"1\""));
    let created = created.expect(201);
    let draft = row("/trade-prices");
    for name in draft.as_object().unwrap().keys() {
        assert_eq!(created[name], draft[name], "{name}");
    }
    assert_eq!((&created["id"], &created["exits_per_week"], &created["latest"]), (&json!(2), &json!(1200), &json!(true)));
    let rate = &created["reading"]["exit_rate"];
    assert!(rate["share"] == 0.48 && rate["low"].as_f64().unwrap() < 0.48 && rate["high"].as_f64().unwrap() > 0.48);
    assert_eq!(created["reading"]["could_be_worth"]["up_to"], Value::Null, "no number is invented");
    assert_eq!(created["reading"]["could_be_worth"]["needs"], json!(["average", "baseline"]));
    let changed = world.patch("/signals/2", &json!(1), &json!({"exits": 5000, "scroll_loop": null})).await.expect(200);
    assert_eq!((&changed["exits_per_week"], &changed["scroll_loop"], &changed["hesitation"]), (&json!(1250), &Value::Null, &json!(960)));
    world.patch("/signals/2", &json!(1), &json!({"exits": 1})).await.problem(412);
    world.api(&world.lead, "PATCH", "/signals/2").json(&json!({})).send().await.problem(428);
    world.api(&world.contributor, "DELETE", "/signals/2").send().await.expect(200);
    assert_eq!(world.get("/signals").await.expect(200)["total"], 1);
    world.post("/signals/2/restore", &json!({})).await.expect(200);
    let history = world.get("/signals/2/history").await.expect(200);
    let actions: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|event| &event["action"]).collect();
    assert_eq!(actions, ["restored", "archived", "edited", "created"]);
    for path in ["/signals/99", "/signals/0", "/signals/two", "/signals/02"] {
        assert_eq!(world.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_wrong_row_is_refused_by_field() {
    let world = World::furnished().await;
    for (change, field) in [
        (json!({"path": ""}), "path"),
        (json!({"site": "nowhere"}), "site"),
        (json!({"site": ""}), "site"),
        (json!({"area": "moon"}), "area"),
        (json!({"device": "watch"}), "device"),
        (json!({"to": "2999-01-01"}), "to"),
        (json!({"from": "yesterday"}), "from"),
        (json!({"exits": 10_001}), "exits"),
        (json!({"exits": -1}), "exits"),
        (json!({"visits": null}), "visits"),
        (json!({"visits": 1.5}), "visits"),
        (json!({"hesitation": 4801}), "hesitation"),
        (json!({"colour": "red"}), "colour"),
        (json!({"path": "/prices", "device": null, "from": "2025-01-20"}), "from"),
    ] {
        let mut body = row("/trade-prices");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let found = world.post("/signals", &body).await.problem(422);
        assert_eq!(found.first().map(String::as_str), Some(field), "{change}");
    }
    for (query, field) in [("?device=watch", "device"), ("?sort=luck", "sort"), ("?cursor=x", "cursor"), ("?colour=red", "colour")] {
        assert_eq!(world.get(&format!("/signals{query}")).await.problem(422), [field], "{query}");
    }
}

#[tokio::test]
async fn rows_are_imported_all_or_none() {
    let world = World::furnished().await;
    let text = "Seite;Pfad;Besuche;Ausstiege;Scrollschleife (% der Ausstiege)\nPreise;/preise;39.300;18.880;29 %\n";
    let defaults = json!({"site": "shop", "device": "mobile", "from": "2025-02-01", "to": "2025-02-28"});
    let with = |change: Value| {
        let mut body = defaults.clone();
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        body
    };
    let seen = world.post("/signals/import", &with(json!({"text": text, "dry_run": true}))).await.expect(200);
    assert_eq!((&seen["dry_run"], &seen["rows"][0]["scroll_loop"], &seen["errors"]), (&json!(true), &json!(5475), &json!([])));
    assert_eq!(world.get("/signals").await.expect(200)["total"], 1, "a dry run writes nothing");
    let bad = format!("{text}Korb;/korb;10;11;\n");
    let seen = world.post("/signals/import", &with(json!({"text": bad, "dry_run": true}))).await.expect(200);
    assert_eq!(seen["errors"], json!([{"line": 3, "column": "Ausstiege", "message": "11 exits are more than 10 visits."}]));
    assert_eq!(world.post("/signals/import", &with(json!({"text": bad}))).await.problem(422), ["text"]);
    assert_eq!(world.get("/signals").await.expect(200)["total"], 1);
    let made = world.api(&world.contributor, "POST", "/signals/import").json(&with(json!({"text": text}))).send().await.expect(201);
    assert_eq!(made, json!({"made": [2]}));
    assert_eq!(world.post("/signals/import", &with(json!({"text": text}))).await.problem(422), ["text"], "the same days twice");
    assert_eq!(world.post("/signals/import", &with(json!({"text": ""}))).await.problem(422), ["text"]);
    assert_eq!(world.post("/signals/import", &with(json!({"text": text, "colour": 1}))).await.problem(422), ["colour"]);
}

#[tokio::test]
async fn one_click_makes_evidence_over_rest_and_on_the_page() {
    let world = World::furnished().await;
    let made = world.post("/signals/1/evidence", &json!({})).await;
    assert_eq!(made.header("location"), format!("/api/v1/{HERE}/evidence/E-2"));
    let made = made.expect(201);
    assert_eq!((&made["kind"], &made["sample_size"]), (&json!("behavioural_signal"), &json!(1000)));
    assert_eq!(world.post("/signals/1/evidence", &json!({})).await.expect(200)["number"], "E-2");
    assert_eq!(world.get("/signals/1").await.expect(200)["evidence"], "E-2");
    world.post("/signals", &row("/trade-prices")).await.expect(201);
    let click = |then: &'static str| form(&world, &world.contributor, "/signals/2/evidence", then);
    assert_eq!(click("then=hypothesis").await.header("location"), format!("/{HERE}/hypotheses/new?evidence=E-3"));
    assert_eq!(click("").await.header("location"), format!("/{HERE}/evidence/E-3"));
    assert_eq!(form(&world, &world.viewer, "/signals/2/evidence", "").await.status, 403);
}

async fn form(world: &World, by: &Person, path: &str, form: &str) -> Reply {
    world.request("POST", &format!("/{HERE}{path}")).cookie(&by.session).form(form).send().await
}

async fn open(world: &World, by: &Person, path: &str) -> String {
    let reply = world.request("GET", &format!("/{HERE}{path}")).cookie(&by.session).send().await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text);
    reply.text
}

#[tokio::test]
async fn the_page_shows_the_inventory_and_a_form_keeps_what_was_typed() {
    let world = World::furnished().await;
    let page = open(&world, &world.contributor, "/signals").await;
    for words in ["Where people leave, and what they do just before", "/prices", "48%", "Make evidence", "Write one", "not measured"] {
        assert!(page.contains(words), "{words}");
    }
    let page = open(&world, &world.viewer, "/signals").await;
    assert!(!page.contains("Make evidence") && !page.contains("signals/new") && page.contains("48%"));
    assert!(open(&world, &world.viewer, "/evidence").await.contains("/signals\""), "a tab leads there");
    let typed = "form[path]=/a&form[site]=shop&form[from]=2025-03-01&form[to]=2025-03-28&form[visits]=10&form[exits]=many";
    let refused = form(&world, &world.contributor, "/signals", typed).await;
    let back = refused.header("location").to_owned();
    let back = open(&world, &world.contributor, back.strip_prefix(&format!("/{HERE}")).unwrap()).await;
    assert!(back.contains("“many” is not a whole number.") && back.contains("value=\"/a\"") && back.contains("value=\"many\""));
    let done = form(&world, &world.contributor, "/signals", &typed.replace("many", "5")).await;
    assert_eq!(done.header("location"), format!("/{HERE}/signals"));
    let edit = open(&world, &world.contributor, "/signals/2/edit").await;
    assert!(edit.contains("value=\"2025-03-01\"") && edit.contains("Archive"));
    let overtaken = format!("{}&version=7", typed.replace("many", "6"));
    let back = form(&world, &world.contributor, "/signals/2/edit", &overtaken).await.header("location").to_owned();
    assert!(back.contains("/signals/2/edit?draft="), "{back}");
    assert_eq!(form(&world, &world.contributor, "/signals/2/archive", "").await.header("location"), format!("/{HERE}/signals/2/edit"));
    assert!(!open(&world, &world.contributor, "/signals").await.contains("signals/2/edit"));
}

#[tokio::test]
async fn an_empty_inventory_says_what_goes_there() {
    let world = World::new().await;
    let page = open(&world, &world.contributor, "/signals").await;
    assert!(page.contains("No signals yet") && page.contains("Paste or upload rows"));
    let page = open(&world, &world.viewer, "/signals").await;
    assert!(page.contains("No signals yet") && !page.contains("Paste or upload rows"));
    assert!(open(&world, &world.contributor, "/signals?device=mobile").await.contains("Nothing matches"));
}

#[tokio::test]
async fn pasted_rows_are_seen_before_they_are_kept() {
    let world = World::furnished().await;
    let upload = async |text: &str| {
        let fields = [("text", text), ("site", "shop"), ("device", "mobile"), ("from", "2025-03-01"), ("to", "2025-03-28")];
        let part = |(name, value): (&str, &str)| format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let body: String = fields.map(part).concat() + "--edge--\r\n";
        let request = world.request("POST", &format!("/{HERE}/signals/import")).cookie(&world.contributor.session);
        let reply = request.text("multipart/form-data; boundary=edge", body.into_bytes()).send().await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        reply.header("location").strip_prefix(&format!("/{HERE}")).unwrap().to_owned()
    };
    let back = upload("").await;
    assert!(open(&world, &world.contributor, &back).await.contains("Choose a file, or paste rows"));
    let preview = upload("Path\tVisits\tExits\n/basket\t10\t11\n").await;
    let page = open(&world, &world.contributor, &preview).await;
    assert!(page.contains("11 exits are more than 10 visits.") && !page.contains(">Add 1 row<"));
    let preview = upload("Path\tVisits\tExits\n/basket\t1,200\t300\n").await;
    let page = open(&world, &world.contributor, &preview).await;
    assert!(page.contains("1 row can be added.") && page.contains("1,200"), "{page}");
    assert_eq!(world.get("/signals").await.expect(200)["total"], 1, "a preview writes nothing");
    let id = preview.split("upload=").nth(1).unwrap().split('&').next().unwrap();
    let confirm = format!("upload={id}&form[site]=shop&form[device]=mobile&form[from]=2025-03-01&form[to]=2025-03-28");
    let done = form(&world, &world.contributor, "/signals/import/preview", &confirm).await;
    assert_eq!(done.header("location"), format!("/{HERE}/signals?added=1"));
    assert!(open(&world, &world.contributor, "/signals?added=1").await.contains("1 row added."));
    let again = form(&world, &world.contributor, "/signals/import/preview", &confirm).await;
    let gone = again.header("location").strip_prefix(&format!("/{HERE}")).unwrap().to_owned();
    assert!(open(&world, &world.contributor, &gone).await.contains("These rows are gone"));
    assert_eq!(form(&world, &world.viewer, "/signals/import/preview", &confirm).await.status, 403);
}

#[tokio::test]
async fn money_is_kept_from_those_who_may_not_see_it() {
    let world = World::furnished().await;
    let settings = world.get("/settings").await.expect(200);
    world.patch("/settings", &settings["version"], &json!({"settings": {"money_for_all": false}})).await.expect(200);
    let seen = world.api(&world.viewer, "GET", "/signals/1").send().await.expect(200);
    let worth = &seen["reading"]["could_be_worth"];
    assert_eq!((&worth["hidden"], &worth["inputs"], &worth["up_to"]), (&json!(true), &Value::Null, &Value::Null));
    assert!(!open(&world, &world.viewer, "/signals").await.contains("Could be worth"));
    assert!(open(&world, &world.lead, "/signals").await.contains("Could be worth"));
}
