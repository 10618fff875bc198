//! The view of the list as links: views, filters and orders.

use super::server_fns::EvidenceList;
use crate::frame::Frame;
use crate::ui::{Choice, Facet, Facets, Icon, NoMatch, plural};
use crate::views::{self, ViewStrip};
use domain::evidence::{Class, EvidenceQuery, FreshnessWord, Kind, SortKey};
use domain::page::Sort;
use domain::sites::Device;
use domain::views::List;
use leptos::prelude::*;

/// The address of this view; `from` is the saved view that the reader came from.
pub fn address(frame: &Frame, query: &EvidenceQuery, from: Option<i64>) -> String {
    views::address(frame, List::Evidence, &query.pairs(), from)
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

/// The views, each a link with how many it holds; the signal inventory stands before them.
#[component]
pub fn Views(frame: Frame, list: EvidenceList, #[prop(optional)] at_signals: bool) -> impl IntoView {
    let pages = plural(list.signals, "page", "pages");
    let current = at_signals.then_some("page");
    let signals = view! { <li><a href=frame.to("signals") aria-current=current>"Signals "<span class="count">{pages}</span></a></li> };
    view! { <ViewStrip frame strip=list.strip before=Some(signals.into_any()) elsewhere=at_signals /> }
}

fn facets(frame: &Frame, list: &EvidenceList) -> Vec<Facet> {
    let (query, catalogue) = (&list.query, &list.catalogue);
    let facet = |name, label, choices: Vec<Choice>, chosen: Vec<String>, take: fn(&mut EvidenceQuery)| {
        let mut rest = EvidenceQuery { cursor: None, ..query.clone() };
        take(&mut rest);
        Facet { name, label, choices, chosen, without: address(frame, &rest, list.strip.carried()) }
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
    let words = list.query.q.clone().map(|words| (words, address(&frame, &rest, list.strip.carried())));
    view! { <NoMatch text="No evidence fits these filters." facets=facets(&frame, &list) words all=frame.to("evidence") /> }
}

/// The chips: those in force first, then one that adds; words; the order.
#[component]
pub fn Filters(frame: Frame, list: EvidenceList) -> impl IntoView {
    let (query, from) = (&list.query, list.strip.carried());
    let kept_view = from.map(|id| view! { <input type="hidden" name="view" value=id.to_string() /> });
    let sorts = SORTS
        .into_iter()
        .map(|(name, sort)| {
            let current = (query.sort == sort).then_some("true");
            let href = address(&frame, &EvidenceQuery { sort, cursor: None, ..query.clone() }, from);
            view! { <li><a href=href aria-current=current>{name}</a></li> }
        })
        .collect_view();
    let present_sort = (query.sort != Sort::default()).then(|| view! { <input type="hidden" name="sort" value=query.sort.slug() /> });
    let words = query.q.clone().unwrap_or_default();
    let rest = EvidenceQuery { q: None, cursor: None, ..query.clone() };
    let searched = query.q.is_some().then(|| view! { <a class="button quiet small" href=address(&frame, &rest, from)>"Clear"</a> });
    let facets = facets(&frame, &list);
    view! {
        <form class="filters" method="get" action=frame.to("evidence") aria-label="Filters">
            {kept_view}{present_sort}
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
