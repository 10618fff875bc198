//! Rollouts and what they are worth: made by shipping, or by hand; the page of impact.

mod operations;
mod queries;
pub(crate) mod rows;

pub(crate) use operations::Shipped;
