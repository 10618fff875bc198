//! Import: a file's rows become hypotheses, tests with their results, or evidence, in one transaction; an undo takes back
//! what nobody has touched since.

mod arms;
mod check;
mod evidence;
mod fill;
mod import;
mod listing;
mod queries;
pub(crate) mod rows;
mod undo;
mod uploads;

pub use uploads::Upload;

pub(crate) use listing::highest_import;
pub(crate) use uploads::shown_name;
