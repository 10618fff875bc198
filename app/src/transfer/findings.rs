//! Evidence as it will be, in the preview of an import.

use super::server_fns::ShownFinding;
use crate::ui::number;
use leptos::prelude::*;

/// The first pieces of evidence as they will be.
#[component]
pub fn FindingRows(rows: Vec<ShownFinding>, ready: usize) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let shown = if rows.len() < ready {
        format!("the first {} of {}", rows.len(), number(i64::try_from(ready).unwrap_or(i64::MAX)))
    } else {
        "as they will be".to_owned()
    };
    let rows = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <td class="end">{row.line}</td>
                    <td>{row.title}</td>
                    <td>{row.kind.name()}</td>
                    <td>{row.source}</td>
                    <td>{row.observed}</td>
                    <td>{row.areas}</td>
                    <td>{row.bears}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="rows-title">
            <header class="section-head"><h2 id="rows-title">"Rows"</h2><p>{shown}</p></header>
            <div class="table-scroll" tabindex="0" role="group" aria-labelledby="rows-title">
                <table class="table preview compact">
                    <caption class="visually-hidden">"Preview of evidence"</caption>
                    <thead><tr>
                        <th scope="col" class="end">"Line"</th><th scope="col">"Title"</th><th scope="col">"Kind"</th><th scope="col">"Source"</th>
                        <th scope="col">"Observed"</th><th scope="col">"Areas"</th><th scope="col">"Bears on"</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
