//! What happened: one event per write. Knows the words for actions, not how they are stored.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The kind of thing an event is about; also the first letter of its number where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Workspace,
    Member,
    Token,
    Site,
    Evidence,
    Signal,
    Hypothesis,
    Test,
    Learning,
    Rollout,
    Import,
    View,
}

impl Subject {
    pub const ALL: [Subject; 12] = [
        Subject::Workspace,
        Subject::Member,
        Subject::Token,
        Subject::Site,
        Subject::Evidence,
        Subject::Signal,
        Subject::Hypothesis,
        Subject::Test,
        Subject::Learning,
        Subject::Rollout,
        Subject::Import,
        Subject::View,
    ];

    pub fn from_slug(slug: &str) -> Option<Subject> {
        Subject::ALL.into_iter().find(|subject| subject.slug() == slug)
    }

    pub fn slug(self) -> &'static str {
        match self {
            Subject::Workspace => "workspace",
            Subject::Member => "member",
            Subject::Token => "token",
            Subject::Site => "site",
            Subject::Evidence => "evidence",
            Subject::Signal => "signal",
            Subject::Hypothesis => "hypothesis",
            Subject::Test => "test",
            Subject::Learning => "learning",
            Subject::Rollout => "rollout",
            Subject::Import => "import",
            Subject::View => "view",
        }
    }
}

/// One change, as an object's history shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    pub id: i64,
    pub at: DateTime<Utc>,
    /// Who did it; none for the command line and for the app itself.
    pub by: Option<String>,
    pub subject: Subject,
    /// What names the thing: `H-12`, a slug or an e-mail.
    pub number: String,
    /// A verb in the past: `created`, `edited`, `moved`, `scored`, `linked`, `archived`.
    pub action: String,
    /// One line for people: "Idea → Prioritised".
    pub summary: String,
    pub reason: Option<String>,
}

/// What an undo did: it leaves alone what has moved on since.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Undone {
    pub undone: Vec<String>,
    pub left_alone: Vec<LeftAlone>,
}

/// A thing that was changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LeftAlone {
    pub number: String,
    pub title: String,
    /// What happened to it: `edited`, `scored`, `linked`.
    pub why: String,
}
