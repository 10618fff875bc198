//! Evidence as it will be, in the preview of an import.

use super::rows::PreviewTable;
use super::server_fns::ShownFinding;
use leptos::prelude::*;

/// The first pieces of evidence as they will be.
#[component]
pub fn FindingRows(rows: Vec<ShownFinding>, ready: usize) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let shown = rows.len();
        let head = view! {
            <th scope="col" class="end">"Line"</th><th scope="col">"Title"</th><th scope="col">"Kind"</th><th scope="col">"Source"</th>
            <th scope="col">"Observed"</th><th scope="col">"Areas"</th><th scope="col">"Bears on"</th>
        };
        let body = rows
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
        view! { <PreviewTable shown ready caption="Preview of evidence" head body /> }
    })
}
