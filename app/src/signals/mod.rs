//! The signal inventory: where people leave, the rows' forms, and rows from a file.

mod form;
mod import;
mod list;
mod notes;
mod preview;
mod row;
mod server_fns;
mod versions;
mod words;

pub use form::{EditSignalPage, NewSignalPage};
pub use import::SignalsImportPage;
pub use list::SignalsPage;
pub use preview::SignalsPreviewPage;
pub use server_fns::*;
