//! "Still true": somebody has looked again and found that it holds.

use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// What somebody says who looked again at a piece of evidence or a learning.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StillTrue {
    /// What they looked at.
    pub note: Option<String>,
}

impl StillTrue {
    /// The note, as the history keeps it.
    pub fn check(&self) -> Result<Option<String>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let note = text::optional_line(&mut errors, "note", "The note", self.note.as_deref());
        errors.into_result(note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_one_line_or_nothing() {
        let of = |note: &str| StillTrue { note: Some(note.into()) }.check();
        assert_eq!(of("  "), Ok(None));
        assert_eq!(of(" asked\n again "), Ok(Some("asked again".into())));
        assert!(of(&"x".repeat(2_000)).unwrap_err().of("note").is_some());
    }
}
