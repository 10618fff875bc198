//! Single keys. The page says what each key presses, with `data-key="s"` on a link, a button or a field; `g h` is
//! two keys in a row. In a list the row in focus comes first. `J` and `K` walk the links marked `data-row`; digits
//! answer the scales of the score page. While a modal dialog is open, no key acts behind it.
//! One island listens for the whole page, so that no part needs script of its own.

use leptos::prelude::*;

/// Listens for single keys outside fields.
#[island]
pub fn Keys() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(|_| listener::listen());
}

#[cfg(feature = "hydrate")]
mod listener {
    use leptos::ev;
    use leptos::prelude::*;
    use std::cell::RefCell;
    use wasm_bindgen::JsCast;
    use web_sys::{Document, Element, HtmlElement, HtmlInputElement, KeyboardEvent};

    /// Starts to listen, and says so to whoever waits for the page to be ready.
    pub fn listen() {
        let before = RefCell::new(String::new());
        let handle = window_event_listener(ev::keydown, move |event| {
            let first = before.replace(String::new());
            if let Some(waiting) = press(&event, &first) {
                before.replace(waiting);
            }
        });
        on_cleanup(move || handle.remove());
        if let Some(root) = document().document_element() {
            drop(root.set_attribute("data-hydrated", "true"));
        }
    }

    /// Acts on a key; answers the key that a second one may follow.
    fn press(event: &KeyboardEvent, first: &str) -> Option<String> {
        let document = document();
        let focused = document.active_element();
        if event.ctrl_key() || event.meta_key() || event.alt_key() || focused.as_ref().is_some_and(is_typing) {
            return None;
        }
        if document.query_selector("dialog:modal").is_ok_and(|dialog| dialog.is_some()) {
            return None;
        }
        let key = event.key().to_lowercase();
        if key.len() == 1 && key.as_bytes()[0].is_ascii_digit() && score(&document, focused.as_ref(), &key) {
            event.prevent_default();
            return None;
        }
        if matches!(key.as_str(), "j" | "k") && walk(&document, focused.as_ref(), key == "j") {
            event.prevent_default();
            return None;
        }
        let wanted = if first.is_empty() { key.clone() } else { format!("{first} {key}") };
        if let Some(target) = marked(&document, focused.as_ref(), &wanted) {
            event.prevent_default();
            act(&target);
            return None;
        }
        (first.is_empty() && key == "g").then_some(key)
    }

    fn is_typing(element: &Element) -> bool {
        let name = element.tag_name();
        let kind = element.get_attribute("type").unwrap_or_default();
        matches!(name.as_str(), "TEXTAREA" | "SELECT") || (name == "INPUT" && !matches!(kind.as_str(), "radio" | "checkbox"))
    }

    /// The first element that this key presses: of the row in focus, else of the page. What opens a dialog may stand
    /// in a closed menu; everything else has to be in sight.
    fn marked(document: &Document, focused: Option<&Element>, key: &str) -> Option<HtmlElement> {
        let selector = format!("[data-key=\"{}\"]", key.replace(['"', '\\'], ""));
        let row = focused.and_then(|element| element.closest("li, tr").ok().flatten());
        if let Some(near) = row.and_then(|row| row.query_selector(&selector).ok().flatten()) {
            return near.dyn_into().ok();
        }
        let all = document.query_selector_all(&selector).ok()?;
        let mut elements = (0..all.length()).filter_map(|index| all.item(index)?.dyn_into::<HtmlElement>().ok());
        elements.find(|element| element.offset_width() > 0 || element.has_attribute("data-dialog"))
    }

    /// Fields take the focus; everything else is pressed.
    fn act(target: &HtmlElement) {
        if is_typing(target) {
            drop(target.focus());
        } else {
            target.click();
        }
    }

    /// Moves the focus along the rows of a list.
    fn walk(document: &Document, focused: Option<&Element>, down: bool) -> bool {
        let Ok(rows) = document.query_selector_all("[data-row]") else { return false };
        let rows: Vec<HtmlElement> = (0..rows.length()).filter_map(|index| rows.item(index)?.dyn_into().ok()).collect();
        let here = rows.iter().position(|row| focused.is_some_and(|focused| row.is_same_node(Some(focused))));
        let next = match (here, down) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(rows.len().saturating_sub(1)),
            (Some(at), false) => at.saturating_sub(1),
        };
        rows.get(next).is_some_and(|row| row.focus().is_ok())
    }

    /// A digit answers the scale in focus, else the first one that is open; 0 stands for 10.
    fn score(document: &Document, focused: Option<&Element>, digit: &str) -> bool {
        let level = if digit == "0" { "10" } else { digit };
        let within = focused.and_then(|element| element.closest("fieldset.scale").ok().flatten());
        let open = || document.query_selector("fieldset.scale:not(:has(:checked))").ok().flatten();
        let Some(scale) = within.or_else(open) else { return false };
        let Ok(Some(radio)) = scale.query_selector(&format!("input[value=\"{level}\"]")) else { return false };
        let Ok(radio) = radio.dyn_into::<HtmlInputElement>() else { return false };
        radio.click();
        let next = scale.next_element_sibling().filter(|next| next.matches("fieldset.scale").unwrap_or(false));
        let first = next.and_then(|next| next.query_selector("input:checked, input").ok().flatten());
        let target = first.and_then(|first| first.dyn_into::<HtmlElement>().ok());
        drop(target.map_or_else(|| radio.focus(), |target| target.focus()));
        true
    }
}
