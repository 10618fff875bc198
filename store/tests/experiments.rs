//! Planning, starting, stopping, cancelling and concluding tests; results, looks and the list.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::evidence::{EvidenceDraft, EvidenceQuery, Kind as EvidenceKind, LinkDraft};
use domain::experiments::{
    DataNote, DecisionDraft, GuardRailDraft, Lack, Outcome, OutcomeKind, ReasonDraft, SnapshotDraft, StartDraft, State, StopDraft,
    TestDraft, TestQuery, WaitingTests,
};
use domain::hypotheses::{HandMove, Stage};
use domain::search::Kind as Found;
use domain::sites::{AreaDraft, AreaVisitors};
use std::collections::BTreeMap;
use store::{Contribute, Read, RunTests, StoreError};
use support::trials::{clear_win, conclusion, decide, noon, results, some, trial};
use support::{HERE, Library, SHOP, all, counters_are_true, event, events, on_both_databases, refused, refused_field};

on_both_databases!(
    a_test_is_planned_freely_and_started_with_a_reason,
    a_complete_test_starts_without_a_reason,
    a_test_without_a_hypothesis_is_a_draft,
    every_field_reads_back_as_it_was_given,
    after_the_start_a_plan_changes_by_amendment,
    refused_input_names_each_field_and_changes_nothing,
    results_are_dated_and_a_wrong_one_is_voided,
    short_of_the_plan_nothing_shows_before_a_look,
    a_note_on_the_data_makes_a_result_invalid,
    cancelling_returns_the_hypothesis_to_its_stage,
    only_the_last_open_test_decides_a_hypothesis,
    a_win_is_shipped_with_everything_that_follows,
    each_decision_makes_its_own_thing,
    overruling_needs_a_reason_and_both_stay_on_record,
    states_forbid_what_they_should,
    lists_page_and_filter_in_every_order,
    viewers_are_forbidden_and_outsiders_find_nothing,
);

const T: Subject = Subject::Test;
const H: Subject = Subject::Hypothesis;

async fn stage(library: &Library, number: &str) -> Stage {
    library.read().await.hypothesis(number).await.unwrap().stage
}

/// Counters of states equal a real count, those of stages too.
async fn all_counters_are_true(library: &Library) {
    counters_are_true(library).await;
    let scope = library.read().await;
    let page = scope.tests(&TestQuery { limit: Some(200), ..TestQuery::default() }).await.unwrap();
    let mut real: BTreeMap<State, u64> = State::ALL.into_iter().map(|state| (state, 0)).collect();
    for test in &page.items {
        *real.entry(test.state).or_default() += 1;
    }
    assert_eq!((scope.test_counts(false).await.unwrap(), page.total), (real, page.items.len() as u64));
}

async fn a_test_is_planned_freely_and_started_with_a_reason(library: Library) {
    library.add_idea("Show the delivery date").await;
    let scope = library.run_tests().await;
    let bare = TestDraft { guard_rails: Vec::new(), ..trial("Delivery date", &["H-1"]) };
    let test = scope.create_test(&bare).await.unwrap();
    assert_eq!((test.number.as_str(), test.state, test.version), ("T-1", State::Planned, 1));
    assert_eq!(event(&library, T, "T-1").await, "Leo Lead created: Delivery date");
    assert_eq!(scope.start_lacks("T-1").await.unwrap(), [Lack::Evidence, Lack::GuardRail, Lack::CommercialMetric]);
    assert_eq!(refused_field(scope.start_test("T-1", &StartDraft::default()).await), ["overrule_reason"]);
    assert_eq!(stage(&library, "H-1").await, Stage::Idea, "a refused start changes nothing");
    let reasoned = StartDraft { on: some("2026-11-01"), overrule_reason: some("The launch is fixed.") };
    let test = scope.start_test("T-1", &reasoned).await.unwrap();
    assert_eq!((test.state, test.started_on.unwrap().to_string().as_str()), (State::Running, "2026-11-01"));
    let overrule = test.overrule.unwrap();
    assert_eq!((overrule.lacks.len(), overrule.reason.as_str()), (3, "The launch is fixed."));
    assert_eq!(event(&library, T, "T-1").await, "Leo Lead started: Started on 2026-11-01 (The launch is fixed.)");
    assert_eq!(stage(&library, "H-1").await, Stage::InTest);
    assert_eq!(event(&library, H, "H-1").await, "Leo Lead moved: Idea → In test (T-1 started.)");
    all_counters_are_true(&library).await;
}

async fn a_complete_test_starts_without_a_reason(library: Library) {
    library.add_idea("Show the delivery date").await;
    let evidence = library.enter().await.create_evidence(&EvidenceDraft::titled("They ask for it", EvidenceKind::Survey)).await.unwrap();
    library
        .enter()
        .await
        .link_evidence("H-1", &evidence.number, &LinkDraft { direction: "supports".into(), ..LinkDraft::default() })
        .await
        .unwrap();
    let visitors = AreaVisitors { desktop: Some(100_000), mobile: Some(21_667), tablet: None };
    let area = AreaDraft { name: "Checkout".into(), slug: some("checkout"), visitors };
    library.configure().await.save_area(SHOP, &area).await.unwrap();
    let scope = library.run_tests().await;
    let test = scope.create_test(&TestDraft { baseline: Some(0.03), mde: Some(0.1), ..trial("Delivery date", &["H-1"]) }).await.unwrap();
    assert_eq!((test.schedule.sample, test.schedule.days, test.schedule.weeks), (Some(106_422), Some(27), 4));
    let started = scope.start_test("T-1", &StartDraft::default()).await.unwrap();
    assert_eq!((started.overrule, started.started_on.unwrap().to_string().as_str()), (None, "2026-11-20"));
    let short = TestDraft { weeks: Some(1), baseline: Some(0.03), mde: Some(0.1), ..trial("Too short", &["H-1"]) };
    scope.create_test(&short).await.unwrap();
    assert_eq!(scope.start_lacks("T-2").await.unwrap(), [Lack::Power]);
}

async fn a_test_without_a_hypothesis_is_a_draft(library: Library) {
    let scope = library.run_tests().await;
    assert_eq!(scope.create_test(&trial("Loose", &[])).await.unwrap().state, State::Draft);
    let reasoned = StartDraft { on: None, overrule_reason: some("Now.") };
    assert_eq!(refused(scope.start_test("T-1", &reasoned).await), "conflict");
    library.add_idea("One").await;
    let test = scope.edit_test("T-1", &trial("Bound", &["H-1"]), Some(1), None).await.unwrap();
    assert_eq!((test.state, test.version, test.hypotheses.as_slice()), (State::Planned, 2, &["H-1".to_owned()][..]));
    assert_eq!(scope.start_test("T-1", &reasoned).await.unwrap().state, State::Running);
    all_counters_are_true(&library).await;
}

async fn every_field_reads_back_as_it_was_given(library: Library) {
    library.add_idea("One").await;
    library.add_idea("Two").await;
    let draft = TestDraft {
        devices: vec!["desktop".into(), "mobile".into()],
        secondary_metrics: vec!["revenue-per-visitor".into()],
        guard_rails: vec![GuardRailDraft { metric: "return-rate".into(), margin: Some(0.02), scale: some("relative") }],
        baseline: Some(0.03),
        baseline_sd: Some(0.2),
        mde: Some(0.05),
        alpha: Some(0.1),
        power: Some(0.9),
        sides: Some(1),
        horizon: some("sequential"),
        weeks: Some(3),
        audience: some("new"),
        traffic_share: Some(0.5),
        owner: some("lead@holm.example"),
        ..trial("Whole", &["H-2", "H-1"])
    };
    let test = library.run_tests().await.create_test(&draft).await.unwrap();
    assert_eq!(TestDraft::of(&test), draft);
    assert_eq!((test.owner_name.as_deref(), test.recorded, test.imported, test.counts), (Some("Leo Lead"), None, false, true));
    let found = library.read().await.search("whole", 10).await.unwrap();
    assert_eq!((found[0].kind, found[0].name.as_str()), (Found::Test, "T-1"));
    assert_eq!(library.read().await.tests_of("H-1").await.unwrap()[0].number, "T-1");
}

async fn after_the_start_a_plan_changes_by_amendment(library: Library) {
    library.add_idea("One").await;
    library.add_idea("Two").await;
    let scope = library.run_tests().await;
    library.started(&trial("Date", &["H-1"]), "2026-11-01").await;
    let longer = TestDraft { weeks: Some(4), ..trial("Date", &["H-1"]) };
    assert_eq!(refused_field(scope.edit_test("T-1", &longer, None, None).await), ["reason"]);
    assert_eq!(refused_field(scope.edit_test("T-1", &longer, None, Some("  ")).await), ["reason"]);
    let other = trial("Date", &["H-2"]);
    assert_eq!(refused_field(scope.edit_test("T-1", &other, None, Some("Swap.")).await), ["hypotheses"]);
    let test = scope.edit_test("T-1", &longer, Some(2), Some("Traffic halved.")).await.unwrap();
    assert_eq!((test.amendments, test.plan.weeks, test.state), (1, Some(4), State::Running));
    assert_eq!(event(&library, T, "T-1").await, "Leo Lead amended: Date (Traffic halved.)");
    assert!(matches!(scope.edit_test("T-1", &longer, Some(2), Some("Again.")).await, Err(StoreError::Stale { current: 3 })));
}

async fn refused_input_names_each_field_and_changes_nothing(library: Library) {
    library.add_idea("One").await;
    let scope = library.run_tests().await;
    assert_eq!(refused_field(scope.create_test(&trial("T", &["H-9"])).await), ["hypotheses"]);
    let wrong = TestDraft { site: some("nowhere"), mde: Some(-1.0), owner: some("a\0b"), ..trial("", &["H-1"]) };
    assert_eq!(refused_field(scope.create_test(&wrong).await), ["title", "site", "owner", "mde"]);
    library.started(&trial("Date", &["H-1"]), "2026-11-01").await;
    let mut slip = clear_win();
    slip.rows[1].conversions = Some(200_000.0);
    let enter = library.enter().await;
    assert_eq!(refused_field(enter.post_results("T-1", &slip).await), ["rows.1.conversions"]);
    let early = SnapshotDraft { as_of: "2026-10-31T00:00:00Z".into(), ..clear_win() };
    assert_eq!(refused_field(enter.post_results("T-1", &early).await), ["as_of"]);
    let later = SnapshotDraft { as_of: "2026-11-20T12:00:01Z".into(), ..clear_win() };
    assert_eq!(refused_field(enter.post_results("T-1", &later).await), ["as_of"]);
    assert!(enter.results("T-1").await.unwrap().is_empty());
    assert_eq!(refused_field(scope.stop_test("T-1", &StopDraft { on: some("2026-10-31"), reason: None }).await), ["on"]);
    assert_eq!(refused_field(scope.cancel_test("T-1", &ReasonDraft::default()).await), ["reason"]);
    library.enter().await.post_results("T-1", &clear_win()).await.unwrap();
    scope.stop_test("T-1", &StopDraft::default()).await.unwrap();
    let before = (events(&library, T, "T-1").await.len(), library.read().await.test("T-1").await.unwrap());
    let empty = conclusion("great", Vec::new());
    assert_eq!(refused_field(scope.conclude_test("T-1", &empty).await), ["outcome", "overrule_reason", "decisions"]);
    assert_eq!((events(&library, T, "T-1").await.len(), library.read().await.test("T-1").await.unwrap()), before);
    assert_eq!(refused(library.read().await.learning("L-1").await), "not found");
}

async fn results_are_dated_and_a_wrong_one_is_voided(library: Library) {
    library.add_idea("One").await;
    library.started(&trial("Date", &["H-1"]), "2026-10-23").await;
    let enter = library.enter().await;
    let first = SnapshotDraft { as_of: "2026-11-10T00:00:00Z".into(), ..results((200, 10_000), (210, 10_000)) };
    let first = enter.post_results("T-1", &first).await.unwrap();
    let second = enter.post_results("T-1", &clear_win()).await.unwrap();
    assert_eq!(second.by.as_deref(), Some("Cora Contributor"));
    assert_eq!(event(&library, T, "T-1").await, "Cora Contributor measured: Results as of 20 Nov 2026, 00:00 UTC");
    let listed: Vec<i64> = library.read().await.results("T-1").await.unwrap().iter().map(|one| one.id).collect();
    assert_eq!(listed, [second.id, first.id]);
    let analysis = library.read().await.analysis("T-1").await.unwrap();
    let relative = analysis.comparisons[0].relative.clone().unwrap();
    assert!(
        (relative.estimate - 0.5).abs() < 1e-9
            && (relative.low - 0.418_455_915_0).abs() < 1e-6
            && (relative.high - 0.586_231_885_1).abs() < 1e-6
    );
    assert_eq!(analysis.suggestion.unwrap().outcome, Outcome::Win);
    assert_eq!(refused_field(enter.void_results("T-1", second.id, &ReasonDraft::default()).await), ["reason"]);
    let why = ReasonDraft { reason: some("The tag fired twice.") };
    let voided = enter.void_results("T-1", second.id, &why).await.unwrap();
    assert_eq!(voided.voided_reason.as_deref(), Some("The tag fired twice."));
    assert_eq!(
        event(&library, T, "T-1").await,
        "Cora Contributor voided: Voided results as of 20 Nov 2026, 00:00 UTC (The tag fired twice.)"
    );
    assert_eq!(refused(enter.void_results("T-1", second.id, &why).await), "conflict");
    assert_eq!(refused(enter.void_results("T-1", 999, &why).await), "not found");
    let analysis = library.read().await.analysis("T-1").await.unwrap();
    assert_eq!(analysis.comparisons[0].control.visitors, 10_000, "the results before stand again");
}

async fn short_of_the_plan_nothing_shows_before_a_look(library: Library) {
    library.add_idea("One").await;
    library.started(&trial("Date", &["H-1"]), "2026-11-17").await;
    assert_eq!(library.read().await.analysis("T-1").await.unwrap().suggestion.unwrap().outcome, Outcome::TooEarly);
    library.enter().await.post_results("T-1", &clear_win()).await.unwrap();
    let hidden = library.read().await.analysis("T-1").await.unwrap();
    let one = &hidden.comparisons[0];
    assert_eq!((&one.absolute, &one.relative, one.p_value, &one.sequential, one.treatment.value), (&None, &None, None, &None, None));
    let count = events(&library, T, "T-1").await.len();
    let shown = library.enter().await.look_at_test("T-1").await.unwrap();
    let one = &shown.comparisons[0];
    assert!(one.absolute.is_none() && one.p_value.is_none() && one.sequential.is_some());
    assert_eq!(shown.progress.looks, 1);
    assert_eq!(event(&library, T, "T-1").await, "Cora Contributor looked: Looked early, at 200000 visitors");
    library.enter().await.look_at_test("T-1").await.unwrap();
    assert_eq!(events(&library, T, "T-1").await.len(), count + 1, "the same person at the same results is one look");
    let lead = library.scope::<Contribute>(&library.lead).await;
    assert_eq!(lead.look_at_test("T-1").await.unwrap().progress.looks, 2);
    library.enter().await.post_results("T-1", &clear_win()).await.unwrap();
    assert!(
        library.read().await.analysis("T-1").await.unwrap().comparisons[0].sequential.is_none(),
        "new results need a look of their own"
    );
    library.run_tests().await.stop_test("T-1", &StopDraft::default()).await.unwrap();
    let all = library.enter().await.look_at_test("T-1").await.unwrap();
    assert!(all.comparisons[0].relative.is_some());
    assert_eq!(all.progress.looks, 2, "nothing is hidden any more, so nothing is logged");
}

async fn a_note_on_the_data_makes_a_result_invalid(library: Library) {
    library.add_idea("One").await;
    library.stopped(&trial("Date", &["H-1"]), &clear_win()).await;
    let enter = library.enter().await;
    assert_eq!(refused_field(enter.note_on_data("T-1", &DataNote { note: String::new(), invalid: true }).await), ["note"]);
    let noted = enter.note_on_data("T-1", &DataNote { note: "The tag was missing.".into(), invalid: true }).await.unwrap();
    assert!(noted.data_note.is_some_and(|note| note.invalid));
    assert_eq!(event(&library, T, "T-1").await, "Cora Contributor noted: The data cannot be used (The tag was missing.)");
    assert_eq!(library.read().await.analysis("T-1").await.unwrap().suggestion.unwrap().outcome, Outcome::Invalid);
    assert_eq!(enter.note_on_data("T-1", &DataNote::default()).await.unwrap().data_note, None);
    assert_eq!(library.read().await.analysis("T-1").await.unwrap().suggestion.unwrap().outcome, Outcome::Win);
}

async fn cancelling_returns_the_hypothesis_to_its_stage(library: Library) {
    library.add_idea("One").await;
    let by_hand = HandMove { stage: "prioritised".into(), reason: None };
    library.enter().await.move_hypothesis("H-1", &by_hand).await.unwrap();
    library.started(&trial("First", &["H-1"]), "2026-11-01").await;
    library.started(&trial("Second", &["H-1"]), "2026-11-02").await;
    let scope = library.run_tests().await;
    let why = ReasonDraft { reason: some("The feed broke.") };
    assert_eq!(scope.cancel_test("T-1", &why).await.unwrap().state, State::Cancelled);
    assert_eq!(stage(&library, "H-1").await, Stage::InTest, "the second is open still");
    scope.stop_test("T-2", &StopDraft::default()).await.unwrap();
    scope.cancel_test("T-2", &why).await.unwrap();
    assert_eq!(stage(&library, "H-1").await, Stage::Prioritised);
    assert_eq!(event(&library, H, "H-1").await, "Leo Lead moved: In test → Prioritised (T-2 was cancelled.)");
    assert_eq!(event(&library, T, "T-2").await, "Leo Lead cancelled: Second (The feed broke.)");
    let planned = scope.create_test(&trial("Third", &["H-1"])).await.unwrap();
    assert_eq!(scope.cancel_test(&planned.number, &why).await.unwrap().cancel_reason.as_deref(), Some("The feed broke."));
    assert_eq!(stage(&library, "H-1").await, Stage::Prioritised);
    all_counters_are_true(&library).await;
}

async fn only_the_last_open_test_decides_a_hypothesis(library: Library) {
    library.add_idea("One").await;
    library.stopped(&trial("First", &["H-1"]), &clear_win()).await;
    library.stopped(&trial("Second", &["H-1"]), &clear_win()).await;
    let scope = library.run_tests().await;
    scope.conclude_test("T-1", &conclusion("win", vec![decide("ship")])).await.unwrap();
    assert_eq!(stage(&library, "H-1").await, Stage::InTest);
    scope.conclude_test("T-2", &conclusion("win", vec![decide("stop")])).await.unwrap();
    assert_eq!(stage(&library, "H-1").await, Stage::Shipped, "the first one shipped it");
    library.add_idea("Two").await;
    library.stopped(&trial("Third", &["H-2"]), &results((3000, 100_000), (2000, 100_000))).await;
    scope.conclude_test("T-3", &conclusion("loss", vec![decide("roll_back")])).await.unwrap();
    assert_eq!(stage(&library, "H-2").await, Stage::Decided);
    assert_eq!(event(&library, H, "H-2").await, "Leo Lead moved: In test → Decided (L-3 was recorded.)");
    all_counters_are_true(&library).await;
}

async fn a_win_is_shipped_with_everything_that_follows(library: Library) {
    library.contribute().await.create_hypothesis(&support::whole("Show the delivery date")).await.unwrap();
    library.stopped(&TestDraft { audience: some("new"), ..trial("Delivery date", &["H-1"]) }, &clear_win()).await;
    let waiting = WaitingTests { running: 0, to_decide: 1, learnings_missing: 1, imported: 0 };
    assert_eq!(library.read().await.waiting_tests().await.unwrap(), waiting);
    let scope = library.run_tests().await;
    let test = scope.conclude_test("T-1", &conclusion("win", vec![decide("ship")])).await.unwrap();
    let recorded = test.recorded.clone().unwrap();
    assert_eq!((test.state, recorded.outcome, recorded.suggested), (State::Concluded, Outcome::Win, Some(Outcome::Win)));
    assert_eq!((recorded.kind, recorded.learning.as_deref()), (Some(OutcomeKind::CommercialEffectNotShown), Some("L-1")));
    assert_eq!(recorded.decisions[0].made.as_deref(), Some("R-1"));
    assert_eq!(event(&library, T, "T-1").await, "Leo Lead concluded: Win, commercial effect not shown: Ship");
    let learning = library.read().await.learning("L-1").await.unwrap();
    assert_eq!((learning.test.as_deref(), learning.outcome, learning.evidence.as_deref()), (Some("T-1"), Some(Outcome::Win), Some("E-1")));
    assert_eq!(
        (learning.areas, learning.audiences, learning.lever),
        (vec!["checkout".to_owned()], vec!["new".to_owned()], some("clarity"))
    );
    let effect = learning.effect.unwrap();
    assert!((effect.estimate - 0.5).abs() < 1e-9 && effect.variant.as_deref() == Some("B"));
    let evidence = library.read().await.evidence("E-1").await.unwrap();
    assert_eq!((evidence.kind, evidence.title.as_str()), (EvidenceKind::OwnTest, "Buyers order more when they see the delivery date."));
    assert_eq!(
        (evidence.source.unwrap().name.as_deref(), evidence.observed_to.unwrap().to_string().as_str()),
        (Some("L-1, T-1"), "2026-11-20")
    );
    assert_eq!((evidence.sample_size, evidence.areas), (Some(200_000), vec!["checkout".to_owned()]));
    assert_eq!(library.read().await.rollout("R-1").await.unwrap().test.as_deref(), Some("T-1"));
    assert_eq!(stage(&library, "H-1").await, Stage::Shipped);
    for words in ["delivery", "buyers order"] {
        let kinds: Vec<Found> = library.read().await.search(words, 10).await.unwrap().iter().map(|one| one.kind).collect();
        assert!(kinds.contains(&Found::Learning), "{words}: {kinds:?}");
    }
    assert_eq!(library.read().await.waiting_tests().await.unwrap(), WaitingTests::default());
    all_counters_are_true(&library).await;
}

async fn each_decision_makes_its_own_thing(library: Library) {
    library.add_idea("Show the delivery date").await;
    library.stopped(&trial("Delivery date", &["H-1"]), &results((2000, 100_000), (2010, 100_000))).await;
    let decisions = ["iterate", "re_run", "re_test", "stop"].map(decide).to_vec();
    let named = DecisionDraft { title: some("Show the cut-off time"), ..decide("iterate") };
    let decisions = [vec![named], decisions].concat();
    let test = library.run_tests().await.conclude_test("T-1", &conclusion("inconclusive", decisions)).await.unwrap();
    let made: Vec<Option<String>> = test.recorded.unwrap().decisions.into_iter().map(|decision| decision.made).collect();
    assert_eq!(made, [some("H-2"), some("H-3"), some("T-2"), None, None]);
    let hypotheses = all(&library).await;
    assert_eq!((hypotheses[1].title.as_str(), hypotheses[1].parent.as_deref()), ("Show the cut-off time", Some("H-1")));
    assert_eq!(hypotheses[2].title, "Follow up on “Show the delivery date”");
    let copy = library.read().await.test("T-2").await.unwrap();
    assert_eq!((copy.state, copy.re_run_of.as_deref(), copy.hypotheses), (State::Planned, Some("T-1"), vec!["H-1".to_owned()]));
    assert_eq!((copy.started_on, copy.recorded), (None, None));
    assert_eq!(library.read().await.learning("L-1").await.unwrap().decisions.len(), 5);
    assert_eq!(stage(&library, "H-1").await, Stage::Decided);
    all_counters_are_true(&library).await;
}

async fn overruling_needs_a_reason_and_both_stay_on_record(library: Library) {
    library.add_idea("One").await;
    library.stopped(&trial("Date", &["H-1"]), &clear_win()).await;
    let scope = library.run_tests().await;
    let invalid = conclusion("invalid", vec![decide("re_run")]);
    assert_eq!(refused_field(scope.conclude_test("T-1", &invalid).await), ["overrule_reason"]);
    let reasoned = domain::experiments::ConclusionDraft { overrule_reason: some("Bots were in B."), ..invalid };
    let recorded = scope.conclude_test("T-1", &reasoned).await.unwrap().recorded.unwrap();
    assert_eq!((recorded.outcome, recorded.suggested), (Outcome::Invalid, Some(Outcome::Win)));
    assert_eq!(recorded.overrule_reason.as_deref(), Some("Bots were in B."));
    let query = EvidenceQuery { kind: vec![EvidenceKind::OwnTest], ..EvidenceQuery::default() };
    let evidence = library.read().await.evidence_list(&query).await.unwrap();
    assert_eq!(evidence.items[0].worth, Some(domain::evidence::Worth::Invalid), "an invalid test weighs nothing");
}

async fn states_forbid_what_they_should(library: Library) {
    library.add_idea("One").await;
    let scope = library.run_tests().await;
    let enter = library.enter().await;
    let start = StartDraft { on: None, overrule_reason: some("Now.") };
    let why = ReasonDraft { reason: some("Why not.") };
    let end = conclusion("win", vec![decide("stop")]);
    let note = DataNote { note: "Odd.".into(), invalid: false };
    scope.create_test(&trial("Date", &["H-1"])).await.unwrap();
    assert_eq!(refused(scope.stop_test("T-1", &StopDraft::default()).await), "conflict");
    assert_eq!(refused(enter.post_results("T-1", &clear_win()).await), "conflict");
    assert_eq!(refused(enter.note_on_data("T-1", &note).await), "conflict");
    assert_eq!(refused(scope.conclude_test("T-1", &end).await), "conflict");
    scope.start_test("T-1", &start).await.unwrap();
    assert_eq!(refused(scope.start_test("T-1", &start).await), "conflict");
    assert_eq!(refused(scope.conclude_test("T-1", &end).await), "conflict");
    scope.stop_test("T-1", &StopDraft::default()).await.unwrap();
    assert_eq!(refused(scope.stop_test("T-1", &StopDraft::default()).await), "conflict");
    assert_eq!(refused(scope.conclude_test("T-1", &end).await), "done", "without results a person chooses");
    for outcome in [
        refused(scope.conclude_test("T-1", &end).await),
        refused(scope.cancel_test("T-1", &why).await),
        refused(scope.edit_test("T-1", &trial("Date", &["H-1"]), None, Some("Why not.")).await),
        refused(enter.post_results("T-1", &clear_win()).await),
    ] {
        assert_eq!(outcome, "conflict");
    }
    let interviews = TestDraft {
        kind: "interviews".into(),
        variants: Vec::new(),
        primary_metric: None,
        guard_rails: Vec::new(),
        ..trial("Ask", &["H-1"])
    };
    library.started(&interviews, "2026-11-01").await;
    assert_eq!(refused(enter.post_results("T-2", &clear_win()).await), "conflict");
    assert_eq!(library.read().await.analysis("T-2").await.unwrap().suggestion, None);
}

async fn lists_page_and_filter_in_every_order(library: Library) {
    library.add_idea("One").await;
    let scope = library.run_tests().await;
    for title in ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"] {
        scope.create_test(&trial(title, &["H-1"])).await.unwrap();
    }
    for (number, on) in [("T-2", "2026-11-03"), ("T-4", "2026-11-01")] {
        scope.start_test(number, &StartDraft { on: some(on), overrule_reason: some("Now.") }).await.unwrap();
    }
    let read = library.read().await;
    for (sort, wanted) in [
        ("-created_at", ["T-1", "T-2", "T-3", "T-4", "T-5"]),
        ("created_at", ["T-5", "T-4", "T-3", "T-2", "T-1"]),
        ("-started_on", ["T-2", "T-4", "T-1", "T-3", "T-5"]),
        ("started_on", ["T-5", "T-3", "T-1", "T-4", "T-2"]),
    ] {
        let mut query = TestQuery::from_pairs([("sort", sort), ("limit", "2")]).unwrap();
        let mut found = Vec::new();
        loop {
            let page = read.tests(&query).await.unwrap();
            assert_eq!(page.total, 5);
            found.extend(page.items.into_iter().map(|test| test.number));
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        assert_eq!(found, wanted, "{sort}");
    }
    for (name, value, wanted) in [
        ("state", "running", 2),
        ("state", "planned", 3),
        ("kind", "ab", 5),
        ("kind", "survey", 0),
        ("site", SHOP, 5),
        ("area", "basket", 0),
        ("outcome", "win", 0),
        ("hypothesis", "H-1", 5),
        ("hypothesis", "H-9", 0),
        ("q", "gamma", 1),
    ] {
        let page = read.tests(&TestQuery::from_pairs([(name, value)]).unwrap()).await.unwrap();
        assert_eq!((page.items.len(), page.total), (wanted, wanted as u64), "{name}={value}");
    }
    let other = read.tests(&TestQuery::from_pairs([("sort", "started_on"), ("limit", "2")]).unwrap()).await.unwrap();
    let foreign = TestQuery { cursor: other.next, ..TestQuery::default() };
    assert_eq!(refused_field(read.tests(&foreign).await), ["cursor"]);
}

async fn viewers_are_forbidden_and_outsiders_find_nothing(library: Library) {
    library.add_idea("One").await;
    library.stopped(&trial("Ours", &["H-1"]), &clear_win()).await;
    let before = library.read().await.test("T-1").await.unwrap();
    for actor in [&library.viewer, &library.contributor] {
        assert_eq!(refused(library.database.store.scope::<RunTests>(actor, HERE).await), "forbidden");
    }
    let (theirs, enter) = (library.elsewhere::<RunTests>().await.at(noon()), library.elsewhere::<Contribute>().await.at(noon()));
    for number in ["T-1", "T-0", "T-01", "t-1", "H-1", "", "\0", "T-99999999999999999999"] {
        for outcome in [
            refused(theirs.test(number).await),
            refused(theirs.analysis(number).await),
            refused(theirs.results(number).await),
            refused(theirs.edit_test(number, &trial("Taken", &[]), None, Some("Why.")).await),
            refused(theirs.start_test(number, &StartDraft::default()).await),
            refused(theirs.start_lacks(number).await),
            refused(theirs.stop_test(number, &StopDraft::default()).await),
            refused(theirs.cancel_test(number, &ReasonDraft { reason: some("Why.") }).await),
            refused(theirs.conclude_test(number, &conclusion("win", vec![decide("stop")])).await),
            refused(enter.post_results(number, &clear_win()).await),
            refused(enter.void_results(number, 1, &ReasonDraft { reason: some("Why.") }).await),
            refused(enter.look_at_test(number).await),
            refused(enter.note_on_data(number, &DataNote { note: "Odd.".into(), invalid: false }).await),
            refused(theirs.tests_of(number).await),
        ] {
            assert_eq!(outcome, "not found", "{number:?}");
        }
    }
    let outside = library.elsewhere::<Read>().await;
    assert_eq!(outside.tests(&TestQuery::default()).await.unwrap().total, 0);
    assert!(outside.search("ours", 10).await.unwrap().is_empty());
    assert_eq!(outside.waiting_tests().await.unwrap(), WaitingTests::default());
    assert_eq!(library.read().await.test("T-1").await.unwrap(), before);
}
