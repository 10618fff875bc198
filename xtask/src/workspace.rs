//! Where things are: the repository, what is built from it, and cargo itself.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::site::Mode;

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest).parent().context("xtask lies in the repository's root")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder)?,
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The folder that the server serves as it is.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    pub fn server(&self, mode: Mode) -> PathBuf {
        self.target.join(folder(mode.server_profile())).join("hypotheca")
    }

    pub fn wasm(&self, mode: Mode) -> PathBuf {
        self.target.join(WASM_TARGET).join(folder(mode.wasm_profile())).join("app.wasm")
    }

    /// Cargo, always from the root: the settings in `.cargo/config.toml` count from there.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }
}

/// Cargo's `dev` profile is the one whose folder has another name.
fn folder(profile: &str) -> &str {
    if profile == "dev" { "debug" } else { profile }
}
