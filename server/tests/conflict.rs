//! Two people at one record: the second save loses nothing, and shows both versions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{HERE, Person, Reply, World};

async fn open(world: &World, by: &Person, path: &str) -> Reply {
    world.request("GET", path).cookie(&by.session).send().await
}

/// Sends a form and follows to where it leads.
async fn save(world: &World, by: &Person, path: &str, form: &str) -> (String, Reply) {
    let reply = world.request("POST", path).cookie(&by.session).form(&form.replace(' ', "+")).send().await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    let to = reply.header("location").to_owned();
    let page = open(world, by, &to).await;
    (to, page)
}

fn version_of(page: &Reply) -> String {
    let (_, rest) = page.text.split_once("name=\"version\" value=\"").unwrap_or_else(|| panic!("no version: {}", page.text));
    rest.split_once('"').unwrap().0.to_owned()
}

/// A record and its form: address, what the first person saves, what the second one typed, and what both versions say.
async fn check(record: &str, first: &str, second: &str, [saved, typed]: [&str; 2]) {
    let world = World::furnished().await;
    let path = format!("/{HERE}/{record}/edit");
    let began = version_of(&open(&world, &world.contributor, &path).await);
    let (to, _) = save(&world, &world.lead, &path, &format!("{first}&version={began}")).await;
    assert_eq!(to, format!("/{HERE}/{record}"));

    let (to, page) = save(&world, &world.contributor, &path, &format!("{second}&version={began}")).await;
    assert!(to.starts_with(&format!("{path}?draft=")), "{to}");
    for said in ["Leo Lead changed this", saved, typed] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let mine = format!("{second}&version={}", version_of(&page));
    let (to, page) = save(&world, &world.contributor, &path, &mine).await;
    assert_eq!(to, format!("/{HERE}/{record}"));
    assert!(page.text.contains(typed) && !page.text.contains(saved), "{}", page.text);
}

#[tokio::test]
async fn the_second_save_of_a_hypothesis_shows_both_versions() {
    let first = "form[title]=Show stock&form[because]=Buyers ring the branch";
    let second = "form[title]=Show stock&form[because]=Buyers leave the list";
    check("hypotheses/H-1", first, second, ["Buyers ring the branch", "Buyers leave the list"]).await;
}

#[tokio::test]
async fn the_second_save_of_evidence_shows_both_versions() {
    let first = "form[title]=People ring&form[kind]=survey&form[finding]=Half of them ring";
    let second = "form[title]=People ring&form[kind]=survey&form[finding]=A third of them ring";
    check("evidence/E-1", first, second, ["Half of them ring", "A third of them ring"]).await;
}

#[tokio::test]
async fn a_refused_form_does_not_overwrite_what_was_saved_meanwhile() {
    let world = World::furnished().await;
    let path = format!("/{HERE}/hypotheses/H-1/edit");
    let began = version_of(&open(&world, &world.contributor, &path).await);
    let wrong = format!("form[title]=Show stock&form[low]=some&version={began}");
    save(&world, &world.lead, &path, &format!("form[title]=Show the stock by branch&version={began}")).await;
    let (_, page) = save(&world, &world.contributor, &path, &wrong).await;
    for said in ["is not a number", "Leo Lead changed this", "Show the stock by branch"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
}

/// A form that is refused for what was typed goes on from the version it began with: what somebody else saved meanwhile
/// is not replaced before its writer has heard of it.
async fn check_told(page: &str, post: &str, [first, wrong, right]: [&str; 3]) {
    let world = World::measured().await;
    let (page, post) = (format!("/{HERE}/{page}"), format!("/{HERE}/{post}"));
    let began = version_of(&open(&world, &world.owner, &page).await);
    save(&world, &world.lead, &post, &format!("{first}&version={began}")).await;
    let (_, refused) = save(&world, &world.owner, &post, &format!("{wrong}&version={began}")).await;
    let (_, told) = save(&world, &world.owner, &post, &format!("{right}&version={}", version_of(&refused))).await;
    assert!(told.text.contains("Somebody else saved this meanwhile."), "{}", told.text);
    let (_, done) = save(&world, &world.owner, &post, &format!("{right}&version={}", version_of(&told))).await;
    assert!(!done.text.contains("Somebody else saved this meanwhile."), "{}", done.text);
}

#[tokio::test]
async fn a_refused_rollout_replaces_nothing_unheard_of() {
    check_told("rollouts/R-1", "rollouts/R-1", ["margin=40", "margin=some", "margin=30"]).await;
}

#[tokio::test]
async fn a_refused_site_replaces_nothing_unheard_of() {
    let said = ["name=Shop&currency=GBP&margin=40", "name=Shop&currency=GBP&margin=some", "name=Shop&currency=EUR&margin=30"];
    check_told("settings", "settings/sites/shop", said).await;
}
