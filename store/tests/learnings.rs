//! Learnings by hand and from tests: capture, edit, evidence, the list.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::evidence::Kind as EvidenceKind;
use domain::experiments::Outcome;
use domain::learnings::{EffectDraft, LearningDraft, LearningQuery, Surprise};
use domain::search::Kind as Found;
use store::{Read, RunTests, StoreError};
use support::trials::{clear_win, conclusion, decide, noon, some, trial};
use support::{HERE, Library, SHOP, event, on_both_databases, refused, refused_field};

on_both_databases!(
    one_sentence_is_enough_and_becomes_evidence,
    every_field_reads_back_as_it_was_given,
    an_edit_keeps_what_the_test_found,
    refused_input_names_each_field_and_changes_nothing,
    lists_page_and_filter,
    viewers_are_forbidden_and_outsiders_find_nothing,
);

const L: Subject = Subject::Learning;

fn learning(sentence: &str) -> LearningDraft {
    LearningDraft { sentence: sentence.into(), ..LearningDraft::default() }
}

fn whole() -> LearningDraft {
    LearningDraft {
        what_happened: some("Orders rose by 5%."),
        why: some("A date is a promise."),
        surprise: some("surprising"),
        areas: vec!["basket".into(), "checkout".into()],
        audiences: vec!["trade".into()],
        lever: some("trust"),
        recheck_on: some("2027-11-20"),
        site: some(SHOP),
        hypotheses: vec!["H-1".into()],
        outcome: some("win"),
        effect: Some(EffectDraft { metric: "conversion-rate".into(), estimate: Some(0.05), low: Some(0.01), high: Some(0.09) }),
        ended_on: some("2024-05-01"),
        ..learning("Trade buyers trust a date.")
    }
}

async fn one_sentence_is_enough_and_becomes_evidence(library: Library) {
    let kept = library.run_tests().await.create_learning(&learning("Dates help.")).await.unwrap();
    assert_eq!((kept.number.as_str(), kept.author.as_deref(), kept.evidence.as_deref()), ("L-1", Some("Leo Lead"), Some("E-1")));
    assert_eq!(event(&library, L, "L-1").await, "Leo Lead created: Dates help.");
    let evidence = library.read().await.evidence("E-1").await.unwrap();
    assert_eq!((evidence.kind, evidence.title.as_str()), (EvidenceKind::OwnTest, "Dates help."));
    assert_eq!(evidence.source.unwrap().name.as_deref(), Some("L-1"));
    let found = library.read().await.search("dates", 10).await.unwrap();
    assert!(found.iter().any(|one| one.kind == Found::Learning && one.name == "L-1"));
}

async fn every_field_reads_back_as_it_was_given(library: Library) {
    library.add_idea("One").await;
    let kept = library.run_tests().await.create_learning(&whole()).await.unwrap();
    assert_eq!(LearningDraft::of(&kept), whole());
    assert_eq!((kept.surprise, kept.outcome), (Some(Surprise::Surprising), Some(Outcome::Win)));
    let evidence = library.read().await.evidence("E-1").await.unwrap();
    assert_eq!((evidence.areas, evidence.audiences), (vec!["basket".to_owned(), "checkout".to_owned()], vec!["trade".to_owned()]));
    assert_eq!(evidence.observed_to.unwrap().to_string(), "2024-05-01", "its age counts from the end of the test");
}

async fn an_edit_keeps_what_the_test_found(library: Library) {
    library.add_idea("One").await;
    library.stopped(&trial("Date", &["H-1"]), &clear_win()).await;
    let scope = library.run_tests().await;
    scope.conclude_test("T-1", &conclusion("win", vec![decide("ship")])).await.unwrap();
    let kept = library.read().await.learning("L-1").await.unwrap();
    let mended = LearningDraft { why: some("A date is a promise."), ..LearningDraft::of(&kept) };
    let edited = scope.edit_learning("L-1", &mended, Some(1)).await.unwrap();
    assert_eq!((edited.why.as_deref(), edited.version, edited.effect), (Some("A date is a promise."), 2, kept.effect));
    assert_eq!(event(&library, L, "L-1").await, format!("Leo Lead edited: {}", kept.sentence));
    let other = LearningDraft { outcome: some("loss"), ..mended.clone() };
    assert_eq!(refused_field(scope.edit_learning("L-1", &other, None).await), ["outcome"]);
    assert!(matches!(scope.edit_learning("L-1", &mended, Some(1)).await, Err(StoreError::Stale { current: 2 })));
    scope.create_learning(&learning("By hand.")).await.unwrap();
    let changed = LearningDraft { outcome: some("loss"), ..learning("By hand, and a loss.") };
    assert_eq!(scope.edit_learning("L-2", &changed, None).await.unwrap().outcome, Some(Outcome::Loss));
    let losses = LearningQuery { outcome: vec![Outcome::Loss], ..LearningQuery::default() };
    let page = library.read().await.learnings(&losses).await.unwrap();
    assert_eq!((page.total, page.items.len()), (1, 1), "the counter follows");
}

async fn refused_input_names_each_field_and_changes_nothing(library: Library) {
    let scope = library.run_tests().await;
    let wrong = LearningDraft { lever: some("magic"), ended_on: some("2026-11-21"), ..learning(" \0 ") };
    assert_eq!(refused_field(scope.create_learning(&wrong).await), ["sentence", "lever", "ended_on"]);
    let orphan = LearningDraft { hypotheses: vec!["H-9".into()], ..learning("Dates help.") };
    assert_eq!(refused_field(scope.create_learning(&orphan).await), ["hypotheses"]);
    assert_eq!(library.read().await.learnings(&LearningQuery::default()).await.unwrap().total, 0);
    assert_eq!(refused(library.read().await.evidence("E-1").await), "not found");
}

async fn lists_page_and_filter(library: Library) {
    library.add_idea("One").await;
    let scope = library.run_tests().await;
    scope.create_learning(&whole()).await.unwrap();
    for sentence in ["Second", "Third", "Fourth", "Fifth"] {
        scope.create_learning(&learning(sentence)).await.unwrap();
    }
    let read = library.read().await;
    for (sort, wanted) in [("-created_at", ["L-1", "L-2", "L-3", "L-4", "L-5"]), ("created_at", ["L-5", "L-4", "L-3", "L-2", "L-1"])] {
        let mut query = LearningQuery::from_pairs([("sort", sort), ("limit", "2")]).unwrap();
        let mut found = Vec::new();
        loop {
            let page = read.learnings(&query).await.unwrap();
            assert_eq!(page.total, 5);
            found.extend(page.items.into_iter().map(|learning| learning.number));
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!(found, wanted, "{sort}");
    }
    for (name, value, wanted) in [
        ("outcome", "win", 1),
        ("outcome", "loss", 0),
        ("area", "basket", 1),
        ("area", "search", 0),
        ("audience", "trade", 1),
        ("lever", "trust", 1),
        ("site", SHOP, 1),
        ("q", "promise", 1),
        ("q", "third", 1),
    ] {
        let page = read.learnings(&LearningQuery::from_pairs([(name, value)]).unwrap()).await.unwrap();
        assert_eq!((page.items.len(), page.total), (wanted, wanted as u64), "{name}={value}");
    }
}

async fn viewers_are_forbidden_and_outsiders_find_nothing(library: Library) {
    library.run_tests().await.create_learning(&learning("Ours.")).await.unwrap();
    for actor in [&library.viewer, &library.contributor] {
        assert_eq!(refused(library.database.store.scope::<RunTests>(actor, HERE).await), "forbidden");
    }
    let theirs = library.elsewhere::<RunTests>().await.at(noon());
    for number in ["L-1", "L-0", "l-1", "", "\0", "T-1"] {
        assert_eq!(refused(theirs.learning(number).await), "not found", "{number:?}");
        assert_eq!(refused(theirs.edit_learning(number, &learning("Taken."), None).await), "not found", "{number:?}");
    }
    let outside = library.elsewhere::<Read>().await;
    assert_eq!(outside.learnings(&LearningQuery::default()).await.unwrap().total, 0);
    assert!(outside.search("ours", 10).await.unwrap().is_empty());
    assert_eq!(library.read().await.learning("L-1").await.unwrap().sentence, "Ours.");
}
