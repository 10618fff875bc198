//! Settings: the workspace, its sites and their lists.

mod lists;
mod page;
mod places;
mod server_fns;
mod site;

pub use page::SettingsPage;
pub use server_fns::*;
