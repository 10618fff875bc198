//! Modal dialogs. A dialog is a native `<dialog>` drawn with the page; a link or button says which one it opens with
//! `data-dialog="id"`. Without script a link leads to its page. The browser itself closes on Escape and gives the
//! focus back.

use leptos::prelude::*;

/// Listens for presses that open a dialog.
#[island]
pub fn Dialogs() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    Effect::new(|_| opener::listen());
}

#[cfg(feature = "hydrate")]
mod opener {
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlDialogElement, MouseEvent};

    pub fn listen() {
        let handle = window_event_listener(ev::click, |event| {
            let changed = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            if let Some(dialog) = wanted(&event).filter(|_| !changed)
                && dialog.show_modal().is_ok()
            {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    }

    /// The dialog that the pressed element opens.
    fn wanted(event: &MouseEvent) -> Option<HtmlDialogElement> {
        let pressed = event.target()?.dyn_into::<Element>().ok()?;
        let id = pressed.closest("[data-dialog]").ok()??.get_attribute("data-dialog")?;
        document().get_element_by_id(&id)?.dyn_into().ok()
    }
}
