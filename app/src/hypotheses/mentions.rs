//! Mentions while the statement is written: `@` offers metrics, `#` the evidence that can be picked. Choosing one writes
//! its name in place of what was typed; a metric also fills the empty choice of the effect, evidence is picked.

use super::server_fns::MetricName;
use crate::ui::Listbox;
use leptos::prelude::*;

/// Something that can be mentioned.
#[cfg(any(test, feature = "hydrate"))]
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
    let list = Listbox::new("mentions");
    #[cfg(feature = "hydrate")]
    {
        let metrics: Vec<Mention> = metrics.into_iter().map(|metric| Mention { id: metric.slug, name: metric.name }).collect();
        Effect::new(move |_| field::listen(metrics.clone(), list));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = metrics;
    list.view("Mention")
}

#[cfg(feature = "hydrate")]
mod field {
    use super::{Mention, asked, matching};
    use crate::ui::{Listbox, Offer};
    use leptos::ev;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

    pub fn listen(metrics: Vec<Mention>, list: Listbox) {
        let input = window_event_listener(ev::input, move |event| {
            let Some(area) = event.target().and_then(area_of) else { return };
            let found = typed(&area).map(|(sign, letters)| matching(&if sign == '@' { metrics.clone() } else { evidence() }, &letters));
            let offers = found.unwrap_or_default().into_iter().map(|one| Offer { name: one.name, note: one.id }).collect();
            place(list, &area);
            list.show(&area, offers, Some(0));
        });
        let keys = window_event_listener_untyped("keydown", move |event| {
            if let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>()
                && let Some(area) = event.target().and_then(area_of)
                && let Some(at) = list.press(event, &area, true)
            {
                choose(&area, at, list);
            }
        });
        let down = window_event_listener(ev::mousedown, move |event| {
            let area = document().active_element().and_then(|element| area_of(element.into()));
            match (list.pressed(event.target()), area) {
                (Some(at), Some(area)) => {
                    event.prevent_default();
                    choose(&area, at, list);
                }
                (_, Some(area)) => list.close(&area),
                _ => list.shown.set(Vec::new()),
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

    /// Below the field, within the block that holds both.
    fn place(list: Listbox, area: &HtmlTextAreaElement) {
        let Some(list) = document().get_element_by_id(list.id).and_then(|list| list.dyn_into::<HtmlElement>().ok()) else { return };
        let style = list.style();
        drop(style.set_property("top", &format!("{}px", area.offset_top() + area.offset_height() + 4)));
        drop(style.set_property("left", &format!("{}px", area.offset_left())));
    }

    /// Writes the name in place of the sign and its letters.
    fn choose(area: &HtmlTextAreaElement, at: usize, list: Listbox) {
        let (Some(one), Some((sign, letters)), Some(before)) = (list.shown.get_untracked().get(at).cloned(), typed(area), before(area))
        else {
            return;
        };
        let kept = &before[..before.len() - letters.len() - 1];
        let rest: Vec<u16> = area.value().encode_utf16().skip(before.encode_utf16().count()).collect();
        let name = if sign == '@' { one.name.to_lowercase() } else { one.name.clone() };
        let written = format!("{kept}{name}");
        area.set_value(&format!("{written}{}", String::from_utf16_lossy(&rest)));
        let caret = u32::try_from(written.encode_utf16().count()).unwrap_or(0);
        drop(area.set_selection_range(caret, caret));
        list.close(area);
        if sign == '@' {
            fill_metric(&one.note)
        } else {
            pick(&one.note)
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
