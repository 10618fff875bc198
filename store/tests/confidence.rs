//! The stored evidence confidence: true after every change and every day, and the stages that follow from it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::accounts::WorkspaceSettings;
use domain::activity::Subject;
use domain::evidence::{Direction, EvidenceDraft, Item, Kind, LinkDraft, LinkedEvidence, Weights, confidence};
use domain::hypotheses::{BacklogQuery, HandMove, Hypothesis, Stage};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use store::Contribute;
use support::{Library, all, counters_are_true, event, events, on_both_databases, refused, refused_field, whole};

on_both_databases!(
    the_worked_examples_are_stored,
    support_of_a_complete_statement_moves_the_stage_both_ways,
    a_stage_chosen_by_hand_is_left_alone,
    an_edit_or_archiving_renews_all_users_and_is_recorded,
    any_sequence_of_operations_leaves_the_stored_confidence_true,
    a_day_later_only_the_confidence_has_changed,
    the_daily_run_goes_through_any_number,
    what_is_entered_for_the_past_does_not_make_evidence_younger,
    new_weights_weigh_everything_again,
    links_made_at_once_all_count,
);

const SUPPORTS: Direction = Direction::Supports;
const CONTRADICTS: Direction = Direction::Contradicts;

async fn add(library: &Library, kind: Kind) -> String {
    let draft = EvidenceDraft::titled(format!("A finding of {}", kind.name()), kind);
    library.contribute().await.create_evidence(&draft).await.unwrap().number
}

async fn link(library: &Library, hypothesis: &str, evidence: &str, direction: Direction) -> Hypothesis {
    let draft = LinkDraft { same_area: Some(true), ..LinkDraft::new(direction) };
    library.contribute().await.link_evidence(hypothesis, evidence, &draft).await.unwrap()
}

async fn add_linked(library: &Library, hypothesis: &str, kind: Kind, direction: Direction) -> Hypothesis {
    let evidence = add(library, kind).await;
    link(library, hypothesis, &evidence, direction).await
}

async fn add_complete(library: &Library) {
    library.contribute().await.create_hypothesis(&whole("Show the delivery date")).await.unwrap();
}

async fn day_of(library: &Library, number: &str) -> NaiveDate {
    let number: i64 = number[2..].parse().unwrap();
    let day = library.database.number("SELECT evidence_day FROM hypothesis WHERE number = $1", [number.into()]).await;
    NaiveDate::default() + Days::new(day.unsigned_abs())
}

/// What is stored is what the rule says of the links there are, on the day stored.
async fn stored_is_true(library: &Library, weights: &Weights) {
    let scope = library.read().await;
    for held in all(library).await {
        let linked = scope.evidence_of(&held.number).await.unwrap();
        let items: Vec<Item> = linked.iter().filter_map(LinkedEvidence::item).collect();
        let wanted = confidence(&items, weights, day_of(library, &held.number).await);
        assert_eq!(held.evidence, wanted.summary(), "{}", held.number);
        assert_eq!(scope.confidence_explained(&held.number).await.unwrap().terms, wanted.terms);
        let (columns, number) =
            ("SELECT evidence_tenths * 1000 + supports FROM hypothesis WHERE number = $1", held.number[2..].parse::<i64>());
        let columns = library.database.number(columns, [number.unwrap().into()]).await;
        assert_eq!(columns, wanted.tenths() * 1000 + i64::from(wanted.supports), "{}", held.number);
    }
}

async fn the_worked_examples_are_stored(library: Library) {
    for title in ["One", "Two", "Three"] {
        library.add_idea(title).await;
    }
    for kind in [Kind::OwnTest, Kind::Analytics, Kind::Heatmap] {
        add_linked(&library, "H-1", kind, SUPPORTS).await;
    }
    for kind in [Kind::Analytics, Kind::SearchLog, Kind::Interview] {
        add_linked(&library, "H-2", kind, SUPPORTS).await;
    }
    for kind in [Kind::StakeholderInput, Kind::CommercialPriority, Kind::CompetitorCopy, Kind::BestPractice] {
        add_linked(&library, "H-3", kind, SUPPORTS).await;
    }
    let told = |held: &Hypothesis| (held.evidence.confidence, held.evidence.strength.clone());
    let found: Vec<_> = all(&library).await.iter().map(told).collect();
    assert_eq!(found, [(6.8, "strong".to_owned()), (5.2, "good".into()), (1.5, "weak".into())]);
    let doubted = add_linked(&library, "H-1", Kind::Interview, CONTRADICTS).await;
    assert_eq!((told(&doubted), doubted.evidence.supports, doubted.evidence.contradicts), ((5.1, "good".into()), 3, 1));
    assert_eq!(doubted.evidence.kinds.get("interview"), Some(&1));
    let ranked = library.read().await.backlog(&BacklogQuery::from_pairs([("sort", "-evidence")]).unwrap()).await.unwrap();
    let order: Vec<String> = ranked.items.into_iter().map(|held| held.number).collect();
    assert_eq!(order, ["H-2", "H-1", "H-3"]);
    let held = library.contribute().await.link_evidence("H-1", "E-1", &LinkDraft::new(SUPPORTS)).await.unwrap();
    assert_eq!(held.evidence.confidence, 4.4, "0.35 on another area: 1 - 0.65 * 0.64, times 0.75");
}

async fn support_of_a_complete_statement_moves_the_stage_both_ways(library: Library) {
    add_complete(&library).await;
    library.add_idea("A title alone").await;
    let evidence = add(&library, Kind::Survey).await;
    assert_eq!(link(&library, "H-1", &evidence, CONTRADICTS).await.stage, Stage::Idea);
    let gathered = link(&library, "H-1", &evidence, SUPPORTS).await;
    assert_eq!((gathered.stage, gathered.version), (Stage::EvidenceGathered, 2));
    let moved = "Cora Contributor moved: Idea → Evidence gathered (The statement is complete and has supporting evidence.)";
    assert_eq!(event(&library, Subject::Hypothesis, "H-1").await, moved);
    assert_eq!(link(&library, "H-2", &evidence, SUPPORTS).await.stage, Stage::Idea);
    counters_are_true(&library).await;
    let scope = library.contribute().await;
    scope.archive_evidence(&evidence).await.unwrap();
    let back = "Cora Contributor moved: Evidence gathered → Idea (No supporting evidence is linked any more.)";
    assert_eq!(event(&library, Subject::Hypothesis, "H-1").await, back);
    scope.restore_evidence(&evidence).await.unwrap();
    assert_eq!(scope.hypothesis("H-1").await.unwrap().stage, Stage::EvidenceGathered);
    assert_eq!(scope.unlink_evidence("H-1", &evidence).await.unwrap().stage, Stage::Idea);
    let mut invalid = EvidenceDraft::titled("A test gone wrong", Kind::OwnTest);
    invalid.worth = Some("invalid".into());
    let held = scope.create_evidence_for("H-1", &invalid, &LinkDraft::new(SUPPORTS)).await.unwrap();
    assert_eq!((held.uses, scope.hypothesis("H-1").await.unwrap().stage), (1, Stage::Idea), "an invalid test supports nothing");
    counters_are_true(&library).await;
}

async fn a_stage_chosen_by_hand_is_left_alone(library: Library) {
    library.add_idea("Show stock").await;
    let scope = library.contribute().await;
    scope.move_hypothesis("H-1", &HandMove { stage: "prioritised".into(), reason: None }).await.unwrap();
    assert_eq!(add_linked(&library, "H-1", Kind::Survey, CONTRADICTS).await.stage, Stage::Prioritised);
    add_linked(&library, "H-1", Kind::Interview, SUPPORTS).await;
    add_linked(&library, "H-1", Kind::Heatmap, SUPPORTS).await;
    assert_eq!(scope.unlink_evidence("H-1", "E-3").await.unwrap().stage, Stage::Prioritised);
    assert_eq!(scope.unlink_evidence("H-1", "E-2").await.unwrap().stage, Stage::Idea, "the last support is gone");
    counters_are_true(&library).await;
}

async fn an_edit_or_archiving_renews_all_users_and_is_recorded(library: Library) {
    library.add_idea("One").await;
    library.add_idea("Two").await;
    let evidence = add(&library, Kind::BestPractice).await;
    link(&library, "H-1", &evidence, SUPPORTS).await;
    let before = link(&library, "H-2", &evidence, SUPPORTS).await;
    let scope = library.contribute().await;
    scope.edit_evidence(&evidence, &EvidenceDraft::titled("It was tried", Kind::OwnTest), None).await.unwrap();
    for number in ["H-1", "H-2"] {
        assert_eq!(scope.hypothesis(number).await.unwrap().evidence.confidence, 5.0);
        let told = "Cora Contributor reweighed: E-1 was edited: evidence confidence 0.5 → 5.0";
        assert_eq!(event(&library, Subject::Hypothesis, number).await, told);
    }
    let after = scope.hypothesis("H-2").await.unwrap();
    assert_eq!((after.version, after.updated_at), (before.version, before.updated_at));
    scope.archive_evidence(&evidence).await.unwrap();
    let gone = scope.hypothesis("H-2").await.unwrap().evidence;
    assert_eq!((gone.confidence, gone.strength.as_str(), gone.supports, gone.kinds.len()), (0.0, "none", 0, 0));
    let count = events(&library, Subject::Hypothesis, "H-1").await.len();
    scope.edit_evidence(&evidence, &EvidenceDraft::titled("Tried again", Kind::OwnTest), None).await.unwrap();
    assert_eq!(events(&library, Subject::Hypothesis, "H-1").await.len(), count, "archived evidence moves nothing");
    stored_is_true(&library, &Weights::default()).await;
}

async fn any_sequence_of_operations_leaves_the_stored_confidence_true(library: Library) {
    let mut random = StdRng::seed_from_u64(7);
    for n in 0..4 {
        let draft = if n % 2 == 0 { whole(&format!("Idea {n}")) } else { support::idea(&format!("Idea {n}")) };
        library.contribute().await.create_hypothesis(&draft).await.unwrap();
    }
    for n in 0..8 {
        add(&library, Kind::ALL[n * 3]).await;
    }
    for step in 0..120 {
        let (h, e) = (format!("H-{}", random.random_range(1..=4)), format!("E-{}", random.random_range(1..=8)));
        let scope = library.contribute().await;
        let direction = if random.random_bool(0.6) { SUPPORTS } else { CONTRADICTS };
        let draft = LinkDraft { same_area: Some(random.random_bool(0.5)), ..LinkDraft::new(direction) };
        let outcome = match random.random_range(0..8) {
            0..=3 => refused(scope.link_evidence(&h, &e, &draft).await),
            4 => refused(scope.unlink_evidence(&h, &e).await),
            5 => refused(scope.archive_evidence(&e).await),
            6 => refused(scope.restore_evidence(&e).await),
            _ => refused(scope.edit_evidence(&e, &any_draft(&mut random), None).await),
        };
        assert!(["done", "conflict"].contains(&outcome), "{outcome}");
        if step % 6 == 0 {
            stored_is_true(&library, &Weights::default()).await;
        }
    }
    stored_is_true(&library, &Weights::default()).await;
    counters_are_true(&library).await;
    let scope = library.read().await;
    for number in (1..=8).map(|n| format!("E-{n}")) {
        let uses = scope.hypotheses_of(&number).await.unwrap().len();
        assert_eq!(scope.evidence(&number).await.unwrap().uses as usize, uses);
    }
}

fn any_draft(random: &mut StdRng) -> EvidenceDraft {
    let kind = Kind::ALL[random.random_range(0..Kind::ALL.len())];
    let day = Utc::now().date_naive() - Days::new(random.random_range(0..1500));
    let worth = (kind == Kind::OwnTest && random.random_bool(0.5)).then(|| "invalid".to_owned());
    EvidenceDraft { observed_to: Some(day.to_string()), worth, ..EvidenceDraft::titled("Another finding", kind) }
}

async fn a_day_later_only_the_confidence_has_changed(library: Library) {
    add_complete(&library).await;
    library.add_idea("Nothing linked").await;
    for kind in [Kind::BestPractice, Kind::Analytics, Kind::Interview] {
        add_linked(&library, "H-1", kind, SUPPORTS).await;
    }
    let before = all(&library).await;
    let events_before = events(&library, Subject::Hypothesis, "H-1").await.len();
    let store = &library.database.store;
    let later = day_of(&library, "H-1").await + Days::new(270);
    assert_eq!(store.renew_confidence(later).await.unwrap(), 1);
    let after = all(&library).await;
    assert_eq!(after[0].evidence.confidence, 2.6, "1 - (1 - 0.00625)(1 - 0.1)(1 - 0.1768): three, one and half a half-life");
    assert_eq!(Hypothesis { evidence: before[0].evidence.clone(), ..after[0].clone() }, before[0]);
    assert_eq!(after[1], before[1]);
    assert_eq!(events(&library, Subject::Hypothesis, "H-1").await.len(), events_before, "time alone is no event");
    assert_eq!((day_of(&library, "H-1").await, day_of(&library, "H-2").await), (later, NaiveDate::default()));
    assert_eq!(store.renew_confidence(later).await.unwrap(), 0, "once a day is enough");
    assert_eq!(store.renew_confidence(later - Days::new(9)).await.unwrap(), 0, "no way back");
    assert_eq!(all(&library).await, after);
    stored_is_true(&library, &Weights::default()).await;
    store.renew_confidence(later + Days::new(20_000)).await.unwrap();
    let old = all(&library).await.remove(0);
    assert_eq!((old.evidence.confidence, old.stage), (0.0, Stage::EvidenceGathered), "old support is still support");
}

async fn the_daily_run_goes_through_any_number(library: Library) {
    let evidence = add(&library, Kind::Analytics).await;
    for n in 1..=205 {
        library.add_idea(&format!("Idea {n}")).await;
    }
    let all_linked = "INSERT INTO evidence_link (hypothesis_id, evidence_id, workspace_id, direction, same_area, at) \
                      SELECT h.id, e.id, e.workspace_id, 'supports', FALSE, 0 FROM hypothesis h CROSS JOIN evidence e";
    library.database.execute(all_linked, []).await;
    let later = Utc::now().date_naive() + Days::new(270);
    assert_eq!(library.database.store.renew_confidence(later).await.unwrap(), 205);
    assert!(all(&library).await.iter().all(|held| held.evidence.confidence == 1.0));
    library.contribute().await.archive_evidence(&evidence).await.unwrap();
    assert!(all(&library).await.iter().all(|held| held.evidence.strength == "none"));
}

async fn what_is_entered_for_the_past_does_not_make_evidence_younger(library: Library) {
    let then: DateTime<Utc> = "2026-01-01T09:00:00Z".parse().unwrap();
    library.add_idea("Show stock").await;
    let draft = EvidenceDraft::titled("Chats", Kind::Survey);
    let entering = library.contribute().await.at(then);
    entering.create_evidence_for("H-1", &draft, &LinkDraft::new(SUPPORTS)).await.unwrap();
    assert_eq!((day_of(&library, "H-1").await, entering.hypothesis("H-1").await.unwrap().evidence.confidence), (then.date_naive(), 1.5));
    let today = then.date_naive() + Days::new(365);
    library.database.store.renew_confidence(today).await.unwrap();
    entering.create_evidence_for("H-1", &draft, &LinkDraft::new(SUPPORTS)).await.unwrap();
    assert_eq!(day_of(&library, "H-1").await, today);
    assert_eq!(library.read().await.hypothesis("H-1").await.unwrap().evidence.confidence, 1.4, "1 - 0.925 * 0.925");
    stored_is_true(&library, &Weights::default()).await;
}

async fn new_weights_weigh_everything_again(library: Library) {
    add_complete(&library).await;
    add_linked(&library, "H-1", Kind::Interview, SUPPORTS).await;
    let opened_before = library.contribute().await;
    let scope = library.configure().await;
    let mut settings = scope.workspace().settings.clone();
    settings.evidence.user_research.base = 0.4;
    scope.change_settings("Holm Group", &settings).await.unwrap();
    assert_eq!(scope.hypothesis("H-1").await.unwrap().evidence.confidence, 4.0);
    opened_before.create_evidence_for("H-1", &EvidenceDraft::titled("Two", Kind::Interview), &LinkDraft::new(CONTRADICTS)).await.unwrap();
    stored_is_true(&library, &settings.evidence).await;
    let wrong = WorkspaceSettings { evidence: Weights { opinion: settings.evidence.behaviour, ..settings.evidence }, ..settings.clone() };
    let fields = refused_field(library.configure().await.change_settings("Holm Group", &wrong).await);
    assert!(fields.contains(&"evidence.test.other_area".to_owned()), "{fields:?}");
    let scope = library.configure().await;
    settings.evidence.user_research.base = 0.0;
    scope.change_settings("Holm Group", &settings).await.unwrap();
    assert_eq!(scope.hypothesis("H-1").await.unwrap().stage, Stage::Idea, "what weighs nothing is no support");
    stored_is_true(&library, &settings.evidence).await;
}

async fn links_made_at_once_all_count(library: Library) {
    add_complete(&library).await;
    for _ in 0..8 {
        add(&library, Kind::Survey).await;
    }
    let writers = (1..=8).map(|n| {
        let library = library.clone();
        tokio::spawn(async move {
            let scope = library.scope::<Contribute>(&library.contributor).await;
            scope.link_evidence("H-1", &format!("E-{n}"), &LinkDraft::new(SUPPORTS)).await.map(|_| ())
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    let held = library.read().await.hypothesis("H-1").await.unwrap();
    assert_eq!((held.evidence.supports, held.evidence.confidence, held.stage), (8, 3.5, Stage::EvidenceGathered));
    stored_is_true(&library, &Weights::default()).await;
    counters_are_true(&library).await;
}
