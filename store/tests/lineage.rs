//! Lineage: the tree, splitting, merging and taking that back, with nothing lost on the way.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::comments::CommentDraft;
use domain::evidence::{EvidenceDraft, LinkDraft};
use domain::experiments::Outcome;
use domain::hypotheses::{HypothesisDraft, LineageNode, MergeDraft, SplitDraft, Stage};
use store::{Contribute, PageRequest, StoreError};
use support::trials::{clear_win, conclusion, decide, trial};
use support::{Library, all, counters_are_true, event, events, idea, on_both_databases, refused, refused_field, whole};

on_both_databases!(
    a_tree_shows_what_came_of_a_hypothesis,
    a_part_that_is_split_off_rests_on_the_same_evidence,
    a_split_is_taken_back_until_somebody_goes_on,
    a_merge_takes_everything_along,
    a_merge_is_taken_back_whole,
    what_moved_on_since_a_merge_is_left_alone,
    merges_that_make_no_sense_are_refused,
    outsiders_find_nothing,
);

const H: Subject = Subject::Hypothesis;

fn child(title: &str, parent: &str) -> HypothesisDraft {
    HypothesisDraft { parent: Some(parent.into()), ..idea(title) }
}

fn into(number: &str) -> MergeDraft {
    MergeDraft { into: number.into(), reason: None }
}

/// "H-1 (H-2 next, H-3 split_from)".
fn told(node: &LineageNode) -> String {
    let edge = node.edge.map(|edge| format!(" {edge:?}")).unwrap_or_default();
    let below: Vec<String> = node.children.iter().map(told).collect();
    let below = if below.is_empty() { String::new() } else { format!(" ({})", below.join(", ")) };
    format!("{}{edge}{below}", node.number)
}

async fn tree(library: &Library, number: &str) -> String {
    told(&library.read().await.lineage(number).await.unwrap().root)
}

async fn add_evidence(library: &Library, hypothesis: &str, title: &str, direction: &str) -> String {
    let contribute = library.contribute().await;
    let draft = EvidenceDraft { title: title.into(), kind: "analytics".into(), ..EvidenceDraft::default() };
    let number = contribute.create_evidence(&draft).await.unwrap().number;
    link(library, hypothesis, &number, direction).await;
    number
}

async fn link(library: &Library, hypothesis: &str, evidence: &str, direction: &str) {
    let draft = LinkDraft { direction: direction.into(), ..LinkDraft::default() };
    library.contribute().await.link_evidence(hypothesis, evidence, &draft).await.unwrap();
}

async fn say(library: &Library, number: &str, body: &str) {
    library.contribute().await.add_comment(H, number, &CommentDraft { body: body.into() }).await.unwrap();
}

/// What is said about a hypothesis, newest first.
async fn talk(library: &Library, number: &str) -> Vec<String> {
    let page = library.read().await.comments(H, number, &PageRequest::default()).await.unwrap();
    page.items.into_iter().map(|one| one.body).collect()
}

async fn rests_on(library: &Library, number: &str) -> Vec<String> {
    let mut linked: Vec<String> =
        library.read().await.evidence_of(number).await.unwrap().into_iter().map(|one| one.evidence.number).collect();
    linked.sort();
    linked
}

async fn last_event(library: &Library, number: &str, action: &str) -> i64 {
    events(library, H, number).await.into_iter().find(|event| event.action == action).unwrap().id
}

async fn a_tree_shows_what_came_of_a_hypothesis(library: Library) {
    let tested = library.add_idea("Tested").await.number;
    let test = library.stopped(&trial("Dates", &[&tested]), &clear_win()).await;
    library.run_tests().await.conclude_test(&test.number, &conclusion("win", vec![decide("stop")])).await.unwrap();
    let contribute = library.contribute().await;
    let taught = contribute.create_hypothesis(&child("Taught", "L-1")).await.unwrap().number;
    let grown = contribute.create_hypothesis(&child("Grown", &tested)).await.unwrap().number;
    let later = contribute.create_hypothesis(&child("Later", &grown)).await.unwrap().number;
    let expected = format!("{tested} ({taught} LedTo, {grown} LedTo ({later} Next))");
    for number in [&tested, &taught, &grown, &later] {
        assert_eq!(tree(&library, number).await, expected);
    }
    let root = library.read().await.lineage(&later).await.unwrap().root;
    assert_eq!((root.outcome, root.stage), (Some(Outcome::Win), Some(Stage::Decided)));
    let lonely = library.add_idea("Lonely").await.number;
    assert!(library.read().await.lineage(&lonely).await.unwrap().is_alone());
}

async fn a_part_that_is_split_off_rests_on_the_same_evidence(library: Library) {
    let made = library.contribute().await.create_hypothesis(&whole("Move the button and add a badge")).await.unwrap();
    add_evidence(&library, &made.number, "Seen", "supports").await;
    add_evidence(&library, &made.number, "Doubted", "contradicts").await;
    library.score(&library.lead, &made.number, [8, 6, 7]).await;
    let draft =
        SplitDraft { title: "Only the badge".into(), change: Some("adding a badge".into()), keeps: Some("moving the button".into()) };
    let part = library.contribute().await.split_hypothesis(&made.number, &draft).await.unwrap();
    assert_eq!((part.title.as_str(), part.statement.change.as_deref()), ("Only the badge", Some("adding a badge")));
    assert_eq!((part.statement.because.clone(), part.guard_rails.clone()), (made.statement.because.clone(), made.guard_rails.clone()));
    assert_eq!((part.evidence.supports, part.evidence.contradicts, part.score), (1, 1, None));
    let rest = library.read().await.hypothesis(&made.number).await.unwrap();
    assert_eq!(rest.statement.change.as_deref(), Some("moving the button"));
    assert!(rest.score.is_some());
    assert_eq!(tree(&library, &part.number).await, format!("{} ({} SplitFrom)", made.number, part.number));
    assert_eq!(event(&library, H, &made.number).await, format!("Cora Contributor split: {} Only the badge", part.number));
    let same = SplitDraft { title: made.title, ..SplitDraft::default() };
    assert_eq!(refused_field(library.contribute().await.split_hypothesis(&made.number, &same).await), ["title"]);
    counters_are_true(&library).await;
}

async fn a_split_is_taken_back_until_somebody_goes_on(library: Library) {
    let made = library.contribute().await.create_hypothesis(&whole("Move the button and add a badge")).await.unwrap();
    let draft = SplitDraft { title: "A part".into(), change: None, keeps: Some("moving the button".into()) };
    let part = library.contribute().await.split_hypothesis(&made.number, &draft).await.unwrap().number;
    let id = last_event(&library, &made.number, "split").await;
    let report = library.contribute().await.undo_event(id).await.unwrap();
    assert_eq!((report.undone, report.left_alone), (vec![part.clone(), made.number.clone()], vec![]));
    let back = library.read().await.hypothesis(&made.number).await.unwrap();
    assert_eq!(back.statement, made.statement);
    assert!(library.read().await.hypothesis(&part).await.unwrap().archived);
    assert_eq!(refused(library.contribute().await.undo_event(id).await), "conflict");
    let part = library.contribute().await.split_hypothesis(&made.number, &draft).await.unwrap().number;
    library.contribute().await.edit_hypothesis(&part, &idea("Gone on"), None).await.unwrap();
    library.contribute().await.edit_hypothesis(&made.number, &idea("Gone on, too"), None).await.unwrap();
    let id = last_event(&library, &made.number, "split").await;
    let report = library.contribute().await.undo_event(id).await.unwrap();
    let left: Vec<&str> = report.left_alone.iter().map(|one| one.number.as_str()).collect();
    assert_eq!((report.undone.len(), left), (0, vec![part.as_str(), made.number.as_str()]));
    counters_are_true(&library).await;
}

/// H-1 and H-2 with shared and own evidence, scores, comments, tags and something that grew out of H-2, H-3.
async fn two(library: &Library) {
    let contribute = library.contribute().await;
    let tagged = |draft: HypothesisDraft, tags: [&str; 2]| HypothesisDraft { tags: tags.map(str::to_owned).to_vec(), ..draft };
    contribute.create_hypothesis(&tagged(whole("Move the button and add a badge"), ["a", "b"])).await.unwrap();
    contribute.create_hypothesis(&tagged(idea("The same again"), ["b", "c"])).await.unwrap();
    contribute.create_hypothesis(&child("Grown", "H-2")).await.unwrap();
    let shared = add_evidence(library, "H-1", "Shared", "supports").await;
    link(library, "H-2", &shared, "contradicts").await;
    add_evidence(library, "H-2", "Own", "supports").await;
    library.score(&library.lead, "H-1", [8, 8, 8]).await;
    library.score(&library.lead, "H-2", [1, 1, 1]).await;
    library.score(&library.contributor, "H-2", [2, 4, 6]).await;
    say(library, "H-1", "First").await;
    say(library, "H-2", "Second").await;
}

async fn a_merge_takes_everything_along(library: Library) {
    two(&library).await;
    let merged = library
        .contribute()
        .await
        .merge_hypothesis("H-2", &MergeDraft { reason: Some("Said twice".into()), ..into("h-1 ") })
        .await
        .unwrap();
    assert_eq!((merged.number.as_str(), merged.tags.as_slice()), ("H-1", ["a", "b", "c"].map(str::to_owned).as_slice()));
    assert_eq!(rests_on(&library, "H-1").await, ["E-1", "E-2"]);
    assert_eq!((merged.evidence.supports, merged.evidence.contradicts), (2, 0));
    let score = merged.score.unwrap();
    assert_eq!((score.scorers, score.criteria["impact"].value), (2, 5.0));
    assert_eq!(talk(&library, "H-1").await, ["Second", "First"]);
    let gone = library.read().await.hypothesis("H-2").await.unwrap();
    assert_eq!((gone.archived, gone.merged_into.as_deref(), gone.evidence.contradicts), (true, Some("H-1"), 1));
    assert_eq!(library.read().await.hypothesis("H-3").await.unwrap().parent.as_deref(), Some("H-1"));
    assert_eq!(tree(&library, "H-2").await, "H-2");
    assert_eq!(tree(&library, "H-1").await, "H-1 (H-2 MergedInto, H-3 Next)");
    assert_eq!(last_event(&library, "H-2", "merged into").await, last_event(&library, "H-1", "merged").await + 1);
    counters_are_true(&library).await;
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn a_merge_is_taken_back_whole(library: Library) {
    two(&library).await;
    let before = all(&library).await;
    let talks = [talk(&library, "H-1").await, talk(&library, "H-2").await];
    library.contribute().await.merge_hypothesis("H-2", &into("H-1")).await.unwrap();
    let id = last_event(&library, "H-1", "merged").await;
    let report = library.contribute().await.undo_event(id).await.unwrap();
    assert_eq!((report.undone, report.left_alone), (vec!["H-2".to_owned()], vec![]));
    for (was, is) in before.iter().zip(all(&library).await) {
        let was = domain::hypotheses::Hypothesis { version: is.version, updated_at: is.updated_at, ..was.clone() };
        assert_eq!(was, is);
    }
    assert_eq!([talk(&library, "H-1").await, talk(&library, "H-2").await], talks);
    assert_eq!(rests_on(&library, "H-2").await, ["E-1", "E-2"]);
    assert_eq!(refused(library.contribute().await.undo_event(id).await), "conflict");
    counters_are_true(&library).await;
}

async fn what_moved_on_since_a_merge_is_left_alone(library: Library) {
    two(&library).await;
    library.contribute().await.merge_hypothesis("H-2", &into("H-1")).await.unwrap();
    library.contribute().await.unlink_evidence("H-1", "E-2").await.unwrap();
    say(&library, "H-1", "Third").await;
    let id = last_event(&library, "H-1", "merged").await;
    let report = library.contribute().await.undo_event(id).await.unwrap();
    assert_eq!(report.left_alone.iter().map(|one| one.why.as_str()).collect::<Vec<_>>(), ["1 links to evidence changed since"]);
    assert_eq!(talk(&library, "H-1").await, ["Third", "First"]);
    let other = last_event(&library, "H-1", "created").await;
    assert_eq!(refused(library.contribute().await.undo_event(other).await), "conflict");
}

async fn merges_that_make_no_sense_are_refused(library: Library) {
    library.add_idea("One").await;
    library.contribute().await.create_hypothesis(&child("Two", "H-1")).await.unwrap();
    library.contribute().await.create_hypothesis(&child("Three", "H-2")).await.unwrap();
    library.add_idea("Four").await;
    library.contribute().await.archive_hypothesis("H-4").await.unwrap();
    let contribute = library.contribute().await;
    for (part, whole) in
        [("H-1", "H-1"), ("H-3", "H-1"), ("H-1", "H-3"), ("H-1", "H-4"), ("H-4", "H-1"), ("H-1", "H-9"), ("H-1", "x"), ("H-1", "")]
    {
        assert_eq!(refused_field(contribute.merge_hypothesis(part, &into(whole)).await), ["into"], "{part} {whole}");
    }
    assert_eq!(refused(contribute.merge_hypothesis("H-9", &into("H-1")).await), "not found");
    assert!(all(&library).await.iter().all(|one| one.merged_into.is_none()));
}

async fn outsiders_find_nothing(library: Library) {
    two(&library).await;
    library.contribute().await.merge_hypothesis("H-2", &into("H-1")).await.unwrap();
    let id = last_event(&library, "H-1", "merged").await;
    let elsewhere = library.elsewhere::<Contribute>().await;
    assert!(matches!(elsewhere.lineage("H-1").await, Err(StoreError::NotFound)));
    assert!(matches!(elsewhere.undo_event(id).await, Err(StoreError::NotFound)));
    assert!(matches!(elsewhere.merge_hypothesis("H-1", &into("H-2")).await, Err(StoreError::NotFound)));
    assert!(matches!(
        elsewhere.split_hypothesis("H-1", &SplitDraft { title: "x".into(), ..SplitDraft::default() }).await,
        Err(StoreError::NotFound)
    ));
}
