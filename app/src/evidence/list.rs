//! The list of evidence.

use super::cells::{Fresh, class_icon, origin};
use super::filters::{Filters, NothingFits, Views, address, sort_name};
use super::server_fns::{EvidenceList, read_evidence_list};
use crate::frame::{Frame, Place, encode, query_pairs, titled, workspace_page, workspace_param};
use crate::hypotheses::DeviceIcons;
use crate::transfer::{ImportLink, ImportedLine};
use crate::ui::{Empty, Icon, number, plural};
use domain::access::Permission;
use domain::evidence::{Evidence, EvidenceQuery};
use domain::sites::Catalogue;
use domain::views::Count;
use leptos::prelude::*;

/// What was seen, heard and measured.
#[component]
pub fn EvidencePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_evidence_list(workspace.clone(), query_pairs());
    workspace_page(Place::Evidence, workspace, read, |frame, list: EvidenceList| {
        let body = if list.counts.values().all(|count| *count == 0) {
            view! { <FirstFinding frame=frame.clone() /> }.into_any()
        } else {
            view! {
                <Views frame=frame.clone() list=list.clone() />
                <Filters frame=frame.clone() list=list.clone() />
                <Table frame=frame.clone() list=list.clone() />
            }
            .into_any()
        };
        let add = frame
            .may(Permission::Contribute)
            .then(|| view! { <a class="button" href=frame.to("evidence/new")><Icon name="i-plus" />"Add evidence"</a> });
        let import = frame.may(Permission::Import).then(|| view! { <ImportLink frame=frame.clone() /> });
        let inventory = view! { <a class="button" href=frame.to("evidence/inventory")>"Inventory"</a> };
        view! {
            {titled("Evidence")}
            <main id="content" class="page list-page">
                <header class="page-head"><div><h1>"Evidence"</h1><p>{summary(&list)}</p></div><div class="actions">{inventory}{import}{add}</div></header>
                {list.imported.clone().map(|import| view! { <ImportedLine frame=frame.clone() import /> })}
                {body}
            </main>
        }
    })
}

/// The page in one sentence.
fn summary(list: &EvidenceList) -> String {
    let stale = match list.strip.count_of("freshness=stale") {
        None | Some(Count { count: 0, .. }) => String::new(),
        Some(Count { count, is_minimum }) => {
            let more = if is_minimum { "more than " } else { "" };
            format!(", {more}{} of them stale", number(i64::try_from(count).unwrap_or(i64::MAX)))
        }
    };
    let all = plural(list.counts.values().sum(), "item", "items");
    let narrowed = EvidenceQuery { cursor: None, limit: None, sort: list.query.sort, ..EvidenceQuery::default() };
    let shown = (narrowed != EvidenceQuery { cursor: None, limit: None, ..list.query.clone() }).then(|| {
        let more = if list.page.total_is_minimum { "More than " } else { "" };
        format!(" {more}{} shown.", number(i64::try_from(list.page.total).unwrap_or(i64::MAX)))
    });
    if list.counts.values().all(|count| *count == 0) {
        return "What we have seen, heard and measured.".to_owned();
    }
    format!("What we have seen, heard and measured. {all}{stale}.{}", shown.unwrap_or_default())
}

#[component]
fn FirstFinding(frame: Frame) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let import = frame.may(Permission::Import).then(|| view! { <ImportLink frame=frame.clone() /> });
    view! {
        <Empty title="No evidence yet" text="Log what was seen, heard or measured: an exit rate, an answer, a session. A finding in one line is enough, and any hypothesis can rest on it.">
            {may.then(|| view! { <a class="button primary" href=frame.to("evidence/new")><Icon name="i-plus" />"Add evidence"</a> })}
            {import}
            <a class="button quiet" href=frame.to("signals")>"Signals: where people leave"</a>
        </Empty>
    }
}

/// A page of the list as a table.
#[component]
pub fn Table(frame: Frame, list: EvidenceList) -> impl IntoView {
    if list.page.items.is_empty() {
        return view! { <NothingFits frame list /> }.into_any();
    }
    let EvidenceList { query, page, users, catalogue, strip, .. } = list;
    let next = page.next.as_ref().map(|cursor| {
        let here = address(&frame, &query, strip.carried());
        let joint = if here.contains('?') { '&' } else { '?' };
        view! { <p class="more"><a rel="next" href=format!("{here}{joint}cursor={}", encode(cursor))>"Show the next"</a></p> }
    });
    let caption = format!("Evidence, {}", sort_name(query.sort).to_lowercase());
    let rows = page
        .items
        .into_iter()
        .map(|evidence| {
            let users = users.get(&evidence.number).cloned().unwrap_or_default();
            view! { <Row frame=frame.clone() evidence users catalogue=catalogue.clone() /> }
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table stacks hovers evidence-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Finding"</th><th scope="col">"Class"</th><th scope="col">"Source"</th><th scope="col">"Area"</th>
                        <th scope="col">"Freshness"</th><th scope="col">"Used by"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {next}
    }
    .into_any()
}

#[component]
fn Row(frame: Frame, evidence: Evidence, users: Vec<String>, catalogue: Catalogue) -> impl IntoView {
    let href = frame.to(&format!("evidence/{}", evidence.number));
    let areas: Vec<String> = evidence.areas.iter().map(|area| catalogue.area_name(area).to_owned()).collect();
    let observed = evidence.observed();
    let origin = origin(&evidence);
    view! {
        <tr>
            <th scope="row"><span class="number">{evidence.number.clone()}</span>" "<a href=href data-row="">{evidence.title}</a></th>
            <td class="class"><Icon name=class_icon(evidence.class) />" "{evidence.class.name()}</td>
            <td class="source">{origin}</td>
            <td class="area">{areas.join(", ")}" "<span class="where"><DeviceIcons devices=evidence.devices /></span></td>
            <td class="fresh-cell"><Fresh word=evidence.freshness.word observed now=frame.now /></td>
            <td class="uses"><Users frame number=evidence.number uses=evidence.uses users /></td>
        </tr>
    }
}

/// The hypotheses that rest on an item, or the way to write the first.
#[component]
fn Users(frame: Frame, number: String, uses: u32, users: Vec<String>) -> impl IntoView {
    if users.is_empty() {
        let may = frame.may(Permission::Contribute);
        let href = frame.to(&format!("hypotheses/new?evidence={number}"));
        let write = may.then(|| view! { <a class="button small" href=href><Icon name="i-plus" />"Write one"<span class="visually-hidden">{format!(" about {number}")}</span></a> });
        return match write {
            Some(write) => write.into_any(),
            None => view! { <span class="muted">"Not used yet"</span> }.into_any(),
        };
    }
    let more = usize::try_from(uses).unwrap_or(usize::MAX).saturating_sub(users.len());
    let links = users
        .into_iter()
        .enumerate()
        .map(|(at, user)| ((at > 0).then_some(", "), view! { <a href=frame.to(&format!("hypotheses/{user}"))>{user.clone()}</a> }))
        .collect_view();
    view! { {links}{(more > 0).then(|| format!(" and {more} more"))} }.into_any()
}
