//! Who may do what: roles, outsiders, members and owners.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::access::Role;
use domain::accounts::MemberDraft;
use domain::activity::Subject;
use domain::hypotheses::{BacklogQuery, HandMove};
use domain::scoring::ScoreDraft;
use domain::sites::{AreaDraft, Direction, Family, MetricDraft, MetricKind, SiteDraft, Unit};
use store::{Actor, AddMembers, Configure, Contribute, Import, Own, Read, RunTests};
use support::{HERE, Library, SHOP, THERE, all, event, events, idea, on_both_databases, refused, refused_field};

on_both_databases!(
    each_role_gets_its_rights_and_no_more,
    outsiders_cannot_tell_a_workspace_from_none,
    numbers_and_slugs_of_another_workspace_are_not_found,
    lists_hold_nothing_of_another_workspace,
    strange_names_are_not_found,
    the_last_owner_stays,
    two_owners_cannot_step_down_past_each_other,
    a_lead_makes_and_renews_no_owner,
    a_lead_adds_members_and_changes_roles,
    adding_somebody_of_another_workspace_gives_no_link_to_their_account,
    one_address_added_to_two_workspaces_at_once_is_one_person,
    refused_members_change_nothing,
    money_is_hidden_by_a_setting,
);

fn member(name: &str, role: &str) -> MemberDraft {
    MemberDraft { name: name.into(), email: format!("{}@holm.example", name.to_lowercase()), role: role.into() }
}

fn owners(members: &[domain::accounts::Member]) -> usize {
    members.iter().filter(|member| member.role == Role::Owner).count()
}

async fn rights(library: &Library, actor: &Actor, workspace: &str) -> [&'static str; 7] {
    let store = &library.database.store;
    [
        refused(store.scope::<Read>(actor, workspace).await),
        refused(store.scope::<Contribute>(actor, workspace).await),
        refused(store.scope::<RunTests>(actor, workspace).await),
        refused(store.scope::<Configure>(actor, workspace).await),
        refused(store.scope::<Import>(actor, workspace).await),
        refused(store.scope::<AddMembers>(actor, workspace).await),
        refused(store.scope::<Own>(actor, workspace).await),
    ]
}

async fn each_role_gets_its_rights_and_no_more(library: Library) {
    for (actor, rights_held) in
        [(&library.viewer, 1), (&library.contributor, 2), (&library.lead, 6), (&library.owner, 7), (&Actor::Operator, 7)]
    {
        let found = rights(&library, actor, HERE).await;
        let wanted: Vec<_> = (0..7).map(|right| if right < rights_held { "done" } else { "forbidden" }).collect();
        assert_eq!(found.to_vec(), wanted, "{actor:?}");
    }
}

async fn outsiders_cannot_tell_a_workspace_from_none(library: Library) {
    for actor in [&library.outsider, &Actor::Anonymous, &Actor::Person { id: 999 }] {
        assert_eq!(rights(&library, actor, HERE).await, ["not found"; 7], "{actor:?}");
        assert_eq!(rights(&library, actor, "no-such-place").await, ["not found"; 7], "{actor:?}");
    }
    assert_eq!(rights(&library, &library.owner, THERE).await, ["not found"; 7]);
}

fn metric(site: &str) -> MetricDraft {
    let (kind, unit, direction, family) = (MetricKind::Proportion, Unit::Share, Direction::Up, Family::Conversion);
    MetricDraft { site: site.into(), name: "Wishes".into(), slug: None, kind, unit, direction, family }
}

/// What becomes of every operation that names a thing, for this number and site, in the outsider's hands.
async fn with_foreign_names(library: &Library, number: &str, site: &str) -> Vec<&'static str> {
    let (contribute, configure) = (library.elsewhere::<Contribute>().await, library.elsewhere::<Configure>().await);
    let score = ScoreDraft::ice(5, 5, 5);
    let step = HandMove { stage: "prioritised".into(), reason: None };
    let draft = SiteDraft { name: "Taken".into(), slug: Some("taken".into()), currency: "EUR".into(), ..SiteDraft::default() };
    vec![
        refused(contribute.hypothesis(number).await),
        refused(contribute.scores(number).await),
        refused(contribute.edit_hypothesis(number, &idea("Taken"), None).await),
        refused(contribute.edit_hypothesis(number, &idea("Taken"), Some(1)).await),
        refused(contribute.move_hypothesis(number, &step).await),
        refused(contribute.archive_hypothesis(number).await),
        refused(contribute.restore_hypothesis(number).await),
        refused(contribute.score_hypothesis(number, &score).await),
        refused(configure.site(site).await),
        refused(configure.areas_of(site).await),
        refused(configure.edit_site(site, &draft, None).await),
        refused(configure.save_area(site, &AreaDraft { name: "Hall".into(), ..AreaDraft::default() }).await),
        refused(configure.archive_area(site, "checkout").await),
        refused(library.elsewhere::<AddMembers>().await.renew_link("contributor@holm.example").await),
    ]
}

async fn numbers_and_slugs_of_another_workspace_are_not_found(library: Library) {
    library.add_idea("Ours").await;
    library.score(&library.lead, "H-1", [5, 6, 7]).await;
    let before = (all(&library).await, library.read().await.catalogue().await.unwrap());
    let found = Box::pin(with_foreign_names(&library, "H-1", SHOP)).await;
    assert!(found.iter().all(|word| *word == "not found"), "{found:?}");
    let theirs = library.elsewhere::<Configure>().await;
    assert_eq!(refused_field(theirs.save_metric(&metric(SHOP)).await), ["site"]);
    let child = domain::hypotheses::HypothesisDraft { parent: Some("H-1".into()), ..idea("Child") };
    let contribute = library.elsewhere::<Contribute>().await;
    assert_eq!(refused_field(contribute.create_hypothesis(&child).await), ["parent"]);
    let owned = domain::hypotheses::HypothesisDraft { owner: Some("lead@holm.example".into()), ..idea("Owned") };
    assert_eq!(refused_field(contribute.create_hypothesis(&owned).await), ["owner"]);
    assert_eq!((all(&library).await, library.read().await.catalogue().await.unwrap()), before);
}

async fn lists_hold_nothing_of_another_workspace(library: Library) {
    library.contribute().await.create_hypothesis(&support::whole("Ours alone")).await.unwrap();
    library.score(&library.lead, "H-1", [5, 6, 7]).await;
    let theirs = library.elsewhere::<Own>().await;
    let owner = BacklogQuery { owner: vec!["lead@holm.example".into()], ..BacklogQuery::default() };
    let tag = BacklogQuery { tag: vec!["delivery".into()], ..BacklogQuery::default() };
    let words = BacklogQuery { q: Some("ours".into()), ..BacklogQuery::default() };
    for query in [BacklogQuery::default(), owner, tag, words] {
        let page = theirs.backlog(&query).await.unwrap();
        assert_eq!((page.items.len(), page.total), (0, 0), "{query:?}");
    }
    assert!(theirs.search("ours", 10).await.unwrap().is_empty());
    assert!(theirs.history(Subject::Hypothesis, "H-1", 10).await.unwrap().is_empty());
    assert!(theirs.history(Subject::Site, SHOP, 10).await.unwrap().is_empty());
    assert!(theirs.stage_counts().await.unwrap().values().all(|count| *count == 0));
    assert!(theirs.sites().await.unwrap().is_empty() && theirs.metrics().await.unwrap().is_empty());
    assert!(theirs.catalogue().await.unwrap().levers.is_empty() && theirs.tokens().await.unwrap().is_empty());
    let members: Vec<_> = theirs.members().await.unwrap().into_iter().map(|member| member.name).collect();
    assert_eq!(members, ["Oscar Outsider"]);
    let first = library.elsewhere::<Contribute>().await.create_hypothesis(&idea("Theirs")).await.unwrap();
    assert_eq!(first.number, "H-1", "numbers count up per workspace");
}

async fn strange_names_are_not_found(library: Library) {
    library.add_idea("One").await;
    for strange in
        ["", "H-0", "H-", "H--1", "H-+1", "H-01", "h-1", "H-1 ", "1", "E-1", "H-99999999999999999999", "H-1\0", "'", "\0", "🙂", "%"]
    {
        let found = Box::pin(with_foreign_names(&library, strange, strange)).await;
        assert!(found[..13].iter().all(|word| *word == "not found"), "{strange:?}: {found:?}");
        assert_eq!(refused(library.database.store.scope::<Read>(&library.owner, strange).await), "not found", "{strange:?}");
        let add = library.scope::<AddMembers>(&library.owner).await;
        assert_eq!(refused(add.renew_link(strange).await), "not found", "{strange:?}");
        assert_eq!(refused(library.read().await.hypothesis(strange).await), "not found", "{strange:?}");
        assert!(library.read().await.history(Subject::Hypothesis, strange, 5).await.unwrap().is_empty(), "{strange:?}");
        assert_eq!(refused_field(library.configure().await.save_metric(&metric(strange)).await), ["site"], "{strange:?}");
    }
}

async fn the_last_owner_stays(library: Library) {
    let add = library.scope::<AddMembers>(&library.owner).await;
    for role in ["lead", "contributor", "viewer"] {
        assert_eq!(refused_field(add.add_member(&member("Owner", role)).await), ["role"]);
    }
    assert_eq!(owners(&add.members().await.unwrap()), 1);
    add.add_member(&member("Lead", "owner")).await.unwrap();
    add.add_member(&member("Owner", "viewer")).await.unwrap();
    let operator = library.scope::<AddMembers>(&Actor::Operator).await;
    assert_eq!(refused_field(operator.add_member(&member("Lead", "lead")).await), ["role"]);
    assert_eq!(rights(&library, &library.owner, HERE).await[1], "forbidden", "a new role counts at once");
}

async fn two_owners_cannot_step_down_past_each_other(library: Library) {
    library.scope::<AddMembers>(&library.owner).await.add_member(&member("Lead", "owner")).await.unwrap();
    let step_down = |actor: Actor, name: &'static str| {
        let store = library.database.store.clone();
        tokio::spawn(async move {
            let scope = store.scope::<AddMembers>(&actor, HERE).await.unwrap();
            refused(scope.add_member(&member(name, "lead")).await)
        })
    };
    // Each is opened before either writes, so the second may also find itself without the right.
    let (one, other) = (step_down(library.owner.clone(), "Owner"), step_down(library.lead.clone(), "Lead"));
    let outcomes = [one.await.unwrap(), other.await.unwrap()];
    assert_eq!(outcomes.iter().filter(|word| **word == "done").count(), 1, "{outcomes:?}");
    assert_eq!(owners(&library.read().await.members().await.unwrap()), 1);
}

async fn a_lead_makes_and_renews_no_owner(library: Library) {
    library.add_member("Second", "owner").await;
    let before = library.read().await.members().await.unwrap();
    let lead = library.scope::<AddMembers>(&library.lead).await;
    for draft in [
        member("Newcomer", "owner"),
        member("Viewer", "owner"),
        member("Lead", "owner"),
        member("Second", "lead"),
        member("Second", "owner"),
    ] {
        assert_eq!(refused_field(lead.add_member(&draft).await), ["role"], "{draft:?}");
    }
    for email in ["owner@holm.example", "second@holm.example"] {
        assert_eq!(refused(lead.renew_link(email).await), "forbidden");
    }
    assert_eq!(library.read().await.members().await.unwrap(), before);
    assert_eq!(library.database.number("SELECT count(*) FROM person WHERE email LIKE 'newcomer%'", []).await, 0);
    let owner = library.scope::<AddMembers>(&library.owner).await;
    assert!(owner.renew_link("second@holm.example").await.is_ok());
}

async fn a_lead_adds_members_and_changes_roles(library: Library) {
    let lead = library.scope::<AddMembers>(&library.lead).await;
    let link = lead.add_member(&member("Newcomer", "viewer")).await.unwrap().unwrap();
    assert_eq!(event(&library, Subject::Member, "newcomer@holm.example").await, "Leo Lead added: Newcomer is viewer now");
    assert_eq!(library.database.store.password_link(&link).await.unwrap().unwrap().1, "newcomer@holm.example");
    let session = library.database.store.use_password_link(&link, "ten blue bottles").await.unwrap();
    let newcomer = library.database.store.actor_of_session(&session.secret).await.unwrap();
    assert_eq!(rights(&library, &newcomer, HERE).await[..2], ["done", "forbidden"]);
    assert_eq!(lead.add_member(&member("Newcomer", "contributor")).await.unwrap(), None, "they have a password");
    assert_eq!(rights(&library, &newcomer, HERE).await[..3], ["done", "done", "forbidden"]);
    assert_eq!(events(&library, Subject::Member, "newcomer@holm.example").await.len(), 2);
    let me = library.scope::<Read>(&newcomer).await.me().await.unwrap().unwrap();
    assert_eq!((me.name.as_str(), me.role, me.can_sign_in), ("Newcomer", Role::Contributor, true));
}

/// Whoever holds the link becomes that person everywhere.
async fn adding_somebody_of_another_workspace_gives_no_link_to_their_account(library: Library) {
    let lead = library.scope::<AddMembers>(&library.lead).await;
    let first = lead.add_member(&member("Newcomer", "lead")).await.unwrap().unwrap();
    let theirs = library.elsewhere::<AddMembers>().await;
    assert_eq!(theirs.add_member(&member("Newcomer", "viewer")).await.unwrap(), None);
    assert_eq!(refused(theirs.renew_link("newcomer@holm.example").await), "forbidden");
    assert_eq!(refused(library.database.store.use_password_link(&first, "ten blue bottles").await), "done", "the first link stays good");
}

async fn one_address_added_to_two_workspaces_at_once_is_one_person(library: Library) {
    let mut attempts = Vec::new();
    for (actor, workspace) in (0..4).flat_map(|_| [(library.lead.clone(), HERE), (library.outsider.clone(), THERE)]) {
        let store = library.database.store.clone();
        attempts.push(tokio::spawn(async move {
            let scope = store.scope::<AddMembers>(&actor, workspace).await.unwrap();
            refused(scope.add_member(&member("Newcomer", "viewer")).await)
        }));
    }
    for attempt in attempts {
        assert_eq!(attempt.await.unwrap(), "done");
    }
    assert_eq!(library.database.number("SELECT count(*) FROM person WHERE email LIKE 'newcomer%'", []).await, 1);
}

async fn refused_members_change_nothing(library: Library) {
    let before = library.read().await.members().await.unwrap();
    let add = library.scope::<AddMembers>(&library.owner).await;
    let wrong = MemberDraft { name: "\0".into(), email: "a\0@b.co".into(), role: "king".into() };
    assert_eq!(refused_field(add.add_member(&wrong).await), ["name", "email", "role"]);
    assert_eq!(refused(add.renew_link("nobody@holm.example").await), "not found");
    assert_eq!(refused(add.renew_link("outsider@holm.example").await), "not found");
    assert_eq!(library.read().await.members().await.unwrap(), before);
}

async fn money_is_hidden_by_a_setting(library: Library) {
    let mut settings = library.read().await.workspace().settings.clone();
    settings.money_for_all = false;
    library.configure().await.change_settings("Holm", &settings).await.unwrap();
    for (actor, sees) in [(&library.viewer, false), (&library.contributor, false), (&library.lead, true), (&library.owner, true)] {
        assert_eq!(library.scope::<Read>(actor).await.sees_money(), sees);
    }
    assert_eq!(library.read().await.workspace().name, "Holm");
    assert_eq!(event(&library, Subject::Workspace, HERE).await, "Leo Lead edited: Changed the settings");
}
