//! Comments among the history of a record: what people said, and where one says more.

mod said;
mod server_fns;

pub use said::{CommentBox, Said};
#[cfg(feature = "ssr")]
pub use server_fns::read_comments;
pub use server_fns::{CommentForm, Comments};

use domain::activity::Subject;

/// The folder of addresses that a kind of record lies in.
pub const FOLDERS: [(&str, Subject); 4] =
    [("hypotheses", Subject::Hypothesis), ("evidence", Subject::Evidence), ("tests", Subject::Test), ("learnings", Subject::Learning)];

/// The folder of this kind of record.
pub fn folder(subject: Subject) -> &'static str {
    FOLDERS.iter().find(|(_, one)| *one == subject).map_or("hypotheses", |(folder, _)| folder)
}
