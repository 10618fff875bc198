//! The lists of the settings page: what is refused comes back as it was typed, beside what is wrong, and changes nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

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
    let form = format!("name={long}&combine=product&money=no");
    let said = ["name has 400 characters; 300 is the most.", "aria-invalid=\"true\"", "<option value=\"product\" selected"];
    check(&world, ("", &form), "#workspace-title", &said).await;
    let settings = world.get("/settings").await.expect(200);
    assert_eq!((&settings["name"], &settings["settings"]["combine"]), (&serde_json::json!("Holm"), &serde_json::json!("mean")));
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
