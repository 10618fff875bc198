//! What can be chosen below a text field while somebody types in it: the list, its keys, and what the field says of it to
//! those who do not see it. What is offered, and what choosing does, is the work of the islands that use it.

use leptos::prelude::*;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub name: String,
    pub note: String,
}

/// A list of offers, and which of them is active.
#[derive(Debug, Clone, Copy)]
pub struct Listbox {
    /// Of the list's element.
    pub id: &'static str,
    pub shown: RwSignal<Vec<Offer>>,
    pub active: RwSignal<Option<usize>>,
}

impl Listbox {
    pub fn new(id: &'static str) -> Self {
        Self { id, shown: RwSignal::new(Vec::new()), active: RwSignal::new(None) }
    }

    /// The list as an island draws it.
    pub fn view(self, label: &'static str) -> impl IntoView {
        let Self { id, shown, active } = self;
        let options = move || {
            let rows = shown.get().into_iter().enumerate().map(|(at, one)| {
                let selected = move || (active.get() == Some(at)).to_string();
                view! { <li id=format!("{id}-{at}") role="option" aria-selected=selected data-offer=at.to_string()><b>{one.name}</b>" "<span class="muted">{one.note}</span></li> }
            });
            rows.collect_view()
        };
        let closed = move || shown.get().is_empty();
        view! { <ul id=id class="popover mentions" role="listbox" aria-label=label hidden=closed>{options}</ul> }
    }
}

#[cfg(feature = "hydrate")]
impl Listbox {
    /// Shows these offers of a field, the one at `first` active; none closes the list.
    pub fn show(self, field: &web_sys::Element, found: Vec<Offer>, first: Option<usize>) {
        drop(field.set_attribute("aria-autocomplete", "list"));
        drop(field.set_attribute("aria-controls", self.id));
        if field.get_attribute("role").as_deref() == Some("combobox") {
            drop(field.set_attribute("aria-expanded", if found.is_empty() { "false" } else { "true" }));
        }
        let first = first.filter(|_| !found.is_empty());
        if self.shown.get_untracked() != found {
            self.shown.set(found);
        }
        self.activate(field, first);
    }

    pub fn close(self, field: &web_sys::Element) {
        self.show(field, Vec::new(), None);
    }

    fn activate(self, field: &web_sys::Element, at: Option<usize>) {
        match at {
            Some(at) => drop(field.set_attribute("aria-activedescendant", &format!("{}-{at}", self.id))),
            None => drop(field.remove_attribute("aria-activedescendant")),
        }
        self.active.set(at);
    }

    /// Moves through the list or closes it; answers which offer is taken. `eager` lets Tab take the first where none is
    /// active.
    pub fn press(self, event: &web_sys::KeyboardEvent, field: &web_sys::Element, eager: bool) -> Option<usize> {
        let count = self.shown.get_untracked().len();
        if count == 0 {
            return None;
        }
        let at = self.active.get_untracked();
        let taken = match event.key().as_str() {
            "ArrowDown" => {
                self.activate(field, Some(at.map_or(0, |at| (at + 1) % count)));
                None
            }
            "ArrowUp" => {
                self.activate(field, Some(at.map_or(count - 1, |at| (at + count - 1) % count)));
                None
            }
            "Enter" if at.is_some() => at,
            "Tab" if at.is_some() || eager => at.or(Some(0)),
            "Escape" => {
                self.close(field);
                None
            }
            _ => return None,
        };
        event.prevent_default();
        taken
    }

    /// Which offer of this list was pressed.
    pub fn pressed(self, target: Option<web_sys::EventTarget>) -> Option<usize> {
        use wasm_bindgen::JsCast;
        let element = target?.dyn_into::<web_sys::Element>().ok()?;
        element.closest(&format!("#{}", self.id)).ok()??;
        element.closest("[data-offer]").ok()??.get_attribute("data-offer")?.parse().ok()
    }
}
