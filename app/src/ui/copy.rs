//! A button that copies a text; without script the text can be selected.

use leptos::prelude::*;

/// Copies the text and says that it did.
#[island]
pub fn Copy(
    text: String,
    /// What the button says.
    label: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        {
            // Links from the root mean nothing elsewhere.
            let origin = window().location().origin().unwrap_or_default();
            let promise = window().navigator().clipboard().write_text(&text.replace("](/", &format!("]({origin}/")));
            leptos::task::spawn_local(async move {
                copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
            });
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = (&text, copied);
        }
    };
    view! { <button type="button" class="button small needs-script" on:click=copy><span role="status">{move || if copied.get() { "Copied".to_owned() } else { label.clone() }}</span></button> }
}
