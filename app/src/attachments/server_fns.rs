//! What the pages of records read of their attachments.

use domain::attachments::{AttachedTo, Attachment};
use serde::{Deserialize, Serialize};

/// What hangs on a record, the newest first, and why files were refused a moment ago.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Attachments {
    /// Those taken away are among them.
    pub items: Vec<Attachment>,
    pub refused: Vec<String>,
    /// The variant that the refused files were meant for.
    pub refused_variant: Option<String>,
}

impl Attachments {
    /// What hangs on this thing alone.
    pub fn of(&self, to: &AttachedTo) -> Attachments {
        let here = |one: &&Attachment| one.variant == to.variant;
        let refused = if self.refused_variant == to.variant { self.refused.clone() } else { Vec::new() };
        Attachments { items: self.items.iter().filter(here).cloned().collect(), refused, refused_variant: to.variant.clone() }
    }
}

/// Reads the attachments within the read of their page. `form` is `attachment`, or `attachment-B` for a variant, if files
/// were refused.
#[cfg(feature = "ssr")]
pub async fn read_attachments<R: store::Right>(
    scope: &store::Scope<R>,
    (subject, number): (domain::activity::Subject, &str),
    (form, draft): (Option<&str>, Option<&str>),
) -> Result<Attachments, crate::error::AppError> {
    let items = scope.attached(subject, number).await.map_err(crate::request::refused)?;
    let Some(rest) = form.and_then(|form| form.strip_prefix("attachment")) else {
        return Ok(Attachments { items, ..Attachments::default() });
    };
    let kept = crate::request::draft::<()>(draft).await?;
    let refused = kept.map(|kept| kept.errors.0.into_iter().map(|error| error.message).collect()).unwrap_or_default();
    Ok(Attachments { items, refused, refused_variant: rest.strip_prefix('-').map(str::to_owned) })
}
