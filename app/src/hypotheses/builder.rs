//! The statement builder: one form for a new hypothesis and for an edit.

use super::linter::Linter;
use super::mentions::Mentions;
use super::server_fns::{Bearing, Builder, MetricName, read_edit, read_new};
use super::similar::TriedBefore;
use super::versions::shown;
use crate::accounts::Filled;
use crate::activity::BothVersions;
use crate::attachments::AttachmentsSection;
use crate::evidence::{Picker, Picks};
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Field, Icon, KeptLine, TextArea};
use domain::accounts::Member;
use domain::activity::Subject;
use domain::errors::FieldErrors;
use domain::hypotheses::HypothesisForm;
use domain::sites::{Catalogue, Device, Family};
use leptos::prelude::*;

/// Capture: a title is enough.
#[component]
pub fn NewHypothesisPage() -> impl IntoView {
    let workspace = workspace_param();
    let read =
        read_new(workspace.clone(), query("title").or_else(|| query("form[title]")), query("parent"), query("evidence"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, builder: Builder| view! { <BuilderForm frame builder /> })
}

/// The same form for a hypothesis that is there.
#[component]
pub fn EditHypothesisPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_edit(workspace.clone(), param("number"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, builder: Builder| view! { <BuilderForm frame builder /> })
}

#[component]
fn BuilderForm(frame: Frame, builder: Builder) -> impl IntoView {
    let Builder { filled: Filled { form, errors }, picks, suggestions, editing, linked, newer, attachments, catalogue, members, similar } =
        builder;
    let attached = editing.clone().map(|(number, _)| {
        let about = (Subject::Hypothesis, number);
        view! { <AttachmentsSection frame=frame.clone() about attachments editing=true /> }
    });
    let linter = view! { <Linter form=form.clone() linked picked=bearing(&picks) metrics=metric_names(&catalogue) /> };
    let (title, action, back) = match &editing {
        Some((number, _)) => {
            let here = frame.to(&format!("hypotheses/{number}"));
            (format!("Edit {number}"), format!("{here}/edit"), here)
        }
        None => ("New hypothesis".to_owned(), frame.to("hypotheses"), frame.to("hypotheses")),
    };
    let tried = editing.is_none().then(|| view! { <TriedBefore frame=frame.clone() items=similar title=form.title.clone() /> });
    // The column has its room before it arrives, or a slow page would jump when it does.
    let beside = tried.is_some().then_some("beside");
    let picker = editing.is_none().then(|| view! { <Picker frame=frame.clone() suggestions picks /> });
    let errors = if newer.is_some() { errors.without("form") } else { errors };
    let fresh = errors.is_empty() && newer.is_none();
    let both = newer.map(|newer| {
        let (saved, typed) = (shown(&newer.form, &catalogue, &members), shown(&form, &catalogue, &members));
        view! { <BothVersions by=newer.by at=newer.at saved typed discard=action.clone() /> }
    });
    let version = editing.map(|(_, version)| view! { <input type="hidden" name="version" value=version.to_string() /> });
    view! {
        {titled(title.clone())}
        <main id="content" class="page new-hypothesis">
            <form method="post" action=action class=beside data-kept=frame.email.clone()>
                {version}
                <header class="page-head">
                    <div><h1>{title}</h1><p>"One change, one audience, one measure. A title alone is enough to log an idea."<span class="needs-script wide-only">" In the sentence "<kbd>"@"</kbd>" names a metric and "<kbd>"#"</kbd>" evidence."</span></p></div>
                    <div class="actions"><KeptLine /><a class="button quiet" href=back data-kept-discard="">"Discard"</a><button class="button primary">"Save hypothesis"</button></div>
                </header>
                {both}
                <Problems errors=errors.clone() />
                <Field id="title" name="form[title]" label="Title" required=true autofocus=fresh value=form.title.clone() error=errors.of("title").map(str::to_owned)
                    hint="Starts with a verb: “Cut the sign-up form from 6 fields to 3”" />
                <Statement form=form.clone() errors=errors.clone() catalogue=catalogue.clone() />
                {linter}
                <Chips form=form.clone() errors=errors.clone() catalogue members />
                {tried}
                {picker}
                <Rest form errors />
            </form>
            {attached}
        </main>
    }
}

/// How the picked evidence bears on the hypothesis.
fn bearing(picks: &Picks) -> Bearing {
    let against = |number: &&String| picks.directions.get(*number).is_some_and(|direction| direction == "contradicts");
    let contradicts = picks.evidence.iter().filter(against).count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Bearing { supports: count(picks.evidence.len() - contradicts), contradicts: count(contradicts) }
}

fn metric_names(catalogue: &Catalogue) -> Vec<MetricName> {
    catalogue.metrics().into_iter().map(|metric| MetricName { slug: metric.slug.clone(), name: metric.name.clone() }).collect()
}

/// All findings above the form, each a link to its field.
#[component]
pub fn Problems(errors: FieldErrors) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items = errors
            .0
            .into_iter()
            .map(|error| match error.field.as_str() {
                "form" => view! { <li>{error.message}</li> }.into_any(),
                field => view! { <li><a href=format!("#{}", field_id(field))>{error.message}</a></li> }.into_any(),
            })
            .collect_view();
        view! {
            <div class="callout bad" role="alert">
                <Icon name="o-warn" own=true />
                <p><b>"Not saved yet."</b>" Everything you typed is still here."</p>
                <ul>{items}</ul>
            </div>
        }
    })
}

/// The element of a REST field's name.
fn field_id(field: &str) -> String {
    let last = field.rsplit('.').next().unwrap_or(field);
    last.to_owned()
}

/// Marks an input that a finding is about.
fn invalid(errors: &FieldErrors, field: &str) -> Option<&'static str> {
    errors.of(field).map(|_| "true")
}

#[component]
fn Blank(
    #[prop(into)] name: String,
    label: &'static str,
    placeholder: &'static str,
    value: String,
    errors: FieldErrors,
    #[prop(optional)] long: bool,
) -> impl IntoView {
    let class = if long { "blank long" } else { "blank" };
    let invalid = invalid(&errors, &format!("statement.{name}"));
    view! {
        <span class=class>
            <textarea id=name.clone() name=format!("form[{name}]") rows="1" placeholder=placeholder aria-label=label aria-invalid=invalid>{value}</textarea>
        </span>
    }
}

#[component]
fn Statement(form: HypothesisForm, errors: FieldErrors, catalogue: Catalogue) -> impl IntoView {
    let metrics = Family::ALL
        .into_iter()
        .map(|family| {
            let options = catalogue
                .metrics()
                .into_iter()
                .filter(|metric| metric.family == family)
                .map(|metric| {
                    let selected = metric.slug == form.metric;
                    view! { <option value=metric.slug.clone() selected=selected>{metric.name.to_lowercase()}</option> }
                })
                .collect_view();
            view! { <optgroup label=family.name()>{options}</optgroup> }
        })
        .collect_view();
    let notes: Vec<String> =
        errors.0.iter().filter(|error| error.field.starts_with("statement.")).map(|error| error.message.clone()).collect();
    let notes = notes.into_iter().map(|note| view! { <p class="error"><Icon name="o-warn" own=true />{note}</p> }).collect_view();
    let down = form.direction == "down";
    view! {
        <fieldset class="statement-block">
            <legend class="label">"Statement"</legend>
            <div class="statement-form">
                <span class="glue">"Because"</span>
                <Blank name="because" label="Because: what was observed" placeholder="what was seen, heard or measured" value=form.because errors=errors.clone() long=true />
                <span class="glue">"we believe that"</span>
                <Blank name="change" label="We believe that: the one change" placeholder="name one change" value=form.change errors=errors.clone() />
                <span class="glue">"for"</span>
                <Blank name="audience" label="For: the audience" placeholder="who" value=form.audience errors=errors.clone() />
                <span class="glue">"will"</span>
                <select id="direction" name="form[direction]" aria-label="Will: direction">
                    <option value="up" selected=!down>"raise"</option>
                    <option value="down" selected=down>"lower"</option>
                </select>
                <select id="metric" name="form[metric]" aria-label="The metric" aria-invalid=invalid(&errors, "statement.effect.metric")>
                    <option value="">"a metric"</option>
                    {metrics}
                </select>
                <span class="glue">"by"</span>
                <input class="size" id="low" name="form[low]" inputmode="decimal" aria-label="Smallest expected change, percent" value=form.low aria-invalid=invalid(&errors, "statement.effect.low") />
                <span class="glue">"to"</span>
                <input class="size" id="high" name="form[high]" inputmode="decimal" aria-label="Largest expected change, percent" value=form.high aria-invalid=invalid(&errors, "statement.effect.high") />
                <span class="glue">"% since"</span>
                <Blank name="reason" label="Since: the reason" placeholder="why it should work" value=form.reason errors=errors.clone() />
                <span class="glue">"and we will know when"</span>
                <Blank name="measure" label="We will know when: success criterion and minimum duration" placeholder="name a metric and how long to watch it" value=form.measure errors />
            </div>
            <Mentions metrics=metric_names(&catalogue) />
            {notes}
        </fieldset>
    }
}

/// A choice as a chip with a select of its own.
#[component]
fn ChipSelect(name: &'static str, label: &'static str, choices: Vec<Choice>, value: String, #[prop(into)] blank: String) -> impl IntoView {
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <label class="chip">
            <span class="key">{label}</span>" "<select id=name name=format!("form[{name}]")><option value="">{blank}</option>{options}</select>
        </label>
    }
}

/// Several choices as a chip that opens.
#[component]
fn ChipBoxes(name: &'static str, label: &'static str, choices: Vec<Choice>, values: Vec<String>) -> impl IntoView {
    let names: Vec<String> = choices.iter().filter(|choice| values.contains(&choice.value)).map(|choice| choice.label.clone()).collect();
    let shown = if names.is_empty() { "any".to_owned() } else { names.join(", ") };
    let boxes = choices
        .into_iter()
        .map(|choice| {
            let checked = values.contains(&choice.value);
            view! { <label class="choice"><input type="checkbox" name=format!("form[{name}][]") value=choice.value checked=checked />" "{choice.label}</label> }
        })
        .collect_view();
    view! {
        <div class="chip">
            <details class="menu-in-chip" id=name>
                <summary><span class="key">{label}</span>" "{shown}<Icon name="i-chevron-down" /></summary>
                <div class="popover"><fieldset><legend>{label}</legend>{boxes}</fieldset></div>
            </details>
        </div>
    }
}

#[component]
fn Chips(form: HypothesisForm, errors: FieldErrors, catalogue: Catalogue, members: Vec<Member>) -> impl IntoView {
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let areas = catalogue.areas().into_iter().map(|area| Choice::new(&area.slug, &area.name)).collect();
    let metrics = catalogue.metrics().into_iter().map(|metric| Choice::new(&metric.slug, &metric.name)).collect();
    let audiences = catalogue.audiences.iter().map(|term| Choice::new(&term.slug, &term.name)).collect();
    let levers = catalogue.levers.iter().map(|term| Choice::new(&term.slug, &term.name)).collect();
    let people = members.iter().map(|member| Choice::new(&member.email, &member.name)).collect();
    let devices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    let notes = ["site", "area", "devices", "guard_rails", "owner"].iter().filter_map(|field| errors.of(field).map(str::to_owned));
    let notes = notes.map(|note| view! { <p class="error"><Icon name="o-warn" own=true />{note}</p> }).collect_view();
    view! {
        <div class="chips">
            <ChipSelect name="site" label="Site" choices=sites value=form.site blank="none" />
            <ChipSelect name="area" label="Area" choices=areas value=form.area blank="none" />
            <ChipBoxes name="devices" label="Device" choices=devices values=form.devices />
            <ChipSelect name="audience_slug" label="Audience" choices=audiences value=form.audience_slug blank="any" />
            <ChipSelect name="lever" label="Lever" choices=levers value=form.lever blank="none" />
            <ChipBoxes name="guard_rails" label="Guard-rails" choices=metrics values=form.guard_rails />
            <ChipSelect name="owner" label="Owner" choices=people value=form.owner blank="nobody" />
        </div>
        {notes}
    }
}

#[component]
fn Rest(form: HypothesisForm, errors: FieldErrors) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let open = ["effort.design_days", "effort.development_days", "parent", "tags", "differs_because", "details"]
        .iter()
        .any(|field| errors.of(field).is_some());
    view! {
        <details class="more-fields" open=open>
            <summary>"Effort, tags, parent and details"</summary>
            <div class="field-row">
                <Field id="design_days" name="form[design_days]" label="Design days" inputmode="decimal" optional=true value=form.design_days error=of("effort.design_days") />
                <Field id="development_days" name="form[development_days]" label="Development days" inputmode="decimal" optional=true value=form.development_days error=of("effort.development_days") />
            </div>
            <Field id="tags" name="form[tags]" label="Tags" optional=true value=form.tags error=of("tags") hint="Separated by commas" />
            <Field id="parent" name="form[parent]" label="Grew out of" optional=true value=form.parent error=of("parent") hint="A hypothesis or a learning, such as H-12" />
            <TextArea id="differs_because" name="form[differs_because]" label="Differs because" optional=true value=form.differs_because error=of("differs_because") rows=2 />
            {of("differs_because").map(|_| view! { <p class="actions"><button class="button small" name="anyway" value="yes">"Save it all the same"</button></p> })}
            <TextArea id="details" name="form[details]" label="Details" optional=true value=form.details error=of("details") rows=5 />
        </details>
    }
}
