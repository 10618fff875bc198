//! The command line as scripts use it: exit codes, what is answered, and what is said of a refusal.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

/// Exit code, standard output and standard error of the binary with this data folder.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hypotheca"));
    command.args(arguments).env("HYPOTHECA_DATA", folder).env_remove("DATABASE_URL");
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Refused: 1, nothing answered, one line that says this.
#[track_caller]
fn refused(outcome: (i32, String, String), said: &str) {
    let (code, out, err) = outcome;
    assert_eq!((code, out.as_str(), err.lines().count()), (1, "", 1), "{err}");
    assert!(err.contains(said), "{err}");
}

#[test]
fn a_library_is_backed_up_restored_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("one.tar"));
    let backup = file.to_str().unwrap();
    refused(run(&data, &["check"]), "there is no library there yet");
    refused(run(&data, &["backup", backup]), "There is no library at");
    assert_eq!(run(&data, &["workspace", "add", "Holm", "--slug", "holm"]), (0, String::new(), String::new()));
    let (code, out, _) = run(&data, &["check"]);
    assert!(code == 0 && out.starts_with("All is well"), "{out}");

    let (code, out, err) = run(&data, &["backup", backup]);
    assert!(code == 0 && out.starts_with("Backed up 0 hypotheses to") && err.is_empty(), "{out}{err}");
    refused(run(&data, &["backup", backup]), "exists already");
    assert_eq!(run(&data, &["backup", backup, "--replace"]).0, 0);

    run(&data, &["workspace", "add", "Second", "--slug", "second"]);
    refused(run(&data, &["restore", backup]), "Give --replace");
    let (code, out, _) = run(&data, &["restore", backup, "--replace"]);
    assert!(code == 0 && out.starts_with("What was there is now") && out.contains("Restored 0 hypotheses"), "{out}");
    refused(run(&data, &["workspace", "add", "Holm", "--slug", "holm"]), "already");
    assert_eq!(run(&data, &["workspace", "add", "Second", "--slug", "second"]).0, 0, "what was added later is gone");
    refused(run(&data, &["restore", data.join("hypotheca.sqlite3").to_str().unwrap(), "--replace"]), "is no backup");
    assert_eq!(run(&data, &["check"]).0, 0);
}

#[test]
fn a_workspace_is_exported_to_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let export = |workspace: &str| run(&data, &["export", "--workspace", workspace, "--out", out.to_str().unwrap()]);
    run(&data, &["workspace", "add", "Holm", "--slug", "holm"]);
    refused(export("nowhere"), "There is no workspace “nowhere”.");
    let (code, said, _) = export("holm");
    assert!(code == 0 && said.starts_with("Exported 2 rows of"), "{said}");
    assert!(std::fs::read_to_string(out.join("workspace.jsonl")).unwrap().contains("\"slug\":\"holm\""));
    refused(export("holm"), "is not empty");
}

#[test]
fn wrong_usage_is_2() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["backup"][..], &["restore"], &["check", "everything"], &["back-up", "x"]] {
        assert_eq!(run(folder.path(), arguments).0, 2, "{arguments:?}");
    }
}
