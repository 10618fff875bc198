//! Tests (`tests` means something else in code): plan, start, stop, cancel, results, looks, conclusion; the list.

mod check;
mod conclusion;
mod counting;
mod lifecycle;
mod listing;
pub(crate) mod operations;
mod planning;
pub(crate) mod queries;
mod results;
pub(crate) mod rows;
mod stages;
