//! Form fields: label, hint, and the finding beside the field. Everything works as a plain form.

use super::icon::Icon;
use leptos::prelude::*;

/// The hint and the finding below a label, and the ids that tie them to the input.
struct Notes {
    described_by: Option<String>,
    invalid: Option<&'static str>,
    view: AnyView,
    after: AnyView,
}

fn notes(id: &str, hint: Option<String>, error: Option<String>) -> Notes {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let ids: Vec<String> =
        [hint.is_some().then(|| hint_id.clone()), error.is_some().then(|| error_id.clone())].into_iter().flatten().collect();
    let invalid = error.is_some().then_some("true");
    let view = hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> }).into_any();
    let after = error.map(|error| view! { <p class="error" id=error_id><Icon name="o-warn" own=true />{error}</p> }).into_any();
    Notes { described_by: (!ids.is_empty()).then(|| ids.join(" ")), invalid, view, after }
}

/// A single-line input with its label.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    #[prop(optional)] autofocus: bool,
    #[prop(optional, into)] autocomplete: Option<String>,
    #[prop(optional, into)] inputmode: Option<String>,
    #[prop(optional, into)] placeholder: Option<String>,
    /// The id of a `datalist` with suggestions.
    #[prop(optional, into)]
    list: Option<String>,
) -> impl IntoView {
    let Notes { described_by, invalid, view: hint, after } = notes(&id, hint, error);
    let autocomplete = autocomplete.unwrap_or_else(|| "off".to_owned());
    view! {
        <div class="field">
            <label for=id.clone()>{label}{optional.then(|| view! { " "<span class="optional">"optional"</span> })}</label>
            {hint}
            <input id=id name=name type=kind value=value required=required autofocus=autofocus autocomplete=autocomplete
                inputmode=inputmode placeholder=placeholder list=list aria-describedby=described_by aria-invalid=invalid />
            {after}
        </div>
    }
}

/// Several lines of text with their label.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(default = 3)] rows: u32,
    #[prop(optional)] optional: bool,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let Notes { described_by, invalid, view: hint, after } = notes(&id, hint, error);
    view! {
        <div class="field">
            <label for=id.clone()>{label}{optional.then(|| view! { " "<span class="optional">"optional"</span> })}</label>
            {hint}
            <textarea id=id name=name rows=rows required=required aria-describedby=described_by aria-invalid=invalid>{value}</textarea>
            {after}
        </div>
    }
}

/// A value and the words for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// One of several choices.
#[component]
pub fn SelectField(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    /// What stands for "nothing chosen"; without it one choice is always made.
    #[prop(optional, into)]
    blank: Option<String>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let Notes { described_by, invalid, view: hint, after } = notes(&id, hint, error);
    let blank = blank.map(|words| view! { <option value="">{words}</option> });
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}{optional.then(|| view! { " "<span class="optional">"optional"</span> })}</label>
            {hint}
            <select id=id name=name aria-describedby=described_by aria-invalid=invalid>{blank}{options}</select>
            {after}
        </div>
    }
}

/// Any number of several choices.
#[component]
pub fn Checkboxes(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional)] values: Vec<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// Side by side instead of one below the other.
    #[prop(optional)]
    across: bool,
) -> impl IntoView {
    let class = if across { "field choices across" } else { "field choices" };
    let boxes = choices
        .into_iter()
        .map(|choice| {
            let checked = values.contains(&choice.value);
            view! { <label class="choice"><input type="checkbox" name=name.clone() value=choice.value checked=checked />" "{choice.label}</label> }
        })
        .collect_view();
    view! {
        <fieldset class=class>
            <legend>{legend}</legend>
            {boxes}
            <FieldNote error />
        </fieldset>
    }
}

/// A finding that stands beside something other than a field of its own.
#[component]
pub fn FieldNote(error: Option<String>) -> impl IntoView {
    error.map(|error| view! { <p class="error"><Icon name="o-warn" own=true />{error}</p> })
}

/// What was refused, above the form, so that it is heard first.
#[component]
pub fn Findings(
    /// The sentences; none shows nothing.
    messages: Vec<String>,
) -> impl IntoView {
    (!messages.is_empty()).then(|| {
        let list = messages.into_iter().map(|message| view! { <p>{message}</p> }).collect_view();
        view! { <div class="callout bad" role="alert"><Icon name="o-warn" own=true /><div>{list}</div></div> }
    })
}

/// The button that sends a form.
#[component]
pub fn Submit(#[prop(into)] label: String, #[prop(optional)] wide: bool) -> impl IntoView {
    let class = if wide { "button primary wide" } else { "button primary" };
    view! { <p class="actions"><button class=class>{label}</button></p> }
}
