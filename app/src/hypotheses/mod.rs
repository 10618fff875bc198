//! Hypotheses: the ranked list, the record, and the statement builder.

mod builder;
mod cells;
mod filters;
mod list;
mod record;
mod server_fns;
mod similar;
mod versions;
#[cfg(feature = "hydrate")]
mod watch;

pub use builder::{EditHypothesisPage, NewHypothesisPage, Problems};
pub use cells::{DeviceIcons, IceCell, Meter, StageDots, shown as shown_score};
pub use list::HypothesesPage;
pub use record::HypothesisPage;
pub use server_fns::*;
#[cfg(feature = "ssr")]
pub use similar::matches_html;
