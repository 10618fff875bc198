//! Tests that come by import, one row per arm: they arrive stopped with a computed outcome, wait in a queue of their own
//! and count only when somebody says so.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::experiments::{DataNote, Outcome, OutcomeKind, ReasonDraft, State, TestKind, TestQuery, WaitingTests};
use domain::search::Kind as Found;
use domain::sites::{Direction, Family, MetricDraft, MetricKind, Unit};
use domain::transfer::{ArmsTarget, ImportedTests};
use store::{Import, Scope};
use support::trials::{clear_win, conclusion, decide, some, trial};
use support::{Library, SHOP, event, events, on_both_databases, refused, refused_field};

on_both_databases!(
    every_test_of_the_archive_arrives,
    imported_tests_stay_out_of_what_the_programme_counts,
    a_computed_outcome_follows_its_data,
    a_test_counts_once_somebody_says_so,
    an_undo_cancels_what_nobody_touched,
    what_cannot_be_read_writes_nothing,
    counts_go_where_they_are_sent,
    a_workspace_without_a_site_gets_one,
);

/// A clear win, a clear loss, nothing to see, and a broken split.
const ARMS: &str = "test_id,arm,headline,impressions,clicks,week,winner\n\
    w,0,Plain words,10000,300,201401,True\nw,1,A question about stock,10000,420,201401,False\n\
    l,0,Warm words,10000,420,201402,\nl,1,Cold words,10000,300,201402,\n\
    n,0,This,2000,60,201402,\nn,1,That,2010,61,201402,\nn,2,Other,1990,59,201402,\n\
    x,0,Half,10000,300,201403,\nx,1,Less than half,9000,290,201403,\n";

async fn lead(library: &Library) -> Scope<Import> {
    library.scope::<Import>(&library.lead).await
}

async fn import(scope: &Scope<Import>, file: &str) -> ImportedTests {
    let preview = scope.preview_arms(file.as_bytes().to_vec(), &ArmsTarget::default()).await.unwrap();
    scope.import_arms("arms.csv", &preview).await.unwrap()
}

fn waiting() -> TestQuery {
    TestQuery { imported: Some(true), state: vec![State::Stopped], limit: Some(200), ..TestQuery::default() }
}

async fn traces(library: &Library) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["test", "test_snapshot", "event", "import", "import_test", "counter", "site", "search_document"] {
        counts.push(library.database.number(&format!("SELECT count(*) FROM \"{table}\""), []).await);
    }
    counts
}

async fn every_test_of_the_archive_arrives(library: Library) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/tests/arms/upworthy_240_headline_tests.csv");
    let scope = lead(&library).await;
    let preview = scope.preview_arms(std::fs::read(path).unwrap(), &ArmsTarget::default()).await.unwrap();
    let done = scope.import_arms("upworthy_240_headline_tests.csv", &preview).await.unwrap();
    assert_eq!((done.numbers.len(), done.numbers[0].as_str(), done.numbers[239].as_str(), done.arms), (240, "T-1", "T-240", 927));
    let read = library.read().await;
    let first = read.test("T-1").await.unwrap();
    let recorded = first.recorded.clone().unwrap();
    assert_eq!((first.state, first.imported, first.counts, first.hypotheses.len()), (State::Stopped, true, false, 0));
    assert_eq!((first.kind, first.plan.variants.len(), recorded.learning), (TestKind::AbN, 4, None));
    let origin = first.origin.unwrap();
    assert_eq!((origin.id.as_str(), origin.details["test_week"].as_str()), ("546dfa4226714c0538000064", "201446"));
    assert_eq!(origin.variants["0"]["winner"], "True");
    let results = read.results("T-1").await.unwrap();
    assert_eq!(
        results[0].snapshot.totals("0", "conversion-rate", None).map(|one| (one.units(), one.conversions())),
        Some((3848, Some(220)))
    );
    let page = read.tests(&waiting()).await.unwrap();
    assert_eq!((page.total, page.items.len(), page.next.is_some()), (240, 200, true));
    for test in &page.items {
        let analysis = read.analysis(&test.number).await.unwrap();
        let (kept, computed) = (test.recorded.clone().unwrap(), analysis.suggestion.unwrap());
        assert_eq!((kept.outcome, kept.kind, kept.suggested), (computed.outcome, computed.kind, Some(computed.outcome)), "{}", test.number);
    }
    assert_eq!(event(&library, Subject::Import, "1").await, "Leo Lead imported: 240 tests from upworthy_240_headline_tests.csv");
    assert_eq!(events(&library, Subject::Test, "T-240").await.len(), 1);
    assert_eq!(scope.import(1).await.unwrap().tests, 240);
    assert_eq!(scope.known_arms(&preview).await.unwrap(), 240);
}

async fn imported_tests_stay_out_of_what_the_programme_counts(library: Library) {
    import(&lead(&library).await, ARMS).await;
    let read = library.read().await;
    let outcomes = [("T-1", Outcome::Win), ("T-2", Outcome::Loss), ("T-3", Outcome::Inconclusive), ("T-4", Outcome::Invalid)];
    for (number, outcome) in outcomes {
        assert_eq!(read.test(number).await.unwrap().recorded.unwrap().outcome, outcome, "{number}");
    }
    let wanted = WaitingTests { running: 0, to_decide: 0, learnings_missing: 0, imported: 4 };
    assert_eq!(read.waiting_tests().await.unwrap(), wanted);
    assert_eq!(read.test_counts(false).await.unwrap().values().sum::<u64>(), 0);
    assert_eq!(read.test_counts(true).await.unwrap()[&State::Stopped], 4);
    let own = read.tests(&TestQuery { imported: Some(false), ..TestQuery::default() }).await.unwrap();
    assert_eq!((own.total, own.items.len()), (0, 0));
    assert_eq!(read.tests(&TestQuery::default()).await.unwrap().total, 4);
    let impact = read.impact(None).await.unwrap();
    assert_eq!((impact.win_rate, impact.rollouts.len(), impact.totals.len()), (None, 0, 0));
    let found: Vec<(Found, i64)> = read.search("question stock", 10).await.unwrap().iter().map(|one| (one.kind, one.number)).collect();
    assert_eq!(found, [(Found::Test, 1)]);
    let checks = read.analysis("T-4").await.unwrap().health;
    let split = checks.iter().find(|one| one.check == "sample_ratio").unwrap();
    assert!(split.detail.starts_with("10,000 / 9,000 visitors is not an equal split"), "{}", split.detail);
}

async fn a_computed_outcome_follows_its_data(library: Library) {
    import(&lead(&library).await, ARMS).await;
    library.run_tests().await.count_test("T-1", true).await.unwrap();
    let outcome = async || library.read().await.test("T-1").await.unwrap().recorded.map(|recorded| recorded.outcome);
    let wins = async || library.read().await.impact(None).await.unwrap().outcomes.win;
    let enter = library.enter().await;
    let note = DataNote { note: "The site was down.".into(), invalid: true };
    enter.note_on_data("T-1", &note).await.unwrap();
    assert_eq!((outcome().await, wins().await), (Some(Outcome::Invalid), 0));
    enter.note_on_data("T-1", &DataNote::default()).await.unwrap();
    assert_eq!((outcome().await, wins().await), (Some(Outcome::Win), 1));
    let id = library.read().await.results("T-1").await.unwrap()[0].id;
    let why = ReasonDraft { reason: some("The columns were swapped.") };
    enter.void_results("T-1", id, &why).await.unwrap();
    assert_eq!((outcome().await, wins().await), (None, 0));
}

async fn a_test_counts_once_somebody_says_so(library: Library) {
    import(&lead(&library).await, ARMS).await;
    let scope = library.run_tests().await;
    let ship = conclusion("win", vec![domain::experiments::DecisionDraft { variant: some("1"), ..decide("ship") }]);
    let refusal = scope.conclude_test("T-1", &ship).await;
    assert_eq!(refused_field(refusal), ["decisions"]);
    assert!(scope.count_test("T-1", true).await.unwrap().counts);
    assert_eq!(event(&library, Subject::Test, "T-1").await, "Leo Lead counted: It counts from now on");
    assert_eq!(library.read().await.impact(None).await.unwrap().outcomes.win, 1);
    assert!(!scope.count_test("T-1", false).await.unwrap().counts);
    assert_eq!(library.read().await.impact(None).await.unwrap().outcomes.win, 0);
    scope.count_test("T-1", true).await.unwrap();
    let test = scope.conclude_test("T-1", &ship).await.unwrap();
    assert_eq!((test.state, test.recorded.unwrap().learning.as_deref()), (State::Concluded, Some("L-1")));
    assert_eq!(library.read().await.impact(None).await.unwrap().rollouts.len(), 1);
    assert_eq!(refused(scope.count_test("T-1", false).await), "conflict");
    let stop = conclusion("loss", vec![decide("stop")]);
    assert_eq!(scope.conclude_test("T-2", &stop).await.unwrap().state, State::Concluded);
    let impact = library.read().await.impact(None).await.unwrap();
    assert_eq!((impact.outcomes.win, impact.outcomes.loss), (1, 0), "concluded is not counted");
    library.add_idea("Ours").await;
    library.stopped(&trial("Ours", &["H-1"]), &clear_win()).await;
    assert_eq!(refused(scope.count_test("T-5", false).await), "conflict");
    let counts = library.read().await.test_counts(true).await.unwrap();
    assert_eq!((counts[&State::Stopped], counts[&State::Concluded]), (2, 2));
}

async fn an_undo_cancels_what_nobody_touched(library: Library) {
    let scope = lead(&library).await;
    let done = import(&scope, ARMS).await;
    let note = DataNote { note: "The site was down.".into(), invalid: true };
    library.enter().await.note_on_data("T-3", &note).await.unwrap();
    library.run_tests().await.count_test("T-1", true).await.unwrap();
    let report = scope.undo_import(done.number).await.unwrap();
    assert_eq!(report.undone, ["T-2", "T-4"]);
    let left: Vec<String> = report.left_alone.iter().map(|one| format!("{} {}", one.number, one.why)).collect();
    assert_eq!(left, ["T-1 counted", "T-3 noted"]);
    let test = library.read().await.test("T-2").await.unwrap();
    assert_eq!((test.state, test.cancel_reason.as_deref()), (State::Cancelled, Some("Import 1 was undone.")));
    assert_eq!(event(&library, Subject::Import, "1").await, "Leo Lead undone: 2 cancelled, 2 left alone");
    let counts = library.read().await.test_counts(true).await.unwrap();
    assert_eq!((counts[&State::Stopped], counts[&State::Cancelled]), (2, 2));
    assert_eq!(refused(scope.undo_import(done.number).await), "conflict");
    assert_eq!(import(&scope, ARMS).await.numbers, ["T-5", "T-6", "T-7", "T-8"]);
}

async fn what_cannot_be_read_writes_nothing(library: Library) {
    let scope = lead(&library).await;
    let before = traces(&library).await;
    let bad = "test_id,arm,headline,impressions,clicks\na,0,x,10,11\na,1,x,-1,0\nb,0,x,10,1\n";
    let refusal = scope.preview_arms(bad.as_bytes().to_vec(), &ArmsTarget::default()).await.unwrap_err().to_string();
    for said in [
        "Line 2, clicks: 11 conversions are more than 10 visitors.",
        "Line 3, impressions: -1 is negative.",
        "Line 4, arm: The test “b” has one arm only",
    ] {
        assert!(refusal.contains(said), "{said}: {refusal}");
    }
    for (target, field) in [
        (ArmsTarget { site: "nowhere".into(), metric: String::new() }, "site"),
        (ArmsTarget { site: SHOP.into(), metric: "nothing".into() }, "metric"),
        (ArmsTarget { site: SHOP.into(), metric: "revenue-per-visitor".into() }, "metric"),
    ] {
        assert_eq!(refused_field(scope.preview_arms(ARMS.as_bytes().to_vec(), &target).await), [field]);
    }
    let preview = scope.preview_arms(ARMS.as_bytes().to_vec(), &ArmsTarget::default()).await.unwrap();
    let none = domain::transfer::ArmsPreview { tests: Vec::new(), ..preview };
    assert_eq!(refused(scope.import_arms("arms.csv", &none).await), "invalid");
    assert_eq!(traces(&library).await, before);
    assert_eq!(refused(library.database.store.scope::<Import>(&library.contributor, support::HERE).await), "forbidden");
}

async fn counts_go_where_they_are_sent(library: Library) {
    let (kind, unit) = (MetricKind::Proportion, Unit::Share);
    let (direction, family) = (Direction::Up, Family::Behaviour);
    let metric = MetricDraft { site: SHOP.into(), name: "Click rate".into(), slug: None, kind, unit, direction, family };
    library.configure().await.add_metric(&metric).await.unwrap();
    let scope = lead(&library).await;
    let target = ArmsTarget { site: SHOP.into(), metric: "click-rate".into() };
    let preview = scope.preview_arms(ARMS.as_bytes().to_vec(), &target).await.unwrap();
    scope.import_arms("arms.csv", &preview).await.unwrap();
    let test = library.read().await.test("T-1").await.unwrap();
    assert_eq!((test.site.as_deref(), test.plan.primary_metric.as_deref()), (Some(SHOP), Some("click-rate")));
    assert_eq!(test.recorded.unwrap().kind, Some(OutcomeKind::CommercialEffectNotShown));
}

async fn a_workspace_without_a_site_gets_one(library: Library) {
    let scope = library.elsewhere::<Import>().await;
    let done = import(&scope, ARMS).await;
    assert_eq!((done.new_site.as_deref(), done.numbers.len()), (Some("Rival"), 4));
    let past = scope.imports(10).await.unwrap();
    assert_eq!((past[0].format.as_str(), past[0].tests, past[0].hypotheses), ("arms", 4, 0));
    assert_eq!(refused(lead(&library).await.import(1).await), "not found");
}
