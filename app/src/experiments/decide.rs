//! The decision panel: the outcome as a control of its own, the decisions as a group, and the one sentence.

use super::conclusion_form::ConclusionForm;
use super::decisions::Decisions;
use super::words;
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Choice, Field, FieldNote, Findings, Icon, SelectField, Submit, TextArea, plural};
use domain::errors::FieldErrors;
use domain::experiments::{Outcome, Suggestion, Test};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The panel of a stopped test.
#[component]
pub fn Decide(
    frame: Frame,
    test: Test,
    suggestion: Option<Suggestion>,
    catalogue: Catalogue,
    refused: Option<Filled<ConclusionForm>>,
) -> impl IntoView {
    let Filled { form, errors } =
        refused.unwrap_or_else(|| Filled { form: ConclusionForm::fresh(&test, suggestion.as_ref()), errors: FieldErrors::default() });
    let waiting = test.stopped_on.map(|day| {
        let days = frame.now.date_naive().signed_duration_since(day).num_days().max(0);
        if days == 0 { "stopped today".to_owned() } else { format!("waiting {}", plural(days.unsigned_abs(), "day", "days")) }
    });
    let action = frame.to(&format!("tests/{}/conclusion", test.number));
    let findings = above_the_form(&errors);
    view! {
        <section class="panel active decide" aria-labelledby="decide-title" id="decide">
            <header><h2 id="decide-title">"Decide"</h2><span>{waiting}</span></header>
            <form class="form" method="post" action=action>
                <Findings messages=findings />
                <Outcomes suggestion chosen=form.outcome.clone() error=errors.of("outcome").map(str::to_owned) />
                <Overrule form=form.clone() errors=errors.clone() />
                <Decisions test form=form.clone() errors=errors.clone() />
                <Lesson form errors catalogue />
                <Submit label="Record decision" />
            </form>
        </section>
    }
}

/// A short line first, so that it is heard; the rest stands beside the fields.
fn above_the_form(errors: &FieldErrors) -> Vec<String> {
    let mut messages: Vec<String> = errors.of("form").map(str::to_owned).into_iter().collect();
    if !errors.is_empty() {
        messages.insert(0, "Not recorded yet. Everything you typed is still here.".to_owned());
    }
    messages
}

#[component]
fn Outcomes(suggestion: Option<Suggestion>, chosen: String, error: Option<String>) -> impl IntoView {
    let suggested = suggestion.as_ref().map(|one| one.outcome);
    let about = suggestion.as_ref().and_then(|one| one.variant.clone());
    let radios = Outcome::RECORDED
        .into_iter()
        .map(|outcome| {
            let (class, icon, name) = words::outcome(outcome);
            let (class, href) = (format!("glyph {class}"), format!("/icons.svg#{icon}"));
            let is_suggested = suggested == Some(outcome);
            // Without a suggestion every outcome is a person's to choose; then nothing is overruled.
            let marked = (is_suggested || suggested.is_none()).then_some("true");
            let variant = about.as_ref().filter(|_| is_suggested).map(|key| format!(", {key}"));
            let tag = is_suggested.then(|| view! { " "<span class="tag accent">"suggested"</span> });
            view! {
                <label class="choice">
                    <input type="radio" name="outcome" value=outcome.slug() checked=chosen == outcome.slug() data-suggested=marked />
                    <svg class=class aria-hidden="true"><use href=href></use></svg>" "{name}{variant}{tag}
                </label>
            }
        })
        .collect_view();
    let reason = suggestion.map(|one| {
        let warnings =
            one.warnings.into_iter().map(|warning| view! { <p class="error"><Icon name="o-warn" own=true />{warning}</p> }).collect_view();
        view! { <p class="hint">{one.reason}</p>{warnings} }
    });
    view! {
        <fieldset class="choices outcomes" id="outcome">
            <legend>"Outcome, what the data say"</legend>
            {radios}
            <FieldNote error />
        </fieldset>
        {reason}
    }
}

/// Shown by the style sheet once another outcome than the suggested one is chosen.
#[component]
fn Overrule(form: ConclusionForm, errors: FieldErrors) -> impl IntoView {
    let error = errors.of("overrule_reason").map(str::to_owned);
    view! {
        <div class="overrule">
            <TextArea id="overrule_reason" name="overrule_reason" label="Why not the suggestion?" rows=2 value=form.overrule_reason error />
        </div>
    }
}

#[component]
fn Lesson(form: ConclusionForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let of = |field: &str| errors.of(&format!("learning.{field}")).map(str::to_owned);
    let levers = catalogue.levers.iter().map(|term| Choice::new(&term.slug, &term.name)).collect::<Vec<_>>();
    let open = ["areas", "audiences", "lever", "recheck_on"].iter().any(|field| of(field).is_some());
    let hidden = [("areas[]", form.areas.clone()), ("audiences[]", form.audiences.clone())]
        .into_iter()
        .flat_map(|(name, values)| values.into_iter().map(move |value| view! { <input type="hidden" name=name value=value /> }))
        .collect_view();
    let surprising = form.surprise == "surprising";
    view! {
        <div class="said">
            <TextArea id="sentence" name="sentence" label="What did we learn, in one sentence?" hint="What is true of people, not what the team did"
                rows=3 value=form.sentence error=of("sentence") />
        </div>
        <TextArea id="why" name="why" label="Why do we think so?" optional=true rows=2 value=form.why error=of("why") />
        <fieldset class="choices across">
            <legend>"Was that expected?"</legend>
            <label class="choice"><input type="radio" name="surprise" value="expected" checked=!surprising />" Expected"</label>
            <label class="choice"><input type="radio" name="surprise" value="surprising" checked=surprising />" Surprising"</label>
        </fieldset>
        {hidden}
        <details class="more-fields" open=open>
            <summary>"What happened, lever and re-check"</summary>
            <TextArea id="what_happened" name="what_happened" label="What happened" optional=true rows=3 value=form.what_happened error=of("what_happened") />
            <SelectField id="lever" name="lever" label="Lever" choices=levers blank="none" value=form.lever error=of("lever") optional=true />
            <Field id="recheck_on" name="recheck_on" label="Look at it again on" kind="date" optional=true value=form.recheck_on error=of("recheck_on") />
        </details>
    }
}
