//! A look at typed Markdown before it is saved. The server renders it, so that the preview is what will stand there.

use crate::error::AppError;
use leptos::prelude::*;

/// The words as markup, for whoever may read here.
#[server]
pub async fn preview_markdown(workspace: String, words: String) -> Result<String, AppError> {
    crate::request::scope::<store::Read>(&workspace).await?;
    Ok(crate::ui::html_of(&words))
}

/// Shows how the text in a field will look, below its button; pressed again, it is gone.
#[island]
pub fn Preview(
    workspace: String,
    /// The id of the field.
    field: String,
) -> impl IntoView {
    let shown = RwSignal::new(None::<String>);
    let press = move |_| {
        #[cfg(feature = "hydrate")]
        match shown.get_untracked() {
            Some(_) => shown.set(None),
            None => look(workspace.clone(), &field, shown),
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (&workspace, &field);
    };
    let words = move || if shown.get().is_some() { "Hide preview" } else { "Preview" };
    let open = move || shown.get().is_some().to_string();
    view! {
        <div class="preview needs-script">
            <button type="button" class="link-button" aria-expanded=open on:click=press>{words}</button>
            <div role="status">{move || shown.get().map(|markup| view! { <div class="prose" inner_html=markup></div> })}</div>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn look(workspace: String, field: &str, shown: RwSignal<Option<String>>) {
    use wasm_bindgen::JsCast;
    let Some(element) = document().get_element_by_id(field) else { return };
    let Ok(area) = element.dyn_into::<web_sys::HtmlTextAreaElement>() else { return };
    let words = area.value();
    leptos::task::spawn_local(async move {
        let markup = if words.trim().is_empty() {
            "<p>Nothing is written yet.</p>".to_owned()
        } else {
            match preview_markdown(workspace, words).await {
                Ok(markup) => markup,
                Err(error) => format!("<p>{}</p>", error.to_string().replace('<', "&lt;")),
            }
        };
        shown.set(Some(markup));
    });
}
