//! Import: a file's rows become hypotheses in one transaction, and an undo takes back what nobody has touched since.

mod fill;
mod import;
mod listing;
mod queries;
pub(crate) mod rows;
mod undo;
mod uploads;

pub use uploads::Upload;

pub(crate) use listing::highest_import;
