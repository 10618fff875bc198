//! `export`: a workspace as files that other programs read.

use super::Stop;
use super::place::Place;
use chrono::Utc;
use clap::Args;
use std::path::PathBuf;
use store::{Actor, Own, StoreError};

#[derive(Debug, Args)]
pub struct Export {
    /// The workspace to export.
    #[arg(long)]
    workspace: String,
    /// The folder to write into: new, or empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print(line: &str) {
    println!("{line}");
}

impl Export {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let scope = place.open().await?.scope::<Own>(&Actor::Operator, &self.workspace).await;
        let scope = scope.map_err(|error| match error {
            StoreError::NotFound => Stop::Refused(format!("There is no workspace “{}”.", self.workspace)),
            other => other.into(),
        })?;
        let done = scope.export_to(&self.out, Utc::now()).await?;
        let (rows, tables) = (done.rows.values().sum::<u64>(), done.rows.len());
        print(&format!("Exported {rows} rows of {tables} tables to {}.", done.folder.display()));
        Ok(())
    }
}
