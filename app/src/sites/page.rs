//! The settings page.

use super::forms::{SettingsForm, SiteForm, TermsForm, ThesaurusForm, WorkspaceForm};
use super::lists::Terms;
use super::places::Suggestions;
use super::server_fns::{Settings, read_settings};
use super::site::{NewSite, SiteSection};
use super::thesaurus::ThesaurusSection;
use crate::accounts::Filled;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Empty, Field, SelectField, Submit};
use domain::access::Permission;
use domain::scoring::Shapes;
use leptos::prelude::*;

/// Workspace, sites and lists.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_settings(workspace.clone(), query("draft"));
    workspace_page(Place::Elsewhere, workspace, read, |frame, settings: Settings| {
        let may = frame.may(Permission::Configure);
        let none = settings.catalogue.sites.is_empty();
        let sites = settings
            .catalogue
            .sites
            .iter()
            .map(|site| {
                let changes = settings.changes.iter().filter(|change| change.site == site.site.slug).cloned().collect();
                view! { <SiteSection frame=frame.clone() site=site.clone() changes refused=settings.refused.clone() /> }
            })
            .collect_view();
        let new = refused_site(settings.refused.as_ref());
        let (audiences, levers) =
            (refused_terms(settings.refused.as_ref(), "audiences"), refused_terms(settings.refused.as_ref(), "levers"));
        let thesaurus = refused_thesaurus(settings.refused.as_ref());
        view! {
            {titled("Settings")}
            <main id="content" class="page">
                <header class="page-head">
                    <div><h1>"Settings"</h1><p>{format!("{}: what it optimises, and how it scores. Leads change these; everyone reads them.", frame.name)}</p></div>
                </header>
                <div class="settings-page">
                    <SideLinks settings=settings.clone() may />
                    <div class="settings-sections">
                        {may.then(|| view! { <WorkspaceFields frame=frame.clone() settings=settings.clone() /> })}
                        {none.then(|| view! { <Empty title="No site yet" text="A site is what you optimise: a shop, a portal, an app. It brings areas, metrics, audiences and levers to choose from." /> })}
                        {may.then(|| view! { <ScoringLink frame=frame.clone() shapes=settings.settings.shapes() /> })}
                        {may.then(|| view! { <WeightsLink frame=frame.clone() /> })}
                        {sites}
                        {may.then(|| view! { <NewSite frame=frame.clone() filled=new /> })}
                        <Terms frame=frame.clone() title="Audiences" one="audience" kind="audiences" note="Whom a change is for." terms=settings.catalogue.audiences refused=audiences />
                        <Terms frame=frame.clone() title="Levers" one="lever" kind="levers" note="The mechanism a change works by." terms=settings.catalogue.levers refused=levers />
                        <ThesaurusSection frame edits=settings.settings.thesaurus entries=settings.thesaurus refused=thesaurus />
                        {may.then(|| view! { <Suggestions /> })}
                    </div>
                </div>
            </main>
        }
    })
}

/// A new site as it was refused, else an empty form.
fn refused_site(refused: Option<&Filled<SettingsForm>>) -> Filled<SiteForm> {
    match refused {
        Some(Filled { form: SettingsForm::Site(form), errors }) if form.version.is_empty() => {
            Filled { form: form.clone(), errors: errors.clone() }
        }
        _ => Filled::default(),
    }
}

fn refused_terms(refused: Option<&Filled<SettingsForm>>, wanted: &str) -> Option<Filled<TermsForm>> {
    match refused {
        Some(Filled { form: SettingsForm::Terms(kind, form), errors }) if kind == wanted => {
            Some(Filled { form: form.clone(), errors: errors.clone() })
        }
        _ => None,
    }
}

fn refused_thesaurus(refused: Option<&Filled<SettingsForm>>) -> Option<Filled<ThesaurusForm>> {
    match refused {
        Some(Filled { form: SettingsForm::Thesaurus(form), errors }) => Some(Filled { form: form.clone(), errors: errors.clone() }),
        _ => None,
    }
}

#[component]
fn SideLinks(settings: Settings, may: bool) -> impl IntoView {
    let sites = settings
        .catalogue
        .sites
        .into_iter()
        .map(|one| view! { <li><a href=format!("#site-{}", one.site.slug)>{one.site.name}</a></li> })
        .collect_view();
    view! {
        <nav class="side-links" aria-label="Settings">
            <ul>
                {may.then(|| view! {
                    <li><a href="#workspace-title">"Workspace"</a></li>
                    <li><a href="#scoring-title">"Scoring"</a></li>
                    <li><a href="#weights-title">"Evidence weights"</a></li>
                })}
                {sites}
                {may.then(|| view! { <li><a href="#new-site-title">"New site"</a></li> })}
                <li><a href="#audiences-title">"Audiences"</a></li>
                <li><a href="#levers-title">"Levers"</a></li>
                <li><a href="#thesaurus-title">"Thesaurus"</a></li>
            </ul>
        </nav>
    }
}

#[component]
fn ScoringLink(frame: Frame, shapes: Shapes) -> impl IntoView {
    let shape = shapes.in_force(None);
    let elsewhere = shapes.ranking().len() - 1;
    let more = (elsewhere > 0).then_some(" Some sites have a model of their own.");
    view! {
        <section aria-labelledby="scoring-title">
            <header class="section-head"><h2 id="scoring-title">"Scoring"</h2></header>
            <p>{format!("Hypotheses are ranked by {}.", shape.name)}{more}" Choose the model, name criteria of your own, and say what each level means."</p>
            <p class="actions"><a class="button" href=frame.to("settings/scoring")>"See and change how it scores"</a></p>
        </section>
    }
}

#[component]
fn WeightsLink(frame: Frame) -> impl IntoView {
    view! {
        <section aria-labelledby="weights-title">
            <header class="section-head"><h2 id="weights-title">"Evidence weights"</h2></header>
            <p>"What each class of evidence weighs, at most weighs together, and how fast it fades. See what other numbers would do before you save them."</p>
            <p class="actions"><a class="button" href=frame.to("settings/weights")>"See and change the weights"</a></p>
        </section>
    }
}

#[component]
fn WorkspaceFields(frame: Frame, settings: Settings) -> impl IntoView {
    let Settings { name, settings, refused, .. } = settings;
    let money_now = if settings.money_for_all { "yes" } else { "no" };
    let present = || WorkspaceForm { name, money: money_now.to_owned() };
    let (form, error) = match refused {
        Some(Filled { form: SettingsForm::Workspace(form), errors }) => (form, errors.0.first().map(|error| error.message.clone())),
        _ => (present(), None),
    };
    let money_chosen = if form.money == "no" { "no" } else { "yes" };
    let money = vec![Choice::new("yes", "Everybody here sees it"), Choice::new("no", "Only leads and owners see it")];
    view! {
        <section aria-labelledby="workspace-title">
            <header class="section-head"><h2 id="workspace-title">"Workspace"</h2></header>
            <form class="form" method="post" action=frame.to("settings")>
                <Field id="workspace-name" name="name" label="Name" required=true value=form.name error />
                <SelectField id="money" name="money" label="Money" choices=money value=money_chosen />
                <Submit label="Keep" />
            </form>
        </section>
    }
}
