//! Running other programs, with errors that say which one and how it ended.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

/// Runs the program with this terminal's input and output; anything but success is an error.
pub fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| describe(command))?;
    if !status.success() {
        bail!("{} ended with {status}", describe(command));
    }
    Ok(())
}

/// What the program prints, without the space around it.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| describe(command))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("{} ended with {}: {reason}", describe(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Where a program lies on PATH, if it does.
pub fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}
