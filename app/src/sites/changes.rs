//! The changes of a site: what they are for, the list, and logging one more.

use super::forms::ChangeForm;
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Checkboxes, Choice, Field, Findings, date};
use domain::access::Permission;
use domain::sites::{Area, SiteChange};
use leptos::prelude::*;

/// What changed on a site and when, with the form for the next one.
#[component]
pub fn SiteChanges(
    frame: Frame,
    site: String,
    areas: Vec<Area>,
    /// Those of this site, the latest first.
    changes: Vec<SiteChange>,
    /// A change that was refused, new or edited.
    refused: Option<Filled<ChangeForm>>,
) -> impl IntoView {
    let may = frame.may(Permission::Configure);
    let (refused_new, refused_edit) = match refused {
        Some(filled) if filled.form.number.is_empty() => (Some(filled), None),
        other => (None, other),
    };
    let rows = changes
        .into_iter()
        .map(|change| {
            let refused = refused_edit.clone().filter(|filled| filled.form.number == change.number);
            view! { <ChangeRow frame=frame.clone() areas=areas.clone() change refused /> }
        })
        .collect_view();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <div class="table-wrap">
                <table class="table compact stacks">
                    <caption class="visually-hidden">"Site changes"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Change"</th><th scope="col">"Live since"</th><th scope="col">"Areas"</th>
                            <th scope="col" class="end"><span class="visually-hidden">"Action"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    let log = may.then(|| view! { <LogChange frame site=site.clone() areas refused=refused_new /> });
    view! {
        <h3 class="list-head" id=format!("changes-{site}")>"Site changes"</h3>
        <p class="muted">"After a relaunch, older evidence on its areas counts half, once, and older learnings and scores there ask for a re-check."</p>
        {table}
        {log}
    }
}

#[component]
fn ChangeRow(frame: Frame, areas: Vec<Area>, change: SiteChange, refused: Option<Filled<ChangeForm>>) -> impl IntoView {
    let named: Vec<String> = change.areas.iter().map(|slug| name_of(&areas, slug)).collect();
    let archived = change.archived.then(|| view! { " "<span class="tag">"Taken back, does not count"</span> });
    let here = frame.to(&format!("settings/changes/{}", change.number));
    let may = frame.may(Permission::Configure);
    let edit = (may && !change.archived).then(|| view! { <EditChange action=here.clone() areas change=change.clone() refused /> });
    let (part, label) = if change.archived { ("restore", "Count again") } else { ("archive", "Take back") };
    let archive = may.then(|| {
        view! {
            <form method="post" action=format!("{here}/{part}")>
                <input type="hidden" name="site" value=change.site.clone() />
                <button class="button small quiet">{label}<span class="visually-hidden">{format!(" “{}”", change.title)}</span></button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row">{change.title.clone()}{archived}{edit}</th>
            <td class="nowrap" data-label="Live since"><time datetime=change.date.to_string()>{date(change.date)}</time></td>
            <td data-label="Areas">{named.join(", ")}</td>
            <td class="end">{archive}</td>
        </tr>
    }
}

/// An area that has left the list goes by its slug.
fn name_of(areas: &[Area], slug: &str) -> String {
    areas.iter().find(|area| area.slug == slug).map_or(slug, |area| &area.name).to_owned()
}

#[component]
fn EditChange(action: String, areas: Vec<Area>, change: SiteChange, refused: Option<Filled<ChangeForm>>) -> impl IntoView {
    let open = refused.is_some();
    let Filled { form, errors } = refused.unwrap_or_else(|| Filled { form: ChangeForm::of(&change), ..Filled::default() });
    let prefix = format!("{}-", change.number);
    view! {
        <details class="more-fields" open=open>
            <summary>"Edit"<span class="visually-hidden">{format!(" “{}”", change.title)}</span></summary>
            <form class="form" method="post" action=action>
                <ChangeFields prefix areas filled=Filled { form, errors } />
                <p class="actions"><button class="button small">"Keep the change"</button></p>
            </form>
        </details>
    }
}

#[component]
fn LogChange(frame: Frame, site: String, areas: Vec<Area>, refused: Option<Filled<ChangeForm>>) -> impl IntoView {
    let open = refused.is_some();
    let blank = || Filled { form: ChangeForm { site: site.clone(), ..ChangeForm::default() }, ..Filled::default() };
    let filled = refused.unwrap_or_else(blank);
    view! {
        <details class="more-fields" open=open>
            <summary>"Log a site change"</summary>
            <form class="form" method="post" action=frame.to(&format!("settings/sites/{site}/changes"))>
                <ChangeFields prefix=format!("{site}-change-") areas filled />
                <p class="actions"><button class="button">"Log the change"</button></p>
            </form>
        </details>
    }
}

#[component]
fn ChangeFields(prefix: String, areas: Vec<Area>, filled: Filled<ChangeForm>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let loose = ["form", "site"].into_iter().filter_map(of).collect();
    let choices = areas.into_iter().map(|area| Choice::new(area.slug, area.name)).collect();
    view! {
        <Findings messages=loose />
        <input type="hidden" name="site" value=form.site />
        <input type="hidden" name="version" value=form.version />
        <div class="field-row">
            <Field id=format!("{prefix}title") name="title" label="What changed" required=true value=form.title error=of("title") placeholder="Checkout relaunch" />
            <Field id=format!("{prefix}date") name="date" label="Live since" kind="date" required=true value=form.date error=of("date") />
        </div>
        <Checkboxes name="areas[]" legend="On which areas" choices values=form.areas error=of("areas") across=true />
    }
}
