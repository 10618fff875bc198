//! The short lists of the settings page: areas with their visitors, metrics by family, audiences and levers. Each
//! list is one form with a line for one more.

use crate::frame::Frame;
use crate::ui::{Choice, Field, Icon, SelectField};
use domain::access::Permission;
use domain::sites::{Area, Device, Direction, Family, Metric, Term};
use leptos::prelude::*;

/// The areas of a site: names and visitors a month, all kept at once.
#[component]
pub fn Areas(frame: Frame, site: String, areas: Vec<Area>) -> impl IntoView {
    let action = frame.to(&format!("settings/sites/{site}/areas"));
    let heads = Device::ALL.map(|device| view! { <span>{device.name()}</span> }).collect_view();
    if !frame.may(Permission::Configure) {
        let rows = areas.iter().map(|area| view! { <AreaLine area=area.clone() /> }).collect_view();
        return view! { <ul class="catalogue areas"><li class="heads" aria-hidden="true"><span>"Area"</span>{heads}</li>{rows}</ul> }
            .into_any();
    }
    let rows = areas.into_iter().map(|area| view! { <AreaRow archive=action.clone() area=Some(area) /> }).collect_view();
    let one_more = view! { <AreaRow archive=action.clone() area=None /> };
    view! {
        <form class="form" method="post" action=action>
            <ul class="catalogue areas">
                <li class="heads" aria-hidden="true"><span>"Area"</span>{heads}<span></span></li>
                {rows}
                {one_more}
            </ul>
            <p class="actions"><button class="button">"Keep the areas"</button></p>
        </form>
    }
    .into_any()
}

/// One area to change, or an empty line for a new one.
#[component]
fn AreaRow(archive: String, area: Option<Area>) -> impl IntoView {
    let name = area.as_ref().map(|area| area.name.clone()).unwrap_or_default();
    let (path, said) = match &area {
        Some(area) => (format!("areas[{}]", area.slug), name.clone()),
        None => ("added".to_owned(), "the new area".to_owned()),
    };
    let counts = Device::ALL
        .map(|device| {
            let value = area.as_ref().and_then(|area| area.visitors.on(device)).map(|count| count.to_string()).unwrap_or_default();
            let label = format!("Visitors a month on {}, {said}", device.slug());
            view! {
                <input class="visitors" name=format!("{path}[{}]", device.slug()) inputmode="numeric" value=value placeholder=device.name() aria-label=label />
            }
        })
        .collect_view();
    let remove = area.as_ref().map(|area| {
        view! {
            <button class="icon-button" formaction=format!("{archive}/{}/archive", area.slug) formnovalidate=true title="Take out of the lists">
                <Icon name="i-x" /><span class="visually-hidden">{format!("Archive {name}")}</span>
            </button>
        }
    });
    let (label, placeholder) = if area.is_some() { (format!("Area {name}"), "") } else { ("New area".to_owned(), "New area") };
    view! {
        <li>
            <input name=format!("{path}[name]") value=name.clone() required=area.is_some() placeholder=placeholder aria-label=label />
            {counts}
            {remove}
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

/// Metrics by family, each with the direction that is good; a lead gives one another name.
#[component]
pub fn Metrics(frame: Frame, site: String, metrics: Vec<Metric>) -> impl IntoView {
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
    view! {
        <div class="metric-families">{families}</div>
        {may.then(|| view! {
            <form class="form" method="post" action=frame.to(&format!("settings/sites/{site}/metrics"))>
                <div class="field-row">
                    <SelectField id=format!("metric-{site}") name="slug" label="Rename the metric" choices />
                    <Field id=format!("metric-name-{site}") name="name" label="To" required=true />
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
) -> impl IntoView {
    let id = format!("{kind}-title");
    let may = frame.may(Permission::Configure);
    let body = if terms.is_empty() && !may {
        view! { <p class="muted">"They come with the first site."</p> }.into_any()
    } else if may {
        let rows = terms
            .into_iter()
            .map(|term| {
                let label = format!("Name of the {one} {}", term.name);
                view! { <li><input name=format!("terms[{}]", term.slug) value=term.name required aria-label=label /></li> }
            })
            .collect_view();
        view! {
            <form class="form" method="post" action=frame.to(&format!("settings/{kind}"))>
                <ul class="catalogue terms">{rows}<li><input name="added" placeholder=format!("New {one}") aria-label=format!("New {one}") /></li></ul>
                <p class="actions"><button class="button">{format!("Keep the {kind}")}</button></p>
            </form>
        }
        .into_any()
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
