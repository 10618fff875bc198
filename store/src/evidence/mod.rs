//! Evidence: capture, edit, archive; the links to hypotheses and the confidence that follows from them; the list.

mod check;
mod confirm;
mod halving;
mod inventory;
mod links;
mod listing;
mod operations;
mod preview;
mod queries;
mod renewal;
pub(crate) mod rows;

pub(crate) use renewal::check_confidence;
