//! The settings page.

use super::server_fns::{Settings, SiteForm, read_settings};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Empty, Field, Findings, SelectField, Submit};
use domain::access::Permission;
use domain::scoring::CombineRule;
use domain::sites::{Area, Device, Family, SiteCatalogue, Term};
use leptos::prelude::*;

/// Workspace, sites and lists.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_settings(workspace.clone(), query("draft"));
    workspace_page(Place::Elsewhere, workspace, read, |frame, settings: Settings| {
        let may = frame.may(Permission::Configure);
        let sites = settings.catalogue.sites.iter().cloned().map(|site| view! { <SiteSection frame=frame.clone() site /> }).collect_view();
        let none = settings.catalogue.sites.is_empty();
        view! {
            {titled("Settings")}
            <main id="content" class="page settings">
                <header class="page-head"><div><h1>"Settings"</h1><p>"What this workspace optimises, and how it scores."</p></div></header>
                {may.then(|| view! { <WorkspaceForm frame=frame.clone() settings=settings.clone() /> })}
                {none.then(|| view! { <Empty title="No site yet" text="A site is what you optimise: a shop, a portal, an app. It brings areas, metrics, audiences and levers to choose from." /> })}
                {sites}
                {may.then(|| view! { <NewSite frame=frame.clone() filled=settings.site.clone() /> })}
                <Terms frame=frame.clone() title="Audiences" kind="audiences" terms=settings.catalogue.audiences />
                <Terms frame title="Levers" kind="levers" terms=settings.catalogue.levers />
            </main>
        }
    })
}

#[component]
fn WorkspaceForm(frame: Frame, settings: Settings) -> impl IntoView {
    let rules = vec![
        Choice::new(CombineRule::Mean.slug(), "Mean of impact, confidence and ease (1 to 10)"),
        Choice::new(CombineRule::Product.slug(), "Product of the three (1 to 1000)"),
    ];
    let money = vec![Choice::new("yes", "Everybody here sees money"), Choice::new("no", "Only leads and owners see money")];
    view! {
        <section aria-labelledby="workspace-title">
            <h2 id="workspace-title">"Workspace"</h2>
            <form class="form" method="post" action=frame.to("settings")>
                <Field id="workspace-name" name="name" label="Name" required=true value=settings.name />
                <SelectField id="combine" name="combine" label="ICE score" choices=rules value=settings.settings.combine.slug() />
                <SelectField id="money" name="money" label="Money" choices=money value=if settings.settings.money_for_all { "yes" } else { "no" } />
                <Submit label="Keep" />
            </form>
        </section>
    }
}

#[component]
fn SiteSection(frame: Frame, site: SiteCatalogue) -> impl IntoView {
    let SiteCatalogue { site, areas, metrics } = site;
    let id = format!("site-{}", site.slug);
    let margin = site.margin.map(|margin| format!(" · margin {}%", (margin * 1000.0).round() / 10.0));
    let may = frame.may(Permission::Configure);
    let slug = site.slug.clone();
    let rows = areas.into_iter().map(|area| view! { <AreaRow frame=frame.clone() site=slug.clone() area may /> }).collect_view();
    let families = Family::ALL
        .into_iter()
        .map(|family| {
            let names: Vec<String> = metrics.iter().filter(|metric| metric.family == family).map(|metric| metric.name.clone()).collect();
            view! { <dt>{family.name()}</dt><dd>{names.join(", ")}</dd> }
        })
        .collect_view();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{site.name}</h2>
            <p class="muted">{format!("{} · {} · {}", site.slug, site.currency, site.time_zone)}{margin}</p>
            <details open>
                <summary>"Areas and their visitors a month"</summary>
                <div class="table-wrap">
                    <table class="table areas">
                        <caption class="visually-hidden">"Areas"</caption>
                        <thead><tr><th scope="col">"Area"</th><th scope="col">"Desktop"</th><th scope="col">"Mobile"</th><th scope="col">"Tablet"</th><th scope="col"><span class="visually-hidden">"Keep"</span></th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
            <details><summary>"Metrics"</summary><dl class="pairs">{families}</dl></details>
            {may.then(|| view! {
                <form class="form" method="post" action=frame.to(&format!("settings/sites/{slug}/areas"))>
                    <Field id=format!("area-{slug}") name="name" label="New area" required=true />
                    <p class="actions"><button class="button">"Add the area"</button></p>
                </form>
            })}
        </section>
    }
}

#[component]
fn AreaRow(frame: Frame, site: String, area: Area, may: bool) -> impl IntoView {
    let form = format!("visitors-{site}-{}", area.slug);
    let cells = Device::ALL
        .map(|device| {
            let value = area.visitors.on(device).map(|count| count.to_string()).unwrap_or_default();
            let label = format!("{}, visitors a month on {}", area.name, device.slug());
            if may {
                view! { <td><input class="count-input" form=form.clone() name=device.slug() inputmode="numeric" value=value aria-label=label /></td> }.into_any()
            } else {
                view! { <td>{value}</td> }.into_any()
            }
        })
        .collect_view();
    let keep = may.then(|| {
        view! {
            <form id=form.clone() method="post" action=frame.to(&format!("settings/sites/{site}/areas"))>
                <input type="hidden" name="name" value=area.name.clone() />
                <input type="hidden" name="slug" value=area.slug.clone() />
                <button class="button small quiet">"Keep"</button>
            </form>
        }
    });
    view! { <tr><th scope="row">{area.name}</th>{cells}<td>{keep}</td></tr> }
}

#[component]
fn NewSite(frame: Frame, filled: Filled<SiteForm>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let loose = errors.of("form").map(str::to_owned).into_iter().collect();
    view! {
        <section aria-labelledby="new-site-title">
            <h2 id="new-site-title">"New site"</h2>
            <form class="form" method="post" action=frame.to("settings/sites")>
                <Findings messages=loose />
                <Field id="name" name="name" label="Name" required=true value=form.name error=of("name") />
                <Field id="slug" name="slug" label="Short name" optional=true value=form.slug error=of("slug") hint="Letters, digits and hyphens; made from the name if you leave it" />
                <div class="field-row">
                    <Field id="currency" name="currency" label="Currency" required=true value=form.currency error=of("currency") hint="Such as GBP or EUR" />
                    <Field id="time_zone" name="time_zone" label="Time zone" optional=true value=form.time_zone error=of("time_zone") hint="Such as Europe/London" />
                </div>
                <div class="field-row">
                    <Field id="margin" name="margin" label="Margin, percent" optional=true inputmode="decimal" value=form.margin error=of("margin") />
                    <Field id="url" name="url" label="Address" kind="url" optional=true value=form.url error=of("url") />
                </div>
                <Submit label="Add the site" />
            </form>
        </section>
    }
}

#[component]
fn Terms(frame: Frame, title: &'static str, kind: &'static str, terms: Vec<Term>) -> impl IntoView {
    let id = format!("{kind}-title");
    let may = frame.may(Permission::Configure);
    let names: Vec<String> = terms.into_iter().map(|term| term.name).collect();
    view! {
        <section aria-labelledby=id.clone()>
            <h2 id=id.clone()>{title}</h2>
            <p>{if names.is_empty() { "They come with the first site.".to_owned() } else { names.join(", ") }}</p>
            {may.then(|| view! {
                <form class="form" method="post" action=frame.to(&format!("settings/{kind}"))>
                    <Field id=format!("{kind}-name") name="name" label="Add" required=true />
                    <p class="actions"><button class="button">"Add"</button></p>
                </form>
            })}
        </section>
    }
}
