//! The signal inventory: rows typed and imported, the list, what follows from a row beside the others, and the step to
//! evidence.

mod check;
mod import;
mod latest;
mod listing;
mod operations;
mod reading;
pub(crate) mod rows;
mod worth;

/// The counter of the newest rows, which are the pages of the inventory.
fn pages_counter() -> String {
    "signals".to_owned()
}
