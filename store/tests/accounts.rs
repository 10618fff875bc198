//! Set-up, signing in, sessions and password links.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::accounts::SetUpDraft;
use domain::activity::Subject;
use store::{Actor, AddMembers, Own, Read, Store};
use support::{Database, HERE, Library, PASSWORD, event, on_both_databases, refused, refused_field};

const OWNER: &str = "owner@holm.example";
const NEW_PASSWORD: &str = "ten blue bottles";

on_both_databases!(
    set_up_happens_once,
    of_many_set_ups_at_once_one_wins,
    a_refused_set_up_names_each_field_and_changes_nothing,
    a_set_up_cannot_take_the_address_of_a_workspace_that_is_there,
    an_unknown_address_and_a_wrong_password_get_the_same_answer,
    signing_in_ignores_case_and_outer_space_of_the_address,
    a_session_ends_at_sign_out_and_leaves_others_alone,
    a_session_expires,
    sessions_end_when_the_password_changes,
    a_present_password_is_needed_for_a_new_one,
    a_password_link_works_once,
    of_two_uses_of_a_link_at_once_one_wins,
    a_password_link_expires,
    a_weak_password_does_not_use_up_the_link,
    a_newer_link_ends_the_older,
    a_refused_form_comes_back_to_its_browser_alone,
);

fn holm() -> SetUpDraft {
    SetUpDraft { name: "Olive Owner".into(), email: OWNER.into(), password: PASSWORD.into(), workspace: "Holm Group".into() }
}

async fn actor(store: &Store, secret: &str) -> Actor {
    store.actor_of_session(secret).await.unwrap()
}

async fn set_up_happens_once(database: Database) {
    let store = &database.store;
    assert!(store.is_empty().await.unwrap());
    let (slug, session) = store.set_up(&holm()).await.unwrap();
    assert_eq!(slug, HERE);
    assert!(!store.is_empty().await.unwrap());
    let owner = actor(store, &session.secret).await;
    let signed_in = store.signed_in(&owner).await.unwrap().unwrap();
    assert_eq!(signed_in.workspaces, [(HERE.to_owned(), "Holm Group".to_owned())]);
    let scope = store.scope::<Own>(&owner, HERE).await.unwrap();
    let history = scope.history(Subject::Workspace, HERE, 10).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].action.as_str(), history[0].by.as_deref()), ("created", Some("Olive Owner")));

    let second = SetUpDraft { email: "second@holm.example".into(), workspace: "Second".into(), ..holm() };
    assert_eq!(refused(store.set_up(&second).await), "conflict");
    assert_eq!(refused(store.scope::<Read>(&Actor::Operator, "second").await), "not found");
    assert_eq!(database.number("SELECT count(*) FROM person", []).await, 1);
}

async fn of_many_set_ups_at_once_one_wins(database: Database) {
    let attempts = (0..6).map(|n| {
        let store = database.store.clone();
        let draft = SetUpDraft { email: format!("p{n}@holm.example"), workspace: format!("Company {n}"), ..holm() };
        tokio::spawn(async move { refused(store.set_up(&draft).await) })
    });
    let mut outcomes = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        outcomes.push(attempt.await.unwrap());
    }
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["conflict", "conflict", "conflict", "conflict", "conflict", "done"]);
    for table in ["person", "workspace", "member", "session"] {
        assert_eq!(database.number(&format!("SELECT count(*) FROM {table}"), []).await, 1, "{table}");
    }
}

async fn a_refused_set_up_names_each_field_and_changes_nothing(database: Database) {
    let draft = SetUpDraft { email: "owner".into(), password: "short".into(), ..SetUpDraft::default() };
    assert_eq!(refused_field(database.store.set_up(&draft).await), ["name", "email", "workspace", "password"]);
    assert!(database.store.is_empty().await.unwrap());
    assert_eq!(database.number("SELECT count(*) FROM workspace", []).await, 0);
}

async fn a_set_up_cannot_take_the_address_of_a_workspace_that_is_there(database: Database) {
    database.store.add_workspace("Holm", HERE).await.unwrap();
    assert_eq!(refused_field(database.store.set_up(&holm()).await), ["workspace"]);
    assert!(database.store.is_empty().await.unwrap());
    assert_eq!(refused_field(database.store.add_workspace("Again", HERE).await), ["slug"]);
    assert_eq!(refused_field(database.store.add_workspace("", "Api").await), ["name", "slug"]);
    assert_eq!(refused_field(database.store.add_workspace("Api", "api").await), ["slug"]);
}

async fn an_unknown_address_and_a_wrong_password_get_the_same_answer(library: Library) {
    let store = &library.database.store;
    let answer = |error: store::StoreError| format!("{error:?}");
    let wrong = answer(store.sign_in(OWNER, "ten green bottles").await.unwrap_err());
    for (email, password) in [
        ("nobody@holm.example", PASSWORD),
        ("lead@holm.example", PASSWORD),
        ("lead@holm.example", ""),
        ("", ""),
        ("a\0b@holm.example", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("🙂", PASSWORD),
    ] {
        assert_eq!(answer(store.sign_in(email, password).await.unwrap_err()), wrong, "{email}");
    }
    assert_eq!(library.database.number("SELECT count(*) FROM session", []).await, 1);
}

async fn signing_in_ignores_case_and_outer_space_of_the_address(library: Library) {
    let store = &library.database.store;
    let session = store.sign_in("  Owner@HOLM.example ", PASSWORD).await.unwrap();
    assert_eq!(actor(store, &session.secret).await, library.owner);
    let stored = library.database.texts("SELECT digest FROM session", []).await;
    assert!(stored.iter().all(|digest| *digest != session.secret), "the secret itself is kept nowhere");
}

async fn a_session_ends_at_sign_out_and_leaves_others_alone(library: Library) {
    let store = &library.database.store;
    let one = store.sign_in(OWNER, PASSWORD).await.unwrap();
    let other = store.sign_in(OWNER, PASSWORD).await.unwrap();
    store.sign_out(&one.secret).await.unwrap();
    store.sign_out("unknown").await.unwrap();
    assert_eq!(actor(store, &one.secret).await, Actor::Anonymous);
    assert_eq!(actor(store, &other.secret).await, library.owner);
    assert_eq!(store.signed_in(&Actor::Anonymous).await.unwrap(), None);
    assert_eq!(actor(store, "").await, Actor::Anonymous);
}

async fn a_session_expires(library: Library) {
    let store = &library.database.store;
    let session = store.sign_in(OWNER, PASSWORD).await.unwrap();
    library.database.expire("session").await;
    assert_eq!(actor(store, &session.secret).await, Actor::Anonymous);
    store.sign_in(OWNER, PASSWORD).await.unwrap();
    assert_eq!(library.database.number("SELECT count(*) FROM session", []).await, 1, "old sessions are swept");
}

async fn sessions_end_when_the_password_changes(library: Library) {
    let store = &library.database.store;
    let (one, other) = (store.sign_in(OWNER, PASSWORD).await.unwrap(), store.sign_in(OWNER, PASSWORD).await.unwrap());
    let fresh = store.change_password(&library.owner, PASSWORD, NEW_PASSWORD).await.unwrap();
    for ended in [one, other] {
        assert_eq!(actor(store, &ended.secret).await, Actor::Anonymous);
    }
    assert_eq!(actor(store, &fresh.secret).await, library.owner);
    assert_eq!(refused(store.sign_in(OWNER, PASSWORD).await), "invalid");
    store.set_password_of(OWNER, PASSWORD).await.unwrap();
    assert_eq!(actor(store, &fresh.secret).await, Actor::Anonymous);
    assert_eq!(refused(store.sign_in(OWNER, PASSWORD).await), "done");
    assert_eq!(refused(store.set_password_of("nobody@holm.example", PASSWORD).await), "not found");
    assert_eq!(refused_field(store.set_password_of(OWNER, "short").await), ["password"]);
}

async fn a_present_password_is_needed_for_a_new_one(library: Library) {
    let store = &library.database.store;
    let session = store.sign_in(OWNER, PASSWORD).await.unwrap();
    assert_eq!(refused_field(store.change_password(&library.owner, "wrong", NEW_PASSWORD).await), ["present"]);
    assert_eq!(refused_field(store.change_password(&library.owner, PASSWORD, "short").await), ["new"]);
    assert_eq!(refused_field(store.change_password(&library.owner, PASSWORD, &"x".repeat(257)).await), ["new"]);
    assert_eq!(refused_field(store.change_password(&library.lead, "", NEW_PASSWORD).await), ["present"]);
    assert_eq!(refused(store.change_password(&Actor::Anonymous, PASSWORD, NEW_PASSWORD).await), "not found");
    assert_eq!(actor(store, &session.secret).await, library.owner, "a refusal ends no session");
}

async fn invite(library: &Library) -> String {
    let scope = library.scope::<AddMembers>(&library.lead).await;
    scope.renew_link("contributor@holm.example").await.unwrap()
}

async fn a_password_link_works_once(library: Library) {
    let store = &library.database.store;
    let link = invite(&library).await;
    assert_eq!(event(&library, Subject::Member, "contributor@holm.example").await, "Leo Lead invited: Made a link to set a password");
    let whose = store.password_link(&link).await.unwrap().unwrap();
    assert_eq!(whose, ("Cora Contributor".to_owned(), "contributor@holm.example".to_owned()));
    let session = store.use_password_link(&link, NEW_PASSWORD).await.unwrap();
    assert_eq!(actor(store, &session.secret).await, library.contributor);
    assert_eq!(store.password_link(&link).await.unwrap(), None);
    assert_eq!(refused(store.use_password_link(&link, PASSWORD).await), "not found");
    assert_eq!(refused(store.sign_in("contributor@holm.example", NEW_PASSWORD).await), "done");
    assert_eq!(refused(store.use_password_link("unknown", PASSWORD).await), "not found");
}

async fn of_two_uses_of_a_link_at_once_one_wins(library: Library) {
    let link = invite(&library).await;
    let use_it = |password: &'static str| {
        let (store, link) = (library.database.store.clone(), link.clone());
        tokio::spawn(async move { refused(store.use_password_link(&link, password).await) })
    };
    let (one, other) = (use_it(PASSWORD), use_it(NEW_PASSWORD));
    let mut outcomes = [one.await.unwrap(), other.await.unwrap()];
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["done", "not found"]);
}

async fn a_password_link_expires(library: Library) {
    let store = &library.database.store;
    let link = invite(&library).await;
    library.database.expire("password_link").await;
    assert_eq!(store.password_link(&link).await.unwrap(), None);
    assert_eq!(refused(store.use_password_link(&link, NEW_PASSWORD).await), "not found");
    assert_eq!(refused(store.sign_in("contributor@holm.example", NEW_PASSWORD).await), "invalid");
}

async fn a_weak_password_does_not_use_up_the_link(library: Library) {
    let link = invite(&library).await;
    let store = &library.database.store;
    assert_eq!(refused_field(store.use_password_link(&link, "short").await), ["password"]);
    assert_eq!(refused(store.use_password_link(&link, NEW_PASSWORD).await), "done");
}

async fn a_newer_link_ends_the_older(library: Library) {
    let (older, newer) = (invite(&library).await, invite(&library).await);
    let store = &library.database.store;
    assert_eq!(refused(store.use_password_link(&older, NEW_PASSWORD).await), "not found");
    assert_eq!(refused(store.use_password_link(&newer, NEW_PASSWORD).await), "done");
}

async fn a_refused_form_comes_back_to_its_browser_alone(library: Library) {
    let store = &library.database.store;
    let id = store.keep_draft("mine", "title=Caf\u{e9} 🙂".into()).await.unwrap();
    assert_eq!(store.draft("mine", &id).await.unwrap().as_deref(), Some("title=Caf\u{e9} 🙂"));
    assert_eq!(store.draft("yours", &id).await.unwrap(), None);
    assert_eq!(store.draft("mine", "unknown").await.unwrap(), None);
    library.database.expire("form_draft").await;
    assert_eq!(store.draft("mine", &id).await.unwrap(), None);
}
