//! The part of a form that says how a piece of evidence bears on a hypothesis.

use super::server_fns::LinkForm;
use crate::ui::{Choice, Field, SelectField};
use domain::errors::FieldErrors;
use leptos::prelude::*;

/// Direction, note, and whether a test ran on the hypothesis’s own area.
#[component]
pub fn LinkFields(
    form: LinkForm,
    errors: FieldErrors,
    /// What stands before the fields’ names: `link` makes `link[note]`; nothing leaves them plain.
    #[prop(optional)]
    within: &'static str,
    /// The field that names the other side; none where it is known.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name = |field: &str| if within.is_empty() { field.to_owned() } else { format!("{within}[{field}]") };
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let directions = vec![Choice::new("supports", "Supports it"), Choice::new("contradicts", "Contradicts it")];
    let value = if form.direction.is_empty() { "supports".to_owned() } else { form.direction };
    view! {
        <div class="field-row">
            {children.map(|children| children())}
            <SelectField id="bearing" name=name("direction") label="Direction" choices=directions value error=of("direction") />
            <Field id="note" name=name("note") label="Note" optional=true value=form.note error=of("note") />
        </div>
        <label class="choice">
            <input type="checkbox" name=name("same_area") value="yes" checked=!form.same_area.is_empty() />
            " It is a test of our own on the same area, which weighs more"
        </label>
    }
}
