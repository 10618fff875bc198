//! The team's score beside a hypothesis: the number, and where each scorer stands.

use crate::charts::{Dot, DotPlot};
use crate::frame::Frame;
use crate::ui::{Icon, plural};
use domain::access::Permission;
use domain::hypotheses::Hypothesis;
use domain::scoring::{Criterion, CriterionSummary, Model, Scale, Score, ScoreSummary, Shape, Shapes};
use leptos::prelude::*;

/// The panel; without a score it says how one begins.
#[component]
pub fn ScorePanel(
    frame: Frame,
    hypothesis: Hypothesis,
    /// By all models.
    scores: Vec<Score>,
    shapes: Shapes,
) -> impl IntoView {
    let shape = shapes.in_force(hypothesis.site.as_deref()).clone();
    let kept = kept(&scores, &shapes, shape.model).map(|words| view! { <p class="muted small">{words}</p> });
    let scores: Vec<Score> = scores.into_iter().filter(|score| score.judgement.model == shape.model).collect();
    let href = frame.to(&format!("hypotheses/{}/score", hypothesis.number));
    let mine = scores.iter().any(|score| score.email == frame.email);
    let label = if mine { "Change my score" } else { "Give my score" };
    let warnings = [recheck(&scores), lacking(&scores, &shape)];
    let warnings = warnings.into_iter().flatten().map(|words| view! { <p><span class="tag warn">{words}</span></p> }).collect_view();
    let body = match hypothesis.score {
        Some(summary) => view! { <Team summary scores shape email=frame.email.clone() /> }.into_any(),
        None => view! { <p class="muted">"Nobody has scored it yet."</p> }.into_any(),
    };
    let button = frame
        .may(Permission::Contribute)
        .then(|| view! { <p class="actions"><a class="button" data-key="s" href=href>{label}" "<kbd aria-hidden="true">"S"</kbd></a></p> });
    view! {
        <section aria-labelledby="score-title">
            <header class="section-head"><h2 id="score-title">"Score"</h2></header>
            {warnings}
            {body}
            {kept}
            {button}
        </section>
    }
}

/// "Needs a re-check: checkout relaunch, 3 Nov 2026. 2 of 3 scores are older"; scoring again answers it.
fn recheck(scores: &[Score]) -> Option<String> {
    let outdated = scores.iter().filter_map(|score| score.outdated_by.as_ref());
    let change = outdated.clone().max_by_key(|change| change.date)?;
    let (older, all) = (outdated.count(), scores.len());
    let said = if older == all { String::new() } else { format!(". {older} of {all} scores are older") };
    Some(format!("Needs a re-check: {}{said}", change.words()))
}

/// "2 of 3 scores lack Fit, Risk": criteria that came after them.
fn lacking(scores: &[Score], shape: &Shape) -> Option<String> {
    let lack = |score: &Score| score.judgement.lacks(shape);
    let count = scores.iter().filter(|score| !lack(score).is_empty()).count();
    let named = |one: &&Criterion| scores.iter().any(|score| !score.judgement.criteria.contains_key(&one.slug));
    let names: Vec<&str> = shape.criteria.iter().filter(named).map(|one| one.name.as_str()).collect();
    let verb = if count == 1 { "lacks" } else { "lack" };
    (count > 0).then(|| format!("{count} of {} {verb} {}", plural(scores.len() as u64, "score", "scores"), names.join(", ")))
}

/// "Kept, but not ranking: 3 scores by ICE, 1 by PIE".
fn kept(scores: &[Score], shapes: &Shapes, in_force: Model) -> Option<String> {
    let others = Model::ALL.into_iter().filter(|model| *model != in_force);
    let counted = others.map(|model| (model, scores.iter().filter(|score| score.judgement.model == model).count()));
    let said: Vec<String> = counted
        .filter(|(_, count)| *count > 0)
        .enumerate()
        .map(|(at, (model, count))| {
            let noun = if at > 0 {
                ""
            } else if count == 1 {
                " score"
            } else {
                " scores"
            };
            format!("{count}{noun} by {}", shapes.of(model).name)
        })
        .collect();
    (!said.is_empty()).then(|| format!("Kept, but not ranking: {}.", said.join(", ")))
}

#[component]
fn Team(summary: ScoreSummary, scores: Vec<Score>, shape: Shape, email: String) -> impl IntoView {
    let plots = shape
        .criteria
        .iter()
        .filter_map(|criterion| {
            let one = *summary.criteria.get(&criterion.slug)?;
            let given = scores.iter().filter_map(|score| Some((score.judgement.level(&criterion.slug)?, score.email == email))).collect();
            Some(view! { <Figure criterion=criterion.clone() summary=one given /> })
        })
        .collect_view();
    let drawn = shape.criteria.iter().any(|one| one.scale.place(1.0).is_some());
    let key = drawn.then(|| {
        view! {
            <p class="dot-key">
                <span><svg aria-hidden="true"><circle class="you" cx="5" cy="5" r="4"></circle></svg>"You"</span>
                <span><svg aria-hidden="true"><circle class="other" cx="5" cy="5" r="4"></circle></svg>"Others"</span>
            </p>
        }
    });
    view! {
        <div class="team-score">
            <b>{shape.said(summary.value)}</b><p>{shape.how()}<br />{plural(u64::from(summary.scorers), "person has scored", "people have scored")}</p>
        </div>
        {plots}
        {key}
        <Scorers scores shape />
    }
}

/// Where a drawing of ten has this level of a scale.
fn of_ten(scale: &Scale, level: f64) -> Option<f64> {
    scale.place(level).map(|place| 1.0 + 9.0 * place)
}

/// One criterion: its middle and spread, and each scorer as a dot where the scale can be drawn.
#[component]
fn Figure(
    criterion: Criterion,
    summary: CriterionSummary,
    /// Each level, and whether it is the reader's.
    given: Vec<(f64, bool)>,
) -> impl IntoView {
    let scale = criterion.scale.clone();
    let spread = match scale {
        Scale::YesNo => format!(" · {} of {} say yes", given.iter().filter(|(level, _)| *level > 0.5).count(), given.len()),
        _ => format!(" · spread {} to {}", scale.said(summary.low), scale.said(summary.high)),
    };
    let middle = scale.said(summary.value);
    let meaning = criterion.rubric(summary.value).to_owned();
    let plot = plot(&criterion, summary, &given);
    let meaning = plot.is_some().then(|| view! { <p>{format!("{middle}: {meaning}")}</p> });
    view! {
        <figure class="dot-plot">
            <figcaption><b>{criterion.name}</b><span>"middle "<b>{middle.clone()}</b>{spread}</span></figcaption>
            {plot}
            {meaning}
        </figure>
    }
}

fn plot(criterion: &Criterion, summary: CriterionSummary, given: &[(f64, bool)]) -> Option<impl IntoView + use<>> {
    let scale = &criterion.scale;
    let at = |level: f64| of_ten(scale, level);
    let (middle, spread) = (at(summary.value)?, (at(summary.low)?, at(summary.high)?));
    let dots: Vec<Dot> = given.iter().filter_map(|(level, you)| Some(Dot { level: at(*level)?, you: *you })).collect();
    let levels: Vec<String> = given.iter().map(|(level, _)| scale.said(*level)).collect();
    let label = format!("{} scores: {}", criterion.name, levels.join(", "));
    let ends = if *scale == Scale::Points { vec![1.0, 4.0, 7.0, 10.0] } else { scale.levels() };
    let ticks = ends.into_iter().filter_map(|level| Some((at(level)?, scale.said(level)))).collect();
    Some(view! { <DotPlot dots middle spread ticks label /> })
}

/// Who gave what.
#[component]
fn Scorers(scores: Vec<Score>, shape: Shape) -> impl IntoView {
    let heads = shape
        .criteria
        .iter()
        .map(|one| view! { <th scope="col" class="end" title=one.name.clone()>{one.letter.clone()}</th> })
        .collect_view();
    let rows = scores
        .into_iter()
        .map(|score| {
            let cell = |one: &Criterion| {
                let said = score.judgement.level(&one.slug).map_or("–".to_owned(), |level| one.scale.said_short(level));
                view! { <td class="end">{said}</td> }
            };
            let cells = shape.criteria.iter().map(cell).collect_view();
            let reason = score.judgement.reason.as_ref().map(|reason| view! { <span class="reason">{format!("“{reason}”")}</span> });
            view! { <tr><th scope="row">{score.by.clone()}{reason}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <details class="chart-table">
            <summary><Icon name="i-list" />"Show as table"</summary>
            <div class="table-wrap table-scroll" tabindex="0" role="group" aria-label="Scores by person">
                <table class="table scorers">
                    <caption class="visually-hidden">"Scores by person"</caption>
                    <thead><tr><th scope="col">"Person"</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
