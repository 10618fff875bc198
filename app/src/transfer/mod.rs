//! Import: upload or paste, map and preview, done, and undo. Nothing is written before it has been seen.

mod address;
mod arms;
mod columns;
mod done;
mod findings;
mod page;
mod preview;
mod rows;
mod server_fns;
#[cfg(feature = "ssr")]
mod shown;
#[cfg(feature = "ssr")]
mod shown_arms;

pub use done::{ImportLink, ImportedLine};
pub use page::ImportPage;
pub use preview::ImportPreviewPage;
pub use rows::{Errors, PreviewTable};
pub use server_fns::*;
#[cfg(feature = "ssr")]
pub use shown::import_behind;
