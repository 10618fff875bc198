//! Measures what was tried before on labelled sets, through the store: `cargo xtask likeness [FILE…]`.
//!
//! A set is `{"library": […] or the demo company's file, "pairs": [{"kind", "of", "draft"}]}`. A `same_idea` says what
//! `of` says in other words, `same_words` is another idea in its words, `unrelated` is neither. Recall at n is the
//! share of the first whose idea is among the n closest; precision the share of drafts with a close match whose
//! closest is the idea they say.
#![allow(clippy::print_stdout, reason = "a command line tool speaks to its terminal")]

use domain::hypotheses::{HypothesisDraft, StatementDraft};
use domain::search::{Level, Similar};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use store::{Actor, Contribute, Scope, Store};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        files = ["likeness.json", "likeness-demo.json"].map(|name| root.join("domain/tests/data").join(name)).to_vec();
    }
    for file in files {
        let set: Value = serde_json::from_slice(&std::fs::read(&file)?)?;
        println!("{}", file.file_name().unwrap_or_default().to_string_lossy());
        measure(&set, &root).await?;
    }
    Ok(())
}

fn text(value: &Value, field: &str) -> Option<String> {
    value[field].as_str().map(str::to_owned)
}

/// Parts stand at the top or, in the demo company's file, in the statement. Slugs belong to other catalogues.
fn draft(value: &Value) -> HypothesisDraft {
    let part = |field: &str| text(value, field).or_else(|| text(&value["statement"], field));
    let statement = StatementDraft {
        because: part("because"),
        change: part("change"),
        audience: text(&value["statement"], "audience").or_else(|| text(value, "audience")),
        reason: part("reason"),
        ..StatementDraft::default()
    };
    HypothesisDraft { statement, ..HypothesisDraft::titled(text(value, "title").unwrap_or_default()) }
}

/// Keeps the library and answers the number of each of its ideas.
async fn load(scope: &Scope<Contribute>, set: &Value, root: &Path) -> Result<BTreeMap<String, String>> {
    let library = match set["library"].as_str() {
        Some(file) => serde_json::from_slice::<Value>(&std::fs::read(root.join(file))?)?["hypotheses"].take(),
        None => set["library"].clone(),
    };
    let mut numbers = BTreeMap::new();
    for one in library.as_array().ok_or("the set has no library")? {
        let id = text(one, "id").or_else(|| text(one, "key")).ok_or("an idea has no id")?;
        numbers.insert(id, scope.create_hypothesis(&draft(one)).await?.number);
    }
    Ok(numbers)
}

async fn measure(set: &Value, root: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!("sqlite://{}", folder.path().join("library.sqlite3").display())).await?;
    store.add_workspace("Measured", "measured").await?;
    let scope = store.scope::<Contribute>(&Actor::Operator, "measured").await?;
    let numbers = load(&scope, set, root).await?;
    let (mut first, mut five, mut close, mut right) = (0, 0, 0, 0);
    let mut of_kind: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut times = Vec::new();
    for pair in set["pairs"].as_array().ok_or("the set has no pairs")? {
        let kind = text(pair, "kind").unwrap_or_default();
        let wanted = pair["of"].as_str().and_then(|id| numbers.get(id));
        let began = Instant::now();
        let found = scope.similar(&draft(&pair["draft"]), None).await?;
        times.push(began.elapsed());
        let place = found.iter().position(|one| Some(&one.number) == wanted);
        let flagged = found.first().is_some_and(|one| one.level >= Level::Close);
        let counted = of_kind.entry(kind.clone()).or_default();
        counted[0] += 1;
        counted[1] += usize::from(flagged);
        close += usize::from(flagged);
        if kind == "same_idea" {
            first += usize::from(place == Some(0));
            five += usize::from(place.is_some_and(|place| place < 5));
            right += usize::from(flagged && place == Some(0));
            say_missed(pair, place, &found);
        }
    }
    say(&of_kind, (first, five), (close, right), &mut times);
    store.close().await;
    Ok(())
}

fn say_missed(pair: &Value, place: Option<usize>, found: &[Similar]) {
    if place.is_none_or(|place| place >= 5) {
        let closest = found.first().map(|one| format!("{} {}", one.number, one.plain_title())).unwrap_or_default();
        println!("  missed {}: “{}”; the closest is {closest}", pair["of"], pair["draft"]["title"].as_str().unwrap_or_default());
    }
}

fn say(of_kind: &BTreeMap<String, [usize; 2]>, (first, five): (usize, usize), (close, right): (usize, usize), times: &mut [Duration]) {
    let ideas = of_kind.get("same_idea").map_or(0, |counted| counted[0]);
    println!("  recall at 5     {}", share(five, ideas));
    println!("  recall at 1     {}", share(first, ideas));
    println!("  precision       {} of drafts with a close match", share(right, close));
    for (kind, [all, flagged]) in of_kind {
        println!("  {kind:<15} {flagged} of {all} have a close match");
    }
    times.sort();
    if let Some(median) = times.get(times.len() / 2) {
        println!("  median time     {:.1} ms", median.as_secs_f64() * 1000.0);
    }
}

fn share(part: usize, whole: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let share = if whole > 0 { part as f64 / whole as f64 } else { f64::NAN };
    format!("{share:.2} ({part} of {whole})")
}
