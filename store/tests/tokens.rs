//! API tokens, and how often their use is noted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::access::TokenScope;
use domain::activity::Subject;
use store::{Actor, Configure, Contribute, NewToken, Own, Read, RunTests};
use support::{HERE, Library, PASSWORD, THERE, event, idea, on_both_databases, refused, refused_field};

on_both_databases!(
    a_token_is_kept_as_a_digest,
    a_token_does_the_lesser_of_its_scope_and_its_role,
    a_token_expires,
    a_token_is_for_a_member_and_a_sane_time,
    a_token_reaches_no_other_workspace,
    noting_a_use_happens_at_most_once_a_minute,
);

fn token(whose: &str, scope: TokenScope) -> NewToken {
    NewToken { email: format!("{whose}@holm.example"), name: "Nightly report".into(), scope, expires_in_days: Some(30) }
}

async fn a_token_is_kept_as_a_digest(library: Library) {
    let secret = library.own().await.create_token(&token("lead", TokenScope::Write)).await.unwrap();
    assert!(secret.starts_with("hyp_") && secret.len() > 40);
    let digests = library.database.texts("SELECT digest FROM token", []).await;
    assert_eq!(digests.len(), 1);
    assert!(!secret.contains(&digests[0]) && !digests[0].contains(&secret[4..]));
    let what = "Olive Owner created: Token “Nightly report” (write) for Leo Lead";
    assert_eq!(event(&library, Subject::Token, "lead@holm.example").await, what);
    let listed = library.own().await.tokens().await.unwrap();
    assert_eq!((listed[0].name.as_str(), listed[0].scope.as_str(), listed[0].used_at), ("Nightly report", "write", None));
    assert_eq!(listed[0].expires_at.unwrap() - listed[0].created_at, chrono::Duration::days(30));
    for wrong in ["", "hyp_", &secret[4..], &secret.to_uppercase(), &digests[0]] {
        assert_eq!(library.database.store.actor_of_token(wrong).await.unwrap(), Actor::Anonymous);
    }
}

async fn a_token_does_the_lesser_of_its_scope_and_its_role(library: Library) {
    let store = &library.database.store;
    let allowed = async |whose: &str, scope: TokenScope| {
        let secret = library.own().await.create_token(&token(whose, scope)).await.unwrap();
        let actor = store.actor_of_token(&secret).await.unwrap();
        [
            refused(store.scope::<Read>(&actor, HERE).await),
            refused(store.scope::<Contribute>(&actor, HERE).await),
            refused(store.scope::<RunTests>(&actor, HERE).await),
            refused(store.scope::<Configure>(&actor, HERE).await),
            refused(store.scope::<Own>(&actor, HERE).await),
        ]
        .map(|word| if word == "done" { "yes" } else { word })
    };
    let no = "forbidden";
    assert_eq!(allowed("owner", TokenScope::Admin).await, ["yes", "yes", "yes", "yes", "yes"]);
    assert_eq!(allowed("lead", TokenScope::Admin).await, ["yes", "yes", "yes", "yes", no]);
    assert_eq!(allowed("owner", TokenScope::Write).await, ["yes", "yes", "yes", no, no]);
    assert_eq!(allowed("contributor", TokenScope::Write).await, ["yes", "yes", no, no, no]);
    assert_eq!(allowed("owner", TokenScope::Read).await, ["yes", no, no, no, no]);
    assert_eq!(allowed("viewer", TokenScope::Admin).await, ["yes", no, no, no, no]);
}

async fn a_token_expires(library: Library) {
    let store = &library.database.store;
    let secret = library.own().await.create_token(&token("lead", TokenScope::Write)).await.unwrap();
    let forever = NewToken { expires_in_days: None, ..token("lead", TokenScope::Read) };
    let forever = library.own().await.create_token(&forever).await.unwrap();
    assert_ne!(store.actor_of_token(&secret).await.unwrap(), Actor::Anonymous);
    let past = chrono::Utc::now().timestamp_micros() - 1;
    library.database.execute("UPDATE token SET expires_at = $1 WHERE expires_at IS NOT NULL", [past.into()]).await;
    assert_eq!(store.actor_of_token(&secret).await.unwrap(), Actor::Anonymous);
    assert_ne!(store.actor_of_token(&forever).await.unwrap(), Actor::Anonymous);
}

async fn a_token_is_for_a_member_and_a_sane_time(library: Library) {
    let own = library.own().await;
    assert_eq!(refused_field(own.create_token(&token("nobody", TokenScope::Read)).await), ["email"]);
    assert_eq!(refused_field(own.create_token(&token("outsider", TokenScope::Read)).await), ["email"]);
    for days in [0, 3651, u32::MAX] {
        let long = NewToken { expires_in_days: Some(days), ..token("lead", TokenScope::Read) };
        assert_eq!(refused_field(own.create_token(&long).await), ["expires_in_days"], "{days}");
    }
    let nameless = NewToken { name: " \n".into(), ..token("lead", TokenScope::Read) };
    assert_eq!(refused_field(own.create_token(&nameless).await), ["name"]);
    assert!(own.tokens().await.unwrap().is_empty());
}

async fn a_token_reaches_no_other_workspace(library: Library) {
    let store = &library.database.store;
    // A member of both workspaces: the token of one does not open the other.
    let scope = library.elsewhere::<store::AddMembers>().await;
    let draft = domain::accounts::MemberDraft { name: "Leo".into(), email: "lead@holm.example".into(), role: "owner".into() };
    scope.add_member(&draft).await.unwrap();
    let secret = library.own().await.create_token(&token("lead", TokenScope::Admin)).await.unwrap();
    let program = store.actor_of_token(&secret).await.unwrap();
    assert_eq!(refused(store.scope::<Read>(&program, HERE).await), "done");
    assert_eq!(refused(store.scope::<Read>(&program, THERE).await), "not found");
    assert_eq!(refused(store.scope::<Read>(&library.lead, THERE).await), "done");
    let scope = store.scope::<Contribute>(&program, HERE).await.unwrap();
    scope.create_hypothesis(&idea("By a program")).await.unwrap();
    assert_eq!(event(&library, Subject::Hypothesis, "H-1").await, "Leo Lead created: By a program");
    assert!(store.signed_in(&program).await.unwrap().is_none(), "a program is nobody's session");
    assert_eq!(refused(store.change_password(&program, PASSWORD, PASSWORD).await), "not found");
}

async fn noting_a_use_happens_at_most_once_a_minute(library: Library) {
    let (database, store) = (&library.database, &library.database.store);
    let secret = library.own().await.create_token(&token("lead", TokenScope::Write)).await.unwrap();
    let used = async || database.number("SELECT used_at FROM token", []).await;
    store.actor_of_token(&secret).await.unwrap();
    let first = used().await;
    store.actor_of_token(&secret).await.unwrap();
    assert_eq!(used().await, first);
    database.execute("UPDATE token SET used_at = used_at - 61000000", []).await;
    store.actor_of_token(&secret).await.unwrap();
    assert!(used().await >= first);

    let session = store.sign_in("owner@holm.example", PASSWORD).await.unwrap();
    let seen = async || database.number("SELECT max(seen_at) FROM session", []).await;
    let first = seen().await;
    store.actor_of_session(&session.secret).await.unwrap();
    assert_eq!(seen().await, first);
    database.execute("UPDATE session SET seen_at = seen_at - 61000000", []).await;
    store.actor_of_session(&session.secret).await.unwrap();
    assert!(seen().await >= first);
}
