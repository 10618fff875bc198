//! The team's score beside a hypothesis: the number, and where each scorer stands.

use crate::charts::{Dot, DotPlot};
use crate::frame::Frame;
use crate::hypotheses::shown_score;
use crate::ui::{Icon, plural, trim_number};
use domain::access::Permission;
use domain::hypotheses::{Hypothesis, ScoreSummary};
use domain::scoring::{Criterion, Score};
use leptos::prelude::*;

/// The panel; without a score it says how one begins.
#[component]
pub fn ScorePanel(frame: Frame, hypothesis: Hypothesis, scores: Vec<Score>) -> impl IntoView {
    let href = frame.to(&format!("hypotheses/{}/score", hypothesis.number));
    let mine = scores.iter().any(|score| score.email == frame.email);
    let label = if mine { "Change my score" } else { "Give my score" };
    let recheck = recheck(&scores).map(|words| view! { <p><span class="tag warn">{words}</span></p> });
    let body = match hypothesis.score {
        Some(summary) => view! { <Team summary scores email=frame.email.clone() /> }.into_any(),
        None => view! { <p class="muted">"Nobody has scored it yet."</p> }.into_any(),
    };
    let button = frame
        .may(Permission::Contribute)
        .then(|| view! { <p class="actions"><a class="button" data-key="s" href=href>{label}" "<kbd aria-hidden="true">"S"</kbd></a></p> });
    view! {
        <section aria-labelledby="score-title">
            <header class="section-head"><h2 id="score-title">"Score"</h2></header>
            {recheck}
            {body}
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

#[component]
fn Team(summary: ScoreSummary, scores: Vec<Score>, email: String) -> impl IntoView {
    let rule = if summary.value > 10.0 { "product of the three middles" } else { "mean of the three middles" };
    let plots = Criterion::ALL
        .into_iter()
        .enumerate()
        .filter_map(|(index, criterion)| {
            let one = *summary.criteria.get(criterion.slug())?;
            let dots: Vec<Dot> = scores.iter().map(|score| Dot { level: score.judgement.levels()[index], you: score.email == email }).collect();
            let levels: Vec<String> = dots.iter().map(|dot| dot.level.to_string()).collect();
            let label = format!("{} scores: {}", criterion.name(), levels.join(", "));
            let rounded = if one.value.fract() == 0.0 { one.value } else { one.value.floor() };
            let meaning = format!("{}: {}", trim_number(one.value), criterion.rubric(rounded.clamp(1.0, 10.0) as u8));
            Some(view! {
                <figure class="dot-plot">
                    <figcaption><b>{criterion.name()}</b><span>"middle "<b>{trim_number(one.value)}</b>{format!(" · spread {} to {}", one.low, one.high)}</span></figcaption>
                    <DotPlot dots middle=one.value low=one.low high=one.high label />
                    <p>{meaning}</p>
                </figure>
            })
        })
        .collect_view();
    let rows = scores
        .into_iter()
        .map(|score| {
            let [impact, confidence, ease] = score.judgement.levels();
            let reason = score.judgement.reason.map(|reason| view! { <span class="reason">{format!("“{reason}”")}</span> });
            view! { <tr><th scope="row">{score.by}{reason}</th><td class="end">{impact}</td><td class="end">{confidence}</td><td class="end">{ease}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="team-score">
            <b>{shown_score(summary.value)}</b><p>{rule}<br />{plural(u64::from(summary.scorers), "person has scored", "people have scored")}</p>
        </div>
        {plots}
        <p class="dot-key">
            <span><svg aria-hidden="true"><circle class="you" cx="5" cy="5" r="4"></circle></svg>"You"</span>
            <span><svg aria-hidden="true"><circle class="other" cx="5" cy="5" r="4"></circle></svg>"Others"</span>
        </p>
        <details class="chart-table">
            <summary><Icon name="i-list" />"Show as table"</summary>
            <table class="table scorers">
                <caption class="visually-hidden">"Scores by person"</caption>
                <thead><tr><th scope="col">"Person"</th><th scope="col" class="end">"I"</th><th scope="col" class="end">"C"</th><th scope="col" class="end">"E"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
