//! `/signals`: the inventory of where people leave, and the step from a row to evidence.

use super::about::about;
use super::answer::{Added, Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::problem::{Kind, Problem};
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::activity::{Event, Subject};
use domain::errors::FieldError;
use domain::evidence::Evidence;
use domain::signals::{Signal, SignalDraft, SignalQuery};
use domain::transfer::Remark;
use domain::transfer::signals::{SignalColumn, SignalDefaults, SignalsPreview};
use serde::{Deserialize, Serialize};
use store::{Contribute, Read, StoreError};
use utoipa::ToSchema;

const FILTERS: [(&str, &str); 4] = [
    ("site", "A site’s slug; repeatable."),
    ("device", "desktop, mobile, tablet, or all for rows of all devices together; repeatable."),
    ("period", "latest (the newest row of each page on each device, the default), all, or the last day of a period."),
    ("sort", "exits_per_week or exit_rate; with - in front the largest first."),
];

pub fn add(api: &mut Api) {
    api.get("/signals", about("The signal inventory, most exits a week first").asks(&FILTERS).lists::<Signal>(), list);
    let create_about = about("Add a row: a page on a device in a period").takes::<SignalDraft>().creates::<Signal>();
    api.post("/signals", create_about, create);
    let import_about = about("Import rows from text, all of them or none; a dry run writes nothing and tells what would be made");
    let import_about = import_about.takes::<SignalsImport>().creates::<MadeSignals>();
    let import_about = import_about.or_answers::<SignalsDryRun>("Of a dry run: what would be made");
    api.post("/signals/import", import_about, import);
    api.get("/signals/{id}", about("One row").answers::<Signal>(), read);
    api.patch("/signals/{id}", about("Change a row").changes::<SignalDraft>().answers::<Signal>(), change);
    api.delete("/signals/{id}", about("Archive a row; it leaves what is usual").answers::<Signal>(), archive);
    api.post("/signals/{id}/restore", about("Bring an archived row back").answers::<Signal>(), restore);
    let evidence_about = about("Make evidence of a row").creates::<Evidence>();
    let evidence_about = evidence_about.or_answers::<Evidence>("Where evidence was made of it before: that evidence");
    api.post("/signals/{id}/evidence", evidence_about, evidence);
    api.get("/signals/{id}/history", about("What happened to it, newest first").lists::<Event>(), history);
}

/// Rows to import.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignalsImport {
    /// Named in the activity.
    #[serde(default)]
    file_name: Option<String>,
    /// Headings and a row a page, cells separated by comma, semicolon or tab.
    text: String,
    /// The slug of the site of rows that do not say theirs.
    #[serde(default)]
    site: Option<String>,
    /// The device of rows that do not say theirs.
    #[serde(default)]
    device: Option<String>,
    /// The period of rows that do not say theirs: `2026-10-23`.
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    to: Option<String>,
    /// Say what would happen, and write nothing.
    #[serde(default)]
    dry_run: bool,
}

impl SignalsImport {
    fn defaults(&self) -> SignalDefaults {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        SignalDefaults { site: text(&self.site), device: text(&self.device), from: text(&self.from), to: text(&self.to) }
    }
}

/// What an import made.
#[derive(Debug, Serialize, ToSchema)]
struct MadeSignals {
    /// The ids of the rows, in their order.
    made: Vec<i64>,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
struct SignalsDryRun {
    dry_run: bool,
    columns: Vec<SignalColumn>,
    /// The rows as they would be added.
    rows: Vec<SignalDraft>,
    errors: Vec<Remark>,
    notices: Vec<Remark>,
}

impl From<SignalsPreview> for SignalsDryRun {
    fn from(found: SignalsPreview) -> Self {
        let SignalsPreview { columns, rows, errors, notices } = found;
        Self { dry_run: true, columns, rows: rows.into_iter().map(|row| row.draft).collect(), errors, notices }
    }
}

async fn list(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Signal>> {
    let query = SignalQuery::from_pairs(pairs.iter())?;
    Ok(List(scope.signal_list(&query).await?))
}

async fn create(scope: Scoped<Contribute>, Body(draft): Body<SignalDraft>) -> Answer<Created<Signal>> {
    let object = scope.create_signal(&draft).await?;
    Ok(Created { location: format!("/api/v1/{}/signals/{}", scope.workspace().slug, object.id), object })
}

async fn import(scope: Scoped<Contribute>, Body(sent): Body<SignalsImport>) -> Answer<Response> {
    let defaults = sent.defaults();
    if sent.dry_run {
        let found = scope.preview_signals(sent.text.as_bytes(), &defaults).await.map_err(of_the_text)?;
        return Ok(Json(SignalsDryRun::from(found)).into_response());
    }
    let name = sent.file_name.as_deref().unwrap_or("rows over REST");
    let (first, last) = scope.import_signals(name, sent.text.as_bytes(), &defaults).await.map_err(of_the_text)?;
    let location = format!("/api/v1/{}/signals", scope.workspace().slug);
    Ok(Added { location, object: MadeSignals { made: (first..=last).collect() } }.into_response())
}

/// What is said of a file is said of the text here.
fn of_the_text(error: StoreError) -> Problem {
    let StoreError::Invalid(mut errors) = error else { return error.into() };
    let of_the_file = |error: &&mut FieldError| error.field == "file";
    errors.0.iter_mut().filter(of_the_file).for_each(|error| error.field = "text".to_owned());
    errors.into()
}

async fn read(scope: Scoped<Read>, At([id]): At<1>) -> Answer<One<Signal>> {
    Ok(One(scope.signal(number_of(&id)?).await?))
}

async fn change(scope: Scoped<Contribute>, At([id]): At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Signal>> {
    let present = scope.signal(number_of(&id)?).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&SignalDraft::of(&present))?;
    Ok(One(scope.edit_signal(present.id, &draft, Some(version)).await?))
}

async fn archive(scope: Scoped<Contribute>, At([id]): At<1>) -> Answer<One<Signal>> {
    Ok(One(scope.archive_signal(number_of(&id)?).await?))
}

async fn restore(scope: Scoped<Contribute>, At([id]): At<1>) -> Answer<One<Signal>> {
    Ok(One(scope.restore_signal(number_of(&id)?).await?))
}

async fn evidence(scope: Scoped<Contribute>, At([id]): At<1>) -> Answer<Response> {
    let (number, new) = scope.signal_evidence(number_of(&id)?).await?;
    let object = scope.evidence(&number).await?;
    if !new {
        return Ok(One(object).into_response());
    }
    Ok(Created { location: format!("/api/v1/{}/evidence/{number}", scope.workspace().slug), object }.into_response())
}

async fn history(scope: Scoped<Read>, At([id]): At<1>, page: Paging) -> Answer<List<Event>> {
    let found = scope.signal(number_of(&id)?).await?;
    Ok(List(scope.history_page(Subject::Signal, &found.id.to_string(), &page.0).await?))
}

fn number_of(raw: &str) -> Result<i64, Problem> {
    let plain = raw.bytes().all(|byte| byte.is_ascii_digit()) && !raw.starts_with('0');
    raw.parse().ok().filter(|_| plain).ok_or_else(|| Problem::of(Kind::NotFound))
}
