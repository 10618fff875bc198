//! The rows as they will be, and what is said about them.

use super::server_fns::ShownRow;
use crate::ui::{Icon, number, plural};
use domain::transfer::{Grouped, Remark};
use leptos::prelude::*;

/// Every error by line and column.
#[component]
pub fn Errors(errors: Vec<Remark>, count: usize) -> impl IntoView {
    if errors.is_empty() {
        return ().into_any();
    }
    let more = count.saturating_sub(errors.len());
    let more = (more > 0).then(|| view! { <p class="more">{format!("And {} more.", plural(more as u64, "error", "errors"))}</p> });
    let rows = errors
        .into_iter()
        .map(|error| {
            let column = if error.column.is_empty() { "Whole row".to_owned() } else { error.column };
            view! {
                <tr class="failed">
                    <td class="end" data-label="Line">{error.line}</td>
                    <td data-label="Column">{column}</td>
                    <td><p class="error"><Icon name="o-warn" own=true />{error.message}</p></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="errors-title">
            <header class="section-head"><h2 id="errors-title">{plural(count as u64, "error", "errors")}</h2><p>"all rows are imported, or none"</p></header>
            <div class="table-wrap">
                <table class="table stacks compact">
                    <caption class="visually-hidden">"Errors by line and column"</caption>
                    <thead><tr><th scope="col" class="end">"Line"</th><th scope="col">"Column"</th><th scope="col">"What is wrong"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more}
        </section>
    }
    .into_any()
}

/// The first rows of a file as they will be: a table below its heading, which says how many of them are shown.
#[component]
pub fn PreviewTable(
    /// How many rows are shown, and how many there are.
    shown: usize,
    ready: usize,
    caption: &'static str,
    head: impl IntoView + 'static,
    body: impl IntoView + 'static,
) -> impl IntoView {
    let told = if shown < ready {
        format!("the first {shown} of {}", number(i64::try_from(ready).unwrap_or(i64::MAX)))
    } else {
        "as they will be".to_owned()
    };
    view! {
        <section class="section" aria-labelledby="rows-title">
            <header class="section-head"><h2 id="rows-title">"Rows"</h2><p>{told}</p></header>
            <div class="table-scroll" tabindex="0" role="group" aria-labelledby="rows-title">
                <table class="table preview compact">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead><tr>{head}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Hypotheses as they will be.
#[component]
pub fn Rows(rows: Vec<ShownRow>, ready: usize) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let shown = rows.len();
        let head = view! {
            <th scope="col" class="end">"Line"</th><th scope="col">"Title"</th><th scope="col">"Area"</th>
            <th scope="col" class="end">"Impact"</th><th scope="col" class="end">"Confidence"</th><th scope="col" class="end">"Ease"</th>
            <th scope="col">"Stage"</th><th scope="col">"Owner"</th><th scope="col">"Note"</th>
        };
        let body = rows.into_iter().map(|row| view! { <Row row /> }).collect_view();
        view! { <PreviewTable shown ready caption="Preview of rows" head body /> }
    })
}

#[component]
fn Row(row: ShownRow) -> impl IntoView {
    let levels = match row.levels {
        Some(levels) => levels.map(|level| level.to_string()),
        None => Default::default(),
    };
    let cells = levels.map(|level| view! { <td class="end">{level}</td> }).collect_view();
    view! {
        <tr>
            <td class="end">{row.line}</td>
            <td>{row.title}</td>
            <td>{row.area}</td>
            {cells}
            <td>{row.stage}</td>
            <td>{row.owner}</td>
            <td class="muted">{row.notes.join(" ")}</td>
        </tr>
    }
}

/// What is said about rows without keeping them out.
#[component]
pub fn Notices(notices: Vec<Grouped>) -> impl IntoView {
    if notices.is_empty() {
        return ().into_any();
    }
    let total = notices.len();
    let items = notices
        .into_iter()
        .take(200)
        .map(|notice| {
            let place = if notice.column.is_empty() { notice.where_said() } else { format!("{}, {}", notice.column, notice.where_said()) };
            view! { <li><span class="muted">{place}": "</span>{notice.message}</li> }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="notices-title">
            <details open=total <= 12>
                <summary><h2 id="notices-title">{plural(total as u64, "note", "notes")}</h2></summary>
                <ul>{items}</ul>
            </details>
        </section>
    }
    .into_any()
}
