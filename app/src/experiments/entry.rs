//! Entering results: a grid per metric, variant and device, and a paste that fills it for a second look.

use super::results_form::{Cell, ResultsForm, grid_metrics, parts, segments};
use super::server_fns::{Entry, read_results_entry};
use super::tags::VariantName;
use crate::accounts::Filled;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Field, FieldNote, Icon, SelectField, TextArea, date};
use domain::errors::FieldErrors;
use domain::experiments::{Plan, Test};
use domain::sites::{Device, Metric, SiteCatalogue};
use leptos::prelude::*;

/// The page.
#[component]
pub fn ResultsEntryPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_results_entry(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Tests, workspace, read, |frame, entry: Entry| {
        let Entry { test, site, filled } = entry;
        let title = format!("Results of {}", test.number);
        let since = test.started_on.map(|day| format!(" since the start on {}", date(day))).unwrap_or_default();
        let here = frame.to(&format!("tests/{}", test.number));
        view! {
            {titled(title.clone())}
            <main id="content" class="page form-page">
                <Crumbs frame=frame.clone() number=test.number.clone() />
                <header class="page-head">
                    <div><h1>{format!("{title}, {}", test.title)}</h1><p>{format!("Totals{since}. Each save is a new dated upload; earlier ones stay.")}</p></div>
                </header>
                {match site {
                    Some(site) => view! { <EntryForm here test site filled /> }.into_any(),
                    None => view! { <p>"This test belongs to no site, so it has no metrics to enter."</p> }.into_any(),
                }}
            </main>
        }
    })
}

#[component]
fn Crumbs(frame: Frame, number: String) -> impl IntoView {
    let here = frame.to(&format!("tests/{number}"));
    view! {
        <div class="crumbs">
            <nav aria-label="Where you are">
                <a href=frame.to("tests")>"Tests"</a>" "<Icon name="i-chevron-right" />" "<a href=here>{number}</a>" "<Icon name="i-chevron-right" />" Enter results"
            </nav>
        </div>
    }
}

#[component]
fn EntryForm(here: String, test: Test, site: SiteCatalogue, filled: Filled<ResultsForm>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let gap = !form.device_gap_reason.is_empty() || errors.of("device_gap_reason").is_some();
    let alone = !form.no_device_reason.is_empty() || errors.of("no_device_reason").is_some();
    let reasons = view! {
        {gap.then(|| view! { <TextArea id="device_gap_reason" name="device_gap_reason" label="Why do the devices not add up to all visitors?" rows=2 value=form.device_gap_reason.clone() error=of("device_gap_reason") /> })}
        {alone.then(|| view! { <TextArea id="no_device_reason" name="no_device_reason" label="Why are there no results per device?" rows=2 value=form.no_device_reason.clone() error=of("no_device_reason") /> })}
    };
    view! {
        <Problems errors=errors.clone() />
        <Understood sentences=form.understood.clone() />
        <form class="form" method="post" action=format!("{here}/results")>
            <Field id="as_of" name="as_of" label="Totals read on" kind="date" required=true hint="Days before it count as full" value=form.as_of.clone() error=of("as_of") />
            <Grid plan=test.plan.clone() site=site.clone() form=form.clone() errors=errors.clone() />
            {reasons}
            <FieldNote error=of("rows") />
            <p class="actions"><button class="button primary" name="then" value="save">"Save results"</button><a class="button quiet" href=here.clone()>"Cancel"</a></p>
            <Paste plan=test.plan site form error=of("paste") />
        </form>
    }
}

#[component]
fn Problems(errors: FieldErrors) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items = errors.0.into_iter().take(20).map(|error| view! { <li>{error.message}</li> }).collect_view();
        view! {
            <div class="callout bad" role="alert">
                <Icon name="o-warn" own=true />
                <div><p><b>"Not saved yet."</b>" Your numbers are still here."</p><ul>{items}</ul></div>
            </div>
        }
    })
}

/// What was read from a paste, before it is saved.
#[component]
fn Understood(sentences: Vec<String>) -> impl IntoView {
    (!sentences.is_empty()).then(|| {
        view! {
            <div class="callout note" role="status">
                <Icon name="i-info" />
                <p><b>"Check what was understood, then save."</b>{format!(" {}", sentences.join(" "))}</p>
            </div>
        }
    })
}

#[component]
fn Grid(plan: Plan, site: SiteCatalogue, form: ResultsForm, errors: FieldErrors) -> impl IntoView {
    let grids = grid_metrics(&plan, &site, &form)
        .into_iter()
        .map(|metric| view! { <MetricGrid metric=metric.clone() plan=plan.clone() form=form.clone() errors=errors.clone() /> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="grid-title">
            <header class="section-head"><h2 id="grid-title">"Type the numbers"</h2><p>"leave “All visitors” empty to sum the devices"</p></header>
            {grids}
        </section>
    }
}

fn heading(part: &str) -> &'static str {
    match part {
        "visitors" => "Visitors",
        "conversions" => "Conversions",
        "n" => "Visitors counted",
        "mean" => "Mean",
        _ => "Standard deviation",
    }
}

#[component]
fn MetricGrid(metric: Metric, plan: Plan, form: ResultsForm, errors: FieldErrors) -> impl IntoView {
    let heads = parts(&metric).iter().map(|part| view! { <th scope="col" class="end">{heading(part)}</th> }).collect_view();
    let bodies = segments(&plan)
        .into_iter()
        .map(|device| view! { <SegmentRows metric=metric.clone() plan=plan.clone() device form=form.clone() errors=errors.clone() /> })
        .collect_view();
    let id = format!("grid-{}", metric.slug);
    view! {
        <h3 id=id.clone()>{metric.name.clone()}</h3>
        <div class="table-scroll" tabindex="0" role="group" aria-labelledby=id>
            <table class="table entry-grid compact">
                <caption class="visually-hidden">{format!("{}, per device and variant", metric.name)}</caption>
                <thead><tr><th scope="col">"Variant"</th>{heads}</tr></thead>
                {bodies}
            </table>
        </div>
    }
}

#[component]
fn SegmentRows(metric: Metric, plan: Plan, device: Option<Device>, form: ResultsForm, errors: FieldErrors) -> impl IntoView {
    let title = device.map_or("All visitors", Device::name);
    let span = (parts(&metric).len() + 1).to_string();
    let rows = plan
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let cell = Cell { metric: &metric.slug, variant: index, device };
            let inputs = parts(&metric).iter().map(|part| {
                let name = cell.name(part);
                let label = format!("{}, {title}, {}: {}", metric.name, variant.key, heading(part).to_lowercase());
                let value = form.cells.get(&name).cloned().unwrap_or_default();
                let error = errors.of(&format!("cells.{name}")).map(str::to_owned);
                view! { <td data-label=heading(part)><Number name label value error /></td> }
            });
            view! { <tr><th scope="row"><VariantName key=variant.key.clone() name=variant.name.clone() /></th>{inputs.collect_view()}</tr> }
        })
        .collect_view();
    view! { <tbody><tr><th scope="rowgroup" colspan=span>{title}</th></tr>{rows}</tbody> }
}

#[component]
fn Number(name: String, label: String, value: String, error: Option<String>) -> impl IntoView {
    let invalid = error.is_some().then_some("true");
    view! {
        <input name=format!("cells[{name}]") inputmode="decimal" value=value aria-label=label aria-invalid=invalid autocomplete="off" />
        <FieldNote error />
    }
}

#[component]
fn Paste(plan: Plan, site: SiteCatalogue, form: ResultsForm, error: Option<String>) -> impl IntoView {
    let metrics = grid_metrics(&plan, &site, &form).into_iter().map(|metric| Choice::new(&metric.slug, &metric.name)).collect::<Vec<_>>();
    let chosen = if form.paste_metric.is_empty() { plan.primary_metric.unwrap_or_default() } else { form.paste_metric };
    view! {
        <section class="section paste" aria-labelledby="paste-title">
            <header class="section-head"><h2 id="paste-title">"Or paste from a spreadsheet"</h2></header>
            <TextArea id="paste" name="paste" label="Rows of variant, device, visitors and conversions, or of variant, n, mean and sd" rows=6 value=form.paste error
                hint="With or without a heading line; tabs, semicolons or commas; 1.234,5 or 1,234.5" />
            <SelectField id="paste_metric" name="paste_metric" label="Rows that name no metric are about" choices=metrics value=chosen />
            <p class="actions"><button class="button" name="then" value="read" formnovalidate>"Read the paste"</button><span class="muted">"Fills the numbers above; nothing is saved yet"</span></p>
        </section>
    }
}
