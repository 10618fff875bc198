//! A button that copies a text; without script the text can be selected.

use leptos::prelude::*;

/// Copies the text and says that it did.
#[island]
pub fn Copy(text: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        {
            let promise = window().navigator().clipboard().write_text(&text);
            leptos::task::spawn_local(async move {
                copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
            });
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = (&text, copied);
        }
    };
    view! { <button type="button" class="button small" on:click=copy><span role="status">{move || if copied.get() { "Copied" } else { "Copy" }}</span></button> }
}
