//! The thesaurus on the settings page: what the team adds, which shipped groups do not hold here, and all of them to
//! look at.

use super::forms::ThesaurusForm;
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Findings, TextArea};
use domain::access::Permission;
use domain::search::{ThesaurusEdits, ThesaurusEntry};
use leptos::prelude::*;

/// Groups of words that say the same.
#[component]
pub fn ThesaurusSection(
    frame: Frame,
    edits: ThesaurusEdits,
    entries: Vec<ThesaurusEntry>,
    /// The form as it was refused, if it was.
    refused: Option<Filled<ThesaurusForm>>,
) -> impl IntoView {
    let may = frame.may(Permission::Configure);
    let editor = may.then(|| view! { <Editor action=frame.to("settings/thesaurus") edits=edits.clone() refused /> });
    let own = (!may && !edits.is_empty()).then(|| {
        let lines = edits.groups.iter().map(|group| view! { <li>{group.join(", ")}</li> }).collect_view();
        view! { <ul>{lines}</ul> }
    });
    let shipped: Vec<ThesaurusEntry> = entries.into_iter().filter(|one| one.shipped).collect();
    let count = shipped.len();
    let rows = shipped
        .into_iter()
        .map(|one| {
            let off = (!one.on).then(|| view! { " "<span class="tag">"switched off"</span> });
            view! { <li><b>{one.name}</b>{off}": "{one.phrases.join(", ")}</li> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="thesaurus-title">
            <header class="section-head"><h2 id="thesaurus-title">"Thesaurus"</h2><p>"Words that say the same, so that an idea is found however it was put."</p></header>
            {editor}
            {own}
            <details class="more-fields"><summary>{format!("The {count} shipped groups")}</summary><ul class="small">{rows}</ul></details>
        </section>
    }
}

#[component]
fn Editor(action: String, edits: ThesaurusEdits, refused: Option<Filled<ThesaurusForm>>) -> impl IntoView {
    let Filled { form, errors } = refused.unwrap_or_else(|| Filled { form: ThesaurusForm::of(&edits), ..Filled::default() });
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let messages = errors.0.iter().skip(1).map(|error| error.message.clone()).collect();
    view! {
        <form class="form" method="post" action=action>
            <Findings messages />
            <TextArea id="thesaurus-groups" name="groups" label="Groups of your own" optional=true rows=4 value=form.groups
                error=of("settings.thesaurus.groups") hint="A group on each line, with commas between: trade counter, branch desk, pick-up point" />
            <TextArea id="thesaurus-off" name="off" label="Shipped groups that do not hold here" optional=true rows=2 value=form.off
                error=of("settings.thesaurus.off") hint="Each by the name it has below, one on each line" />
            <p class="actions"><button class="button">"Keep the thesaurus"</button></p>
        </form>
    }
}
