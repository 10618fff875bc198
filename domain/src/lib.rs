//! The rules and words of Hypotheca. Pure: no input or output, no clock, no random numbers, so the same
//! code runs on the server and in the browser.

pub mod access;
pub mod accounts;
pub mod activity;
pub mod attachments;
pub mod comments;
pub mod errors;
pub mod evidence;
pub mod experiments;
pub mod hypotheses;
pub mod impact;
pub mod learnings;
pub mod page;
pub mod scoring;
pub mod search;
pub mod signals;
pub mod sites;
pub mod stats;
pub mod text;
pub mod transfer;
pub mod views;
