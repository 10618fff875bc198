//! The signal inventory: where people leave, the rows' forms, and rows from a file.

mod form;
mod import;
mod import_fns;
mod list;
mod notes;
mod preview;
mod row;
mod server_fns;
mod versions;
mod words;

pub use form::{EditSignalPage, NewSignalPage};
pub use import::SignalsImportPage;
pub use import_fns::*;
pub use list::SignalsPage;
pub use preview::SignalsPreviewPage;
pub use server_fns::*;
