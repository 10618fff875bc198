//! Importing a file by command line: says what it understood, then every error, and writes all or nothing.

use super::Stop;
use super::import_words::{computed, findings, hypotheses, refusal, site_added, span, told, understood};
use super::place::Place;
use crate::unpack::unpacked;
use clap::Args;
use domain::transfer::decode::FILE_LIMIT;
use domain::transfer::{ArmsTarget, EvidenceRow, Format, Mapping, Preview};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use store::{Actor, Import as MayImport, Scope, StoreError};

/// What `--format` takes by and by; those that work stand in [`WORKING`].
const FORMATS: [&str; 15] = [
    "auto",
    "csv",
    "arms",
    "evidence",
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
const WORKING: [&str; 4] = ["auto", "csv", "arms", "evidence"];

#[derive(Debug, Args)]
pub struct Import {
    /// The file: CSV in UTF-8, UTF-16 or windows-1252, plain or as .gz, at most 20 MB; 20,000 rows of a backlog or
    /// of evidence, or 200,000 arms of tests.
    file: PathBuf,
    /// The workspace to import into.
    #[arg(long)]
    workspace: String,
    /// auto, csv (a row is a hypothesis), evidence (a row is a piece of evidence) or arms (a row is one arm of a test: test id,
    /// arm, text, visitors, conversions).
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
        let rows = Format::of_file(Format::from_slug(&self.format), self.map.is_some(), &bytes);
        let arms = rows == Format::Arms;
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
        if rows == Format::Evidence {
            return self.import_evidence(&scope, &name, scope.preview_evidence(bytes, mapping).await.map_err(in_words)?).await;
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

impl Import {
    async fn import_evidence(&self, scope: &Scope<MayImport>, name: &str, preview: Preview<EvidenceRow>) -> Result<(), Stop> {
        print(&understood(&preview));
        if !preview.errors.is_empty() {
            return Err(Stop::Refused(refusal(&preview)));
        }
        if self.dry_run {
            preview.accept().map_err(|errors| in_words(errors.into()))?;
            print(&format!("Nothing was written: this was a dry run. It would make {}.", findings(preview.rows.len())));
            return Ok(());
        }
        let done = scope.import_evidence(name, &preview).await.map_err(in_words)?;
        if let Some(site) = &done.new_site {
            print(&site_added(site));
        }
        print(&format!("Import {}: made {}: {}", done.number, findings(done.evidence.len()), span(&done.evidence)));
        Ok(())
    }
}

fn check_format(format: &str) -> Result<(), Stop> {
    if WORKING.contains(&format) {
        Ok(())
    } else if FORMATS.contains(&format) {
        Err(Stop::Usage(format!("--format {format} is not built yet. Use auto, csv, evidence or arms.")))
    } else {
        Err(Stop::Usage(format!("There is no format “{format}”. Use auto, csv, evidence or arms.")))
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
