//! What we know: learnings as cards on one scale, or as a table; facets, and the words to look for.

use super::card::{LearningCard, LearningRow, scale_of};
use super::server_fns::{Library, read_learnings};
use crate::experiments::words;
use crate::frame::{Frame, Place, encode, query_pairs, titled, workspace_page, workspace_param};
use crate::ui::{Empty, Icon, number, plural};
use crate::views::{self, ViewStrip};
use domain::access::Permission;
use domain::experiments::Outcome;
use domain::learnings::LearningQuery;
use domain::views::List;
use leptos::prelude::*;

/// The page.
#[component]
pub fn LearningsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_learnings(workspace.clone(), query_pairs());
    workspace_page(Place::Learnings, workspace, read, |frame, library: Library| {
        let all: u64 = library.counts.iter().map(|(_, count)| count).sum();
        let add = frame
            .may(Permission::RunTests)
            .then(|| view! { <a class="button" href=frame.to("learnings/new")><Icon name="i-plus" />"Add a learning"</a> });
        let switch =
            view! { <ViewSwitch frame=frame.clone() query=library.query.clone() as_table=library.as_table from=library.strip.carried() /> };
        let body = if all == 0 {
            view! {
                <Empty title="Nothing learned yet" text="Deciding a test writes its learning. One that ran elsewhere or long ago can be added by hand.">
                    <a class="button" href=frame.to("tests")>"See the tests"</a>
                </Empty>
            }
            .into_any()
        } else {
            view! { <ViewStrip frame=frame.clone() strip=library.strip.clone() /><Found frame=frame.clone() library /> }.into_any()
        };
        view! {
            {titled("Learnings")}
            <main id="content" class="page list-page">
                <header class="page-head">
                    <div><h1>"Learnings"</h1><p>{summary(all)}</p></div>
                    <div class="actions">{(all > 0).then_some(switch)}{add}</div>
                </header>
                {body}
            </main>
        }
    })
}

fn summary(all: u64) -> String {
    let known = if all == 0 { "What tests taught".to_owned() } else { plural(all, "learning", "learnings") };
    format!("{known}. Losses and inconclusive results count as much as wins.")
}

/// The address of a view of the list; `from` is the saved view that the reader came from.
fn address(frame: &Frame, query: &LearningQuery, as_table: bool, from: Option<i64>) -> String {
    let mut pairs = query.pairs();
    if as_table {
        pairs.push(("view", "table".to_owned()));
    }
    views::address(frame, List::Learnings, &pairs, from)
}

#[component]
fn ViewSwitch(frame: Frame, query: LearningQuery, as_table: bool, from: Option<i64>) -> impl IntoView {
    let current = |here: bool| here.then_some("page");
    view! {
        <span class="segmented" role="group" aria-label="View">
            <a href=address(&frame, &query, false, from) aria-current=current(!as_table)>"Cards"</a>
            <a href=address(&frame, &query, true, from) aria-current=current(as_table)>"Table"</a>
        </span>
    }
}

#[component]
fn Found(frame: Frame, library: Library) -> impl IntoView {
    let words = library.query.q.clone().unwrap_or_default();
    let action = frame.to("learnings");
    let from = library.strip.carried();
    let kept_from = from.map(|id| view! { <input type="hidden" name="view" value=id.to_string() /> });
    let kept_view = library.as_table.then(|| view! { <input type="hidden" name="view" value="table" /> });
    view! {
        <form method="get" action=action>
            {kept_view}{kept_from}
            <div class="learning-search">
                <label class="visually-hidden" for="about">"What do we know about…"</label>
                <Icon name="i-search" />
                <input id="about" data-suggest="learning" type="search" name="q" value=words placeholder="What do we know about… stock, delivery dates, urgency" />
                <button class="button">"Search"</button>
            </div>
            <div class="facet-page section-less">
                <Facets frame=frame.clone() library=library.clone() />
                <Results frame library />
            </div>
        </form>
    }
}

#[component]
fn Facets(frame: Frame, library: Library) -> impl IntoView {
    let Library { query, counts, catalogue, .. } = library;
    let outcomes = Outcome::RECORDED
        .into_iter()
        .map(|outcome| {
            let (class, icon, name) = words::outcome(outcome);
            let count = counts.iter().find(|(one, _)| *one == Some(outcome)).map_or(0, |(_, count)| *count);
            let class = format!("glyph {class}");
            let href = format!("/icons.svg#{icon}");
            let row = if count == 0 { "choice zero" } else { "choice" };
            let checked = query.outcome.contains(&outcome);
            view! {
                <label class=row><input type="checkbox" name="outcome" value=outcome.slug() checked=checked /><svg class=class aria-hidden="true"><use href=href></use></svg>" "{name}<span class="count">{count}</span></label>
            }
        })
        .collect_view();
    let list = |name: &'static str, legend: &'static str, terms: Vec<(String, String)>, chosen: &[String]| {
        let boxes = terms
            .into_iter()
            .map(|(slug, words)| {
                let checked = chosen.contains(&slug);
                view! { <label class="choice"><input type="checkbox" name=name value=slug checked=checked />" "{words}</label> }
            })
            .collect_view();
        view! { <fieldset><legend>{legend}</legend>{boxes}</fieldset> }
    };
    let areas = catalogue.areas().into_iter().map(|area| (area.slug.clone(), area.name.clone())).collect();
    let levers = catalogue.levers.iter().map(|term| (term.slug.clone(), term.name.clone())).collect();
    let audiences = catalogue.audiences.iter().map(|term| (term.slug.clone(), term.name.clone())).collect();
    view! {
        <details class="facet-sheet">
            <summary class="button"><Icon name="i-sliders" />"Filter"</summary>
            <div class="facets">
                <fieldset><legend>"Outcome"</legend>{outcomes}</fieldset>
                {list("area", "Area", areas, &query.area)}
                {list("lever", "Lever", levers, &query.lever)}
                {list("audience", "Audience", audiences, &query.audience)}
                <p class="actions"><button class="button small primary">"Show"</button><a class="button small quiet" href=frame.to("learnings")>"Clear"</a></p>
            </div>
        </details>
    }
}

#[component]
fn Results(frame: Frame, library: Library) -> impl IntoView {
    let Library { query, page, catalogue, as_table, strip, .. } = library;
    if page.items.is_empty() {
        return view! {
            <section aria-label="Learnings found"><Empty title="Nothing matches" text="No learning fits these words and filters."><a class="button" href=frame.to("learnings")>"Show all"</a></Empty></section>
        }
        .into_any();
    }
    let scale = scale_of(&page.items);
    let count = number(i64::try_from(page.total).unwrap_or(i64::MAX));
    let ends = format!(
        "Effect plots share one scale, {} to {}. The upright line is no change.",
        words::tick((scale.low * 100.0).round() / 100.0),
        words::tick((scale.high * 100.0).round() / 100.0)
    );
    let next = page.next.as_ref().map(|cursor| {
        let here = address(&frame, &query, as_table, strip.carried());
        let joint = if here.contains('?') { '&' } else { '?' };
        view! { <p class="more"><a rel="next" href=format!("{here}{joint}cursor={}", encode(cursor))>"Show the next"</a></p> }
    });
    let body = if as_table {
        let rows = page
            .items
            .into_iter()
            .map(|learning| view! { <LearningRow frame=frame.clone() learning catalogue=catalogue.clone() scale /> })
            .collect_view();
        view! {
            <div class="table-wrap">
                <table class="table stacks hovers">
                    <caption class="visually-hidden">"Learnings"</caption>
                    <thead><tr><th scope="col">"Learning"</th><th scope="col">"Outcome"</th><th scope="col">"Area"</th><th scope="col">"Effect"</th><th scope="col" class="end">"Change"</th><th scope="col">"Ended"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    } else {
        let cards = page
            .items
            .into_iter()
            .map(|learning| view! { <li><LearningCard frame=frame.clone() learning catalogue=catalogue.clone() scale /></li> })
            .collect_view();
        view! { <ul class="cards">{cards}</ul> }.into_any()
    };
    view! {
        <section aria-label="Learnings found">
            <div class="result-line"><p><b>{count}</b>" found, newest first"</p><p>{ends}</p></div>
            {body}
            {next}
        </section>
    }
    .into_any()
}
