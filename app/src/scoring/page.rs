//! Giving a score: three rows of ten, each level with its meaning. A plain form; digits work as keys in each row
//! because the rows are radio groups.

use super::server_fns::{Scoring, read_scoring};
use crate::accounts::Filled;
use crate::frame::{Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Field, FieldNote, Findings};
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
        let hint = format!("Asked for when your confidence is more than 2 above the evidence, which stands at {confidence:.1}");
        let loose = errors.of("form").map(str::to_owned).into_iter().collect();
        view! {
            {titled(format!("Score {}", hypothesis.number))}
            <main id="content" class="page narrow">
                <form class="form score-form" method="post" action=action>
                    <p class="meta">{hypothesis.number.clone()}</p>
                    <h1 class="statement-line">{hypothesis.title}</h1>
                    <Findings messages=loose />
                    {rows}
                    <Field id="reason" name="reason" label="Why" optional=true value=form.reason hint error=errors.of("reason").map(str::to_owned) />
                    <p class="actions"><a class="button quiet" href=here>"Cancel"</a><button class="button primary">"Keep my score"</button></p>
                </form>
                <Rubric />
            </main>
        }
    })
}

#[component]
fn Scale(criterion: Criterion, level: String, error: Option<String>) -> impl IntoView {
    let boxes = (1..=10u8)
        .map(|value| {
            let checked = level == value.to_string();
            let title = format!("{} {value}: {}", criterion.name(), criterion.rubric(value));
            view! {
                <label title=title>
                    <input type="radio" name=criterion.slug() value=value.to_string() checked=checked required />{value}
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
        <section aria-labelledby="rubric-title">
            <h2 id="rubric-title">"What the levels mean"</h2>
            <div class="table-wrap">
                <table class="table rubric">
                    <caption class="visually-hidden">"The rubric"</caption>
                    <thead><tr><th scope="col">"Level"</th><th scope="col">"Impact"</th><th scope="col">"Confidence"</th><th scope="col">"Ease"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
