//! Attachments beside a record: pictures with their thumbnails, papers and tables by name, and ways to add to them.

mod paste;
mod section;
mod server_fns;
mod shelf;

pub use section::{AttachmentsSection, Screenshots};
pub use server_fns::Attachments;
#[cfg(feature = "ssr")]
pub use server_fns::read_attachments;

use domain::activity::Subject;
use domain::attachments::AttachedTo;

/// The records that have attachments of their own.
pub const RECORDS: [Subject; 2] = [Subject::Hypothesis, Subject::Evidence];

/// The record's own page with its attachments in view, after the workspace; and the name of the form that came back
/// refused.
pub fn page_of(to: &AttachedTo) -> (String, String) {
    let number = &to.number;
    match &to.variant {
        Some(key) => (format!("tests/{number}"), format!("attachment-{}", crate::frame::encode(key))),
        None => (format!("{}/{number}", crate::comments::folder(to.subject)), "attachment".to_owned()),
    }
}

/// The part of a page that holds the attachments.
pub fn part_of(to: &AttachedTo) -> &'static str {
    if to.variant.is_some() { "screenshots" } else { "attachments" }
}

/// Where a browser posts files, after the workspace.
pub fn form_of(to: &AttachedTo) -> String {
    let number = &to.number;
    match &to.variant {
        Some(key) => format!("tests/{number}/variants/{}/attachments", crate::frame::encode(key)),
        None => format!("{}/{number}/attachments", crate::comments::folder(to.subject)),
    }
}
