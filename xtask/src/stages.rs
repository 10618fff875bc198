//! `cargo xtask test`: the stages in their order, each named and timed, up to the first failure.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    command::{on_path, succeed},
    packages,
    postgres::Cluster,
    site::{self, Mode},
    workspace::{WASM_TARGET, Workspace},
};

struct Stage {
    name: &'static str,
    needs: &'static [&'static str],
    run: fn(&mut Session) -> Result<()>,
}

#[rustfmt::skip]
const STAGES: [Stage; 11] = [
    Stage { name: "format", needs: &[], run: format },
    Stage { name: "lints", needs: &[], run: lints },
    Stage { name: "domain", needs: &[], run: domain },
    Stage { name: "compile", needs: &[], run: compile },
    Stage { name: "postgres", needs: &[], run: postgres },
    Stage { name: "store", needs: &["compile", "postgres"], run: |session| session.test(&["migrations", "store"]) },
    Stage { name: "app", needs: &["compile"], run: |session| session.test(&["app"]) },
    Stage { name: "server", needs: &["compile", "postgres"], run: |session| session.test(&["server"]) },
    Stage { name: "documentation", needs: &[], run: documentation },
    Stage { name: "build", needs: &[], run: build },
    Stage { name: "end2end", needs: &["postgres", "build"], run: end2end },
];

/// What one stage leaves for the next.
struct Session<'a> {
    workspace: &'a Workspace,
    tests: Vec<TestProgram>,
    postgres: Option<Cluster>,
}

struct TestProgram {
    package: String,
    name: String,
    folder: PathBuf,
    file: PathBuf,
}

pub fn names() -> Vec<&'static str> {
    STAGES.iter().map(|stage| stage.name).collect()
}

pub fn run(workspace: &Workspace, filter: &[&str]) -> Result<()> {
    let selected = select(filter)?;
    let mut times = Vec::new();
    let mut session = Session { workspace, tests: Vec::new(), postgres: None };
    let outcome = selected.iter().try_for_each(|stage| timed(&mut times, stage.name, || (stage.run)(&mut session)));
    if let Some(cluster) = session.postgres.take() {
        timed(&mut times, "postgres stop", || {
            drop(cluster);
            Ok(())
        })?;
    }
    print_table(&times);
    outcome
}

fn select(filter: &[&str]) -> Result<Vec<&'static Stage>> {
    if let Some(unknown) = filter.iter().find(|name| !names().contains(*name)) {
        bail!("`{unknown}` is not a stage; there are: {}", names().join(" "));
    }
    let wanted = |name: &str| filter.is_empty() || filter.contains(&name);
    let needed = |name: &str| STAGES.iter().any(|stage| wanted(stage.name) && stage.needs.contains(&name));
    Ok(STAGES.iter().filter(|stage| wanted(stage.name) || needed(stage.name)).collect())
}

type Times = Vec<(&'static str, Duration, &'static str)>;

fn timed(times: &mut Times, name: &'static str, step: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n=== {name}");
    let start = Instant::now();
    let outcome = step().with_context(|| format!("stage {name}"));
    times.push((name, start.elapsed(), if outcome.is_ok() { "ok" } else { "FAILED" }));
    outcome
}

fn print_table(times: &Times) {
    println!();
    for (name, time, outcome) in times {
        println!("{name:<14} {:>7.1} s  {outcome}", time.as_secs_f64());
    }
}

fn format(session: &mut Session) -> Result<()> {
    succeed(&mut session.workspace.cargo(&["fmt", "--all", "--check"]))
}

/// The whole workspace as the server sees it, then the application as the browser sees it.
fn lints(session: &mut Session) -> Result<()> {
    site::add_wasm_target()?;
    let everything = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    succeed(&mut session.workspace.cargo(&everything))?;
    succeed(&mut session.workspace.cargo(&[
        "clippy",
        "--package=app",
        "--no-default-features",
        "--features=hydrate",
        "--target",
        WASM_TARGET,
        "--",
        "-D",
        "warnings",
    ]))
}

/// Apart from the others, so that the rules alone can be tested within seconds.
fn domain(session: &mut Session) -> Result<()> {
    succeed(&mut session.workspace.cargo(&["test", "--package=domain"]))
}

/// All other test programs in one go: package by package, cargo would choose other features for the
/// same dependencies and compile most of them again each time.
fn compile(session: &mut Session) -> Result<()> {
    let output = session
        .workspace
        .cargo(&["test", "--workspace", "--exclude=xtask", "--exclude=domain", "--no-run"])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        bail!("the tests do not compile");
    }
    session.tests = String::from_utf8(output.stdout)?.lines().filter_map(|line| test_program(&serde_json::from_str(line).ok()?)).collect();
    Ok(())
}

fn test_program(message: &Value) -> Option<TestProgram> {
    let is_test = message["profile"]["test"].as_bool()?;
    let folder = PathBuf::from(message["manifest_path"].as_str()?).parent()?.to_path_buf();
    is_test.then_some(TestProgram {
        package: folder.file_name()?.to_str()?.to_owned(),
        name: message["target"]["name"].as_str()?.to_owned(),
        folder,
        file: message["executable"].as_str()?.into(),
    })
}

impl Session<'_> {
    /// Every test program of these packages, also after one that failed: a run tells all that is wrong.
    fn test(&mut self, packages: &[&str]) -> Result<()> {
        let mut outcome = Ok(());
        for test in self.tests.iter().filter(|test| packages.contains(&&*test.package)) {
            println!("{} {}", test.package, test.name);
            let mut program = Command::new(&test.file);
            program.current_dir(&test.folder).env("CARGO_MANIFEST_DIR", &test.folder);
            if let Some(cluster) = &self.postgres {
                program.env("TEST_POSTGRES_URL", &cluster.url);
            }
            let ran = succeed(&mut program).with_context(|| format!("{} {}", test.package, test.name));
            outcome = outcome.and(ran);
        }
        outcome
    }
}

fn postgres(session: &mut Session) -> Result<()> {
    if std::env::var_os("TEST_POSTGRES_URL").is_some() {
        println!("using TEST_POSTGRES_URL");
        return Ok(());
    }
    session.postgres = Some(Cluster::start()?);
    Ok(())
}

fn documentation(session: &mut Session) -> Result<()> {
    let examples = ["test", "--workspace", "--exclude=xtask", "--exclude=domain", "--doc"];
    succeed(&mut session.workspace.cargo(&examples))
}

fn build(session: &mut Session) -> Result<()> {
    site::build(session.workspace, Mode::Release)
}

fn end2end(session: &mut Session) -> Result<()> {
    let folder = session.workspace.root.join("end2end");
    packages::ensure_program("node", "nodejs")?;
    packages::ensure_program("npm", "npm")?;
    if std::env::var_os("CHROMIUM").is_none() {
        packages::ensure_program("chromium", "chromium")?;
    }
    if !packages_are_current(&folder) {
        succeed(
            Command::new("npm")
                .args(["ci", "--prefer-offline", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(&folder),
        )?;
    }
    browse(session, &folder, &[])?;
    // The journeys marked `@both` again on the other database, whose temporary cluster holds a database that nobody else uses.
    match &session.postgres {
        Some(cluster) => browse(session, &folder, &[("DATABASE_URL", &cluster.url)]),
        None => Ok(()),
    }
}

/// The journeys in the browser; with settings for the server, only those marked `@both`.
fn browse(session: &Session, folder: &std::path::Path, settings: &[(&str, &str)]) -> Result<()> {
    let mut playwright = Command::new("npx");
    if std::env::var_os("CHROMIUM").is_none() {
        playwright.envs(on_path("chromium").map(|chromium| ("CHROMIUM", chromium)));
    }
    playwright.args(["--no-install", "playwright", "test"]);
    if !settings.is_empty() {
        playwright.args(["--project=set-up", "--project=desktop", "--grep=@both"]);
    }
    playwright.env("HYPOTHECA_BIN", session.workspace.server(Mode::Release)).env("LEPTOS_SITE_ROOT", session.workspace.site());
    succeed(playwright.env_remove("DATABASE_URL").envs(settings.iter().copied()).current_dir(folder))
}

/// npm notes what it installed in a hidden lock file of its own.
fn packages_are_current(folder: &std::path::Path) -> bool {
    let changed = |file: &str| std::fs::metadata(folder.join(file)).and_then(|data| data.modified());
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}
