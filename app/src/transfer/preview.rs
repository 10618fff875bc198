//! The preview: what was understood of a file, what it will become, and what is in the way.

use super::arms::ArmsPreviewBody;
use super::columns::MappingForm;
use super::done::Of;
use super::findings::FindingRows;
use super::page::Steps;
use super::rows::{Errors, Notices, Rows};
use super::server_fns::{ShownFile, ShownUpload, read_preview};
use crate::frame::{Frame, Place, query, query_pairs, titled, workspace_page, workspace_param};
use crate::ui::{Empty, Findings, plural};
use domain::transfer::Format;
use leptos::prelude::*;

/// Map and preview.
#[component]
pub fn ImportPreviewPage() -> impl IntoView {
    let workspace = workspace_param();
    let pairs = query_pairs().into_iter().filter(|(name, _)| name != "draft").collect();
    let read = read_preview(workspace.clone(), pairs);
    let refused = query("refused").is_some();
    workspace_page(Place::Elsewhere, workspace, read, move |frame, file: Option<ShownUpload>| {
        let body = match file {
            Some(ShownUpload::File(file)) => view! { <Preview frame file refused /> }.into_any(),
            Some(ShownUpload::Arms(file)) => view! { <ArmsPreviewBody frame file refused /> }.into_any(),
            None => view! { <Gone frame /> }.into_any(),
        };
        view! { {titled("Import, map and preview")}{body} }
    })
}

#[component]
fn Gone(frame: Frame) -> impl IntoView {
    view! {
        <main id="content" class="page form-page">
            <header class="page-head"><div><h1>"Import"</h1></div></header>
            <Empty title="This file is gone" text="A file is kept for ten minutes after its last use, for you alone. Nothing was imported; choose it again.">
                <a class="button primary" href=frame.to("import")>"Choose a file"</a>
            </Empty>
        </main>
    }
}

#[component]
fn Preview(frame: Frame, file: ShownFile, refused: bool) -> impl IntoView {
    let sentence = summary(&file);
    let mut findings: Vec<String> = file.problem.clone().into_iter().collect();
    if refused {
        findings.push(
            "Nothing was imported: the workspace changed meanwhile, or the file has errors. The preview below is the present one.".into(),
        );
    }
    let ready = file.problem.is_none() && file.error_count == 0 && file.ready > 0;
    view! {
        <main id="content" class="page">
            <header class="page-head"><div><h1>{format!("Import: {}", file.file_name)}</h1><p>{sentence}</p></div></header>
            <Steps at=2 />
            <Findings messages=findings />
            <Errors errors=file.errors.clone() count=file.error_count />
            {(!file.columns.is_empty() || file.header_line != 1).then(|| view! { <MappingForm frame=frame.clone() file=file.clone() /> })}
            <Rows rows=file.rows.clone() ready=file.ready />
            <FindingRows rows=file.findings.clone() ready=file.ready />
            <Notices notices=file.notices.clone() />
            {if ready {
                view! { <Confirm frame file /> }.into_any()
            } else {
                let why = if file.error_count > 0 { "Nothing can be imported while there are errors. Mend the file, or map the column to something else." } else { "There is nothing to import yet." };
                view! { <p class="hint">{why}</p><p class="actions"><a class="button" href=frame.to("import")>"Choose another file"</a></p> }.into_any()
            }}
        </main>
    }
}

/// The page in one sentence.
fn summary(file: &ShownFile) -> String {
    if file.problem.is_some() && file.columns.is_empty() {
        return "The rows of this file cannot be read.".to_owned();
    }
    if file.problem.is_some() {
        return "The file needs a word from you before its rows can be read.".to_owned();
    }
    let rows = plural(file.records as u64, "row", "rows");
    let columns = plural(file.columns.len() as u64, "column", "columns");
    let can = match file.error_count {
        0 if file.ready == file.records => "All can be imported".to_owned(),
        0 => format!("{} can be imported", file.ready),
        1 => "1 error stands in the way".to_owned(),
        count => format!("{count} errors stand in the way"),
    };
    format!("{rows}, {columns}. {can}.")
}

/// The button that writes. It sends the mapping that was previewed, not what is chosen above since.
#[component]
fn Confirm(frame: Frame, file: ShownFile) -> impl IntoView {
    let of = if file.format == Format::Evidence { Of::Evidence } else { Of::Hypotheses };
    view! {
        <form class="form" method="post" action=frame.to("import/preview")>
            <input type="hidden" name="upload" value=file.upload />
            <input type="hidden" name="as" value=file.format.slug() />
            <input type="hidden" name="mapping" value=file.mapping_json />
            <p class="actions">
                <button class="button primary">{format!("Import {}", of.counted(file.ready as u64))}</button>
                <a class="button quiet" href=frame.to("import")>"Cancel"</a>
            </p>
        </form>
    }
}
