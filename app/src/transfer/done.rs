//! What stands above the list, of hypotheses or of tests, after an import.

use crate::frame::Frame;
use crate::ui::plural;
use domain::transfer::PastImport;
use leptos::prelude::*;

/// "12 hypotheses", or "240 tests".
pub(super) fn made(import: &PastImport) -> String {
    if import.tests > 0 { plural(import.tests, "test", "tests") } else { plural(import.hypotheses, "hypothesis", "hypotheses") }
}

/// "12 hypotheses imported. Undo"; nothing once the import is undone.
#[component]
pub fn ImportedLine(frame: Frame, import: PastImport) -> impl IntoView {
    import.undone.is_none().then(|| {
        let said = format!("{} imported from {}.", made(&import), import.file_name);
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
