//! What stands above the list, of hypotheses, tests or evidence, after an import.

use crate::frame::Frame;
use crate::ui::{Icon, plural};
use domain::transfer::PastImport;
use leptos::prelude::*;

/// "12 hypotheses", "240 tests" or "30 pieces of evidence".
pub(super) fn made(import: &PastImport) -> String {
    of(import).counted(import.hypotheses + import.tests + import.evidence)
}

/// What an import makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Hypotheses,
    Tests,
    Evidence,
}

impl Of {
    /// Told by the number of one: "T-3".
    pub fn number(number: &str) -> Of {
        match number.split('-').next() {
            Some("T") => Of::Tests,
            Some("E") => Of::Evidence,
            _ => Of::Hypotheses,
        }
    }

    pub fn counted(self, count: u64) -> String {
        match self {
            Of::Hypotheses => plural(count, "hypothesis", "hypotheses"),
            Of::Tests => plural(count, "test", "tests"),
            Of::Evidence => plural(count, "piece of evidence", "pieces of evidence"),
        }
    }

    /// "4 hypotheses archived".
    pub fn taken_back(self, count: u64) -> String {
        let how = if self == Of::Tests { "cancelled" } else { "archived" };
        format!("{} {how}", self.counted(count))
    }

    /// Where each has its page.
    pub fn folder(self) -> &'static str {
        match self {
            Of::Hypotheses => "hypotheses",
            Of::Tests => "tests",
            Of::Evidence => "evidence",
        }
    }
}

/// What a past import made.
pub(super) fn of(import: &PastImport) -> Of {
    match (import.tests, import.evidence) {
        (0, 0) => Of::Hypotheses,
        (0, _) => Of::Evidence,
        _ => Of::Tests,
    }
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

/// The way to an import of evidence.
#[component]
pub fn ImportLink(frame: Frame) -> impl IntoView {
    view! { <a class="button" href=frame.to("import?as=evidence")><Icon name="i-upload" />"Import evidence"</a> }
}
