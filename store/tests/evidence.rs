//! Capture, edit, archive and links of evidence; counters and events after every step.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{DateTime, Utc};
use domain::activity::Subject;
use domain::evidence::{
    Class, Direction, Evidence, EvidenceDraft, EvidenceQuery, FreshnessWord, Kind, LinkDraft, LinkedEvidence, SourceDraft, Worth,
};
use domain::search::Kind as Found;
use domain::sites::{Device, SiteDraft};
use std::collections::BTreeMap;
use store::{Contribute, StoreError};
use support::{HERE, Library, SHOP, counters_are_true, event, events, on_both_databases, refused, refused_field};

on_both_databases!(
    title_and_kind_are_enough,
    every_field_reads_back_as_it_was_given,
    an_edit_replaces_what_was_said_and_records_both,
    refused_input_names_each_field_and_changes_nothing,
    the_future_begins_where_the_site_is,
    archived_evidence_leaves_lists_and_search_and_comes_back,
    a_link_is_put_changed_and_taken_away,
    putting_the_same_link_twice_changes_nothing,
    evidence_is_kept_with_its_first_link_or_not_at_all,
    archived_evidence_takes_no_new_link,
    viewers_are_forbidden_and_outsiders_find_nothing,
);

const E: Subject = Subject::Evidence;
const H: Subject = Subject::Hypothesis;

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn whole() -> EvidenceDraft {
    EvidenceDraft {
        finding: some("**6 of 8** stopped at the registration number."),
        source: Some(SourceDraft { name: some("Usability sessions"), url: some("https://research.example/12") }),
        observed_from: some("2024-09-01"),
        observed_to: some("2024-09-12"),
        sample_size: Some(8),
        site: some(SHOP),
        areas: vec!["checkout".into(), "sign-up".into()],
        devices: vec!["mobile".into()],
        audiences: vec!["new".into()],
        tags: vec!["Trade".into(), "trade".into(), "sign-up".into()],
        ..EvidenceDraft::titled("6 of 8 buyers did not have the registration number to hand", Kind::UserTest)
    }
}

async fn add(library: &Library, title: &str, kind: Kind) -> Evidence {
    library.contribute().await.create_evidence(&EvidenceDraft::titled(title, kind)).await.unwrap()
}

/// Every piece of evidence, archived ones included, by number.
async fn every(library: &Library) -> Vec<Evidence> {
    let scope = library.read().await;
    let mut found = Vec::new();
    loop {
        match scope.evidence(&format!("E-{}", found.len() + 1)).await {
            Ok(evidence) => found.push(evidence),
            Err(StoreError::NotFound) => return found,
            Err(error) => panic!("{error}"),
        }
    }
}

async fn counts_are_true(library: &Library) {
    let mut real: BTreeMap<Kind, u64> = Kind::ALL.into_iter().map(|kind| (kind, 0)).collect();
    for one in every(library).await.iter().filter(|one| !one.archived) {
        *real.entry(one.kind).or_default() += 1;
    }
    let scope = library.read().await;
    assert_eq!(scope.evidence_counts().await.unwrap(), real);
    assert_eq!(scope.evidence_list(&EvidenceQuery::default()).await.unwrap().total, real.values().sum::<u64>());
    counters_are_true(library).await;
}

async fn found(library: &Library, words: &str) -> Vec<String> {
    let found = library.read().await.search(words, 10).await.unwrap();
    found.into_iter().filter(|one| one.kind == Found::Evidence).map(|one| one.name).collect()
}

async fn title_and_kind_are_enough(library: Library) {
    let made = add(&library, " Exits after\nfilters ", Kind::Analytics).await;
    assert_eq!((made.number.as_str(), made.title.as_str(), made.version, made.uses), ("E-1", "Exits after filters", 1, 0));
    assert_eq!(
        (made.kind, made.class, made.freshness.word, made.freshness.value),
        (Kind::Analytics, Class::Behaviour, FreshnessWord::Fresh, 1.0)
    );
    assert_eq!((made.author.as_deref(), made.author_name.as_deref()), (Some("contributor@holm.example"), Some("Cora Contributor")));
    assert_eq!((made.observed_to, made.source.is_none(), made.archived), (None, true, false));
    assert_eq!(made, library.read().await.evidence("E-1").await.unwrap());
    assert_eq!(event(&library, E, "E-1").await, "Cora Contributor created: Exits after filters");
    assert_eq!(add(&library, "Second", Kind::Survey).await.number, "E-2");
    counts_are_true(&library).await;
}

async fn every_field_reads_back_as_it_was_given(library: Library) {
    let made = library.contribute().await.create_evidence(&whole()).await.unwrap();
    assert_eq!(made, library.read().await.evidence("E-1").await.unwrap());
    let expected = EvidenceDraft { tags: vec!["trade".into(), "sign-up".into()], ..whole() };
    assert_eq!(EvidenceDraft::of(&made), expected);
    assert_eq!((made.devices.as_slice(), made.class), (&[Device::Mobile][..], Class::UserResearch));
    assert_eq!(found(&library, "registration").await, ["E-1"]);
    assert_eq!(found(&library, "stopped").await, ["E-1"], "the finding is searched");
}

async fn an_edit_replaces_what_was_said_and_records_both(library: Library) {
    let made = library.contribute().await.create_evidence(&whole()).await.unwrap();
    let draft = EvidenceDraft {
        kind: "own_test".into(),
        worth: some("invalid"),
        ..EvidenceDraft::titled("Sign-up without a number", Kind::OwnTest)
    };
    let scope = library.contribute().await;
    let edited = scope.edit_evidence("E-1", &draft, Some(1)).await.unwrap();
    assert_eq!((edited.version, edited.kind, edited.worth, edited.created_at), (2, Kind::OwnTest, Some(Worth::Invalid), made.created_at));
    assert_eq!((edited.areas.len(), edited.tags.len(), edited.finding), (0, 0, None));
    assert_eq!(event(&library, E, "E-1").await, "Cora Contributor edited: Sign-up without a number");
    let before = "SELECT before FROM event WHERE subject = 'evidence' AND action = 'edited'";
    let before = library.database.texts(before, []).await.remove(0);
    assert!(before.contains("registration number") && before.contains("2024-09-12"), "{before}");
    let by_tag = EvidenceQuery { tag: vec!["trade".into()], ..EvidenceQuery::default() };
    assert_eq!(scope.evidence_list(&by_tag).await.unwrap().total, 0);
    assert!(found(&library, "registration").await.is_empty());
    let late = scope.edit_evidence("E-1", &whole(), Some(1)).await;
    assert!(matches!(late, Err(StoreError::Stale { current: 2 })));
    assert_eq!(events(&library, E, "E-1").await.len(), 2);
    counts_are_true(&library).await;
}

async fn refused_input_names_each_field_and_changes_nothing(library: Library) {
    let scope = library.contribute().await;
    let faults = EvidenceDraft {
        site: some("attic"),
        areas: vec!["roof".into()],
        audiences: vec!["martians".into()],
        observed_to: some("2999-01-01"),
        sample_size: Some(0),
        ..EvidenceDraft::default()
    };
    let fields = ["title", "kind", "observed_to", "sample_size", "site", "areas", "audiences"];
    assert_eq!(refused_field(scope.create_evidence(&faults).await), fields);
    add(&library, "Kept", Kind::Survey).await;
    assert_eq!(refused_field(scope.edit_evidence("E-1", &faults, None).await), fields);
    assert_eq!(library.read().await.evidence("E-1").await.unwrap().version, 1);
    assert_eq!(refused(library.read().await.evidence("E-2").await), "not found");
    for strange in ["E-0", "E-01", "e-1", "E-", "H-1", "1", "E-99999999999999999999"] {
        assert_eq!(refused(scope.evidence(strange).await), "not found", "{strange}");
    }
    counts_are_true(&library).await;
}

async fn the_future_begins_where_the_site_is(library: Library) {
    for (slug, zone) in [("east", "Pacific/Kiritimati"), ("west", "Pacific/Pago_Pago")] {
        let site = SiteDraft { name: slug.into(), currency: "USD".into(), time_zone: some(zone), ..SiteDraft::default() };
        library.configure().await.create_site(&site).await.unwrap();
    }
    let refusal = async |site: Option<&str>, now: &str, day: &str| {
        let draft = EvidenceDraft { site: site.map(str::to_owned), observed_from: some(day), ..EvidenceDraft::titled("T", Kind::Survey) };
        refused(library.contribute().await.at(at(now)).create_evidence(&draft).await)
    };
    assert_eq!(refusal(Some("east"), "2026-11-20T12:00:00Z", "2026-11-21").await, "done");
    assert_eq!(refusal(Some(SHOP), "2026-11-20T12:00:00Z", "2026-11-21").await, "invalid");
    assert_eq!(refusal(Some("west"), "2026-11-20T05:00:00Z", "2026-11-20").await, "invalid");
    assert_eq!(refusal(Some("west"), "2026-11-20T12:00:00Z", "2026-11-20").await, "done");
    assert_eq!(refusal(None, "2026-11-20T12:00:00Z", "2026-11-21").await, "done", "any site may be meant");
    assert_eq!(refusal(None, "2026-11-20T12:00:00Z", "2026-11-22").await, "invalid");
}

async fn archived_evidence_leaves_lists_and_search_and_comes_back(library: Library) {
    add(&library, "Stock questions", Kind::SupportLog).await;
    let scope = library.contribute().await;
    let archived = scope.archive_evidence("E-1").await.unwrap();
    assert_eq!((archived.archived, archived.version), (true, 2));
    assert_eq!(event(&library, E, "E-1").await, "Cora Contributor archived: Stock questions");
    assert_eq!(scope.archive_evidence("E-1").await.unwrap().version, 2, "once is enough");
    assert!(found(&library, "stock").await.is_empty());
    counts_are_true(&library).await;
    scope.edit_evidence("E-1", &EvidenceDraft::titled("Stock questions, 640 chats", Kind::Survey), None).await.unwrap();
    assert!(found(&library, "stock").await.is_empty(), "an edit brings nothing back");
    counts_are_true(&library).await;
    assert!(!scope.restore_evidence("E-1").await.unwrap().archived);
    assert_eq!(event(&library, E, "E-1").await, "Cora Contributor restored: Stock questions, 640 chats");
    assert_eq!(found(&library, "chats").await, ["E-1"]);
    counts_are_true(&library).await;
}

async fn a_link_is_put_changed_and_taken_away(library: Library) {
    let held = library.add_idea("Show stock").await;
    let item = add(&library, "Chats", Kind::SupportLog).await;
    let scope = library.contribute().await;
    let draft = LinkDraft { note: some("direct"), ..LinkDraft::new(Direction::Supports) };
    let linked = scope.link_evidence("H-1", "E-1", &draft).await.unwrap();
    assert_eq!((linked.evidence.confidence, linked.evidence.supports, linked.evidence.strength.as_str()), (1.5, 1, "weak"));
    assert_eq!((linked.version, linked.updated_at), (held.version, held.updated_at), "a link is not part of the text");
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor linked: E-1 supports it: Chats (direct)");
    assert_eq!(event(&library, E, "E-1").await, "Cora Contributor linked: It supports H-1: Show stock (direct)");
    let [LinkedEvidence { link, evidence, .. }] = &scope.evidence_of("H-1").await.unwrap()[..] else { panic!("one link") };
    assert_eq!(
        (link.direction, link.note.as_deref(), evidence.uses, evidence.version),
        (Direction::Supports, Some("direct"), 1, item.version)
    );

    let changed = scope.link_evidence("H-1", "E-1", &LinkDraft::new(Direction::Contradicts)).await.unwrap();
    assert_eq!((changed.evidence.contradicts, changed.evidence.supports, changed.evidence.strength.as_str()), (1, 0, "contradicted"));
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor relinked: E-1 contradicts it: Chats");
    let after = library.database.texts("SELECT before FROM event WHERE subject = 'hypothesis' AND action = 'relinked'", []).await;
    assert!(after[0].contains("\"supports\"") && after[0].contains("1.5"), "{after:?}");
    let users = scope.hypotheses_of("E-1").await.unwrap();
    assert_eq!((users[0].number.as_str(), users[0].link.direction, users[0].link.note.as_deref()), ("H-1", Direction::Contradicts, None));

    let free = scope.unlink_evidence("H-1", "E-1").await.unwrap();
    assert_eq!((free.evidence, scope.evidence("E-1").await.unwrap().uses), (held.evidence, 0));
    assert_eq!(event(&library, E, "E-1").await, "Cora Contributor unlinked: It is no longer linked to H-1: Show stock");
    assert!(scope.evidence_of("H-1").await.unwrap().is_empty());
}

async fn putting_the_same_link_twice_changes_nothing(library: Library) {
    library.add_idea("Show stock").await;
    add(&library, "Chats", Kind::SupportLog).await;
    let scope = library.contribute().await;
    for _ in 0..3 {
        scope.link_evidence("H-1", "E-1", &LinkDraft::new(Direction::Supports)).await.unwrap();
    }
    assert_eq!((events(&library, H, "H-1").await.len(), events(&library, E, "E-1").await.len()), (2, 2));
    for _ in 0..2 {
        scope.unlink_evidence("H-1", "E-1").await.unwrap();
    }
    assert_eq!((events(&library, H, "H-1").await.len(), events(&library, E, "E-1").await.len()), (3, 3));
    let wrong = LinkDraft { direction: "proves".into(), ..LinkDraft::default() };
    assert_eq!(refused_field(scope.link_evidence("H-1", "E-1", &wrong).await), ["direction"]);
}

async fn evidence_is_kept_with_its_first_link_or_not_at_all(library: Library) {
    library.add_idea("Show stock").await;
    let scope = library.contribute().await;
    let draft = EvidenceDraft::titled("Chats", Kind::SupportLog);
    let link = LinkDraft::new(Direction::Supports);
    assert_eq!(scope.create_evidence_for("H-1", &draft, &link).await.unwrap().uses, 1);
    assert_eq!(refused(scope.create_evidence_for("H-9", &draft, &link).await), "not found");
    assert_eq!(refused(scope.create_evidence_for("H-1", &draft, &LinkDraft::default()).await), "invalid");
    assert_eq!(every(&library).await.len(), 1);
    counts_are_true(&library).await;
}

async fn archived_evidence_takes_no_new_link(library: Library) {
    library.add_idea("Show stock").await;
    library.add_idea("Show prices").await;
    add(&library, "Chats", Kind::SupportLog).await;
    let scope = library.contribute().await;
    let link = LinkDraft::new(Direction::Supports);
    scope.link_evidence("H-1", "E-1", &link).await.unwrap();
    scope.archive_evidence("E-1").await.unwrap();
    assert_eq!(refused(scope.link_evidence("H-2", "E-1", &link).await), "conflict");
    let users = scope.users_of(&["E-1".into(), "E-9".into()], 3).await.unwrap();
    assert_eq!(users, BTreeMap::from([("E-1".to_owned(), vec!["H-1".to_owned()])]));
    assert!(scope.evidence_of("H-1").await.unwrap()[0].evidence.archived, "it is still shown where it was linked");
    assert_eq!(refused(scope.unlink_evidence("H-1", "E-1").await), "done");
}

async fn viewers_are_forbidden_and_outsiders_find_nothing(library: Library) {
    library.add_idea("Show stock").await;
    add(&library, "Chats", Kind::SupportLog).await;
    let store = &library.database.store;
    assert_eq!(refused(store.scope::<Contribute>(&library.viewer, HERE).await), "forbidden");
    assert_eq!(refused(store.scope::<Contribute>(&library.outsider, HERE).await), "not found");
    let elsewhere = library.elsewhere::<Contribute>().await;
    let (draft, link) = (EvidenceDraft::titled("T", Kind::Survey), LinkDraft::new(Direction::Supports));
    assert_eq!(refused(elsewhere.evidence("E-1").await), "not found");
    assert_eq!(refused(elsewhere.hypotheses_of("E-1").await), "not found");
    assert!(elsewhere.users_of(&["E-1".into()], 3).await.unwrap().is_empty());
    assert_eq!(refused(elsewhere.evidence_of("H-1").await), "not found");
    assert_eq!(refused(elsewhere.confidence_explained("H-1").await), "not found");
    assert_eq!(refused(elsewhere.edit_evidence("E-1", &draft, None).await), "not found");
    assert_eq!(refused(elsewhere.archive_evidence("E-1").await), "not found");
    assert_eq!(refused(elsewhere.restore_evidence("E-1").await), "not found");
    assert_eq!(elsewhere.evidence_list(&EvidenceQuery::default()).await.unwrap().total, 0);
    let theirs = elsewhere.create_evidence(&draft).await.unwrap();
    assert_eq!(theirs.number, "E-1", "numbers count up in each workspace");
    assert_eq!(refused(elsewhere.link_evidence("H-1", "E-1", &link).await), "not found");
    assert_eq!(refused(elsewhere.unlink_evidence("H-1", "E-1").await), "not found");
    elsewhere.create_hypothesis(&support::idea("Theirs")).await.unwrap();
    add(&library, "Second", Kind::Survey).await;
    assert_eq!(refused(elsewhere.link_evidence("H-1", "E-2", &link).await), "not found");
    assert_eq!(library.read().await.evidence("E-1").await.unwrap().title, "Chats");
    counts_are_true(&library).await;
}
