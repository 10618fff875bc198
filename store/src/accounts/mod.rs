//! People, sessions, tokens and workspaces.

mod members;
mod passwords;
pub(crate) mod rows;
pub(crate) mod secrets;
mod sessions;
mod tokens;
mod workspaces;

pub use sessions::{Session, SignedIn};
pub use tokens::{NewToken, TokenInfo};
