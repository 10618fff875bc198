//! The settings of scoring: the model that ranks, each site's own, criteria that the team names, and what levels mean.

use super::server_fns::{ScoringPage, read_scoring_settings};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Field, FieldNote, Findings, SelectField};
use domain::errors::FieldErrors;
use domain::scoring::{CombineRule, CriterionForm, MOST_CRITERIA, RubricForm, ScoringForm, Shape, Shapes};
use domain::sites::Site;
use leptos::prelude::*;

/// The page.
#[component]
pub fn ScoringSettingsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_scoring_settings(workspace.clone(), query("draft"));
    workspace_page(Place::Elsewhere, workspace, read, |frame, page: ScoringPage| {
        let ScoringPage { shapes, sites, models, rubric, version } = page;
        let texts = shapes
            .all()
            .iter()
            .filter(|shape| !shape.criteria.is_empty())
            .map(|shape| {
                let refused = rubric.clone().filter(|filled| filled.form.model == shape.model.slug());
                view! { <Texts frame=frame.clone() shape=shape.clone() refused version /> }
            })
            .collect_view();
        view! {
            {titled("Scoring")}
            <main id="content" class="page form-page">
                <header class="page-head">
                    <div>
                        <h1>"Scoring"</h1>
                        <p>"What hypotheses are judged by and ranked by. Every score is kept: switching to another model and back loses none."</p>
                    </div>
                    <div class="actions"><a class="button" href=frame.to("settings")>"All settings"</a></div>
                </header>
                <Models frame=frame.clone() shapes sites filled=models />
                <section aria-labelledby="rubric-title">
                    <header class="section-head"><h2 id="rubric-title">"What levels mean"</h2><p>"So that two people who give a 7 mean the same"</p></header>
                    {texts}
                </section>
            </main>
        }
    })
}

fn summed_up(errors: &FieldErrors) -> Vec<String> {
    match errors.of("form") {
        Some(message) => vec![message.to_owned()],
        None if errors.is_empty() => Vec::new(),
        None => vec!["Nothing was saved: see what is marked below.".to_owned()],
    }
}

#[component]
fn Models(frame: Frame, shapes: Shapes, sites: Vec<Site>, filled: Filled<ScoringForm>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let rules = vec![
        Choice::new(CombineRule::Mean.slug(), "Mean of the three, 1 to 10"),
        Choice::new(CombineRule::Product.slug(), "Product of the three, 1 to 1,000"),
    ];
    view! {
        <form class="form" method="post" action=frame.to("settings/scoring")>
            <Findings messages=summed_up(&errors) />
            <input type="hidden" name="version" value=form.version.map(|version| version.to_string()) />
            <Cards shapes=shapes.clone() chosen=form.model.clone() error=of("settings.scoring.model") />
            <SelectField id="combine" name="combine" label="ICE and PIE" choices=rules value=form.combine.clone() error=of("settings.combine") />
            <SiteModels shapes sites form=form.clone() errors=errors.clone() />
            <OwnCriteria rows=form.rows() errors />
            <p class="actions"><button class="button primary">"Save"</button></p>
        </form>
    }
}

/// Each model with what it asks, in a line.
#[component]
fn Cards(shapes: Shapes, chosen: String, error: Option<String>) -> impl IntoView {
    let cards = shapes
        .all()
        .iter()
        .map(|shape| {
            let slug = shape.model.slug();
            let checked = chosen == slug;
            view! {
                <label class="choice-card">
                    <input type="radio" name="model" value=slug checked=checked /><b>{shape.name.clone()}</b><span>{shape.about.clone()}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class="choice-cards" id="model"><legend>"The model that ranks"</legend>{cards}<FieldNote error /></fieldset> }
}

#[component]
fn SiteModels(shapes: Shapes, sites: Vec<Site>, form: ScoringForm, errors: FieldErrors) -> impl IntoView {
    let choices: Vec<Choice> = shapes.all().iter().map(|shape| Choice::new(shape.model.slug(), shape.name.clone())).collect();
    let fields = sites
        .into_iter()
        .map(|site| {
            let value = form.sites.get(&site.slug).cloned().unwrap_or_default();
            let error = errors.of(&format!("settings.scoring.sites.{}", site.slug)).map(str::to_owned);
            let (id, name) = (format!("site-{}", site.slug), format!("sites[{}]", site.slug));
            view! { <SelectField id name label=site.name choices=choices.clone() value blank="As the workspace" error /> }
        })
        .collect_view();
    (!fields.is_empty())
        .then(|| view! { <fieldset class="form-section"><legend>"Sites"</legend><div class="field-row three">{fields}</div></fieldset> })
}

/// A row for each criterion of one's own; an empty name takes it away.
#[component]
fn OwnCriteria(rows: Vec<CriterionForm>, errors: FieldErrors) -> impl IntoView {
    let named = rows.iter().any(|row| !row.name.is_empty());
    let too_many = errors.of("settings.scoring.custom").map(str::to_owned);
    let rows = rows.into_iter().enumerate().map(|(at, row)| view! { <OwnCriterion at row errors=errors.clone() /> }).collect_view();
    view! {
        <details class="more-fields" open=named>
            <summary>"Criteria of your own"</summary>
            <p class="hint">{format!("Up to {MOST_CRITERIA}, each judged from 1 to 10. A cost counts the other way round: 2 counts as 9. Without a name a criterion goes; its scores stay for when it comes back.")}</p>
            <FieldNote error=too_many />
            {rows}
        </details>
    }
}

#[component]
fn OwnCriterion(at: usize, row: CriterionForm, errors: FieldErrors) -> impl IntoView {
    let of = |part: &str| errors.of(&format!("settings.scoring.custom.{at}.{part}")).map(str::to_owned);
    let (id, name) = (|part: &str| format!("custom-{at}-{part}"), |part: &str| format!("custom[{at}][{part}]"));
    let kinds = vec![Choice::new("benefit", "Benefit, more is better"), Choice::new("cost", "Cost, less is better")];
    view! {
        <input type="hidden" name=name("slug") value=row.slug />
        <div class="field-row three">
            <Field id=id("name") name=name("name") label=format!("Criterion {}", at + 1) value=row.name error=of("name") />
            <Field id=id("weight") name=name("weight") label="Weight" inputmode="decimal" value=row.weight error=of("weight") />
            <SelectField id=id("kind") name=name("kind") label="Kind" choices=kinds value=row.kind />
        </div>
    }
}

/// The texts of one model, folded up until one of them was refused.
#[component]
fn Texts(frame: Frame, shape: Shape, refused: Option<Filled<RubricForm>>, version: i64) -> impl IntoView {
    let open = refused.is_some();
    let Filled { form, errors } = refused.unwrap_or_else(|| Filled { form: RubricForm::of(&shape, version), ..Filled::default() });
    let model = shape.model.slug();
    let groups = shape
        .criteria
        .into_iter()
        .map(|criterion| {
            let fields = criterion
                .bands
                .into_iter()
                .map(|band| {
                    let key = band.key();
                    let id = format!("text-{model}-{}-{}", criterion.slug, key.replace('.', "_"));
                    let name = format!("texts[{}][{key}]", criterion.slug);
                    let error = errors.of(&format!("settings.scoring.rubrics.{model}.{}.{key}", criterion.slug)).map(str::to_owned);
                    let value = form.text(&criterion.slug, &key).to_owned();
                    view! { <Field id name label=band.name value error /> }
                })
                .collect_view();
            view! { <fieldset class="form-section"><legend>{criterion.name}</legend>{fields}</fieldset> }
        })
        .collect_view();
    view! {
        <details class="more-fields" id=format!("rubric-{model}") open=open>
            <summary>{shape.name}</summary>
            <form class="form" method="post" action=frame.to("settings/scoring/rubrics")>
                <Findings messages=summed_up(&errors) />
                <input type="hidden" name="version" value=form.version.map(|version| version.to_string()) />
                <input type="hidden" name="model" value=model />
                {groups}
                <p class="hint">"An empty text becomes the one that is shipped."</p>
                <p class="actions"><button class="button">"Save the texts"</button></p>
            </form>
        </details>
    }
}
