//! What may happen next to a test that is not ready to decide: start, look, stop, cancel, and a note on the data.

use super::server_fns::Refusals;
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Field, Findings, Icon, TextArea};
use domain::errors::FieldErrors;
use domain::experiments::{DataNote, Lack, ReasonDraft, StartDraft, State, StopDraft, Test};
use leptos::prelude::*;

/// The panels of the present state, for those who run tests.
#[component]
pub fn Steps(frame: Frame, test: Test, lacks: Vec<Lack>, refused: Refusals) -> impl IntoView {
    let here = frame.to(&format!("tests/{}", test.number));
    let number = test.number.clone();
    match test.state {
        State::Draft => view! {
            <section class="panel"><header><h2>"A draft"</h2></header><p>"Link a hypothesis to plan it: there is nothing yet that it could validate."</p></section>
        }
        .into_any(),
        State::Planned => view! {
            <Start here=here.clone() lacks filled=refused.start.unwrap_or_default() />
            <Cancel here number filled=refused.cancel.unwrap_or_default() />
        }
        .into_any(),
        State::Running => view! {
            <Stop here=here.clone() filled=refused.stop.unwrap_or_default() />
            <Cancel here number filled=refused.cancel.unwrap_or_default() />
        }
        .into_any(),
        State::Stopped | State::Concluded | State::Cancelled => ().into_any(),
    }
}

fn general(errors: &FieldErrors) -> Vec<String> {
    errors.of("form").map(str::to_owned).into_iter().collect()
}

#[component]
fn Start(here: String, lacks: Vec<Lack>, filled: Filled<StartDraft>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let missing: Vec<Lack> = lacks.iter().copied().filter(|lack| lack.needs_reason()).collect();
    let listed = (!lacks.is_empty()).then(|| lacks.iter().map(|lack| view! { <li><svg class="glyph warn" aria-hidden="true"><use href="/icons.svg#o-warn"></use></svg><span>{lack.sentence()}</span></li> }).collect_view());
    let needs_reason = !missing.is_empty() || errors.of("overrule_reason").is_some();
    let reason = needs_reason.then(|| view! {
        <TextArea id="overrule_reason" name="overrule_reason" label="Why start without?" hint="Mend what is missing, or say why the test starts all the same. This is counted." rows=2
            value=form.overrule_reason.clone().unwrap_or_default() error=of("overrule_reason") />
    });
    view! {
        <section class="panel active" aria-labelledby="start-title" id="start">
            <header><h2 id="start-title">"Start"</h2></header>
            <form class="form" method="post" action=format!("{here}/start")>
                <Findings messages=general(&errors) />
                {listed.map(|listed| view! { <ul class="checks">{listed}</ul> })}
                {reason}
                <Field id="start-on" name="on" label="First day" kind="date" hint="Today where left empty" optional=true value=form.on.unwrap_or_default() error=of("on") />
                <p class="actions"><button class="button primary">"Start test"</button><span class="muted">"Freezes the plan"</span></p>
            </form>
        </section>
    }
}

#[component]
fn Stop(here: String, filled: Filled<StopDraft>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    view! {
        <section class="panel" aria-labelledby="stop-title" id="stop">
            <header><h2 id="stop-title">"Stop"</h2></header>
            <form class="form" method="post" action=format!("{here}/stop")>
                <Findings messages=general(&errors) />
                <Field id="stop-on" name="on" label="Last day" kind="date" hint="Today where left empty" optional=true value=form.on.unwrap_or_default() error=of("on") />
                <Field id="stop-reason" name="reason" label="Reason" optional=true value=form.reason.unwrap_or_default() error=of("reason") />
                <p class="actions"><button class="button">"Stop test"</button></p>
            </form>
        </section>
    }
}

#[component]
fn Cancel(here: String, number: String, filled: Filled<ReasonDraft>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let open = !errors.is_empty();
    view! {
        <details class="more-fields" open=open id="cancel">
            <summary>{format!("Cancel {number}")}</summary>
            <form class="form" method="post" action=format!("{here}/cancel")>
                <Findings messages=general(&errors) />
                <Field id="cancel-reason" name="reason" label="Why is it cancelled?" value=form.reason.unwrap_or_default() error=errors.of("reason").map(str::to_owned) />
                <p class="actions"><button class="button danger">"Cancel test"</button></p>
            </form>
        </details>
    }
}

/// Results before the planned end stay hidden until somebody looks, and each look is on record.
#[component]
pub fn LookNow(frame: Frame, number: String, ends: Option<String>) -> impl IntoView {
    let until = ends.map_or_else(|| "until the plan is reached".to_owned(), |day| format!("until {day}"));
    view! {
        <div class="callout note">
            <Icon name="i-lock" />
            <div>
                <p><b>{format!("Hidden {until}.")}</b>" Looking early invites stopping at a lucky moment. “Look now” shows only the interval that allows for early looks, and the look is on record."</p>
                <form method="post" action=frame.to(&format!("tests/{number}/look"))><p class="actions"><button class="button small"><Icon name="i-eye" />"Look now"</button></p></form>
            </div>
        </div>
    }
}

/// A person's word on the data, which may say that they cannot be used.
#[component]
pub fn NoteOnData(here: String, note: Option<DataNote>, may: bool, refused: Option<Filled<DataNote>>) -> impl IntoView {
    let errors = refused.as_ref().map(|filled| filled.errors.clone()).unwrap_or_default();
    let form = refused.map(|filled| filled.form).or_else(|| note.clone()).unwrap_or_default();
    let shown = note.map(|note| {
        let tag = note.invalid.then(|| view! { " "<span class="tag warn">"cannot be used"</span> });
        view! { <p class="small">{note.note}{tag}</p> }
    });
    let edit = may.then(|| view! {
        <form class="form" method="post" action=format!("{here}/note")>
            <TextArea id="note" name="note" label="Note" rows=2 value=form.note error=errors.of("note").map(str::to_owned) />
            <label class="choice"><input type="checkbox" name="invalid" value="true" checked=form.invalid />" The data cannot be used"</label>
            <p class="actions"><button class="button small">"Save note"</button></p>
        </form>
    });
    view! {
        <section aria-labelledby="notes-title">
            <header class="section-head"><h2 id="notes-title">"Note on the data"</h2></header>
            {shown}
            {edit}
        </section>
    }
}
