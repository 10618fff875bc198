//! Results as they are pasted, and files of tests with one row per arm.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use chrono::{DateTime, Utc};
use domain::experiments::{Outcome, TestKind};
use domain::sites::{Direction, Family, Metric, MetricKind, Unit};
use domain::transfer::{Format, arms, arms_preview, detect_file_format, paste};
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

fn conversion_rate() -> Metric {
    Metric {
        slug: "conversion-rate".into(),
        name: "Conversion rate".into(),
        kind: MetricKind::Proportion,
        unit: Unit::Share,
        direction: Direction::Up,
        family: Family::Conversion,
    }
}

#[test]
fn every_test_of_a_file_gets_the_outcome_of_its_counts() {
    let file = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/arms/upworthy_240_headline_tests.csv")).unwrap();
    let found = arms_preview(&file, "shop", &conversion_rate(), DateTime::<Utc>::UNIX_EPOCH).unwrap();
    let summary = found.summary();
    assert_eq!((summary.tests, summary.arms, summary.split_fails), (240, 927, 1));
    assert_eq!(summary.outcomes.values().sum::<usize>(), 240);
    let first = &found.tests[0];
    assert_eq!((first.origin.id.as_str(), first.kind, first.plan.variants.len()), ("546dfa4226714c0538000064", TestKind::AbN, 4));
    assert!(first.title.starts_with("A Bunch Of Celebrities Recorded A Song"), "{}", first.title);
    assert_eq!(first.origin.details["test_week"], "201446");
    assert_eq!(first.origin.variants["0"]["winner"], "True");
    // The editor's choice is arm 0 there: 220 of 3,848 against 181 of 3,948 is no gain of any other arm.
    assert_ne!(first.outcome, Outcome::Win);
    for test in &found.tests {
        assert!(test.plan.variants.iter().all(|variant| (variant.share * test.plan.variants.len() as f64 - 1.0).abs() < 1e-9));
        assert!(!test.origin.details.contains_key("winner"));
    }
}

#[test]
fn unequal_splits_are_counted_by_kinds_of_tests() {
    let rows = (0..20).map(|n| {
        let (risky, visitors) = if n < 5 { ("True", 4000) } else { ("False", 5010) };
        format!("t{n},0,5000,50,{risky},w{n}\nt{n},1,{visitors},60,{risky},w{n}\n")
    });
    let file = format!("test_id,arm,impressions,clicks,risk,week\n{}", rows.collect::<String>());
    let summary = arms_preview(file.as_bytes(), "shop", &conversion_rate(), DateTime::<Utc>::UNIX_EPOCH).unwrap().summary();
    assert_eq!((summary.split_fails, summary.outcomes[&Outcome::Invalid]), (5, 5));
    let told: Vec<(&str, usize, usize)> = summary.split_by["risk"].iter().map(|one| (one.value.as_str(), one.fail, one.tests)).collect();
    assert_eq!(told, [("False", 0, 15), ("True", 5, 5)]);
    assert_eq!(summary.split_by.len(), 1, "a week for each test is no kind of test");
}

#[test]
fn counts_belong_to_a_share_and_keys_are_short() {
    let mean = Metric { kind: MetricKind::Mean, ..conversion_rate() };
    let file = "test,arm,users,orders\na,0,10,1\na,1,10,1\n";
    let refused = arms_preview(file.as_bytes(), "shop", &mean, DateTime::<Utc>::UNIX_EPOCH).unwrap_err();
    assert_eq!(refused.of("metric"), Some("Conversions are a share of visitors; Conversion rate is not."));
    let long = format!("test,arm,users,orders\na,0,10,1\na,{},10,1\n", "x".repeat(41));
    let refused = arms_preview(long.as_bytes(), "shop", &conversion_rate(), DateTime::<Utc>::UNIX_EPOCH).unwrap_err();
    assert_eq!(refused.of("file"), Some("Line 2: an arm of test “a” has a name of more than 40 characters."));
}
