//! The command line: one binary, one word for each thing it can do.

mod accounts;
mod backup;
mod check;
mod demo;
mod export;
mod fill;
mod import;
mod import_words;
mod place;
mod serve;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Hypotheca: a hypothesis library and prioritisation for conversion rate optimisation.
#[derive(Debug, Parser)]
#[command(name = "hypotheca", version, about, long_about = None)]
pub struct Cli {
    /// Where the library lies: sqlite://PATH or postgres://…; by default SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<String>,
    /// The data folder; by default the user's.
    #[arg(long, env = "HYPOTHECA_DATA", global = true)]
    data: Option<std::path::PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts the server.
    Serve(serve::Serve),
    /// Brings the database up to date and stops.
    Migrate,
    /// Makes a workspace with the demo company.
    Demo(demo::Demo),
    /// Imports a backlog from a file: all of it, or nothing.
    Import(import::Import),
    /// Backs up a SQLite library into one file, while it is in use.
    Backup(backup::Backup),
    /// Brings a backup back.
    Restore(backup::Restore),
    /// Checks the database, what is derived in it, and the search index; changes nothing.
    Check,
    /// Exports a workspace: a file of JSON lines for each table.
    Export(export::Export),
    /// Adds a large plausible library to a workspace, for measuring.
    Fill(fill::Fill),
    /// Workspaces.
    #[command(subcommand)]
    Workspace(accounts::Workspace),
    /// People.
    #[command(subcommand)]
    User(accounts::User),
    /// API tokens.
    #[command(subcommand)]
    Token(accounts::Token),
}

/// Runs the command line. 0 is done, 1 refused with one line on standard error; clap answers wrong usage with 2.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    match execute(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Usage(line)) => say(&line, 2),
        Err(Stop::Refused(line)) => say(&line, 1),
    }
}

/// Why a command stopped.
pub enum Stop {
    Usage(String),
    Refused(String),
}

impl<E: std::error::Error> From<E> for Stop {
    fn from(error: E) -> Self {
        Stop::Refused(error.to_string())
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks to a person here")]
fn say(line: &str, code: u8) -> ExitCode {
    eprintln!("{line}");
    ExitCode::from(code)
}

async fn execute(cli: Cli) -> Result<(), Stop> {
    let place = place::Place::find(cli.database_url, cli.data)?;
    match cli.command {
        Command::Serve(serve) => serve.run(&place).await,
        Command::Migrate => place.open().await.map(|_| ()),
        Command::Demo(demo) => Box::pin(demo.run(&place)).await,
        Command::Import(import) => Box::pin(import.run(&place)).await,
        Command::Backup(backup) => backup.run(&place).await,
        Command::Restore(restore) => restore.run(&place).await,
        Command::Check => check::run(&place).await,
        Command::Export(export) => export.run(&place).await,
        Command::Fill(fill) => fill.run(&place).await,
        Command::Workspace(command) => command.run(&place).await,
        Command::User(command) => command.run(&place).await,
        Command::Token(command) => command.run(&place).await,
    }
}
