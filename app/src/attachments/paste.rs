//! Pasting and dropping files. They go to the very address that the form posts to; what the page then says of them is
//! taken from the answer, so that nothing that is typed elsewhere on the page is lost.

use leptos::prelude::*;

/// A place to paste an image into or to drop files on.
#[island]
pub fn PasteFiles(
    /// Where the form posts to.
    action: String,
    /// The id of the list; its findings have the same with `-error`.
    shown: String,
) -> impl IntoView {
    let said = RwSignal::new(String::new());
    let place = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            listener::listen(&place, &listener::Target { action: action.clone(), shown: shown.clone(), said });
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (&action, &shown);
    view! {
        <div class="paste needs-script" tabindex="0" role="group" aria-label="Paste or drop files here" node_ref=place>
            <span aria-hidden="true">"Paste an image, or drop files here"</span>
            <span class="pasted" role="status">{move || said.get()}</span>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod listener {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        Document, DomParser, Element, File, FileList, FormData, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Node, RequestInit,
        Response, SupportedType,
    };

    /// Where files go and what the page says of them.
    #[derive(Clone)]
    pub struct Target {
        pub action: String,
        pub shown: String,
        pub said: RwSignal<String>,
    }

    /// Listens for a paste anywhere that is meant for this place, and for drops on its section.
    pub fn listen(place: &HtmlElement, target: &Target) {
        let (near, to) = (section_of(place), target.clone());
        let pasting = window_event_listener(ev::paste, move |event| {
            let Some(files) = event.clipboard_data().and_then(|data| data.files()).filter(|files| files.length() > 0) else { return };
            if is_meant(&near) {
                event.prevent_default();
                send(&to, &files);
            }
        });
        let near = section_of(place);
        let hovering = window_event_listener(ev::dragover, move |event| {
            if holds(&near, event.target()) {
                event.prevent_default();
            }
        });
        let (near, to) = (section_of(place), target.clone());
        let dropping = window_event_listener(ev::drop, move |event| {
            let files = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0);
            if let Some(files) = files.filter(|_| holds(&near, event.target())) {
                event.prevent_default();
                send(&to, &files);
            }
        });
        on_cleanup(move || {
            pasting.remove();
            hovering.remove();
            dropping.remove();
        });
    }

    /// The part of the page around the place: one variant, or the whole section.
    fn section_of(place: &HtmlElement) -> Element {
        let around = place.closest(".variant-shots, .attachments").ok().flatten();
        around.unwrap_or_else(|| place.clone().unchecked_into())
    }

    fn holds(section: &Element, target: Option<web_sys::EventTarget>) -> bool {
        let node = target.and_then(|target| target.dyn_into::<Node>().ok());
        node.is_some_and(|node| section.contains(Some(&node)))
    }

    /// A paste is for the section with the focus; for the only one of the page wherever the focus is, but for a field
    /// that takes the paste itself.
    fn is_meant(section: &Element) -> bool {
        let focused = document().active_element();
        if focused.as_ref().is_some_and(|focused| section.contains(Some(focused))) {
            return true;
        }
        let takes = |one: &Element| one.is_instance_of::<HtmlInputElement>() || one.is_instance_of::<HtmlTextAreaElement>();
        let only = document().query_selector_all(".paste").is_ok_and(|places| places.length() == 1);
        only && !focused.as_ref().is_some_and(takes)
    }

    fn send(target: &Target, files: &FileList) {
        let Ok(form) = FormData::new() else { return };
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            drop(append(&form, &file));
        }
        target.said.set("Attaching…".to_owned());
        let target = target.clone();
        leptos::task::spawn_local(async move {
            let done = post(&target, &form).await.is_ok();
            let words = if done { "" } else { "This could not be attached. Reload the page and try again." };
            target.said.set(words.to_owned());
        });
    }

    fn append(form: &FormData, file: &File) -> Result<(), JsValue> {
        form.append_with_blob_and_filename("file", file, &file.name())
    }

    /// Posts the form and shows what the page that it leads to says.
    async fn post(target: &Target, form: &FormData) -> Result<(), JsValue> {
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_body(form);
        let answer = JsFuture::from(window().fetch_with_str_and_init(&target.action, &request)).await?;
        let answer: Response = answer.dyn_into()?;
        if !answer.ok() {
            return Err(JsValue::UNDEFINED);
        }
        let page = JsFuture::from(answer.text()?).await?.as_string().unwrap_or_default();
        let page = DomParser::new()?.parse_from_string(&page, SupportedType::TextHtml)?;
        show(&page, &target.shown)?;
        drop(show(&page, &format!("{}-error", target.shown)));
        Ok(())
    }

    /// Takes over the content of one element of another page.
    fn show(page: &Document, id: &str) -> Result<(), JsValue> {
        let (theirs, ours) = (page.get_element_by_id(id), document().get_element_by_id(id));
        let (theirs, ours) = theirs.zip(ours).ok_or(JsValue::UNDEFINED)?;
        ours.set_inner_html(&theirs.inner_html());
        let folded = ours.closest("details").ok().flatten();
        if let Some(folded) = folded.filter(|_| ours.first_element_child().is_some()) {
            folded.set_attribute("open", "")?;
        }
        Ok(())
    }
}
