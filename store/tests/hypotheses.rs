//! Capture, edit, archive, stages; counters and events after every step; many writers at once.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{TimeZone, Utc};
use domain::activity::Subject;
use domain::evidence::{Direction, EvidenceDraft, Kind, LinkDraft};
use domain::hypotheses::{EffectDraft, Effort, HandMove, Hypothesis, HypothesisDraft, Stage, StatementDraft};
use domain::sites::Device;
use std::collections::BTreeSet;
use store::{Contribute, StoreError};
use support::{Library, all, counters_are_true, event, events, idea, on_both_databases, refused, refused_field, whole};

on_both_databases!(
    a_title_alone_is_enough,
    every_field_reads_back_as_it_was_given,
    a_draft_of_what_is_there_changes_nothing_but_the_version,
    an_edit_replaces_what_was_said_and_records_both,
    a_late_edit_is_told_the_version_and_changes_nothing,
    refused_input_names_each_field_and_changes_nothing,
    archiving_and_restoring_keep_counters_and_words,
    people_move_four_stages_and_each_move_is_recorded,
    an_edit_leaves_a_stage_chosen_by_hand_alone,
    support_of_a_complete_statement_makes_it_gathered,
    one_is_kept_with_what_it_rests_on_or_not_at_all,
    no_line_of_parents_leads_back,
    an_archived_one_can_still_be_edited_and_moved,
    another_time_is_kept_to_the_microsecond,
);

const H: Subject = Subject::Hypothesis;

async fn to(library: &Library, number: &str, stage: &str, reason: Option<&str>) -> Result<Hypothesis, StoreError> {
    let wanted = HandMove { stage: stage.into(), reason: reason.map(str::to_owned) };
    library.contribute().await.move_hypothesis(number, &wanted).await
}

async fn a_title_alone_is_enough(library: Library) {
    let made = library.contribute().await.create_hypothesis(&idea("  Show\nstock\u{0} ")).await.unwrap();
    assert_eq!((made.number.as_str(), made.title.as_str(), made.stage, made.version), ("H-1", "Show stock", Stage::Idea, 1));
    assert_eq!((made.score.is_none(), made.archived, made.rank), (true, false, None));
    assert_eq!((made.evidence.confidence, made.evidence.strength.as_str()), (0.0, "none"));
    assert_eq!(made.created_at, made.updated_at);
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor created: Show stock");
    assert_eq!(library.add_idea("Second").await.number, "H-2");
    counters_are_true(&library).await;
}

async fn every_field_reads_back_as_it_was_given(library: Library) {
    let parent = library.add_idea("Parent").await;
    let draft = HypothesisDraft {
        parent: Some(" h-1 ".into()),
        owner: Some(" LEAD@holm.example".into()),
        effort: Effort { design_days: Some(0.5), development_days: Some(3.25) },
        tags: vec![" Delivery ".into(), "delivery".into(), "Größe 🙂".into()],
        ..whole("Delivery date")
    };
    let made = library.contribute().await.create_hypothesis(&draft).await.unwrap();
    assert_eq!(made, library.read().await.hypothesis("H-2").await.unwrap());
    assert_eq!(made.parent.as_deref(), Some(parent.number.as_str()));
    assert_eq!((made.owner.as_deref(), made.owner_name.as_deref()), (Some("lead@holm.example"), Some("Leo Lead")));
    assert_eq!(made.devices, [Device::Desktop, Device::Mobile]);
    assert_eq!(made.tags, ["delivery", "größe 🙂"]);
    assert_eq!(made.effort, draft.effort);
    assert_eq!((made.statement.is_complete(), made.statement.lever.as_deref()), (true, Some("clarity")));
    assert_eq!(made.details, draft.details);
    let effect = made.statement.effect.unwrap();
    assert_eq!((effect.metric.as_str(), effect.low, effect.high), ("conversion-rate", Some(0.02), Some(0.05)));
}

async fn a_draft_of_what_is_there_changes_nothing_but_the_version(library: Library) {
    let made = library.contribute().await.create_hypothesis(&whole("Delivery date")).await.unwrap();
    let same = library.contribute().await.edit_hypothesis("H-1", &HypothesisDraft::of(&made), Some(1)).await.unwrap();
    assert_eq!(same, Hypothesis { version: 2, updated_at: same.updated_at, ..made });
}

async fn an_edit_replaces_what_was_said_and_records_both(library: Library) {
    library.contribute().await.create_hypothesis(&whole("Delivery date")).await.unwrap();
    let lead = library.scope::<Contribute>(&library.lead).await;
    let edited = lead.edit_hypothesis("H-1", &idea("Pick-up point"), Some(1)).await.unwrap();
    assert_eq!((edited.title.as_str(), edited.version), ("Pick-up point", 2));
    assert!(edited.tags.is_empty() && edited.devices.is_empty() && edited.owner.is_none() && edited.statement.effect.is_none());
    assert_eq!(event(&library, H, "H-1").await, "Leo Lead edited: Pick-up point");
    let texts = library.database.texts("SELECT before || after FROM event WHERE action = 'edited'", []).await;
    assert!(texts[0].contains("Delivery date") && texts[0].contains("Pick-up point") && texts[0].contains("mobile first"));
    assert_eq!(library.database.number("SELECT count(*) FROM hypothesis_tag", []).await, 0);
    counters_are_true(&library).await;
}

async fn a_late_edit_is_told_the_version_and_changes_nothing(library: Library) {
    library.add_idea("First").await;
    let scope = library.contribute().await;
    let current = scope.edit_hypothesis("H-1", &idea("Second"), Some(1)).await.unwrap();
    let late = scope.edit_hypothesis("H-1", &idea("Third"), Some(1)).await;
    assert!(matches!(late, Err(StoreError::Stale { current: 2 })));
    assert_eq!(refused(scope.edit_hypothesis("H-1", &idea("Third"), Some(3)).await), "stale");
    assert_eq!(library.read().await.hypothesis("H-1").await.unwrap(), current);
    assert_eq!(events(&library, H, "H-1").await.len(), 2);
    assert_eq!(scope.edit_hypothesis("H-1", &idea("Third"), None).await.unwrap().version, 3);
}

async fn refused_input_names_each_field_and_changes_nothing(library: Library) {
    library.add_idea("First").await;
    let some = |text: &str| Some(text.to_owned());
    let effect = EffectDraft { metric: some("no-metric"), direction: some("sideways"), low: Some(f64::NAN), high: Some(-1.0) };
    let wrong = HypothesisDraft {
        site: some("no-site"),
        area: some("no-area"),
        devices: vec!["watch".into()],
        statement: StatementDraft {
            lever: some("no-lever"),
            effect: Some(effect),
            because: Some("x".repeat(20_001)),
            ..StatementDraft::default()
        },
        guard_rails: vec!["no-guard".into()],
        owner: some("outsider@holm.example"),
        tags: (0..21).map(|n| format!("t{n}")).collect(),
        effort: Effort { design_days: Some(-1.0), development_days: Some(f64::INFINITY) },
        parent: some("E-1"),
        details: Some("x".repeat(20_001)),
        ..idea(&"x".repeat(301))
    };
    let before = (all(&library).await, events(&library, H, "H-1").await);
    let scope = library.contribute().await;
    let fields: BTreeSet<_> = refused_field(scope.create_hypothesis(&wrong).await).into_iter().collect();
    let said =
        ["because", "effect.direction", "effect.high", "effect.low", "effect.metric", "lever"].map(|part| format!("statement.{part}"));
    let others = [
        "area",
        "details",
        "devices",
        "effort.design_days",
        "effort.development_days",
        "guard_rails",
        "owner",
        "parent",
        "site",
        "tags",
        "title",
    ];
    assert_eq!(fields, others.map(str::to_owned).into_iter().chain(said).collect());
    assert_eq!(refused(scope.edit_hypothesis("H-1", &wrong, Some(1)).await), "invalid");
    assert_eq!(refused_field(scope.create_hypothesis(&idea(" \u{7}")).await), ["title"]);
    let orphan = HypothesisDraft { parent: some("H-77"), ..idea("Orphan") };
    assert_eq!(refused_field(scope.create_hypothesis(&orphan).await), ["parent"]);
    assert_eq!((all(&library).await, events(&library, H, "H-1").await), before);
    counters_are_true(&library).await;
    assert_eq!(library.add_idea("Second").await.number, "H-2", "a refusal uses up no number");
}

async fn archiving_and_restoring_keep_counters_and_words(library: Library) {
    library.contribute().await.create_hypothesis(&whole("Delivery date")).await.unwrap();
    let scope = library.contribute().await;
    for (archive, action, version) in
        [(true, "archived", 2), (true, "archived", 2), (false, "restored", 3), (false, "restored", 3), (true, "archived", 4)]
    {
        let changed = if archive { scope.archive_hypothesis("H-1").await } else { scope.restore_hypothesis("H-1").await }.unwrap();
        assert_eq!((changed.archived, changed.version, changed.tags.len()), (archive, version, 2));
        assert_eq!(event(&library, H, "H-1").await, format!("Cora Contributor {action}: Delivery date"));
        counters_are_true(&library).await;
    }
    assert_eq!(events(&library, H, "H-1").await.len(), 4, "what changes nothing leaves no event");
}

async fn people_move_four_stages_and_each_move_is_recorded(library: Library) {
    library.add_idea("First").await;
    assert_eq!(refused_field(to(&library, "H-1", "parked", None).await), ["reason"]);
    assert_eq!(refused_field(to(&library, "H-1", "parked", Some(" \n")).await), ["reason"]);
    for stage in ["evidence_gathered", "in_test", "decided", "shipped", "nowhere", ""] {
        assert_eq!(refused_field(to(&library, "H-1", stage, Some("why")).await), ["stage"]);
    }
    for (stage, reason, told) in [
        ("prioritised", None, "moved: Idea → Prioritised"),
        ("parked", Some("no traffic"), "moved: Prioritised → Parked (no traffic)"),
        ("parked", Some("again"), "moved: Prioritised → Parked (no traffic)"),
        ("idea", Some("traffic is back"), "moved: Parked → Idea (traffic is back)"),
        ("prioritised", None, "moved: Idea → Prioritised"),
        ("idea", None, "moved: Prioritised → Idea"),
    ] {
        let moved = to(&library, "H-1", stage, reason).await.unwrap();
        assert_eq!(moved.stage.slug(), stage);
        assert_eq!(event(&library, H, "H-1").await, format!("Cora Contributor {told}"));
        counters_are_true(&library).await;
    }
    assert_eq!(library.read().await.hypothesis("H-1").await.unwrap().version, 6);
    library.database.execute("UPDATE hypothesis SET stage = 4", []).await;
    assert_eq!(refused_field(to(&library, "H-1", "idea", None).await), ["stage"], "a decided one follows its test");
}

async fn an_edit_leaves_a_stage_chosen_by_hand_alone(library: Library) {
    library.contribute().await.create_hypothesis(&whole("Delivery date")).await.unwrap();
    to(&library, "H-1", "prioritised", None).await.unwrap();
    let edited = library.contribute().await.edit_hypothesis("H-1", &whole("Delivery day"), None).await.unwrap();
    assert_eq!((edited.stage, edited.version), (Stage::Prioritised, 3));
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor edited: Delivery day");
    counters_are_true(&library).await;
}

async fn support_of_a_complete_statement_makes_it_gathered(library: Library) {
    library.add_idea("Delivery date").await;
    library.database.execute("UPDATE hypothesis SET supports = 1", []).await;
    let edited = library.contribute().await.edit_hypothesis("H-1", &whole("Delivery date"), Some(1)).await.unwrap();
    assert_eq!(edited.stage, Stage::EvidenceGathered);
    let told = "Cora Contributor moved: Idea → Evidence gathered (The statement is complete and has supporting evidence.)";
    assert_eq!(event(&library, H, "H-1").await, told);
    assert_eq!(events(&library, H, "H-1").await.len(), 3);
    counters_are_true(&library).await;
    to(&library, "H-1", "prioritised", None).await.unwrap();
    assert_eq!(to(&library, "H-1", "evidence_gathered", None).await.unwrap().stage, Stage::EvidenceGathered);
}

async fn no_line_of_parents_leads_back(library: Library) {
    let child_of = |parent: &str| HypothesisDraft { parent: Some(parent.into()), ..idea("Child") };
    let scope = library.contribute().await;
    library.add_idea("First").await;
    scope.create_hypothesis(&child_of("H-1")).await.unwrap();
    scope.create_hypothesis(&child_of("H-2")).await.unwrap();
    for parent in ["H-1", "H-2", "H-3"] {
        assert_eq!(refused_field(scope.edit_hypothesis("H-1", &child_of(parent), None).await), ["parent"], "{parent}");
    }
    assert!(scope.edit_hypothesis("H-3", &child_of("H-1"), None).await.is_ok());
}

async fn an_archived_one_can_still_be_edited_and_moved(library: Library) {
    library.add_idea("First").await;
    library.contribute().await.archive_hypothesis("H-1").await.unwrap();
    library.contribute().await.edit_hypothesis("H-1", &whole("Second"), None).await.unwrap();
    to(&library, "H-1", "prioritised", None).await.unwrap();
    counters_are_true(&library).await;
    assert!(library.read().await.search("second", 10).await.unwrap().is_empty(), "an edit does not bring it back");
    let restored = library.contribute().await.restore_hypothesis("H-1").await.unwrap();
    assert_eq!((restored.title.as_str(), restored.stage), ("Second", Stage::Prioritised));
    assert_eq!(library.read().await.search("second", 10).await.unwrap().len(), 1);
    counters_are_true(&library).await;
}

async fn another_time_is_kept_to_the_microsecond(library: Library) {
    let then = Utc.timestamp_opt(1_700_000_000, 123_456_789).unwrap();
    let made = library.contribute().await.at(then).create_hypothesis(&idea("Long ago")).await.unwrap();
    assert_eq!(made.created_at.timestamp_subsec_nanos(), 123_456_000);
    assert_eq!((made.created_at, made.updated_at), (events(&library, H, "H-1").await[0].at, made.created_at));
}

async fn one_is_kept_with_what_it_rests_on_or_not_at_all(library: Library) {
    let scope = library.contribute().await;
    for kind in [Kind::Analytics, Kind::Interview] {
        scope.create_evidence(&EvidenceDraft::titled(kind.name(), kind)).await.unwrap();
    }
    let link = |number: &str, direction| (number.to_owned(), LinkDraft::new(direction));
    let links = [link("E-1", Direction::Supports), link("E-2", Direction::Contradicts)];
    let made = scope.create_hypothesis_on(&whole("Show stock"), &links).await.unwrap();
    assert_eq!((made.number.as_str(), made.stage, made.evidence.confidence), ("H-1", Stage::EvidenceGathered, 1.5));
    let lost = [link("E-1", Direction::Supports), link("E-9", Direction::Supports)];
    assert_eq!(refused_field(scope.create_hypothesis_on(&idea("Show prices"), &lost).await), ["evidence"]);
    assert_eq!(refused(scope.hypothesis("H-2").await), "not found");
    assert_eq!(scope.evidence("E-1").await.unwrap().uses, 1);
    counters_are_true(&library).await;
}
