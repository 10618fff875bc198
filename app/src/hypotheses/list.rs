//! The ranked table.

use super::cells::{DeviceIcons, Meter, ReadyFigure, ScoreCell, StageDots, score_class, score_head};
use super::filters::{Filters, NothingFits, address, sort_name, sorted};
use super::server_fns::{Backlog, read_backlog};
use crate::evidence::Kinds;
use crate::frame::{Frame, Place, encode, query_pairs, titled, workspace_page, workspace_param};
use crate::transfer::ImportedLine;
use crate::ui::{Avatar, Empty, Icon, age, plural};
use crate::views::ViewStrip;
use domain::access::Permission;
use domain::hypotheses::{BacklogQuery, Hypothesis, Outdated, SortKey, Stage};
use domain::page::Sort;
use domain::scoring::{Scale, Shape};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The list of hypotheses.
#[component]
pub fn HypothesesPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_backlog(workspace.clone(), query_pairs());
    workspace_page(Place::Hypotheses, workspace, read, |frame, backlog: Backlog| {
        let library_is_empty = backlog.counts.values().all(|count| *count == 0);
        let body = if library_is_empty {
            view! { <FirstIdea frame=frame.clone() /> }.into_any()
        } else {
            view! {
                <ViewStrip frame=frame.clone() strip=backlog.strip.clone() />
                <Filters frame=frame.clone() backlog=backlog.clone() />
                <Table frame=frame.clone() backlog=backlog.clone() />
            }
            .into_any()
        };
        view! {
            {titled("Hypotheses")}
            <main id="content" class="page list-page">
                <header class="page-head"><div><h1>"Hypotheses"</h1><p>{summary(&backlog)}</p></div></header>
                {backlog.imported.clone().map(|import| view! { <ImportedLine frame=frame.clone() import /> })}
                {body}
            </main>
        }
    })
}

/// The page in one sentence.
fn summary(backlog: &Backlog) -> String {
    if backlog.counts.values().all(|count| *count == 0) {
        return format!("What you believe would help your visitors, ranked by {}.", ranked_by(backlog.shapes.in_force(None)));
    }
    let more = if backlog.page.total_is_minimum { "More than " } else { "" };
    let count = plural(backlog.page.total, "idea", "ideas");
    let kind = if backlog.query.stage == Stage::OPEN { "open " } else { "" };
    let shown = count.replacen(' ', &format!(" {kind}"), 1);
    format!("{more}{shown}, {}.", order_words(backlog.query.sort))
}

/// "impact, confidence and ease"; of many criteria the model's name.
fn ranked_by(shape: &Shape) -> String {
    let names: Vec<String> = shape.criteria.iter().map(|one| one.name.to_lowercase()).collect();
    match names.as_slice() {
        [first @ .., last] if (1..4).contains(&first.len()) => format!("{} and {last}", first.join(", ")),
        _ => shape.name.clone(),
    }
}

fn order_words(sort: Sort<SortKey>) -> &'static str {
    match (sort.key, sort.descending) {
        (SortKey::Score, true) => "the highest score first",
        (SortKey::Score, false) => "the lowest score first",
        (SortKey::ExpectedValue, true) => "the highest expected value first",
        (SortKey::ExpectedValue, false) => "the lowest expected value first",
        (SortKey::Evidence, true) => "the best evidence first",
        (SortKey::Evidence, false) => "the weakest evidence first",
        (SortKey::CreatedAt, true) => "the newest first",
        (SortKey::CreatedAt, false) => "the oldest first",
        (SortKey::UpdatedAt, true) => "the latest change first",
        (SortKey::UpdatedAt, false) => "the longest unchanged first",
        (SortKey::Stage, true) => "the furthest stage first",
        (SortKey::Stage, false) => "from idea to shipped",
    }
}

#[component]
fn FirstIdea(frame: Frame) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let import = frame.may(Permission::Import).then(|| view! { " "<a class="button" href=frame.to("import")>"Import a backlog"</a> });
    view! {
        <Empty title="No hypothesis yet" text="Write down what you believe would help your visitors, and why. A title alone is enough to begin.">
            {may.then(|| view! { <a class="button primary" href=frame.to("hypotheses/new")><Icon name="i-plus" />"New hypothesis"</a> })}
            {import}
        </Empty>
    }
}

#[component]
fn Table(frame: Frame, backlog: Backlog) -> impl IntoView {
    if backlog.page.items.is_empty() {
        return view! { <NothingFits frame backlog /> }.into_any();
    }
    let one = backlog.model().cloned();
    let Backlog { query, page, catalogue, mut outdated, strip, shapes, .. } = backlog;
    let from = strip.carried();
    let columns = format!("score {}", one.as_ref().map_or("four", score_class));
    let apart = one.as_ref().is_some_and(|shape| shape.criteria.iter().all(|one| one.scale == Scale::Points));
    let apart = if apart { " means scorers are 3 or more points apart. " } else { " means scorers are far apart. " };
    let next = page.next.as_ref().map(|cursor| {
        let here = address(&frame, &query, from);
        let joint = if here.contains('?') { '&' } else { '?' };
        view! { " "<a rel="next" href=format!("{here}{joint}cursor={}", encode(cursor))>"Show the next"</a> }
    });
    let csv = csv_address(&frame, &query);
    let caption = format!("Hypotheses, {}", order_words(query.sort));
    let rows = page
        .items
        .into_iter()
        .map(|hypothesis| {
            let outdated = outdated.remove(&hypothesis.number);
            let shape = shapes.in_force(hypothesis.site.as_deref()).clone();
            let named = one.is_none();
            view! { <Row frame=frame.clone() hypothesis outdated catalogue=catalogue.clone() shape named /> }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table backlog hovers">
                <caption class="visually-hidden">{caption}</caption>
                <colgroup>
                    <col class="rank" /><col /><col class=columns.trim().to_owned() /><col class="evidence" /><col class="area" /><col class="stage-col" /><col class="owner" /><col class="age" />
                </colgroup>
                <Heads frame query from shape=one.clone() />
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="more">
            "Bars show the middle score of the team. A bracket "
            <svg class="key" aria-hidden="true">
                <line x1="1" x2="21" y1="4" y2="4"></line><line x1="1" x2="1" y1="1" y2="7"></line><line x1="21" x2="21" y1="1" y2="7"></line>
            </svg>
            {apart}<a href=csv download>"Save as CSV"</a>{next}
        </p>
    }
    .into_any()
}

/// The whole list of this view as a file. An empty stage means all stages there, so the open ones are named.
fn csv_address(frame: &Frame, query: &BacklogQuery) -> String {
    let pairs: Vec<String> = query.pairs().iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{}?{}", frame.to("hypotheses.csv"), pairs.join("&"))
}

#[component]
fn Heads(frame: Frame, query: BacklogQuery, from: Option<i64>, shape: Option<Shape>) -> impl IntoView {
    let sort = query.sort;
    let state = move |key: SortKey| (sort.key == key).then_some(if sort.descending { "descending" } else { "ascending" });
    let model = shape.as_ref().map_or("Score".to_owned(), |shape| shape.name.clone());
    let link = |key: SortKey, text: String| {
        let descending = if sort.key == key { !sort.descending } else { key != SortKey::Stage };
        let href = sorted(&frame, &query, Sort { key, descending }, from);
        let arrow = (sort.key == key).then(|| view! { <Icon name=if sort.descending { "i-arrow-down" } else { "i-arrow-up" } /> });
        let said = format!("Sort by {}", sort_name(key, shape.as_ref()).to_lowercase());
        view! { <a href=href title=said>{text}{arrow}</a> }
    };
    view! {
        <thead>
            <tr>
                <th scope="col" class="rank"><abbr title="Rank in this list">"#"</abbr></th>
                <th scope="col">"Hypothesis"</th>
                <th scope="col" class="score" aria-sort=state(SortKey::Score)>
                    {score_head(shape.clone(), link(SortKey::Score, model))}
                </th>
                <th scope="col" class="evidence" aria-sort=state(SortKey::Evidence)>{link(SortKey::Evidence, "Evidence".to_owned())}</th>
                <th scope="col" class="area">"Area"</th>
                <th scope="col" class="stage-cell" aria-sort=state(SortKey::Stage)>{link(SortKey::Stage, "Stage".to_owned())}</th>
                <th scope="col" class="owner">"Owner"</th>
                <th scope="col" class="age" aria-sort=state(SortKey::CreatedAt)>{link(SortKey::CreatedAt, "Age".to_owned())}</th>
            </tr>
        </thead>
    }
}

#[component]
fn Row(frame: Frame, hypothesis: Hypothesis, outdated: Option<Outdated>, catalogue: Catalogue, shape: Shape, named: bool) -> impl IntoView {
    let href = frame.to(&format!("hypotheses/{}", hypothesis.number));
    let because = hypothesis.statement.because.as_ref().map(|because| format!("Because {because}"));
    let area = hypothesis.area.as_deref().map(|area| catalogue.area_name(area).to_owned());
    let audience = hypothesis.audience.as_deref().map(|audience| catalogue.audience_name(audience).to_owned());
    let owner = hypothesis.owner_name.map(|name| view! { <Avatar name /> });
    let score = frame.may(Permission::Contribute).then(|| {
        let said = format!("Score {}", hypothesis.number);
        view! { <a class="visually-hidden" tabindex="-1" data-key="s" href=format!("{href}/score")>{said}</a> }
    });
    view! {
        <tr>
            <td class="rank">{hypothesis.rank}</td>
            <th scope="row" class="name">
                <span class="number">{hypothesis.number}</span>" "<a href=href data-row="">{hypothesis.title}</a>
                {outdated.map(|why| view! { " "<span class="tag warn" title=why.words()>"Re-check"<span class="visually-hidden">{format!(": {}", why.words())}</span></span> })}
                {because.map(|text| view! { <span class="snippet">{text}</span> })}
            </th>
            <td class="score"><ScoreCell score=hypothesis.score shape named />{score}</td>
            <td class="evidence"><Meter evidence=hypothesis.evidence.clone() /><Kinds kinds=hypothesis.evidence.kinds /></td>
            <td class="area">
                <span>{area}</span>
                <span class="where"><DeviceIcons devices=hypothesis.devices />" "{audience.map(|name| view! { <span class="audience">{name}</span> })}</span>
            </td>
            <td class="stage-cell"><StageDots stage=hypothesis.stage /><ReadyFigure readiness=hypothesis.readiness /></td>
            <td class="owner">{owner}</td>
            <td class="age">{age(hypothesis.created_at, frame.now)}</td>
        </tr>
    }
}
