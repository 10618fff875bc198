//! Builds the server and the folder it serves: WebAssembly with its JavaScript, stylesheet, assets.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::Browsers,
};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    command::{output, succeed},
    workspace::{WASM_TARGET, Workspace},
};

#[derive(Clone, Copy)]
pub enum Mode {
    Release,
    Debug,
}

impl Mode {
    pub fn server_profile(self) -> &'static str {
        match self {
            Mode::Release => "release",
            Mode::Debug => "dev",
        }
    }

    pub fn wasm_profile(self) -> &'static str {
        match self {
            Mode::Release => "wasm-release",
            Mode::Debug => "dev",
        }
    }
}

pub fn build(workspace: &Workspace, mode: Mode) -> Result<()> {
    add_wasm_target()?;
    succeed(&mut workspace.cargo(&[
        "build",
        "--profile",
        mode.wasm_profile(),
        "--package=app",
        "--lib",
        "--no-default-features",
        "--features=hydrate",
        "--target",
        WASM_TARGET,
    ]))?;
    assemble(workspace, mode)?;
    succeed(&mut workspace.cargo(&["build", "--profile", mode.server_profile(), "--package=server"]))
}

pub fn add_wasm_target() -> Result<()> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    succeed(Command::new("rustup").args(["target", "add", WASM_TARGET]))
}

/// Makes the site beside the old one and then changes places, so that no file of an older build
/// stays behind and a running server never sees half a site.
fn assemble(workspace: &Workspace, mode: Mode) -> Result<()> {
    let staging = workspace.target.join("site.new");
    remove_folder(&staging)?;
    let package = staging.join("pkg");
    fs::create_dir_all(&package)?;
    bind(&workspace.wasm(mode), &package)?;
    fs::write(package.join("hypotheca.css"), bundle_styles(&workspace.root.join("style/main.css"))?)?;
    copy_folder(&workspace.root.join("style/public"), &staging)?;
    remove_folder(&workspace.site())?;
    fs::rename(&staging, workspace.site())?;
    Ok(())
}

/// Leptos loads `hypotheca.wasm`, without the suffix `_bg`, since LEPTOS_OUTPUT_NAME is set while
/// it is compiled (see its `HydrationScripts`).
fn bind(wasm: &Path, package: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name("hypotheca")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(package)
        .with_context(|| format!("binding {}", wasm.display()))?;
    fs::rename(package.join("hypotheca_bg.wasm"), package.join("hypotheca.wasm"))?;
    Ok(())
}

/// The first versions that know both nesting and `light-dark()`: neither is rewritten.
fn browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(120, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    }
}

fn bundle_styles(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    let targets = browsers().into();
    let mut styles =
        Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| anyhow!("{}: {error}", entry.display()))?;
    styles.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| anyhow!("{}: {error}", entry.display()))?;
    let printed = styles.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })?;
    Ok(printed.code)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let entry = entry?;
        let destination = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &destination)?;
        } else {
            fs::copy(entry.path(), destination)?;
        }
    }
    Ok(())
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}
