//! The form for a row, new or edited.

use super::server_fns::{SignalEditor, SignalSent, read_signal_editor};
use super::versions::shown;
use crate::activity::{BothVersions, Events};
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::hypotheses::Problems;
use crate::ui::{Choice, Field, Icon, SelectField};
use domain::errors::FieldErrors;
use domain::signals::{Behaviour, Signal, SignalForm};
use domain::sites::{Catalogue, Device};
use leptos::prelude::*;

/// A new row.
#[component]
pub fn NewSignalPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_signal_editor(workspace.clone(), None, query("draft"));
    workspace_page(Place::Evidence, workspace, read, |frame, editor: SignalEditor| view! { <EditorForm frame editor /> })
}

/// The same form for a row that is there.
#[component]
pub fn EditSignalPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_signal_editor(workspace.clone(), Some(param("number")), query("draft"));
    workspace_page(Place::Evidence, workspace, read, |frame, editor: SignalEditor| view! { <EditorForm frame editor /> })
}

#[component]
fn EditorForm(frame: Frame, editor: SignalEditor) -> impl IntoView {
    let SignalEditor { sent, errors, editing, newer, events, catalogue } = editor;
    let SignalSent { form, version, .. } = sent;
    let (title, action) = match &editing {
        Some(signal) => (format!("Edit {}", signal.page), frame.to(&format!("signals/{}/edit", signal.id))),
        None => ("Add a row".to_owned(), frame.to("signals")),
    };
    let errors = if newer.is_some() { errors.without("form") } else { errors };
    let fresh = errors.is_empty() && newer.is_none();
    let both = newer.map(|newer| {
        let (saved, typed) = (shown(&newer.form, &catalogue), shown(&form, &catalogue));
        view! { <BothVersions by=newer.by at=newer.at saved typed discard=action.clone() /> }
    });
    let version = version.map(|version| view! { <input type="hidden" name="version" value=version.to_string() /> });
    let (save, another) = match &editing {
        Some(_) => ("Save", None),
        None => ("Add row", Some(view! { <button class="button" name="then" value="another">"Add and write another"</button> })),
    };
    let record = editing.clone().map(|signal| view! { <Record frame=frame.clone() signal /> });
    let activity = editing.map(|_| view! { <Events frame=frame.clone() events /> });
    view! {
        {titled(title.clone())}
        <main id="content" class="page form-page signal-form">
            <header class="page-head"><div><h1>{title}</h1><p>"One page on one device in one period: how often it was seen, how often a visit ended there, and what came just before."</p></div></header>
            {both}
            <Problems errors=errors.clone() />
            {record}
            <form class="form" method="post" action=action>
                {version}
                <Which form=form.clone() errors=errors.clone() catalogue fresh />
                <Counts form errors />
                <p class="actions"><button class="button primary">{save}</button>{another}<a class="button quiet" href=frame.to("signals")>"Cancel"</a></p>
            </form>
            {activity}
        </main>
    }
}

/// What was made of the row, and the way out of the inventory.
#[component]
fn Record(frame: Frame, signal: Signal) -> impl IntoView {
    let evidence = signal.evidence.map(|number| {
        view! { <p>"Evidence made of it: "<a href=frame.to(&format!("evidence/{number}"))>{number.clone()}</a>". It keeps the numbers of the day it was made."</p> }
    });
    let (action, label) = if signal.archived { ("restore", "Restore") } else { ("archive", "Archive") };
    let action = frame.to(&format!("signals/{}/{action}", signal.id));
    view! {
        <div class="signal-record">
            {evidence}
            {signal.archived.then(|| view! { <p><span class="tag warn">"Archived, not in the inventory"</span></p> })}
            <form class="inline" method="post" action=action><button class="button small quiet"><Icon name="i-archive" />{label}</button></form>
        </div>
    }
}

#[component]
fn Which(form: SignalForm, errors: FieldErrors, catalogue: Catalogue, fresh: bool) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect();
    let devices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    view! {
        <div class="field-row">
            <Field id="path" name="form[path]" label="Path" required=true autofocus=fresh value=form.path error=of("path") hint="Such as /trade-prices, or the whole address" />
            <Field id="page" name="form[page]" label="Page" optional=true value=form.page error=of("page") hint="What people call it" />
        </div>
        <div class="field-row">
            <SelectField id="site" name="form[site]" label="Site" choices=sites value=form.site blank="Choose a site" error=of("site") />
            <SelectField id="area" name="form[area]" label="Area" optional=true choices=areas value=form.area blank="Not said" error=of("area") />
            <SelectField id="device" name="form[device]" label="Device" choices=devices value=form.device blank="All devices together" error=of("device") />
        </div>
        <div class="field-row">
            <Field id="from" name="form[from]" label="First day" kind="date" required=true value=form.from error=of("from") />
            <Field id="to" name="form[to]" label="Last day" kind="date" required=true value=form.to error=of("to") />
        </div>
    }
}

#[component]
fn Counts(form: SignalForm, errors: FieldErrors) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let behaviours = Behaviour::ALL
        .map(|behaviour| {
            let (slug, value) = (behaviour.slug(), form.count_of(behaviour).to_owned());
            view! { <Field id=slug name=format!("form[{slug}]") label=behaviour.name() optional=true inputmode="numeric" value error=of(slug) /> }
        })
        .collect_view();
    view! {
        <div class="field-row">
            <Field id="visits" name="form[visits]" label="Visits" required=true inputmode="numeric" value=form.visits.clone() error=of("visits") hint="That saw the page" />
            <Field id="exits" name="form[exits]" label="Exits" required=true inputmode="numeric" value=form.exits.clone() error=of("exits") hint="Visits that ended on it" />
        </div>
        <fieldset class="form-section">
            <legend>"Exits with a behaviour in the last 30 seconds"</legend>
            <p class="hint">"Of the exits above, how many showed it just before. Leave blank what was not measured."</p>
            <div class="field-row">{behaviours}</div>
        </fieldset>
    }
}
