//! The dialogs that every page of a workspace has at hand: quick capture and the map of keys.

use super::Frame;
use crate::ui::{Dialogs, Field, Icon};
use domain::access::Permission;
use leptos::prelude::*;

/// Stands after the page, so that the page is read first.
#[component]
pub fn FrameDialogs(frame: Frame) -> impl IntoView {
    let capture = frame.may(Permission::Contribute).then(|| view! { <Capture frame /> });
    view! { {capture}<KeyMap /><Dialogs /> }
}

/// An idea in one line; what was typed goes along to the whole form.
#[component]
fn Capture(frame: Frame) -> impl IntoView {
    view! {
        <dialog id="capture" class="dialog capture" aria-labelledby="capture-head">
            <form class="form" method="post" action=frame.to("hypotheses")>
                <h2 id="capture-head">"New hypothesis"</h2>
                <Field id="capture-line" name="form[title]" label="In one line" required=true hint="Starts with a verb: “Cut the sign-up form from 6 fields to 3”" />
                <div class="actions">
                    <button class="button primary">"Log it"</button>
                    <button class="button quiet" formmethod="get" formaction=frame.to("hypotheses/new") formnovalidate=true>"More"</button>
                    <p class="hint">"The rest can wait"</p>
                </div>
            </form>
        </dialog>
    }
}

/// What each key does, by where it acts.
const KEYS: [(&str, &[(&str, &str)]); 3] = [
    (
        "Everywhere",
        &[
            ("N", "New hypothesis"),
            ("/", "Have we tried…"),
            ("G H", "Home"),
            ("G E", "Evidence"),
            ("G Y", "Hypotheses"),
            ("G T", "Tests"),
            ("G L", "Learnings"),
            ("G I", "Impact"),
            ("?", "These keys"),
            ("Esc", "Close"),
        ],
    ),
    ("In a list", &[("J", "Next row"), ("K", "Row before"), ("Enter", "Open the row"), ("S", "Score the row")]),
    ("On a record", &[("S", "Score"), ("1 … 9, 0", "Level 1 to 10"), ("E", "Edit"), ("I", "Iterate")]),
];

#[component]
fn KeyMap() -> impl IntoView {
    let groups = KEYS
        .into_iter()
        .map(|(title, keys)| {
            let rows = keys.iter().map(|(key, does)| view! { <dt>{key_caps(key)}</dt><dd>{*does}</dd> }).collect_view();
            view! { <section><h3>{title}</h3><dl>{rows}</dl></section> }
        })
        .collect_view();
    view! {
        <dialog id="key-map" class="dialog key-map" aria-labelledby="key-map-head">
            <header>
                <h2 id="key-map-head">"Keys"</h2>
                <form method="dialog"><button class="icon-button"><Icon name="i-x" /><span class="visually-hidden">"Close"</span></button></form>
            </header>
            <div class="key-groups">{groups}</div>
            <p class="hint">"They act outside fields, and can be switched off beside the theme."</p>
        </dialog>
    }
}

/// "G H" as two caps.
fn key_caps(keys: &'static str) -> impl IntoView {
    keys.split(' ')
        .map(|key| {
            if key == "…" { view! { <span>"…"</span> }.into_any() } else { view! { <kbd>{key.trim_end_matches(',')}</kbd> }.into_any() }
        })
        .collect_view()
}
