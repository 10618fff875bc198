//! Impact: what shipped changes are worth, how sure that is, and what it rests on.

mod figures;
mod page;
mod rollout_form;
mod rollout_page;
mod rollouts;
mod server_fns;
pub(crate) mod words;

pub use page::ImpactPage;
pub use rollout_form::RolloutForm;
pub use rollout_page::RolloutPage;
pub use server_fns::*;
