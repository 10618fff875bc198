//! Learnings: recorded with the conclusion of a test, or by hand; the list.

mod check;
mod confirm;
mod listing;
mod operations;
pub(crate) mod rows;

pub(crate) use operations::NewLearning;
