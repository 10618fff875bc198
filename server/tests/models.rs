//! Scoring models over REST and on pages: chosen by a lead, scored by, and read by everybody.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use serde_json::{Value, json};
use support::{HERE, Person, Reply, SHOP, World};

const SCORE: &str = "/hypotheses/H-1/score";

async fn version(world: &World) -> Value {
    world.get("/settings").await.expect(200)["version"].clone()
}

async fn scoring(world: &World, part: Value) -> Reply {
    world.patch("/settings", &version(world).await, &json!({"settings": {"scoring": part}})).await
}

async fn send(world: &World, by: &Person, part: &str, form: &str) -> Reply {
    world.request("POST", &format!("/{HERE}/{part}")).cookie(&by.session).form(form).send().await
}

async fn page(world: &World, by: &Person, address: &str) -> String {
    let address = address.split('#').next().unwrap();
    world.request("GET", address).cookie(&by.session).send().await.text
}

fn rice() -> Value {
    json!({"reach": 1200, "impact": 0.5, "confidence": 80, "effort": 1.5})
}

#[tokio::test]
async fn a_switch_and_back_over_rest_gives_the_old_score() {
    let world = World::furnished().await;
    let ice = world.put(SCORE, &json!({"impact": 9, "confidence": 8, "ease": 6})).await.expect(200)["score"].clone();
    assert_eq!((&ice["model"], &ice["criteria"]["impact"]["low"]), (&json!("ice"), &json!(9)));
    let changed = scoring(&world, json!({"model": "rice"})).await.expect(200);
    assert_eq!(changed["settings"]["scoring"]["model"], "rice");
    assert_eq!(world.get("/hypotheses/H-1").await.expect(200)["score"], Value::Null);
    let scored = world.put(SCORE, &rice()).await.expect(200)["score"].clone();
    assert_eq!((&scored["model"], &scored["value"], &scored["criteria"]["impact"]["low"]), (&json!("rice"), &json!(320.0), &json!(0.5)));
    let scores = world.get("/hypotheses/H-1/scores").await.expect(200);
    let told: Vec<_> = scores["items"].as_array().unwrap().iter().map(|one| (&one["model"], &one["impact"])).collect();
    assert_eq!(told, [(&json!("rice"), &json!(0.5)), (&json!("ice"), &json!(9))]);
    assert_eq!(scoring(&world, json!({"model": "gut"})).await.problem(422), ["settings.scoring.model"]);
    scoring(&world, json!({"model": null})).await.expect(200);
    assert_eq!(world.get("/hypotheses/H-1").await.expect(200)["score"], ice);
    assert!(world.store.check().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_a_score_lacks_or_has_too_much_is_named() {
    let world = World::furnished().await;
    scoring(&world, json!({"sites": {(SHOP): "rice"}})).await.expect(200);
    for (body, fields) in [
        (json!({"impact": 5, "confidence": 5, "ease": 5}), vec!["reach", "impact", "confidence", "effort", "ease"]),
        (json!({"reach": "many", "impact": 2, "confidence": 80, "effort": 0}), vec!["reach", "effort"]),
        (json!({"reach": 1, "impact": 2, "confidence": 80, "effort": 1, "colour": "red"}), vec!["colour"]),
        (json!({"model": "pxl", "above_fold": 2}), vec!["above_fold"]),
    ] {
        let named = world.put(SCORE, &body).await.problem(422);
        assert!(fields.iter().all(|field| named.contains(&(*field).to_owned())), "{body}: {named:?}");
    }
    let said = world.put(SCORE, &json!({"reach": 1, "impact": 2, "confidence": 70, "effort": 1})).await.text;
    assert!(said.contains("Confidence is one of 50, 80 and 100 (%)."), "{said}");
    world.put(SCORE, &json!({"model": "ice", "impact": 5, "confidence": 5, "ease": 5})).await.expect(200);
    let read = world.get("/hypotheses/H-1").await.expect(200);
    assert_eq!(read["score"], Value::Null, "a score by another model than the site's ranks nothing");
}

#[tokio::test]
async fn rubrics_carry_a_leads_own_texts() {
    let world = World::new().await;
    scoring(&world, json!({"rubrics": {"ice": {"impact": {"9": "the whole till"}}}})).await.expect(200);
    let rubrics = world.get("/rubrics?limit=200").await.expect(200);
    let of = |model: &str, criterion: &str, level: Value| {
        let items = rubrics["items"].as_array().unwrap();
        let found = items.iter().find(|one| one["model"] == model && one["criterion"] == criterion && one["level"] == level);
        found.unwrap_or_else(|| panic!("{model} {criterion} {level}"))["text"].as_str().unwrap().to_owned()
    };
    assert_eq!(of("ice", "impact", json!(9)), "the whole till");
    assert!(of("ice", "impact", json!(10)).starts_with("a step change"));
    assert!(of("rice", "impact", json!(0.25)).starts_with("minimal"));
    assert!(of("rice", "reach", Value::Null).contains("within a quarter"));
    assert!(of("pxl", "above_fold", json!(1)).contains("without scrolling"));
    assert_eq!(
        scoring(&world, json!({"rubrics": {"ice": {"luck": {"1": "x"}}}})).await.problem(422),
        ["settings.scoring.rubrics.ice.luck"]
    );
    assert_eq!(scoring(&world, json!({"model": "custom"})).await.problem(422), ["settings.scoring.model"]);
    assert_eq!(scoring(&world, json!({"sites": {"moon": "pie"}})).await.problem(422), ["settings.scoring.sites.moon"]);
}

#[tokio::test]
async fn the_score_page_asks_by_the_model_in_force_and_keeps_what_was_typed() {
    let world = World::furnished().await;
    let here = format!("/{HERE}/hypotheses/H-1/score");
    let ice = page(&world, &world.contributor, &here).await;
    assert_eq!(ice.matches("type=\"radio\" name=\"ease\"").count(), 10);
    assert!(ice.contains("Type 1–9, 0 for 10") && ice.contains("say why if your confidence is more than 2 above it"));
    scoring(&world, json!({"model": "rice"})).await.expect(200);
    let asked = page(&world, &world.contributor, &here).await;
    assert_eq!(asked.matches("type=\"radio\" name=\"impact\"").count(), 5);
    assert!(asked.contains("Reach, visitors a quarter") && asked.contains("name=\"effort\"") && !asked.contains("0 for 10"), "{asked}");
    let typed = "model=rice&reach=lots&impact=0.25&confidence=80&effort=2&reason=Seen+twice";
    let refused = send(&world, &world.contributor, "hypotheses/H-1/score", typed).await;
    let again = page(&world, &world.contributor, refused.header("location")).await;
    for words in
        ["Reach is a number from 0 to 1,000,000,000", "value=\"lots\"", "value=\"0.25\" checked", "value=\"Seen twice\"", "value=\"2\""]
    {
        assert!(again.contains(words), "{words}: {again}");
    }
    let kept = send(&world, &world.contributor, "hypotheses/H-1/score", &typed.replace("lots", "4,800")).await;
    assert_eq!(kept.header("location"), format!("/{HERE}/hypotheses/H-1"));
    let record = page(&world, &world.viewer, kept.header("location")).await;
    for words in ["reach × impact × confidence ÷ effort", "<b>480<", "spread 4,800 to 4,800", "minimal: hardly felt"] {
        assert!(record.contains(words), "{words}: {record}");
    }
    let list = page(&world, &world.viewer, &format!("/{HERE}/hypotheses")).await;
    for words in [">RICE<", "<abbr title=\"Reach\">R<", "Score 480: reach 4,800, impact 0.25, confidence 80%, effort 2."] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let csv = page(&world, &world.viewer, &format!("/{HERE}/hypotheses.csv")).await;
    assert!(
        csv.starts_with("Number,Title,Stage,Score,Reach,Impact,Confidence,Effort,Scorers") && csv.contains("480.00,4800,0.25,80,2,1"),
        "{csv}"
    );
}

#[tokio::test]
async fn a_checklist_is_answered_by_yes_and_no() {
    let world = World::furnished().await;
    scoring(&world, json!({"model": "pxl"})).await.expect(200);
    let asked = page(&world, &world.contributor, &format!("/{HERE}/hypotheses/H-1/score")).await;
    assert_eq!(asked.matches("name=\"noticeable\"").count(), 2);
    let names = ["above_fold", "noticeable", "adds_or_removes", "motivation", "high_traffic", "user_testing", "qualitative", "analytics"];
    let form: Vec<String> = names.iter().map(|name| format!("{name}=1")).collect();
    let form = format!("{}&mouse_tracking=0&ease=2", form.join("&"));
    let kept = send(&world, &world.contributor, "hypotheses/H-1/score", &form).await;
    let record = page(&world, &world.viewer, kept.header("location")).await;
    assert!(record.contains("points of 14") && record.contains("1 of 1 say yes"), "{record}");
    let list = page(&world, &world.viewer, &format!("/{HERE}/hypotheses")).await;
    assert!(list.contains("above the fold yes, noticeable within 5 seconds yes"), "{list}");
    assert_eq!(world.get("/hypotheses/H-1").await.expect(200)["score"]["value"], 12.0);
}

#[tokio::test]
async fn a_lead_chooses_names_and_words_on_the_page() {
    let world = World::furnished().await;
    let here = format!("/{HERE}/settings/scoring");
    let shown = page(&world, &world.lead, &here).await;
    for words in ["value=\"ice\" checked", "What levels mean", "Holm shop", "touches little revenue"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let row = |at: usize, name: &str, weight: &str| {
        format!("&custom[{at}][name]={name}&custom[{at}][weight]={weight}&custom[{at}][kind]=benefit")
    };
    let bad = format!("model=custom&combine=mean&sites[shop]={}{}", row(0, "Gain", "much"), row(1, "gain", "2"));
    let refused = send(&world, &world.lead, "settings/scoring", &bad).await;
    assert!(refused.header("location").contains("?draft="));
    let again = page(&world, &world.lead, refused.header("location")).await;
    for words in [
        "Nothing was saved",
        "A weight is a number above 0, up to 100.",
        "“gain” is there twice.",
        "value=\"much\"",
        "value=\"custom\" checked",
    ] {
        assert!(again.contains(words), "{words}: {again}");
    }
    assert_eq!(world.get("/settings").await.expect(200)["settings"]["scoring"]["model"], "ice");
    let good = format!("model=custom&combine=product&sites[shop]=pie{}{}", row(0, "Gain for people", "2"), row(1, "Fit", "1"));
    assert_eq!(send(&world, &world.lead, "settings/scoring", &good).await.header("location"), here);
    let settings = world.get("/settings").await.expect(200)["settings"].clone();
    assert_eq!((&settings["combine"], &settings["scoring"]["sites"]), (&json!("product"), &json!({"shop": "pie"})));
    assert_eq!(
        settings["scoring"]["custom"][0],
        json!({"slug": "gain-for-people", "name": "Gain for people", "weight": 2.0, "cost": false})
    );
    let late = send(&world, &world.lead, "settings/scoring", &format!("version=1&{good}")).await;
    assert!(page(&world, &world.lead, late.header("location")).await.contains("Somebody else saved this meanwhile"));

    let text = format!("model=pie&texts[potential][1]={}", "x".repeat(201));
    let refused = send(&world, &world.lead, "settings/scoring/rubrics", &text).await;
    let again = page(&world, &world.lead, refused.header("location")).await;
    assert!(again.contains("This has 201 characters; 200 is the most.") && again.contains("id=\"rubric-pie\" open"), "{again}");
    let kept = send(&world, &world.lead, "settings/scoring/rubrics", "model=pie&texts[potential][1]=nothing+to+gain").await;
    assert_eq!(kept.header("location"), format!("{here}#rubric-title"));
    let score = page(&world, &world.contributor, &format!("/{HERE}/hypotheses/H-1/score")).await;
    assert!(score.contains("nothing to gain") && score.contains("<legend>Importance<"), "{score}");
}

#[tokio::test]
async fn a_criterion_that_came_later_is_asked_for() {
    let world = World::furnished().await;
    let own = |names: &[&str]| {
        let custom: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
        json!({"model": "custom", "custom": custom})
    };
    scoring(&world, own(&["Gain"])).await.expect(200);
    world.put(SCORE, &json!({"gain": 8})).await.expect(200);
    scoring(&world, own(&["Gain", "Fit"])).await.expect(200);
    let record = page(&world, &world.viewer, &format!("/{HERE}/hypotheses/H-1")).await;
    assert!(record.contains("1 of 1 score lacks Fit") && record.contains("<b>8.0<"), "{record}");
    scoring(&world, json!({"model": "ice"})).await.expect(200);
    let record = page(&world, &world.viewer, &format!("/{HERE}/hypotheses/H-1")).await;
    assert!(record.contains("Kept, but not ranking: 1 score by Custom."), "{record}");
}
