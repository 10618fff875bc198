//! Evidence to pick while a hypothesis is written: the newest, and whatever was picked before.

use super::cells::{Fresh, class_icon, origin};
use super::server_fns::Picks;
use crate::frame::Frame;
use crate::ui::Icon;
use domain::evidence::Evidence;
use leptos::prelude::*;

/// A check box and a direction for each suggestion.
#[component]
pub fn Picker(frame: Frame, suggestions: Vec<Evidence>, picks: Picks) -> impl IntoView {
    let add = frame.to("evidence/new");
    let body = if suggestions.is_empty() {
        view! { <p class="muted">"There is no evidence to pick yet. Save the hypothesis, then add what was seen, heard or measured."</p> }
            .into_any()
    } else {
        let rows = suggestions
            .into_iter()
            .map(|evidence| {
                let picked = picks.evidence.contains(&evidence.number);
                let against = picks.directions.get(&evidence.number).is_some_and(|direction| direction == "contradicts");
                view! { <Row frame=frame.clone() evidence picked against /> }
            })
            .collect_view();
        view! {
            <div class="panel flush picker">
                <div class="table-wrap">
                    <table class="table compact">
                        <caption class="visually-hidden">"Evidence to pick, the newest first"</caption>
                        <thead class="visually-hidden">
                            <tr>
                                <th scope="col">"Pick"</th><th scope="col">"Class"</th><th scope="col">"Finding"</th><th scope="col">"Source"</th>
                                <th scope="col">"Direction"</th><th scope="col">"Freshness"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="section" aria-labelledby="evidence-title">
            <header class="section-head">
                <h2 id="evidence-title">"Evidence"</h2>
                <p>"Pick what it rests on. More can be linked once it is saved."</p>
                <a class="button quiet small" href=add target="_blank" rel="noopener"><Icon name="i-plus" />"Add something new"<span class="visually-hidden">" in a new tab"</span></a>
            </header>
            {body}
        </section>
    }
}

#[component]
fn Row(frame: Frame, evidence: Evidence, picked: bool, against: bool) -> impl IntoView {
    let id = format!("pick-{}", evidence.number);
    let class = picked.then_some("chosen");
    let observed = evidence.observed();
    let origin = origin(&evidence);
    let number = evidence.number;
    view! {
        <tr class=class>
            <td class="pick"><input type="checkbox" id=id.clone() name="picks[evidence][]" value=number.clone() checked=picked /></td>
            <td class="kind"><Icon name=class_icon(evidence.class) label=evidence.class.name() /></td>
            <th scope="row"><label for=id>{evidence.title}</label></th>
            <td class="muted">{origin}</td>
            <td class="direction">
                <select name=format!("picks[directions][{number}]") aria-label=format!("How {number} bears on it")>
                    <option value="supports" selected=!against>"supports"</option>
                    <option value="contradicts" selected=against>"contradicts"</option>
                </select>
            </td>
            <td class="end"><Fresh word=evidence.freshness.word observed now=frame.now /></td>
        </tr>
    }
}
