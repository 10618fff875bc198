//! Ways to go on while a query is typed: names of filters where a word begins, their values behind the colon. Fields that
//! take them say so by `data-suggest`, with the kind of their list; without script the help on the search page stands
//! for it.

use crate::error::AppError;
use crate::ui::Listbox;
use domain::search::{Kind, Suggestion};
use leptos::prelude::*;

/// What can follow what is typed before the caret, in the field of one list or of the search of everything.
#[server]
pub async fn read_suggestions(workspace: String, words: String, list: Option<Kind>) -> Result<Vec<Suggestion>, AppError> {
    use crate::request::{refused, scope};
    scope::<store::Read>(&workspace).await?.suggestions(&words, list).await.map_err(refused)
}

/// The list below whichever field is typed in.
#[island]
pub fn Suggestions(workspace: String) -> impl IntoView {
    let list = Listbox::new("suggestions");
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| field::listen(&workspace, list));
    #[cfg(not(feature = "hydrate"))]
    let _ = workspace;
    list.view("Ways to go on")
}

#[cfg(feature = "hydrate")]
mod field {
    use super::read_suggestions;
    use crate::ui::{Listbox, Offer};
    use domain::search::{Kind, last_part};
    use leptos::ev;
    use leptos::leptos_dom::helpers::TimeoutHandle;
    use leptos::prelude::*;
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use web_sys::{EventTarget, HtmlElement, HtmlInputElement, KeyboardEvent};

    /// How long nothing must be typed.
    const QUIET: Duration = Duration::from_millis(120);
    /// No name of a filter has more letters.
    const NAME: usize = 9;
    /// As wide as the list is where there is room, and how far it stays from the edge.
    const WIDTH: f64 = 420.0;
    const EDGE: f64 = 8.0;

    struct Asking {
        workspace: String,
        list: Listbox,
        waiting: RefCell<Option<TimeoutHandle>>,
        /// Counts the questions: an answer that was overtaken by a later one is dropped.
        asked: Cell<u32>,
    }

    pub fn listen(workspace: &str, list: Listbox) {
        let asking = Rc::new(Asking { workspace: workspace.to_owned(), list, waiting: RefCell::default(), asked: Cell::new(0) });
        let (typing, pressing, choosing) = (asking.clone(), asking.clone(), asking.clone());
        let input = window_event_listener(ev::input, move |event| {
            if let Some(field) = event.target().and_then(field_of) {
                later(&typing, field);
            }
        });
        let keys = window_event_listener_untyped("keydown", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>()
                && let Some(field) = event.target().and_then(field_of)
                && let Some(at) = list.press(event, &field, before(&field).is_some_and(|text| last_part(&text).contains(':')))
            {
                choose(&pressing, &field, at);
            }
        });
        let down = window_event_listener(ev::mousedown, move |event| {
            let field = document().active_element().and_then(|element| field_of(element.into()));
            if let (Some(at), Some(field)) = (list.pressed(event.target()), field) {
                event.prevent_default();
                choose(&choosing, &field, at);
            }
        });
        let left = window_event_listener(ev::focusout, move |event| {
            if let Some(field) = event.target().and_then(field_of) {
                asking.asked.set(asking.asked.get() + 1);
                list.close(&field);
            }
        });
        on_cleanup(move || {
            input.remove();
            keys.remove();
            down.remove();
            left.remove();
        });
    }

    fn field_of(target: EventTarget) -> Option<HtmlInputElement> {
        target.dyn_into::<HtmlInputElement>().ok().filter(|field| field.has_attribute("data-suggest"))
    }

    /// What stands before the caret.
    fn before(field: &HtmlInputElement) -> Option<String> {
        let caret = usize::try_from(field.selection_start().ok()??).ok()?;
        let units: Vec<u16> = field.value().encode_utf16().take(caret).collect();
        Some(String::from_utf16_lossy(&units))
    }

    /// Whether anything can follow, so that plain words ask nobody.
    fn may_go_on(text: &str) -> bool {
        let part = last_part(text);
        part.contains(':') || ((1..=NAME).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
    }

    fn later(asking: &Rc<Asking>, field: HtmlInputElement) {
        if let Some(before) = asking.waiting.borrow_mut().take() {
            before.clear();
        }
        let own = asking.clone();
        let ask = move || leptos::task::spawn_local(async move { ask(&own, &field).await });
        *asking.waiting.borrow_mut() = set_timeout_with_handle(ask, QUIET).ok();
    }

    async fn ask(asking: &Asking, field: &HtmlInputElement) {
        let mine = asking.asked.get() + 1;
        asking.asked.set(mine);
        let Some(text) = before(field) else { return };
        let kind = field.get_attribute("data-suggest").as_deref().and_then(Kind::from_slug);
        let found =
            if may_go_on(&text) { read_suggestions(asking.workspace.clone(), text, kind).await.unwrap_or_default() } else { Vec::new() };
        if asking.asked.get() == mine && field.matches(":focus").unwrap_or(false) {
            drop(field.set_attribute("role", "combobox"));
            place(asking.list, field);
            let offers = found.into_iter().map(|one| Offer { name: one.written, note: one.meaning }).collect();
            asking.list.show(field, offers, None);
        }
    }

    /// Below the field, within the window.
    fn place(list: Listbox, field: &HtmlInputElement) {
        let Some(list) = document().get_element_by_id(list.id).and_then(|list| list.dyn_into::<HtmlElement>().ok()) else { return };
        let box_of = field.get_bounding_client_rect();
        let room = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(WIDTH);
        let left = box_of.left().min(room - WIDTH - EDGE).max(EDGE);
        drop(list.style().set_property("top", &format!("{}px", box_of.bottom() + 4.0)));
        drop(list.style().set_property("left", &format!("{left}px")));
    }

    /// Writes the offer in place of the part before the caret; behind a name its values are offered at once.
    fn choose(asking: &Rc<Asking>, field: &HtmlInputElement, at: usize) {
        let (Some(one), Some(text)) = (asking.list.shown.get_untracked().get(at).cloned(), before(field)) else { return };
        let kept = text.strip_suffix(last_part(&text)).unwrap_or_default();
        let rest: Vec<u16> = field.value().encode_utf16().skip(text.encode_utf16().count()).collect();
        let written = format!("{kept}{}", one.name);
        field.set_value(&format!("{written}{}", String::from_utf16_lossy(&rest)));
        let caret = u32::try_from(written.encode_utf16().count()).unwrap_or(0);
        drop(field.set_selection_range(caret, caret));
        asking.list.close(field);
        if one.name.ends_with(':') {
            later(asking, field.clone());
        }
    }
}
