//! The view of a list as links: filters that can be put on and taken off without script.

use super::field::Choice;
use super::icon::Icon;
use super::state::Empty;
use leptos::prelude::*;

/// One field that a list can be narrowed by.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    pub name: &'static str,
    pub label: &'static str,
    pub choices: Vec<Choice>,
    pub chosen: Vec<String>,
    /// The address of the list without this field.
    pub without: String,
}

impl Facet {
    /// What is chosen, by name.
    fn names(&self) -> Vec<String> {
        let known = self.choices.iter().filter(|choice| self.chosen.contains(&choice.value));
        let names: Vec<String> = known.map(|choice| choice.label.clone()).collect();
        if names.is_empty() { self.chosen.clone() } else { names }
    }

    /// “Desktop”, or the field where several of its choices are in force.
    fn short_name(&self) -> String {
        match self.names().as_slice() {
            [one] => format!("“{one}”"),
            _ => format!("the filter {}", self.label),
        }
    }
}

/// Nothing fits: every filter in force is a way out.
#[component]
pub fn NoMatch(
    #[prop(into)] text: String,
    facets: Vec<Facet>,
    /// The words in force, and the address of the list without them.
    words: Option<(String, String)>,
    /// The address of the whole list.
    all: String,
) -> impl IntoView {
    let words = words.map(|(words, href)| (format!("“{words}”"), href));
    let set = facets.into_iter().filter(|facet| !facet.chosen.is_empty()).map(|facet| (facet.short_name(), facet.without));
    let ways = words
        .into_iter()
        .chain(set)
        .map(|(name, href)| view! { <a class="button" href=href>{format!("Remove {name}")}</a> })
        .collect_view();
    view! { <Empty title="Nothing matches" text>{ways}<a class="button quiet" href=all>"Show all"</a></Empty> }
}

/// The chips of a list: the fields in force first, then one that adds.
#[component]
pub fn Facets(facets: Vec<Facet>) -> impl IntoView {
    let (set, free): (Vec<Facet>, Vec<Facet>) = facets.into_iter().partition(|facet| !facet.chosen.is_empty());
    let set = set.into_iter().map(|facet| view! { <SetFacet facet /> }).collect_view();
    let free = free.into_iter().filter(|facet| !facet.choices.is_empty()).map(|facet| view! { <FacetChoices facet /> }).collect_view();
    view! {
        {set}
        <div class="chip add">
            <details class="menu-in-chip" name="filter">
                <summary><Icon name="i-plus" />"Filter"</summary>
                <div class="popover">{free}<div class="actions"><button class="button small primary">"Show"</button></div></div>
            </details>
        </div>
    }
}

#[component]
fn SetFacet(facet: Facet) -> impl IntoView {
    let label = facet.label;
    let href = facet.without.clone();
    let names = facet.names().join(", ");
    view! {
        <div class="chip">
            <details class="menu-in-chip" name="filter">
                <summary><span class="key">{label}</span>" "{names}</summary>
                <div class="popover"><FacetChoices facet /><div class="actions"><button class="button small primary">"Show"</button></div></div>
            </details>
            <a class="remove" href=href><Icon name="i-x" /><span class="visually-hidden">{format!("Remove the filter {label}")}</span></a>
        </div>
    }
}

#[component]
fn FacetChoices(facet: Facet) -> impl IntoView {
    let name = facet.name;
    let boxes = facet
        .choices
        .into_iter()
        .map(|choice| {
            let checked = facet.chosen.contains(&choice.value);
            view! { <label class="choice"><input type="checkbox" name=name value=choice.value checked=checked />" "{choice.label}</label> }
        })
        .collect_view();
    view! { <fieldset><legend>{facet.label}</legend>{boxes}</fieldset> }
}
