//! Results as they are pasted, and files of tests with one row per arm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use domain::transfer::{Format, arms, detect_file_format, paste};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn pastes() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pastes");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    files.sort();
    files
}

#[test]
fn results_are_read_as_pasted() {
    let files = pastes();
    assert_eq!(files.len(), 8);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let wanted: Value = serde_json::from_slice(&fs::read(file.with_extension("expected.json")).unwrap()).unwrap();
        let rows = wanted["rows"].as_array().unwrap();
        let mut variants: Vec<(String, String)> = Vec::new();
        for word in rows.iter().map(|row| row["variant"].as_str().unwrap()) {
            if variants.iter().all(|(_, known)| known != word) {
                variants.push((format!("v{}", variants.len()), word.to_owned()));
            }
        }
        let found = paste::read(&fs::read_to_string(&file).unwrap(), &variants, &[]).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        assert_eq!(found.header, wanted["header"], "{name}");
        assert_eq!(serde_json::to_value(&found.ignored_columns).unwrap(), wanted["ignored_columns"], "{name}");
        assert_eq!(serde_json::to_value(&found.ignored_lines).unwrap(), wanted["ignored_lines"], "{name}");
        assert_eq!(found.rows.len(), rows.len(), "{name}");
        for (row, wanted) in found.rows.iter().zip(rows) {
            assert_eq!(variants.iter().find(|(key, _)| key == &row.variant).unwrap().1, wanted["variant"].as_str().unwrap(), "{name}");
            let row = serde_json::to_value(row).unwrap();
            for (field, value) in wanted.as_object().unwrap() {
                let told = match field.as_str() {
                    "variant" => &row["variant_word"],
                    "metric" => &row["metric_word"],
                    other => &row[other],
                };
                assert_eq!(told, value, "{name}: {field}");
            }
        }
    }
}

#[test]
fn many_arms_are_read_at_once() {
    let mut file = String::from("test_id,arm,headline,impressions,clicks\n");
    for row in 0..24_000 {
        file.push_str(&format!("t{},{},\"Headline, {row}\",3000,{}\n", row / 4, row % 4, row % 60));
    }
    assert_eq!(detect_file_format(file.as_bytes()), Format::Arms);
    assert_eq!(detect_file_format(b"Title,Impact\nA,5\n"), Format::Backlog);
    let tests = arms::read(file.as_bytes()).unwrap();
    assert_eq!((tests.len(), tests[5].arms.len()), (6_000, 4));
    assert_eq!(tests[5].arms[2].key, "2");
}
