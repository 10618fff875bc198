//! The labelled set: how often a draft finds the idea that it says in other words, and how often it takes another one
//! for it. `cargo xtask likeness` measures the same through the store.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use domain::hypotheses::{EffectDraft, HypothesisDraft, StatementDraft};
use domain::search::{CLOSE, Candidate, Draft, Frequencies, Thesaurus, gist, gist_terms};
use serde_json::Value;

fn text(value: &Value, field: &str) -> Option<String> {
    value[field].as_str().map(str::to_owned)
}

fn draft(value: &Value) -> HypothesisDraft {
    HypothesisDraft {
        area: text(value, "area"),
        statement: StatementDraft {
            because: text(value, "because"),
            change: text(value, "change"),
            audience: text(value, "audience"),
            lever: text(value, "lever"),
            effect: text(value, "metric").map(|metric| EffectDraft { metric: Some(metric), ..EffectDraft::default() }),
            ..StatementDraft::default()
        },
        ..HypothesisDraft::titled(value["title"].as_str().unwrap())
    }
}

fn candidate(value: &Value) -> Candidate {
    let part = |field: &str| text(value, field).unwrap_or_default();
    Candidate {
        gist: gist(&part("title"), &part("change"), &[part("because"), part("audience")].join("\n")),
        areas: text(value, "area"),
        lever: text(value, "lever"),
        metric: text(value, "metric"),
    }
}

fn frequencies(library: &[(String, Candidate)]) -> Frequencies {
    let mut counted = Frequencies { records: library.len() as u64, ..Frequencies::default() };
    for (_, one) in library {
        for term in gist_terms(&one.gist) {
            *counted.of.entry(term.to_owned()).or_default() += 1;
        }
    }
    counted
}

fn ranked(said: &HypothesisDraft, library: &[(String, Candidate)], counted: &Frequencies) -> Vec<(f64, String)> {
    let mut draft = Draft::new(said, Thesaurus::shipped());
    draft.weigh(counted);
    let mut found: Vec<(f64, String)> = library.iter().map(|(id, one)| (draft.compare(one, counted).closeness, id.clone())).collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found
}

#[test]
fn the_labelled_set_is_found() {
    let path = std::env::var("LIKENESS").unwrap_or_else(|_| "tests/data/likeness.json".into());
    let set: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let library: Vec<(String, Candidate)> =
        set["library"].as_array().unwrap().iter().map(|one| (text(one, "id").unwrap(), candidate(one))).collect();
    let counted = frequencies(&library);
    let (mut first, mut five, mut ideas, mut flagged, mut right) = (0, 0, 0, 0, 0);
    for pair in set["pairs"].as_array().unwrap() {
        let kind = pair["kind"].as_str().unwrap();
        let of = pair["of"].as_str().unwrap_or_default();
        let found = ranked(&draft(&pair["draft"]), &library, &counted);
        let place = found.iter().position(|(closeness, id)| id == of && *closeness > 0.0);
        let (top, id) = &found[0];
        let own = place.map_or(0.0, |place| found[place].0);
        if kind == "same_idea" {
            ideas += 1;
            first += usize::from(place == Some(0));
            five += usize::from(place.is_some_and(|place| place < 5));
        }
        if *top >= CLOSE {
            flagged += 1;
            right += usize::from(kind == "same_idea" && place == Some(0));
        }
        println!(
            "{kind:10} {of:4} place {:>3} own {own:.2} top {top:.2} {id:4} {}",
            place.map_or(99, |p| p + 1),
            pair["draft"]["title"].as_str().unwrap()
        );
    }
    println!("recall at 5 {five}/{ideas}, at 1 {first}/{ideas}, flagged {flagged}, right {right}");
    assert!(five * 10 >= ideas * 8, "recall at 5 is {five} of {ideas}");
}
