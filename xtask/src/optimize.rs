//! Shrinks the WebAssembly with binaryen's wasm-opt and holds it to its limit.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{
    command::{on_path, output, succeed},
    workspace::Workspace,
};

/// Bytes as a browser receives them, compressed with brotli.
const LIMIT: u64 = 200_000;

/// What rustc uses by default. They are named because a module does not reliably say so itself,
/// and because `--all-features` would let wasm-opt put in what older browsers do not know.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

const BROTLI_SIZE: &str = "
const bytes = require('node:fs').readFileSync(process.argv[1]);
console.log(require('node:zlib').brotliCompressSync(bytes).length);";

pub fn run(workspace: &Workspace) -> Result<()> {
    let wasm = workspace.site().join("pkg/hypotheca.wasm");
    report("before wasm-opt", &wasm)?;
    succeed(Command::new(wasm_opt(workspace)?).arg("-Oz").args(FEATURES).arg(&wasm).arg("-o").arg(&wasm))?;
    let compressed = report("after wasm-opt", &wasm)?;
    if compressed > LIMIT {
        bail!("the WebAssembly has {compressed} bytes compressed; the limit is {LIMIT}");
    }
    Ok(())
}

fn report(moment: &str, wasm: &Path) -> Result<u64> {
    let raw = fs::metadata(wasm)?.len();
    let compressed: u64 = output(Command::new("node").arg("-e").arg(BROTLI_SIZE).arg(wasm))?.parse()?;
    println!("{moment}: {raw} bytes, {compressed} compressed with brotli");
    Ok(compressed)
}

fn wasm_opt(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(installed) = on_path("wasm-opt") {
        return Ok(installed);
    }
    let tools = workspace.target.join("tools");
    let program = tools.join("node_modules/.bin/wasm-opt");
    if !program.exists() {
        fs::create_dir_all(&tools)?;
        succeed(
            Command::new("npm")
                .args(["install", "--no-save", "--no-audit", "--no-fund"])
                .arg("--prefix")
                .arg(&tools)
                .arg("binaryen@132.0.0"),
        )?;
    }
    Ok(program)
}
