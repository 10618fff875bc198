//! Scoring: the dialog's page, the panel beside a hypothesis, and the settings of both.

mod page;
mod panel;
mod rubric;
mod server_fns;
mod settings;

pub use page::ScorePage;
pub use panel::ScorePanel;
pub use server_fns::*;
pub use settings::ScoringSettingsPage;
