//! Splitting a hypothesis in two, and merging it into another: a page each, since both deserve a look before.

use super::server_fns::{Rework, read_merge, read_split};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Field, Findings, Icon, TextArea, plural};
use domain::hypotheses::{Hypothesis, MergeDraft, SplitDraft};
use leptos::prelude::*;

/// Splits a part off.
#[component]
pub fn SplitPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_split(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, rework: Rework<SplitDraft>| {
        let Rework { hypothesis, filled: Filled { form, errors }, .. } = rework;
        let of = move |field: &str| errors.of(field).map(str::to_owned);
        let change = hypothesis.statement.change.clone().unwrap_or_default();
        let keeps = form.keeps.unwrap_or_else(|| change.clone());
        let about = format!(
            "The part takes over the rest of the statement and {}. Scores, comments and attachments stay here.",
            evidence_words(&hypothesis)
        );
        view! {
            {titled(format!("Split {}", hypothesis.number))}
            <Page frame=frame.clone() hypothesis=hypothesis.clone() title="Split" about>
                <form class="form" method="post" action=frame.to(&format!("hypotheses/{}/split", hypothesis.number))>
                    <Findings messages=of("form").into_iter().collect() />
                    <Field id="title" name="title" label="Title of the part" required=true autofocus=true value=form.title error=of("title") hint="Starts with a verb" />
                    <TextArea id="change" name="change" label="The change that goes with it" value=form.change.unwrap_or(change) error=of("change") rows=3 />
                    <TextArea id="keeps" name="keeps" label=format!("The change that stays with {}", hypothesis.number) value=keeps error=of("keeps") rows=3 />
                    <p class="actions"><button class="button primary">"Split it off"</button><a class="button quiet" href=frame.to(&format!("hypotheses/{}", hypothesis.number))>"Cancel"</a></p>
                </form>
            </Page>
        }
    })
}

/// Merges it into another.
#[component]
pub fn MergePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_merge(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, rework: Rework<MergeDraft>| {
        let Rework { hypothesis, filled: Filled { form, errors }, scorers, comments } = rework;
        let of = move |field: &str| errors.of(field).map(str::to_owned);
        let about = format!(
            "{}, {} and {} go along, with planned tests, tags, attachments and what grew out of it. {} is put away and says where it went. This can be undone for 30 days.",
            capitalised(&evidence_words(&hypothesis)),
            plural(scorers, "member’s score", "members’ scores"),
            plural(comments, "comment", "comments"),
            hypothesis.number
        );
        view! {
            {titled(format!("Merge {}", hypothesis.number))}
            <Page frame=frame.clone() hypothesis=hypothesis.clone() title="Merge" about>
                <form class="form" method="post" action=frame.to(&format!("hypotheses/{}/merge", hypothesis.number))>
                    <Findings messages=of("form").into_iter().collect() />
                    <Field id="into" name="into" label="Merge into" required=true autofocus=true value=form.into error=of("into") hint="The number of the hypothesis that stays, such as H-12" />
                    <Field id="reason" name="reason" label="Reason" optional=true value=form.reason.unwrap_or_default() error=of("reason") />
                    <p class="actions"><button class="button primary">"Merge"</button><a class="button quiet" href=frame.to(&format!("hypotheses/{}", hypothesis.number))>"Cancel"</a></p>
                </form>
            </Page>
        }
    })
}

fn evidence_words(hypothesis: &Hypothesis) -> String {
    let count = u64::from(hypothesis.evidence.supports + hypothesis.evidence.contradicts);
    plural(count, "link to evidence", "links to evidence")
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[component]
fn Page(frame: Frame, hypothesis: Hypothesis, title: &'static str, about: String, children: Children) -> impl IntoView {
    let here = frame.to(&format!("hypotheses/{}", hypothesis.number));
    view! {
        <main id="content" class="page form-page">
            <div class="crumbs">
                <nav aria-label="Where you are">
                    <a href=frame.to("hypotheses")>"Hypotheses"</a>" "<Icon name="i-chevron-right" />" "<a href=here>{hypothesis.number.clone()}</a>" "<Icon name="i-chevron-right" />" "{title}
                </nav>
            </div>
            <header class="page-head"><div><h1>{format!("{title} “{}”", hypothesis.title)}</h1><p>{about}</p></div></header>
            {children()}
        </main>
    }
}
