//! "Still true": the form with which somebody says that they have looked again.

use crate::accounts::Filled;
use crate::ui::Field;
use domain::evidence::StillTrue;
use leptos::prelude::*;

/// One button and a note, for evidence and for learnings.
#[component]
pub fn StillTrueForm(
    /// Where it is sent.
    action: String,
    /// Why to press it, in a sentence.
    #[prop(into)]
    why: String,
    /// The note as it was refused, if it was.
    filled: Filled<StillTrue>,
) -> impl IntoView {
    let Filled { form, errors } = filled;
    let error = errors.0.first().map(|error| error.message.clone());
    view! {
        <section id="still-true" aria-labelledby="still-true-title">
            <header class="section-head"><h2 id="still-true-title">"Still true?"</h2></header>
            <form class="form" method="post" action=action>
                <p class="muted">{why}</p>
                <Field id="still-true-note" name="note" label="What you looked at" optional=true value=form.note.unwrap_or_default() error />
                <p class="actions"><button class="button">"Still true"</button></p>
            </form>
        </section>
    }
}
