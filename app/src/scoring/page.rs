//! Giving a score: a row for each criterion of the model, each level with its meaning. A plain form; digits work as
//! keys in rows of ten because the rows are radio groups.

use super::rubric::Rubric;
use super::server_fns::{ScoreForm, Scoring, read_scoring};
use crate::accounts::Filled;
use crate::frame::{Place, param, query, titled, workspace_page, workspace_param};
use crate::hypotheses::Meter;
use crate::ui::{Field, FieldNote, Findings, Icon};
use domain::errors::FieldErrors;
use domain::scoring::{Criterion, Scale, Shape};
use leptos::prelude::*;

/// The score page of one hypothesis.
#[component]
pub fn ScorePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_scoring(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, scoring: Scoring| {
        let Scoring { hypothesis, filled: Filled { form, errors }, shape } = scoring;
        let here = frame.to(&format!("hypotheses/{}", hypothesis.number));
        let action = format!("{here}/score");
        let hint = hint(&shape, hypothesis.evidence.confidence);
        let loose = loose(&shape, &errors);
        let of_ten = shape.criteria.iter().any(|one| one.scale == Scale::Points);
        let keys = of_ten.then(|| view! { <span class="screen-only">"Type 1–9, 0 for 10"</span> });
        let reason = form.reason.clone();
        view! {
            {titled(format!("Score {}", hypothesis.number))}
            <main id="content" class="page score-page">
                <div class="crumbs">
                    <nav aria-label="Where you are">
                        <a href=frame.to("hypotheses")>"Hypotheses"</a>" "<Icon name="i-chevron-right" />" "<a href=here.clone()>{hypothesis.number.clone()}</a>" "<Icon name="i-chevron-right" />" Score"
                    </nav>
                </div>
                <div class="dialog in-page">
                    <form class="score-form" method="post" action=action>
                        <header class="section-head"><span class="aside">{hypothesis.number}</span><span class="aside">"Evidence "" "<Meter evidence=hypothesis.evidence /></span></header>
                        <h1 class="statement-line">{hypothesis.title}</h1>
                        <Findings messages=loose />
                        <input type="hidden" name="model" value=shape.model.slug() />
                        <Scales shape=shape.clone() form errors=errors.clone() />
                        <Field id="reason" name="reason" label="Why" optional=true value=reason hint error=errors.of("reason").map(str::to_owned) />
                        <footer><p>{keys}</p><a class="button quiet" href=here>"Cancel"</a><button class="button primary">"Keep my score"</button></footer>
                    </form>
                </div>
                <Rubric shape />
            </main>
        }
    })
}

/// What the evidence says, beside a confidence on the same scale if the model asks for one.
fn hint(shape: &Shape, confidence: f64) -> String {
    let of_ten = shape.criterion("confidence").is_some_and(|one| one.scale == Scale::Points);
    let aside = if of_ten { "; say why if your confidence is more than 2 above it" } else { " of 10" };
    format!("The evidence says {confidence:.1}{aside}")
}

/// Findings about nothing that is on the page.
fn loose(shape: &Shape, errors: &FieldErrors) -> Vec<String> {
    let shown = |field: &str| field == "reason" || shape.criterion(field).is_some();
    errors.0.iter().filter(|error| !shown(&error.field)).map(|error| error.message.clone()).collect()
}

#[component]
fn Scales(shape: Shape, form: ScoreForm, errors: FieldErrors) -> impl IntoView {
    let levelled = shape.criteria.iter().any(|one| !one.scale.levels().is_empty());
    let line =
        levelled.then(|| view! { <p class="rubric-line" aria-hidden="true">"Point at a level, or move to it, to read what it means."</p> });
    let rows = shape
        .criteria
        .into_iter()
        .map(|criterion| {
            let (level, error) = (form.level(&criterion.slug).to_owned(), errors.of(&criterion.slug).map(str::to_owned));
            match criterion.scale.clone() {
                Scale::Amount { unit, .. } => view! { <Amount criterion unit level error /> }.into_any(),
                scale => view! { <Levels criterion scale level error /> }.into_any(),
            }
        })
        .collect_view();
    view! { <div class="scales">{rows}{line}</div> }
}

/// All levels, each with its meaning, which shows below the scales while the level is in focus or under the pointer.
#[component]
fn Levels(criterion: Criterion, scale: Scale, level: String, error: Option<String>) -> impl IntoView {
    let Criterion { slug, name, .. } = criterion.clone();
    let class = match scale {
        Scale::Points => "scale",
        Scale::YesNo => "scale asked",
        _ => "scale stepped",
    };
    let boxes = scale
        .levels()
        .into_iter()
        .map(|value| {
            let checked = level == value.to_string();
            let said = scale.said(value);
            let meaning = criterion.rubric(value).to_owned();
            view! {
                <label>
                    <input type="radio" name=slug.clone() value=value.to_string() checked=checked required /><span class="level">{said.clone()}</span>
                    <span class="meaning"><b>{format!("{name} {said}: ")}</b>{meaning}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class=class><legend>{name}</legend>{boxes}<FieldNote error /></fieldset> }
}

/// A number to type, with what it counts.
#[component]
fn Amount(criterion: Criterion, unit: String, level: String, error: Option<String>) -> impl IntoView {
    let lowest = criterion.bands.first().map(|band| band.text.clone()).unwrap_or_default();
    let label = format!("{}, {unit}", criterion.name);
    view! { <Field id=criterion.slug.clone() name=criterion.slug label=label required=true inputmode="decimal" value=level hint=lowest error /> }
}
