//! Settings: the workspace, its sites and their lists.

mod changes;
mod forms;
mod lists;
mod metrics;
mod page;
mod places;
mod server_fns;
mod site;
mod thesaurus;
mod weights;

pub use forms::*;
pub use page::SettingsPage;
pub use server_fns::*;
pub use weights::EvidenceWeightsPage;
