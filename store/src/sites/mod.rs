//! Sites, areas, metrics, audiences and levers.

mod operations;
mod queries;
mod rows;
