//! Hypotheses: capture, edit, stages, archive; the list and its pages.

mod check;
mod lineage;
mod listing;
mod operations;
mod queries;
pub(crate) mod rows;

pub(crate) use operations::stage_of;
