//! Sites, areas, metrics, audiences and levers.

mod clock;
mod operations;
mod queries;
mod rows;

pub(crate) use clock::today_at;
