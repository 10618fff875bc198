//! The lists of the settings page: what is refused comes back as it was typed, beside what is wrong, and changes nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::evidence::{Weights, WeightsForm};
use support::{HERE, World};

/// Sends a form of the settings page and checks what the page then says, and what it keeps of the typed text.
async fn check(world: &World, form: (&str, &str), part: &str, said: &[&str]) {
    let path = format!("/{HERE}/settings/{}", form.0).trim_end_matches('/').to_owned();
    let sent = world.request("POST", &path).cookie(&world.lead.session).form(&form.1.replace(' ', "+"));
    let reply = sent.send().await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    let to = reply.header("location");
    assert!(to.contains("?draft=") && to.ends_with(part), "{to}");
    let (address, _) = to.split_once('#').unwrap();
    let page = world.request("GET", address).cookie(&world.lead.session).send().await;
    for words in said {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
}

#[tokio::test]
async fn a_refused_area_comes_back_as_typed_and_changes_none() {
    let world = World::furnished().await;
    let form = "areas[basket][name]=The basket&areas[checkout][name]=Checkout&areas[checkout][tablet]=many&added[name]=Gift cards";
    let said =
        ["“Checkout” was not kept: Visitors a month are a whole number", "value=\"many\"", "value=\"The basket\"", "value=\"Gift cards\""];
    check(&world, ("sites/shop/areas", form), "#areas-shop", &said).await;
    let site = world.get("/sites/shop").await.expect(200).to_string();
    assert!(!site.contains("The basket") && !site.contains("Gift cards"), "{site}");
}

#[tokio::test]
async fn a_lever_that_is_there_already_is_not_added_again() {
    let world = World::furnished().await;
    let said = ["“Trust” was not kept: There is a lever", "value=\"Pace\""];
    check(&world, ("levers", "terms[speed]=Pace&added=Trust"), "#levers-title", &said).await;
    let levers = world.get("/levers").await.expect(200).to_string();
    assert!(!levers.contains("Pace"), "{levers}");
}

#[tokio::test]
async fn a_new_site_comes_back_with_what_is_wrong() {
    let world = World::furnished().await;
    let said = ["A currency is three letters", "value=\"Pounds\"", "value=\"Second shop\""];
    check(&world, ("sites", "name=Second shop&currency=Pounds"), "#new-site-title", &said).await;
}

#[tokio::test]
async fn a_workspace_keeps_its_name_when_the_new_one_is_refused() {
    let world = World::furnished().await;
    let long = "x".repeat(400);
    let form = format!("name={long}&money=no");
    let said = ["name has 400 characters; 300 is the most.", "aria-invalid=\"true\"", "<option value=\"no\" selected"];
    check(&world, ("", &form), "#workspace-title", &said).await;
    let settings = world.get("/settings").await.expect(200);
    assert_eq!((&settings["name"], &settings["settings"]["money_for_all"]), (&serde_json::json!("Holm"), &serde_json::json!(true)));
}

#[tokio::test]
async fn a_refused_thesaurus_comes_back_as_typed_and_a_good_one_is_kept() {
    let world = World::furnished().await;
    let said = ["needs at least two words or phrases", "No shipped group begins with", ">lonely</textarea>"];
    check(&world, ("thesaurus", "groups=lonely&off=nonsense"), "#thesaurus-title", &said).await;
    let path = format!("/{HERE}/settings/thesaurus");
    let sent = world.request("POST", &path).cookie(&world.lead.session).form("groups=trade+counter%2C+branch+desk&off=basket").send().await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let kept = world.get("/settings").await.expect(200);
    assert_eq!(kept["settings"]["thesaurus"], serde_json::json!({"groups": [["trade counter", "branch desk"]], "off": ["basket"]}));
}

/// Every number of the form as it stands on the page, with this one typed instead.
fn weights_with(field: &str, raw: &str) -> String {
    let form = WeightsForm::of(&Weights::default(), 1);
    let mut pairs = vec!["version=1".to_owned()];
    for (class, parts) in &form.weights {
        for (part, number) in parts {
            let typed = if field == format!("{class}.{part}") { raw } else { number };
            pairs.push(format!("weights[{class}][{part}]={typed}"));
        }
    }
    pairs.join("&")
}

async fn weigh(world: &World, part: &str, form: &str) -> support::Reply {
    world.request("POST", &format!("/{HERE}/settings/weights{part}")).cookie(&world.lead.session).form(form).send().await
}

async fn shown(world: &World, address: &str) -> String {
    let address = address.split('#').next().unwrap();
    world.request("GET", address).cookie(&world.lead.session).send().await.text
}

#[tokio::test]
async fn weights_are_tried_out_and_then_saved() {
    let world = World::furnished().await;
    world.put("/hypotheses/H-1/evidence/E-1", &serde_json::json!({"direction": "supports"})).await.expect(200);
    let form = weights_with("behaviour.base", "0.4");
    let tried = weigh(&world, "/preview", &form).await;
    assert!(tried.header("location").contains("?preview=") && tried.header("location").ends_with("#preview"));
    let page = shown(&world, tried.header("location")).await;
    for words in ["1 of the 1 hypotheses that rest on evidence would", "Show stock by branch", "value=\"0.4\"", "<b>4.0"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let confidence = || async { world.get("/hypotheses/H-1").await.expect(200)["evidence"]["confidence"].as_f64().unwrap() };
    assert_eq!(confidence().await, 2.0, "a preview changes nothing");
    assert_eq!(weigh(&world, "", &form).await.header("location"), format!("/{HERE}/settings/weights"));
    assert_eq!(confidence().await, 4.0);
    let late = weigh(&world, "", &form).await;
    assert!(shown(&world, late.header("location")).await.contains("Somebody else saved this meanwhile"));
    let default = shown(&world, &format!("/{HERE}/settings/weights?default=true")).await;
    assert!(!default.contains("value=\"0.4\""), "{default}");
    assert_eq!(confidence().await, 4.0, "filling in the defaults saves nothing");
}

#[tokio::test]
async fn a_wrong_weight_comes_back_beside_its_field() {
    let world = World::furnished().await;
    for part in ["", "/preview"] {
        for (field, raw, said) in [
            ("opinion.half_life_days", "0", "A half-life is 1 to 36,500 days."),
            ("behaviour.cap", "much", "This is a number from 0 to 0.99"),
            ("test.published", "0.1", "Opinions must never add up to a test"),
        ] {
            let refused = weigh(&world, part, &weights_with(field, raw)).await;
            assert!(refused.header("location").contains("?draft="), "{field}");
            let page = shown(&world, refused.header("location")).await;
            assert!(page.contains(said) && page.contains(&format!("value=\"{raw}\"")), "{field}: {page}");
        }
    }
    assert_eq!(world.get("/settings").await.expect(200)["settings"]["evidence"]["opinion"]["half_life_days"], 90);
    let draft = serde_json::json!({"settings": {"evidence": {"opinion": {"half_life_days": 0}}}});
    assert_eq!(world.patch("/settings", &serde_json::json!(1), &draft).await.problem(422), ["evidence.opinion.half_life_days"]);
}
