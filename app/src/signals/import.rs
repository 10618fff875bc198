//! Sending rows: a file or a paste, and what holds for rows that do not say it.

use super::import_fns::{RowsForm, RowsHome, read_signals_import};
use crate::accounts::Filled;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Choice, Field, FieldNote, Findings, SelectField, TextArea};
use domain::sites::{Catalogue, Device};
use leptos::prelude::*;

/// Upload or paste.
#[component]
pub fn SignalsImportPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_signals_import(workspace.clone(), query("draft"));
    workspace_page(Place::Evidence, workspace, read, |frame, home: RowsHome| {
        view! {
            {titled("Import signals")}
            <main id="content" class="page form-page">
                <header class="page-head"><div><h1>"Import signals"</h1><p>"The exit pages of your analytics, one row a page. You see them before anything is kept."</p></div></header>
                <Rows frame filled=home.filled catalogue=home.catalogue />
            </main>
        }
    })
}

#[component]
fn Rows(frame: Frame, filled: Filled<RowsForm>, catalogue: Catalogue) -> impl IntoView {
    let Filled { form, errors } = filled;
    let loose: Vec<String> = errors.0.iter().filter(|error| error.field != "file").map(|error| error.message.clone()).collect();
    let refused = errors.of("file").map(str::to_owned);
    let invalid = refused.is_some().then_some("true");
    view! {
        <form class="form" method="post" action=frame.to("signals/import") enctype="multipart/form-data">
            <Findings messages=loose />
            <TextArea id="text" name="text" label="Paste rows" rows=8 value=form.text.clone()
                hint="With a line of headings: page, path, visits, exits, and where measured hesitation, scroll loop, exit intent. Counts, or “% of exits” in the heading" />
            <div class="field file-drop">
                <label for="file">"Or a file"</label>
                <p class="hint" id="file-hint">"CSV or TSV, up to 20 MB and 5,000 rows, plain or as .gz"</p>
                <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.gz,text/csv,text/plain,application/gzip" aria-describedby="file-hint" aria-invalid=invalid />
                <FieldNote error=refused />
            </div>
            <fieldset class="form-section">
                <legend>"Where the rows do not say it themselves"</legend>
                <Defaults form catalogue />
            </fieldset>
            <p class="actions"><button class="button primary">"Read the rows"</button><a class="button quiet" href=frame.to("signals")>"Cancel"</a></p>
        </form>
    }
}

/// Site, device and period of rows without.
#[component]
pub fn Defaults(form: RowsForm, catalogue: Catalogue) -> impl IntoView {
    let sites = catalogue.sites.iter().map(|one| Choice::new(&one.site.slug, &one.site.name)).collect();
    let devices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    view! {
        <div class="field-row">
            <SelectField id="site" name="site" label="Site" choices=sites value=form.site blank="Said in the rows" />
            <SelectField id="device" name="device" label="Device" choices=devices value=form.device blank="All devices together" />
            <Field id="from" name="from" label="First day" kind="date" optional=true value=form.from />
            <Field id="to" name="to" label="Last day" kind="date" optional=true value=form.to />
        </div>
    }
}
