//! The views of a list: tabs that are links, each with what it finds now; the forms that keep, change and put away; and
//! the one way to write a list's address.

mod address;
mod forms;
mod server_fns;
mod strip;

pub use address::{address, page_of};
pub use server_fns::*;
pub use strip::ViewStrip;
