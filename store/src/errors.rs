//! What an operation can fail with, in words that a boundary can map.

use domain::errors::FieldErrors;

/// Why an operation did nothing.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not there, or not the actor's to see: nobody can tell which.
    #[error("not found")]
    NotFound,
    /// A member without the right.
    #[error("this role may not do that")]
    Forbidden,
    /// The input is wrong, field by field.
    #[error("{0}")]
    Invalid(FieldErrors),
    /// The state of things forbids it; the sentence says which.
    #[error("{0}")]
    Conflict(String),
    /// Somebody else saved since the version that was given.
    #[error("changed meanwhile; the version is now {current}")]
    Stale { current: i64 },
    /// The database failed. The details are for the log alone.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// Stored JSON that this version cannot read.
    #[error("stored data: {0}")]
    Data(#[from] serde_json::Error),
    /// The machine failed.
    #[error("{0}")]
    Internal(String),
}

impl From<FieldErrors> for StoreError {
    fn from(errors: FieldErrors) -> Self {
        StoreError::Invalid(errors)
    }
}

impl StoreError {
    /// A refusal about one field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        StoreError::Invalid(FieldErrors::one(field, message))
    }

    pub fn conflict(message: impl Into<String>) -> Self {
        StoreError::Conflict(message.into())
    }
}

/// What operations answer.
pub type Result<T> = std::result::Result<T, StoreError>;
