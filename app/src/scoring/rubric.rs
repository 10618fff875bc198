//! What the levels of a model mean, as a table.

use domain::scoring::{Criterion, Scale, Shape};
use leptos::prelude::*;

/// The table, folded up. Criteria that share their levels stand side by side, others one below the other.
#[component]
pub fn Rubric(shape: Shape) -> impl IntoView {
    let table = if shape.criteria.iter().all(|one| one.scale == Scale::Points) {
        view! { <SideBySide criteria=shape.criteria /> }.into_any()
    } else {
        view! { <OneByOne criteria=shape.criteria /> }.into_any()
    };
    view! {
        <details class="rubric-table">
            <summary>"What all levels mean"</summary>
            <div class="table-wrap">{table}</div>
        </details>
    }
}

#[component]
fn SideBySide(criteria: Vec<Criterion>) -> impl IntoView {
    let bands = criteria.first().map(|one| one.bands.clone()).unwrap_or_default();
    let rows = bands
        .into_iter()
        .map(|band| {
            let cells = criteria.iter().map(|one| view! { <td>{one.rubric(band.from).to_owned()}</td> }).collect_view();
            view! { <tr><th scope="row">{band.name}</th>{cells}</tr> }
        })
        .collect_view();
    let heads = criteria.into_iter().map(|one| view! { <th scope="col">{one.name}</th> }).collect_view();
    view! {
        <table class="table compact rubric">
            <caption class="visually-hidden">"The rubric"</caption>
            <thead><tr><th scope="col">"Level"</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn OneByOne(criteria: Vec<Criterion>) -> impl IntoView {
    let rows = criteria
        .into_iter()
        .flat_map(|one| {
            let points = match one.scale {
                Scale::YesNo if one.weight == 1.0 => ", 1 point".to_owned(),
                Scale::YesNo => format!(", {} points", one.weight),
                _ => String::new(),
            };
            let name = one.name;
            one.bands.into_iter().map(move |band| (name.clone(), format!("{}{points}", band.name), band.text))
        })
        .map(|(name, level, text)| view! { <tr><th scope="row">{name}</th><td>{level}</td><td>{text}</td></tr> })
        .collect_view();
    view! {
        <table class="table compact rubric">
            <caption class="visually-hidden">"The rubric"</caption>
            <thead><tr><th scope="col">"Criterion"</th><th scope="col">"Level"</th><th scope="col">"Meaning"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
