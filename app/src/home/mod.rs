//! Home: what needs me.

mod around;
mod aside;
mod server_fns;
mod tests;
mod todo;

pub use server_fns::*;

use crate::frame::{Frame, Place, encode, titled, workspace_page, workspace_param};
use crate::ui::{Icon, plural};
use around::{Learned, Running};
use aside::{Disagreements, Ready, Top};
use domain::access::Permission;
use leptos::prelude::*;
use tests::{LearningsMissing, ReadyToDecide};
use todo::{FirstSteps, NothingWaits, ScoreThese, Stale};

/// The start page of a workspace.
#[component]
pub fn HomePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_home(workspace.clone());
    workspace_page(Place::Home, workspace, read, |frame, home: Home| {
        let idle = home.unscored.is_empty() && home.stale.is_empty() && home.to_decide.is_empty() && home.learnings_missing == 0;
        let new = idle && frame.is_empty();
        view! {
            {titled("Home")}
            <main id="content" class="page home-page">
                <div>
                    <h1>{sentence(&frame, &home)}</h1>
                    <BigSearch frame=frame.clone() examples=home.examples />
                    {new.then(|| view! { <FirstSteps frame=frame.clone() sites=home.sites /> })}
                    {(idle && !new).then(|| view! { <NothingWaits frame=frame.clone() /> })}
                    <ReadyToDecide frame=frame.clone() items=home.to_decide total=home.to_decide_total />
                    <LearningsMissing frame=frame.clone() count=home.learnings_missing />
                    <ScoreThese frame=frame.clone() items=home.unscored total=home.unscored_total />
                    <Stale frame=frame.clone() items=home.stale total=home.stale_total />
                </div>
                <aside aria-label="Around the programme">
                    {home.learned.map(|learning| view! { <Learned frame=frame.clone() learning /> })}
                    <Running frame=frame.clone() items=home.running />
                    <Top frame=frame.clone() items=home.top shapes=home.shapes.clone() />
                    <Ready frame=frame.clone() items=home.ready />
                    <Disagreements frame items=home.split shapes=home.shapes />
                </aside>
            </main>
        }
    })
}

/// "Friday 20 November. 11 things need you, Maya."
fn sentence(frame: &Frame, home: &Home) -> String {
    let day = frame.now.format("%A %-d %B");
    let first = frame.person.split_whitespace().next().unwrap_or_default();
    let decide = if frame.may(Permission::RunTests) { home.to_decide_total + home.learnings_missing } else { 0 };
    match decide + home.unscored_total + home.stale_total {
        0 if frame.is_empty() => format!("{day}. Welcome, {first}."),
        0 => format!("{day}. Nothing waits for you, {first}."),
        count => format!("{day}. {}, {first}.", plural(count, "thing needs you", "things need you")),
    }
}

#[component]
fn BigSearch(frame: Frame, examples: Vec<String>) -> impl IntoView {
    let ideas = plural(frame.open, "open hypothesis", "open hypotheses");
    let findings = plural(frame.evidence, "piece of evidence", "pieces of evidence");
    let last = examples.len().saturating_sub(1);
    let links = examples
        .into_iter()
        .enumerate()
        .map(|(at, words)| {
            let href = frame.to(&format!("search?q={}", encode(&words.to_lowercase())));
            view! { <a href=href>{words.to_lowercase()}</a>{if at < last { ", " } else { "." }} }
        })
        .collect::<Vec<_>>();
    view! {
        <form class="big-search" role="search" action=frame.to("search") aria-label="Have we tried, whole library">
            <label class="visually-hidden" for="home-search">"Have we tried…"</label>
            <Icon name="i-search" />
            <input id="home-search" data-suggest="all" type="search" name="q" placeholder="Have we tried… a shorter sign-up form?" />
            <kbd aria-hidden="true">"/"</kbd>
        </form>
        {(!frame.is_empty()).then(|| view! { <p>{format!("Searches {ideas}, all that came before them, and {findings}.")}{(!links.is_empty()).then(|| view! { " Try "{links} })}</p> })}
    }
}
