//! Dated uploads of results: totals since the start, none overwritten, a wrong one voided with its reason.

use crate::frame::Frame;
use crate::ui::{date, number, time_of_day};
use domain::access::Permission;
use domain::experiments::{Plan, PostedResults, Test};
use leptos::prelude::*;

/// The section; nothing before the first upload.
#[component]
pub fn Uploads(frame: Frame, test: Test, uploads: Vec<PostedResults>) -> impl IntoView {
    if uploads.is_empty() {
        return ().into_any();
    }
    let may = frame.may(Permission::Contribute) && test.state.is_open();
    let rows = uploads
        .into_iter()
        .map(|upload| {
            let href = frame.to(&format!("tests/{}/results/{}/void", test.number, upload.id));
            view! { <Upload plan=test.plan.clone() upload href may /> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="uploads-title">
            <header class="section-head"><h2 id="uploads-title">"Uploads"</h2><p>"totals since the start; none is overwritten"</p></header>
            <div class="table-wrap">
                <table class="table stacks compact">
                    <caption class="visually-hidden">"Dated uploads of results"</caption>
                    <thead>
                        <tr><th scope="col">"Totals read on"</th><th scope="col">"Entered"</th><th scope="col">"By"</th><th scope="col" class="end">"Visitors"</th><th scope="col"><span class="visually-hidden">"Action"</span></th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Visitors of all variants by the primary metric.
fn visitors(plan: &Plan, upload: &PostedResults) -> String {
    let counted = plan.primary_metric.as_deref().and_then(|metric| {
        let each = plan.variants.iter().filter_map(|variant| upload.snapshot.totals(&variant.key, metric, None));
        each.map(|figures| figures.units()).reduce(u64::saturating_add)
    });
    counted.map_or_else(|| "–".to_owned(), |count| number(i64::try_from(count).unwrap_or(i64::MAX)))
}

#[component]
fn Upload(plan: Plan, upload: PostedResults, href: String, may: bool) -> impl IntoView {
    let visitors = visitors(&plan, &upload);
    let day = upload.snapshot.as_of.date_naive();
    let posted = upload.posted_at.date_naive();
    let action = match upload.voided_reason {
        Some(reason) => view! { <span class="tag">{format!("voided: {reason}")}</span> }.into_any(),
        None if may => view! {
            <details class="menu">
                <summary class="button small">"Void"</summary>
                <div class="popover from-end">
                    <form class="form" method="post" action=href>
                        <div class="field"><label for=format!("void-{}", upload.id)>"What is wrong with it?"</label><input id=format!("void-{}", upload.id) name="reason" required autocomplete="off" /></div>
                        <p class="actions"><button class="button small danger">"Void upload"</button></p>
                    </form>
                </div>
            </details>
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row"><time datetime=day.to_string()>{date(day)}</time></th>
            <td data-label="Entered">{format!("{}, {}", date(posted), time_of_day(upload.posted_at))}</td>
            <td data-label="By">{upload.by.unwrap_or_else(|| "Hypotheca".to_owned())}</td>
            <td class="end" data-label="Visitors">{visitors}</td>
            <td class="end">{action}</td>
        </tr>
    }
}
