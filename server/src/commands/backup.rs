//! `backup` and `restore`: the whole library as one file, and back.

use super::Stop;
use super::place::Place;
use chrono::Utc;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Backup {
    /// The file to make: a tar with the database and the attachments, looked through before it gets its name.
    file: PathBuf,
    /// Replace the file if it exists.
    #[arg(long)]
    replace: bool,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// A file that `backup` made.
    file: PathBuf,
    /// Put a library that is there already aside, and say where.
    #[arg(long)]
    replace: bool,
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print(line: &str) {
    println!("{line}");
}

fn hypotheses(count: i64) -> String {
    format!("{count} {}", if count == 1 { "hypothesis" } else { "hypotheses" })
}

fn attachments(count: usize) -> String {
    format!("{count} {}", if count == 1 { "attachment" } else { "attachments" })
}

impl Backup {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let done = store::back_up(&place.url, &self.file, self.replace, Utc::now()).await?;
        let (held, files, file) = (hypotheses(done.hypotheses), attachments(done.attachments), done.file.display());
        print(&format!("Backed up {held} to {file}, with {files}, {} bytes.", done.bytes));
        if done.missing > 0 {
            print(&format!("The files of {} are missing; `check` names them.", attachments(done.missing)));
        }
        Ok(())
    }
}

impl Restore {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let done = store::restore(&place.url, &self.file, self.replace, Utc::now()).await?;
        if let Some(aside) = &done.put_aside {
            print(&format!("What was there is now {}.", aside.display()));
        }
        let made_at = done.made_at.format("%Y-%m-%d %H:%M:%S UTC");
        print(&format!("Restored {} of {made_at} to {}.", hypotheses(done.hypotheses), done.file.display()));
        Ok(())
    }
}
