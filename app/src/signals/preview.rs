//! The preview: what was understood of the rows, what will be added, and what is in the way.

use super::import::Defaults;
use super::import_fns::{RowsForm, ShownRows, ShownSignal, read_signals_preview};
use crate::frame::{Frame, Place, query, query_pairs, titled, workspace_page, workspace_param};
use crate::transfer::{Errors, PreviewTable};
use crate::ui::{Empty, Findings, number, plural};
use domain::sites::Catalogue;
use domain::transfer::signals::SignalColumn;
use leptos::prelude::*;

/// See the rows before they are kept.
#[component]
pub fn SignalsPreviewPage() -> impl IntoView {
    let workspace = workspace_param();
    let pairs = query_pairs().into_iter().filter(|(name, _)| name != "draft").collect();
    let read = read_signals_preview(workspace.clone(), pairs);
    let refused = query("refused").is_some();
    workspace_page(Place::Evidence, workspace, read, move |frame, rows: Option<ShownRows>| {
        let body = match rows {
            Some(rows) => view! { <Preview frame rows refused /> }.into_any(),
            None => view! { <Gone frame /> }.into_any(),
        };
        view! { {titled("Import signals, preview")}{body} }
    })
}

#[component]
fn Gone(frame: Frame) -> impl IntoView {
    view! {
        <main id="content" class="page form-page">
            <header class="page-head"><div><h1>"Import signals"</h1></div></header>
            <Empty title="These rows are gone" text="Rows are kept for ten minutes after their last use, for you alone. Nothing was added; send them again.">
                <a class="button primary" href=frame.to("signals/import")>"Send rows"</a>
            </Empty>
        </main>
    }
}

#[component]
fn Preview(frame: Frame, rows: ShownRows, refused: bool) -> impl IntoView {
    let mut findings: Vec<String> = rows.problem.clone().into_iter().collect();
    if refused {
        findings.push(
            "Nothing was added: the inventory changed meanwhile, or the rows have errors. The preview below is the present one.".into(),
        );
    }
    let ready = rows.problem.is_none() && rows.error_count == 0 && rows.ready > 0;
    let end = if ready {
        view! { <Confirm frame=frame.clone() upload=rows.upload.clone() form=rows.form.clone() count=rows.ready /> }.into_any()
    } else {
        view! {
            <p class="hint">"Nothing can be added while there are errors. Mend the rows, or say above what they leave out."</p>
            <p class="actions"><a class="button" href=frame.to("signals/import")>"Send other rows"</a></p>
        }
        .into_any()
    };
    let notices = rows.notices.iter().map(|notice| view! { <li>{notice.to_string()}</li> }).collect_view();
    let notices = (!rows.notices.is_empty()).then(|| view! { <ul class="muted small">{notices}</ul> });
    view! {
        <main id="content" class="page">
            <header class="page-head"><div><h1>{format!("Import signals: {}", rows.file_name)}</h1><p>{summary(&rows)}</p></div></header>
            <Findings messages=findings />
            <Again frame upload=rows.upload form=rows.form catalogue=rows.catalogue />
            <Errors errors=rows.errors count=rows.error_count />
            <Columns columns=rows.columns />
            <Rows rows=rows.rows ready=rows.ready />
            {notices}
            {end}
        </main>
    }
}

/// The page in one sentence.
fn summary(rows: &ShownRows) -> String {
    let can = plural(rows.ready as u64, "row can be added", "rows can be added");
    match rows.error_count {
        _ if rows.problem.is_some() => "These rows cannot be read.".to_owned(),
        0 => format!("{can}."),
        1 => format!("{can}; 1 error stands in the way."),
        count => format!("{can}; {count} errors stand in the way."),
    }
}

/// The same rows with other defaults.
#[component]
fn Again(frame: Frame, upload: String, form: RowsForm, catalogue: Catalogue) -> impl IntoView {
    view! {
        <form class="form defaults-form" method="get" action=frame.to("signals/import/preview") aria-label="Where the rows do not say it themselves">
            <input type="hidden" name="upload" value=upload />
            <Defaults form catalogue />
            <p class="actions"><button class="button small">"Read again"</button></p>
        </form>
    }
}

/// What each column was taken for.
#[component]
fn Columns(columns: Vec<SignalColumn>) -> impl IntoView {
    let left_out: Vec<String> =
        columns.into_iter().filter(|column| column.field.is_none()).map(|column| format!("“{}”", column.header)).collect();
    (!left_out.is_empty()).then(|| view! { <p class="hint">{format!("Left out: {}.", left_out.join(", "))}</p> })
}

#[component]
fn Rows(rows: Vec<ShownSignal>, ready: usize) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        let shown = rows.len();
        let head = view! {
            <th scope="col" class="end">"Line"</th><th scope="col">"Page"</th><th scope="col">"Path"</th><th scope="col">"Site"</th>
            <th scope="col">"Device"</th><th scope="col">"Period"</th><th scope="col" class="end">"Visits"</th><th scope="col" class="end">"Exits"</th>
            <th scope="col" class="end">"Hesitation"</th><th scope="col" class="end">"Scroll loop"</th><th scope="col" class="end">"Exit intent"</th>
        };
        let body = rows.into_iter().map(|row| view! { <PreviewRow row /> }).collect_view();
        view! { <PreviewTable shown ready caption="Preview of rows" head body /> }
    })
}

#[component]
fn PreviewRow(row: ShownSignal) -> impl IntoView {
    let count = |count: Option<i64>| count.map_or_else(|| "not measured".to_owned(), number);
    let behaviours = row.behaviours.map(|behaviour| view! { <td class="end">{count(behaviour)}</td> }).collect_view();
    view! {
        <tr>
            <td class="end">{row.line}</td><th scope="row">{row.page}</th><td>{row.path}</td><td>{row.site}</td><td>{row.device}</td><td>{row.period}</td>
            <td class="end">{number(row.visits)}</td><td class="end">{number(row.exits)}</td>
            {behaviours}
        </tr>
    }
}

/// The button that writes. It sends what was previewed, not what is typed above since.
#[component]
fn Confirm(frame: Frame, upload: String, form: RowsForm, count: usize) -> impl IntoView {
    let kept = form.pairs().map(|(name, value)| (format!("form[{name}]"), value.to_owned()));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view();
    view! {
        <form class="form" method="post" action=frame.to("signals/import/preview")>
            <input type="hidden" name="upload" value=upload />
            {kept}
            <p class="actions">
                <button class="button primary">{format!("Add {}", plural(count as u64, "row", "rows"))}</button>
                <a class="button quiet" href=frame.to("signals/import")>"Cancel"</a>
            </p>
        </form>
    }
}
