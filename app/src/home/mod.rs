//! Home: what needs me.

mod aside;
mod server_fns;
mod tests;
mod todo;

pub use server_fns::*;

use crate::frame::{Frame, Place, encode, titled, workspace_page, workspace_param};
use crate::ui::{Icon, plural};
use aside::{Disagreements, Ready, Top};
use leptos::prelude::*;
use tests::{LearningsMissing, ReadyToDecide};
use todo::{NothingWaits, ScoreThese, Stale};

/// The start page of a workspace.
#[component]
pub fn HomePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_home(workspace.clone());
    workspace_page(Place::Home, workspace, read, |frame, home: Home| {
        let idle = home.unscored.is_empty() && home.stale.is_empty() && home.to_decide.is_empty();
        view! {
            {titled("Home")}
            <main id="content" class="page home-page">
                <div>
                    <h1>{sentence(&frame, &home)}</h1>
                    <BigSearch frame=frame.clone() examples=home.examples />
                    {idle.then(|| view! { <NothingWaits frame=frame.clone() /> })}
                    <ReadyToDecide frame=frame.clone() items=home.to_decide total=home.to_decide_total />
                    <LearningsMissing frame=frame.clone() count=home.learnings_missing />
                    <ScoreThese frame=frame.clone() items=home.unscored total=home.unscored_total />
                    <Stale frame=frame.clone() items=home.stale total=home.stale_total />
                </div>
                <aside aria-label="Around the programme">
                    <Top frame=frame.clone() items=home.top />
                    <Ready frame=frame.clone() items=home.ready />
                    <Disagreements frame items=home.split />
                </aside>
            </main>
        }
    })
}

/// "Friday 20 November. 4 ideas need your score, Maya."
fn sentence(frame: &Frame, home: &Home) -> String {
    let day = frame.now.format("%A %-d %B");
    let first = frame.person.split_whitespace().next().unwrap_or_default();
    let score = plural(home.unscored_total, "idea needs your score", "ideas need your score");
    let stale = plural(home.stale_total, "finding in use is stale", "findings in use are stale");
    let decide = plural(home.to_decide_total, "test is ready to decide", "tests are ready to decide");
    let all = [(home.to_decide_total, decide), (home.unscored_total, score), (home.stale_total, stale)];
    let said: Vec<String> = all.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    match said.as_slice() {
        [] => format!("{day}. Nothing waits for you, {first}."),
        [one] => format!("{day}. {one}, {first}."),
        [some @ .., last] => format!("{day}. {} and {last}, {first}.", some.join(", ")),
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
            <input id="home-search" type="search" name="q" placeholder="Have we tried… a shorter sign-up form?" />
            <kbd aria-hidden="true">"/"</kbd>
        </form>
        <p>{format!("Searches {ideas}, all that came before them, and {findings}.")}{(!links.is_empty()).then(|| view! { " Try "{links} })}</p>
    }
}
