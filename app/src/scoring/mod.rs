//! Scoring: the dialog's page, and the panel beside a hypothesis.

mod page;
mod panel;
mod server_fns;

pub use page::ScorePage;
pub use panel::ScorePanel;
pub use server_fns::*;
