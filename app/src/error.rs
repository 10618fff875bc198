//! What a page or an island can act on when something is refused.

use domain::errors::FieldErrors;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function did not answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("There is nothing here, or it is not yours to see.")]
    NotFound,
    #[error("Your role may not do that.")]
    Forbidden,
    #[error("Sign in first.")]
    SignIn,
    #[error("{0}")]
    Invalid(FieldErrors),
    #[error("{0}")]
    Conflict(String),
    #[error("Somebody else saved meanwhile.")]
    Stale,
    #[error("Something failed on the server. It has been logged.")]
    Internal,
    #[error("The server could not be reached.")]
    Network(String),
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        AppError::Network(error.to_string())
    }
}
