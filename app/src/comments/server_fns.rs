//! What the pages of records read of their comments.

use crate::accounts::Filled;
use domain::comments::Comment;
use serde::{Deserialize, Serialize};

/// The comments on a record, the newest first, and a form that came back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Comments {
    pub comments: Vec<Comment>,
    /// How many there are.
    pub total: u64,
    /// The comment whose change was refused; none for a new one.
    pub editing: Option<i64>,
    pub refused: Filled<CommentForm>,
}

/// A comment as a browser posts it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentForm {
    pub body: String,
    pub version: Option<i64>,
}

/// So many comments stand on a page.
#[cfg(feature = "ssr")]
const SHOWN: u64 = 100;

/// Reads the comments within the read of their page. `form` is `comment`, or `comment-7` for a change, if such a form was refused.
#[cfg(feature = "ssr")]
pub async fn read_comments<R: store::Right>(
    scope: &store::Scope<R>,
    (subject, number): (domain::activity::Subject, &str),
    (form, draft): (Option<&str>, Option<&str>),
) -> Result<Comments, crate::error::AppError> {
    let wanted = store::PageRequest { cursor: None, limit: Some(SHOWN) };
    let page = scope.comments(subject, number, &wanted).await.map_err(crate::request::refused)?;
    let editing = form.and_then(|form| form.strip_prefix("comment-")?.parse().ok());
    let kept = if form == Some("comment") || editing.is_some() { crate::request::draft::<CommentForm>(draft).await? } else { None };
    let refused = kept.map(|kept| Filled { form: kept.form, errors: kept.errors }).unwrap_or_default();
    Ok(Comments { comments: page.items, total: page.total, editing, refused })
}
