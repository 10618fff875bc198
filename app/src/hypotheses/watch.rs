//! In the browser: what is typed into the builder is sent 400 ms after the typing stops, and the part of the page that
//! comes back takes the place of the old one. Nothing typed is ever changed by it.

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, RequestInit, Response, UrlSearchParams};

/// How long nothing must be typed.
const QUIET: Duration = Duration::from_millis(400);

/// What is going on between the form and the column.
#[derive(Default)]
struct Watch {
    waiting: RefCell<Option<TimeoutHandle>>,
    /// Counts the questions: an answer that was overtaken by a later one is dropped.
    asked: Cell<u32>,
    /// The last answer; the same again is not read out again.
    shown: RefCell<String>,
}

/// Listens to the form around the column, and to the links in it that fill a field.
pub fn listen(address: String) {
    let watch: Rc<Watch> = Rc::default();
    let typed = window_event_listener(ev::input, move |event| {
        let inside = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let form = inside.and_then(|field| field.closest("form").ok()?);
        if !form.is_some_and(|form| form.query_selector("#matches").is_ok_and(|matches| matches.is_some())) {
            return;
        }
        if let Some(before) = watch.waiting.borrow_mut().take() {
            before.clear();
        }
        let (address, asking) = (address.clone(), watch.clone());
        let ask = move || leptos::task::spawn_local(async move { renew(&address, &asking).await });
        *watch.waiting.borrow_mut() = set_timeout_with_handle(ask, QUIET).ok();
    });
    let pressed = window_event_listener(ev::click, |event| {
        let changed = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(target) = target.filter(|_| !changed)
            && filled(&target).is_some()
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        typed.remove();
        pressed.remove();
    });
}

/// Asks, and shows the answer if it is still the last one; one that fails leaves what was shown.
async fn renew(address: &str, watch: &Watch) {
    let mine = watch.asked.get() + 1;
    watch.asked.set(mine);
    if let Some(html) = fetched(address).await.filter(|_| watch.asked.get() == mine)
        && let Some(matches) = document().get_element_by_id("matches")
        && *watch.shown.borrow() != html
    {
        matches.set_inner_html(&html);
        *watch.shown.borrow_mut() = html;
        let said = matches.query_selector("p").ok().flatten().and_then(|line| line.text_content());
        if let Some(status) = document().get_element_by_id("matches-said").filter(|status| status.text_content() != said) {
            status.set_text_content(said.as_deref());
        }
    }
}

async fn fetched(address: &str) -> Option<String> {
    let form: HtmlFormElement = document().get_element_by_id("matches")?.closest("form").ok()??.dyn_into().ok()?;
    let said = FormData::new_with_form(&form).ok()?;
    let said = UrlSearchParams::new_with_str_sequence_sequence(&JsValue::from(said)).ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from(said));
    let response: Response = JsFuture::from(window().fetch_with_str_and_init(address, &init)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// "Iterate" names the parent in the form at hand, "Mine differs because…" goes to its field.
fn filled(target: &Element) -> Option<()> {
    let link = target.closest("[data-parent], [data-focus]").ok()??;
    let field = match link.get_attribute("data-parent") {
        Some(parent) => {
            let field: HtmlInputElement = document().get_element_by_id("parent")?.dyn_into().ok()?;
            field.set_value(&parent);
            field.dyn_into::<HtmlElement>().ok()?
        }
        None => document().get_element_by_id(&link.get_attribute("data-focus")?)?.dyn_into().ok()?,
    };
    if let Ok(Some(folded)) = field.closest("details") {
        folded.set_attribute("open", "").ok()?;
    }
    field.focus().ok()
}
