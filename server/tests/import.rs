//! The import pages over HTTP: upload, preview, import, undo, and what is refused on the way.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use support::{HERE, Person, Reply, World};

const BACKLOG: &str = "Title,Impact,Confidence,Ease\nShow the delivery date,8,6,7\nShorten the form,5,5,5\n";

/// A form with a file as browsers send it.
fn multipart(name: &str, content: &[u8], text: &str) -> (String, Vec<u8>) {
    let mut body =
        format!("--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n")
            .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--edge\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--edge--\r\n").as_bytes());
    ("multipart/form-data; boundary=edge".to_owned(), body)
}

async fn upload(world: &World, by: &Person, content: &[u8], text: &str) -> Reply {
    let (kind, body) = multipart("C:\\work\\backlog.csv", content, text);
    world.request("POST", &format!("/{HERE}/import")).cookie(&by.session).text(&kind, body).send().await
}

async fn open(world: &World, by: &Person, path: &str) -> Reply {
    world.request("GET", path).cookie(&by.session).send().await
}

async fn send(world: &World, by: &Person, path: &str, form: &str) -> Reply {
    world.request("POST", path).cookie(&by.session).form(form).send().await
}

fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, 303, "{}", reply.text);
    reply.header("location").to_owned()
}

fn hidden(page: &Reply, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {}", page.text));
    rest.split_once('"').unwrap().0.replace("&quot;", "\"").replace("&amp;", "&")
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn a_file_is_seen_imported_and_taken_back() {
    let world = World::furnished().await;
    let preview = led_to(&upload(&world, &world.lead, BACKLOG.as_bytes(), "").await);
    let page = open(&world, &world.lead, &preview).await;
    assert_eq!(page.status, 200);
    for said in ["Import: backlog.csv", "2 rows, 4 columns. All can be imported.", "Show the delivery date", "Import 2 hypotheses"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 1);
    let form = format!("upload={}&mapping={}", hidden(&page, "upload"), encoded(&hidden(&page, "mapping")));
    let list = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/preview"), &form).await);
    assert_eq!(list, format!("/{HERE}/hypotheses?undo=import-1"));
    let page = open(&world, &world.lead, &list).await;
    assert!(page.text.contains("2 hypotheses imported from backlog.csv."), "{}", page.text);
    assert!(!open(&world, &world.viewer, &list).await.text.contains("imported from"));
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 3);

    let report = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/1/undo"), "").await);
    let page = open(&world, &world.lead, &report).await;
    assert!(page.text.contains("Import 1 is undone.") && page.text.contains("Undone, 2 hypotheses archived"), "{}", page.text);
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 1);
    let again = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/1/undo"), "").await);
    assert!(open(&world, &world.lead, &again).await.text.contains("Import 1 was undone already."));
    let twice = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/preview"), &form).await);
    assert!(open(&world, &world.lead, &twice).await.text.contains("This file is gone"));
}

#[tokio::test]
async fn the_first_import_names_the_areas_that_it_adds() {
    let world = World::new().await;
    let preview = led_to(&upload(&world, &world.lead, b"Title,Page\nShow the delivery date,PDP\n", "").await);
    let page = open(&world, &world.lead, &preview).await;
    assert!(page.text.contains("<td>Product page<"), "{}", page.text);
}

#[tokio::test]
async fn the_mapping_is_an_address() {
    let world = World::furnished().await;
    let preview = led_to(&upload(&world, &world.lead, b"", "Thing,Impact,Confidence,Ease\nFirst,4,2,5\n").await);
    let page = open(&world, &world.lead, &format!("{preview}&c0=tags&c1=title&header=1&was=1")).await;
    assert!(page.text.contains("Import: pasted rows"), "{}", page.text);
    let twice = open(&world, &world.lead, &format!("{preview}&c0=title&c1=title&header=1&was=1")).await;
    assert!(
        twice.text.contains("Title can be filled by one column only.") && !twice.text.contains("Import 1 hypothesis"),
        "{}",
        twice.text
    );
    let none = open(&world, &world.lead, &format!("{preview}&c0=title&header=0&was=1")).await;
    assert!(none.text.contains("no header"), "{}", none.text);
}

#[tokio::test]
async fn errors_are_listed_and_nothing_can_be_imported() {
    let world = World::furnished().await;
    let text = format!("{BACKLOG}Bad,11,5,5\n");
    let preview = led_to(&upload(&world, &world.lead, text.as_bytes(), "").await);
    let page = open(&world, &world.lead, &preview).await;
    assert!(page.text.contains("11 is outside 1 to 10.") && !page.text.contains("name=\"mapping\""), "{}", page.text);
    let form = format!("upload={}&mapping=%7B%7D", hidden(&page, "upload"));
    let back = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/preview"), &form).await);
    assert!(open(&world, &world.lead, &back).await.text.contains("Nothing was imported"));
    assert_eq!(world.get("/hypotheses").await.expect(200)["total"], 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_said_beside_the_field() {
    let world = World::furnished().await;
    for (content, said) in
        [(&b""[..], "Choose a file, or paste rows below."), (b"\x89PNG\r\n", "This is a PNG image"), (b"PK\x03\x04", "Excel workbook")]
    {
        let back = led_to(&upload(&world, &world.lead, content, "").await);
        let page = open(&world, &world.lead, &back).await;
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let large = upload(&world, &world.lead, &vec![b'a'; 22 * 1024 * 1024], "").await;
    assert_eq!((large.status, large.text.contains("larger than 20 MB")), (413, true));
    let announced = world.request("POST", &format!("/{HERE}/import")).cookie(&world.lead.session);
    let announced = announced.header("content-length", "104857600").text("multipart/form-data; boundary=edge", "--edge").send().await;
    assert_eq!(announced.status, 413);
}

#[tokio::test]
async fn leads_and_owners_alone_import() {
    let world = World::furnished().await;
    let preview = led_to(&upload(&world, &world.lead, BACKLOG.as_bytes(), "").await);
    assert!(open(&world, &world.owner, &preview).await.text.contains("This file is gone"));
    for (person, status) in [(&world.contributor, 403), (&world.viewer, 403), (&world.outsider, 404)] {
        assert_eq!(upload(&world, person, BACKLOG.as_bytes(), "").await.status, status);
        assert_eq!(open(&world, person, &format!("/{HERE}/import")).await.status, status);
        assert_eq!(open(&world, person, &preview).await.status, status);
        assert_eq!(send(&world, person, &format!("/{HERE}/import/preview"), "").await.status, status);
        assert_eq!(send(&world, person, &format!("/{HERE}/import/1/undo"), "").await.status, status);
    }
    let anonymous = world.request("POST", &format!("/{HERE}/import/1/undo")).form("").send().await;
    assert_eq!(anonymous.status, 401);
    let back = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/9/undo"), "").await);
    assert!(open(&world, &world.lead, &back).await.text.contains("There is no import with this number here."));
}

const LOG: &str = "Title,Finding,Method,Source,Observed on,n,Supports\n\
    Stock is asked for,212 of 640 ask,Survey,Exit poll,2026-01-05,640,H-1\n\
    Half never scroll,,Hotjar heatmap,,2026-01-06,\"1,200\",\n";

#[tokio::test]
async fn evidence_is_seen_imported_and_taken_back() {
    let world = World::furnished().await;
    let before = world.get("/evidence").await.expect(200)["total"].as_u64().unwrap();
    let start = open(&world, &world.lead, &format!("/{HERE}/evidence")).await;
    assert!(start.text.contains(&format!("href=\"/{HERE}/import?as=evidence\"")), "{}", start.text);
    assert!(!open(&world, &world.contributor, &format!("/{HERE}/evidence")).await.text.contains("import?as"));
    let form = open(&world, &world.lead, &format!("/{HERE}/import?as=evidence")).await;
    assert!(form.text.contains("<option value=\"evidence\" selected"), "{}", form.text);
    let preview = led_to(&upload(&world, &world.lead, LOG.as_bytes(), "").await);
    let page = open(&world, &world.lead, &preview).await;
    for said in ["2 rows, 7 columns. All can be imported.", "Kind of evidence", "Heatmap", "supports H-1", "Import 2 pieces of evidence"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert_eq!(world.get("/evidence").await.expect(200)["total"], before);
    let form = format!("upload={}&as={}&mapping={}", hidden(&page, "upload"), hidden(&page, "as"), encoded(&hidden(&page, "mapping")));
    let list = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/preview"), &form).await);
    assert_eq!(list, format!("/{HERE}/evidence?undo=import-1"));
    let page = open(&world, &world.lead, &list).await;
    assert!(page.text.contains("2 pieces of evidence imported from backlog.csv."), "{}", page.text);
    assert_eq!(world.get("/evidence").await.expect(200)["total"], before + 2);

    let again = led_to(&upload(&world, &world.lead, LOG.as_bytes(), "").await);
    let page = open(&world, &world.lead, &again).await;
    assert!(page.text.contains("is the same, by title, kind and days") && page.text.contains("nothing to import yet"), "{}", page.text);
    let report = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/1/undo"), "").await);
    let page = open(&world, &world.lead, &report).await;
    assert!(page.text.contains("2 pieces of evidence archived; nothing is lost"), "{}", page.text);
    assert_eq!(world.get("/evidence").await.expect(200)["total"], before);
}

#[tokio::test]
async fn rows_are_read_as_what_somebody_says_they_are() {
    let world = World::furnished().await;
    let text = "Title,Kind,Observed on\nStock is asked for,rumour,2999-01-01\n";
    let preview = led_to(&upload(&world, &world.lead, text.as_bytes(), "").await);
    let backlog = open(&world, &world.lead, &preview).await;
    assert!(backlog.text.contains("Read the rows as evidence") && backlog.text.contains("Import 1 hypothesis"), "{}", backlog.text);
    let page = open(&world, &world.lead, &format!("{preview}&as=evidence")).await;
    for said in ["“rumour” is not a kind of evidence.", "2999-01-01 lies in the future.", "Read the rows as hypotheses"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(!page.text.contains("name=\"mapping\""), "{}", page.text);
    let mapped = open(&world, &world.lead, &format!("{preview}&as=evidence&c1=details&header=1&was=1")).await;
    assert!(mapped.text.contains("No column says what kind of evidence a row is"), "{}", mapped.text);
    let form = format!("upload={}&as=evidence&mapping=%7B%7D", hidden(&page, "upload"));
    let back = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/preview"), &form).await);
    assert!(open(&world, &world.lead, &back).await.text.contains("Nothing was imported"), "{back}");
}

const ARMS: &str = "test_id,arm,headline,impressions,clicks,risk,winner\n\
    w,0,Plain words,10000,300,no,True\nw,1,A question about stock,10000,420,no,False\n\
    n,0,This,2000,60,no,\nn,1,That,2010,61,no,\nm,0,Here,2000,60,no,\nm,1,There,2010,61,no,\n\
    x,0,Half,10000,300,yes,\nx,1,Less than half,9000,290,yes,\ny,0,Half,10000,300,yes,\ny,1,Half again,10010,290,yes,\n";

fn gzipped(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn tests_are_seen_imported_decided_and_taken_back() {
    let world = World::furnished().await;
    let preview = led_to(&upload(&world, &world.lead, &gzipped(ARMS), "").await);
    let page = open(&world, &world.lead, &preview).await;
    for said in [
        "5 tests with 10 arms. Computed from the counts: 1 win, 0 losses, 3 inconclusive, 1 invalid.",
        "It is not a documented control",
        "“winner” stay as details",
        "1 of 5 tests was not split equally: it is invalid.",
        "Plain words",
        "Import 5 tests",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let form = format!("upload={}&site={}&metric={}", hidden(&page, "upload"), hidden(&page, "site"), hidden(&page, "metric"));
    let list = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/arms"), &form).await);
    assert_eq!(list, format!("/{HERE}/tests?state=stopped&imported=true&undo=import-1"));
    let page = open(&world, &world.lead, &list).await;
    for said in ["5 tests imported from backlog.csv.", "Imported, no learning yet", "computed", "not known"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let queue = world.get("/tests?state=stopped&imported=true").await.expect(200);
    assert_eq!(queue["total"], 5);
    let number = queue["items"][4]["number"].as_str().unwrap().to_owned();
    let page = open(&world, &world.lead, &format!("/{HERE}/tests/{number}")).await;
    for said in
        ["is the first listed there and stands as comparison", "stays out of the win rate", "Let it count", "winner: True", "equal split"]
    {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    let counted = led_to(&send(&world, &world.lead, &format!("/{HERE}/tests/{number}/counts"), "counts=true").await);
    assert!(open(&world, &world.lead, &counted).await.text.contains("It counts in the win rate"));
    assert_eq!(world.get(&format!("/tests/{number}")).await.expect(200)["counts"], true);

    let report = led_to(&send(&world, &world.lead, &format!("/{HERE}/import/1/undo"), "").await);
    let page = open(&world, &world.lead, &report).await;
    assert!(page.text.contains("4 tests cancelled") && page.text.contains("counted since"), "{}", page.text);
    assert_eq!(world.get("/tests?state=stopped&imported=true").await.expect(200)["total"], 1);
}

#[tokio::test]
async fn rows_of_tests_that_cannot_be_are_named() {
    let world = World::furnished().await;
    let bad = format!("{ARMS}z,0,More,10,11,no,\nz,1,None,-1,0,no,\n");
    let preview = led_to(&upload(&world, &world.lead, bad.as_bytes(), "").await);
    let page = open(&world, &world.lead, &preview).await;
    for said in ["Line 12, clicks: 11 conversions are more than 10 visitors.", "Line 13, impressions: -1 is negative."] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(!page.text.contains("Import 6 tests"));
    let as_backlog = open(&world, &world.lead, &format!("{preview}&header=1")).await;
    assert!(as_backlog.text.contains("Columns"), "{}", as_backlog.text);
    let mut damaged = gzipped(ARMS);
    damaged.truncate(30);
    let back = led_to(&upload(&world, &world.lead, &damaged, "").await);
    assert!(open(&world, &world.lead, &back).await.text.contains("This gzip file is damaged"));
}
