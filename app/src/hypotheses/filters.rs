//! The view of a list as links: filters that can be put on and taken off without script.

use super::server_fns::Backlog;
use crate::frame::Frame;
use crate::ui::{Choice, Facet, Facets, Icon, NoMatch};
use crate::views;
use domain::evidence::Strength;
use domain::experiments::Outcome;
use domain::hypotheses::{BacklogQuery, SortKey, Stage};
use domain::page::{Sort, SortBy};
use domain::scoring::Shape;
use domain::search::Span;
use domain::sites::Device;
use domain::views::List;
use leptos::prelude::*;

/// The address of this view; `from` is the saved view that the reader came from.
pub fn address(frame: &Frame, query: &BacklogQuery, from: Option<i64>) -> String {
    views::address(frame, List::Hypotheses, &query.pairs(), from)
}

/// The same view in another order.
pub fn sorted(frame: &Frame, query: &BacklogQuery, sort: Sort<SortKey>, from: Option<i64>) -> String {
    address(frame, &BacklogQuery { sort, ..query.clone() }, from)
}

/// What orders are called on the page; a score goes by the model of all that is listed, if it is one.
pub fn sort_name(key: SortKey, model: Option<&Shape>) -> String {
    let name = match key {
        SortKey::Score => return model.map_or("Score".to_owned(), |shape| format!("{} score", shape.name)),
        SortKey::ExpectedValue => "Expected value",
        SortKey::Evidence => "Evidence",
        SortKey::CreatedAt => "Newest",
        SortKey::UpdatedAt => "Last changed",
        SortKey::Stage => "Stage",
    };
    name.to_owned()
}

fn facets(frame: &Frame, backlog: &Backlog) -> Vec<Facet> {
    let (query, catalogue) = (&backlog.query, &backlog.catalogue);
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect();
    let without = |take: fn(&mut BacklogQuery)| {
        let mut rest = BacklogQuery { cursor: None, ..query.clone() };
        take(&mut rest);
        address(frame, &rest, backlog.strip.carried())
    };
    let facet = |name, label, choices, chosen: Vec<String>, take: fn(&mut BacklogQuery)| Facet {
        name,
        label,
        choices,
        chosen,
        without: without(take),
    };
    let stages = Stage::ALL.map(|stage| Choice::new(stage.slug(), stage.name())).to_vec();
    let people = backlog
        .members
        .iter()
        .map(|member| Choice::new(&member.email, &member.name))
        .chain([Choice::new("me", "Me"), Choice::new("none", "Nobody")])
        .collect();
    let mut facets = vec![
        facet("stage", "Stage", stages, query.stage.iter().map(|stage| stage.slug().to_owned()).collect(), |q| q.stage = Vec::new()),
        facet(
            "site",
            "Site",
            catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect(),
            query.site.clone(),
            |q| {
                q.site = Vec::new();
            },
        ),
        facet("area", "Area", areas, query.area.clone(), |q| q.area = Vec::new()),
        facet(
            "device",
            "Device",
            Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec(),
            query.device.iter().map(|device| device.slug().to_owned()).collect(),
            |q| q.device = Vec::new(),
        ),
        facet(
            "audience",
            "Audience",
            catalogue.audiences.iter().map(|term| Choice::new(&term.slug, &term.name)).collect(),
            query.audience.clone(),
            |q| {
                q.audience = Vec::new();
            },
        ),
        facet(
            "lever",
            "Lever",
            catalogue.levers.iter().map(|term| Choice::new(&term.slug, &term.name)).collect(),
            query.lever.clone(),
            |q| {
                q.lever = Vec::new();
            },
        ),
        facet("owner", "Owner", people, query.owner.clone(), |q| q.owner = Vec::new()),
    ];
    if !query.evidence.is_empty() {
        let strengths = Strength::ALL.map(|strength| Choice::new(strength.slug(), strength.name())).to_vec();
        let chosen = query.evidence.iter().map(|strength| strength.slug().to_owned()).collect();
        facets.push(facet("evidence", "Evidence", strengths, chosen, |q| q.evidence = Vec::new()));
    }
    if !query.outcome.is_empty() {
        let outcomes = [Outcome::Win, Outcome::Loss, Outcome::Inconclusive, Outcome::Invalid];
        let outcomes = outcomes.map(|outcome| Choice::new(outcome.slug(), outcome.name())).to_vec();
        let chosen = query.outcome.iter().map(|outcome| outcome.slug().to_owned()).collect();
        facets.push(facet("outcome", "Outcome", outcomes, chosen, |q| q.outcome = Vec::new()));
    }
    let span = |span: Option<Span>| span.map(|span| Choice::new(span.words(), span.words()));
    if let Some(choice) = span(query.score) {
        facets.push(facet("score", "Score", vec![choice.clone()], vec![choice.value], |q| q.score = None));
    }
    if let Some(choice) = span(query.confidence) {
        facets.push(facet("evidence", "Evidence confidence", vec![choice.clone()], vec![choice.value], |q| q.confidence = None));
    }
    if !query.tag.is_empty() {
        let chosen = query.tag.iter().map(|tag| Choice::new(tag, tag)).collect();
        facets.push(facet("tag", "Tag", chosen, query.tag.clone(), |q| q.tag = Vec::new()));
    }
    facets
}

/// What stands where the filters leave nothing.
#[component]
pub fn NothingFits(frame: Frame, backlog: Backlog) -> impl IntoView {
    let rest = BacklogQuery { q: None, cursor: None, ..backlog.query.clone() };
    let words = backlog.query.q.clone().map(|words| (words, address(&frame, &rest, backlog.strip.carried())));
    let text = if backlog.query.unscored {
        "You have scored every hypothesis that fits these filters."
    } else {
        "No hypothesis fits these filters."
    };
    view! { <NoMatch text facets=facets(&frame, &backlog) words all=frame.to("hypotheses?stage=all") /> }
}

/// The chips: those in force first, then one that adds.
#[component]
pub fn Filters(frame: Frame, backlog: Backlog) -> impl IntoView {
    let facets = facets(&frame, &backlog);
    let from = backlog.strip.carried();
    let kept_view = from.map(|id| view! { <input type="hidden" name="view" value=id.to_string() /> });
    let model = backlog.model();
    let sorts = SortKey::ALL
        .iter()
        .copied()
        .filter(|key| *key != SortKey::ExpectedValue)
        .map(|key| {
            let current = (backlog.query.sort.key == key).then_some("true");
            let href = sorted(&frame, &backlog.query, Sort { key, descending: key != SortKey::Stage }, from);
            view! { <li><a href=href aria-current=current>{sort_name(key, model)}</a></li> }
        })
        .collect_view();
    let sorted_by = format!("Sort: {}", sort_name(backlog.query.sort.key, model));
    let present_sort =
        (backlog.query.sort != Sort::default()).then(|| view! { <input type="hidden" name="sort" value=backlog.query.sort.slug() /> });
    let words = backlog.query.q.clone().unwrap_or_default();
    let rest = BacklogQuery { q: None, cursor: None, ..backlog.query.clone() };
    let searched = backlog.query.q.is_some().then(|| view! { <a class="button quiet small" href=address(&frame, &rest, from)>"Clear"</a> });
    view! {
        <form class="filters" method="get" action=frame.to("hypotheses") aria-label="Filters">
            {kept_view}{present_sort}
            <div class="chips scroll">
                <Facets facets />
                <label class="words"><Icon name="i-search" /><input type="search" data-suggest="hypothesis" placeholder="Find in this list" name="q" value=words aria-label="Words in title or statement" /></label>
                {searched}
                <details class="menu plain-menu spring">
                    <summary>{sorted_by}<Icon name="i-chevron-down" /></summary>
                    <div class="popover from-end"><ul>{sorts}</ul></div>
                </details>
            </div>
        </form>
    }
}
