//! What a plan needs: visitors, days and whole weeks, worked out by the rules of the domain.

use crate::ui::number;
use domain::experiments::Schedule;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A plan's needs, as far as they can be computed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Need {
    pub schedule: Schedule,
    pub variants: usize,
    pub under_power: Option<bool>,
}

fn count(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The panel beside the form.
#[component]
pub fn PlanNeeds(need: Option<Need>) -> impl IntoView {
    let body = match need {
        None => view! { <p class="muted">"Choose a site, variants, a primary metric, its baseline and the smallest effect worth having; then the sample is worked out here."</p> }.into_any(),
        Some(need) => view! { <Figures need /> }.into_any(),
    };
    view! {
        <section class="panel plan-panel" aria-labelledby="need-title" id="need">
            <header><h2 id="need-title">"What the plan needs"</h2></header>
            {body}
            <p class="actions"><button class="button small" name="then" value="compute" formnovalidate>"Work it out"</button></p>
        </section>
    }
}

#[component]
fn Figures(need: Need) -> impl IntoView {
    let Need { schedule, variants, under_power } = need;
    let big = schedule.sample.map_or_else(|| "Unknown".to_owned(), count);
    let each = schedule.sample.map(|sample| {
        let each = sample / u64::try_from(variants.max(1)).unwrap_or(1);
        view! { <p class="muted">{format!("visitors in all, about {} per variant", count(each))}</p> }
    });
    let days = schedule.days.map_or_else(|| "unknown".to_owned(), |days| days.to_string());
    let traffic = schedule.per_day.map(|per_day| view! { <dt>"Visitors a day"</dt><dd>{format!("{per_day:.0}")}</dd> });
    let unknown = schedule.unknown.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view();
    let short = (under_power == Some(true)).then(|| {
        view! { <div class="callout warn"><crate::ui::Icon name="o-warn" own=true /><p><b>"Under power."</b>" Fewer visitors come in these weeks than the plan needs. Take more weeks, or aim for a larger effect."</p></div> }
    });
    view! {
        <p class="big">{big}</p>
        {each}
        <dl class="pairs"><dt>"Days at today’s traffic"</dt><dd>{days}</dd><dt>"Whole weeks"</dt><dd>{schedule.weeks}</dd>{traffic}</dl>
        {short}
        <ul class="small muted">{unknown}</ul>
    }
}
