//! Home: what needs me.

use crate::error::AppError;
use crate::frame::{Frame, Place, titled, workspace_page, workspace_param};
use crate::hypotheses::shown_score;
use crate::ui::{Empty, Icon, plural};
use domain::hypotheses::Hypothesis;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the home page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Home {
    /// The best open hypotheses that the person has not scored.
    pub unscored: Vec<Hypothesis>,
    pub unscored_total: u64,
    pub top: Vec<Hypothesis>,
}

#[server]
pub async fn read_home(workspace: String) -> Result<Home, AppError> {
    use crate::request::{refused, scope};
    use domain::hypotheses::{BacklogQuery, Stage};
    let scope = scope::<store::Read>(&workspace).await?;
    let open = BacklogQuery { stage: Stage::OPEN.to_vec(), limit: Some(5), ..BacklogQuery::default() };
    let top = scope.backlog(&open).await.map_err(refused)?.items.into_iter().filter(|one| one.score.is_some()).collect();
    let (unscored, unscored_total) = if scope.may(domain::access::Permission::Contribute) {
        let page = scope.backlog(&BacklogQuery { unscored: true, ..open }).await.map_err(refused)?;
        (page.items, page.total)
    } else {
        (Vec::new(), 0)
    };
    Ok(Home { unscored, unscored_total, top })
}

/// The start page of a workspace.
#[component]
pub fn HomePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_home(workspace.clone());
    workspace_page(Place::Home, workspace, read, |frame, home: Home| {
        let first = frame.person.split_whitespace().next().unwrap_or_default().to_owned();
        let sentence = match home.unscored_total {
            0 => format!("{}. Nothing waits for you, {first}.", frame.now.format("%A %-d %B")),
            count => format!("{}. {} for you, {first}.", frame.now.format("%A %-d %B"), plural(count, "thing waits", "things wait")),
        };
        view! {
            {titled("Home")}
            <main id="content" class="page home">
                <div class="split-page">
                    <div>
                        <h1>{sentence}</h1>
                        <form class="big-search" role="search" action=frame.to("search")>
                            <label class="visually-hidden" for="home-search">"Have we tried…"</label>
                            <Icon name="i-search" />
                            <input id="home-search" type="search" name="q" placeholder="Have we tried… a shorter sign-up form?" />
                        </form>
                        <ScoreThese frame=frame.clone() items=home.unscored total=home.unscored_total />
                    </div>
                    <aside aria-label="Top of the backlog"><Top frame items=home.top /></aside>
                </div>
            </main>
        }
    })
}

#[component]
fn ScoreThese(frame: Frame, items: Vec<Hypothesis>, total: u64) -> impl IntoView {
    if items.is_empty() {
        return view! {
            <Empty title="Nothing to score" text="New hypotheses appear here until you have scored them.">
                <a class="button" href=frame.to("hypotheses/new")><Icon name="i-plus" />"New hypothesis"</a>
            </Empty>
        }
        .into_any();
    }
    let rows = items
        .into_iter()
        .map(|one| {
            let here = frame.to(&format!("hypotheses/{}", one.number));
            let scored = one.score.as_ref().map_or(0, |score| u64::from(score.scorers));
            view! {
                <li class="row">
                    <span class="number">{one.number}</span>
                    <p><a href=here.clone()>{one.title}</a><span class="snippet">{plural(scored, "person has scored", "people have scored")}</span></p>
                    <a class="button" href=format!("{here}/score")>"Score"</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="score-these">
            <header class="section-head"><h2 id="score-these">"Score these "<span class="count">{total}</span></h2><a href=frame.to("hypotheses?unscored=me")>"See all"</a></header>
            <ol class="rows">{rows}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Top(frame: Frame, items: Vec<Hypothesis>) -> impl IntoView {
    let rows = items
        .into_iter()
        .filter_map(|one| {
            let value = one.score.as_ref().map(|score| shown_score(score.value))?;
            Some(view! { <li><a href=frame.to(&format!("hypotheses/{}", one.number))>{one.title}</a><b>{value}</b></li> })
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| view! {
        <section aria-labelledby="top-title">
            <header class="section-head"><h2 id="top-title">"Top of the backlog"</h2><a href=frame.to("hypotheses")>"See all"</a></header>
            <ol class="top-list">{rows}</ol>
        </section>
    })
}
