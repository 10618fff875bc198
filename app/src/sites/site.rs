//! A site on the settings page: what it is, its areas and its metrics; and a new one.

use super::changes::SiteChanges;
use super::forms::{AreasForm, ChangeForm, MetricName, SettingsForm, SiteForm};
use super::lists::Areas;
use super::metrics::Metrics;
use super::places::{CURRENCIES, TIME_ZONES};
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Field, Findings, Submit, plural, trim_number};
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::sites::{Site, SiteCatalogue, SiteChange};
use leptos::prelude::*;

fn percent(margin: f64) -> String {
    trim_number(margin * 100.0)
}

/// A site with its lists.
#[component]
pub fn SiteSection(
    frame: Frame,
    site: SiteCatalogue,
    /// Its changes, the latest first.
    changes: Vec<SiteChange>,
    /// The form of the page that was refused, if one was.
    refused: Option<Filled<SettingsForm>>,
) -> impl IntoView {
    let Refused { edit, areas: refused_areas, metric, change } =
        refused.map(|filled| refused_of(&site.site.slug, filled)).unwrap_or_default();
    let SiteCatalogue { site, areas, metrics } = site;
    let id = format!("site-{}", site.slug);
    let margin = site.margin.map(|margin| format!(" · margin {}%", percent(margin)));
    let (list, renaming) = (format!("metrics-{}", site.slug), metric.is_some());
    let counted = plural(metrics.len() as u64, "metric", "metrics");
    let edit = frame.may(Permission::Configure).then(|| view! { <EditSite frame=frame.clone() site=site.clone() refused=edit /> });
    view! {
        <section aria-labelledby=id.clone()>
            <header class="section-head"><h2 id=id.clone()>{site.name}</h2><p>{format!("{} · {}", site.currency, site.time_zone)}{margin}</p></header>
            {edit}
            <h3 class="list-head">"Areas, with visitors a month"</h3>
            <Areas frame=frame.clone() site=site.slug.clone() areas=areas.clone() refused=refused_areas />
            <details class="more-fields" id=list open=renaming>
                <summary>{counted}</summary><Metrics frame=frame.clone() site=site.slug.clone() metrics refused=metric />
            </details>
            <SiteChanges frame site=site.slug areas changes refused=change />
        </section>
    }
}

/// What was refused of one site.
#[derive(Default)]
struct Refused {
    edit: Option<Filled<SiteForm>>,
    areas: Option<Filled<AreasForm>>,
    metric: Option<Filled<MetricName>>,
    change: Option<Filled<ChangeForm>>,
}

/// The refused form, if it is about this site.
fn refused_of(site: &str, Filled { form, errors }: Filled<SettingsForm>) -> Refused {
    let mut refused = Refused::default();
    match form {
        SettingsForm::Site(form) if !form.version.is_empty() && form.slug == site => refused.edit = Some(Filled { form, errors }),
        SettingsForm::Areas(slug, form) if slug == site => refused.areas = Some(Filled { form, errors }),
        SettingsForm::Metric(slug, form) if slug == site => refused.metric = Some(Filled { form, errors }),
        SettingsForm::Change(form) if form.site == site => refused.change = Some(Filled { form, errors }),
        _ => {}
    }
    refused
}

#[component]
fn EditSite(frame: Frame, site: Site, refused: Option<Filled<SiteForm>>) -> impl IntoView {
    let open = refused.is_some();
    let present = || SiteForm {
        name: site.name.clone(),
        slug: site.slug.clone(),
        currency: site.currency.clone(),
        time_zone: site.time_zone.clone(),
        margin: site.margin.map(percent).unwrap_or_default(),
        url: site.url.clone().unwrap_or_default(),
        version: site.version.to_string(),
    };
    let Filled { form, errors } = refused.unwrap_or_else(|| Filled { form: present(), errors: FieldErrors::default() });
    let prefix = format!("{}-", site.slug);
    view! {
        <details class="more-fields" open=open>
            <summary>"Name, currency, time zone and margin"</summary>
            <form class="form" method="post" action=frame.to(&format!("settings/sites/{}", site.slug))>
                <input type="hidden" name="version" value=form.version.clone() />
                <SiteFields prefix form errors />
                <p class="actions"><button class="button">"Keep the site"</button></p>
            </form>
        </details>
    }
}

/// A site that is about to be made.
#[component]
pub fn NewSite(frame: Frame, filled: Filled<SiteForm>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let short = view! {
        <Field id="slug" name="slug" label="Short name" optional=true value=form.slug.clone() error=errors.of("slug").map(str::to_owned) hint="Letters, digits and hyphens; made from the name if you leave it" />
    };
    view! {
        <section aria-labelledby="new-site-title">
            <header class="section-head"><h2 id="new-site-title">"New site"</h2></header>
            <form class="form" method="post" action=frame.to("settings/sites")>
                <SiteFields prefix="" form errors />
                {short}
                <Submit label="Add the site" />
            </form>
        </section>
    }
}

/// The fields that a new site and an edit share.
#[component]
fn SiteFields(
    /// What stands before the ids, so that each is on the page once.
    #[prop(into)]
    prefix: String,
    form: SiteForm,
    errors: FieldErrors,
) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let id = |field: &str| format!("{prefix}{field}");
    let loose = errors.of("form").map(str::to_owned).into_iter().collect();
    view! {
        <Findings messages=loose />
        <div class="field-row">
            <Field id=id("name") name="name" label="Name" required=true value=form.name error=of("name") />
            <Field id=id("url") name="url" label="Address" kind="url" optional=true value=form.url error=of("url") />
        </div>
        <div class="field-row three">
            <Field id=id("currency") name="currency" label="Currency" required=true value=form.currency error=of("currency") list=CURRENCIES placeholder="GBP" />
            <Field id=id("time_zone") name="time_zone" label="Time zone" optional=true value=form.time_zone error=of("time_zone") list=TIME_ZONES placeholder="Europe/London" />
            <Field id=id("margin") name="margin" label="Margin, percent" optional=true inputmode="decimal" value=form.margin error=of("margin") />
        </div>
    }
}
