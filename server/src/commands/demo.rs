//! `demo`: a workspace with the demo company.

use super::Stop;
use super::accounts::secret_from_input;
use super::place::Place;
use clap::Args;

#[derive(Debug, Args)]
pub struct Demo {
    /// The new workspace's short name.
    #[arg(long)]
    workspace: String,
    /// Read the password that all demo people get from standard input.
    #[arg(long, required = true)]
    password_stdin: bool,
}

impl Demo {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let password = secret_from_input()?;
        let mut errors = domain::errors::FieldErrors::default();
        domain::accounts::check_password(&mut errors, "password", &password);
        errors.into_result(())?;
        let store = place.open().await?;
        store.add_workspace("Holm Group", &self.workspace).await?;
        crate::demo::load(&store, &self.workspace, Some(&password)).await?;
        Ok(())
    }
}
