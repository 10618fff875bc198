//! The metrics of a site by family, each with the direction that is good; a lead gives one another name.

use super::forms::MetricName;
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Choice, Field, Icon, SelectField};
use domain::access::Permission;
use domain::sites::{Direction, Family, Metric};
use leptos::prelude::*;

/// The metrics, and the form that renames one.
#[component]
pub fn Metrics(
    frame: Frame,
    site: String,
    metrics: Vec<Metric>,
    /// A name that was refused, if one was.
    refused: Option<Filled<MetricName>>,
) -> impl IntoView {
    let may = frame.may(Permission::Configure);
    let families = Family::ALL
        .into_iter()
        .map(|family| {
            let items =
                metrics.iter().filter(|metric| metric.family == family).map(|metric| view! { <MetricItem metric=metric.clone() /> });
            view! { <section><h4>{family.name()}</h4><ul>{items.collect_view()}</ul></section> }
        })
        .collect_view();
    let choices = metrics.iter().map(|metric| Choice::new(&metric.slug, &metric.name)).collect();
    let Filled { form, errors } = refused.unwrap_or_default();
    let error = errors.0.first().map(|error| error.message.clone());
    view! {
        <div class="metric-families">{families}</div>
        {may.then(|| view! {
            <form class="form" method="post" action=frame.to(&format!("settings/sites/{site}/metrics"))>
                <div class="field-row">
                    <SelectField id=format!("metric-{site}") name="slug" label="Rename the metric" choices value=form.slug />
                    <Field id=format!("metric-name-{site}") name="name" label="To" required=true value=form.name error />
                </div>
                <p class="actions"><button class="button">"Rename"</button></p>
            </form>
        })}
    }
}

#[component]
fn MetricItem(metric: Metric) -> impl IntoView {
    let (icon, good) = match metric.direction {
        Direction::Up => ("i-arrow-up", "more is better"),
        Direction::Down => ("i-arrow-down", "less is better"),
    };
    view! { <li>{metric.name}" "<Icon name=icon label=good /></li> }
}
