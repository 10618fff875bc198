//! Giving a score: three rows of ten, each level with its meaning. A plain form; digits work as keys in each row
//! because the rows are radio groups.

use super::server_fns::{Scoring, read_scoring};
use crate::accounts::Filled;
use crate::frame::{Place, param, query, titled, workspace_page, workspace_param};
use crate::hypotheses::Meter;
use crate::ui::{Field, FieldNote, Findings, Icon};
use domain::scoring::Criterion;
use leptos::prelude::*;

/// The score page of one hypothesis.
#[component]
pub fn ScorePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_scoring(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, scoring: Scoring| {
        let Scoring { hypothesis, filled: Filled { form, errors }, .. } = scoring;
        let here = frame.to(&format!("hypotheses/{}", hypothesis.number));
        let action = format!("{here}/score");
        let levels = [form.impact, form.confidence, form.ease];
        let rows = Criterion::ALL
            .into_iter()
            .zip(levels)
            .map(|(criterion, level)| {
                let error = errors.of(criterion.slug()).map(str::to_owned);
                view! { <Scale criterion level error /> }
            })
            .collect_view();
        let confidence = hypothesis.evidence.confidence;
        let hint = format!("The evidence says {confidence:.1}; say why if your confidence is more than 2 above it");
        let loose = errors.of("form").map(str::to_owned).into_iter().collect();
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
                        <div class="scales">{rows}<p class="rubric-line" aria-hidden="true">"Point at a level, or move to it, to read what it means."</p></div>
                        <Field id="reason" name="reason" label="Why" optional=true value=form.reason hint error=errors.of("reason").map(str::to_owned) />
                        <footer><p><span class="screen-only">"Type 1–9, 0 for 10"</span></p><a class="button quiet" href=here>"Cancel"</a><button class="button primary">"Keep my score"</button></footer>
                    </form>
                </div>
                <Rubric />
            </main>
        }
    })
}

/// Ten levels, each with its meaning, which shows below the scales while the level is in focus or under the pointer.
#[component]
fn Scale(criterion: Criterion, level: String, error: Option<String>) -> impl IntoView {
    let boxes = (1..=10u8)
        .map(|value| {
            let checked = level == value.to_string();
            view! {
                <label>
                    <input type="radio" name=criterion.slug() value=value.to_string() checked=checked required /><span class="level">{value}</span>
                    <span class="meaning"><b>{format!("{} {value}: ", criterion.name())}</b>{criterion.rubric(value)}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class="scale"><legend>{criterion.name()}</legend>{boxes}<FieldNote error /></fieldset> }
}

/// What the levels mean.
#[component]
fn Rubric() -> impl IntoView {
    let bands = [("1–2", 1u8), ("3–4", 3), ("5–6", 5), ("7–8", 7), ("9", 9), ("10", 10)];
    let rows = bands
        .into_iter()
        .map(|(name, level)| {
            let cells = Criterion::ALL.map(|criterion| view! { <td>{criterion.rubric(level)}</td> }).collect_view();
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <details class="rubric-table">
            <summary>"What all levels mean"</summary>
            <div class="table-wrap">
                <table class="table compact rubric">
                    <caption class="visually-hidden">"The rubric"</caption>
                    <thead><tr><th scope="col">"Level"</th><th scope="col">"Impact"</th><th scope="col">"Confidence"</th><th scope="col">"Ease"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
