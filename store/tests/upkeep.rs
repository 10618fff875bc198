//! Backups and their return, the backup before a migration, and what a check finds.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{DateTime, Utc};
use domain::evidence::{EvidenceDraft, Kind as EvidenceKind, LinkDraft};
use domain::experiments::Outcome;
use domain::learnings::{LearningDraft, LessonDraft};
use domain::sites::SiteChangeDraft;
use domain::views::{List, ViewDraft};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database as Connect, DatabaseConnection};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use store::{Contribute, KeepViews, OpenError, RunTests, Store, UpkeepError, back_up, open_backed_up, restore, sqlite_file};
use support::trials::{noon, trial};
use support::{HERE, Library, idea, on_both_databases, whole};

on_both_databases!(
    a_library_in_use_is_true,
    every_broken_column_is_found,
    a_library_that_is_not_there_is_not_checked,
    a_workspace_is_exported_whole_and_alone,
);

/// A library with something of everything.
async fn furnish(library: &Library) {
    library.contribute().await.create_hypothesis(&whole("Show the delivery date")).await.unwrap();
    library.add_idea("Shorten the form").await;
    library.score(&library.lead, "H-1", [8, 6, 7]).await;
    library.score(&library.contributor, "H-1", [4, 6, 7]).await;
    let draft = EvidenceDraft {
        areas: vec!["checkout".into()],
        audiences: vec!["new".into()],
        tags: vec!["delivery".into()],
        site: Some(support::SHOP.into()),
        ..EvidenceDraft::titled("They ask for it", EvidenceKind::Survey)
    };
    library.enter().await.create_evidence(&draft).await.unwrap();
    let link = LinkDraft { direction: "supports".into(), ..LinkDraft::default() };
    library.enter().await.link_evidence("H-1", "E-1", &link).await.unwrap();
    library.started(&trial("Delivery date", &["H-1"]), "2026-11-01").await;
    let lesson = LessonDraft { sentence: "Dates are trusted.".into(), areas: vec!["checkout".into()], ..LessonDraft::default() };
    let learning = LearningDraft { outcome: Some(Outcome::Win.slug().into()), ..LearningDraft::default() };
    let learning = LearningDraft { sentence: lesson.sentence, areas: lesson.areas, ..learning };
    library.scope::<RunTests>(&library.lead).await.at(noon()).create_learning(&learning).await.unwrap();
    let (title, date, site) = ("Relaunch".into(), "2026-10-01".into(), support::SHOP.into());
    let change = SiteChangeDraft { title, date, site, areas: vec!["checkout".into()] };
    library.configure().await.at(noon()).create_site_change(&change).await.unwrap();
    library.contribute().await.archive_hypothesis("H-2").await.unwrap();
    let view = ViewDraft { name: "Weak ideas".into(), list: List::Hypotheses, query: "evidence=weak".into(), shared: false };
    library.scope::<KeepViews>(&library.viewer).await.create_view(&view).await.unwrap();
}

async fn a_library_in_use_is_true(library: Library) {
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new(), "an empty one");
    furnish(&library).await;
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
    library.enter().await.unlink_evidence("H-1", "E-1").await.unwrap();
    library.enter().await.archive_evidence("E-1").await.unwrap();
    library.contribute().await.restore_hypothesis("H-2").await.unwrap();
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
    let other = library.database.clone();
    assert!(Store::open_as_it_is(&other.url).await.unwrap().check().await.unwrap().is_empty());
}

/// Each break stays, so that the next one is found among what is broken already.
async fn every_broken_column_is_found(library: Library) {
    furnish(&library).await;
    let mut before = library.database.store.check().await.unwrap();
    for (breaking, found) in [
        ("UPDATE hypothesis SET score_milli = 1 WHERE number = 1", "H-1: the stored team score"),
        ("UPDATE hypothesis SET score = '{}' WHERE number = 2", "H-2: the stored team score"),
        ("UPDATE hypothesis SET evidence_tenths = evidence_tenths + 1 WHERE number = 1", "H-1: the stored evidence confidence"),
        ("UPDATE hypothesis SET supports = 7 WHERE number = 2", "H-2: the stored evidence confidence"),
        ("UPDATE hypothesis SET statement_complete = 1 - statement_complete WHERE number = 1", "H-1: what is stored beside"),
        ("UPDATE hypothesis SET lever = 'trust' WHERE number = 2", "H-2: what is stored beside"),
        ("DELETE FROM hypothesis_tag WHERE tag = 'delivery'", "H-1: it is listed under other tags"),
        ("UPDATE evidence SET uses = 3 WHERE number = 1", "E-1: it is stored as used 3 times and is used 1 times"),
        ("UPDATE evidence SET halved = TRUE WHERE number = 1", "E-1: whether a site change halved it"),
        ("UPDATE evidence SET class = 'test' WHERE number = 1", "E-1: its stored class or day"),
        ("UPDATE evidence SET observed_day = 1 WHERE number = 2", "E-2: its stored class or day"),
        ("UPDATE counter SET value = 0 WHERE name = 'site_change'", "The counter site_change says 0, but the number 1"),
        ("DELETE FROM evidence_area WHERE evidence_id = 1", "E-1: it is listed under other areas"),
        ("UPDATE evidence_audience SET audience = 'trade'", "E-1: it is listed under other audiences"),
        ("DELETE FROM evidence_tag", "E-1: it is listed under other tags"),
        ("DELETE FROM learning_area", "L-1: it is listed under other areas"),
        ("UPDATE test SET seniority = 5", "T-1: its place in lists"),
        ("UPDATE counter SET value = 2 WHERE name = 'hypotheses:in_test'", "The counter hypotheses:in_test says 2; there are 1."),
        ("DELETE FROM counter WHERE name = 'evidence:survey'", "The counter evidence:survey says 0; there are 1."),
        ("UPDATE counter SET value = 4 WHERE name = 'tests:planned'", "The counter tests:planned says 4; there are 0."),
        ("UPDATE counter SET value = -1 WHERE name = 'learnings:win'", "The counter learnings:win says -1; there are 1."),
        ("UPDATE counter SET value = 1 WHERE name = 'hypothesis'", "The counter hypothesis says 1, but the number 2"),
        ("UPDATE search_document SET title = 'Another' WHERE kind = 'hypothesis' AND number = 1", "H-1: search holds other words"),
        ("UPDATE search_document SET archived = NOT archived WHERE kind = 'test'", "T-1: search holds other words"),
        ("UPDATE search_document SET number = 9 WHERE kind = 'learning'", "L-1: search does not know it."),
        ("DELETE FROM search_document WHERE kind = 'evidence' AND number = 2", "E-2: search does not know it."),
        (
            "INSERT INTO search_document (workspace_id, kind, number, title, body, archived) \
             SELECT workspace_id, kind, 77, title, body, archived FROM search_document WHERE kind = 'hypothesis' AND number = 2",
            "Search holds 1 entries of kind hypothesis",
        ),
    ] {
        library.database.execute(breaking, []).await;
        let said = library.database.store.check().await.unwrap();
        let names = |lines: &[String]| lines.iter().any(|line| line.starts_with(HERE) && line.contains(found));
        assert!(!names(&before) && names(&said), "{breaking}: {said:#?}");
        before = said;
    }
    library.database.execute("DELETE FROM search_index", []).await;
    let said = library.database.store.check().await.unwrap();
    assert!(said.iter().any(|line| line.contains("E-1: the search index does not hold its words.")), "{said:#?}");
}

async fn a_library_that_is_not_there_is_not_checked(library: Library) {
    let sqlite = library.database.url.starts_with("sqlite");
    if sqlite {
        let nowhere = library.database.url.replace("library.sqlite3", "nowhere.sqlite3");
        assert!(matches!(Store::open_as_it_is(&nowhere).await, Err(OpenError::Nothing)));
        assert!(!sqlite_file(&nowhere).unwrap().exists(), "asking makes no file");
    }
    library.database.execute("DELETE FROM seaql_migrations WHERE version = 'm09_idempotency'", []).await;
    assert!(matches!(Store::open_as_it_is(&library.database.url).await, Err(OpenError::Older)));
    library
        .database
        .execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m09_idempotency', 0), ('m99_later', 0)", [])
        .await;
    assert!(matches!(Store::open_as_it_is(&library.database.url).await, Err(OpenError::Newer)));
    assert!(matches!(Store::open(&library.database.url).await, Err(OpenError::Newer)));
}

/// The lines of a table's file.
fn lines(folder: &Path, table: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(format!("{table}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn a_workspace_is_exported_whole_and_alone(library: Library) {
    furnish(&library).await;
    library.elsewhere::<Contribute>().await.create_hypothesis(&idea("Theirs alone")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a/b");
    let done = library.own().await.export_to(&out, now()).await.unwrap();
    let said = |table: &str| done.rows[table];
    for (table, count) in [
        ("workspace", 1),
        ("person", 4),
        ("site", 1),
        ("hypothesis", 2),
        ("score", 2),
        ("evidence", 2),
        ("test", 1),
        ("learning", 1),
        ("evidence_link", 1),
        ("test_hypothesis", 1),
        ("saved_view", 1),
    ] {
        assert_eq!((lines(&out, table).len(), said(table)), (count, count as u64), "{table}");
    }
    let first = &lines(&out, "hypothesis")[0];
    assert_eq!((&first["number"], &first["title"], &first["archived"]), (&json!(1), &json!("Show the delivery date"), &json!(false)));
    assert_eq!((&first["lever"], &first["owner_id"]), (&json!("clarity"), &lines(&out, "member")[1]["person_id"]));
    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!((&manifest["format"], &manifest["workspace"], &manifest["rows"]["event"]), (&json!(1), &json!(HERE), &json!(said("event"))));
    for name in names_in(&out) {
        let text = std::fs::read_to_string(out.join(&name)).unwrap();
        assert!(!text.contains("password") && !text.contains("argon2") && !text.contains("Theirs alone"), "{name}");
    }
    assert!(refused(library.own().await.export_to(&out, now()).await).contains("is not empty"));
}

fn now() -> DateTime<Utc> {
    noon()
}

/// A furnished SQLite library in a folder of its own, which its store has left.
async fn library() -> (tempfile::TempDir, String, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.sqlite3");
    let url = format!("sqlite://{}", file.display());
    let store = Store::open(&url).await.unwrap();
    store.add_workspace("Holm", "holm").await.unwrap();
    store.close().await;
    (folder, url, file)
}

async fn workspaces(url: &str) -> i64 {
    let sql = connect(url).await;
    let statement = sea_orm::Statement::from_string(sql.get_database_backend(), "SELECT COUNT(*) AS count FROM workspace");
    let count = sql.query_one_raw(statement).await.unwrap().unwrap().try_get("", "count").unwrap();
    sql.close().await.unwrap();
    count
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Connect::connect(options).await.unwrap()
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, UpkeepError>) -> String {
    match outcome {
        Err(UpkeepError::Refused(sentence)) => sentence,
        other => panic!("{other:?}"),
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_is_made_in_use_and_comes_back() {
    let (folder, url, _) = library().await;
    let in_use = Store::open(&url).await.unwrap();
    in_use.add_workspace("Second", "second").await.unwrap();
    let backup = folder.path().join("one.tar");
    let made = back_up(&url, &backup, false, now()).await.unwrap();
    assert_eq!((made.file.as_path(), made.bytes), (backup.as_path(), backup.metadata().unwrap().len()));
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&backup.metadata().unwrap().permissions()) & 0o777, 0o600);
    assert!(refused(back_up(&url, &backup, false, now()).await).contains("exists already"));
    back_up(&url, &backup, true, now()).await.unwrap();
    in_use.add_workspace("Third", "third").await.unwrap();
    assert!(refused(restore(&url, &backup, false, now()).await).contains("is in use"));
    in_use.close().await;
    assert!(refused(restore(&url, &backup, false, now()).await).contains("a library at"));
    assert_eq!(workspaces(&url).await, 3, "a refusal changes nothing");
    let done = restore(&url, &backup, true, now()).await.unwrap();
    assert_eq!((done.made_at, workspaces(&url).await), (now(), 2));
    let aside = format!("sqlite://{}", done.put_aside.unwrap().display());
    assert_eq!(workspaces(&aside).await, 3, "what was there is put aside whole");
    let names = names_in(folder.path());
    assert!(names.iter().all(|name| !name.starts_with('.')), "nothing temporary is left: {names:?}");
}

#[tokio::test]
async fn a_backup_goes_to_an_empty_place_without_being_told() {
    let (folder, url, _) = library().await;
    let backup = folder.path().join("one.tar");
    back_up(&url, &backup, false, now()).await.unwrap();
    let elsewhere = folder.path().join("new/deeper/library.sqlite3");
    let there = format!("sqlite://{}", elsewhere.display());
    assert_eq!(restore(&there, &backup, false, now()).await.unwrap().put_aside, None);
    assert_eq!(workspaces(&there).await, 1);
    let empty = format!("sqlite://{}", folder.path().join("empty.sqlite3").display());
    Store::open(&empty).await.unwrap().close().await;
    restore(&empty, &backup, false, now()).await.unwrap();
    assert_eq!(workspaces(&empty).await, 1);
    assert!(Store::open_as_it_is(&empty).await.unwrap().check().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_nothing_is_touched() {
    let (folder, url, file) = library().await;
    let backup = folder.path().join("one.tar");
    back_up(&url, &backup, false, now()).await.unwrap();
    let bytes = std::fs::read(&backup).unwrap();
    let mut broken = bytes.clone();
    let middle = bytes.len() / 2;
    broken[middle] ^= 0xff;
    let before = std::fs::read(&file).unwrap();
    for (content, said) in [
        (b"not an archive".to_vec(), "not an archive"),
        (Vec::new(), "its database is missing"),
        (before.clone(), "not an archive"),
        (broken, "not as it was packed"),
        (bytes[..middle].to_vec(), ""),
    ] {
        let wrong = folder.path().join("wrong.tar");
        std::fs::write(&wrong, content).unwrap();
        let sentence = refused(restore(&url, &wrong, true, now()).await);
        assert!(sentence.contains(said), "{said}: {sentence}");
    }
    assert!(matches!(restore(&url, Path::new("/nowhere/at.all"), true, now()).await, Err(UpkeepError::File { .. })));
    assert_eq!((std::fs::read(&file).unwrap(), workspaces(&url).await), (before, 1));
    assert!(refused(back_up("sqlite:///nowhere/at.all", &backup, true, now()).await).contains("no library at"));
    for said in [
        refused(back_up("postgres://localhost/x", &backup, true, now()).await),
        refused(restore("postgres://localhost/x", &backup, true, now()).await),
    ] {
        assert!(said.contains("pg_dump") || said.contains("pg_restore"), "{said}");
    }
}

#[tokio::test]
async fn a_damaged_library_can_be_replaced() {
    let (folder, url, file) = library().await;
    let backup = folder.path().join("one.tar");
    back_up(&url, &backup, false, now()).await.unwrap();
    std::fs::write(&file, b"this is no database, but somebody may miss it").unwrap();
    assert!(refused(restore(&url, &backup, false, now()).await).contains("a library at"));
    let aside = restore(&url, &backup, true, now()).await.unwrap().put_aside.unwrap();
    assert_eq!((std::fs::read(aside).unwrap().len(), workspaces(&url).await), (45, 1));
}

/// A library as the version before the last change left it.
async fn earlier(folder: &Path) -> String {
    let url = format!("sqlite://{}?mode=rwc", folder.join("library.sqlite3").display());
    let steps = u32::try_from(Migrator::migrations().len()).unwrap() - 1;
    let sql = connect(&url).await;
    Migrator::up(&sql, Some(steps)).await.unwrap();
    sql.close().await.unwrap();
    url
}

#[tokio::test]
async fn a_library_is_backed_up_before_its_shape_changes() {
    let folder = tempfile::tempdir().unwrap();
    let url = earlier(folder.path()).await;
    let sql = connect(&url).await;
    let row = "INSERT INTO workspace (slug, name, settings, version, created_at) VALUES ('holm', 'Holm', '{}', 1, 0)";
    sql.execute_unprepared(row).await.unwrap();
    sql.close().await.unwrap();
    let (store, backup) = open_backed_up(&url, now()).await.unwrap();
    store.close().await;
    let backup = backup.unwrap();
    let last = Migrator::migrations().last().unwrap().name().to_owned();
    assert_eq!(names_in(&folder.path().join("backups")), [format!("library-20261120T120000000Z-before-{last}.tar")]);
    assert!(open_backed_up(&url, now()).await.unwrap().1.is_none(), "what is up to date is not backed up");
    let before = format!("sqlite://{}", folder.path().join("before.sqlite3").display());
    restore(&before, &backup.file, false, now()).await.unwrap();
    assert_eq!(workspaces(&before).await, 1, "an earlier shape is brought up to date");
}

#[tokio::test]
async fn an_empty_library_is_not_backed_up_and_a_newer_one_refused() {
    let folder = tempfile::tempdir().unwrap();
    let url = earlier(folder.path()).await;
    let (store, backup) = open_backed_up(&url, now()).await.unwrap();
    store.close().await;
    assert!(backup.is_none() && !folder.path().join("backups").exists());
    let sql = connect(&url).await;
    sql.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m99_later', 0)").await.unwrap();
    sql.close().await.unwrap();
    assert!(matches!(open_backed_up(&url, now()).await, Err(UpkeepError::Open(OpenError::Newer))));
    let backup = folder.path().join("newer.tar");
    assert!(matches!(back_up(&url, &backup, false, now()).await, Err(UpkeepError::Open(OpenError::Newer))));
    assert!(!backup.exists());
}

#[tokio::test]
async fn damage_and_lost_references_are_found() {
    let (_folder, url, file) = library().await;
    let sql = connect(&url).await;
    sql.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
    sql.execute_unprepared("INSERT INTO member (workspace_id, person_id, role, created_at) VALUES (1, 99, 'lead', 0)").await.unwrap();
    sql.execute_unprepared("INSERT INTO search_index (rowid, scope, title, body) VALUES (77, 'w1', 'stray', '')").await.unwrap();
    sql.close().await.unwrap();
    let said = Store::open_as_it_is(&url).await.unwrap().check().await.unwrap();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("a row of member names a row of person") && said[1].contains("1 entries that belong to nothing"));
    assert!(refused(back_up(&url, &file.with_extension("tar"), false, now()).await).contains("damaged"));
}
