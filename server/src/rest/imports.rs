//! `/imports`: past imports and their undo, and an import of rows that come as text.

use super::about::about;
use super::answer::{Added, Answer, List};
use super::api::Api;
use super::body::Body;
use super::problem::{Kind, Problem};
use super::query::Paging;
use super::scope::{At, Scoped};
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::activity::Undone;
use domain::errors::FieldErrors;
use domain::transfer::{ArmsSummary, ArmsTarget, Field, Format, Mapping, PastImport, Preview, Remark, Rescale};
use serde::{Deserialize, Serialize};
use store::{Import, Scope, StoreError};
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/imports", about("Past imports, the newest first").lists::<PastImport>(), list);
    let create_about = about(
        "Import a backlog, evidence, or past tests by their arms, all of it or nothing; a dry run writes nothing and tells what would be made",
    );
    let create_about = create_about.takes::<ImportDraft>().creates::<Made>().or_answers::<DryRuns>("Of a dry run: what would be made");
    api.post("/imports", create_about, create);
    api.get("/imports/{number}", about("One past import").answers::<PastImport>(), read);
    let undo_about = about("Take an import back; what was changed since is left alone and listed").answers::<Undone>();
    api.post("/imports/{number}/undo", undo_about, undo);
}

/// Rows to import.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportDraft {
    /// Under which name the import is listed.
    #[serde(default)]
    file_name: Option<String>,
    /// The file: a header and a row a hypothesis, a piece of evidence or an arm of a test, cells separated by comma, semicolon or tab.
    text: String,
    /// What a row is; the header says where nothing is said.
    #[serde(default)]
    format: TextFormat,
    /// Of arms: the slug of the site that the tests ran on; else the first.
    #[serde(default)]
    site: Option<String>,
    /// Of arms: the slug of the metric that conversions are; else conversion-rate.
    #[serde(default)]
    metric: Option<String>,
    /// What the columns are; what is left out is guessed.
    #[serde(default)]
    mapping: Option<Mapping>,
    /// Say what would happen, and write nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What a row of the text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TextFormat {
    #[default]
    Auto,
    /// A hypothesis.
    Csv,
    /// One arm of a test.
    Arms,
    /// A piece of evidence, with the numbers of hypotheses that it supports or contradicts.
    Evidence,
}

impl ImportDraft {
    /// What a row is.
    fn rows(&self) -> Format {
        let said = match self.format {
            TextFormat::Auto => None,
            TextFormat::Csv => Some(Format::Backlog),
            TextFormat::Arms => Some(Format::Arms),
            TextFormat::Evidence => Some(Format::Evidence),
        };
        Format::of_file(said, self.mapping.is_some(), self.text.as_bytes())
    }

    fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }

    fn listed_as(&self) -> &str {
        self.file_name.as_deref().unwrap_or("rows over REST")
    }
}

/// What an import made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MadeImport)]
struct Made {
    #[serde(flatten)]
    import: PastImport,
    /// The numbers of what was made, in the order of the rows.
    made: Vec<String>,
    /// The name of the site that was added because the workspace had none.
    new_site: Option<String>,
}

/// What an import of arms would do.
#[derive(Debug, Serialize, ToSchema)]
struct ArmsDryRun {
    dry_run: bool,
    /// Where the counts belong.
    target: ArmsTarget,
    #[serde(flatten)]
    summary: ArmsSummary,
    /// How many of the tests were imported before, by their ids.
    known: usize,
}

/// What a dry run tells, of hypotheses, of evidence or of tests.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it describes the two answers, each of which is written as itself")]
enum DryRuns {
    Rows(DryRun),
    Arms(ArmsDryRun),
}

/// How a column was read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportColumn)]
struct ReadColumn {
    header: String,
    field: Field,
    /// The first three different cells.
    samples: Vec<String>,
}

/// What an import would do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDryRun)]
struct DryRun {
    dry_run: bool,
    /// How many rows have content.
    records: usize,
    /// How many hypotheses would be made; none are while there are errors.
    hypotheses: usize,
    /// The same of evidence; what is here already is left out.
    evidence: usize,
    /// The line of the header, from 1; 0 where there is none.
    header_line: usize,
    columns: Vec<ReadColumn>,
    /// The mapping in use: hand it back, corrected, with the same rows.
    mapping: Mapping,
    errors: Vec<Remark>,
    notices: Vec<Remark>,
    rescales: Vec<Rescale>,
}

impl DryRun {
    fn of<R>(found: Preview<R>, rows: Format) -> Self {
        let count = |format: Format| if rows == format { found.rows.len() } else { 0 };
        let column = |one: domain::transfer::Column| ReadColumn { header: one.header, field: one.field, samples: one.samples };
        Self {
            dry_run: true,
            records: found.records,
            hypotheses: count(Format::Backlog),
            evidence: count(Format::Evidence),
            header_line: found.header_line,
            columns: found.columns.into_iter().map(column).collect(),
            mapping: found.mapping,
            errors: found.errors,
            notices: found.notices,
            rescales: found.rescales,
        }
    }
}

async fn list(scope: Scoped<Import>, page: Paging) -> Answer<List<PastImport>> {
    Ok(List(scope.import_page(&page.0).await?))
}

async fn create(scope: Scoped<Import>, Body(draft): Body<ImportDraft>) -> Answer<Response> {
    let rows = draft.rows();
    if rows == Format::Arms {
        return create_tests(&scope, draft).await;
    }
    let mut errors = FieldErrors::default();
    for (field, value) in [("site", &draft.site), ("metric", &draft.metric)] {
        errors.require(value.is_none(), field, "This belongs to an import of arms; every other row says its own.");
    }
    errors.into_result(())?;
    if rows == Format::Evidence { create_evidence(&scope, draft).await } else { create_hypotheses(&scope, draft).await }
}

async fn create_hypotheses(scope: &Scope<Import>, mut draft: ImportDraft) -> Answer<Response> {
    let preview = scope.preview_import(draft.take_bytes(), draft.mapping.take()).await.map_err(of_the_body)?;
    if draft.dry_run {
        return Ok(Json(DryRun::of(preview, Format::Backlog)).into_response());
    }
    let done = scope.import_backlog(draft.listed_as(), &preview).await.map_err(of_the_body)?;
    added(scope, done.number, done.hypotheses, done.new_site).await
}

async fn create_evidence(scope: &Scope<Import>, mut draft: ImportDraft) -> Answer<Response> {
    let preview = scope.preview_evidence(draft.take_bytes(), draft.mapping.take()).await.map_err(of_the_body)?;
    if draft.dry_run {
        return Ok(Json(DryRun::of(preview, Format::Evidence)).into_response());
    }
    let done = scope.import_evidence(draft.listed_as(), &preview).await.map_err(of_the_body)?;
    added(scope, done.number, done.evidence, done.new_site).await
}

async fn added(scope: &Scope<Import>, number: i64, made: Vec<String>, new_site: Option<String>) -> Answer<Response> {
    let import = scope.import(number).await?;
    let location = format!("/api/v1/{}/imports/{number}", scope.workspace().slug);
    Ok(Added { location, object: Made { import, made, new_site } }.into_response())
}

async fn create_tests(scope: &Scope<Import>, mut draft: ImportDraft) -> Answer<Response> {
    if draft.mapping.is_some() {
        return Err(FieldErrors::one("mapping", "A mapping says what the columns of a backlog are; arms have none to map.").into());
    }
    let target = ArmsTarget { site: draft.site.take().unwrap_or_default(), metric: draft.metric.take().unwrap_or_default() };
    let preview = scope.preview_arms(draft.take_bytes(), &target).await.map_err(of_the_body)?;
    if draft.dry_run {
        let known = scope.known_arms(&preview).await?;
        let (target, summary) = (preview.target.clone(), preview.summary());
        return Ok(Json(ArmsDryRun { dry_run: true, target, summary, known }).into_response());
    }
    let done = scope.import_arms(draft.listed_as(), &preview).await.map_err(of_the_body)?;
    added(scope, done.number, done.numbers, done.new_site).await
}

/// What is said of the file, its header included, is said of the text here.
fn of_the_body(error: StoreError) -> Problem {
    let StoreError::Invalid(mut errors) = error else { return error.into() };
    let of_the_text = |error: &&mut domain::errors::FieldError| !matches!(error.field.as_str(), "mapping" | "site" | "metric");
    errors.0.iter_mut().filter(of_the_text).for_each(|error| error.field = "text".to_owned());
    errors.into()
}

async fn read(scope: Scoped<Import>, At([number]): At<1>) -> Answer<Json<PastImport>> {
    Ok(Json(scope.import(number_of(&number)?).await?))
}

async fn undo(scope: Scoped<Import>, At([number]): At<1>) -> Answer<Json<Undone>> {
    Ok(Json(scope.undo_import(number_of(&number)?).await?))
}

fn number_of(raw: &str) -> Result<i64, Problem> {
    let plain = raw.bytes().all(|byte| byte.is_ascii_digit()) && !raw.starts_with('0');
    raw.parse().ok().filter(|_| plain).ok_or_else(|| Problem::of(Kind::NotFound))
}
