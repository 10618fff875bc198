//! Attachments over HTTP: by form and by REST, how they are handed out, and what is refused on the way.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::attachments::FILE_LIMIT;
use serde_json::Value;
use support::pictures::{png, promising};
use support::{HERE, Person, Reply, World};

const TABLE: &str = "Device,Visits\nMobile,120\nDesktop,80\n";

/// A form with files as browsers send it; browsers say what they like of the type.
fn multipart(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in files {
        let head =
            format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

async fn send(world: &World, by: &Person, path: &str, files: &[(&str, &[u8])]) -> Reply {
    let request = world.request("POST", &format!("/{HERE}/{path}")).cookie(&by.session);
    request.text("multipart/form-data; boundary=edge", multipart(files)).send().await
}

async fn open(world: &World, by: &Person, path: &str) -> Reply {
    world.request("GET", path).cookie(&by.session).send().await
}

fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, 303, "{}", reply.text);
    reply.header("location").to_owned()
}

async fn post(world: &World, by: &Person, path: &str, bytes: impl Into<axum::body::Body>) -> Reply {
    world.api(by, "POST", path).text("image/png", bytes).send().await
}

async fn rows(world: &World) -> Vec<Value> {
    world.get("/hypotheses/H-1/attachments").await.expect(200)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn files_are_attached_by_form_shown_and_taken_away() {
    let world = World::furnished().await;
    let form = format!("{HERE}/hypotheses/H-1/attachments");
    let picture = png(960, 600);
    let files: [(&str, &[u8]); 4] =
        [("basket.png", &picture), ("visits.csv", TABLE.as_bytes()), ("page.png", b"<!doctype html><p>"), ("paper.pdf", b"")];
    let back = led_to(&send(&world, &world.contributor, "hypotheses/H-1/attachments", &files).await);
    assert!(back.starts_with(&format!("/{HERE}/hypotheses/H-1?form=attachment&draft=")) && back.ends_with("#attachments"), "{back}");
    let page = open(&world, &world.contributor, back.trim_end_matches("#attachments")).await;
    for said in
        ["page.png: This is a web page.", "paper.pdf: This file is empty (0 bytes).", "alt=\"basket.png\"", "960 × 600, ", "visits.csv"]
    {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(page.text.contains("attached basket.png") && page.text.contains(&form));
    assert_eq!(rows(&world).await.len(), 2);
    let to = led_to(&send(&world, &world.contributor, "hypotheses/H-1/attachments", &[("more.png", &png(9, 9))]).await);
    assert_eq!(to, format!("/{HERE}/hypotheses/H-1#attachments"));
    let id = rows(&world).await[0]["id"].clone();
    let move_it = |way: &'static str| format!("/{HERE}/attachments/{id}/{way}");
    let away = world.request("POST", &move_it("archive")).cookie(&world.lead.session).form("").send().await;
    assert_eq!(led_to(&away), format!("/{HERE}/hypotheses/H-1#attachments"));
    let page = open(&world, &world.contributor, &format!("/{HERE}/hypotheses/H-1")).await;
    assert!(page.text.contains("1 file taken away") && page.text.contains("Bring back"), "{}", page.text);
    assert_eq!(open(&world, &world.lead, &format!("/{HERE}/attachments/{id}")).await.status, 404);
    led_to(&world.request("POST", &move_it("restore")).cookie(&world.contributor.session).form("").send().await);
    assert_eq!(open(&world, &world.viewer, &format!("/{HERE}/attachments/{id}")).await.status, 200);
    let none = led_to(&send(&world, &world.contributor, "hypotheses/H-1/attachments", &[]).await);
    let page = open(&world, &world.contributor, none.trim_end_matches("#attachments")).await;
    assert!(page.text.contains("Choose a file first."), "{}", page.text);
    let readers = open(&world, &world.viewer, &format!("/{HERE}/hypotheses/H-1")).await;
    assert!(readers.text.contains("alt=\"basket.png\"") && !readers.text.contains("Take away"), "{}", readers.text);
    let editing = open(&world, &world.contributor, &format!("/{HERE}/hypotheses/H-1/edit")).await;
    assert!(editing.text.contains("alt=\"basket.png\"") && editing.text.contains("Paste an image"), "{}", editing.text);
}

#[tokio::test]
async fn variants_have_screenshots_and_a_test_shows_them() {
    let world = World::measured().await;
    let to = led_to(&send(&world, &world.contributor, "tests/T-1/variants/B/attachments", &[("stock.png", &png(40, 30))]).await);
    assert_eq!(to, format!("/{HERE}/tests/T-1#screenshots"));
    let back = led_to(&send(&world, &world.contributor, "tests/T-1/variants/A/attachments", &[("a.csv", TABLE.as_bytes())]).await);
    assert!(back.contains("?form=attachment-A&draft="), "{back}");
    let page = open(&world, &world.contributor, back.trim_end_matches("#screenshots")).await;
    assert!(page.text.contains("A screenshot is an image; this is a CSV.") && page.text.contains("alt=\"stock.png\""), "{}", page.text);
    assert_eq!(send(&world, &world.contributor, "tests/T-1/variants/Z/attachments", &[("a.png", &png(4, 4))]).await.status, 404);
    let listed = world.get("/tests/T-1/variants/B/attachments").await.expect(200);
    assert_eq!((listed["total"].as_u64(), listed["items"][0]["variant"].as_str()), (Some(1), Some("B")));
}

#[tokio::test]
async fn programs_attach_read_and_take_away() {
    let world = World::furnished().await;
    let reply = post(&world, &world.contributor, "/hypotheses/H-1/attachments?name=Besuche%20%C2%BDJahr.csv", TABLE).await;
    let location = reply.header("location").to_owned();
    let made = reply.expect(201);
    assert_eq!((made["media_type"].as_str(), made["bytes"].as_u64()), (Some("text/csv"), Some(TABLE.len() as u64)));
    assert_eq!(world.request("GET", &location).token(&world.viewer.token).send().await.expect(200), made);
    let path = format!("/attachments/{}", made["id"]);
    let file = world.api(&world.viewer, "GET", &format!("{path}/content")).send().await;
    assert_eq!((file.status, file.text.as_str(), file.header("content-type")), (200, TABLE, "text/csv"));
    let saved = "attachment; filename=\"Besuche _Jahr.csv\"; filename*=UTF-8''Besuche%20%C2%BDJahr.csv";
    assert_eq!(file.header("content-disposition"), saved);
    world.api(&world.viewer, "GET", &format!("{path}/thumbnail")).send().await.problem(404);
    assert_eq!(world.api(&world.lead, "DELETE", &path).send().await.expect(200)["archived"], true);
    world.api(&world.viewer, "GET", &format!("{path}/content")).send().await.problem(404);
    let restored = world.post(&format!("{path}/restore"), &Value::Null).await.expect(200);
    assert_eq!(restored["archived"], false);
    let keyed = |bytes: Vec<u8>| {
        let request = world.api(&world.lead, "POST", "/evidence/E-1/attachments?name=large.csv");
        request.header("idempotency-key", "once").text("text/csv", bytes).send()
    };
    let large = "Device,Visits\n".repeat(400_000).into_bytes();
    let first = keyed(large.clone()).await.expect(201);
    assert_eq!(keyed(large).await.expect(201)["id"], first["id"], "a file may come again under its key");
}

#[tokio::test]
async fn files_are_handed_out_so_that_nothing_in_them_runs() {
    let world = World::furnished().await;
    let made = post(&world, &world.lead, "/hypotheses/H-1/attachments?name=basket.png", png(960, 600)).await.expect(201);
    let here = format!("/{HERE}/attachments/{}", made["id"]);
    for (path, kind, disposition) in [
        (here.clone(), "image/png", "inline; filename=\"basket.png\"; filename*=UTF-8''basket.png"),
        (format!("{here}/thumb"), "image/jpeg", "inline"),
    ] {
        let file = open(&world, &world.viewer, &path).await;
        for (name, value) in [
            ("content-type", kind),
            ("content-disposition", disposition),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cache-control", "private, max-age=31536000, immutable"),
        ] {
            assert_eq!((file.status, file.header(name)), (200, value), "{path} {name}");
        }
        let tag = file.header("etag").to_owned();
        let again = world.request("GET", &path).cookie(&world.viewer.session).header("if-none-match", &tag).send().await;
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", tag.as_str()));
        let part = world.request("GET", &path).cookie(&world.viewer.session).header("range", "bytes=0-3").send().await;
        assert_eq!((part.status, part.header("content-length")), (206, "4"));
    }
}

#[tokio::test]
async fn what_is_something_else_is_refused_beside_the_file() {
    let world = World::furnished().await;
    let before = rows(&world).await.len();
    for (name, bytes) in [
        ("page.png", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("drawing.png", b"<?xml version='1.0'?><svg/>".to_vec()),
        ("archive.zip", b"PK\x03\x04\x14\0\0\0".to_vec()),
        ("report.pdf", b"PK\x03\x04\x14\0\0\0".to_vec()),
        ("bomb.csv", [b"\x1f\x8b\x08".to_vec(), vec![0; 1000]].concat()),
        ("huge.png", promising()),
        ("paper.png", b"%PDF-1.7\n1 0 obj\n%%EOF\n".to_vec()),
        ("basket.jpg", png(9, 9)),
        ("half.png", png(300, 300)[..100].to_vec()),
        ("prose.csv", b"Only a sentence.\nAnd another one.\n".to_vec()),
        ("empty.png", Vec::new()),
    ] {
        let reply = post(&world, &world.lead, &format!("/hypotheses/H-1/attachments?name={name}"), bytes).await;
        assert_eq!(reply.problem(422), ["file"], "{name}");
    }
    let large = post(&world, &world.lead, "/hypotheses/H-1/attachments?name=large.png", vec![0; FILE_LIMIT + 1]).await;
    assert_eq!(large.problem(413), ["file"]);
    assert_eq!(post(&world, &world.lead, "/hypotheses/H-1/attachments", png(9, 9)).await.problem(422), ["name"]);
    assert_eq!(post(&world, &world.lead, "/hypotheses/H-1/attachments?name=a.png&nam=b", png(9, 9)).await.problem(422), ["nam"]);
    let back = led_to(&send(&world, &world.lead, "evidence/E-1/attachments", &[("large.png", &vec![0; FILE_LIMIT + 1])]).await);
    let page = open(&world, &world.lead, back.trim_end_matches("#attachments")).await;
    assert!(page.text.contains("large.png: This file is larger than 10 MB"), "{}", page.text);
    let all = send(&world, &world.lead, "evidence/E-1/attachments", &[("all.png", &vec![0; 6 * FILE_LIMIT])]).await;
    assert_eq!(all.status, 413);
    assert_eq!(rows(&world).await.len(), before);
}

#[tokio::test]
async fn only_members_attach_and_read() {
    let world = World::furnished().await;
    let picture = png(9, 9);
    assert_eq!(send(&world, &world.viewer, "hypotheses/H-1/attachments", &[("a.png", &picture)]).await.status, 403);
    assert_eq!(send(&world, &world.outsider, "hypotheses/H-1/attachments", &[("a.png", &picture)]).await.status, 404);
    post(&world, &world.viewer, "/hypotheses/H-1/attachments?name=a.png", picture.clone()).await.problem(403);
    let made = post(&world, &world.lead, "/hypotheses/H-1/attachments?name=a.png", picture).await.expect(201);
    for path in [format!("/{HERE}/attachments/{}", made["id"]), format!("/{HERE}/attachments/{}/thumb", made["id"])] {
        assert_eq!(open(&world, &world.outsider, &path).await.status, 404);
        assert_eq!(open(&world, &world.outsider, &path.replace(HERE, support::THERE)).await.status, 404);
        assert_eq!(world.request("GET", &path).send().await.status, 401);
    }
    for path in ["/holm/attachments/99", "/holm/attachments/none", "/holm/attachments/-1/thumb"] {
        assert_eq!(open(&world, &world.viewer, path).await.status, 404, "{path}");
    }
    assert_eq!(send(&world, &world.lead, "hypotheses/H-9/attachments", &[("a.png", &png(8, 8))]).await.status, 404);
    let theirs = format!("/api/v1/{}/attachments/{}/content", support::THERE, made["id"]);
    world.request("GET", &theirs).token(&world.outsider.token).send().await.problem(404);
}
