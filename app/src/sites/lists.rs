//! The short lists of the settings page that a lead edits: areas with their visitors, audiences and levers. Each list
//! is one form with a line for one more; a refused one comes back as it was typed.

use super::forms::{ADDED, AreaForm, AreasForm, TermsForm, of_line};
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{FieldNote, Findings, Icon};
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::sites::{Area, Device, Term};
use leptos::prelude::*;

/// The areas of a site: names and visitors a month, all kept at once.
#[component]
pub fn Areas(
    frame: Frame,
    site: String,
    areas: Vec<Area>,
    /// The list as it was refused, if it was.
    refused: Option<Filled<AreasForm>>,
) -> impl IntoView {
    let heads = Device::ALL.map(|device| view! { <span>{device.name()}</span> }).collect_view();
    if !frame.may(Permission::Configure) {
        let rows = areas.iter().map(|area| view! { <AreaLine area=area.clone() /> }).collect_view();
        return view! { <ul class="catalogue areas"><li class="heads" aria-hidden="true"><span>"Area"</span>{heads}</li>{rows}</ul> }
            .into_any();
    }
    let action = frame.to(&format!("settings/sites/{site}/areas"));
    let messages = refused.iter().flat_map(|refused| not_kept(&refused.errors, |line| area_title(&areas, &refused.form, line))).collect();
    let Filled { form: typed, errors } = refused.unwrap_or_default();
    let archive = action.clone();
    let rows = areas
        .into_iter()
        .map(|area| {
            let form = typed.areas.get(&area.slug).cloned().unwrap_or_else(|| AreaForm::of(&area));
            view! { <AreaRow archive=action.clone() area=Some(area) form errors=errors.clone() /> }
        })
        .collect_view();
    view! {
        <form class="form" id=format!("areas-{site}") method="post" action=action>
            <Findings messages />
            <ul class="catalogue areas">
                <li class="heads" aria-hidden="true"><span>"Area"</span>{heads}<span></span></li>
                {rows}
                <AreaRow archive area=None form=typed.added errors />
            </ul>
            <p class="actions"><button class="button">"Keep the areas"</button></p>
        </form>
    }
    .into_any()
}

/// What was found, with the name of each line: “Checkout” was not kept: …
fn not_kept(errors: &FieldErrors, title: impl Fn(&str) -> String) -> Vec<String> {
    let said = errors.0.iter().map(|error| {
        let line = error.field.split_once('.').map_or(error.field.as_str(), |(line, _)| line);
        let title = title(line);
        if title.is_empty() {
            format!("The list was not kept: {}", error.message)
        } else {
            format!("“{title}” was not kept: {}", error.message)
        }
    });
    said.collect()
}

fn area_title(areas: &[Area], typed: &AreasForm, line: &str) -> String {
    let known = areas.iter().find(|area| area.slug == line).map(|area| area.name.clone());
    known.unwrap_or_else(|| if line == ADDED { typed.added.name.clone() } else { String::new() })
}

/// One area to change, or an empty line for a new one.
#[component]
fn AreaRow(archive: String, area: Option<Area>, form: AreaForm, errors: FieldErrors) -> impl IntoView {
    let (line, path, said) = match &area {
        Some(area) => (area.slug.clone(), format!("areas[{}]", area.slug), area.name.clone()),
        None => (ADDED.to_owned(), ADDED.to_owned(), "the new area".to_owned()),
    };
    let invalid = |field: &str| errors.of(&format!("{line}.{field}")).map(|_| "true");
    let counts = Device::ALL
        .map(|device| {
            let label = format!("Visitors a month on {}, {said}", device.slug());
            let wrong = invalid(&format!("visitors.{}", device.slug()));
            view! {
                <input class="visitors" name=format!("{path}[{}]", device.slug()) inputmode="numeric" value=form.on(device).to_owned()
                    placeholder="–" aria-label=label aria-invalid=wrong />
            }
        })
        .collect_view();
    let remove = area.as_ref().map(|area| {
        view! {
            <button class="icon-button" formaction=format!("{archive}/{}/archive", area.slug) formnovalidate=true title="Take out of the lists">
                <Icon name="i-x" /><span class="visually-hidden">{format!("Archive {}", area.name)}</span>
            </button>
        }
    });
    let (label, placeholder) = if area.is_some() { (format!("Area {said}"), "") } else { ("New area".to_owned(), "New area") };
    let wrong = invalid("name").or_else(|| invalid("slug"));
    view! {
        <li>
            <input name=format!("{path}[name]") value=form.name.clone() required=area.is_some() placeholder=placeholder aria-label=label aria-invalid=wrong />
            {counts}
            {remove}
            <FieldNote error=of_line(&errors, &line) />
        </li>
    }
}

/// An area for those who only read.
#[component]
fn AreaLine(area: Area) -> impl IntoView {
    let counts = Device::ALL
        .map(|device| {
            let count = area.visitors.on(device).map_or_else(|| "–".to_owned(), crate::ui::number);
            view! { <span class="visitors"><span class="visually-hidden">{format!("{}: ", device.name())}</span>{count}</span> }
        })
        .collect_view();
    view! { <li><span>{area.name}</span>{counts}</li> }
}

/// Audiences or levers, by name.
#[component]
pub fn Terms(
    frame: Frame,
    title: &'static str,
    /// What one of them is called.
    one: &'static str,
    /// The last part of the address.
    kind: &'static str,
    note: &'static str,
    terms: Vec<Term>,
    /// The list as it was refused, if it was.
    refused: Option<Filled<TermsForm>>,
) -> impl IntoView {
    let id = format!("{kind}-title");
    let body = if frame.may(Permission::Configure) {
        let action = frame.to(&format!("settings/{kind}"));
        view! { <TermsEditor action one kind terms refused /> }.into_any()
    } else if terms.is_empty() {
        view! { <p class="muted">"They come with the first site."</p> }.into_any()
    } else {
        let names: Vec<String> = terms.into_iter().map(|term| term.name).collect();
        view! { <p>{names.join(", ")}</p> }.into_any()
    };
    view! {
        <section aria-labelledby=id.clone()>
            <header class="section-head"><h2 id=id.clone()>{title}</h2><p>{note}</p></header>
            {body}
        </section>
    }
}

#[component]
fn TermsEditor(
    action: String,
    one: &'static str,
    kind: &'static str,
    terms: Vec<Term>,
    refused: Option<Filled<TermsForm>>,
) -> impl IntoView {
    let title = |line: &str, typed: &TermsForm| {
        let known = terms.iter().find(|term| term.slug == line).map(|term| term.name.clone());
        known.unwrap_or_else(|| if line == ADDED { typed.added.clone() } else { String::new() })
    };
    let messages = refused.iter().flat_map(|refused| not_kept(&refused.errors, |line| title(line, &refused.form))).collect();
    let Filled { form: typed, errors } = refused.unwrap_or_default();
    let invalid = |line: &str| of_line(&errors, line).map(|_| "true");
    let rows = terms
        .iter()
        .map(|term| {
            let label = format!("Name of the {one} {}", term.name);
            let value = typed.terms.get(&term.slug).unwrap_or(&term.name).clone();
            view! { <li><input name=format!("terms[{}]", term.slug) value=value required aria-label=label aria-invalid=invalid(&term.slug) /></li> }
        })
        .collect_view();
    view! {
        <form class="form" method="post" action=action>
            <Findings messages />
            <ul class="catalogue terms">
                {rows}
                <li><input name=ADDED value=typed.added.clone() placeholder=format!("New {one}") aria-label=format!("New {one}") aria-invalid=invalid(ADDED) /></li>
            </ul>
            <p class="actions"><button class="button">{format!("Keep the {kind}")}</button></p>
        </form>
    }
}
