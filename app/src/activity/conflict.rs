//! Two people at one record: what somebody else saved since, beside what this person typed. Neither is lost.

use crate::ui::{Icon, time_of_day};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was saved after the form was opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Newer<T> {
    pub form: T,
    /// Who saved it; none for the command line.
    pub by: Option<String>,
    pub at: Option<DateTime<Utc>>,
}

/// One part of a record as it is shown in either version.
pub type Shown = (&'static str, String);

/// What was saved since `began`, the version that a kept form began with.
#[cfg(feature = "ssr")]
pub async fn newer<R: store::Right, T>(
    scope: &store::Scope<R>,
    record: (domain::activity::Subject, &str),
    began: Option<i64>,
    present: (i64, T),
) -> Result<Option<Newer<T>>, crate::error::AppError> {
    if began.is_none_or(|began| began == present.0) {
        return Ok(None);
    }
    let events = scope.history(record.0, record.1, 50).await.map_err(crate::request::refused)?;
    let edit = events.into_iter().find(|event| event.action == "edited");
    let at = edit.as_ref().map(|edit| edit.at);
    Ok(Some(Newer { form: present.1, by: edit.and_then(|edit| edit.by), at }))
}

/// The parts in which the two versions differ: name, saved, typed.
fn differences(saved: Vec<Shown>, typed: Vec<Shown>) -> Vec<(&'static str, String, String)> {
    // Browsers post line ends of their own.
    let bare = |text: &str| text.replace('\r', "").trim().to_owned();
    let pairs = saved.into_iter().zip(typed).filter(|((_, saved), (_, typed))| bare(saved) != bare(typed));
    pairs.map(|((name, saved), (_, typed))| (name, saved, typed)).collect()
}

/// Both versions side by side, above the form that holds the person's own.
#[component]
pub fn BothVersions(
    by: Option<String>,
    at: Option<DateTime<Utc>>,
    /// Every part of either version, in the same order.
    saved: Vec<Shown>,
    typed: Vec<Shown>,
    /// Where the form holds what was saved.
    discard: String,
) -> impl IntoView {
    let who = by.unwrap_or_else(|| "Somebody".to_owned());
    let when = at.map(|at| format!(" at {} UTC", time_of_day(at)));
    let said =
        |text: String| if text.trim().is_empty() { view! { <span class="muted">"nothing"</span> }.into_any() } else { text.into_any() };
    let rows = differences(saved, typed)
        .into_iter()
        .map(|(name, saved, typed)| {
            view! { <tr><th scope="row">{name}</th><td data-label="Saved now">{said(saved)}</td><td data-label="Yours">{said(typed)}</td></tr> }
        })
        .collect::<Vec<_>>();
    let table = (!rows.is_empty()).then(|| view! {
        <div class="table-wrap">
            <table class="table compact stacks versions">
                <caption class="visually-hidden">"What differs between the two versions"</caption>
                <thead><tr><th scope="col">"What differs"</th><th scope="col">"Saved now"</th><th scope="col">"Yours"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="actions">"Take over what you want to keep, then save: yours replaces what is saved now. "<a href=discard>"Drop yours"</a></p>
    });
    view! {
        <div class="callout note" role="alert">
            <Icon name="o-running" own=true />
            <p><b>{format!("{who} changed this{}", when.unwrap_or_default())}</b>" while you were writing. Your text is kept below."</p>
            {table}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let saved = vec![("Title", "Cut the form".to_owned()), ("Because", "buyers stop".to_owned()), ("Tags", String::new())];
        let typed = vec![("Title", "Cut the form \r".to_owned()), ("Because", "buyers leave".to_owned()), ("Tags", "form".to_owned())];
        let wanted = vec![("Because", "buyers stop".to_owned(), "buyers leave".to_owned()), ("Tags", String::new(), "form".to_owned())];
        assert_eq!(differences(saved, typed), wanted);
    }
}
