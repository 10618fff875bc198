//! The doors: set-up, sign-in, passwords, the account, and the people of a workspace.

mod doors;
mod people;
mod server_fns;

pub use doors::{AccountPage, SetPasswordPage, SetUpPage, SignInPage, WorkspacesPage};
pub use people::PeoplePage;
pub use server_fns::*;
