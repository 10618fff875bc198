//! Comments: written, changed, taken away and brought back; each leaves an event in the history of what it is about.

mod operations;
mod queries;
pub(crate) mod rows;
