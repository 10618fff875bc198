//! Builds and serves again whenever a source file changes.

use std::{
    fs,
    path::Path,
    process::{Child, Command},
    thread::sleep,
    time::{Duration, SystemTime},
};

use anyhow::Result;

use crate::{
    site::{self, Mode},
    workspace::Workspace,
};

const SOURCES: [&str; 7] = ["Cargo.toml", "domain", "migrations", "store", "app", "server", "style"];

pub fn run(workspace: &Workspace, serve: &[&str]) -> Result<()> {
    let mut server: Option<Child> = None;
    let mut built = None;
    loop {
        let newest = newest_change(workspace);
        if newest == built {
            sleep(Duration::from_millis(500));
            continue;
        }
        built = newest;
        match site::build(workspace, Mode::Debug) {
            Ok(()) => server = Some(restart(workspace, serve, server)?),
            Err(error) => eprintln!("error: {error:#}"),
        }
    }
}

fn restart(workspace: &Workspace, serve: &[&str], old: Option<Child>) -> Result<Child> {
    if let Some(mut old) = old {
        old.kill()?;
        old.wait()?;
    }
    let server = Command::new(workspace.server(Mode::Debug)).arg("serve").args(serve).env("LEPTOS_SITE_ROOT", workspace.site()).spawn()?;
    Ok(server)
}

/// When the youngest of the source files and folders changed: a removed file shows in its folder.
fn newest_change(workspace: &Workspace) -> Option<SystemTime> {
    SOURCES.iter().filter_map(|source| newest_below(&workspace.root.join(source))).max()
}

fn newest_below(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).and_then(|data| data.modified()).ok();
    let below = fs::read_dir(path).into_iter().flatten().flatten().filter_map(|entry| newest_below(&entry.path())).max();
    own.max(below)
}
