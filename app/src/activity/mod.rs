//! What happened to a hypothesis or to a piece of evidence, the latest first, in words; and what two
//! people did to it at once.

mod conflict;

#[cfg(feature = "ssr")]
pub use conflict::newer;
pub use conflict::{BothVersions, Newer, Shown};

use crate::ui::{Avatar, date};
use domain::activity::Event;
use leptos::prelude::*;

/// The history of one record, for its rail.
#[component]
pub fn Activity(events: Vec<Event>) -> impl IntoView {
    let mut events = events;
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    let items = events
        .into_iter()
        .map(|event| {
            let day = event.at.date_naive();
            let by = event.by.clone().unwrap_or_else(|| "Hypotheca".to_owned());
            let reason = event.reason.as_ref().map(|reason| view! { <span class="reason">{format!(" “{reason}”")}</span> });
            view! { <li><Avatar name=by />" "<p>{said(&event)}{reason}</p>" "<time datetime=day.to_string()>{date(day)}</time></li> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="activity-title">
            <header class="section-head"><h2 id="activity-title">"Activity"</h2></header>
            <ol class="activity">{items}</ol>
        </section>
    }
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
        "made evidence" => format!("made evidence of it: {}", summary.split(' ').next().unwrap_or_default()),
        other => format!("{other} it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use domain::activity::Subject;

    #[test]
    fn a_link_is_told_without_the_other_title() {
        for (action, summary, told) in [
            ("linked", "E-1 supports it: Buyers ring the branch: often", "linked it: E-1 supports it"),
            ("unlinked", "It is no longer linked to H-2: Cut the form", "unlinked it: is no longer linked to H-2"),
            ("reweighed", "E-1 was edited: evidence confidence 2.0 → 3.6", "E-1 was edited: evidence confidence 2.0 → 3.6"),
            ("created", "Buyers ring", "added it"),
            ("made evidence", "E-7 48% of visits end there", "made evidence of it: E-7"),
        ] {
            let (action, summary) = (action.to_owned(), summary.to_owned());
            let (subject, number, at) = (Subject::Hypothesis, "H-1".to_owned(), DateTime::<Utc>::UNIX_EPOCH);
            let event = Event { id: 1, at, by: None, action, subject, number, summary, reason: None };
            assert_eq!(said(&event), told);
        }
    }
}
