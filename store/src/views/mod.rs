//! Saved views: kept, changed, put away and brought back by their owners, read by whoever may see them, and counted by
//! the very functions that count the lists.

mod counts;
mod operations;
mod queries;
pub(crate) mod rows;
