//! What happened to a record and what was said about it, the latest first, in words; and what two people did to it at
//! once.

mod conflict;

#[cfg(feature = "ssr")]
pub use conflict::newer;
pub use conflict::{BothVersions, Newer, Shown};

use crate::comments::{CommentBox, Comments, Said};
use crate::frame::Frame;
use crate::ui::{Avatar, date};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::activity::{Event, Subject};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What happened to a record and what was said about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    pub events: Vec<Event>,
    pub comments: Comments,
}

/// Reads a record's history within the read of its page. `form` and `draft` stand for a comment that was refused.
#[cfg(feature = "ssr")]
pub async fn read_history<R: store::Right>(
    scope: &store::Scope<R>,
    (subject, number): (Subject, &str),
    (form, draft): (Option<&str>, Option<&str>),
) -> Result<History, crate::error::AppError> {
    let events = scope.history(subject, number, SHOWN).await.map_err(crate::request::refused)?;
    let comments = crate::comments::read_comments(scope, (subject, number), (form, draft)).await?;
    Ok(History { events, comments })
}

/// So many events stand on a page.
#[cfg(feature = "ssr")]
const SHOWN: u64 = 50;

/// The history of one record with what people said about it, for its rail.
#[component]
pub fn Activity(frame: Frame, about: (Subject, String), history: History) -> impl IntoView {
    let History { events, comments } = history;
    let Comments { editing, refused, .. } = comments.clone();
    let refused_of = |id: i64| (editing == Some(id)).then(|| refused.clone());
    let told = |event: &Event| !event.action.contains("comment");
    let mut entries: Vec<(DateTime<Utc>, AnyView)> = events
        .into_iter()
        .filter(told)
        .map(|event| (event.at, view! { <Happened frame=frame.clone() event /> }.into_any()))
        .chain(comments.comments.clone().into_iter().map(|comment| {
            let refused = refused_of(comment.id);
            (comment.created_at, view! { <Said frame=frame.clone() comment refused /> }.into_any())
        }))
        .collect();
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let shown = comments.comments.len() as u64;
    let more = (comments.total > shown)
        .then(|| view! { <p class="muted small">{format!("The latest {shown} of {} comments.", comments.total)}</p> });
    let entries = entries.into_iter().map(|(_, entry)| entry).collect_view();
    view! {
        <section aria-labelledby="activity-title">
            <header class="section-head"><h2 id="activity-title">"Activity"</h2></header>
            <CommentBox frame about comments />
            <ol class="activity">{entries}</ol>
            {more}
        </section>
    }
}

/// The history of something that nobody comments on.
#[component]
pub fn Events(frame: Frame, events: Vec<Event>) -> impl IntoView {
    let entries = events.into_iter().map(|event| view! { <Happened frame=frame.clone() event /> }).collect_view();
    view! {
        <section aria-labelledby="activity-title">
            <header class="section-head"><h2 id="activity-title">"Activity"</h2></header>
            <ol class="activity">{entries}</ol>
        </section>
    }
}

#[component]
fn Happened(frame: Frame, event: Event) -> impl IntoView {
    let undo = may_be_undone(&frame, &event).then(|| {
        let action = frame.to(&format!("activity/{}/undo", event.id));
        view! { " "<form class="inline" method="post" action=action><button class="link-button">"Undo"</button></form> }
    });
    let day = event.at.date_naive();
    let by = event.by.clone().unwrap_or_else(|| "Hypotheca".to_owned());
    let reason = event.reason.as_ref().map(|reason| view! { <span class="reason">{format!(" “{reason}”")}</span> });
    view! { <li><Avatar name=by />" "<div>{said(&event)}{reason}{undo}</div>" "<time datetime=day.to_string()>{date(day)}</time></li> }
}

/// Merges and splits can be taken back for a while.
fn may_be_undone(frame: &Frame, event: &Event) -> bool {
    let fresh = frame.now - event.at < chrono::TimeDelta::days(30);
    fresh
        && frame.may(Permission::Contribute)
        && event.subject == Subject::Hypothesis
        && matches!(event.action.as_str(), "merged" | "split")
}

/// What somebody did, as it follows their name.
fn said(event: &Event) -> String {
    let summary = &event.summary;
    // A link's summary ends with the title of the other record, which is one click away.
    let linked = || summary.split_once(": ").map_or(summary.as_str(), |(link, _)| link).trim_start_matches("It ");
    match event.action.as_str() {
        "moved" => format!("moved it: {summary}"),
        "scored" => format!("scored it: {}", summary.to_lowercase()),
        "created" => "added it".to_owned(),
        "linked" | "relinked" => format!("linked it: {}", linked()),
        "unlinked" => format!("unlinked it: {}", linked()),
        "reweighed" => summary.clone(),
        "merged" => format!("merged {summary} into it"),
        "merged into" => format!("merged it into {summary}"),
        "split" => format!("split {summary} off"),
        "undid the merge of" | "undid the split of" => format!("undid it: {summary}"),
        "attached" | "took away" | "brought back" => format!("{} {summary}", event.action),
        "made evidence" => format!("made evidence of it: {}", summary.split(' ').next().unwrap_or_default()),
        other => format!("{other} it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_told_without_the_other_title() {
        for (action, summary, told) in [
            ("linked", "E-1 supports it: Buyers ring the branch: often", "linked it: E-1 supports it"),
            ("unlinked", "It is no longer linked to H-2: Cut the form", "unlinked it: is no longer linked to H-2"),
            ("reweighed", "E-1 was edited: evidence confidence 2.0 → 3.6", "E-1 was edited: evidence confidence 2.0 → 3.6"),
            ("created", "Buyers ring", "added it"),
            ("took away", "basket.png", "took away basket.png"),
            ("made evidence", "E-7 48% of visits end there", "made evidence of it: E-7"),
        ] {
            let (action, summary) = (action.to_owned(), summary.to_owned());
            let (subject, number, at) = (Subject::Hypothesis, "H-1".to_owned(), DateTime::<Utc>::UNIX_EPOCH);
            let event = Event { id: 1, at, by: None, action, subject, number, summary, reason: None };
            assert_eq!(said(&event), told);
        }
    }
}
