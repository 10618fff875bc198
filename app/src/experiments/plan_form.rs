//! The plan of a test as one form, for a new one and for an edit.

use super::plan_needs::PlanNeeds;
use super::plan_rows::{GuardRails, Secondary, Variants};
use super::server_fns::{Planning, read_edit_test, read_new_test};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Checkboxes, Choice, Field, FieldNote, Icon, SelectField, TextArea};
use domain::accounts::Member;
use domain::errors::FieldErrors;
use domain::experiments::{TestForm, TestKind};
use domain::sites::{Catalogue, Device, Family};
use leptos::prelude::*;

/// A new plan; `?hypothesis=H-12` fills in what that says already.
#[component]
pub fn NewTestPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_new_test(workspace.clone(), query("hypothesis"), query("draft"));
    workspace_page(Place::Tests, workspace, read, |frame, planning: Planning| view! { <PlanForm frame planning /> })
}

/// The same form for a plan that is there.
#[component]
pub fn EditTestPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_edit_test(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Tests, workspace, read, |frame, planning: Planning| view! { <PlanForm frame planning /> })
}

#[component]
fn PlanForm(frame: Frame, planning: Planning) -> impl IntoView {
    let Planning { filled: Filled { form, errors }, editing, catalogue, members, need } = planning;
    let started = editing.as_ref().is_some_and(|editing| editing.started);
    let (title, action, back, button) = match &editing {
        Some(editing) => {
            let here = frame.to(&format!("tests/{}", editing.number));
            (format!("Plan of {}", editing.number), format!("{here}/edit"), here, "Save plan")
        }
        None => ("Plan a test".to_owned(), frame.to("tests"), frame.to("tests"), "Plan it"),
    };
    let intro = if started {
        "This plan is frozen. A change is an amendment and needs a reason."
    } else {
        "The start freezes this plan. Until then everything can change."
    };
    let reason = errors.of("reason").map(str::to_owned);
    let typed = editing.as_ref().map(|editing| editing.reason.clone()).unwrap_or_default();
    view! {
        {titled(title.clone())}
        <main id="content" class="page">
            <form method="post" action=action>
                {editing.map(|editing| view! { <input type="hidden" name="version" value=editing.version.to_string() /> })}
                <header class="page-head">
                    <div><h1>{title}</h1><p>{intro}</p></div>
                    <div class="actions"><a class="button quiet" href=back>"Discard"</a><button class="button primary" name="then" value="save">{button}</button></div>
                </header>
                <Problems errors=errors.clone() />
                <div class="split-page">
                    <div class="form">
                        {started.then(|| view! { <TextArea id="reason" name="reason" label="Why does the plan change?" rows=2 value=typed error=reason /> })}
                        <What form=form.clone() errors=errors.clone() catalogue=catalogue.clone() members />
                        <Variants form=form.clone() errors=errors.clone() />
                        <Metrics form=form.clone() errors=errors.clone() catalogue=catalogue.clone() />
                        <Size form errors />
                    </div>
                    <aside aria-label="What the plan needs"><PlanNeeds need /></aside>
                </div>
            </form>
        </main>
    }
}

/// All findings above the form, so that they are heard first.
#[component]
fn Problems(errors: FieldErrors) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items = errors.0.into_iter().map(|error| view! { <li>{error.message}</li> }).collect_view();
        view! {
            <div class="callout bad" role="alert">
                <Icon name="o-warn" own=true />
                <div><p><b>"Not saved yet."</b>" Everything you typed is still here."</p><ul>{items}</ul></div>
            </div>
        }
    })
}

#[component]
fn What(form: TestForm, errors: FieldErrors, catalogue: Catalogue, members: Vec<Member>) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let kinds = TestKind::ALL.map(|kind| Choice::new(kind.slug(), kind.name())).to_vec();
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect::<Vec<_>>();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect::<Vec<_>>();
    let audiences = catalogue.audiences.iter().map(|term| Choice::new(&term.slug, &term.name)).collect::<Vec<_>>();
    let people = members.iter().map(|member| Choice::new(&member.email, &member.name)).collect::<Vec<_>>();
    let devices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    view! {
        <fieldset class="form-section">
            <legend>"What is tested"</legend>
            <Field id="title" name="form[title]" label="Title" required=true value=form.title error=of("title") />
            <Field id="hypotheses" name="form[hypotheses]" label="Hypotheses" hint="One or more numbers, such as H-12; without one the plan stays a draft" value=form.hypotheses error=of("hypotheses") />
            <div class="field-row">
                <SelectField id="kind" name="form[kind]" label="Kind" choices=kinds value=form.kind error=of("kind") />
                <SelectField id="site" name="form[site]" label="Site" choices=sites blank="choose" value=form.site error=of("site") />
                <SelectField id="area" name="form[area]" label="Area" choices=areas blank="none" value=form.area error=of("area") />
            </div>
            <div class="field-row">
                <Checkboxes name="form[devices][]" legend="Devices, none for all" choices=devices values=form.devices error=of("devices") />
                <SelectField id="audience" name="form[audience]" label="Audience" choices=audiences blank="everyone" value=form.audience error=of("audience") />
                <SelectField id="owner" name="form[owner]" label="Owner" choices=people blank="nobody" value=form.owner error=of("owner") />
            </div>
        </fieldset>
    }
}

/// The metrics of all sites by family, as options.
#[component]
pub fn MetricOptions(catalogue: Catalogue, value: String) -> impl IntoView {
    Family::ALL
        .into_iter()
        .map(|family| {
            let metrics = catalogue.metrics().into_iter().filter(|metric| metric.family == family);
            let options = metrics
                .map(|metric| {
                    let selected = metric.slug == value;
                    view! { <option value=metric.slug.clone() selected=selected>{metric.name.clone()}</option> }
                })
                .collect_view();
            view! { <optgroup label=family.name()>{options}</optgroup> }
        })
        .collect_view()
}

#[component]
fn Metrics(form: TestForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let invalid = errors.of("primary_metric").map(|_| "true");
    view! {
        <fieldset class="form-section">
            <legend>"Metrics"</legend>
            <div class="field-row">
                <div class="field">
                    <label for="primary_metric">"Primary metric"</label>
                    <select id="primary_metric" name="form[primary_metric]" aria-invalid=invalid>
                        <option value="">"choose"</option>
                        <MetricOptions catalogue=catalogue.clone() value=form.primary_metric.clone() />
                    </select>
                    <FieldNote error=of("primary_metric") />
                </div>
                <Field id="baseline" name="form[baseline]" label="Baseline" hint="Percent of a share, else in its unit" inputmode="decimal" optional=true value=form.baseline.clone() error=of("baseline") />
                <Field id="baseline_sd" name="form[baseline_sd]" label="Standard deviation" hint="Of a mean" inputmode="decimal" optional=true value=form.baseline_sd.clone() error=of("baseline_sd") />
            </div>
            <GuardRails form=form.clone() errors=errors.clone() catalogue=catalogue.clone() />
            <Secondary form errors catalogue />
        </fieldset>
    }
}

#[component]
fn Size(form: TestForm, errors: FieldErrors) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let sequential = form.horizon == "sequential";
    let one = form.sides == "1";
    let usual = |typed: String, usual: &str| if typed.trim().is_empty() { usual.to_owned() } else { typed };
    view! {
        <fieldset class="form-section">
            <legend>"Size and length"</legend>
            <div class="field-row">
                <Field id="mde" name="form[mde]" label="Smallest effect worth having, %" hint="Relative to the baseline" inputmode="decimal" optional=true value=form.mde error=of("mde") />
                <Field id="alpha" name="form[alpha]" label="Alpha, %" hint="Chance of a false alarm" inputmode="decimal" value=usual(form.alpha, "5") error=of("alpha") />
                <Field id="power" name="form[power]" label="Power, %" hint="Chance to see it if it is there" inputmode="decimal" value=usual(form.power, "80") error=of("power") />
            </div>
            <div class="field-row">
                <fieldset class="choices across">
                    <legend>"When it may be read"</legend>
                    <label class="choice"><input type="radio" name="form[horizon]" value="fixed" checked=!sequential />" At the planned end"</label>
                    <label class="choice"><input type="radio" name="form[horizon]" value="sequential" checked=sequential />" Every day"</label>
                    <FieldNote error=of("horizon") />
                </fieldset>
                <fieldset class="choices across">
                    <legend>"Sides"</legend>
                    <label class="choice"><input type="radio" name="form[sides]" value="2" checked=!one />" Two"</label>
                    <label class="choice"><input type="radio" name="form[sides]" value="1" checked=one />" One"</label>
                    <FieldNote error=of("sides") />
                </fieldset>
            </div>
            <div class="field-row">
                <Field id="weeks" name="form[weeks]" label="Whole weeks" hint="At least 2; empty: from the traffic" inputmode="numeric" optional=true value=form.weeks error=of("weeks") />
                <Field id="traffic_share" name="form[traffic_share]" label="Share of traffic, %" hint="All of it where left empty" inputmode="decimal" optional=true value=form.traffic_share error=of("traffic_share") />
            </div>
        </fieldset>
    }
}
