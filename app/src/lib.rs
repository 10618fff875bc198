//! The pages of Hypotheca. A page is HTML made on the server from one read of the store; what needs the browser is
//! an island with a name.

pub mod accounts;
pub mod activity;
pub mod attachments;
pub mod charts;
pub mod comments;
pub mod error;
pub mod evidence;
pub mod experiments;
pub mod frame;
pub mod home;
pub mod hypotheses;
pub mod impact;
pub mod learnings;
pub mod markdown;
#[cfg(feature = "ssr")]
pub mod request;
pub mod router;
pub mod scoring;
pub mod search;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod signals;
pub mod sites;
pub mod transfer;
pub mod ui;
pub mod views;

pub use router::App;

/// Wakes the islands in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
