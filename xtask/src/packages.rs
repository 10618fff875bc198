//! Installs the Debian packages that the tests need, and only those that are missing.

use std::{os::unix::fs::MetadataExt, process::Command};

use anyhow::{Result, bail};

use crate::command::{on_path, succeed};

/// Does nothing, and touches no network, when one of the programs is there already.
pub fn ensure_program(program: &str, package: &str) -> Result<()> {
    if on_path(program).is_some() {
        return Ok(());
    }
    install(package)
}

pub fn install(package: &str) -> Result<()> {
    let Some(apt_get) = apt_get() else {
        bail!("please install {package} (not on Debian as an administrator, so not done here)");
    };
    println!("installing the Debian package {package}");
    if run(&apt_get, &["install", "--yes", "--no-install-recommends", package]).is_ok() {
        return Ok(());
    }
    // A fresh machine has no package lists yet.
    run(&apt_get, &["update"])?;
    run(&apt_get, &["install", "--yes", "--no-install-recommends", package])
}

/// The words before the arguments of apt-get, or nothing when it is not there or not allowed.
fn apt_get() -> Option<Vec<&'static str>> {
    on_path("apt-get")?;
    if is_root() {
        return Some(vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    on_path("sudo")?;
    let allowed = Command::new("sudo").args(["-n", "true"]).output().ok()?;
    allowed.status.success().then(|| vec!["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn run(apt_get: &[&str], arguments: &[&str]) -> Result<()> {
    let [program, words @ ..] = apt_get else {
        bail!("apt-get has no name");
    };
    succeed(Command::new(program).args(words).args(arguments))
}
