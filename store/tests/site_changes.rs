//! Site changes: what they halve and what they ask to look at again, and "still true" as the answer.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{DateTime, Utc};
use domain::activity::Subject;
use domain::evidence::{Direction, Evidence, EvidenceDraft, EvidenceQuery, FreshnessWord, Kind, LinkDraft, StillTrue};
use domain::hypotheses::{BacklogQuery, HypothesisDraft};
use domain::learnings::{LearningDraft, Recheck};
use domain::scoring::ScoreDraft;
use domain::sites::{SiteChange, SiteChangeDraft, SiteDraft};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use store::{Configure, Contribute, RunTests};
use support::{Library, SHOP, all, event, events, idea, on_both_databases, refused, refused_field};

on_both_databases!(
    a_change_halves_older_evidence_on_its_areas_once,
    a_change_renews_confidence_and_says_why,
    taken_back_or_moved_it_no_longer_halves,
    filter_and_word_never_differ,
    a_change_is_refused_field_by_field,
    today_is_the_day_at_the_site,
    learnings_and_scores_ask_for_a_re_check,
    a_list_marks_what_asks_for_a_re_check,
    still_true_dates_evidence_anew,
    any_sequence_leaves_what_is_stored_true,
    any_number_of_findings_is_gone_through,
    others_neither_see_nor_change_it,
);

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

fn now() -> DateTime<Utc> {
    at("2026-11-20T09:00:00Z")
}

fn relaunch(date: &str, areas: &[&str]) -> SiteChangeDraft {
    let areas = areas.iter().map(|area| (*area).to_owned()).collect();
    SiteChangeDraft { title: "checkout relaunch".into(), date: date.into(), site: SHOP.into(), areas }
}

async fn log(library: &Library, draft: &SiteChangeDraft) -> SiteChange {
    library.configure().await.at(now()).create_site_change(draft).await.unwrap()
}

fn finding(kind: Kind, day: &str, site: Option<&str>, areas: &[&str]) -> EvidenceDraft {
    EvidenceDraft {
        observed_to: Some(day.into()),
        site: site.map(str::to_owned),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        ..EvidenceDraft::titled("A finding", kind)
    }
}

async fn add(library: &Library, draft: &EvidenceDraft) -> Evidence {
    library.contribute().await.at(now()).create_evidence(draft).await.unwrap()
}

async fn link(library: &Library, hypothesis: &str, evidence: &str) {
    let scope = library.contribute().await.at(now());
    scope.link_evidence(hypothesis, evidence, &LinkDraft::new(Direction::Supports)).await.unwrap();
}

/// Every piece of evidence up to the number of them, archived ones too.
async fn shelf(library: &Library, count: usize) -> Vec<Evidence> {
    let scope = library.read().await.at(now());
    let mut found = Vec::new();
    for n in 1..=count {
        found.push(scope.evidence(&format!("E-{n}")).await.unwrap());
    }
    found
}

fn halved(found: &[Evidence]) -> Vec<Option<String>> {
    found.iter().map(|one| one.halved_by.as_ref().map(|change| change.number.clone())).collect()
}

async fn check_is_clean(library: &Library) {
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn a_change_halves_older_evidence_on_its_areas_once(library: Library) {
    library.add_site("south-shop").await;
    for (day, site, areas) in [
        ("2026-11-02", Some(SHOP), &["checkout"][..]),
        ("2026-11-02", None, &["search", "basket"]),
        ("2026-11-03", Some(SHOP), &["checkout"]),
        ("2026-11-02", Some("south-shop"), &["checkout"]),
        ("2026-11-02", Some(SHOP), &["search"]),
        ("2026-11-02", Some(SHOP), &[]),
    ] {
        add(&library, &finding(Kind::Analytics, day, site, areas)).await;
    }
    let made = log(&library, &relaunch("2026-11-03", &["checkout", "basket"])).await;
    assert_eq!((made.number.as_str(), made.author.as_deref(), made.version), ("C-1", Some("Leo Lead"), 1));
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead changed: checkout relaunch, 3 Nov 2026");
    let first = Some("C-1".to_owned());
    let found = shelf(&library, 6).await;
    assert_eq!(halved(&found), [first.clone(), first.clone(), None, None, None, None]);
    assert!((found[0].freshness.value - 0.5 * found[4].freshness.value).abs() < 1e-12);
    assert_eq!(found[0].halved_by.as_ref().unwrap().words(), "checkout relaunch, 3 Nov 2026");
    assert_eq!((found[0].version, found[0].updated_at), (1, found[0].created_at), "a derived value changes no version");
    log(&library, &relaunch("2026-11-10", &["checkout"])).await;
    let again = shelf(&library, 6).await;
    assert_eq!(halved(&again), [first.clone(), first.clone(), Some("C-2".into()), None, None, None]);
    assert_eq!(again[0].freshness, found[0].freshness, "once only");
    let later = add(&library, &finding(Kind::Survey, "2026-11-01", Some(SHOP), &["basket"])).await;
    assert_eq!(later.halved_by.map(|change| change.number), first, "also what is logged afterwards");
    let edited = finding(Kind::Analytics, "2026-11-12", Some(SHOP), &["checkout"]);
    let edited = library.contribute().await.at(now()).edit_evidence("E-1", &edited, None).await.unwrap();
    assert_eq!(edited.halved_by, None);
    check_is_clean(&library).await;
}

async fn a_change_renews_confidence_and_says_why(library: Library) {
    for n in 1..=2 {
        library.contribute().await.at(now()).create_hypothesis(&idea(&format!("Idea {n}"))).await.unwrap();
    }
    add(&library, &finding(Kind::Interview, "2026-11-20", Some(SHOP), &["checkout"])).await;
    add(&library, &finding(Kind::Interview, "2026-11-20", Some(SHOP), &["search"])).await;
    link(&library, "H-1", "E-1").await;
    link(&library, "H-2", "E-2").await;
    let before = all(&library).await;
    let change = SiteChangeDraft { site: SHOP.into(), ..relaunch("2026-11-21", &["checkout"]) };
    library.configure().await.at(at("2026-11-21T09:00:00Z")).create_site_change(&change).await.unwrap();
    let after = all(&library).await;
    assert_eq!(after[0].evidence.confidence, 1.2, "half of 0.25, a day later");
    assert_eq!((after[0].version, after[0].updated_at), (before[0].version, before[0].updated_at));
    assert_eq!(after[1], before[1]);
    let told = "Leo Lead reweighed: checkout relaunch, 21 Nov 2026: evidence confidence 2.5 → 1.2";
    assert_eq!(event(&library, Subject::Hypothesis, "H-1").await, told);
    let explained = library.read().await.confidence_explained("H-1").await.unwrap();
    let item = &explained.terms[0].supporting.items[0];
    assert_eq!(item.halved_by.as_ref().map(|change| change.words()).as_deref(), Some("checkout relaunch, 21 Nov 2026"));
    check_is_clean(&library).await;
}

async fn taken_back_or_moved_it_no_longer_halves(library: Library) {
    library.contribute().await.at(now()).create_hypothesis(&idea("Idea")).await.unwrap();
    add(&library, &finding(Kind::Interview, "2026-11-02", Some(SHOP), &["checkout"])).await;
    add(&library, &finding(Kind::Interview, "2026-11-02", Some(SHOP), &["search"])).await;
    link(&library, "H-1", "E-1").await;
    log(&library, &relaunch("2026-11-03", &["checkout"])).await;
    let confidence = || async { all(&library).await[0].evidence.confidence };
    assert_eq!(confidence().await, 1.2);
    let scope = library.configure().await.at(now());
    let gone = scope.put_site_change_archived("C-1", true).await.unwrap();
    assert_eq!((gone.archived, gone.version, confidence().await), (true, 2, 2.4));
    assert_eq!(scope.put_site_change_archived("C-1", true).await.unwrap().version, 2, "again changes nothing");
    scope.put_site_change_archived("C-1", false).await.unwrap();
    assert_eq!(confidence().await, 1.2);
    let stale = scope.edit_site_change("C-1", &relaunch("2026-11-03", &["search"]), Some(1)).await;
    assert_eq!(refused(stale), "stale");
    let moved = scope.edit_site_change("C-1", &relaunch("2026-11-03", &["search"]), Some(3)).await.unwrap();
    assert_eq!((moved.version, confidence().await), (4, 2.4));
    assert_eq!(halved(&shelf(&library, 2).await), [None, Some("C-1".to_owned())]);
    scope.edit_site_change("C-1", &relaunch("2026-11-02", &["search"]), None).await.unwrap();
    assert_eq!(halved(&shelf(&library, 2).await), [None, None], "seen on the day itself");
    check_is_clean(&library).await;
}

async fn filter_and_word_never_differ(library: Library) {
    log(&library, &relaunch("2026-11-20", &["checkout"])).await;
    let mut count = 0;
    for kind in [Kind::BestPractice, Kind::Survey, Kind::Analytics, Kind::Interview, Kind::PublishedTest] {
        for ago in [0, 1, 23, 24, 66, 67, 90, 156, 157, 199, 200, 398, 399, 470, 537, 538, 900, 1300] {
            let day = (now() - chrono::Duration::days(ago)).date_naive().to_string();
            add(&library, &finding(kind, &day, Some(SHOP), if ago % 2 == 0 { &["checkout"] } else { &["search"] })).await;
            add(&library, &finding(kind, &day, Some(SHOP), if ago % 2 == 0 { &[] } else { &["checkout"] })).await;
            count += 2;
        }
    }
    let found = shelf(&library, count).await;
    let scope = library.read().await.at(now());
    let mut seen = 0;
    for word in FreshnessWord::ALL {
        let query = EvidenceQuery { freshness: vec![word], limit: Some(200), ..EvidenceQuery::default() };
        let page = scope.evidence_list(&query).await.unwrap();
        let mut listed: Vec<String> = page.items.into_iter().map(|one| one.number).collect();
        let mut wanted: Vec<String> = found.iter().filter(|one| one.freshness.word == word).map(|one| one.number.clone()).collect();
        listed.sort();
        wanted.sort();
        assert_eq!(listed, wanted, "{word:?}");
        assert!(found.iter().any(|one| one.freshness.word == word && one.halved_by.is_some()) || word == FreshnessWord::Fresh);
        seen += listed.len();
    }
    assert_eq!(seen, count);
}

async fn a_change_is_refused_field_by_field(library: Library) {
    let scope = library.configure().await.at(now());
    for (draft, fields) in [
        (SiteChangeDraft::default(), &["title", "date", "site"][..]),
        (relaunch("2026-11-21", &["checkout"]), &["date"]),
        (relaunch("soon", &["checkout"]), &["date"]),
        (relaunch("2026-11-03", &[]), &["areas"]),
        (relaunch("2026-11-03", &["attic"]), &["areas"]),
        (SiteChangeDraft { site: "nowhere".into(), ..relaunch("2026-11-03", &["checkout"]) }, &["site"]),
    ] {
        assert_eq!(refused_field(scope.create_site_change(&draft).await), fields, "{draft:?}");
    }
    log(&library, &relaunch("2026-11-03", &["checkout"])).await;
    assert_eq!(refused_field(scope.edit_site_change("C-1", &relaunch("2026-11-21", &["checkout"]), None).await), ["date"]);
    assert_eq!(scope.site_changes().await.unwrap().len(), 1);
}

async fn today_is_the_day_at_the_site(library: Library) {
    let draft = SiteDraft {
        name: "Kiwi".into(),
        slug: Some("kiwi".into()),
        currency: "NZD".into(),
        time_zone: Some("Pacific/Auckland".into()),
        ..SiteDraft::default()
    };
    let scope = library.configure().await.at(at("2026-11-20T20:00:00Z"));
    scope.create_site(&draft).await.unwrap();
    let tomorrow = relaunch("2026-11-21", &["checkout"]);
    assert_eq!(refused_field(scope.create_site_change(&tomorrow).await), ["date"]);
    let there = SiteChangeDraft { site: "kiwi".into(), ..tomorrow };
    assert_eq!(scope.create_site_change(&there).await.unwrap().number, "C-1");
    let contribute = library.contribute().await.at(at("2026-11-20T20:00:00Z"));
    contribute.create_evidence(&finding(Kind::Survey, "2026-11-01", Some("kiwi"), &["checkout"])).await.unwrap();
    let confirmed = contribute.confirm_evidence("E-1", &StillTrue::default()).await.unwrap();
    assert_eq!((confirmed.observed_to.unwrap().to_string().as_str(), confirmed.halved_by), ("2026-11-21", None));
}

async fn learnings_and_scores_ask_for_a_re_check(library: Library) {
    let lead = library.scope::<RunTests>(&library.lead).await.at(at("2026-10-01T09:00:00Z"));
    let learning = |areas: &[&str]| LearningDraft {
        sentence: "Dates help.".into(),
        site: Some(SHOP.into()),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        recheck_on: Some("2026-11-18".into()),
        ..LearningDraft::default()
    };
    lead.create_learning(&learning(&["checkout"])).await.unwrap();
    lead.create_learning(&learning(&["search"])).await.unwrap();
    let draft = HypothesisDraft { site: Some(SHOP.into()), area: Some("checkout".into()), ..idea("Show dates") };
    library.contribute().await.create_hypothesis(&draft).await.unwrap();
    let levels = ScoreDraft::ice(5, 5, 5);
    for actor in [&library.contributor, &library.lead] {
        let scope = library.scope::<Contribute>(actor).await.at(at("2026-10-02T09:00:00Z"));
        scope.score_hypothesis("H-1", &levels).await.unwrap();
    }
    log(&library, &relaunch("2026-11-03", &["checkout"])).await;
    let scope = library.contribute().await.at(now());
    let today = now().date_naive();
    let why = |number: &'static str| {
        let scope = &scope;
        async move { scope.learning(number).await.unwrap().recheck(today) }
    };
    let change = log(&library, &relaunch("2026-11-10", &["checkout"])).await.named();
    assert_eq!(why("L-1").await, Some(Recheck::Changed(change.clone())), "the latest is the one to check against");
    let due = "2026-11-18".parse().unwrap();
    assert_eq!(why("L-2").await, Some(Recheck::Due(due)));
    let note = StillTrue { note: Some("Asked six buyers again.".into()) };
    for number in ["L-1", "L-2"] {
        let confirmed = scope.confirm_learning(number, &note).await.unwrap();
        assert_eq!((confirmed.confirmed_on, confirmed.version, why(number).await), (Some(today), 2, None));
        let told = "Cora Contributor confirmed: Still true on 20 Nov 2026 (Asked six buyers again.)";
        assert_eq!(event(&library, Subject::Learning, number).await, told);
    }
    let marks = |scores: Vec<domain::scoring::Score>| scores.into_iter().map(|score| score.outdated_by).collect::<Vec<_>>();
    assert_eq!(marks(scope.scores("H-1").await.unwrap()), [Some(change.clone()), Some(change.clone())]);
    scope.score_hypothesis("H-1", &levels).await.unwrap();
    assert_eq!(marks(scope.scores("H-1").await.unwrap()), [None, Some(change)], "who scored again has looked");
    library.configure().await.put_site_change_archived("C-2", true).await.unwrap();
    library.configure().await.put_site_change_archived("C-1", true).await.unwrap();
    assert_eq!(marks(scope.scores("H-1").await.unwrap()), [None, None]);
}

async fn a_list_marks_what_asks_for_a_re_check(library: Library) {
    let at_area = |title: &str, area: &str| HypothesisDraft { site: Some(SHOP.into()), area: Some(area.into()), ..idea(title) };
    for (title, area) in
        [("Scored before", "checkout"), ("Rests on old evidence", "basket"), ("Elsewhere", "search"), ("Scored after", "checkout")]
    {
        library.contribute().await.at(at("2026-10-01T09:00:00Z")).create_hypothesis(&at_area(title, area)).await.unwrap();
    }
    let levels = ScoreDraft::ice(5, 5, 5);
    for (number, day) in [("H-1", "2026-10-02"), ("H-3", "2026-10-02"), ("H-4", "2026-11-12")] {
        let scope = library.contribute().await.at(at(&format!("{day}T09:00:00Z")));
        scope.score_hypothesis(number, &levels).await.unwrap();
    }
    add(&library, &finding(Kind::Survey, "2026-10-03", Some(SHOP), &["checkout"])).await;
    link(&library, "H-2", "E-1").await;
    let read = library.read().await.at(now());
    let marks = async || {
        let page = read.backlog(&BacklogQuery::default()).await.unwrap();
        let found = read.outdated(&page.items).await.unwrap();
        found.into_iter().map(|(number, why)| format!("{number} {}", why.words())).collect::<Vec<_>>()
    };
    assert_eq!(marks().await, [""; 0]);
    log(&library, &relaunch("2026-11-03", &["checkout"])).await;
    let changed = "Needs a re-check: checkout relaunch, 3 Nov 2026.";
    assert_eq!(marks().await, [format!("H-1 {changed} Scores are older."), format!("H-2 {changed} Evidence is older.")]);
    link(&library, "H-1", "E-1").await;
    assert_eq!(marks().await[0], format!("H-1 {changed} Scores and evidence are older."));
    let again = library.contribute().await.at(now());
    again.score_hypothesis("H-1", &levels).await.unwrap();
    library.contribute().await.archive_evidence("E-1").await.unwrap();
    assert_eq!(marks().await, [""; 0], "who looked again, and what counts no more");
}

async fn still_true_dates_evidence_anew(library: Library) {
    library.contribute().await.at(now()).create_hypothesis(&idea("Idea")).await.unwrap();
    add(&library, &finding(Kind::Interview, "2025-05-29", Some(SHOP), &["checkout"])).await;
    link(&library, "H-1", "E-1").await;
    log(&library, &relaunch("2026-11-03", &["checkout"])).await;
    assert_eq!(all(&library).await[0].evidence.confidence, 0.6);
    let scope = library.contribute().await.at(now());
    let said = StillTrue { note: Some("Seen again in six sessions.".into()) };
    let confirmed = scope.confirm_evidence("E-1", &said).await.unwrap();
    assert_eq!((confirmed.observed_to, confirmed.halved_by, confirmed.version), (Some(now().date_naive()), None, 2));
    assert_eq!(all(&library).await[0].evidence.confidence, 2.5);
    let told = "Cora Contributor confirmed: Still true: observed 29 May 2025 → 20 Nov 2026 (Seen again in six sessions.)";
    assert_eq!(event(&library, Subject::Evidence, "E-1").await, told);
    let moved = "Cora Contributor reweighed: E-1 was confirmed: evidence confidence 0.6 → 2.5";
    assert_eq!(event(&library, Subject::Hypothesis, "H-1").await, moved);
    let long = StillTrue { note: Some("x".repeat(400)) };
    assert_eq!(refused_field(scope.confirm_evidence("E-1", &long).await), ["note"]);
    scope.archive_evidence("E-1").await.unwrap();
    assert_eq!(refused(scope.confirm_evidence("E-1", &said).await), "conflict");
    assert_eq!(refused(scope.confirm_evidence("E-9", &said).await), "not found");
    check_is_clean(&library).await;
}

async fn any_sequence_leaves_what_is_stored_true(library: Library) {
    let mut random = StdRng::seed_from_u64(11);
    library.add_site("south-shop").await;
    for n in 1..=3 {
        library.contribute().await.create_hypothesis(&idea(&format!("Idea {n}"))).await.unwrap();
    }
    let sites = [Some(SHOP), Some("south-shop"), None];
    let areas: [&[&str]; 4] = [&[], &["checkout"], &["basket"], &["checkout", "basket"]];
    for _ in 0..6 {
        add(&library, &finding(Kind::Interview, "2026-06-01", Some(SHOP), &["checkout"])).await;
    }
    log(&library, &relaunch("2026-07-01", &["basket"])).await;
    log(&library, &relaunch("2026-08-01", &["checkout"])).await;
    for step in 0..60 {
        let evidence = format!("E-{}", random.random_range(1..=6));
        let change = format!("C-{}", random.random_range(1..=2));
        let day = format!("2026-{:02}-15", random.random_range(5..=10));
        let (site, area) = (sites[random.random_range(0..3)], areas[random.random_range(0..4)]);
        let (contribute, configure) = (library.contribute().await.at(now()), library.configure().await.at(now()));
        let outcome = match random.random_range(0..6) {
            0 | 1 => refused(contribute.edit_evidence(&evidence, &finding(Kind::Analytics, &day, site, area), None).await),
            2 => {
                let hypothesis = format!("H-{}", random.random_range(1..=3));
                refused(contribute.link_evidence(&hypothesis, &evidence, &LinkDraft::new(Direction::Supports)).await)
            }
            3 => refused(configure.edit_site_change(&change, &relaunch(&day, area), None).await),
            4 => refused(configure.put_site_change_archived(&change, random.random_bool(0.5)).await),
            _ => refused(contribute.confirm_evidence(&evidence, &StillTrue::default()).await),
        };
        assert!(["done", "invalid"].contains(&outcome), "{outcome}");
        if step % 10 == 9 {
            check_is_clean(&library).await;
        }
    }
}

async fn any_number_of_findings_is_gone_through(library: Library) {
    library.contribute().await.at(now()).create_hypothesis(&idea("Idea")).await.unwrap();
    let draft = finding(Kind::Analytics, "2026-11-20", Some(SHOP), &["checkout"]);
    let scope = library.contribute().await.at(at("2026-11-20T09:00:00Z"));
    for _ in 0..205 {
        scope.create_evidence(&draft).await.unwrap();
    }
    link(&library, "H-1", "E-205").await;
    let before = events(&library, Subject::Hypothesis, "H-1").await.len();
    library.configure().await.at(at("2026-11-21T09:00:00Z")).create_site_change(&relaunch("2026-11-21", &["checkout"])).await.unwrap();
    assert!(halved(&shelf(&library, 205).await).iter().all(Option::is_some));
    assert_eq!(all(&library).await[0].evidence.confidence, 1.0);
    assert_eq!(events(&library, Subject::Hypothesis, "H-1").await.len(), before + 1);
}

async fn others_neither_see_nor_change_it(library: Library) {
    add(&library, &finding(Kind::Interview, "2026-11-02", Some(SHOP), &["checkout"])).await;
    log(&library, &relaunch("2026-11-03", &["checkout"])).await;
    for actor in [&library.viewer, &library.contributor] {
        assert_eq!(refused(library.database.store.scope::<Configure>(actor, support::HERE).await), "forbidden");
    }
    assert_eq!(library.read().await.site_changes().await.unwrap().len(), 1);
    let outsider = library.elsewhere::<Configure>().await;
    assert_eq!(outsider.site_changes().await.unwrap(), []);
    assert_eq!(refused(outsider.site_change("C-1").await), "not found");
    assert_eq!(refused(outsider.put_site_change_archived("C-1", true).await), "not found");
    assert_eq!(refused_field(outsider.create_site_change(&relaunch("2026-11-03", &["checkout"])).await), ["site"]);
    let contribute = library.elsewhere::<Contribute>().await;
    assert_eq!(refused(contribute.confirm_evidence("E-1", &StillTrue::default()).await), "not found");
    assert_eq!(refused(contribute.confirm_learning("L-1", &StillTrue::default()).await), "not found");
    for number in ["C-0", "C-01", "c-1", "1", "C-1x"] {
        assert_eq!(refused(library.read().await.site_change(number).await), "not found", "{number}");
    }
}
