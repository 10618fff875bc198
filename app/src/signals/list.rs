//! The page of the inventory: where people leave, what they do just before, and below it the latest of all else.

use super::notes::HowToRead;
use super::row::{Row, Scales};
use super::server_fns::{SignalList, read_signals};
use super::words::{percent, period};
use crate::charts::reach;
use crate::evidence::{EvidenceTable, Views};
use crate::frame::{Frame, Place, encode, query_pairs, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Empty, Facet, Facets, Icon, NoMatch, date, number, plural};
use domain::access::Permission;
use domain::page::Sort;
use domain::signals::{Behaviour, Devices, Period, Signal, SignalQuery, SortKey};
use leptos::prelude::*;

/// Where people leave.
#[component]
pub fn SignalsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_signals(workspace.clone(), query_pairs());
    workspace_page(Place::Evidence, workspace, read, |frame, list: SignalList| {
        let may = frame.may(Permission::Contribute);
        let actions = may.then(|| {
            view! {
                <div class="actions">
                    <a class="button" href=frame.to("signals/import")>"Import rows"</a>
                    <a class="button" href=frame.to("signals/new")><Icon name="i-plus" />"Add a row"</a>
                </div>
            }
        });
        let nothing = list.evidence.signals == 0 && list.page.items.is_empty() && list.query.is_whole();
        let body = if nothing {
            view! { <FirstRow frame=frame.clone() may /> }.into_any()
        } else {
            view! { <Filters frame=frame.clone() list=list.clone() /><Inventory frame=frame.clone() list=list.clone() /> }.into_any()
        };
        let added = list.added.map(|count| view! { <div class="callout good" role="status"><p><b>{format!("{} added.", plural(count, "row", "rows"))}</b></p></div> });
        view! {
            {titled("Signals")}
            <main id="content" class="page list-page signals-page">
                <header class="page-head"><div><h1>"Evidence"</h1><p>{summary(&list)}</p></div>{actions}</header>
                {added}
                <Views frame=frame.clone() list=list.evidence.clone() at_signals=true />
                {body}
                <Latest frame list />
            </main>
        }
    })
}

/// The page in one sentence: the page that stands out with the most exits, else the one with the most.
fn summary(list: &SignalList) -> String {
    let rows = &list.page.items;
    let most = |rows: &[&Signal]| rows.iter().max_by_key(|row| row.exits_per_week).map(|row| (*row).clone());
    let out: Vec<&Signal> = rows.iter().filter(|row| row.reading.stands_out).collect();
    let found = most(&out).map(|row| (row, true)).or_else(|| most(&rows.iter().collect::<Vec<_>>()).map(|row| (row, false)));
    let Some((row, stands_out)) = found else { return "Where people leave, and what they do just before.".to_owned() };
    let exits = number(row.exits_per_week);
    let more = if stands_out { "more often than is average for its site" } else { "the most of all pages shown" };
    format!("{} is left {exits} times a week, {more}.", row.page)
}

/// The address of this view.
fn address(frame: &Frame, query: &SignalQuery) -> String {
    let joined: Vec<String> = query.pairs().iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let mark = if joined.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", frame.to("signals"), joined.join("&"))
}

#[component]
fn FirstRow(frame: Frame, may: bool) -> impl IntoView {
    view! {
        <Empty title="No signals yet" text="The inventory shows the pages that people leave most, and whether they hesitated, looped or turned away just before. Paste the exit pages of your analytics; each becomes evidence with one click.">
            {may.then(|| view! { <a class="button primary" href=frame.to("signals/import")><Icon name="i-upload" />"Paste or upload rows"</a> })}
        </Empty>
    }
}

fn facets(frame: &Frame, list: &SignalList) -> Vec<Facet> {
    let query = &list.query;
    let sites = list.evidence.catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let devices = Devices::ALL.map(|devices| Choice::new(devices.slug(), devices.name())).to_vec();
    let without = |take: fn(&mut SignalQuery)| {
        let mut rest = SignalQuery { cursor: None, ..query.clone() };
        take(&mut rest);
        address(frame, &rest)
    };
    let chosen_devices = query.device.iter().map(|devices| devices.slug().to_owned()).collect();
    vec![
        Facet { name: "site", label: "Site", choices: sites, chosen: query.site.clone(), without: without(|query| query.site.clear()) },
        Facet { name: "device", label: "Device", choices: devices, chosen: chosen_devices, without: without(|query| query.device.clear()) },
    ]
}

/// What the present period is called.
fn period_name(period: Period) -> String {
    match period {
        Period::Latest => "Newest of each page".to_owned(),
        Period::All => "All periods".to_owned(),
        Period::Ending(day) => format!("Period to {}", date(day)),
    }
}

/// The chips, the period and the order.
#[component]
fn Filters(frame: Frame, list: SignalList) -> impl IntoView {
    let query = list.query.clone();
    let link = |name: String, wanted: SignalQuery, current: bool| {
        let current = current.then_some("true");
        view! { <li><a href=address(&frame, &wanted) aria-current=current>{name}</a></li> }
    };
    let ends = list.periods.iter().map(|day| Period::Ending(*day));
    let periods = [Period::Latest].into_iter().chain(ends).chain([Period::All]);
    let periods: Vec<_> = periods
        .map(|period| link(period_name(period), SignalQuery { period, cursor: None, ..query.clone() }, query.period == period))
        .collect();
    let sorts = [("Most exits a week", SortKey::ExitsPerWeek), ("Highest exit rate", SortKey::ExitRate)];
    let sort_name = sorts.iter().find(|(_, key)| *key == query.sort.key).map_or("", |(name, _)| name);
    let sorts: Vec<_> = sorts
        .into_iter()
        .map(|(name, key)| {
            let sort = Sort { key, descending: true };
            link(name.to_owned(), SignalQuery { sort, cursor: None, ..query.clone() }, query.sort == sort)
        })
        .collect();
    let kept: Vec<_> = query.pairs().into_iter().filter(|(name, _)| matches!(*name, "period" | "sort")).collect();
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    let facets = facets(&frame, &list);
    view! {
        <form class="filters" method="get" action=frame.to("signals") aria-label="Filters">
            {kept}
            <div class="chips scroll">
                <Facets facets />
                <details class="menu plain-menu spring">
                    <summary>{period_name(query.period)}<Icon name="i-chevron-down" /></summary>
                    <div class="popover from-end"><ul>{periods}</ul></div>
                </details>
                <details class="menu plain-menu">
                    <summary>{format!("Sort: {sort_name}")}<Icon name="i-chevron-down" /></summary>
                    <div class="popover from-end"><ul>{sorts}</ul></div>
                </details>
            </div>
        </form>
    }
}

#[component]
fn Inventory(frame: Frame, list: SignalList) -> impl IntoView {
    let rows = list.page.items.clone();
    if rows.is_empty() {
        let facets = facets(&frame, &list);
        return view! { <NoMatch text="No row of the inventory fits these filters." facets=facets words=None all=frame.to("signals") /> }
            .into_any();
    }
    let highs = rows.iter().filter_map(|row| row.reading.exit_rate).map(|rate| rate.high);
    let exits = reach(highs.chain(rows.iter().filter_map(|row| row.reading.usual.high)));
    let shares = rows.iter().flat_map(|row| &row.reading.behaviours).flat_map(|one| [one.rate.map(|rate| rate.share), one.average]);
    let money = rows.iter().all(|row| !row.reading.could_be_worth.hidden);
    let first = rows.first().map(|row| (row.from, row.to));
    let dated = rows.iter().any(|row| Some((row.from, row.to)) != first);
    let scales = Scales { exits, behaviours: reach(shares.flatten()), dated, money };
    let days = first.filter(|_| !dated).map(|(from, to)| format!("{}; ", period(from, to))).unwrap_or_default();
    let note = format!("{days}share of exits with the behaviour in the last 30 seconds, bars to {}", percent(scales.behaviours));
    let rate_head = format!("Exit rate, 0 to {}", percent(scales.exits));
    let next = list.page.next.as_ref().map(|cursor| {
        let here = address(&frame, &list.query);
        let joint = if here.contains('?') { '&' } else { '?' };
        view! { <p class="more"><a rel="next" href=format!("{here}{joint}cursor={}", encode(cursor))>"Show the next"</a></p> }
    });
    let body = rows
        .iter()
        .map(|row| {
            let users = row.evidence.as_ref().and_then(|number| list.users.get(number)).cloned().unwrap_or_default();
            view! { <Row frame=frame.clone() row=row.clone() users scales /> }
        })
        .collect_view();
    let sort = |key: SortKey| (list.query.sort.key == key).then_some(if list.query.sort.descending { "descending" } else { "ascending" });
    view! {
        <section class="inventory" aria-labelledby="inventory-title">
            <header class="section-head">
                <h2 id="inventory-title">"Where people leave, and what they do just before"</h2>
                <p>{note}</p>
                <Legend />
            </header>
            <div class="table-wrap">
                <table class="table stacks hovers signals-table">
                    <caption class="visually-hidden">"Pages with their exits, the behaviour before the exit, and the hypotheses that rest on it"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Page"</th>
                            <th scope="col" class="end" aria-sort=sort(SortKey::ExitsPerWeek)>"Exits a week"</th>
                            <th scope="col" class="rate-head" colspan="2" aria-sort=sort(SortKey::ExitRate)>{rate_head}</th>
                            {Behaviour::ALL.map(|behaviour| view! { <th scope="col"><Icon name=behaviour_icon(behaviour) />" "{behaviour.name()}</th> }).collect_view()}
                            {money.then(|| view! { <th scope="col" class="end">"Could be worth a year"</th> })}
                            <th scope="col">"Evidence"</th>
                            <th scope="col">"Hypotheses"</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            {next}
            <HowToRead frame rows scales />
        </section>
    }
    .into_any()
}

fn behaviour_icon(behaviour: Behaviour) -> &'static str {
    match behaviour {
        Behaviour::Hesitation => "i-pause",
        Behaviour::ScrollLoop => "i-up-down",
        Behaviour::ExitIntent => "i-log-out",
    }
}

/// The marks of the drawings with their words.
#[component]
fn Legend() -> impl IntoView {
    view! {
        <ul class="signal-key">
            <li><svg class="key-mark" aria-hidden="true"><line class="average" x1="50%" x2="50%" y1="1" y2="13"></line></svg>"site average"</li>
            <li><svg class="key-mark wide" aria-hidden="true"><rect class="usual" width="100%" height="10" y="2" rx="2"></rect></svg>"usual range"</li>
            <li class="out"><svg class="key-mark" aria-hidden="true"><rect class="fill" width="8" height="8" x="2" y="3"></rect></svg>"stands out"</li>
        </ul>
    }
}

/// The newest of what is no signal.
#[component]
fn Latest(frame: Frame, list: SignalList) -> impl IntoView {
    if list.evidence.page.items.is_empty() {
        return ().into_any();
    }
    let all = list.evidence.counts.values().sum::<u64>();
    let href = frame.to("evidence");
    view! {
        <section class="section" aria-labelledby="latest-title">
            <header class="section-head">
                <h2 id="latest-title">"Latest research and voice"</h2>
                <a href=href>{format!("All {}", number(i64::try_from(all).unwrap_or(i64::MAX)))}</a>
            </header>
            <EvidenceTable frame list=list.evidence />
        </section>
    }
    .into_any()
}
