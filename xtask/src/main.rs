//! `cargo xtask`: everything there is to do with this repository, one command each.
//!
//! Knows how the parts are built and in which order they are tested; knows nothing of what they do.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks to its terminal")]

mod bench;
mod command;
mod http;
mod optimize;
mod packages;
mod postgres;
mod site;
mod stages;
mod watch;
mod workspace;

use std::{
    os::unix::process::CommandExt,
    process::{Command, ExitCode},
};

use anyhow::{Result, bail};
use site::Mode;
use workspace::Workspace;

const USAGE: &str = "\
cargo xtask <command>

  build [--optimize]   the server and its site, for release; --optimize also shrinks the WebAssembly
                       with wasm-opt and fails when it is too large
  run [-- ARGS]        build, then `hypotheca serve ARGS`
  test [STAGE...]      every check, or only the stages named (and what they need)
  bench [FOLDER URL]   the list of hypotheses over 1,000 and 100,000, as a page and over REST, and search and
                       what was tried before over 100,000 and 300,000 findings; FOLDER and the PostgreSQL
                       database at URL keep the libraries, which take long to fill, for the next time
  likeness [FILE...]   how well what was tried before finds ideas said in other words, on the labelled sets
                       in domain/tests/data or on others
  watch [-- ARGS]      a debug build and server, made again whenever a source file changes

Set CARGO_TARGET_DIR to build elsewhere than in target/, and TEST_POSTGRES_URL to test on a
PostgreSQL server of your own instead of a temporary one.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["build"] => build(&Workspace::find()?, false),
        ["build", "--optimize"] => build(&Workspace::find()?, true),
        ["run", "--", serve @ ..] | ["run", serve @ ..] => run(&Workspace::find()?, serve),
        ["test", "--help" | "-h"] => {
            print!("{USAGE}\nStages: {}\n", stages::names().join(" "));
            Ok(())
        }
        ["test", filter @ ..] => stages::run(&Workspace::find()?, filter),
        ["bench"] => bench::run(&Workspace::find()?, None),
        ["bench", folder, url] => bench::run(&Workspace::find()?, Some((folder, url))),
        ["likeness", files @ ..] => likeness(&Workspace::find()?, files),
        ["watch", "--", serve @ ..] | ["watch", serve @ ..] => watch::run(&Workspace::find()?, serve),
        [] | ["--help" | "-h" | "help"] => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => bail!("`{}` is not a command\n\n{USAGE}", unknown.join(" ")),
    }
}

fn build(workspace: &Workspace, optimize: bool) -> Result<()> {
    site::build(workspace, Mode::Release)?;
    if optimize {
        optimize::run(workspace)?;
    }
    println!("built {} and {}", workspace.server(Mode::Release).display(), workspace.site().display());
    Ok(())
}

/// Without optimisation: it is quality that is measured, and a debug build is there from testing.
fn likeness(workspace: &Workspace, files: &[&str]) -> Result<()> {
    let files = files.iter().map(std::path::absolute).collect::<std::io::Result<Vec<_>>>()?;
    let mut measure = workspace.cargo(&["run", "--quiet", "--package", "store", "--example", "likeness", "--"]);
    Err(measure.args(files).exec().into())
}

fn run(workspace: &Workspace, serve: &[&str]) -> Result<()> {
    build(workspace, false)?;
    let mut server = Command::new(workspace.server(Mode::Release));
    server.arg("serve").args(serve).env("LEPTOS_SITE_ROOT", workspace.site());
    Err(server.exec().into())
}
