//! The list of tests: states as views, filters as chips, effects on one scale.

use super::server_fns::{TestList, read_tests};
use super::tags::StateTag;
use crate::charts::ThinProgress;
use crate::frame::{Frame, Place, encode, query_pairs, titled, workspace_page, workspace_param};
use crate::hypotheses::DeviceIcons;
use crate::transfer::ImportedLine;
use crate::ui::{Choice, Empty, Facet, Facets, Icon, NoMatch, date, plural};
use crate::views::{self, ViewStrip};
use chrono::NaiveDate;
use domain::access::Permission;
use domain::experiments::{Outcome, SortKey, State, Test, TestKind, TestQuery};
use domain::page::Sort;
use domain::sites::Catalogue;
use domain::views::List;
use leptos::prelude::*;

/// The page.
#[component]
pub fn TestsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_tests(workspace.clone(), query_pairs());
    workspace_page(Place::Tests, workspace, read, |frame, list: TestList| {
        let may = frame.may(Permission::RunTests);
        let plan = may.then(|| view! { <a class="button" href=frame.to("tests/new")><Icon name="i-plus" />"Plan a test"</a> });
        let body = if list.counts.values().chain(list.imported.values()).all(|count| *count == 0) {
            view! { <FirstTest frame=frame.clone() /> }.into_any()
        } else {
            view! {
                <ViewStrip frame=frame.clone() strip=list.strip.clone() />
                <Filters frame=frame.clone() list=list.clone() />
                <Table frame=frame.clone() list=list.clone() />
            }
            .into_any()
        };
        view! {
            {titled("Tests")}
            <main id="content" class="page list-page">
                <header class="page-head"><div><h1>"Tests"</h1><p>{summary(&list)}</p></div><div class="actions">{plan}</div></header>
                {list.import.clone().map(|import| view! { <ImportedLine frame=frame.clone() import /> })}
                {body}
            </main>
        }
    })
}

fn summary(list: &TestList) -> String {
    if list.counts.values().chain(list.imported.values()).all(|count| *count == 0) {
        return "What is planned, running and decided.".to_owned();
    }
    let count = |state: State| list.counts.get(&state).copied().unwrap_or(0);
    let own = format!("{} running, {} ready to decide, {} planned.", count(State::Running), count(State::Stopped), count(State::Planned));
    match list.imported.get(&State::Stopped) {
        Some(waiting) if *waiting > 0 => format!("{own} {} imported, with no learning yet.", plural(*waiting, "test is", "tests are")),
        _ => own,
    }
}

#[component]
fn FirstTest(frame: Frame) -> impl IntoView {
    let may = frame.may(Permission::RunTests);
    view! {
        <Empty title="No test yet" text="Plan one from a hypothesis: what is compared, by which metric, and what must not be harmed.">
            {may.then(|| view! { <a class="button primary" href=frame.to("tests/new")><Icon name="i-plus" />"Plan a test"</a> })}
        </Empty>
    }
}

/// The address of a view of the list; `from` is the saved view that the reader came from.
fn address(frame: &Frame, query: &TestQuery, from: Option<i64>) -> String {
    views::address(frame, List::Tests, &query.pairs(), from)
}

fn facets(frame: &Frame, list: &TestList) -> Vec<Facet> {
    let TestList { query, catalogue, .. } = list;
    let rest = TestQuery { cursor: None, ..query.clone() };
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect();
    let outcomes = Outcome::RECORDED.map(|outcome| Choice::new(outcome.slug(), outcome.name())).to_vec();
    let kinds = TestKind::ALL.map(|kind| Choice::new(kind.slug(), kind.name())).to_vec();
    let slugs = |words: Vec<&'static str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let facet = |name, label, choices, chosen, without: TestQuery| Facet {
        name,
        label,
        choices,
        chosen,
        without: address(frame, &without, list.strip.carried()),
    };
    vec![
        facet("site", "Site", sites, query.site.clone(), TestQuery { site: Vec::new(), ..rest.clone() }),
        facet("area", "Area", areas, query.area.clone(), TestQuery { area: Vec::new(), ..rest.clone() }),
        facet(
            "outcome",
            "Outcome",
            outcomes,
            slugs(query.outcome.iter().map(|one| one.slug()).collect()),
            TestQuery { outcome: Vec::new(), ..rest.clone() },
        ),
        facet("kind", "Kind", kinds, slugs(query.kind.iter().map(|one| one.slug()).collect()), TestQuery { kind: Vec::new(), ..rest }),
    ]
}

/// Orders that the page offers.
const SORTS: [(&str, Sort<SortKey>); 2] =
    [("Newest", Sort { key: SortKey::CreatedAt, descending: true }), ("Latest start", Sort { key: SortKey::StartedOn, descending: true })];

#[component]
fn Filters(frame: Frame, list: TestList) -> impl IntoView {
    let facets = facets(&frame, &list);
    let TestList { query, strip, .. } = list;
    let from = strip.carried();
    let kept_view = from.map(|id| view! { <input type="hidden" name="view" value=id.to_string() /> });
    let rest = TestQuery { cursor: None, ..query.clone() };
    let states = query.state.iter().map(|state| view! { <input type="hidden" name="state" value=state.slug() /> }).collect_view();
    let imported = query.imported.map(|imported| view! { <input type="hidden" name="imported" value=imported.to_string() /> });
    let words = query.q.clone().unwrap_or_default();
    let searched = query.q.is_some().then(|| {
        let href = address(&frame, &TestQuery { q: None, ..rest.clone() }, from);
        view! { <a class="button quiet small" href=href>"Clear"</a> }
    });
    let sorted = SORTS.into_iter().find(|(_, sort)| *sort == query.sort).map_or("Newest", |(name, _)| name);
    let sorts = SORTS
        .into_iter()
        .map(|(name, sort)| {
            let current = (query.sort == sort).then_some("true");
            let href = address(&frame, &TestQuery { sort, ..rest.clone() }, from);
            view! { <li><a href=href aria-current=current>{name}</a></li> }
        })
        .collect_view();
    let kept_sort = (query.sort != Sort::default()).then(|| view! { <input type="hidden" name="sort" value=query.sort.slug() /> });
    let hypotheses =
        query.hypothesis.iter().map(|number| view! { <input type="hidden" name="hypothesis" value=number.clone() /> }).collect_view();
    view! {
        <form class="filters" method="get" action=frame.to("tests") aria-label="Filters">
            {kept_view}{states}{imported}{hypotheses}{kept_sort}
            <div class="chips scroll">
                <Facets facets />
                <label class="words"><Icon name="i-search" /><input type="search" data-suggest="test" placeholder="Find in this list" name="q" value=words aria-label="Words in title or plan" /></label>
                {searched}
                <details class="menu plain-menu spring">
                    <summary>{format!("Sort: {sorted}")}<Icon name="i-chevron-down" /></summary>
                    <div class="popover from-end"><ul>{sorts}</ul></div>
                </details>
            </div>
        </form>
    }
}

#[component]
fn Table(frame: Frame, list: TestList) -> impl IntoView {
    let from = list.strip.carried();
    if list.page.items.is_empty() {
        let rest = TestQuery { q: None, cursor: None, ..list.query.clone() };
        let words = list.query.q.clone().map(|words| (words, address(&frame, &rest, from)));
        let facets = facets(&frame, &list);
        return view! { <NoMatch text="No test fits these filters." facets words all=frame.to("tests") /> }.into_any();
    }
    let TestList { query, page, catalogue, .. } = list;
    let next = page.next.as_ref().map(|cursor| {
        let here = address(&frame, &query, from);
        let joint = if here.contains('?') { '&' } else { '?' };
        view! { <p class="more"><a rel="next" href=format!("{here}{joint}cursor={}", encode(cursor))>"Show the next"</a></p> }
    });
    let rows = page.items.into_iter().map(|test| view! { <Row frame=frame.clone() test catalogue=catalogue.clone() /> }).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table stacks hovers test-table">
                <caption class="visually-hidden">"Tests"</caption>
                <thead><tr><th scope="col">"Test"</th><th scope="col">"Area"</th><th scope="col">"State"</th><th scope="col">"Time"</th><th scope="col">"Primary metric"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {next}
    }
    .into_any()
}

#[component]
fn Row(frame: Frame, test: Test, catalogue: Catalogue) -> impl IntoView {
    let href = frame.to(&format!("tests/{}", test.number));
    let area = test.area.as_deref().map(|area| catalogue.area_name(area).to_owned());
    let metric = test.plan.primary_metric.as_deref().map(|slug| catalogue.metric_name(test.site.as_deref(), slug).to_owned());
    let sub = if let Some(origin) = &test.origin {
        format!("from {}", origin.file_name)
    } else if test.hypotheses.is_empty() {
        String::new()
    } else {
        format!("tests {}", test.hypotheses.join(", "))
    };
    view! {
        <tr>
            <th scope="row" class="name"><span class="number">{test.number.clone()}</span>" "<a href=href data-row="">{test.title.clone()}</a><span class="sub">{sub}</span></th>
            <td data-label="Area"><span>{area}</span>" "<span class="where"><DeviceIcons devices=test.plan.devices.clone() /></span></td>
            <td class="stands" data-label="State"><StateTag test=test.clone() /></td>
            <td class="run" data-label="Time"><Time frame test=test.clone() /></td>
            <td data-label="Primary metric">{metric.unwrap_or_else(|| test.kind.name().to_owned())}</td>
        </tr>
    }
}

/// How far a running test has come, and "Day 9 of 21".
pub fn day_of_run(test: &Test, today: NaiveDate) -> Option<(f64, String)> {
    let started = test.started_on.filter(|_| test.state == State::Running)?;
    let planned = test.schedule.planned_days();
    let day = today.signed_duration_since(started).num_days().max(0) + 1;
    let share = if planned > 0 { day as f64 / f64::from(planned) } else { 0.0 };
    Some((share, format!("Day {day} of {planned}")))
}

#[component]
fn Time(frame: Frame, test: Test) -> impl IntoView {
    if let Some((share, words)) = day_of_run(&test, frame.now.date_naive()) {
        return view! { <ThinProgress share label=words.clone() /><p>{words}</p> }.into_any();
    }
    match (test.state, test.started_on, test.stopped_on) {
        _ if test.imported => view! { <p class="muted">"not known"</p> }.into_any(),
        (_, Some(started), Some(stopped)) => view! { <p>{format!("{} to {}", date(started), date(stopped))}</p> }.into_any(),
        _ => view! { <p>{format!("{} planned", plural(test.schedule.weeks.into(), "week", "weeks"))}</p> }.into_any(),
    }
}
