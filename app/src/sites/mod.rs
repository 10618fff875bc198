//! Settings: the workspace, its sites and their lists.

mod page;
mod server_fns;

pub use page::SettingsPage;
pub use server_fns::*;
