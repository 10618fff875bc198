//! The contract of imports: rows as text, a dry run, the list, and the way back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{HERE, World};

const ROWS: &str = "Title,Impact,Confidence,Ease\nShow the delivery date,8,6,7\nShorten the form,5,5,5\n";

fn fields(value: &Value, name: &str) -> Vec<Value> {
    value.as_array().unwrap().iter().map(|one| one[name].clone()).collect()
}

#[tokio::test]
async fn rows_are_tried_imported_listed_and_taken_back() {
    let world = World::furnished().await;
    let tried = world.post("/imports", &json!({"text": ROWS, "dry_run": true})).await.expect(200);
    assert_eq!((&tried["dry_run"], &tried["hypotheses"], &tried["errors"]), (&json!(true), &json!(2), &json!([])));
    assert_eq!(fields(&tried["columns"], "field"), ["title", "impact", "confidence", "ease"]);
    assert_eq!(world.get("/imports").await.expect(200)["total"], 0);

    let body = json!({"file_name": "backlog.csv", "text": ROWS, "mapping": tried["mapping"]});
    let created = world.post("/imports", &body).await;
    assert_eq!(created.header("location"), format!("/api/v1/{HERE}/imports/1"));
    let made = created.expect(201);
    assert_eq!((&made["number"], &made["made"], &made["scored"]), (&json!(1), &json!(["H-2", "H-3"]), &json!(2)));
    let read = world.get("/imports/1").await.expect(200);
    assert_eq!((&read["file_name"], &read["by"], &read["undone"]), (&json!("backlog.csv"), &json!("Leo Lead"), &Value::Null));

    world
        .api(&world.contributor, "PUT", "/hypotheses/H-3/score")
        .json(&json!({"impact": 1, "confidence": 1, "ease": 1}))
        .send()
        .await
        .expect(200);
    let undone = world.api(&world.lead, "POST", "/imports/1/undo").send().await.expect(200);
    assert_eq!((&undone["undone"], &undone["left_alone"][0]["number"]), (&json!(["H-2"]), &json!("H-3")));
    assert_eq!(undone["left_alone"][0]["why"], "scored");
    assert_eq!(world.get("/imports/1").await.expect(200)["undone"], 1);
    world.post("/imports/1/undo", &json!({})).await.problem(409);
}

#[tokio::test]
async fn errors_name_line_and_column_and_nothing_is_written() {
    let world = World::furnished().await;
    let bad = format!("{ROWS}Bad,11,5,5\n");
    let tried = world.post("/imports", &json!({"text": bad, "dry_run": true})).await.expect(200);
    let error = &tried["errors"][0];
    assert_eq!((&error["line"], &error["column"]), (&json!(4), &json!("Impact")));
    assert!(error["message"].as_str().unwrap().starts_with("11 is outside 1 to 10."), "{error}");
    let refused = world.post("/imports", &json!({"text": bad})).await;
    assert!(refused.text.contains("Line 4, Impact: 11 is outside 1 to 10."), "{}", refused.text);
    assert_eq!(refused.problem(422), ["text"]);
    for (body, field) in [
        (json!({}), "text"),
        (json!({"text": ""}), "text"),
        (json!({"text": "Colour\nred\n"}), "text"),
        (json!({"text": ROWS, "mapping": {"columns": {"0": "titel"}}}), "mapping.columns.0"),
        (json!({"text": ROWS, "mapping": {"columns": {"9": "title"}}}), "mapping"),
        (json!({"text": ROWS, "colour": "red"}), "colour"),
        (json!({"text": "experiment,arm,visitors,conversions\nA,control,10,1\n", "colour": 1}), "colour"),
    ] {
        assert_eq!(world.post("/imports", &body).await.problem(422), [field], "{body}");
    }
    assert_eq!(world.get("/imports").await.expect(200)["total"], 0);
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 1);
}

#[tokio::test]
async fn the_list_comes_in_pages_and_only_to_those_who_import() {
    let world = World::furnished().await;
    for name in ["one.csv", "two.csv", "three.csv"] {
        world.post("/imports", &json!({"file_name": name, "text": ROWS})).await.expect(201);
    }
    let first = world.get("/imports?limit=2").await.expect(200);
    assert_eq!((fields(&first["items"], "number"), &first["total"]), (vec![json!(3), json!(2)], &json!(3)));
    let last = world.get(&format!("/imports?limit=2&cursor={}", first["next"].as_str().unwrap())).await.expect(200);
    assert_eq!((fields(&last["items"], "file_name"), &last["next"]), (vec![json!("one.csv")], &Value::Null));
    assert_eq!(world.get("/imports?cursor=x").await.problem(422), ["cursor"]);
    assert_eq!(world.get("/imports?colour=red").await.problem(422), ["colour"]);
    for number in ["0", "01", "4", "-1", "+1", "x", "99999999999999999999"] {
        world.get(&format!("/imports/{number}")).await.problem(404);
        world.post(&format!("/imports/{number}/undo"), &json!({})).await.problem(404);
    }
    world.api(&world.contributor, "GET", "/imports").send().await.problem(403);
    world.api(&world.contributor, "POST", "/imports").json(&json!({"text": ROWS})).send().await.problem(403);
}

#[tokio::test]
async fn past_tests_come_by_their_arms() {
    let world = World::furnished().await;
    let arms = "test,arm,headline,impressions,clicks\nw,0,Plain,10000,300\nw,1,Asked,10000,420\nn,0,This,2000,60\nn,1,That,2010,61\n";
    let tried = world.post("/imports", &json!({"text": arms, "dry_run": true})).await.expect(200);
    assert_eq!((&tried["tests"], &tried["arms"], &tried["known"]), (&json!(2), &json!(4), &json!(0)));
    assert_eq!((&tried["outcomes"]["win"], &tried["target"]["metric"]), (&json!(1), &json!("conversion-rate")));
    assert_eq!(world.get("/tests?imported=true").await.expect(200)["total"], 0);
    let made = world.post("/imports", &json!({"text": arms, "format": "arms", "file_name": "arms.csv"})).await.expect(201);
    let numbers = made["made"].as_array().unwrap().clone();
    assert_eq!((numbers.len(), &made["tests"], &made["format"]), (2, &json!(2), &json!("arms")));
    let test = world.get(&format!("/tests/{}", numbers[0].as_str().unwrap())).await.expect(200);
    assert_eq!((&test["recorded"]["outcome"], &test["counts"], &test["origin"]["id"]), (&json!("win"), &json!(false), &json!("w")));
    let undone = world.post(&format!("/imports/{}/undo", made["number"]), &json!({})).await.expect(200);
    assert_eq!(undone["undone"], made["made"]);
    for (body, field) in [
        (json!({"text": arms, "metric": "nothing"}), "metric"),
        (json!({"text": arms, "format": "arms", "mapping": {}}), "mapping"),
        (json!({"text": "test,arm,users,orders\na,0,10,11\na,1,10,1\n"}), "text"),
        (json!({"text": ROWS, "site": "shop"}), "site"),
    ] {
        assert_eq!(world.post("/imports", &body).await.problem(422), [field], "{body}");
    }
}

const LOG: &str = "Title,Finding,Method,Observed on,n,Supports\nStock is asked for,212 of 640 ask,Survey,2026-01-05,640,H-1\n";

#[tokio::test]
async fn evidence_comes_with_its_links() {
    let world = World::furnished().await;
    let before = world.get("/evidence").await.expect(200)["total"].as_u64().unwrap();
    let tried = world.post("/imports", &json!({"text": LOG, "dry_run": true})).await.expect(200);
    assert_eq!((&tried["evidence"], &tried["hypotheses"], &tried["errors"]), (&json!(1), &json!(0), &json!([])));
    assert_eq!(fields(&tried["columns"], "field"), ["title", "finding", "kind", "observed_to", "sample_size", "supports"]);
    assert_eq!(world.get("/evidence").await.expect(200)["total"], before);

    let body = json!({"text": LOG, "format": "evidence", "mapping": tried["mapping"], "file_name": "log.csv"});
    let made = world.post("/imports", &body).await.expect(201);
    assert_eq!((&made["format"], &made["evidence"], &made["hypotheses"]), (&json!("evidence"), &json!(1), &json!(0)));
    let number = made["made"][0].as_str().unwrap().to_owned();
    let item = world.get(&format!("/evidence/{number}")).await.expect(200);
    assert_eq!((&item["kind"], &item["sample_size"], &item["uses"]), (&json!("survey"), &json!(640), &json!(1)));
    assert_eq!(world.post("/imports", &json!({"text": LOG})).await.problem(422), ["text"]);
    let undone = world.post(&format!("/imports/{}/undo", made["number"]), &json!({})).await.expect(200);
    assert_eq!(undone["undone"], made["made"]);

    let bad = "Title,Kind,Observed on,Supports\nA,rumour,,\nB,survey,2999-01-01,\nC,survey,,H-77\n";
    let tried = world.post("/imports", &json!({"text": bad, "format": "evidence", "dry_run": true})).await.expect(200);
    assert_eq!(fields(&tried["errors"], "column"), ["Kind", "Observed on", "Supports"]);
    for (body, field) in [
        (json!({"text": "Title,Kind\nA,rumour\n", "format": "evidence"}), "text"),
        (json!({"text": LOG, "format": "evidence", "site": "shop"}), "site"),
        (json!({"text": LOG, "format": "evidence", "mapping": {"columns": {"0": "lever"}}}), "mapping"),
        (json!({"text": LOG, "format": "findings"}), "format"),
    ] {
        assert_eq!(world.post("/imports", &body).await.problem(422), [field], "{body}");
    }
    assert_eq!(world.get("/evidence").await.expect(200)["total"], before);
}
