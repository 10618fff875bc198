//! Imports: files become hypotheses, all or nothing, and an undo leaves alone what was touched since.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::accounts::MemberDraft;
use domain::activity::Subject;
use domain::hypotheses::{HandMove, HypothesisDraft, Stage};
use domain::transfer::{Field, Imported, Preview};
use std::path::PathBuf;
use store::{Actor, AddMembers, Configure, Import, Read, Scope};
use support::{Database, HERE, Library, THERE, all, counters_are_true, event, idea, on_both_databases, refused};

on_both_databases!(
    every_backlog_is_imported,
    what_cannot_be_read_writes_nothing,
    a_row_brings_its_score_stage_and_day,
    errors_refuse_the_whole_file,
    a_list_that_changed_meanwhile_refuses_by_line,
    a_title_that_is_here_already_is_noticed,
    an_undo_leaves_alone_what_was_touched,
    an_import_is_undone_once_and_only_at_home,
    a_workspace_without_a_site_gets_one,
    the_command_line_speaks_for_somebody,
    a_file_waits_for_its_owner_alone,
    hundreds_of_rows_come_and_go_together,
);

const BACKLOG: &str = "Title,Area,Impact,Confidence,Ease,Status,Created,Owner\n\
                       Show the delivery date,Checkout,8,6,7,Prioritised,2024-03-01,lead@holm.example\n\
                       Shorten the form,Checkout,5,5,5,Parked,2024-04-02,\n\
                       Explain returns,Basket,,,,,,\n";

/// Whom the files name.
const MEMBERS: [(&str, &str); 6] = [
    ("priya@holm.example", "Priya Nair"),
    ("nadia.rossi@vesta-insurance.example", "Nadia Rossi"),
    ("s.meyer@vesta-insurance.example", "Sven Meyer"),
    ("p.varga@vesta-insurance.example", "Petra Varga"),
    ("hannah@studio-elm.example", "Hannah Elm"),
    ("tobi@studio-elm.example", "Tobi Elm"),
];

fn files(folder: &str) -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/backlogs").join(folder);
    let entries = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect();
    files.sort();
    files
}

async fn lead(library: &Library) -> Scope<Import> {
    library.scope::<Import>(&library.lead).await
}

async fn read(scope: &Scope<Import>, text: &str) -> Preview {
    scope.preview_import(text.as_bytes().to_vec(), None).await.unwrap()
}

async fn import(library: &Library, text: &str) -> Imported {
    let scope = lead(library).await;
    scope.import_backlog("backlog.csv", &read(&scope, text).await).await.unwrap()
}

/// What an import could leave behind.
async fn traces(database: &Database) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["hypothesis", "score", "event", "import", "import_row", "counter", "site", "search_document", "hypothesis_tag"] {
        counts.push(database.number(&format!("SELECT count(*) FROM \"{table}\""), []).await);
    }
    counts
}

async fn every_backlog_is_imported(library: Library) {
    let members = library.scope::<AddMembers>(&library.lead).await;
    for (email, name) in MEMBERS {
        members.add_member(&MemberDraft { email: email.into(), name: name.into(), role: "contributor".into() }).await.unwrap();
    }
    let scope = lead(&library).await;
    let (mut made, mut scored) = (0, 0);
    for file in files("") {
        let found = scope.preview_import(std::fs::read(&file).unwrap(), None).await.unwrap();
        let rows: Vec<_> = found.rows.clone();
        let wanted: serde_json::Value = serde_json::from_slice(&std::fs::read(file.with_extension("expected.json")).unwrap()).unwrap();
        assert_eq!(found.errors.len(), wanted["row_errors"].as_array().unwrap().len(), "{}: {:?}", file.display(), found.errors);
        if !found.errors.is_empty() {
            assert_eq!(refused(scope.import_backlog("refused.csv", &found).await), "invalid");
        }
        let known = Preview { errors: Vec::new(), ..found };
        let done = scope.import_backlog("whole.csv", &known).await.unwrap();
        assert_eq!(done.hypotheses.len(), rows.len());
        for (number, row) in done.hypotheses.iter().zip(&rows) {
            let made = library.read().await.hypothesis(number).await.unwrap();
            assert_eq!((made.title.as_str(), made.score.is_some()), (row.draft.title.as_str(), row.score.is_some()));
        }
        made += rows.len();
        scored += rows.iter().filter(|row| row.score.is_some()).count();
    }
    assert!(made >= 100 && scored >= 80, "{made} made, {scored} scored");
    assert_eq!(all(&library).await.len(), made);
    assert_eq!(scope.imports(100).await.unwrap().len(), files("").len());
    counters_are_true(&library).await;
}

async fn what_cannot_be_read_writes_nothing(library: Library) {
    let scope = lead(&library).await;
    let before = traces(&library.database).await;
    let mut refusals = 0;
    for file in files("bad") {
        let Ok(found) = scope.preview_import(std::fs::read(&file).unwrap(), None).await else {
            refusals += 1;
            continue;
        };
        if !found.errors.is_empty() {
            assert_eq!(refused(scope.import_backlog("bad.csv", &found).await), "invalid", "{}", file.display());
            refusals += 1;
        }
    }
    let wide = (1..=500).map(|n| format!("Column {n}")).collect::<Vec<_>>().join(",");
    let long = format!("Title\n{}\n", "x".repeat(1024 * 1024));
    for (text, said) in [(wide, "Line 1, column 500: 200 columns"), (long, "Line 2, column 1: the cell")] {
        let refusal = scope.preview_import(text.into_bytes(), None).await.unwrap_err().to_string();
        assert!(refusal.contains(said), "{refusal}");
    }
    let large = scope.preview_import(vec![b'a'; 100 * 1024 * 1024], None).await;
    assert!(large.unwrap_err().to_string().contains("100 MB; 20 MB is the most"));
    assert!(refusals > 15, "{refusals}");
    assert_eq!(traces(&library.database).await, before);
}

async fn a_row_brings_its_score_stage_and_day(library: Library) {
    let done = import(&library, BACKLOG).await;
    assert_eq!((done.number, done.hypotheses.as_slice(), done.scored), (1, &["H-1".into(), "H-2".into(), "H-3".into()][..], 2));
    assert_eq!((done.scored_by.as_deref(), done.new_site), (Some("Leo Lead"), None));
    let scope = library.read().await;
    let first = scope.hypothesis("H-1").await.unwrap();
    assert_eq!((first.stage, first.area.as_deref(), first.owner_name.as_deref()), (Stage::Prioritised, Some("checkout"), Some("Leo Lead")));
    assert_eq!(first.created_at.to_rfc3339(), "2024-03-01T12:00:00+00:00");
    let scores = scope.scores("H-1").await.unwrap();
    let levels = ["impact", "confidence", "ease"].map(|slug| scores[0].judgement.level(slug));
    assert_eq!((scores.len(), scores[0].by.as_str(), levels), (1, "Leo Lead", [Some(8.0), Some(6.0), Some(7.0)]));
    assert_eq!(scope.hypothesis("H-2").await.unwrap().stage, Stage::Parked);
    assert_eq!(event(&library, Subject::Hypothesis, "H-2").await, "Leo Lead moved: Idea → Parked (“Parked” in the imported file.)");
    let third = scope.hypothesis("H-3").await.unwrap();
    assert_eq!((third.stage, third.score, third.version), (Stage::Idea, None, 1));
    assert_eq!(event(&library, Subject::Import, "1").await, "Leo Lead imported: 3 hypotheses from backlog.csv");
    let found: Vec<i64> = scope.search("delivery", 10).await.unwrap().into_iter().map(|one| one.number).collect();
    assert_eq!(found, [1]);
    let past = lead(&library).await.import(1).await.unwrap();
    assert_eq!((past.by.as_deref(), past.hypotheses, past.scored, past.undone), (Some("Leo Lead"), 3, 2, None));
    assert_eq!(past.mapping.columns.get(&0), Some(&Field::Title));
    counters_are_true(&library).await;
}

async fn errors_refuse_the_whole_file(library: Library) {
    let scope = lead(&library).await;
    let before = traces(&library.database).await;
    let found = read(&scope, "Title,Impact,Confidence,Ease,Owner\nGood,8,6,7,\nBad,11,6,7,\nWhose,5,5,5,who@else.example\n").await;
    let refusal = scope.import_backlog("backlog.csv", &found).await.unwrap_err().to_string();
    assert!(refusal.contains("Line 3, Impact: 11 is outside 1 to 10."), "{refusal}");
    assert!(refusal.contains("Line 4, Owner: Nobody here has the e-mail address who@else.example."), "{refusal}");
    let empty = Preview { rows: Vec::new(), errors: Vec::new(), ..found };
    assert_eq!(refused(scope.import_backlog("backlog.csv", &empty).await), "invalid");
    assert_eq!(traces(&library.database).await, before);
}

async fn a_list_that_changed_meanwhile_refuses_by_line(library: Library) {
    let scope = lead(&library).await;
    let found = read(&scope, BACKLOG).await;
    library.configure().await.archive_area(support::SHOP, "checkout").await.unwrap();
    let before = traces(&library.database).await;
    let refusal = scope.import_backlog("backlog.csv", &found).await.unwrap_err().to_string();
    let both = ["Line 2: There is no area “checkout”", "Line 3: There is no area “checkout”"];
    assert!(both.iter().all(|said| refusal.contains(said)), "{refusal}");
    assert_eq!(traces(&library.database).await, before);
}

async fn a_title_that_is_here_already_is_noticed(library: Library) {
    library.add_idea("show the DELIVERY date").await;
    let scope = lead(&library).await;
    let found = read(&scope, BACKLOG).await;
    let said: Vec<String> = found.notices.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["Line 2, Title: H-1 has this title already; the row is imported all the same."]);
    assert_eq!(scope.import_backlog("backlog.csv", &found).await.unwrap().hypotheses.len(), 3);
}

async fn an_undo_leaves_alone_what_was_touched(library: Library) {
    library.add_idea("Was here before").await;
    let rows: String = (1..=7).map(|n| format!("Idea {n},5,5,5\n")).collect();
    let done = import(&library, &format!("Title,Impact,Confidence,Ease\n{rows}")).await;
    assert_eq!(done.hypotheses.first().map(String::as_str), Some("H-2"));
    let contribute = library.contribute().await;
    let edited = HypothesisDraft { tags: vec!["kept".into()], ..idea("Idea 2, in better words") };
    contribute.edit_hypothesis("H-3", &edited, None).await.unwrap();
    library.score(&library.contributor, "H-5", [9, 9, 9]).await;
    contribute.move_hypothesis("H-6", &HandMove { stage: "prioritised".into(), reason: None }).await.unwrap();
    let report = lead(&library).await.undo_import(done.number).await.unwrap();
    assert_eq!(report.undone, ["H-2", "H-4", "H-7", "H-8"]);
    let left: Vec<String> = report.left_alone.iter().map(|one| format!("{} {} {}", one.number, one.title, one.why)).collect();
    assert_eq!(left, ["H-3 Idea 2, in better words edited", "H-5 Idea 4 scored", "H-6 Idea 5 moved"]);
    let archived: Vec<String> = all(&library).await.into_iter().filter(|one| one.archived).map(|one| one.number).collect();
    assert_eq!(archived, report.undone);
    assert_eq!(event(&library, Subject::Import, "1").await, "Leo Lead undone: 4 archived, 3 left alone");
    assert_eq!(lead(&library).await.import(1).await.unwrap().undone, Some(4));
    counters_are_true(&library).await;
}

async fn an_import_is_undone_once_and_only_at_home(library: Library) {
    import(&library, BACKLOG).await;
    let elsewhere = library.elsewhere::<Import>().await;
    assert_eq!(refused(elsewhere.undo_import(1).await), "not found");
    assert_eq!(refused(elsewhere.import(1).await), "not found");
    assert_eq!(elsewhere.imports(10).await.unwrap().len(), 0);
    assert_eq!(lead(&library).await.undo_import(1).await.unwrap().undone.len(), 3);
    assert_eq!(refused(lead(&library).await.undo_import(1).await), "conflict");
    assert_eq!(refused(lead(&library).await.undo_import(2).await), "not found");
    let store = &library.database.store;
    assert_eq!(refused(store.scope::<Import>(&library.contributor, HERE).await), "forbidden");
    assert_eq!(refused(store.scope::<Import>(&library.outsider, HERE).await), "not found");
}

async fn a_workspace_without_a_site_gets_one(library: Library) {
    let scope = library.elsewhere::<Import>().await;
    let text = "Title,Area,Metric,Impact,Confidence,Ease\nShow the delivery date,Checkout,Conversion rate,8,6,7\n";
    let found = read(&scope, text).await;
    assert_eq!((found.errors.len(), found.notices.len()), (0, 0), "{:?}", found.notices);
    let done = scope.import_backlog("backlog.csv", &found).await.unwrap();
    assert_eq!((done.new_site.as_deref(), done.scored_by.as_deref()), (Some("Rival"), Some("Oscar Outsider")));
    let site = library.elsewhere::<Configure>().await.sites().await.unwrap().remove(0);
    assert_eq!((site.slug.as_str(), site.currency.as_str()), ("rival", "GBP"));
    let made = library.elsewhere::<Read>().await.hypothesis("H-1").await.unwrap();
    assert_eq!((made.area.as_deref(), made.statement.effect.unwrap().metric.as_str()), (Some("checkout"), "conversion-rate"));
    assert_eq!(scope.import_backlog("again.csv", &found).await.unwrap().new_site, None);
}

async fn the_command_line_speaks_for_somebody(library: Library) {
    let store = library.database.store.clone();
    let operator = async |workspace: &'static str| store.scope::<Import>(&Actor::Operator, workspace).await.unwrap();
    let found = read(&lead(&library).await, BACKLOG).await;
    let first = operator(HERE).await.on_behalf_of(None).await.unwrap();
    assert_eq!(first.import_backlog("a.csv", &found).await.unwrap().scored_by.as_deref(), Some("Olive Owner"));
    let named = operator(HERE).await.on_behalf_of(Some("Contributor@holm.example ")).await.unwrap();
    assert_eq!(named.import_backlog("a.csv", &found).await.unwrap().scored_by.as_deref(), Some("Cora Contributor"));
    for stranger in ["viewer@holm.example", "outsider@holm.example", "nobody@holm.example"] {
        assert_eq!(refused(operator(HERE).await.on_behalf_of(Some(stranger)).await), "invalid", "{stranger}");
    }
    assert_eq!(refused(lead(&library).await.on_behalf_of(None).await), "forbidden");
    store.add_workspace("Empty", "empty").await.unwrap();
    let nobody = operator("empty").await.on_behalf_of(None).await.unwrap();
    let before = traces(&library.database).await;
    let found = read(&nobody, "Title,Impact,Confidence,Ease\nScored,5,5,5\n").await;
    assert_eq!(refused(nobody.import_backlog("a.csv", &found).await), "conflict");
    assert_eq!(traces(&library.database).await, before);
    let found = read(&nobody, "Title\nNot scored\n").await;
    assert_eq!(nobody.import_backlog("a.csv", &found).await.unwrap().scored_by, None);
}

async fn a_file_waits_for_its_owner_alone(library: Library) {
    let scope = lead(&library).await;
    let bytes = b"Title\nOne\n\xff".to_vec();
    let id = scope.keep_upload("mine", "a.csv", bytes.clone()).await.unwrap();
    let kept = scope.upload("mine", &id).await.unwrap().unwrap();
    assert_eq!((kept.file_name.as_str(), kept.bytes), ("a.csv", bytes));
    assert_eq!(scope.upload("theirs", &id).await.unwrap(), None);
    assert_eq!(library.elsewhere::<Import>().await.upload("mine", &id).await.unwrap(), None);
    assert_eq!(library.database.store.scope::<Import>(&library.lead, THERE).await.err().map(|_| "no"), Some("no"));
    library.database.expire("upload").await;
    assert_eq!(scope.upload("mine", &id).await.unwrap(), None);
    let second = scope.keep_upload("mine", "b.csv", vec![1]).await.unwrap();
    assert_eq!(library.database.number("SELECT count(*) FROM upload", []).await, 1);
    scope.drop_upload("mine", &second).await.unwrap();
    assert_eq!(scope.upload("mine", &second).await.unwrap(), None);
    assert_eq!(refused(scope.keep_upload("mine", "c.csv", vec![0; 21 * 1024 * 1024]).await), "invalid");
}

async fn hundreds_of_rows_come_and_go_together(library: Library) {
    let count = 500;
    let row = |n: usize| {
        format!("Idea {n} about delivery,Checkout,\"tag {}, quick\",{},5,6,{}\n", n % 40, n % 10 + 1, ["", "Prioritised"][n % 2])
    };
    let text = format!("Title,Area,Tags,Impact,Confidence,Ease,Status\n{}", (1..=count).map(row).collect::<String>());
    let scope = lead(&library).await;
    let found = read(&scope, &text).await;
    let done = scope.import_backlog("large.csv", &found).await.unwrap();
    assert_eq!(done.hypotheses.len(), count);
    assert_eq!(scope.undo_import(done.number).await.unwrap().undone.len(), count);
    counters_are_true(&library).await;
}
