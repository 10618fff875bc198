//! What stands in the builder's form in the browser: read whole at every change, so that linter, draft and matches see
//! the same.

use super::server_fns::Bearing;
use domain::hypotheses::HypothesisForm;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

/// The form's fields, and how the picked evidence bears on it.
pub struct Typed {
    pub form: HypothesisForm,
    pub picked: Bearing,
}

/// The form of the builder, if this page has one.
pub fn form() -> Option<HtmlFormElement> {
    document().query_selector("main.new-hypothesis form").ok().flatten()?.dyn_into().ok()
}

/// Calls back now, since a browser may have brought typed text back by itself, and after every change.
pub fn listen(changed: impl Fn(Typed) + Clone + 'static) {
    if let Some(typed) = read() {
        changed(typed);
    }
    let tell = move || {
        if let Some(typed) = read() {
            changed(typed);
        }
    };
    let (on_input, on_change) = (tell.clone(), tell);
    let input = window_event_listener(ev::input, move |_| on_input());
    let change = window_event_listener(ev::change, move |_| on_change());
    on_cleanup(move || {
        input.remove();
        change.remove();
    });
}

fn read() -> Option<Typed> {
    let data = FormData::new_with_form(&form()?).ok()?;
    let text = |name: &str| data.get(&format!("form[{name}]")).as_string().unwrap_or_default();
    let many = |name: &str| data.get_all(name).iter().filter_map(|value| JsValue::as_string(&value)).collect::<Vec<_>>();
    let form = HypothesisForm {
        title: text("title"),
        because: text("because"),
        change: text("change"),
        audience: text("audience"),
        metric: text("metric"),
        direction: text("direction"),
        low: text("low"),
        high: text("high"),
        lever: text("lever"),
        reason: text("reason"),
        measure: text("measure"),
        site: text("site"),
        area: text("area"),
        devices: many("form[devices][]"),
        audience_slug: text("audience_slug"),
        guard_rails: many("form[guard_rails][]"),
        ..HypothesisForm::default()
    };
    let picked = many("picks[evidence][]");
    let against = |number: &&String| data.get(&format!("picks[directions][{number}]")).as_string().as_deref() == Some("contradicts");
    let contradicts = picked.iter().filter(against).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(Typed { form, picked: Bearing { supports: count(picked.len() - contradicts), contradicts: count(contradicts) } })
}

/// Puts words into a field, named as REST names it, as if they had been typed there.
pub fn put(field: &str, words: &str) {
    let id = field.rsplit('.').next().unwrap_or(field);
    let Some(element) = document().get_element_by_id(id) else { return };
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(words);
        drop(area.focus());
    } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(words);
        drop(input.focus());
    }
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &init) {
        drop(element.dispatch_event(&event));
    }
}
