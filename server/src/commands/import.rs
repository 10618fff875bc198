//! Importing a file by command line: says what it understood, then every error, and writes all or nothing.

use super::Stop;
use super::place::Place;
use crate::unpack::unpacked;
use clap::Args;
use domain::transfer::decode::FILE_LIMIT;
use domain::transfer::{ArmsPreview, ArmsTarget, Format, Grouped, Imported, Mapping, Preview, Remark, detect_file_format, grouped};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use store::{Actor, Import as MayImport, Scope, StoreError};

/// What `--format` takes by and by; those that work stand in [`WORKING`].
const FORMATS: [&str; 14] = [
    "auto",
    "csv",
    "arms",
    "xlsx",
    "jira",
    "trello",
    "airtable",
    "notion",
    "growthbook",
    "convert",
    "vwo",
    "optimizely",
    "markdown",
    "jsonl",
];
const WORKING: [&str; 3] = ["auto", "csv", "arms"];

#[derive(Debug, Args)]
pub struct Import {
    /// The file: CSV in UTF-8, UTF-16 or windows-1252, plain or as .gz, at most 20 MB; 20,000 rows of a backlog, or
    /// 200,000 arms of tests.
    file: PathBuf,
    /// The workspace to import into.
    #[arg(long)]
    workspace: String,
    /// auto, csv (a row is a hypothesis) or arms (a row is one arm of a test: test id, arm, text, visitors, conversions).
    #[arg(long, default_value = "auto")]
    format: String,
    /// For arms: the slug of the site that the tests ran on; else the first.
    #[arg(long)]
    site: Option<String>,
    /// For arms: the slug of the metric that conversions are; else conversion-rate.
    #[arg(long)]
    metric: Option<String>,
    /// A JSON file that says which column is what, such as {"headers": {"Our idea": "title"}, "header_line": 3}.
    #[arg(long)]
    map: Option<PathBuf>,
    /// Say what would happen, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The member in whose name it is done; else the first owner.
    #[arg(long = "as", value_name = "EMAIL")]
    by: Option<String>,
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print(line: &str) {
    println!("{line}");
}

impl Import {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        check_format(&self.format)?;
        let bytes = unpacked(read_file(&self.file)?).map_err(|errors| in_words(errors.into()))?;
        let arms = self.format == "arms" || (self.format == "auto" && self.map.is_none() && detect_file_format(&bytes) == Format::Arms);
        if arms && self.map.is_some() {
            return Err(Stop::Usage("--map says what the columns of a backlog are; a file of arms has none to map.".into()));
        }
        if !arms && (self.site.is_some() || self.metric.is_some()) {
            return Err(Stop::Usage("--site and --metric belong to a file of arms.".into()));
        }
        let mapping = self.map.as_deref().map(read_mapping).transpose()?;
        let store = place.open().await?;
        let scope = store.scope::<MayImport>(&Actor::Operator, &self.workspace).await;
        let scope = scope.map_err(|error| match error {
            StoreError::NotFound => Stop::Refused(format!("There is no workspace “{}”.", self.workspace)),
            other => in_words(other),
        })?;
        let scope = scope.on_behalf_of(self.by.as_deref()).await.map_err(in_words)?;
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if arms {
            let target = ArmsTarget { site: self.site.clone().unwrap_or_default(), metric: self.metric.clone().unwrap_or_default() };
            return import_arms(&scope, &name, bytes, &target, self.dry_run).await;
        }
        let preview = scope.preview_import(bytes, mapping).await.map_err(in_words)?;
        print(&understood(&preview));
        if !preview.errors.is_empty() {
            return Err(Stop::Refused(refusal(&preview)));
        }
        if self.dry_run {
            preview.accept().map_err(|errors| in_words(errors.into()))?;
            print(&format!("Nothing was written: this was a dry run. It would make {}.", hypotheses(preview.rows.len())));
            return Ok(());
        }
        let done = scope.import_backlog(&name, &preview).await.map_err(in_words)?;
        print(&told(&done, scope.person_name(), self.by.is_some()));
        Ok(())
    }
}

fn check_format(format: &str) -> Result<(), Stop> {
    if WORKING.contains(&format) {
        Ok(())
    } else if FORMATS.contains(&format) {
        Err(Stop::Usage(format!("--format {format} is not built yet. Use auto, csv or arms.")))
    } else {
        Err(Stop::Usage(format!("There is no format “{format}”. Use auto, csv or arms.")))
    }
}

/// Reads at most what may be imported, so that a file of any size is refused at once.
fn read_file(path: &Path) -> Result<Vec<u8>, Stop> {
    let shown = path.display();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Stop::Refused(format!("{shown} does not exist.")),
        _ => Stop::Refused(format!("{shown} cannot be read: {error}.")),
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(Stop::Refused(format!("{shown} is a folder, not a file.")));
    }
    let limit = u64::try_from(FILE_LIMIT).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let too_large = about.len() > limit || {
        file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
        bytes.len() > FILE_LIMIT
    };
    if too_large {
        let size = about.len().div_ceil(1024 * 1024);
        return Err(Stop::Refused(format!("{shown} has {size} MB; 20 MB is the most. Split it. Nothing was written.")));
    }
    Ok(bytes)
}

fn read_mapping(path: &Path) -> Result<Mapping, Stop> {
    let text = std::fs::read_to_string(path).map_err(|error| Stop::Refused(format!("{} cannot be read: {error}.", path.display())))?;
    serde_json::from_str(&text).map_err(|error| Stop::Refused(format!("{} is no mapping: {error}.", path.display())))
}

/// Tests from a file with one row per arm.
async fn import_arms(scope: &Scope<MayImport>, name: &str, bytes: Vec<u8>, target: &ArmsTarget, dry_run: bool) -> Result<(), Stop> {
    let preview = scope.preview_arms(bytes, target).await.map_err(in_words)?;
    print(&computed(&preview));
    let known = scope.known_arms(&preview).await.map_err(in_words)?;
    if known > 0 {
        print(&format!("Note: {known} of these tests were imported before, by their ids."));
    }
    if dry_run {
        print("Nothing was written: this was a dry run.");
        return Ok(());
    }
    let done = scope.import_arms(name, &preview).await.map_err(in_words)?;
    if let Some(site) = &done.new_site {
        print(&site_added(site));
    }
    print(&format!("Import {}: made {} tests with {} arms: {}", done.number, done.numbers.len(), done.arms, span(&done.numbers)));
    Ok(())
}

/// What the tests of a file come to, before anything is written.
fn computed(preview: &ArmsPreview) -> String {
    let summary = preview.summary();
    let outcomes: Vec<String> =
        summary.outcomes.iter().map(|(outcome, count)| format!("{count} {}", outcome.name().to_lowercase())).collect();
    let ArmsTarget { site, metric } = &preview.target;
    let mut lines = vec![
        format!("Conversions are: {metric} of the site {site}"),
        format!(
            "Tests: {} with {} arms; the first arm of each stands as comparison, not as a documented control",
            summary.tests, summary.arms
        ),
        format!("Outcomes, computed from the counts: {}", outcomes.join(", ")),
        format!("Not split equally (p < 0.001): {} of {}", summary.split_fails, summary.tests),
    ];
    for (heading, counts) in &summary.split_by {
        lines.extend(counts.iter().map(|one| format!("  {heading} {}: {} of {}", one.value, one.fail, one.tests)));
    }
    lines.push("They stay out of the win rate and of impact until somebody says that one counts.".into());
    lines.join("\n")
}

fn site_added(site: &str) -> String {
    format!("The workspace had no site: “{site}” was added, in GBP. Change it on the settings page.")
}

/// A refusal of the store without the names of its fields, which nobody typed.
fn in_words(error: StoreError) -> Stop {
    Stop::Refused(match error {
        StoreError::Invalid(errors) => {
            let lines: Vec<String> = errors.0.into_iter().map(|error| error.message).collect();
            format!("{}\nNothing was written.", lines.join("\n"))
        }
        other => other.to_string(),
    })
}

/// What was understood of the file, before anything is written.
fn understood(preview: &Preview) -> String {
    let delimiter = match preview.delimiter {
        '\t' => "tab".to_owned(),
        ',' => "comma".to_owned(),
        ';' => "semicolon".to_owned(),
        other => format!("“{other}”"),
    };
    let header = if preview.header_line == 0 { "none".to_owned() } else { format!("line {}", preview.header_line) };
    let mark = if preview.bom { " with its mark" } else { "" };
    let mut lines =
        vec![format!("Encoding: {}{mark}; delimiter: {delimiter}; header: {header}", preview.encoding.slug()), "Columns:".into()];
    for (column, read) in preview.columns.iter().enumerate() {
        lines.push(format!("  {} -> {}", preview.column_name(column), read.field.slug()));
    }
    lines.extend(preview.rescales.iter().map(|rescale| format!("{}: {}", rescale.column, rescale.message)));
    lines.push(format!("Rows: {}, of which {} can be imported", preview.records, preview.rows.len()));
    lines.extend(grouped(&preview.notices).iter().map(|notice| format!("Note, {}", said(&notice.where_said(), notice))));
    lines.join("\n")
}

fn said(place: &str, remark: &Grouped) -> String {
    let column = if remark.column.is_empty() { String::new() } else { format!(", column \"{}\"", remark.column) };
    format!("{place}{column}: {}", remark.message)
}

fn refusal(preview: &Preview) -> String {
    let line = |error: &Remark| {
        let one = Grouped { column: error.column.clone(), message: error.message.clone(), lines: vec![error.line] };
        said(&one.where_said(), &one)
    };
    let mut lines: Vec<String> = preview.errors.iter().map(line).collect();
    let count = lines.len();
    lines.push(format!("Nothing was written: {count} {}.", if count == 1 { "error" } else { "errors" }));
    lines.join("\n")
}

fn hypotheses(count: usize) -> String {
    format!("{count} {}", if count == 1 { "hypothesis" } else { "hypotheses" })
}

/// "H-1 to H-12".
fn span(numbers: &[String]) -> String {
    match numbers {
        [first, .., last] => format!("{first} to {last}"),
        [one] => one.clone(),
        [] => String::new(),
    }
}

fn told(done: &Imported, person: Option<&str>, named: bool) -> String {
    let mut lines = Vec::new();
    if let Some(site) = &done.new_site {
        lines.push(site_added(site));
    }
    if let (Some(person), false) = (person, named) {
        lines.push(format!("Done in the name of {person}, the workspace’s first owner. Name somebody else with --as."));
    }
    let scored = if done.scored > 0 { format!(", {} of them scored", done.scored) } else { String::new() };
    lines.push(format!("Import {}: made {}{scored}: {}", done.number, hypotheses(done.hypotheses.len()), span(&done.hypotheses)));
    lines.join("\n")
}
