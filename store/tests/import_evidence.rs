//! Evidence that comes by import with its links: all or nothing, recognised when it comes again, and taken back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::evidence::{Direction, EvidenceDraft, Kind};
use domain::hypotheses::Stage;
use domain::transfer::{EvidenceRow, ImportedEvidence, Preview};
use store::{Import, Read, Scope};
use support::{Library, counters_are_true, event, events, on_both_databases, refused, whole};

on_both_databases!(
    a_log_is_imported_with_its_links,
    what_is_wrong_writes_nothing,
    the_same_file_again_is_recognised,
    an_undo_leaves_alone_what_was_touched,
    a_hypothesis_that_goes_meanwhile_refuses_by_line,
    a_workspace_without_a_site_gets_one,
);

const LOG: &str = "Title,Finding,Method,Source,Observed on,n,Area,Supports,Contradicts\n\
    Stock is asked for,212 of 640 ask,Survey,Exit poll,2026-01-05,640,Checkout,\"H-1, H-2\",\n\
    Half never scroll,,Hotjar heatmap,Hotjar,2026-01-06,\"1,200\",Attic,,H-2\n\
    Trade buyers phone first,,Interview,,2026-01-07,12,,,\n";

async fn lead(library: &Library) -> Scope<Import> {
    library.scope::<Import>(&library.lead).await
}

async fn read(library: &Library, text: &str) -> Preview<EvidenceRow> {
    lead(library).await.preview_evidence(text.as_bytes().to_vec(), None).await.unwrap()
}

/// Two whole hypotheses, and the log.
async fn imported(library: &Library) -> ImportedEvidence {
    for title in ["Show the stock", "Shorten the page"] {
        library.contribute().await.create_hypothesis(&whole(title)).await.unwrap();
    }
    let found = read(library, LOG).await;
    assert_eq!(found.errors, []);
    lead(library).await.import_evidence("log.csv", &found).await.unwrap()
}

async fn traces(library: &Library) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["evidence", "evidence_link", "event", "import", "import_evidence", "counter", "site", "search_document"] {
        counts.push(library.database.number(&format!("SELECT count(*) FROM {table}"), []).await);
    }
    counts
}

async fn all_is_true(library: &Library) {
    counters_are_true(library).await;
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn a_log_is_imported_with_its_links(library: Library) {
    let done = imported(&library).await;
    assert_eq!((done.number, done.evidence.join(" "), done.links, done.new_site), (1, "E-1 E-2 E-3".to_owned(), 3, None));
    let read = library.read().await;
    let first = read.evidence("E-1").await.unwrap();
    assert_eq!((first.kind, first.sample_size, first.areas.join(" "), first.uses), (Kind::Survey, Some(640), "checkout".to_owned(), 2));
    assert_eq!((first.observed().to_string(), first.author_name.as_deref()), ("2026-01-05".to_owned(), Some("Leo Lead")));
    let second = read.evidence("E-2").await.unwrap();
    assert_eq!((second.kind, second.finding.as_deref()), (Kind::Heatmap, Some("Area: Attic")));
    let held: Vec<_> = read.evidence_of("H-2").await.unwrap().into_iter().map(|one| (one.evidence.number, one.link.direction)).collect();
    assert_eq!(held, [("E-1".to_owned(), Direction::Supports), ("E-2".to_owned(), Direction::Contradicts)]);
    assert_eq!(read.hypothesis("H-1").await.unwrap().stage, Stage::EvidenceGathered);
    assert_eq!(event(&library, Subject::Import, "1").await, "Leo Lead imported: 3 pieces of evidence from log.csv");
    assert_eq!(events(&library, Subject::Import, "1").await.len(), 1);
    let past = lead(&library).await.import(1).await.unwrap();
    assert_eq!((past.format.as_str(), past.evidence, past.hypotheses, past.tests), ("evidence", 3, 0, 0));
    all_is_true(&library).await;
    library.database.execute("UPDATE import SET evidence = 9", []).await;
    let said = library.database.store.check().await.unwrap().join(" ");
    assert!(said.contains("Import 1: it is stored with 9 pieces of evidence and made 3."), "{said}");
}

async fn what_is_wrong_writes_nothing(library: Library) {
    library.add_idea("Show the stock").await;
    let before = traces(&library).await;
    let found = read(&library, "Title,Kind,Date,Supports\nA,survey,2999-01-01,\nB,rumour,,\nC,survey,,H-7\nD,survey,,H-1\n").await;
    let refusal = lead(&library).await.import_evidence("log.csv", &found).await.unwrap_err().to_string();
    for said in
        ["Line 2, Date: 2999-01-01 lies in the future.", "Line 3, Kind: “rumour” is not", "Line 4, Supports: There is no hypothesis H-7"]
    {
        assert!(refusal.contains(said), "{said}: {refusal}");
    }
    let nothing = Preview { rows: Vec::new(), errors: Vec::new(), ..found };
    assert_eq!(refused(lead(&library).await.import_evidence("log.csv", &nothing).await), "invalid");
    assert_eq!(traces(&library).await, before);
}

async fn the_same_file_again_is_recognised(library: Library) {
    imported(&library).await;
    let again = read(&library, LOG).await;
    assert_eq!(again.rows.len(), 0);
    let said = again.notices.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    assert!(said.contains("Line 2, Title: E-1 is the same, by title, kind and days; the row is left out."), "{said}");
    let refusal = lead(&library).await.import_evidence("log.csv", &again).await.unwrap_err().to_string();
    assert!(refusal.contains("Every row of the file is here already"), "{refusal}");
    let longer = read(&library, &format!("{LOG}Prices are compared,,Survey,,2026-02-01,,,,\n")).await;
    assert_eq!(lead(&library).await.import_evidence("log.csv", &longer).await.unwrap().evidence, ["E-4"]);
    lead(&library).await.undo_import(1).await.unwrap();
    assert_eq!(read(&library, LOG).await.rows.len(), 3);
    all_is_true(&library).await;
}

async fn an_undo_leaves_alone_what_was_touched(library: Library) {
    let done = imported(&library).await;
    let third = library.read().await.evidence("E-3").await.unwrap();
    let edited = EvidenceDraft { tags: vec!["trade".into()], ..EvidenceDraft::of(&third) };
    library.contribute().await.edit_evidence("E-3", &edited, None).await.unwrap();
    let report = lead(&library).await.undo_import(done.number).await.unwrap();
    assert_eq!(report.undone, ["E-1", "E-2"]);
    let left: Vec<String> = report.left_alone.iter().map(|one| format!("{} {} {}", one.number, one.title, one.why)).collect();
    assert_eq!(left, ["E-3 Trade buyers phone first edited"]);
    let read = library.read().await;
    assert!(read.evidence("E-1").await.unwrap().archived && !read.evidence("E-3").await.unwrap().archived);
    let held = read.hypothesis("H-1").await.unwrap();
    assert_eq!((held.stage, held.evidence.confidence), (Stage::Idea, 0.0));
    assert_eq!(event(&library, Subject::Import, "1").await, "Leo Lead undone: 2 archived, 1 left alone");
    assert_eq!(refused(lead(&library).await.undo_import(done.number).await), "conflict");
    assert_eq!(refused(library.elsewhere::<Import>().await.undo_import(done.number).await), "not found");
    all_is_true(&library).await;
}

async fn a_hypothesis_that_goes_meanwhile_refuses_by_line(library: Library) {
    library.add_idea("Show the stock").await;
    let mut found = read(&library, "Title,Kind,Supports\nA,survey,H-1\n").await;
    found.rows[0].supports = vec!["H-9".to_owned()];
    let before = traces(&library).await;
    let refusal = lead(&library).await.import_evidence("log.csv", &found).await.unwrap_err().to_string();
    assert!(refusal.contains("Line 2: There is no hypothesis H-9 here any more."), "{refusal}");
    assert_eq!(traces(&library).await, before);
}

async fn a_workspace_without_a_site_gets_one(library: Library) {
    let scope = library.elsewhere::<Import>().await;
    let found = scope.preview_evidence(b"Title,Kind,Area\nA,survey,Checkout\n".to_vec(), None).await.unwrap();
    assert_eq!((found.errors.len(), found.notices.len()), (0, 0), "{:?}", found.notices);
    let done = scope.import_evidence("log.csv", &found).await.unwrap();
    assert_eq!(done.new_site.as_deref(), Some("Rival"));
    assert_eq!(library.elsewhere::<Read>().await.evidence("E-1").await.unwrap().areas, ["checkout"]);
}
