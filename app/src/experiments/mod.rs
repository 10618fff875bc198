//! Tests: the list, the plan form, the entry of results, and the record with its decision.

mod conclusion_form;
mod decide;
mod decisions;
mod entry;
mod health;
mod imported;
mod list;
mod of_hypothesis;
mod plan_actual;
mod plan_form;
mod plan_needs;
mod plan_rows;
#[cfg(feature = "ssr")]
mod plan_start;
mod plan_summary;
mod record;
mod recorded;
mod results;
mod results_form;
mod segments;
mod server_fns;
mod steps;
mod tags;
mod uploads;
pub mod words;

pub use conclusion_form::ConclusionForm;
pub use entry::ResultsEntryPage;
pub use list::{TestsPage, day_of_run};
pub use of_hypothesis::TestsOfHypothesis;
pub use plan_form::{EditTestPage, NewTestPage};
pub use plan_rows::without_blank_variants;
pub use record::TestPage;
pub use recorded::NextSteps;
pub use results_form::{ResultsForm, Typed};
pub use server_fns::*;
pub use tags::{OutcomeTag, StateTag};
