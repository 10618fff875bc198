//! Import, over files as tools and people make them; what each should give stands beside it in `*.expected.json`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod transfer_cast;

use chrono::NaiveDate;
use domain::accounts::WorkspaceSettings;
use domain::hypotheses::{HypothesisDraft, Stage};
use domain::transfer::{Field, Format, Mapping, Preview, arms, detect_file_format, paste, preview, preview_evidence, stage_of_word};
use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use transfer_cast::{catalogue, members};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The files of a folder with this ending, in order.
fn files(name: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.to_str().unwrap().ends_with(ending)).collect();
    files.sort();
    files
}

fn expected(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file.with_extension("expected.json")).unwrap()).unwrap()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 7, 1).unwrap()
}

fn read(bytes: &[u8]) -> Result<Preview, domain::errors::FieldErrors> {
    preview(bytes, None, &catalogue(), &members(), today())
}

/// The names of the columns as the expectations have them: the second "Labels" is "Labels#2".
fn column_names(preview: &Preview) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (index, column) in preview.columns.iter().enumerate() {
        let before = preview.columns[..index].iter().filter(|other| other.header == column.header).count();
        names.push(if before == 0 { column.header.clone() } else { format!("{}#{}", column.header, before + 1) });
    }
    names
}

/// Checks one backlog against what stands beside it.
fn check(file: &Path) {
    let name = file.file_name().unwrap().to_str().unwrap();
    let wanted = expected(file);
    assert_eq!(detect_file_format(&fs::read(file).unwrap()), Format::Backlog, "{name}");
    let found = read(&fs::read(file).unwrap()).unwrap_or_else(|errors| panic!("{name}: {errors}"));
    assert_eq!(found.encoding.slug(), wanted["encoding"], "{name}");
    assert_eq!(found.bom, wanted["bom"], "{name}");
    assert_eq!(found.delimiter.to_string(), wanted["delimiter"].as_str().unwrap(), "{name}");
    assert_eq!(found.header_line as u64, wanted["header_line"].as_u64().unwrap(), "{name}");
    assert_eq!(found.records as u64, wanted["rows"].as_u64().unwrap(), "{name}");
    let names = column_names(&found);
    for (column, name_of) in found.columns.iter().zip(&names) {
        let field = wanted["mapping"][name_of].as_str().unwrap_or("ignore");
        assert_eq!(column.field.slug(), field, "{name}: {name_of}");
    }
    let errors = wanted["row_errors"].as_array().unwrap();
    assert_eq!(found.errors.len(), errors.len(), "{name}: {:?}", found.errors);
    for (error, wanted) in found.errors.iter().zip(errors) {
        assert_eq!(error.line as u64, wanted["line"].as_u64().unwrap(), "{name}");
        assert_eq!(error.column, wanted["column"].as_str().unwrap().trim(), "{name}");
        assert!(error.message.to_lowercase().contains(wanted["contains"].as_str().unwrap()), "{name}: {error}");
    }
    check_first(name, &found, &wanted["first"]);
    check_lines(name, &found, &wanted);
    for row in &found.rows {
        let is_member = |email: &str| members().iter().any(|(known, _)| known == email);
        assert!(row.draft.check(&catalogue(), is_member).is_ok(), "{name}: line {}", row.line);
        assert!(
            row.score.as_ref().is_none_or(|score| score.check(&WorkspaceSettings::default().shapes(), None).is_ok()),
            "{name}: line {}",
            row.line
        );
    }
}

/// A text of the first row is in its own field, or kept in the details when the workspace does not know it.
fn check_first(name: &str, found: &Preview, first: &Value) {
    let row = &found.rows[0];
    let HypothesisDraft { title, statement, site, area, devices, owner, tags, details, .. } = &row.draft;
    let details = details.clone().unwrap_or_default();
    assert_eq!(title, first["title"].as_str().unwrap(), "{name}");
    let texts = [("because", &statement.because), ("change", &statement.change), ("audience", &statement.audience)];
    for (field, told) in texts.into_iter().chain([("reason", &statement.reason), ("measure", &statement.measure)]) {
        assert_eq!(told.as_deref(), first[field].as_str(), "{name}: {field}");
    }
    for (field, told) in [("area", area), ("site", site), ("owner", owner)] {
        let wanted = first[field].as_str().unwrap_or_default();
        let kept = !wanted.is_empty() && details.contains(wanted);
        assert!(kept || told.is_some() != wanted.is_empty(), "{name}: {field}");
    }
    assert_eq!(statement.lever.as_deref(), first["lever"].as_str(), "{name}");
    match &first["device"] {
        Value::String(device) => assert_eq!(devices, std::slice::from_ref(device), "{name}"),
        Value::Array(list) => assert_eq!(devices, &list.iter().map(|one| one.as_str().unwrap().to_owned()).collect::<Vec<_>>(), "{name}"),
        _ => assert!(devices.is_empty(), "{name}"),
    }
    let wanted: Vec<&str> = first["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(tags, &wanted, "{name}");
    if let Some(created) = first["created"].as_str() {
        assert_eq!(row.created.unwrap().to_string(), created, "{name}");
    }
    assert_eq!(row.stage.as_ref().map_or("idea", |moved| moved.stage.as_str()), first["stage"].as_str().unwrap(), "{name}");
    let effort = &row.draft.effort;
    for (field, told) in [("design_days", effort.design_days), ("development_days", effort.development_days)] {
        assert_eq!(told, first[field].as_f64(), "{name}: {field}");
    }
    let score = row.score.clone().unwrap_or_default();
    for field in ["impact", "confidence", "ease"] {
        if let Some(level) = first[field].as_f64() {
            assert_eq!(score.criteria.get(field), Some(&level), "{name}: {field}");
        }
    }
    match &first["effect"] {
        Value::String(words) => assert!(details.contains(words.as_str()), "{name}"),
        Value::Object(effect) => match &statement.effect {
            Some(told) if told.low.is_some() => {
                assert_eq!((told.low, told.high), (effect["low"].as_f64(), effect["high"].as_f64()), "{name}");
                assert_eq!(told.direction.as_deref(), effect["direction"].as_str(), "{name}");
            }
            _ => assert!(details.contains('%'), "{name}: {details}"),
        },
        _ => {}
    }
}

/// Stages, duplicates and rescaled columns.
fn check_lines(name: &str, found: &Preview, wanted: &Value) {
    for (word, stage) in wanted["stage_values"].as_object().into_iter().flatten() {
        assert_eq!(stage_of_word(word).map(Stage::slug), stage.as_str(), "{name}: {word}");
    }
    for pair in wanted["duplicates"].as_array().into_iter().flatten() {
        let (first, second) = (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap());
        let told = format!("The row is the same as line {first}");
        assert!(found.notices.iter().any(|n| n.line as u64 == second && n.message.starts_with(&told)), "{name}: {second}");
        assert!(found.rows.iter().all(|row| row.line as u64 != second), "{name}: {second}");
    }
    let changed = |scale: &Value| scale["reverse"] == true || scale["from"] != scale["to"];
    let scales = wanted["scales"].as_object().into_iter().flatten().filter(|(_, scale)| changed(scale));
    for (column, _) in scales.filter(|_| found.rows[0].score.is_some()) {
        assert!(found.rescales.iter().any(|one| &one.column == column), "{name}: {column} is rescaled silently");
        assert!(found.rows[0].score.as_ref().unwrap().reason.is_some(), "{name}: no word of the rescale with the score");
    }
}

#[test]
fn backlogs_are_read_unaided() {
    let files = files("backlogs", ".csv");
    assert_eq!(files.len(), 27);
    for file in files {
        check(&file);
    }
}

/// A file that is refused as a whole, with words that the sentence has.
#[track_caller]
fn refused(file: &str, words: &[&str]) {
    let errors = read(&fs::read(folder("backlogs/bad").join(file)).unwrap()).expect_err(file).to_string();
    for word in words {
        assert!(errors.contains(word), "{file}: {errors}");
    }
}

#[test]
fn files_that_cannot_be_read_are_refused_by_a_sentence() {
    refused("01-binary.csv", &["PNG"]);
    refused("02-xlsx-named-csv.csv", &["Excel workbook"]);
    refused("03-bom-utf8-but-1252.csv", &["UTF-8", "line 2", "windows-1252"]);
    refused("04-bom-utf16-but-utf8.csv", &["UTF-16"]);
    refused("05-utf16-cut-short.csv", &["cut short"]);
    refused("06-unbalanced-quote.csv", &["Line 3", "quote"]);
    refused("08-header-only.csv", &["7 columns", "nothing to import"]);
    refused("09-empty.csv", &["0 bytes"]);
    refused("10-bom-and-blank-lines.csv", &["no header and no rows"]);
    refused("16-no-title-column.csv", &["Impact, Confidence, Ease, Created"]);
    refused("17-no-header.csv", &["looks like data"]);
    refused("25-web-page-named-csv.csv", &["web page"]);
}

/// A file that is read: the lines that import, and "line, column: words" of each error and notice.
#[track_caller]
fn partly(file: &str, lines: &[usize], errors: &[&str], notices: &[&str]) -> Preview {
    let found = read(&fs::read(folder("backlogs/bad").join(file)).unwrap()).unwrap_or_else(|errors| panic!("{file}: {errors}"));
    assert_eq!(found.rows.iter().map(|row| row.line).collect::<Vec<_>>(), lines, "{file}");
    for (said, wanted) in [(&found.errors, errors), (&found.notices, notices)] {
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), wanted.len(), "{file}: {said:#?}");
        for (said, wanted) in said.iter().zip(wanted) {
            assert!(said.starts_with(wanted), "{file}: {said}");
        }
    }
    found
}

#[test]
fn bad_rows_are_named_and_the_others_import() {
    let found = partly("07-quote-inside-cell.csv", &[2, 3], &[], &[]);
    assert_eq!(found.rows[1].draft.title, "Make 27\" screens findable");
    partly(
        "11-ragged-rows.csv",
        &[2, 3],
        &["Line 4, Column 8: The row has 9 cells for 7 columns"],
        &[
            "Line 2: The row has 3 of 7 cells",
            "Line 2, Page: There is no area",
            "Line 2, Confidence: The cell is empty",
            "Line 4, Page: There is",
        ],
    );
    partly("12-score-11.csv", &[2, 4], &["Line 3, Impact: 11 is outside 1 to 10."], &[]);
    partly(
        "13-negative-and-zero-score.csv",
        &[4],
        &["Line 2, Impact: -3 is outside 1 to 10.", "Line 3, Confidence: 0 is outside 1 to 10."],
        &["Line 3, Page: There is no area “Home”"],
    );
    partly(
        "14-score-not-a-number.csv",
        &[5],
        &["Line 2, Impact: “high-ish” is not", "Line 3, Impact: “#REF!” is not", "Line 4, Impact: “2025-08-07” is not"],
        &["Line 3, Page", "Line 4, Page"],
    );
    partly(
        "15-unknown-owner.csv",
        &[3],
        &["Line 2, Owner: Nobody here has the e-mail address nobody@elsewhere.example."],
        &["Line 3, Page", "Line 3, Owner: “Bob from marketing” is not the name of one member"],
    );
    partly("18-duplicate-rows.csv", &[2, 3, 5], &[], &["Line 4: The row is the same as line 2", "Line 5, Title: The title is the same"]);
    partly("22-two-title-columns.csv", &[2], &[], &["Line 1, Title: Several columns have this name"]);
    partly("23-nul-bytes.csv", &[3], &["Line 2, Title: The cell has a NUL"], &["Line 2, Page"]);
    let found = partly("24-unknown-stage.csv", &[2, 3], &[], &["Line 2, Page", "Line 2, Status: “Vibing” is no stage we know"]);
    assert!(found.rows[0].draft.details.as_deref().unwrap().contains("Status: Vibing"));
}

#[test]
fn errors_of_a_row_come_from_left_to_right() {
    let found = read("Title,Impact,Confidence,Ease,Owner,Created\n,11,5,many,stranger@fern.example,31.02.2025\n".as_bytes()).unwrap();
    let columns: Vec<&str> = found.errors.iter().map(|error| error.column.as_str()).collect();
    assert_eq!(columns, ["Title", "Impact", "Ease", "Owner", "Created"]);
}

#[test]
fn formulas_are_never_computed() {
    let found = read(&fs::read(folder("backlogs/bad/19-formula-cells.csv")).unwrap()).unwrap();
    let titles: Vec<&str> = found.rows.iter().map(|row| row.draft.title.as_str()).collect();
    assert_eq!(titles[..4], ["=1+1", "+49 hotline in header", "-10% banner for all", "@home delivery first"]);
    assert!(titles[4].starts_with("=HYPERLINK"));
    assert_eq!(found.errors.len(), 1);
    assert!(found.errors[0].to_string().starts_with("Line 7, Impact: “=2*4” is a formula"));
    for line in 2..=7 {
        assert!(found.notices.iter().any(|notice| notice.line == line && notice.message.contains("begins like a formula")), "{line}");
    }
    let ghosts = partly("20-ghost-formula-rows.csv", &[2, 3], &[], &["Line 4: 5 rows without content"]);
    assert_eq!(ghosts.records, 2);
}

#[test]
fn days_are_checked_and_their_order_may_be_said() {
    partly(
        "21-bad-dates.csv",
        &[5],
        &[
            "Line 2, Created: 31/02/2025 is not in the calendar.",
            "Line 3, Created: “soon” is not a date.",
            "Line 4, Created: 2031-01-01 lies in the future.",
        ],
        &[],
    );
    let file = b"Title,Created\nShort menu,03/04/2025\n";
    let found = read(file).unwrap();
    assert_eq!(found.rows[0].created, None);
    assert!(found.notices[0].message.contains("may start with the day or with the month"));
    let said = Mapping { day_first: Some(false), ..Mapping::default() };
    let found = preview(file, Some(&said), &catalogue(), &members(), today()).unwrap();
    assert_eq!(found.rows[0].created.unwrap().to_string(), "2025-03-04");
}

#[test]
fn a_person_corrects_the_mapping() {
    let file = "Quark;Wert;Wer\nPreise auf der Seite zeigen;8;Priya\n";
    let mut said = Mapping { header_line: Some(1), ..Mapping::default() };
    said.columns.insert(0, Field::Title);
    said.headers.insert("wer".into(), Field::Owner);
    let found = preview(file.as_bytes(), Some(&said), &catalogue(), &members(), today()).unwrap();
    assert_eq!(found.rows[0].draft.owner.as_deref(), Some("priya@holm.example"));
    let again = preview(file.as_bytes(), Some(&found.mapping), &catalogue(), &members(), today()).unwrap();
    assert_eq!(found, again);
    said.columns.insert(1, Field::Title);
    assert!(preview(file.as_bytes(), Some(&said), &catalogue(), &members(), today()).is_err());
    said.columns.insert(9, Field::Owner);
    assert!(preview(file.as_bytes(), Some(&said), &catalogue(), &members(), today()).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = arms::read(&bytes);
        let _ = paste::read(&String::from_utf8_lossy(&bytes), &[], &[]);
    }

    #[test]
    fn no_table_of_evidence_makes_it_panic(
        header in proptest::collection::vec(prop_oneof!["Title", "Finding", "Kind", "Date", "Period", "n", "Supports", "Source", "Area", "Device", "[a-z ]{0,8}"], 1..9),
        rows in proptest::collection::vec("([-+=@0-9a-zéHn%.,/ \"']{0,14}[,;\t\n]){1,9}", 1..9),
    ) {
        let file = format!("Title,Kind,{}\n{}", header.join(","), rows.join("\n"));
        let _ = preview_evidence(file.as_bytes(), None, &catalogue(), &|_| today());
    }

    #[test]
    fn no_table_makes_it_panic(
        header in proptest::collection::vec(prop_oneof!["Title", "Impact", "Confidence", "Ease", "Effort", "Created", "Expected uplift", "Metric", "Status", "Owner", "Device", "[a-z ]{0,8}"], 1..9),
        rows in proptest::collection::vec("([-+=@0-9a-zé%.,/ \"']{0,14}[,;\t\n]){1,9}", 1..9),
    ) {
        let file = format!("{}\n{}", header.join(","), rows.join("\n"));
        let _ = read(file.as_bytes());
        let _ = paste::read(&file.replace(',', "\t"), &[], &[]);
    }
}
