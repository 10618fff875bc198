//! What the server prepares for the pages: a preview as it is shown, and the import that a list comes from.

use super::server_fns::{ShownFile, ShownFinding, ShownRow};
use crate::error::AppError;
use crate::request::{refused, scope};
use crate::ui::date;
use domain::access::Permission;
use domain::evidence::Kind;
use domain::hypotheses::Stage;
use domain::sites::Catalogue;
use domain::transfer::{EvidenceRow, Format, ImportRow, Mapping, Outline, PastImport, Preview, grouped};
use store::{Import, Scope, StoreError, Upload};

/// How many rows a page shows.
const ROWS: usize = 20;
/// How many errors; nobody mends more in one go.
const ERRORS: usize = 500;

/// An upload as this mapping reads it; where it cannot be used, the columns and why.
pub async fn read(scope: &Scope<Import>, upload: &Upload, mapping: Option<Mapping>, format: Format) -> Result<ShownFile, AppError> {
    let catalogue = scope.import_catalogue().await.map_err(refused)?;
    let bytes = || upload.bytes.clone();
    let shown = if format == Format::Evidence {
        let read = scope.preview_evidence(bytes(), mapping.clone()).await;
        read.map(|preview| {
            let findings = preview.rows.iter().take(ROWS).map(|row| shown_finding(row, &catalogue)).collect();
            ShownFile { findings, ..of_preview(preview, format) }
        })
    } else {
        let read = scope.preview_import(bytes(), mapping.clone()).await;
        read.map(|preview| {
            let rows = preview.rows.iter().take(ROWS).map(|row| shown_row(row, &catalogue)).collect();
            ShownFile { rows, ..of_preview(preview, format) }
        })
    };
    match shown {
        Ok(shown) => Ok(shown),
        Err(StoreError::Invalid(errors)) => {
            let problem = errors.0.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ");
            let mut outline = scope.outline_import(bytes(), mapping.clone(), format).await.ok();
            if outline.is_none() && mapping.is_none() {
                // Perhaps it has no header: then its columns can be chosen all the same.
                let headless = Mapping { header_line: Some(0), ..Mapping::default() };
                outline = scope.outline_import(bytes(), Some(headless), format).await.ok();
            }
            Ok(ShownFile { format, ..of_outline(outline, mapping.unwrap_or_default(), problem) })
        }
        Err(other) => Err(refused(other)),
    }
}

/// A preview that could be made, but for its rows.
fn of_preview<R>(preview: Preview<R>, format: Format) -> ShownFile {
    ShownFile {
        format,
        upload: String::new(),
        file_name: String::new(),
        encoding: preview.encoding.slug().to_owned(),
        delimiter: preview.delimiter,
        header_line: preview.header_line,
        columns: preview.columns,
        mapping: preview.mapping,
        mapping_json: String::new(),
        rescales: preview.rescales,
        records: preview.records,
        ready: preview.rows.len(),
        rows: Vec::new(),
        findings: Vec::new(),
        error_count: preview.errors.len(),
        errors: preview.errors.into_iter().take(ERRORS).collect(),
        notices: grouped(&preview.notices),
        problem: None,
    }
}

fn shown_row(row: &ImportRow, catalogue: &Catalogue) -> ShownRow {
    let stage = row.stage.as_ref().and_then(|wanted| Stage::from_slug(&wanted.stage)).unwrap_or(Stage::Idea);
    let level = |slug: &str| row.score.as_ref().and_then(|score| score.criteria.get(slug).copied());
    let levels = level("impact").zip(level("confidence")).zip(level("ease")).map(|((impact, confidence), ease)| [impact, confidence, ease]);
    ShownRow {
        line: row.line,
        title: row.draft.title.clone(),
        area: row.draft.area.as_deref().map(|slug| catalogue.area_name(slug).to_owned()),
        levels,
        stage: stage.name().to_owned(),
        owner: row.draft.owner.clone(),
        notes: row.notes.clone(),
    }
}

fn shown_finding(row: &EvidenceRow, catalogue: &Catalogue) -> ShownFinding {
    let draft = &row.draft;
    let day = |raw: &String| raw.parse().map_or_else(|_| raw.clone(), date);
    let days: Vec<String> = [&draft.observed_from, &draft.observed_to].into_iter().flatten().map(day).collect();
    let areas: Vec<&str> = draft.areas.iter().map(|slug| catalogue.area_name(slug)).collect();
    let sides = [("supports", &row.supports), ("contradicts", &row.contradicts)];
    let sides =
        sides.into_iter().filter(|(_, numbers)| !numbers.is_empty()).map(|(verb, numbers)| format!("{verb} {}", numbers.join(", ")));
    let source = draft.source.as_ref().and_then(|source| source.name.clone().or_else(|| source.url.clone()));
    ShownFinding {
        line: row.line,
        title: draft.title.clone(),
        kind: Kind::from_words(&draft.kind).unwrap_or(Kind::StakeholderInput),
        source: source.unwrap_or_default(),
        observed: days.join(" to "),
        areas: areas.join(", "),
        bears: sides.collect::<Vec<_>>().join("; "),
    }
}

/// What is shown while the mapping cannot be used: the columns, if the file has any, and why.
fn of_outline(outline: Option<Outline>, mapping: Mapping, problem: String) -> ShownFile {
    let read = outline.as_ref();
    let header_line = read.map_or_else(|| mapping.header_line.unwrap_or(1), |read| read.header_line);
    ShownFile {
        format: Format::Backlog,
        upload: String::new(),
        file_name: String::new(),
        encoding: read.map(|read| read.encoding.slug().to_owned()).unwrap_or_default(),
        delimiter: read.map_or(',', |read| read.delimiter),
        header_line,
        columns: outline.map(|read| read.columns).unwrap_or_default(),
        mapping,
        mapping_json: String::new(),
        rescales: Vec::new(),
        records: 0,
        ready: 0,
        rows: Vec::new(),
        findings: Vec::new(),
        errors: Vec::new(),
        error_count: 0,
        notices: Vec::new(),
        problem: Some(problem),
    }
}

/// The import that `?undo=import-3` names; none for those who may not undo it.
pub async fn import_behind(workspace: &str, pairs: &[(String, String)]) -> Result<Option<PastImport>, AppError> {
    let number = |(name, value): &(String, String)| value.strip_prefix("import-").filter(|_| name == "undo")?.parse::<i64>().ok();
    let Some(number) = pairs.iter().find_map(number) else { return Ok(None) };
    if !scope::<store::Read>(workspace).await?.may(Permission::Import) {
        return Ok(None);
    }
    match scope::<store::Import>(workspace).await?.import(number).await {
        Ok(import) => Ok(Some(import)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(refused(error)),
    }
}
