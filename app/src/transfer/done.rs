//! What stands above the list after an import.

use crate::frame::Frame;
use crate::ui::plural;
use domain::transfer::PastImport;
use leptos::prelude::*;

/// "12 hypotheses imported. Undo"; nothing once the import is undone.
#[component]
pub fn ImportedLine(frame: Frame, import: PastImport) -> impl IntoView {
    import.undone.is_none().then(|| {
        let said = format!("{} imported from {}.", plural(import.hypotheses, "hypothesis", "hypotheses"), import.file_name);
        view! {
            <div class="toast in-page" role="status">
                <span>{said}</span>
                <form method="post" action=frame.to(&format!("import/{}/undo", import.number))>
                    <button data-key="z">"Undo"<span class="visually-hidden">" this import"</span></button>
                </form>
                <kbd aria-hidden="true">"Z"</kbd>
            </div>
        }
    })
}
