//! Sites, areas, metrics, audiences and levers.

mod archive;
mod changes;
mod clock;
mod edits;
mod operations;
mod queries;
pub(crate) mod rows;

pub(crate) use changes::{Changes, names_of};
pub(crate) use clock::today_at;
