//! Attachments: what may be attached to what, where the bytes lie, that they move along with a merge, into exports and
//! backups, and stay within their workspace.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::attachments::{AttachedTo, Attachment, MOST};
use domain::evidence::{EvidenceDraft, Kind as EvidenceKind};
use domain::hypotheses::MergeDraft;
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;
use std::path::Path;
use store::{Contribute, NewFile, PageRequest, Store, StoreError, back_up, restore};
use support::trials::trial;
use support::{Library, event, events, on_both_databases, refused, refused_field};

on_both_databases!(
    a_file_is_attached_and_read_again,
    what_is_taken_away_comes_back,
    variants_have_their_screenshots,
    wrong_files_are_refused_and_leave_nothing,
    one_thing_has_only_so_many,
    the_same_content_is_stored_once,
    a_merge_moves_attachments_and_its_undo_brings_them_back,
    outsiders_find_nothing,
    a_missing_file_is_found,
    an_export_takes_the_files_along,
);

const H: Subject = Subject::Hypothesis;
const TABLE: &[u8] = b"Device,Visits\nMobile,120\nDesktop,80\n";

/// A picture of one colour.
fn png(width: u32, height: u32, red: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([red, 90, 90])));
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> NewFile {
    NewFile { name: name.into(), bytes: bytes.into() }
}

fn idea(number: &str) -> AttachedTo {
    AttachedTo::record(H, number)
}

async fn attach(library: &Library, to: &AttachedTo, new: NewFile) -> Attachment {
    library.contribute().await.attach(to, new).await.unwrap()
}

async fn names(library: &Library, subject: Subject, number: &str) -> Vec<String> {
    library.read().await.attached(subject, number).await.unwrap().into_iter().map(|one| one.name).collect()
}

async fn rows(library: &Library) -> i64 {
    library.database.number("SELECT COUNT(*) FROM attachment", []).await
}

/// Every file in the folder of attachments, without those that are being written.
fn files_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let count = |entry: std::fs::DirEntry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 };
    entries.flatten().map(count).sum()
}

async fn a_file_is_attached_and_read_again(library: Library) {
    library.add_idea("Show stock").await;
    let picture = png(960, 600, 200);
    let made = attach(&library, &idea("H-1"), file("C:\\shots\\basket.png", picture.clone())).await;
    assert_eq!((made.name.as_str(), made.bytes, made.by.as_deref()), ("basket.png", picture.len() as u64, Some("Cora Contributor")));
    assert_eq!((made.width, made.height, made.thumbnail()), (Some(960), Some(600), Some((480, 300))));
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor attached: basket.png");
    let read = library.read().await;
    assert_eq!(std::fs::read(read.attachment_file(made.id).await.unwrap().path).unwrap(), picture);
    let small = std::fs::read(read.attachment_thumbnail(made.id).await.unwrap().path).unwrap();
    let drawn = image::load_from_memory_with_format(&small, ImageFormat::Jpeg).unwrap();
    assert_eq!((drawn.width(), drawn.height()), (480, 300));
    let draft = EvidenceDraft::titled("They ask for it", EvidenceKind::Survey);
    let number = library.contribute().await.create_evidence(&draft).await.unwrap().number;
    let to = AttachedTo::record(Subject::Evidence, &number);
    let table = attach(&library, &to, file("visits.csv", TABLE)).await;
    attach(&library, &to, file("paper.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n".to_vec())).await;
    assert_eq!(names(&library, Subject::Evidence, &number).await, ["paper.pdf", "visits.csv"]);
    assert!(matches!(read.attachment_thumbnail(table.id).await, Err(StoreError::NotFound)));
    let wanted = PageRequest { cursor: None, limit: Some(1) };
    let page = read.attachments(&to, &wanted).await.unwrap();
    assert_eq!((page.total, page.items[0].name.as_str()), (2, "paper.pdf"));
    let rest = read.attachments(&to, &PageRequest { cursor: page.next, limit: Some(1) }).await.unwrap();
    assert_eq!((rest.items[0].name.as_str(), rest.next), ("visits.csv", None));
    assert!(library.database.store.check().await.unwrap().is_empty());
}

async fn what_is_taken_away_comes_back(library: Library) {
    library.add_idea("Show stock").await;
    let made = attach(&library, &idea("H-1"), file("basket.png", png(20, 20, 1))).await;
    let lead = library.scope::<Contribute>(&library.lead).await;
    assert!(lead.archive_attachment(made.id).await.unwrap().archived);
    assert_eq!(event(&library, H, "H-1").await, "Leo Lead took away: basket.png");
    let read = library.read().await;
    assert!(matches!(read.attachment_file(made.id).await, Err(StoreError::NotFound)));
    assert!(matches!(read.attachment_thumbnail(made.id).await, Err(StoreError::NotFound)));
    assert!(read.attached(H, "H-1").await.unwrap()[0].archived);
    let before = events(&library, H, "H-1").await.len();
    assert!(lead.archive_attachment(made.id).await.unwrap().archived, "twice is once");
    assert_eq!(events(&library, H, "H-1").await.len(), before);
    assert!(!library.contribute().await.restore_attachment(made.id).await.unwrap().archived);
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor brought back: basket.png");
    assert!(read.attachment_file(made.id).await.unwrap().path.is_file());
}

async fn variants_have_their_screenshots(library: Library) {
    library.add_idea("Show stock").await;
    let test = library.started(&trial("Stock", &["H-1"]), "2026-11-01").await.number;
    let shot = attach(&library, &AttachedTo::variant(&test, "B"), file("stock.png", png(30, 20, 7))).await;
    assert_eq!(shot.variant.as_deref(), Some("B"));
    assert_eq!(event(&library, Subject::Test, &test).await, "Cora Contributor attached: stock.png, variant B");
    let contribute = library.contribute().await;
    let table = contribute.attach(&AttachedTo::variant(&test, "B"), file("visits.csv", TABLE)).await;
    assert_eq!(refused_field(table), ["file"]);
    for to in [AttachedTo::variant(&test, "Z"), AttachedTo::record(Subject::Test, &test), AttachedTo::variant("T-9", "B")] {
        assert_eq!(refused(contribute.attach(&to, file("a.png", png(9, 9, 9))).await), "not found");
    }
    let page = library.read().await.attachments(&AttachedTo::variant(&test, "A"), &PageRequest::default()).await.unwrap();
    assert_eq!((page.total, names(&library, Subject::Test, &test).await), (0, vec!["stock.png".to_owned()]));
}

async fn wrong_files_are_refused_and_leave_nothing(library: Library) {
    library.add_idea("Show stock").await;
    let contribute = library.contribute().await;
    let before = events(&library, H, "H-1").await.len();
    for (name, bytes) in [
        ("empty.png", Vec::new()),
        ("page.png", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("sheet.xlsx", b"PK\x03\x04....".to_vec()),
        ("bomb.csv", b"\x1f\x8b\x08....".to_vec()),
        ("paper.png", b"%PDF-1.7\n%%EOF\n".to_vec()),
        ("half.png", png(200, 200, 3)[..80].to_vec()),
        ("picture.pdf", png(20, 20, 3)),
        ("large.png", vec![0; domain::attachments::FILE_LIMIT + 1]),
    ] {
        assert_eq!(refused_field(contribute.attach(&idea("H-1"), file(name, bytes)).await), ["file"], "{name}");
    }
    for to in [idea("H-2"), idea("E-1"), AttachedTo::record(Subject::Learning, "L-1"), AttachedTo::record(Subject::Site, "north-shop")] {
        assert_eq!(refused(contribute.attach(&to, file("a.png", png(9, 9, 9))).await), "not found");
    }
    assert_eq!((rows(&library).await, events(&library, H, "H-1").await.len()), (0, before));
}

async fn one_thing_has_only_so_many(library: Library) {
    library.add_idea("Show stock").await;
    let contribute = library.contribute().await;
    let mut first = 0;
    for number in 0..MOST {
        let text = format!("Device,Visits\nMobile,{number}\nDesktop,80\n");
        first = contribute.attach(&idea("H-1"), file(&format!("{number}.csv"), text)).await.unwrap().id;
    }
    let more = || file("more.csv", "a,b\n1,2\n3,4\n");
    assert_eq!(refused_field(contribute.attach(&idea("H-1"), more()).await), ["file"]);
    contribute.archive_attachment(first).await.unwrap();
    contribute.attach(&idea("H-1"), more()).await.unwrap();
    assert_eq!(refused_field(contribute.restore_attachment(first).await), ["file"]);
}

async fn the_same_content_is_stored_once(library: Library) {
    library.add_idea("Show stock").await;
    library.add_idea("Shorten the form").await;
    let first = attach(&library, &idea("H-1"), file("one.csv", TABLE)).await;
    let again = library.contribute().await.attach(&idea("H-1"), file("two.csv", TABLE)).await;
    let Err(StoreError::Invalid(errors)) = again else { panic!("{again:?}") };
    assert_eq!(errors.of("file"), Some("The same file is attached here already, as one.csv."));
    let second = attach(&library, &idea("H-2"), file("two.csv", TABLE)).await;
    let read = library.read().await;
    let (one, two) = (read.attachment_file(first.id).await.unwrap(), read.attachment_file(second.id).await.unwrap());
    assert_eq!(one.path, two.path);
    assert_eq!(files_below(one.path.parent().unwrap().parent().unwrap()), 1);
}

async fn a_merge_moves_attachments_and_its_undo_brings_them_back(library: Library) {
    library.add_idea("Show stock").await;
    library.add_idea("Show the stock").await;
    attach(&library, &idea("H-1"), file("one.csv", TABLE)).await;
    let two = attach(&library, &idea("H-2"), file("two.csv", "a,b\n1,2\n3,4\n")).await;
    let three = attach(&library, &idea("H-2"), file("three.csv", "a,b\n5,6\n7,8\n")).await;
    let contribute = library.contribute().await;
    contribute.archive_attachment(three.id).await.unwrap();
    contribute.merge_hypothesis("H-2", &MergeDraft { into: "H-1".into(), reason: None }).await.unwrap();
    assert_eq!(names(&library, H, "H-1").await, ["three.csv", "two.csv", "one.csv"]);
    assert_eq!(library.read().await.attachment(two.id).await.unwrap().number, "H-1");
    let merged = events(&library, H, "H-1").await.into_iter().find(|event| event.action == "merged").unwrap();
    contribute.undo_event(merged.id).await.unwrap();
    assert_eq!((names(&library, H, "H-1").await, names(&library, H, "H-2").await.len()), (vec!["one.csv".to_owned()], 2));
}

async fn outsiders_find_nothing(library: Library) {
    library.add_idea("Show stock").await;
    let made = attach(&library, &idea("H-1"), file("ours.csv", TABLE)).await;
    let elsewhere = library.elsewhere::<Contribute>().await;
    assert_eq!(refused(elsewhere.attachment(made.id).await), "not found");
    assert_eq!(refused(elsewhere.attachment_file(made.id).await), "not found");
    assert_eq!(refused(elsewhere.attachments(&idea("H-1"), &PageRequest::default()).await), "not found");
    assert_eq!(refused(elsewhere.archive_attachment(made.id).await), "not found");
    assert_eq!(refused(elsewhere.attach(&idea("H-1"), file("theirs.csv", TABLE)).await), "not found");
    assert_eq!(elsewhere.attached(H, "H-1").await.unwrap(), []);
}

async fn a_missing_file_is_found(library: Library) {
    library.add_idea("Show stock").await;
    let made = attach(&library, &idea("H-1"), file("basket.png", png(20, 20, 1))).await;
    let read = library.read().await;
    std::fs::remove_file(read.attachment_thumbnail(made.id).await.unwrap().path).unwrap();
    let path = read.attachment_file(made.id).await.unwrap().path;
    let check = async || library.database.store.check().await.unwrap();
    assert_eq!(check().await, [format!("holm-group: H-1: the thumbnail of attachment {}, basket.png, is missing.", made.id)]);
    std::fs::write(&path, b"short").unwrap();
    assert!(check().await[0].contains("the file of attachment 1, basket.png, has 5 bytes; it had"));
    std::fs::remove_file(&path).unwrap();
    assert!(check().await[0].ends_with("basket.png, is missing."));
    library.add_idea("Another").await;
    attach(&library, &idea("H-2"), file("again.png", png(20, 20, 1))).await;
    assert!(check().await.is_empty(), "what is attached anew is written anew");
}

async fn an_export_takes_the_files_along(library: Library) {
    library.add_idea("Show stock").await;
    let made = attach(&library, &idea("H-1"), file("ours.csv", TABLE)).await;
    let out = tempfile::tempdir().unwrap();
    let done = library.own().await.export_to(out.path(), chrono::Utc::now()).await.unwrap();
    assert_eq!(done.rows["attachment"], 1);
    let (start, rest) = made.sha256.split_at(2);
    assert_eq!(std::fs::read(out.path().join("attachments").join(start).join(rest)).unwrap(), TABLE);
    let row: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(out.path().join("attachment.jsonl")).unwrap()).unwrap();
    assert_eq!((row["hash"].as_str(), row["name"].as_str()), (Some(made.sha256.as_str()), Some("ours.csv")));
}

#[tokio::test]
async fn a_backup_brings_the_files_back() {
    support::run(support::Kind::Sqlite, backed_up_and_restored).await;
}

async fn backed_up_and_restored(library: Library) {
    library.add_idea("Show stock").await;
    let made = attach(&library, &idea("H-1"), file("basket.png", png(20, 20, 1))).await;
    let lost = attach(&library, &idea("H-1"), file("lost.csv", TABLE)).await;
    std::fs::remove_file(library.read().await.attachment_file(lost.id).await.unwrap().path).unwrap();
    let place = tempfile::tempdir().unwrap();
    let backup = place.path().join("one.tar");
    let done = back_up(&library.database.url, &backup, false, chrono::Utc::now()).await.unwrap();
    assert_eq!((done.attachments, done.missing), (1, 1));
    let url = format!("sqlite://{}", place.path().join("new/library.sqlite3").display());
    restore(&url, &backup, false, chrono::Utc::now()).await.unwrap();
    let (start, rest) = made.sha256.split_at(2);
    let folder = place.path().join("new/attachments").join(start);
    assert_eq!(std::fs::read(folder.join(rest)).unwrap(), png(20, 20, 1));
    assert!(folder.join(format!("{rest}.thumb")).is_file());
    let said = Store::open_as_it_is(&url).await.unwrap().check().await.unwrap();
    assert_eq!(said, ["holm-group: H-1: the file of attachment 2, lost.csv, is missing."]);
}
