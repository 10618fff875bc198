//! Lists as files.

use crate::forms::Answer;
use crate::identity::Asker;
use crate::routes::{Access, Routes};
use crate::site::Site;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::Permission;
use domain::hypotheses::BacklogQuery;
use domain::page::MAX_LIMIT;
use domain::transfer::{export_header, export_row};
use store::{Actor, Read, Scope, StoreError};

pub fn add(routes: &mut Routes) {
    routes.get("/{workspace}/hypotheses.csv", Access::Member(Permission::Read), hypotheses);
}

/// The list as filtered and ordered, every page of it.
async fn hypotheses(
    State(site): State<Site>,
    Path(workspace): Path<String>,
    asker: Asker,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    if asker.0.actor == Actor::Anonymous {
        return Answer::plain(StatusCode::UNAUTHORIZED, "Please sign in first.");
    }
    let table = match site.store.scope::<Read>(&asker.0.actor, &workspace).await {
        Ok(scope) => hypotheses_table(&scope, &pairs).await,
        Err(error) => Err(error),
    };
    let name = format!("attachment; filename=\"hypotheses-{workspace}.csv\"");
    match table {
        Ok(bytes) => {
            ([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Err(error) => Answer::refusal(&error),
    }
}

async fn hypotheses_table(scope: &Scope<Read>, pairs: &[(String, String)]) -> Result<Vec<u8>, StoreError> {
    let known = pairs.iter().filter(|(name, _)| name != "cursor" && name != "limit");
    let mut query = BacklogQuery::from_pairs(known.map(|(name, value)| (name.as_str(), value.as_str())))?;
    query.limit = Some(MAX_LIMIT);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| StoreError::Internal(error.to_string());
    let shapes = scope.workspace().settings.shapes();
    writer.write_record(export_header(&shapes)).map_err(failed)?;
    loop {
        let page = scope.backlog(&query).await?;
        for hypothesis in &page.items {
            writer.write_record(export_row(hypothesis, &shapes)).map_err(failed)?;
        }
        query.cursor = page.next;
        if query.cursor.is_none() {
            break;
        }
    }
    writer.into_inner().map_err(|error| StoreError::Internal(error.to_string()))
}
