//! What is typed into a long form is kept on the device until it is saved, thrown away, or its writer signs out. A form
//! asks for that with `data-kept` and says whose it is; an element with `data-kept-said` tells what was kept, and a press
//! on one with `data-kept-discard` throws it away. One island listens for the whole page.

use leptos::prelude::*;

/// Keeps and brings back what is typed.
#[island]
pub fn Drafts() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(|_| keeper::listen());
}

/// The line that tells what was kept.
#[component]
pub fn KeptLine() -> impl IntoView {
    view! { <span class="kept" role="status" data-kept-said=""></span> }
}

#[cfg(feature = "hydrate")]
mod keeper {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Element, Event, EventInit, FormData, HtmlFormElement, Storage, UrlSearchParams};

    /// What all keys of kept drafts begin with.
    const KEPT: &str = "hypotheca draft ";
    /// Where it stands which draft was sent, until a page shows that it arrived.
    const SENT: &str = "hypotheca sent";

    pub fn listen() {
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("data-scripted", "true"));
        }
        let present = form();
        forget_saved(present.as_ref());
        if let Some(form) = &present {
            bring_back(form);
        }
        let input = window_event_listener(ev::input, |event| {
            if event.is_trusted()
                && let Some(form) = form()
            {
                keep(&form);
            }
        });
        let submit = window_event_listener(ev::submit, |event| sent(&event));
        let click = window_event_listener(ev::click, |event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let discards = pressed.is_some_and(|element| element.closest("[data-kept-discard]").is_ok_and(|found| found.is_some()));
            if discards && let (Some(form), Some(device)) = (form(), device()) {
                drop(device.remove_item(&key_of(&form)));
            }
        });
        on_cleanup(move || {
            input.remove();
            submit.remove();
            click.remove();
        });
    }

    fn form() -> Option<HtmlFormElement> {
        document().query_selector("form[data-kept]").ok()??.dyn_into().ok()
    }

    fn device() -> Option<Storage> {
        window().local_storage().ok()?
    }

    fn tab() -> Option<Storage> {
        window().session_storage().ok()?
    }

    /// Whose draft of which page: the address without what only a refused form adds.
    fn key_of(form: &HtmlFormElement) -> String {
        let place = window().location();
        let asked = UrlSearchParams::new_with_str(&place.search().unwrap_or_default());
        let asked = asked.map(|asked| {
            asked.delete("draft");
            String::from(asked.to_string())
        });
        let owner = form.get_attribute("data-kept").unwrap_or_default();
        format!("{KEPT}{owner} {} {}", place.pathname().unwrap_or_default(), asked.unwrap_or_default())
    }

    fn fields(form: &HtmlFormElement) -> Option<UrlSearchParams> {
        let data = FormData::new_with_form(form).ok()?;
        UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
    }

    fn keep(form: &HtmlFormElement) {
        let (Some(fields), Some(device)) = (fields(form), device()) else { return };
        let now = js_sys::Date::new_0();
        let time = format!("{:02}:{:02}", now.get_hours(), now.get_minutes());
        if device.set_item(&key_of(form), &format!("{time}\n{}", String::from(fields.to_string()))).is_ok() {
            say(&format!("Draft kept on this device, {time}"));
        }
    }

    fn say(words: &str) {
        if let Ok(Some(line)) = document().query_selector("[data-kept-said]") {
            line.set_text_content(Some(words));
        }
    }

    /// A page that came back refused holds what was typed already, and so does one that the browser brought back itself.
    fn bring_back(form: &HtmlFormElement) {
        let refused =
            UrlSearchParams::new_with_str(&window().location().search().unwrap_or_default()).is_ok_and(|asked| asked.has("draft"));
        let kept = device().and_then(|device| device.get_item(&key_of(form)).ok().flatten());
        let Some((time, typed)) = kept.as_deref().and_then(|kept| kept.split_once('\n')).filter(|_| !refused) else { return };
        let (Ok(typed), Some(present)) = (UrlSearchParams::new_with_str(typed), fields(form)) else { return };
        if typed.to_string() == present.to_string() || overtaken(&typed, &present) {
            return;
        }
        let fields = form.elements();
        for index in 0..fields.length() {
            if let Some(field) = fields.item(index) {
                fill(&field, &typed);
            }
        }
        say(&format!("Draft of {time} brought back from this device"));
        let init = EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
            drop(form.dispatch_event(&event));
        }
    }

    /// A draft of an earlier version than the page's would undo what somebody saved since.
    fn overtaken(typed: &UrlSearchParams, present: &UrlSearchParams) -> bool {
        typed.get("version") != present.get("version")
    }

    fn fill(field: &Element, typed: &UrlSearchParams) {
        let text = |name: &str| js_sys::Reflect::get(field, &name.into()).ok().and_then(|value| value.as_string()).unwrap_or_default();
        let (name, kind) = (text("name"), text("type"));
        let set = |property: &str, value: JsValue| drop(js_sys::Reflect::set(field, &property.into(), &value));
        match kind.as_str() {
            _ if name.is_empty() => {}
            "hidden" | "submit" | "button" | "file" | "fieldset" => {}
            "checkbox" | "radio" => {
                let own = JsValue::from(text("value"));
                set("checked", typed.get_all(&name).includes(&own, 0).into());
            }
            _ => {
                if let Some(value) = typed.get(&name) {
                    set("value", value.into());
                }
            }
        }
    }

    /// A sent draft is saved once another page than its own has come; signing out forgets all of them.
    fn sent(event: &ev::SubmitEvent) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        if form.get_attribute("action").as_deref() == Some("/sign-out") {
            forget_all();
        } else if form.has_attribute("data-kept")
            && let Some(tab) = tab()
        {
            drop(tab.set_item(SENT, &key_of(&form)));
        }
    }

    fn forget_saved(form: Option<&HtmlFormElement>) {
        let (Some(tab), Some(device)) = (tab(), device()) else { return };
        let Some(key) = tab.get_item(SENT).ok().flatten() else { return };
        if form.is_none_or(|form| key_of(form) != key) {
            drop(device.remove_item(&key));
        }
        drop(tab.remove_item(SENT));
    }

    fn forget_all() {
        let Some(device) = device() else { return };
        let keys: Vec<String> = (0..device.length().unwrap_or_default()).filter_map(|index| device.key(index).ok().flatten()).collect();
        for key in keys.into_iter().filter(|key| key.starts_with(KEPT)) {
            drop(device.remove_item(&key));
        }
    }
}
