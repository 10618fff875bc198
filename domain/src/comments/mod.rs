//! Comments: what people say about a hypothesis, a piece of evidence, a test or a learning.

use crate::activity::Subject;
use crate::errors::FieldErrors;
use crate::text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The longest comment, in characters.
pub const LONGEST: usize = 5_000;

/// A comment as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CommentDraft {
    /// Markdown.
    pub body: String,
}

impl CommentDraft {
    /// The text without outer space; an empty one says nothing.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let body = text::many_lines(&self.body);
        let length = body.chars().count();
        let mut errors = FieldErrors::default();
        errors.require(!body.is_empty(), "body", "Write something first.");
        errors.require(length <= LONGEST, "body", format!("This has {length} characters; {LONGEST} is the most."));
        errors.into_result(body)
    }
}

/// A comment as everybody reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Comment {
    pub id: i64,
    /// What it is about.
    pub subject: Subject,
    /// `H-12`.
    pub number: String,
    /// Markdown; empty once it was taken away.
    pub body: String,
    /// Who wrote it; none for the command line.
    pub by: Option<String>,
    /// Whether whoever asks wrote it.
    pub mine: bool,
    pub archived: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Comment {
    /// Whether it says something else than at first.
    pub fn is_edited(&self) -> bool {
        self.version > 1
    }

    /// People change their own words alone.
    pub fn may_be_edited(&self) -> bool {
        self.mine && !self.archived
    }

    /// People take back their own words; whoever runs tests those of anybody.
    pub fn may_be_archived(&self, runs_tests: bool) -> bool {
        self.mine || runs_tests
    }
}

/// What can be commented on.
pub const SUBJECTS: [Subject; 4] = [Subject::Hypothesis, Subject::Evidence, Subject::Test, Subject::Learning];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_something_and_has_an_end() {
        let check = |body: &str| CommentDraft { body: body.to_owned() }.check();
        assert_eq!(check("  Ease is 5 for me.\r\nThe feed is hourly. ").unwrap(), "Ease is 5 for me.\nThe feed is hourly.");
        assert_eq!(check(" \n\u{0} ").unwrap_err().of("body"), Some("Write something first."));
        assert_eq!(check(&"é".repeat(5_001)).unwrap_err().of("body"), Some("This has 5001 characters; 5000 is the most."));
        assert!(check(&"é".repeat(5_000)).is_ok());
    }
}
