//! A learning by hand: of a test that ran elsewhere, or long ago.

use super::form::LearningForm;
use super::server_fns::{NewLearning, read_new_learning};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Checkboxes, Choice, Field, Findings, SelectField, TextArea};
use domain::errors::FieldErrors;
use domain::experiments::Outcome;
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The page.
#[component]
pub fn NewLearningPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_new_learning(workspace.clone(), query("draft"));
    workspace_page(Place::Learnings, workspace, read, |frame, page: NewLearning| {
        let NewLearning { filled, catalogue } = page;
        view! {
            {titled("Add a learning")}
            <main id="content" class="page form-page">
                <header class="page-head"><div><h1>"Add a learning"</h1><p>"For a test that ran elsewhere or long ago. Deciding a test here writes its learning by itself."</p></div></header>
                <HandForm frame filled catalogue />
            </main>
        }
    })
}

#[component]
fn HandForm(frame: Frame, filled: Filled<LearningForm>, catalogue: Catalogue) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let findings = if errors.is_empty() { Vec::new() } else { vec!["Not saved yet. Everything you typed is still here.".to_owned()] };
    let outcomes = Outcome::RECORDED.map(|outcome| Choice::new(outcome.slug(), outcome.name())).to_vec();
    let surprises = vec![Choice::new("expected", "Expected"), Choice::new("surprising", "Surprising")];
    view! {
        <form class="form" method="post" action=frame.to("learnings")>
            <Findings messages=findings />
            <div class="said">
                <TextArea id="sentence" name="sentence" label="What was learned, in one sentence?" hint="What is true of people, not what the team did" rows=3 required=true value=form.sentence.clone() error=of("sentence") />
            </div>
            <div class="field-row">
                <SelectField id="outcome" name="outcome" label="Outcome" choices=outcomes blank="not known" value=form.outcome.clone() error=of("outcome") />
                <SelectField id="surprise" name="surprise" label="Was that expected?" choices=surprises blank="not known" value=form.surprise.clone() error=of("surprise") />
                <Field id="ended_on" name="ended_on" label="Test ended on" kind="date" optional=true value=form.ended_on.clone() error=of("ended_on") />
            </div>
            <Effect form=form.clone() errors=errors.clone() catalogue=catalogue.clone() />
            <TextArea id="what_happened" name="what_happened" label="What happened" optional=true rows=3 value=form.what_happened.clone() error=of("what_happened") />
            <TextArea id="why" name="why" label="Why we think so" optional=true rows=3 value=form.why.clone() error=of("why") />
            <Applies form=form.clone() errors=errors.clone() catalogue />
            <div class="field-row">
                <Field id="hypotheses" name="hypotheses" label="Hypotheses" hint="Numbers such as H-12" optional=true value=form.hypotheses error=of("hypotheses") />
                <Field id="recheck_on" name="recheck_on" label="Look at it again on" kind="date" optional=true value=form.recheck_on error=of("recheck_on") />
            </div>
            <p class="actions"><button class="button primary">"Add learning"</button><a class="button quiet" href=frame.to("learnings")>"Cancel"</a></p>
        </form>
    }
}

#[component]
fn Effect(form: LearningForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let of = |field: &str| errors.of(&format!("effect.{field}")).map(str::to_owned);
    let metrics = catalogue.metrics().into_iter().map(|metric| Choice::new(&metric.slug, &metric.name)).collect::<Vec<_>>();
    view! {
        <fieldset class="form-section">
            <legend>"Measured change, percent"</legend>
            <div class="field-row">
                <SelectField id="metric" name="metric" label="Metric" choices=metrics blank="not measured" value=form.metric error=of("metric") />
                <Field id="estimate" name="estimate" label="Change" inputmode="decimal" optional=true value=form.estimate error=of("estimate") />
                <Field id="low" name="low" label="Likely from" inputmode="decimal" optional=true value=form.low error=of("low") />
                <Field id="high" name="high" label="to" inputmode="decimal" optional=true value=form.high error=of("high") />
            </div>
        </fieldset>
    }
}

#[component]
fn Applies(form: LearningForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let open = ["site", "lever", "areas", "audiences"].iter().any(|field| of(field).is_some());
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect::<Vec<_>>();
    let levers = catalogue.levers.iter().map(|term| Choice::new(&term.slug, &term.name)).collect::<Vec<_>>();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect::<Vec<_>>();
    let audiences = catalogue.audiences.iter().map(|term| Choice::new(&term.slug, &term.name)).collect::<Vec<_>>();
    view! {
        <details class="more-fields" open=open>
            <summary>"Site, lever, areas and audiences"</summary>
            <div class="field-row">
                <SelectField id="site" name="site" label="Site" choices=sites blank="none" value=form.site error=of("site") />
                <SelectField id="lever" name="lever" label="Lever" choices=levers blank="none" value=form.lever error=of("lever") />
            </div>
            <Checkboxes name="areas[]" legend="Areas, none for everywhere" choices=areas values=form.areas error=of("areas") />
            <Checkboxes name="audiences[]" legend="Audiences, none for everyone" choices=audiences values=form.audiences error=of("audiences") />
        </details>
    }
}
