//! The strip of figures, each with its range: value, win rate, outcomes.

use super::page::headline;
use super::words;
use crate::charts::{Interval, Scale, Shape, Span};
use crate::experiments::words::outcome;
use crate::ui::plural;
use domain::experiments::Outcome;
use domain::impact::{Impact, OutcomeCounts, Total, WinRate, Worth};
use leptos::prelude::*;

/// The strip.
#[component]
pub fn Figures(impact: Impact) -> impl IntoView {
    let totals = impact.totals.into_iter().map(|total| view! { <ValueFigure total /> }).collect_view();
    view! {
        <dl class="figures">
            {totals}
            <Rate rate=impact.win_rate />
            <Outcomes counts=impact.outcomes />
        </dl>
    }
}

fn span_of(worth: &Worth) -> Span {
    Span { low: words::whole(&worth.low), estimate: words::whole(&worth.mid), high: words::whole(&worth.high) }
}

#[component]
fn ValueFigure(total: Total) -> impl IntoView {
    let name = if total.activations { "In-session activations" } else { "Shipped wins" };
    let unknown = (total.unknown > 0).then(|| view! { <dd class="not-measured">{words::of_unknown_value(total.unknown)}</dd> });
    let verified = total.verified.as_ref().map(|worth| view! { <dd>{format!("verified {}", words::range(worth))}</dd> });
    let measured = total
        .adjusted
        .as_ref()
        .and(total.measured.as_ref())
        .map(|worth| view! { <dd>{format!("as measured {}", words::range(worth))}</dd> });
    match headline(&total) {
        None => {
            view! { <div><dt>{format!("{name} a year, {}", total.currency)}</dt><dd class="big">"Unknown"</dd>{unknown}</div> }.into_any()
        }
        Some((worth, how)) => {
            let span = span_of(worth);
            let scale = Scale::holding([span.low, span.high]);
            view! {
                <div>
                    <dt>{format!("{name} a year, {how}")}</dt>
                    <dd class="big">{words::money(&worth.mid)}</dd>
                    <dd>{words::range(worth)}</dd>
                    <dd><Interval scale span=Some(span) shape=Shape::Estimate /></dd>
                    {measured}{verified}{unknown}
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn Rate(rate: Option<WinRate>) -> impl IntoView {
    let Some(rate) = rate else {
        return view! { <div><dt>"Win rate"</dt><dd class="big">"–"</dd><dd>"no test decided yet"</dd></div> }.into_any();
    };
    let scale = Scale { low: 0.0, high: 1.0, step: 0.25 };
    let span = Span { low: rate.low, estimate: rate.share, high: rate.high };
    view! {
        <div>
            <dt>"Win rate"</dt>
            <dd class="big">{format!("{:.0}%", rate.share * 100.0)}</dd>
            <dd>{format!("{:.0}% – {:.0}%, of {}", rate.low * 100.0, rate.high * 100.0, plural(rate.n, "test", "tests"))}</dd>
            <dd><Interval scale span=Some(span) shape=Shape::Estimate /></dd>
        </div>
    }
    .into_any()
}

#[component]
fn Outcomes(counts: OutcomeCounts) -> impl IntoView {
    let each = [
        (Outcome::Win, counts.win),
        (Outcome::Loss, counts.loss),
        (Outcome::Inconclusive, counts.inconclusive),
        (Outcome::Invalid, counts.invalid),
    ]
    .into_iter()
    .map(|(one, count)| {
        let (class, icon, name) = outcome(one);
        view! { <li><span class=format!("outcome {class}")><crate::ui::Icon name=icon own=true />{name}</span><b>{count}</b></li> }
    })
    .collect_view();
    let all = counts.win + counts.loss + counts.inconclusive + counts.invalid;
    view! { <div><dt>"Tests decided"</dt><dd class="big">{all}</dd><dd><ul class="outcomes">{each}</ul></dd><dd>"Invalid ones count in no rate"</dd></div> }
}
