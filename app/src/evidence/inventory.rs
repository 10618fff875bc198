//! The inventory: how much there is by area and by kind, how fresh it is, and what is not used yet. Each number leads to
//! its list.

use super::cells::class_icon;
use super::filters::address;
use super::server_fns::{EvidenceInventory, read_evidence_inventory};
use crate::frame::{Frame, Place, titled, workspace_page, workspace_param};
use crate::transfer::ImportLink;
use crate::ui::{Empty, Icon, number};
use domain::access::Permission;
use domain::evidence::{Class, EvidenceQuery, FreshnessWord, Inventory, Kind, Tally};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The page.
#[component]
pub fn EvidenceInventoryPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_evidence_inventory(workspace.clone());
    workspace_page(Place::Evidence, workspace, read, |frame, page: EvidenceInventory| {
        let EvidenceInventory { inventory, catalogue } = page;
        let all = inventory.all();
        let body = if all.items() == 0 {
            view! { <Empty title="No evidence yet" text="Once findings are logged, this page says where there are many and where there are none." /> }.into_any()
        } else {
            view! {
                <ByArea frame=frame.clone() inventory=inventory.clone() catalogue />
                <ByKind frame=frame.clone() inventory />
            }
            .into_any()
        };
        let import = frame.may(Permission::Import).then(|| view! { <ImportLink frame=frame.clone() /> });
        view! {
            {titled("Evidence inventory")}
            <main id="content" class="page list-page">
                <header class="page-head">
                    <div><h1>"Evidence inventory"</h1><p>{summary(&all)}</p></div>
                    <div class="actions">{import}<a class="button" href=frame.to("evidence")>"The list"</a></div>
                </header>
                {body}
            </main>
        }
    })
}

/// "152 items: 60 fresh, 50 ageing, 42 stale. 120 are used, 32 not yet."
fn summary(all: &Tally) -> String {
    let [fresh, ageing, stale, items, used, unused] = [all.fresh, all.ageing, all.stale, all.items(), all.used(), all.unused].map(said);
    format!("{items} in all: {fresh} fresh, {ageing} ageing, {stale} stale. {used} are used by a hypothesis, {unused} not yet.")
}

fn said(count: u64) -> String {
    number(i64::try_from(count).unwrap_or(i64::MAX))
}

#[component]
fn ByArea(frame: Frame, inventory: Inventory, catalogue: Catalogue) -> impl IntoView {
    let known = inventory.areas.iter().filter_map(|(area, _)| area.as_deref());
    let known: Vec<&str> = known.collect();
    let bare: Vec<String> =
        catalogue.areas().into_iter().filter(|area| !known.contains(&area.slug.as_str())).map(|area| area.name.clone()).collect();
    let bare = (!bare.is_empty()).then(|| view! { <p class="muted">{format!("No evidence yet: {}.", bare.join(", "))}</p> });
    let rows = inventory
        .areas
        .into_iter()
        .map(|(area, tally)| match area {
            Some(slug) => {
                let name = catalogue.area_name(&slug).to_owned();
                let query = EvidenceQuery { area: vec![slug], ..EvidenceQuery::default() };
                view! { <Row frame=frame.clone() name tally query=Some(query) /> }
            }
            None => view! { <Row frame=frame.clone() name="Names no area".to_owned() tally query=None /> },
        })
        .collect_view();
    view! {
        <section aria-labelledby="areas-title">
            <header class="section-head"><h2 id="areas-title">"By area"</h2><p>"What names two areas is counted under both"</p></header>
            <Counts caption="Evidence by area" head="Area">{rows}</Counts>
            {bare}
        </section>
    }
}

#[component]
fn ByKind(frame: Frame, inventory: Inventory) -> impl IntoView {
    let rows = Class::ALL
        .into_iter()
        .rev()
        .map(|class| {
            let query = EvidenceQuery { class: vec![class], ..EvidenceQuery::default() };
            let kinds = inventory.kinds.iter().filter(|(kind, _)| kind.class() == class).copied();
            let kinds = kinds.map(|(kind, tally)| view! { <KindRow frame=frame.clone() kind tally /> }).collect_view();
            let tally = inventory.class(class);
            view! { <Row frame=frame.clone() name=class.name().to_owned() icon=class_icon(class) tally query=Some(query) />{kinds} }
        })
        .collect_view();
    view! {
        <section aria-labelledby="kinds-title">
            <header class="section-head"><h2 id="kinds-title">"By class and kind"</h2></header>
            <Counts caption="Evidence by class and kind" head="Class and kind">{rows}</Counts>
        </section>
    }
}

#[component]
fn KindRow(frame: Frame, kind: Kind, tally: Tally) -> impl IntoView {
    let query = EvidenceQuery { kind: vec![kind], ..EvidenceQuery::default() };
    view! { <Row frame name=format!("– {}", kind.name()) tally query=Some(query) /> }
}

#[component]
fn Counts(#[prop(into)] caption: String, #[prop(into)] head: String, children: Children) -> impl IntoView {
    view! {
        <div class="table-wrap">
            <table class="table compact stacks hovers">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{head}</th><th scope="col" class="end">"Items"</th><th scope="col" class="end">"Fresh"</th>
                        <th scope="col" class="end">"Ageing"</th><th scope="col" class="end">"Stale"</th>
                        <th scope="col" class="end">"Used"</th><th scope="col" class="end">"Not used yet"</th>
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// A row whose numbers lead to their lists; without a query there is no such list.
#[component]
fn Row(
    frame: Frame,
    name: String,
    #[prop(optional)] icon: Option<&'static str>,
    tally: Tally,
    query: Option<EvidenceQuery>,
) -> impl IntoView {
    let link = |change: fn(&mut EvidenceQuery)| {
        query.clone().map(|mut query| {
            change(&mut query);
            address(&frame, &query, None)
        })
    };
    let words = FreshnessWord::ALL.map(|word| (word.name(), tally.of(word)));
    let links: [fn(&mut EvidenceQuery); 3] = [
        |query| query.freshness = vec![FreshnessWord::Fresh],
        |query| query.freshness = vec![FreshnessWord::Ageing],
        |query| query.freshness = vec![FreshnessWord::Stale],
    ];
    let words =
        words.into_iter().zip(links).map(|((label, count), change)| view! { <Count label count href=link(change) /> }).collect_view();
    let icon = icon.map(|name| view! { <Icon name />" " });
    view! {
        <tr>
            <th scope="row">{icon}{name}</th>
            <Count label="Items" count=tally.items() href=link(|_| {}) />
            {words}
            <Count label="Used" count=tally.used() href=link(|query| query.used = true) />
            <Count label="Not used yet" count=tally.unused href=link(|query| query.unused = true) />
        </tr>
    }
}

#[component]
fn Count(label: &'static str, count: u64, href: Option<String>) -> impl IntoView {
    let shown = said(count);
    match href.filter(|_| count > 0) {
        Some(href) => view! { <td class="end" data-label=label><a href=href>{shown}</a></td> }.into_any(),
        None => view! { <td class="end muted" data-label=label>{shown}</td> }.into_any(),
    }
}
