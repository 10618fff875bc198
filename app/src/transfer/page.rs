//! The import page: send a file or paste rows; past imports with their undo.

use super::done::Of;
use super::server_fns::{ImportHome, UploadForm, read_imports};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Empty, FieldNote, Findings, Icon, SelectField, TextArea, date, plural};
use domain::activity::Undone;
use domain::transfer::{Format, PastImport};
use leptos::prelude::*;

/// Upload, and what was imported before.
#[component]
pub fn ImportPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_imports(workspace.clone(), query("draft"), query("undone"), query("as"));
    workspace_page(Place::Elsewhere, workspace, read, |frame, home: ImportHome| {
        view! {
            {titled("Import")}
            <main id="content" class="page form-page">
                <header class="page-head"><div><h1>"Import"</h1><p>"Bring your hypotheses, evidence and past tests along. Nothing is stored before you have seen it."</p></div></header>
                {home.undone.map(|(number, report)| view! { <UndoReport frame=frame.clone() number report /> })}
                <Steps at=1 />
                <UploadFields frame=frame.clone() filled=home.filled site_to_be=home.site_to_be />
                <PastImports frame past=home.past />
            </main>
        }
    })
}

/// Where in the import a page stands, from 1.
#[component]
pub fn Steps(at: usize) -> impl IntoView {
    let steps = ["Upload", "Map and preview", "Done"];
    let items = steps.into_iter().enumerate().map(|(index, name)| {
        let current = (index + 1 == at).then_some("step");
        view! { <li aria-current=current>{name}</li> }
    });
    view! { <ol class="steps" aria-label="Steps">{items.collect_view()}</ol> }
}

#[component]
fn UploadFields(frame: Frame, filled: Filled<UploadForm>, site_to_be: Option<String>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let loose: Vec<String> = errors.0.iter().filter(|error| error.field != "file").map(|error| error.message.clone()).collect();
    let refused = errors.of("file").map(str::to_owned);
    let invalid = refused.is_some().then_some("true");
    let formats = [(Format::Backlog, "A hypothesis"), (Format::Evidence, "A piece of evidence"), (Format::Arms, "One arm of a test")];
    let formats = formats.map(|(format, name)| Choice::new(format.slug(), name)).to_vec();
    view! {
        <form class="form" method="post" action=frame.to("import") enctype="multipart/form-data">
            <Findings messages=loose />
            <div class="field file-drop">
                <label for="file">"File"</label>
                <p class="hint" id="file-hint">"A backlog as CSV from Airtable, Notion, Jira, VWO, Convert or a sheet, a research log with a finding in each row, or past tests with one row per arm; up to 20 MB, plain or as .gz"</p>
                <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.gz,text/csv,text/plain,application/gzip" aria-describedby="file-hint" aria-invalid=invalid />
                <FieldNote error=refused />
            </div>
            <TextArea id="text" name="text" label="Or paste rows" optional=true hint="With a heading line" value=form.text />
            <SelectField id="as" name="as" label="A row is" choices=formats value=form.rows blank="What the headings say" />
            {site_to_be.map(|name| view! {
                <p class="hint">{format!("This workspace has no site yet. The import adds “{name}”, in GBP, with the starter list of areas and metrics; you can change it in the settings.")}</p>
            })}
            <p class="actions"><button class="button primary">"Read the file"</button></p>
        </form>
    }
}

#[component]
fn PastImports(frame: Frame, past: Vec<PastImport>) -> impl IntoView {
    if past.is_empty() {
        return view! { <Empty title="No import yet" text="Each import is listed here and can be undone." /> }.into_any();
    }
    let rows = past.into_iter().map(|import| view! { <PastRow frame=frame.clone() import /> }).collect_view();
    view! {
        <section class="section" aria-labelledby="past-title">
            <header class="section-head"><h2 id="past-title">"Past imports"</h2></header>
            <div class="table-wrap">
                <table class="table stacks compact">
                    <caption class="visually-hidden">"Past imports"</caption>
                    <thead><tr><th scope="col">"File"</th><th scope="col">"When"</th><th scope="col" class="end">"Made"</th><th scope="col" class="end"><span class="visually-hidden">"Action"</span></th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn PastRow(frame: Frame, import: PastImport) -> impl IntoView {
    let day = date(import.at.date_naive());
    let when = import.by.clone().map_or_else(|| day.clone(), |by| format!("{day}, {by}"));
    let made = super::done::made(&import);
    let action = match import.undone {
        Some(count) => {
            let said = format!("Undone, {}", super::done::of(&import).taken_back(count));
            view! { <span class="muted">{said}</span> }.into_any()
        }
        None => view! { <UndoForm frame number=import.number name=import.file_name.clone() /> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{import.file_name}</th>
            <td class="muted">{when}</td>
            <td class="end" data-label="Made">{made}</td>
            <td class="end">{action}</td>
        </tr>
    }
}

/// The button that takes an import back.
#[component]
fn UndoForm(frame: Frame, number: i64, #[prop(into)] name: String) -> impl IntoView {
    view! {
        <form class="inline" method="post" action=frame.to(&format!("import/{number}/undo"))>
            <button class="button small"><Icon name="i-undo" />"Undo"<span class="visually-hidden">{format!(" {name}")}</span></button>
        </form>
    }
}

#[component]
fn UndoReport(frame: Frame, number: i64, report: Undone) -> impl IntoView {
    let first = report.undone.iter().chain(report.left_alone.iter().map(|one| &one.number)).next();
    let of = first.map_or(Of::Hypotheses, |number| Of::number(number));
    let taken_back = of.taken_back(report.undone.len() as u64);
    let left = report.left_alone;
    let kept = (!left.is_empty()).then(|| {
        let count = plural(left.len() as u64, "was", "were");
        let items = left
            .into_iter()
            .map(|one| {
                let href = frame.to(&format!("{}/{}", of.folder(), one.number));
                view! { <li><a href=href>{format!("{} {}", one.number, one.title)}</a>{format!(": {} since", one.why)}</li> }
            })
            .collect_view();
        view! { <p>{format!("{count} left alone, because somebody has worked on it since:")}</p><ul>{items}</ul> }
    });
    view! {
        <div class="callout good" role="status">
            <div><p><b>{format!("Import {number} is undone. ")}</b>{format!("{taken_back}; nothing is lost.")}</p>{kept}</div>
        </div>
    }
}
