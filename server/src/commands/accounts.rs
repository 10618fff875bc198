//! Workspaces, people and tokens by command line. Secrets come by standard input and leave by standard output.

use super::Stop;
use super::place::Place;
use clap::Subcommand;
use domain::access::TokenScope;
use domain::accounts::MemberDraft;
use std::io::Read;
use store::{Actor, AddMembers, NewToken, Own};

#[derive(Debug, Subcommand)]
pub enum Workspace {
    /// Makes a workspace.
    Add {
        name: String,
        /// Its short name in addresses.
        #[arg(long)]
        slug: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Adds a person to a workspace, or changes their role.
    Add {
        #[arg(long)]
        email: String,
        #[arg(long)]
        name: String,
        #[arg(long)]
        workspace: String,
        /// viewer, contributor, lead or owner.
        #[arg(long)]
        role: String,
        /// Read the password from standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Sets a person's password; all their sessions end.
    Password {
        #[arg(long)]
        email: String,
        /// Read the password from standard input.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Token {
    /// Makes an API token and prints it, alone, this once.
    Create {
        #[arg(long)]
        email: String,
        #[arg(long)]
        workspace: String,
        /// read, write or admin.
        #[arg(long)]
        scope: String,
        #[arg(long, default_value = "command line")]
        name: String,
        /// Days until it ends; without it it does not.
        #[arg(long)]
        expires: Option<u32>,
    },
}

/// A secret from standard input, without the line's end.
pub fn secret_from_input() -> Result<String, Stop> {
    let mut text = String::new();
    std::io::stdin().take(4096).read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print(line: &str) {
    println!("{line}");
}

impl Workspace {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let Workspace::Add { name, slug } = self;
        place.open().await?.add_workspace(&name, &slug).await?;
        Ok(())
    }
}

impl User {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let store = place.open().await?;
        match self {
            User::Add { email, name, workspace, role, password_stdin } => {
                let password = if password_stdin { Some(secret_from_input()?) } else { None };
                let scope = store.scope::<AddMembers>(&Actor::Operator, &workspace).await?;
                let link = scope.add_member(&MemberDraft { name, email: email.clone(), role }).await?;
                match password {
                    Some(password) => store.set_password_of(&email, &password).await?,
                    None => link.iter().for_each(|link| print(&format!("Set-password link: /set-password?key={link}"))),
                }
            }
            User::Password { email, .. } => store.set_password_of(&email, &secret_from_input()?).await?,
        }
        Ok(())
    }
}

impl Token {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let Token::Create { email, workspace, scope, name, expires } = self;
        let token_scope = TokenScope::from_slug(&scope).ok_or_else(|| Stop::Usage("--scope is read, write or admin.".into()))?;
        let owner = place.open().await?.scope::<Own>(&Actor::Operator, &workspace).await?;
        print(&owner.create_token(&NewToken { email, name, scope: token_scope, expires_in_days: expires }).await?);
        Ok(())
    }
}
