//! What the server prepares for the pages: a preview as it is shown, and the import that a list comes from.

use super::server_fns::{ShownFile, ShownRow};
use crate::error::AppError;
use crate::request::{refused, scope};
use domain::access::Permission;
use domain::hypotheses::Stage;
use domain::sites::Catalogue;
use domain::transfer::{ImportRow, Mapping, Outline, PastImport, Preview, grouped};
use store::StoreError;

/// How many rows a page shows.
const ROWS: usize = 20;
/// How many errors; nobody mends more in one go.
const ERRORS: usize = 500;

/// A preview that could be made.
pub fn of_preview(preview: Preview, catalogue: &Catalogue) -> ShownFile {
    let rows = preview.rows.iter().take(ROWS).map(|row| shown_row(row, catalogue)).collect();
    ShownFile {
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
        rows,
        error_count: preview.errors.len(),
        errors: preview.errors.into_iter().take(ERRORS).collect(),
        notices: grouped(&preview.notices),
        problem: None,
    }
}

fn shown_row(row: &ImportRow, catalogue: &Catalogue) -> ShownRow {
    let stage = row.stage.as_ref().and_then(|wanted| Stage::from_slug(&wanted.stage)).unwrap_or(Stage::Idea);
    let levels = row.score.as_ref().and_then(|score| Some([score.impact?, score.confidence?, score.ease?]));
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

/// What is shown while the mapping cannot be used: the columns, if the file has any, and why.
pub fn of_outline(outline: Option<Outline>, mapping: Mapping, problem: String) -> ShownFile {
    let read = outline.as_ref();
    let header_line = read.map_or_else(|| mapping.header_line.unwrap_or(1), |read| read.header_line);
    ShownFile {
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
