//! Mentions while the statement is written: `@` offers metrics, `#` the evidence that can be picked. Choosing one writes
//! its name in place of what was typed; a metric also fills the empty choice of the effect, evidence is picked.

use super::server_fns::MetricName;
use leptos::prelude::*;

/// Something that can be mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The slug of a metric or the number of a piece of evidence.
    pub id: String,
    pub name: String,
}

/// The sign and the letters after it, where they end a text: "orders rise when @pur" asks for metrics with "pur".
#[cfg(any(test, feature = "hydrate"))]
pub fn asked(before_caret: &str) -> Option<(char, &str)> {
    let at = before_caret.rfind(['@', '#'])?;
    let (before, asked) = before_caret.split_at(at);
    let sign = asked.chars().next()?;
    let letters = &asked[1..];
    let begins = before.is_empty() || before.ends_with(char::is_whitespace);
    (begins && letters.chars().count() <= 30 && !letters.contains(['\n', '@', '#'])).then_some((sign, letters))
}

/// Those whose name or id has the letters, the ones that begin with them first; at most eight.
#[cfg(any(test, feature = "hydrate"))]
pub fn matching(all: &[Mention], letters: &str) -> Vec<Mention> {
    let letters = letters.trim().to_lowercase();
    let fits = |one: &&Mention| one.name.to_lowercase().contains(&letters) || one.id.to_lowercase().contains(&letters);
    let mut found: Vec<Mention> = all.iter().filter(fits).cloned().collect();
    found.sort_by_key(|one| !one.name.to_lowercase().starts_with(&letters));
    found.truncate(8);
    found
}

/// The list of what can be mentioned, below the field that asks.
#[island]
pub fn Mentions(metrics: Vec<MetricName>) -> impl IntoView {
    let shown = RwSignal::new(Vec::<Mention>::new());
    let active = RwSignal::new(0_usize);
    #[cfg(feature = "hydrate")]
    {
        let metrics: Vec<Mention> = metrics.into_iter().map(|metric| Mention { id: metric.slug, name: metric.name }).collect();
        Effect::new(move |_| field::listen(metrics.clone(), shown, active));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = metrics;
    let options = move || {
        let rows = shown.get().into_iter().enumerate().map(|(at, one)| {
            let selected = move || (active.get() == at).to_string();
            view! { <li id=format!("mention-{at}") role="option" aria-selected=selected data-mention=at.to_string()><b>{one.name}</b>" "<span class="muted">{one.id}</span></li> }
        });
        rows.collect_view()
    };
    let closed = move || shown.get().is_empty();
    view! { <ul id="mentions" class="popover mentions" role="listbox" aria-label="Mention" hidden=closed>{options}</ul> }
}

#[cfg(feature = "hydrate")]
mod field {
    use super::{Mention, asked, matching};
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

    pub fn listen(metrics: Vec<Mention>, shown: RwSignal<Vec<Mention>>, active: RwSignal<usize>) {
        let input = window_event_listener(ev::input, move |event| {
            let Some(area) = event.target().and_then(area_of) else { return };
            let found = typed(&area).map(|(sign, letters)| matching(&if sign == '@' { metrics.clone() } else { evidence() }, &letters));
            show(&area, found.unwrap_or_default(), shown, active);
        });
        let keys = window_event_listener_untyped("keydown", move |event| {
            if let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>()
                && let Some(area) = event.target().and_then(area_of)
            {
                press(event, &area, shown, active);
            }
        });
        let down = window_event_listener(ev::mousedown, move |event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let option = pressed.and_then(|element| element.closest("[data-mention]").ok()?);
            let chosen = option.and_then(|option| option.get_attribute("data-mention")?.parse::<usize>().ok());
            let area = document().active_element().and_then(|element| area_of(element.into()));
            match (chosen, area) {
                (Some(chosen), Some(area)) => {
                    event.prevent_default();
                    choose(&area, chosen, shown, active);
                }
                _ => shown.set(Vec::new()),
            }
        });
        on_cleanup(move || {
            input.remove();
            keys.remove();
            down.remove();
        });
    }

    /// A part of the statement; nothing else takes mentions.
    fn area_of(target: web_sys::EventTarget) -> Option<HtmlTextAreaElement> {
        let area = target.dyn_into::<HtmlTextAreaElement>().ok()?;
        area.closest(".statement-form").ok()?.map(|_| area)
    }

    /// What stands before the caret, in letters.
    fn before(area: &HtmlTextAreaElement) -> Option<String> {
        let caret = usize::try_from(area.selection_start().ok()??).ok()?;
        let units: Vec<u16> = area.value().encode_utf16().take(caret).collect();
        Some(String::from_utf16_lossy(&units))
    }

    fn typed(area: &HtmlTextAreaElement) -> Option<(char, String)> {
        let before = before(area)?;
        asked(&before).map(|(sign, letters)| (sign, letters.to_owned()))
    }

    /// The evidence in the picker.
    fn evidence() -> Vec<Mention> {
        let Ok(boxes) = document().query_selector_all("input[name='picks[evidence][]']") else { return Vec::new() };
        let rows = (0..boxes.length()).filter_map(|at| boxes.item(at)?.dyn_into::<HtmlInputElement>().ok());
        rows.filter_map(|input| {
            let label = document().query_selector(&format!("label[for='{}']", input.id())).ok()??;
            Some(Mention { id: input.value(), name: label.text_content()? })
        })
        .collect()
    }

    fn show(area: &HtmlTextAreaElement, found: Vec<Mention>, shown: RwSignal<Vec<Mention>>, active: RwSignal<usize>) {
        if found.is_empty() {
            drop(area.remove_attribute("aria-activedescendant"));
        } else {
            place(area);
            drop(area.set_attribute("aria-autocomplete", "list"));
            drop(area.set_attribute("aria-controls", "mentions"));
            drop(area.set_attribute("aria-activedescendant", "mention-0"));
        }
        active.set(0);
        if shown.get_untracked() != found {
            shown.set(found);
        }
    }

    /// Below the field, within the block that holds both.
    fn place(area: &HtmlTextAreaElement) {
        let Some(list) = document().get_element_by_id("mentions").and_then(|list| list.dyn_into::<HtmlElement>().ok()) else { return };
        let style = list.style();
        drop(style.set_property("top", &format!("{}px", area.offset_top() + area.offset_height() + 4)));
        drop(style.set_property("left", &format!("{}px", area.offset_left())));
    }

    fn press(event: &web_sys::KeyboardEvent, area: &HtmlTextAreaElement, shown: RwSignal<Vec<Mention>>, active: RwSignal<usize>) {
        let count = shown.get_untracked().len();
        if count == 0 {
            return;
        }
        let at = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set((at + 1) % count),
            "ArrowUp" => active.set((at + count - 1) % count),
            "Enter" | "Tab" => choose(area, at, shown, active),
            "Escape" => show(area, Vec::new(), shown, active),
            _ => return,
        }
        event.prevent_default();
        if !shown.get_untracked().is_empty() {
            drop(area.set_attribute("aria-activedescendant", &format!("mention-{}", active.get_untracked())));
        }
    }

    /// Writes the name in place of the sign and its letters.
    fn choose(area: &HtmlTextAreaElement, at: usize, shown: RwSignal<Vec<Mention>>, active: RwSignal<usize>) {
        let (Some(one), Some((sign, letters)), Some(before)) = (shown.get_untracked().get(at).cloned(), typed(area), before(area)) else {
            return;
        };
        let kept = &before[..before.len() - letters.len() - 1];
        let rest: Vec<u16> = area.value().encode_utf16().skip(before.encode_utf16().count()).collect();
        let name = if sign == '@' { one.name.to_lowercase() } else { one.name.clone() };
        let written = format!("{kept}{name}");
        area.set_value(&format!("{written}{}", String::from_utf16_lossy(&rest)));
        let caret = u32::try_from(written.encode_utf16().count()).unwrap_or(0);
        drop(area.set_selection_range(caret, caret));
        show(area, Vec::new(), shown, active);
        if sign == '@' {
            fill_metric(&one.id)
        } else {
            pick(&one.id)
        }
        tell(area);
    }

    fn fill_metric(slug: &str) {
        let select = document().get_element_by_id("metric").and_then(|element| element.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select.filter(|select| select.value().is_empty()) {
            select.set_value(slug);
        }
    }

    fn pick(number: &str) {
        let input = document().get_element_by_id(&format!("pick-{number}")).and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            input.set_checked(true);
        }
    }

    /// Lets linter, draft and matches see it, as if it had been typed.
    fn tell(area: &HtmlTextAreaElement) {
        let init = EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
            drop(area.dispatch_event(&event));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_asks_where_a_word_begins() {
        for (text, found) in [
            ("orders rise when @pur", Some(('@', "pur"))),
            ("#", Some(('#', ""))),
            ("seen in #44% of sign", Some(('#', "44% of sign"))),
            ("mail@shop", None),
            ("@done.\nnext", None),
            ("plain", None),
            ("", None),
            ("é @größe", Some(('@', "größe"))),
        ] {
            assert_eq!(asked(text), found, "{text}");
        }
    }

    #[test]
    fn what_begins_with_the_letters_comes_first() {
        let of = |name: &str| Mention { id: name.to_lowercase(), name: name.to_owned() };
        let all = ["Bounce rate", "Return rate", "Rate of orders"].map(of);
        let names: Vec<String> = matching(&all, "RATE").into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["Rate of orders", "Bounce rate", "Return rate"]);
        assert_eq!(matching(&all, "zzz"), []);
    }
}
