//! Tests (`tests` means something else in code): plan, start, stop, cancel, results, looks, conclusion; the list.

mod check;
mod conclusion;
mod lifecycle;
mod listing;
mod operations;
mod planning;
mod queries;
mod results;
pub(crate) mod rows;
mod stages;
