//! The view of the list as links: ready-made views, filters and orders.

use super::server_fns::{EvidenceList, Total};
use crate::frame::{Frame, encode};
use crate::ui::{Choice, Facet, Facets, Icon, NoMatch, plural};
use domain::evidence::{Class, EvidenceQuery, FreshnessWord, Kind, SortKey};
use domain::page::Sort;
use domain::sites::Device;
use leptos::prelude::*;

/// The address of this view.
pub fn address(frame: &Frame, query: &EvidenceQuery) -> String {
    let joined: Vec<String> = query.pairs().iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let mark = if joined.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", frame.to("evidence"), joined.join("&"))
}

/// The orders on offer, and what they are called.
const SORTS: [(&str, Sort<SortKey>); 4] = [
    ("Latest observed", Sort { key: SortKey::Observed, descending: true }),
    ("Oldest observed", Sort { key: SortKey::Observed, descending: false }),
    ("Newest", Sort { key: SortKey::CreatedAt, descending: true }),
    ("Last changed", Sort { key: SortKey::UpdatedAt, descending: true }),
];

/// What an order is called on the page.
pub fn sort_name(sort: Sort<SortKey>) -> &'static str {
    let named = SORTS.into_iter().find(|(_, one)| *one == sort).map(|(name, _)| name);
    named.unwrap_or(match sort.key {
        SortKey::CreatedAt => "Oldest",
        _ => "Longest unchanged",
    })
}

/// The most shown of a count: "10,000+".
fn shown(total: Total) -> String {
    format!("{}{}", total.count, if total.is_minimum { "+" } else { "" })
}

/// Ready-made views, each a link with how many it holds; the signal inventory stands before them.
#[component]
pub fn Views(frame: Frame, list: EvidenceList, #[prop(optional)] at_signals: bool) -> impl IntoView {
    let of = |class: Class| class.kinds().filter_map(|kind| list.counts.get(&kind)).sum::<u64>();
    let all = list.counts.values().sum::<u64>();
    let blank = EvidenceQuery::default;
    let mut views = vec![("All", all.to_string(), blank())];
    for class in Class::ALL.into_iter().rev() {
        views.push((class.name(), of(class).to_string(), EvidenceQuery { class: vec![class], ..blank() }));
    }
    views.push(("Stale", shown(list.stale), EvidenceQuery { freshness: vec![FreshnessWord::Stale], ..blank() }));
    views.push(("Not used yet", shown(list.unused), EvidenceQuery { unused: true, ..blank() }));
    let present = EvidenceQuery { cursor: None, limit: None, sort: Sort::default(), ..list.query.clone() };
    let pages = plural(list.signals, "page", "pages");
    let signals = at_signals.then_some("page");
    let items = views
        .into_iter()
        .map(|(name, count, query)| {
            let current = (query == present && !at_signals).then_some("page");
            view! { <li><a href=address(&frame, &query) aria-current=current>{name}" "<span class="count">{count}</span></a></li> }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label="Views">
            <ul>
                <li><a href=frame.to("signals") aria-current=signals>"Signals "<span class="count">{pages}</span></a></li>
                {items}
            </ul>
        </nav>
    }
}

fn facets(frame: &Frame, list: &EvidenceList) -> Vec<Facet> {
    let (query, catalogue) = (&list.query, &list.catalogue);
    let facet = |name, label, choices: Vec<Choice>, chosen: Vec<String>, take: fn(&mut EvidenceQuery)| {
        let mut rest = EvidenceQuery { cursor: None, ..query.clone() };
        take(&mut rest);
        Facet { name, label, choices, chosen, without: address(frame, &rest) }
    };
    let classes = Class::ALL.map(|class| Choice::new(class.slug(), class.name())).to_vec();
    let kinds = Kind::ALL.map(|kind| Choice::new(kind.slug(), kind.name())).to_vec();
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect();
    let devices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    let audiences = catalogue.audiences.iter().map(|term| Choice::new(&term.slug, &term.name)).collect();
    let words = FreshnessWord::ALL.map(|word| Choice::new(word.slug(), word.name())).to_vec();
    let tags = query.tag.iter().map(|tag| Choice::new(tag, tag)).collect();
    let used = query.used.then(|| "true".to_owned()).into_iter().collect();
    let unused = query.unused.then(|| "true".to_owned()).into_iter().collect();
    vec![
        facet("class", "Class", classes, query.class.iter().map(|class| class.slug().to_owned()).collect(), |q| q.class.clear()),
        facet("freshness", "Freshness", words, query.freshness.iter().map(|word| word.slug().to_owned()).collect(), |q| {
            q.freshness.clear()
        }),
        facet("unused", "Use", vec![Choice::new("true", "Not used yet")], unused, |q| q.unused = false),
        facet("used", "Use", vec![Choice::new("true", "Used by a hypothesis")], used, |q| q.used = false),
        facet("site", "Site", sites, query.site.clone(), |q| q.site.clear()),
        facet("area", "Area", areas, query.area.clone(), |q| q.area.clear()),
        facet("device", "Device", devices, query.device.iter().map(|device| device.slug().to_owned()).collect(), |q| q.device.clear()),
        facet("audience", "Audience", audiences, query.audience.clone(), |q| q.audience.clear()),
        facet("tag", "Tag", tags, query.tag.clone(), |q| q.tag.clear()),
        facet("kind", "Kind", kinds, query.kind.iter().map(|kind| kind.slug().to_owned()).collect(), |q| q.kind.clear()),
    ]
}

/// What stands where the filters leave nothing.
#[component]
pub fn NothingFits(frame: Frame, list: EvidenceList) -> impl IntoView {
    let rest = EvidenceQuery { q: None, cursor: None, ..list.query.clone() };
    let words = list.query.q.clone().map(|words| (words, address(&frame, &rest)));
    view! { <NoMatch text="No evidence fits these filters." facets=facets(&frame, &list) words all=frame.to("evidence") /> }
}

/// The chips: those in force first, then one that adds; words; the order.
#[component]
pub fn Filters(frame: Frame, list: EvidenceList) -> impl IntoView {
    let query = &list.query;
    let sorts = SORTS
        .into_iter()
        .map(|(name, sort)| {
            let current = (query.sort == sort).then_some("true");
            let href = address(&frame, &EvidenceQuery { sort, cursor: None, ..query.clone() });
            view! { <li><a href=href aria-current=current>{name}</a></li> }
        })
        .collect_view();
    let present_sort = (query.sort != Sort::default()).then(|| view! { <input type="hidden" name="sort" value=query.sort.slug() /> });
    let words = query.q.clone().unwrap_or_default();
    let rest = EvidenceQuery { q: None, cursor: None, ..query.clone() };
    let searched = query.q.is_some().then(|| view! { <a class="button quiet small" href=address(&frame, &rest)>"Clear"</a> });
    let facets = facets(&frame, &list);
    view! {
        <form class="filters" method="get" action=frame.to("evidence") aria-label="Filters">
            {present_sort}
            <div class="chips scroll">
                <Facets facets />
                <label class="words"><Icon name="i-search" /><input type="search" data-suggest="evidence" placeholder="Find in this list" name="q" value=words aria-label="Words in title, finding or source" /></label>
                {searched}
                <details class="menu plain-menu spring">
                    <summary>{format!("Sort: {}", sort_name(query.sort))}<Icon name="i-chevron-down" /></summary>
                    <div class="popover from-end"><ul>{sorts}</ul></div>
                </details>
            </div>
        </form>
    }
}
