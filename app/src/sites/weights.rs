//! What evidence weighs: every number of it, a preview of what others would do to the ranking, and the way back to
//! the defaults.

use super::server_fns::{WeightsPage, read_weights};
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Field, Findings, Icon, number};
use domain::errors::FieldErrors;
use domain::evidence::{Class, Moved, Part, Weights, WeightsForm, WeightsPreview};
use leptos::prelude::*;

/// The page.
#[component]
pub fn EvidenceWeightsPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_weights(workspace.clone(), query("draft"), query("preview"), query("default"));
    workspace_page(Place::Elsewhere, workspace, read, |frame, page: WeightsPage| {
        let WeightsPage { form, errors, preview } = page;
        let preview = preview.map(|preview| view! { <Preview frame=frame.clone() preview /> });
        view! {
            {titled("Evidence weights")}
            <main id="content" class="page form-page">
                <header class="page-head">
                    <div>
                        <h1>"Evidence weights"</h1>
                        <p>"What a piece of evidence weighs in the evidence confidence, the most that a class can weigh together, and how fast it fades."</p>
                    </div>
                    <div class="actions"><a class="button" href=frame.to("settings")>"All settings"</a></div>
                </header>
                {preview}
                <Numbers frame form errors />
            </main>
        }
    })
}

#[component]
fn Numbers(frame: Frame, form: WeightsForm, errors: FieldErrors) -> impl IntoView {
    let messages = match errors.of("form") {
        Some(message) => vec![message.to_owned()],
        None if errors.is_empty() => Vec::new(),
        None => vec!["Nothing was saved: see the numbers marked below.".to_owned()],
    };
    let classes =
        Class::ALL.into_iter().rev().map(|class| view! { <ClassNumbers class form=form.clone() errors=errors.clone() /> }).collect_view();
    let here = frame.to("settings/weights");
    view! {
        <form class="form" method="post" action=here.clone()>
            <Findings messages />
            <input type="hidden" name="version" value=form.version.map(|version| version.to_string()) />
            {classes}
            <p class="actions">
                <button class="button primary" formaction=format!("{here}/preview")>"Preview"</button>
                <button class="button">"Save"</button>
                <a class="button quiet" href=format!("{here}?default=true")>"Fill in the defaults"</a>
            </p>
        </form>
    }
}

#[component]
fn ClassNumbers(class: Class, form: WeightsForm, errors: FieldErrors) -> impl IntoView {
    let standard = WeightsForm::of(&Weights::default(), 0);
    let fields = Part::of(class)
        .iter()
        .map(|part| {
            let id = format!("{}-{}", class.slug(), part.slug());
            let name = format!("weights[{}][{}]", class.slug(), part.slug());
            let error = errors.of(&format!("evidence.{}.{}", class.slug(), part.slug())).map(str::to_owned);
            let inputmode = if *part == Part::HalfLife { "numeric" } else { "decimal" };
            let hint = format!("{} by default", standard.typed(class, *part));
            let value = form.typed(class, *part).to_owned();
            view! { <Field id name label=part.name() required=true inputmode value hint error /> }
        })
        .collect_view();
    view! { <fieldset class="form-section"><legend>{class.name()}</legend><div class="field-row three">{fields}</div></fieldset> }
}

#[component]
fn Preview(frame: Frame, preview: WeightsPreview) -> impl IntoView {
    let WeightsPreview { weighed, changed, open, top, moves } = preview;
    let said = match changed {
        0 => format!("None of the {weighed} hypotheses that rest on evidence would change."),
        _ => format!("{changed} of the {weighed} hypotheses that rest on evidence would have another evidence confidence."),
    };
    let still = moves.is_empty().then(|| view! { <p class="muted">"No open hypothesis would change its place."</p> });
    let moved = (!moves.is_empty()).then(|| view! { <Places frame=frame.clone() id="moves" title="Moving furthest" rows=moves /> });
    let first = format!("First by evidence confidence with these weights, of {} open", number(i64::try_from(open).unwrap_or(i64::MAX)));
    let ranked = (!top.is_empty()).then(|| view! { <Places frame id="first" title=first rows=top /> });
    view! {
        <section id="preview" aria-labelledby="preview-title">
            <header class="section-head"><h2 id="preview-title">"Preview"</h2><p>"Nothing is saved yet"</p></header>
            <p>{said}" Saving renews them all at once, and each keeps its version."</p>
            {still}
        </section>
        {moved}
        {ranked}
    }
}

#[component]
fn Places(frame: Frame, id: &'static str, #[prop(into)] title: String, rows: Vec<Moved>) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let href = frame.to(&format!("hypotheses/{}", row.number));
            let way = match row.place_then.cmp(&row.place_now) {
                std::cmp::Ordering::Less => view! { <Icon name="i-arrow-up" label="up" />" " }.into_any(),
                std::cmp::Ordering::Greater => view! { <Icon name="i-arrow-down" label="down" />" " }.into_any(),
                std::cmp::Ordering::Equal => ().into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><span class="number">{row.number}</span>" "<a href=href>{row.title}</a></th>
                    <td class="end" data-label="Confidence now">{format!("{:.1}", row.now)}</td>
                    <td class="end" data-label="With these weights"><b>{format!("{:.1}", row.then)}</b></td>
                    <td class="end" data-label="Place now">{row.place_now}</td>
                    <td class="end nowrap" data-label="Place then">{way}<b>{row.place_then}</b></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby=format!("{id}-title")>
            <header class="section-head"><h2 id=format!("{id}-title")>{title.clone()}</h2></header>
            <div class="table-wrap"><table class="table compact stacks">
                <caption class="visually-hidden">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Hypothesis"</th><th scope="col" class="end">"Confidence now"</th>
                        <th scope="col" class="end">"With these weights"</th><th scope="col" class="end">"Place now"</th>
                        <th scope="col" class="end">"Place then"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}
