//! Forms of the test pages: plan, start, results, look, stop, cancel, conclude.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::experiments::{ConclusionForm, KeptPlan, ResultsForm, without_blank_variants};
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::experiments::{DataNote, ReasonDraft, StartDraft, StopDraft, TestForm};
use serde::{Deserialize, Serialize};
use store::{Contribute, RunTests, StoreError};

const RUN: Access = Access::Member(Permission::RunTests);
const RESULTS: Access = Access::Member(Permission::Contribute);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/tests", RUN, create);
    routes.post("/{workspace}/tests/{number}/edit", RUN, edit);
    routes.post("/{workspace}/tests/{number}/start", RUN, start);
    routes.post("/{workspace}/tests/{number}/stop", RUN, stop);
    routes.post("/{workspace}/tests/{number}/cancel", RUN, cancel);
    routes.post("/{workspace}/tests/{number}/conclusion", RUN, conclude);
    routes.post("/{workspace}/tests/{number}/counts", RUN, count);
    routes.post("/{workspace}/tests/{number}/look", RESULTS, look);
    routes.post("/{workspace}/tests/{number}/note", RESULTS, note);
    routes.post("/{workspace}/tests/{number}/results", RESULTS, results);
    routes.post("/{workspace}/tests/{number}/results/{id}/void", RESULTS, void);
}

fn record(workspace: &str, number: &str) -> String {
    format!("/{workspace}/tests/{number}")
}

/// The plan's fields, nested so that one struct reads them all, and the button that sent them.
#[derive(Debug, Serialize, Deserialize)]
struct Planned {
    #[serde(default)]
    form: TestForm,
    version: Option<i64>,
    reason: Option<String>,
    #[serde(default)]
    then: String,
}

/// What a button other than "save" asks for: the form as it shall come back, and where on the page.
fn asked(planned: &Planned) -> Option<(TestForm, &'static str)> {
    let mut form = planned.form.clone();
    match planned.then.as_str() {
        "compute" => Some((form, "#need")),
        "add-variant" => {
            let next = form.variant_keys.len().max(form.variant_names.len());
            let key = u32::try_from(next + 10).ok().and_then(|at| char::from_digit(at, 36)).unwrap_or('X');
            form.variant_keys.push(key.to_ascii_uppercase().to_string());
            form.variant_names.push(String::new());
            Some((form, ""))
        }
        _ => None,
    }
}

async fn create(Path(workspace): Path<String>, sent: Sent<Planned>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = format!("/{workspace}/tests/new");
    if let Some((form, _)) = asked(&sent.form) {
        return sent.keep(&form, FieldErrors::default(), &page).await;
    }
    let catalogue = match scope.catalogue().await {
        Ok(catalogue) => catalogue,
        Err(error) => return Answer::refusal(&error),
    };
    let form = without_blank_variants(sent.form.form.clone());
    let done = match form.draft(&catalogue) {
        Ok(draft) => scope.create_test(&draft).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(test) => Answer::see(&record(&workspace, &test.number)),
        Err(error) => sent.lead_back_with(&form, error, &page).await,
    }
}

/// A change of a plan as it is kept, with the reason that was typed.
fn kept(form: TestForm, sent: &Planned) -> KeptPlan {
    KeptPlan { form, version: sent.version, reason: sent.reason.clone().unwrap_or_default() }
}

async fn edit(Path((workspace, number)): Path<(String, String)>, sent: Sent<Planned>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = format!("{}/edit", record(&workspace, &number));
    if let Some((form, _)) = asked(&sent.form) {
        return sent.keep(&kept(form, &sent.form), FieldErrors::default(), &page).await;
    }
    let catalogue = match scope.catalogue().await {
        Ok(catalogue) => catalogue,
        Err(error) => return Answer::refusal(&error),
    };
    let form = without_blank_variants(sent.form.form.clone());
    let done = match form.draft(&catalogue) {
        Ok(draft) => scope.edit_test(&number, &draft, sent.form.version, sent.form.reason.as_deref()).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(test) => Answer::see(&record(&workspace, &test.number)),
        Err(error) => sent.lead_back_with(&kept(form, &sent.form), error, &page).await,
    }
}

async fn start(Path((workspace, number)): Path<(String, String)>, sent: Sent<StartDraft>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.start_test(&number, &sent.form).await, &format!("{page}?form=start"), |_| page.clone()).await
}

async fn stop(Path((workspace, number)): Path<(String, String)>, sent: Sent<StopDraft>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.stop_test(&number, &sent.form).await, &format!("{page}?form=stop"), |_| page.clone()).await
}

async fn cancel(Path((workspace, number)): Path<(String, String)>, sent: Sent<ReasonDraft>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.cancel_test(&number, &sent.form).await, &format!("{page}?form=cancel"), |_| page.clone()).await
}

async fn conclude(Path((workspace, number)): Path<(String, String)>, sent: Sent<ConclusionForm>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    let done = scope.conclude_test(&number, &sent.form.draft()).await;
    sent.lead(done, &format!("{page}?form=conclusion"), |_| page.clone()).await
}

/// Whether an imported test counts.
#[derive(Debug, Serialize, Deserialize)]
struct Counted {
    counts: bool,
}

async fn count(Path((workspace, number)): Path<(String, String)>, sent: Sent<Counted>) -> Response {
    let scope = match sent.scope::<RunTests>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    match scope.count_test(&number, sent.form.counts).await {
        Ok(_) => Answer::see(&page),
        Err(error) => Answer::refusal(&error),
    }
}

async fn look(Path((workspace, number)): Path<(String, String)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.look_at_test(&number).await, &page, |_| page.clone()).await
}

/// A check box sends its value or nothing.
#[derive(Debug, Serialize, Deserialize)]
struct NoteForm {
    #[serde(default)]
    note: String,
    invalid: Option<String>,
}

async fn note(Path((workspace, number)): Path<(String, String)>, sent: Sent<NoteForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    let note = DataNote { note: sent.form.note.clone(), invalid: sent.form.invalid.is_some() };
    match scope.note_on_data(&number, &note).await {
        Ok(_) => Answer::see(&page),
        Err(error) => sent.lead_back_with(&note, error, &format!("{page}?form=note")).await,
    }
}

/// The results page's fields and the button that sent them.
#[derive(Debug, Serialize, Deserialize)]
struct Entered {
    #[serde(flatten)]
    form: ResultsForm,
    #[serde(default)]
    then: String,
}

async fn results(Path((workspace, number)): Path<(String, String)>, sent: Sent<Entered>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = format!("{}/results", record(&workspace, &number));
    let read = async { Ok::<_, StoreError>((scope.test(&number).await?, scope.catalogue().await?)) };
    let (test, catalogue) = match read.await {
        Ok(found) => found,
        Err(error) => return Answer::refusal(&error),
    };
    let Some(site) = test.site.as_deref().and_then(|slug| catalogue.site(slug)) else {
        return Answer::refusal(&StoreError::NotFound);
    };
    let mut form = sent.form.form.clone();
    form.understood.clear();
    // A paste is shown before it is saved, whichever button was pressed.
    if sent.form.then == "read" || !form.paste.trim().is_empty() {
        let errors = form.fill_from_paste(&test.plan, site).err().unwrap_or_default();
        return sent.keep(&form, errors, &page).await;
    }
    let typed = match form.draft(&test.plan, site) {
        Ok(typed) => typed,
        Err(errors) => return sent.keep(&form, errors, &page).await,
    };
    match scope.post_results(&number, &typed.snapshot).await {
        Ok(_) => Answer::see(&record(&workspace, &number)),
        Err(StoreError::Invalid(errors)) => sent.keep(&form, typed.beside_cells(errors), &page).await,
        Err(error) => sent.lead_back_with(&form, error, &page).await,
    }
}

async fn void(Path((workspace, number, id)): Path<(String, String, i64)>, sent: Sent<ReasonDraft>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.void_results(&number, id, &sent.form).await {
        Ok(_) => Answer::see(&record(&workspace, &number)),
        Err(error) => Answer::refusal(&error),
    }
}
