//! The signal inventory: rows, what is usual, imports, evidence, and who may do what.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{DateTime, Utc};
use domain::activity::Subject;
use domain::evidence::{Direction, Kind, LinkDraft};
use domain::experiments::{TestDraft, VariantDraft};
use domain::impact::RolloutDraft;
use domain::signals::{Behaviour, Need, Signal, SignalDraft, SignalQuery};
use domain::sites::SiteDraft;
use domain::transfer::signals::SignalDefaults;
use store::{Contribute, Read, RunTests, StoreError};
use support::{HERE, Library, SHOP, event, events, on_both_databases, refused, refused_field};

on_both_databases!(
    a_row_is_kept_changed_archived_and_brought_back,
    no_two_rows_of_a_page_cover_the_same_day,
    what_is_usual_needs_enough_pages_of_the_same_device_and_period,
    exits_are_compared_with_the_period_before,
    what_a_page_could_be_worth_follows_from_the_records_of_its_area,
    lists_page_to_the_end_in_every_order,
    an_import_is_all_or_nothing_behind_one_event,
    one_click_makes_evidence_and_the_second_finds_it,
    outsiders_and_viewers_change_nothing,
    a_broken_column_is_found,
);

fn now() -> DateTime<Utc> {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

async fn scope(library: &Library) -> store::Scope<Contribute> {
    library.contribute().await.at(now())
}

fn draft(path: &str) -> SignalDraft {
    SignalDraft {
        page: format!("Page {path}"),
        path: path.into(),
        site: SHOP.into(),
        area: Some("checkout".into()),
        device: Some("desktop".into()),
        from: "2026-10-23".into(),
        to: "2026-11-19".into(),
        visits: Some(10_000),
        exits: Some(4800),
        hesitation: Some(960),
        scroll_loop: Some(1392),
        exit_intent: None,
    }
}

async fn add(library: &Library, draft: &SignalDraft) -> Signal {
    scope(library).await.create_signal(draft).await.unwrap()
}

async fn list(library: &Library, pairs: &[(&str, &str)]) -> Vec<Signal> {
    let query = SignalQuery::from_pairs(pairs.iter().copied()).unwrap();
    library.read().await.signal_list(&query).await.unwrap().items
}

/// Everything stored follows from the rest.
async fn is_sound(library: &Library) {
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn a_row_is_kept_changed_archived_and_brought_back(library: Library) {
    let made = add(&library, &draft("/prices")).await;
    assert_eq!((made.id, made.version, made.exits_per_week, made.latest), (1, 1, 1200, true));
    assert_eq!(SignalDraft::of(&made), draft("/prices"));
    assert_eq!(event(&library, Subject::Signal, "1").await, "Cora Contributor created: Page /prices on desktop, 2026-10-23 to 2026-11-19");
    let scope = scope(&library).await;
    let changed = scope.edit_signal(1, &SignalDraft { exits: Some(5000), ..draft("/prices") }, Some(1)).await.unwrap();
    assert_eq!((changed.version, changed.exits, changed.exits_per_week), (2, 5000, 1250));
    assert_eq!(refused(scope.edit_signal(1, &draft("/prices"), Some(1)).await), "stale");
    let future = SignalDraft { to: "2026-11-21".into(), ..draft("/prices") };
    assert_eq!(refused_field(scope.edit_signal(1, &future, None).await), ["to"]);
    assert_eq!(refused(scope.edit_signal(2, &draft("/prices"), None).await), "not found");
    assert!(scope.archive_signal(1).await.unwrap().archived);
    assert_eq!((list(&library, &[]).await.len(), library.read().await.signal_pages().await.unwrap()), (0, 0));
    assert!(!scope.restore_signal(1).await.unwrap().archived);
    assert_eq!((list(&library, &[]).await.len(), library.read().await.signal_pages().await.unwrap()), (1, 1));
    let actions: Vec<String> = events(&library, Subject::Signal, "1").await.into_iter().map(|event| event.action).collect();
    assert_eq!(actions, ["restored", "archived", "edited", "created"]);
    is_sound(&library).await;
}

async fn no_two_rows_of_a_page_cover_the_same_day(library: Library) {
    add(&library, &draft("/prices")).await;
    let scope = scope(&library).await;
    let again = SignalDraft { from: "2026-11-19".into(), ..draft("/prices") };
    assert_eq!(refused_field(scope.create_signal(&again).await), ["from"]);
    add(&library, &SignalDraft { device: None, ..draft("/prices") }).await;
    let before = add(&library, &SignalDraft { from: "2026-09-25".into(), to: "2026-10-22".into(), ..draft("/prices") }).await;
    assert!(!before.latest, "an older row is not the newest");
    assert_eq!(refused_field(scope.edit_signal(before.id, &draft("/prices"), None).await), ["from"]);
    scope.archive_signal(1).await.unwrap();
    assert!(scope.signal(before.id).await.unwrap().latest, "the row before takes its place");
    scope.edit_signal(before.id, &draft("/prices"), None).await.unwrap();
    assert_eq!(refused(scope.restore_signal(1).await), "conflict");
    assert_eq!(library.read().await.signal_pages().await.unwrap(), 2);
    is_sound(&library).await;
}

async fn what_is_usual_needs_enough_pages_of_the_same_device_and_period(library: Library) {
    add(&library, &draft("/prices")).await;
    add(&library, &SignalDraft { device: Some("mobile".into()), ..draft("/a") }).await;
    add(&library, &SignalDraft { to: "2026-11-18".into(), ..draft("/b") }).await;
    for (pages, exits) in [(2, 2000), (3, 3000), (4, 4000), (5, 1000)] {
        let usual = list(&library, &[("device", "desktop")]).await.into_iter().find(|row| row.id == 1).unwrap().reading.usual;
        assert_eq!((usual.pages, usual.average.is_some(), usual.low.is_some()), (pages - 1, pages > 3, pages > 5));
        let path = format!("/page-{pages}");
        add(&library, &SignalDraft { exits: Some(exits), hesitation: Some(exits / 5), scroll_loop: Some(exits / 5), ..draft(&path) }).await;
    }
    let found = library.read().await.signal(1).await.unwrap().reading;
    assert_eq!((found.usual.average, found.usual.low, found.usual.high), (Some(0.296), Some(0.2), Some(0.4)));
    assert!(found.stands_out);
    assert_eq!(found.standing_out().map(|(behaviour, _)| behaviour), Some(Behaviour::ScrollLoop));
    let worth = found.could_be_worth;
    assert!(worth.up_to.is_none() && !worth.needs.is_empty() && !worth.hidden, "nothing is known of conversions here: {worth:?}");
}

async fn exits_are_compared_with_the_period_before(library: Library) {
    let older = SignalDraft { from: "2026-08-01".into(), to: "2026-08-28".into(), exits: Some(100), ..blank("/prices") };
    let before = SignalDraft { from: "2026-10-09".into(), to: "2026-10-22".into(), exits: Some(2000), ..blank("/prices") };
    for draft in [older, before, draft("/prices")] {
        add(&library, &draft).await;
    }
    let change = library.read().await.signal(3).await.unwrap().reading.change.unwrap();
    assert_eq!((change.from.to_string().as_str(), change.to.to_string().as_str()), ("2026-10-09", "2026-10-22"));
    assert!((change.share.unwrap() - 0.2).abs() < 1e-9, "1,200 a week after 1,000");
    assert_eq!(library.read().await.signal(1).await.unwrap().reading.change, None);
    assert_eq!(list(&library, &[]).await.len(), 1);
    assert_eq!(list(&library, &[("period", "all")]).await.len(), 3);
    assert_eq!(list(&library, &[("period", "2026-10-22")]).await[0].id, 2);
    let days: Vec<String> = library.read().await.signal_periods().await.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2026-11-19", "2026-10-22", "2026-08-28"]);
}

async fn what_a_page_could_be_worth_follows_from_the_records_of_its_area(library: Library) {
    let some = |text: &str| Some(text.to_owned());
    let site = SiteDraft { name: "Trade".into(), currency: "GBP".into(), margin: Some(0.4), ..SiteDraft::default() };
    library.configure().await.create_site(&site).await.unwrap();
    for (path, exits) in [("/a", 4800), ("/b", 2000), ("/c", 2000)] {
        add(&library, &SignalDraft { site: "trade".into(), exits: Some(exits), ..blank(path) }).await;
    }
    let worth = async |id: i64| library.read().await.signal(id).await.unwrap().reading.could_be_worth;
    assert_eq!((worth(1).await.up_to, worth(1).await.needs), (None, vec![Need::Baseline]));
    assert!(worth(2).await.nothing_beyond);
    let variant = |key: &str| VariantDraft { key: key.into(), name: key.into(), ..VariantDraft::default() };
    let test = TestDraft {
        title: "Shorter checkout".into(),
        kind: "ab".into(),
        site: some("trade"),
        area: some("checkout"),
        variants: vec![variant("A"), variant("B")],
        primary_metric: some("conversion-rate"),
        baseline: Some(0.03),
        ..TestDraft::default()
    };
    let lead = library.scope::<RunTests>(&library.lead).await;
    lead.create_test(&test).await.unwrap();
    assert_eq!(worth(1).await.needs, [Need::ValuePerConversion]);
    let rollout = RolloutDraft {
        title: "Shorter form".into(),
        reason: some("Asked for"),
        site: some("trade"),
        area: some("basket"),
        metric: some("conversion-rate"),
        value_per_conversion: Some(60.0),
        ..RolloutDraft::default()
    };
    lead.create_rollout(&rollout).await.unwrap();
    // By hand: 10,000 visits in 28 days are 130,357.14 a year; × (0.48979778 − 8,800/30,000) × 3 % × 60.00 × 40 % = 18,439.59.
    let found = worth(1).await;
    assert_eq!(found.up_to.map(|money| (money.minor, money.currency)), Some((1_843_959, "GBP".to_owned())));
    let inputs = found.inputs.unwrap();
    assert_eq!((inputs.baseline_from.as_deref(), inputs.value_from.as_deref()), (Some("T-1"), Some("R-1")));
    let measured = RolloutDraft {
        area: some("checkout"),
        metric: some("revenue-per-visitor"),
        baseline: Some(2.5),
        value_per_conversion: None,
        ..rollout
    };
    lead.create_rollout(&measured).await.unwrap();
    // The same × 2.50 × 40 % = 25,610.54.
    let found = worth(1).await;
    assert_eq!(found.up_to.map(|money| money.minor), Some(2_561_054));
    assert_eq!(found.inputs.unwrap().baseline_from.as_deref(), Some("R-2"));
}

fn blank(path: &str) -> SignalDraft {
    SignalDraft { hesitation: None, scroll_loop: None, ..draft(path) }
}

async fn lists_page_to_the_end_in_every_order(library: Library) {
    for n in 0..7_i64 {
        let exits = Some([700, 100, 700, 300, 500, 0, 200][usize::try_from(n).unwrap()]);
        add(&library, &SignalDraft { exits, visits: Some(1000 + n * 500), ..blank(&format!("/p{n}")) }).await;
    }
    add(&library, &SignalDraft { device: None, ..blank("/all") }).await;
    for sort in ["-exits_per_week", "exits_per_week", "-exit_rate", "exit_rate"] {
        let mut pairs = vec![("sort", sort.to_owned()), ("limit", "3".to_owned())];
        let mut all = Vec::new();
        loop {
            let query = SignalQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str()))).unwrap();
            let page = library.read().await.signal_list(&query).await.unwrap();
            assert_eq!(page.total, 8);
            all.extend(page.items);
            let Some(next) = page.next else { break };
            pairs.retain(|(name, _)| *name != "cursor");
            pairs.push(("cursor", next));
        }
        let key = |row: &Signal| if sort.contains("rate") { row.exits as f64 / row.visits as f64 } else { row.exits as f64 };
        let keys: Vec<f64> = all.iter().map(key).collect();
        let down = sort.starts_with('-');
        assert!(keys.windows(2).all(|pair| if down { pair[0] >= pair[1] } else { pair[0] <= pair[1] }), "{sort}: {keys:?}");
        assert_eq!(all.len(), 8, "{sort}");
    }
    assert_eq!((list(&library, &[("device", "all")]).await.len(), list(&library, &[("site", "nowhere")]).await.len()), (1, 0));
    let foreign = SignalQuery { cursor: Some("x".into()), ..SignalQuery::default() };
    assert_eq!(refused_field(library.read().await.signal_list(&foreign).await), ["cursor"]);
}

async fn an_import_is_all_or_nothing_behind_one_event(library: Library) {
    let defaults = SignalDefaults { site: SHOP.into(), from: "2026-10-23".into(), to: "2026-11-19".into(), device: "mobile".into() };
    let good = "Page;Path;Visits;Exits;Scroll loop % of exits\nPrices;/prices;39.300;18.880;29 %\nSearch;/search;20000;9000;12,5 %\n";
    let bad = format!("{good}Basket;/basket;10;11;\n");
    let scope = scope(&library).await;
    assert_eq!(refused(scope.import_signals("rows.csv", bad.as_bytes(), &defaults).await), "invalid");
    assert_eq!(
        scope.preview_signals(bad.as_bytes(), &defaults).await.unwrap().errors[0].to_string(),
        "Line 4, Exits: 11 exits are more than 10 visits."
    );
    assert_eq!((list(&library, &[]).await.len(), library.read().await.signal_pages().await.unwrap()), (0, 0));
    assert_eq!(scope.import_signals("rows.csv", good.as_bytes(), &defaults).await.unwrap(), (1, 2));
    let rows = list(&library, &[]).await;
    assert_eq!((rows[0].page.as_str(), rows[0].scroll_loop, rows[1].scroll_loop), ("Prices", Some(5475), Some(1125)));
    assert_eq!(event(&library, Subject::Signal, "1–2").await, "Cora Contributor imported: 2 rows from rows.csv");
    let again = scope.preview_signals(good.as_bytes(), &defaults).await.unwrap();
    assert_eq!((again.errors.len(), again.errors[0].line), (2, 2), "the same days twice are named by line");
    assert_eq!(refused(scope.import_signals("rows.csv", good.as_bytes(), &defaults).await), "invalid");
    assert_eq!(list(&library, &[("period", "all")]).await.len(), 2);
    let many: String = (0..1200).map(|n| format!("/p{n},10,5\n")).collect();
    let many = format!("Path,Visits,Exits\n{many}");
    assert_eq!(scope.import_signals("many.csv", many.as_bytes(), &defaults).await.unwrap(), (3, 1202));
    assert_eq!(library.read().await.signal_pages().await.unwrap(), 1202);
    is_sound(&library).await;
}

async fn one_click_makes_evidence_and_the_second_finds_it(library: Library) {
    add(&library, &draft("/prices")).await;
    let scope = scope(&library).await;
    assert_eq!(scope.signal_evidence(1).await.unwrap(), ("E-1".to_owned(), true));
    assert_eq!(scope.signal_evidence(1).await.unwrap(), ("E-1".to_owned(), false));
    let evidence = scope.evidence("E-1").await.unwrap();
    assert_eq!(evidence.title, "48% of visits to Page /prices on desktop end there; 29% after a scroll loop");
    assert_eq!(
        (evidence.kind, evidence.sample_size, evidence.areas.join(",")),
        (Kind::BehaviouralSignal, Some(10_000), "checkout".to_owned())
    );
    assert_eq!((evidence.observed_from.unwrap().to_string(), evidence.site), ("2026-10-23".to_owned(), Some(SHOP.to_owned())));
    let row = &list(&library, &[]).await[0];
    assert_eq!((row.evidence.as_deref(), row.version), (Some("E-1"), 1));
    assert_eq!(event(&library, Subject::Signal, "1").await.split(':').next(), Some("Cora Contributor made evidence"));
    library.add_idea("Show prices first").await;
    scope.link_evidence("H-1", "E-1", &LinkDraft::new(Direction::Supports)).await.unwrap();
    assert_eq!(scope.users_of(&["E-1".to_owned()], 3).await.unwrap()["E-1"], ["H-1"]);
    let (one, two) = (library.contribute().await.at(now()), library.contribute().await.at(now()));
    add(&library, &draft("/search")).await;
    let (first, second) = tokio::join!(one.signal_evidence(2), two.signal_evidence(2));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(first.0 == second.0 && first.1 != second.1, "two clicks at once make one: {first:?} {second:?}");
    scope.archive_evidence("E-1").await.unwrap();
    assert_eq!(scope.signal_evidence(1).await.unwrap(), ("E-1".to_owned(), false));
    add(&library, &draft("/gone")).await;
    scope.archive_signal(3).await.unwrap();
    assert_eq!(refused(scope.signal_evidence(3).await), "conflict");
    is_sound(&library).await;
}

async fn outsiders_and_viewers_change_nothing(library: Library) {
    add(&library, &draft("/prices")).await;
    let store = &library.database.store;
    assert_eq!(refused(store.scope::<Contribute>(&library.viewer, HERE).await), "forbidden");
    let theirs = library.elsewhere::<Contribute>().await;
    assert_eq!(refused(theirs.signal(1).await), "not found");
    assert_eq!(refused(theirs.archive_signal(1).await), "not found");
    assert_eq!(refused(theirs.signal_evidence(1).await), "not found");
    assert_eq!(theirs.signal_list(&SignalQuery::default()).await.unwrap().total, 0);
    let mut settings = library.read().await.workspace().settings.clone();
    settings.money_for_all = false;
    library.configure().await.change_settings("Holm", &settings).await.unwrap();
    let seen = |row: Result<Signal, StoreError>| row.unwrap().reading.could_be_worth;
    assert!(seen(store.scope::<Read>(&library.viewer, HERE).await.unwrap().signal(1).await).hidden);
    assert!(!seen(library.configure().await.signal(1).await).hidden);
}

async fn a_broken_column_is_found(library: Library) {
    add(&library, &SignalDraft { from: "2026-09-25".into(), to: "2026-10-22".into(), ..draft("/prices") }).await;
    add(&library, &draft("/prices")).await;
    for (breaking, found) in [
        ("UPDATE signal SET exits_per_week = 7 WHERE number = 1", "Signal 1: what it is sorted by"),
        ("UPDATE signal SET exit_rate = 7 WHERE number = 2", "Signal 2: what it is sorted by"),
        ("UPDATE signal SET latest = NOT latest WHERE number = 2", "Signal 2: it is stored as an older row"),
        ("UPDATE counter SET value = 4 WHERE name = 'signals'", "The counter signals says 4; there are 1."),
        ("UPDATE counter SET value = 1 WHERE name = 'signal'", "The counter signal says 1, but the number 2"),
    ] {
        library.database.execute(breaking, []).await;
        let said = library.database.store.check().await.unwrap();
        assert!(said.iter().any(|line| line.starts_with(HERE) && line.contains(found)), "{breaking}: {said:#?}");
    }
}
