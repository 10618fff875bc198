//! Hypotheses: the ranked list, the record, and the statement builder.

mod builder;
mod cells;
mod filters;
mod lineage;
mod linter;
mod list;
mod mentions;
mod record;
mod rework;
mod server_fns;
mod similar;
#[cfg(feature = "hydrate")]
mod typing;
mod versions;
#[cfg(feature = "hydrate")]
mod watch;

pub use builder::{EditHypothesisPage, NewHypothesisPage, Problems};
pub use cells::{DeviceIcons, Meter, StageDots};
pub use list::HypothesesPage;
pub use record::HypothesisPage;
pub use rework::{MergePage, SplitPage};
pub use server_fns::*;
#[cfg(feature = "ssr")]
pub use similar::matches_html;
