//! The form for a finding, new or edited.

use super::link_form::LinkFields;
use super::server_fns::{EvidenceEditor, EvidenceSent, read_evidence_edit, read_new_evidence};
use super::versions::shown;
use crate::activity::BothVersions;
use crate::attachments::AttachmentsSection;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::hypotheses::Problems;
use crate::ui::{Checkboxes, Choice, Field, FieldNote, KeptLine, SelectField, TextArea};
use domain::activity::Subject;
use domain::errors::FieldErrors;
use domain::evidence::{Class, EvidenceForm};
use domain::sites::{Catalogue, Device};
use leptos::prelude::*;

/// A new finding; `?hypothesis=H-1` links it at once.
#[component]
pub fn NewEvidencePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_new_evidence(workspace.clone(), query("hypothesis"), query("draft"));
    workspace_page(Place::Evidence, workspace, read, |frame, editor: EvidenceEditor| view! { <EditorForm frame editor /> })
}

/// The same form for a finding that is there.
#[component]
pub fn EditEvidencePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_evidence_edit(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Evidence, workspace, read, |frame, editor: EvidenceEditor| view! { <EditorForm frame editor /> })
}

#[component]
fn EditorForm(frame: Frame, editor: EvidenceEditor) -> impl IntoView {
    let EvidenceEditor { sent, errors, editing, newer, hypothesis, attachments, catalogue } = editor;
    let attached = editing.clone().map(|number| {
        let about = (Subject::Evidence, number);
        view! { <AttachmentsSection frame=frame.clone() about attachments editing=true /> }
    });
    let EvidenceSent { form, link, version, .. } = sent;
    let (title, action, back) = match (&editing, &hypothesis) {
        (Some(number), _) => {
            let here = frame.to(&format!("evidence/{number}"));
            (format!("Edit {number}"), format!("{here}/edit"), here)
        }
        (None, Some(_)) => {
            let back = frame.to(&format!("hypotheses/{}", link.hypothesis));
            (format!("Add evidence to {}", link.hypothesis), frame.to("evidence"), back)
        }
        (None, None) => ("Add evidence".to_owned(), frame.to("evidence"), frame.to("evidence")),
    };
    let errors = if newer.is_some() { errors.without("form") } else { errors };
    let fresh = errors.is_empty() && newer.is_none();
    let both = newer.map(|newer| {
        let (saved, typed) = (shown(&newer.form, &catalogue), shown(&form, &catalogue));
        view! { <BothVersions by=newer.by at=newer.at saved typed discard=action.clone() /> }
    });
    let version = version.map(|version| view! { <input type="hidden" name="version" value=version.to_string() /> });
    let linked = hypothesis.map(|held| {
        let number = link.hypothesis.clone();
        view! {
            <fieldset class="form-section">
                <legend>{format!("How it bears on {number} {held}")}</legend>
                <input type="hidden" name="link[hypothesis]" value=number />
                <LinkFields form=link errors=errors.clone() within="link" />
            </fieldset>
        }
    });
    let (save, another) = match editing {
        Some(_) => ("Save", None),
        None => ("Add evidence", Some(view! { <button class="button" name="then" value="another">"Add and write another"</button> })),
    };
    view! {
        {titled(title.clone())}
        <main id="content" class="page form-page evidence-form">
            <header class="page-head"><div><h1>{title}</h1><p>"One finding: what was seen, heard or measured. A title and a kind are enough."</p></div></header>
            {both}
            <Problems errors=errors.clone() />
            <form class="form" method="post" action=action data-kept=frame.email.clone()>
                {version}
                <Finding form=form.clone() errors=errors.clone() fresh />
                <Origin form=form.clone() errors=errors.clone() />
                {linked}
                <Applies form errors catalogue />
                <p class="actions"><button class="button primary">{save}</button>{another}<a class="button quiet" href=back data-kept-discard="">"Cancel"</a><KeptLine /></p>
            </form>
            {attached}
        </main>
    }
}

#[component]
fn Finding(form: EvidenceForm, errors: FieldErrors, fresh: bool) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    view! {
        <Field id="title" name="form[title]" label="Title" required=true autofocus=fresh value=form.title error=of("title")
            hint="The finding in one line, with its number: “44% of sign-up exits happen in one field”" />
        <TextArea id="finding" name="form[finding]" label="Finding" optional=true value=form.finding error=of("finding")
            hint="What exactly was found. A line that begins with - becomes a list" />
    }
}

#[component]
fn Origin(form: EvidenceForm, errors: FieldErrors) -> impl IntoView {
    let worths = vec![Choice::new("valid", "It was valid"), Choice::new("invalid", "It was invalid")];
    let of = |field: &str| errors.of(field).map(str::to_owned);
    view! {
        <div class="field-row">
            <KindField value=form.kind error=of("kind") />
            <Field id="name" name="form[source_name]" label="Source" optional=true value=form.source_name error=of("source.name") hint="Tool or study" />
            <Field id="url" name="form[source_url]" label="Link" optional=true inputmode="url" value=form.source_url error=of("source.url") hint="Where to look it up" />
        </div>
        <div class="field-row">
            <Field id="observed_from" name="form[observed_from]" label="Observed from" kind="date" optional=true value=form.observed_from error=of("observed_from") />
            <Field id="observed_to" name="form[observed_to]" label="Observed to" kind="date" optional=true value=form.observed_to error=of("observed_to") />
            <Field id="sample_size" name="form[sample_size]" label="Sample size" optional=true inputmode="numeric" value=form.sample_size error=of("sample_size") />
            <SelectField id="worth" name="form[worth]" label="If an own test" optional=true choices=worths value=form.worth blank="Not said" error=of("worth") />
        </div>
    }
}

/// The kinds by class, the strongest class first.
#[component]
fn KindField(value: String, error: Option<String>) -> impl IntoView {
    let groups = Class::ALL
        .into_iter()
        .rev()
        .map(|class| {
            let options = class
                .kinds()
                .map(|kind| view! { <option value=kind.slug() selected=kind.slug() == value>{kind.name()}</option> })
                .collect_view();
            view! { <optgroup label=class.name()>{options}</optgroup> }
        })
        .collect_view();
    let described_by = if error.is_some() { "kind-hint kind-error" } else { "kind-hint" };
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for="kind">"Kind"</label>
            <p class="hint" id="kind-hint">"Decides its weight and how fast it fades"</p>
            <select id="kind" name="form[kind]" required=true aria-describedby=described_by aria-invalid=invalid>
                <option value="">"Choose a kind"</option>
                {groups}
            </select>
            <div id="kind-error"><FieldNote error /></div>
        </div>
    }
}

#[component]
fn Applies(form: EvidenceForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect();
    let audiences = catalogue.audiences.iter().map(|term| Choice::new(&term.slug, &term.name)).collect();
    let devices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    view! {
        <fieldset class="form-section">
            <legend>"Where it applies"</legend>
            <div class="field-row">
                <SelectField id="site" name="form[site]" label="Site" choices=sites value=form.site blank="All sites" error=of("site") />
                <Field id="tags" name="form[tags]" label="Tags" optional=true value=form.tags error=of("tags") placeholder="separated by commas" />
            </div>
            <Checkboxes name="form[areas][]" legend="Areas" choices=areas values=form.areas error=of("areas") across=true />
            <Checkboxes name="form[devices][]" legend="Devices" choices=devices values=form.devices error=of("devices") across=true />
            <Checkboxes name="form[audiences][]" legend="Audiences" choices=audiences values=form.audiences error=of("audiences") across=true />
        </fieldset>
    }
}
