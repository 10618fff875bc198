//! What has just been done, with the way back. It leaves by itself after ten seconds, unless it is pointed at or holds
//! the focus; the history keeps the way back for longer.

use leptos::prelude::*;

/// A line with an undo, which is a form.
#[component]
pub fn Toast(#[prop(into)] said: String, #[prop(into)] undo: String) -> impl IntoView {
    view! {
        <div class="toast" role="status">
            <span>{said}</span>
            <form method="post" action=undo><button data-key="z">"Undo "<kbd aria-hidden="true">"Z"</kbd></button></form>
        </div>
    }
}
