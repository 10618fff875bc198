//! One rollout: what it is worth, from what, and the form of its inputs.

use super::rollout_form::RolloutForm;
use super::rollouts::input_rows;
use super::server_fns::{RolloutRecord, read_rollout};
use super::words;
use crate::accounts::Filled;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Field, Findings, Icon, Submit, date};
use domain::access::Permission;
use domain::impact::{Rollout, Worth};
use leptos::prelude::*;

/// The page.
#[component]
pub fn RolloutPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_rollout(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Impact, workspace, read, |frame, record: RolloutRecord| {
        let RolloutRecord { rollout, filled, catalogue } = record;
        let rows =
            input_rows(&rollout, &catalogue).into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
        let edit = frame.may(Permission::RunTests).then(|| view! { <InputForm frame=frame.clone() rollout=rollout.clone() filled /> });
        view! {
            {titled(format!("{} {}", rollout.number, rollout.title))}
            <main id="content" class="page form-page">
                <Crumbs frame=frame.clone() number=rollout.number.clone() />
                <header class="page-head"><div><h1>{rollout.title.clone()}</h1><p>{where_from(&rollout)}</p></div></header>
                <Values rollout=rollout.clone() />
                <section class="section" aria-labelledby="inputs-title"><header class="section-head"><h2 id="inputs-title">"Inputs"</h2></header><dl class="pairs">{rows}</dl></section>
                {edit}
            </main>
        }
    })
}

#[component]
fn Crumbs(frame: Frame, number: String) -> impl IntoView {
    view! { <div class="crumbs"><nav aria-label="Where you are"><a href=frame.to("impact")>"Impact"</a>" "<Icon name="i-chevron-right" />" "{number}</nav></div> }
}

fn where_from(rollout: &Rollout) -> String {
    let shipped = format!("Shipped {}", date(rollout.shipped_on));
    match (&rollout.test, &rollout.variant, &rollout.reason) {
        (Some(test), Some(variant), _) => format!("{shipped}: {variant} of {test}."),
        (Some(test), None, _) => format!("{shipped} after {test}."),
        (None, _, Some(reason)) => format!("{shipped} without a test: {reason}"),
        (None, _, None) => format!("{shipped}."),
    }
}

#[component]
fn Values(rollout: Rollout) -> impl IntoView {
    if rollout.money_hidden {
        return view! { <p class="muted">"Money is hidden from your role in this workspace."</p> }.into_any();
    }
    let missing: Vec<&str> = rollout.unknown.iter().map(|input| input.name()).collect();
    let unknown = (!missing.is_empty()).then(|| view! { <div class="callout warn"><Icon name="o-warn" own=true /><p><b>"Value unknown."</b>{format!(" Missing: {}.", missing.join(", "))}</p></div> });
    let figure = |name: &'static str, worth: Option<Worth>| {
        worth.map(|worth| view! { <div><dt>{name}</dt><dd class="big">{words::money(&worth.mid)}</dd><dd>{format!("{}, 80% range", words::range(&worth))}</dd></div> })
    };
    view! {
        {unknown}
        <dl class="figures">{figure("A year, as measured", rollout.measured)}{figure("A year, adjusted", rollout.adjusted)}{figure("A year, verified", rollout.verified)}</dl>
    }
    .into_any()
}

#[component]
fn InputForm(frame: Frame, rollout: Rollout, filled: Filled<RolloutForm>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let findings = errors.of("form").map(str::to_owned).into_iter().collect::<Vec<_>>();
    let baseline = if form.baseline_percent == "yes" { "Baseline, %" } else { "Baseline, a visitor" };
    view! {
        <section class="section" aria-labelledby="edit-title">
            <header class="section-head"><h2 id="edit-title">"Change the inputs"</h2></header>
            <form class="form" method="post" action=frame.to(&format!("rollouts/{}", rollout.number))>
                <Findings messages=findings />
                <input type="hidden" name="version" value=form.version />
                <input type="hidden" name="baseline_percent" value=form.baseline_percent />
                <div class="field-row">
                    <Field id="shipped_on" name="shipped_on" label="Shipped on" kind="date" value=form.shipped_on error=of("shipped_on") />
                    <Field id="visitors" name="visitors" label="Visitors a month" inputmode="numeric" value=form.visitors error=of("visitors") />
                    <Field id="share" name="share" label="Share that gets it, %" inputmode="decimal" value=form.share error=of("share") />
                    <Field id="baseline" name="baseline" label=baseline inputmode="decimal" value=form.baseline error=of("baseline") />
                </div>
                <div class="field-row">
                    <Field id="value_per_conversion" name="value_per_conversion" label="Value per conversion" inputmode="decimal" value=form.value_per_conversion error=of("value_per_conversion") />
                    <Field id="returns" name="returns" label="Returned, %" inputmode="decimal" value=form.returns error=of("returns") />
                    <Field id="margin" name="margin" label="Margin, %" inputmode="decimal" value=form.margin error=of("margin") />
                    <Field id="kept" name="kept" label="Left after 12 months, %" inputmode="decimal" value=form.kept error=of("kept") />
                </div>
                <div class="field-row">
                    <Field id="verified" name="verified" label="Measured again, %" inputmode="decimal" optional=true value=form.verified error=of("verified") />
                    <Field id="verified_low" name="verified_low" label="Likely from" inputmode="decimal" optional=true value=form.verified_low />
                    <Field id="verified_high" name="verified_high" label="to" inputmode="decimal" optional=true value=form.verified_high />
                </div>
                <div class="field-row">
                    <Field id="days" name="days" label="Days of work" inputmode="decimal" optional=true value=form.days error=of("cost.days") />
                    <Field id="day_rate" name="day_rate" label="A day’s rate" inputmode="decimal" optional=true value=form.day_rate error=of("cost.day_rate_minor") />
                    <Field id="other" name="other" label="Other cost" inputmode="decimal" optional=true value=form.other error=of("cost.other_minor") />
                </div>
                <Submit label="Save inputs" />
            </form>
        </section>
    }
}
