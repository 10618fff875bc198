//! What the server's tests share: the real router on a fresh library, the people in it, and a client.
#![allow(dead_code, unused_imports, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod cast;
mod client;
pub mod pictures;
pub mod routes;
mod trial;

pub use cast::{HERE, PASSWORD, Person, SHOP, THERE, World};
pub use client::{Reply, Request};
