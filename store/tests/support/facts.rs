//! What must be true after every step, and short words for refusals.

use super::Library;
use domain::activity::{Event, Subject};
use domain::hypotheses::{Hypothesis, Stage};
use std::collections::BTreeMap;
use store::StoreError;

/// Every hypothesis of the workspace, archived ones included, by number.
pub async fn all(library: &Library) -> Vec<Hypothesis> {
    let scope = library.read().await;
    let mut found = Vec::new();
    loop {
        match scope.hypothesis(&format!("H-{}", found.len() + 1)).await {
            Ok(hypothesis) => found.push(hypothesis),
            Err(StoreError::NotFound) => return found,
            Err(error) => panic!("{error}"),
        }
    }
}

/// The counters of the stages equal a real count.
pub async fn counters_are_true(library: &Library) {
    let mut real: BTreeMap<Stage, u64> = Stage::ALL.into_iter().map(|stage| (stage, 0)).collect();
    for hypothesis in all(library).await.iter().filter(|hypothesis| !hypothesis.archived) {
        *real.entry(hypothesis.stage).or_default() += 1;
    }
    let scope = library.read().await;
    assert_eq!(scope.stage_counts().await.unwrap(), real);
    let page = scope.backlog(&domain::hypotheses::BacklogQuery::default()).await.unwrap();
    assert_eq!(page.total, real.values().sum::<u64>());
}

/// The events of one thing, newest first.
pub async fn events(library: &Library, subject: Subject, number: &str) -> Vec<Event> {
    library.read().await.history(subject, number, 1000).await.unwrap()
}

/// The newest event of one thing, as "who action: summary (reason)".
pub async fn event(library: &Library, subject: Subject, number: &str) -> String {
    let newest = events(library, subject, number).await.into_iter().next().expect("an event");
    let by = newest.by.unwrap_or_else(|| "nobody".into());
    let reason = newest.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    format!("{by} {}: {}{reason}", newest.action, newest.summary)
}

/// One word for an outcome, so that tables of them read well.
pub fn refused<T>(outcome: Result<T, StoreError>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(StoreError::NotFound) => "not found",
        Err(StoreError::Forbidden) => "forbidden",
        Err(StoreError::Invalid(_)) => "invalid",
        Err(StoreError::Conflict(_)) => "conflict",
        Err(StoreError::Stale { .. }) => "stale",
        Err(StoreError::Database(_) | StoreError::Data(_) | StoreError::Internal(_)) => "broken",
    }
}

/// The fields that a refusal names.
pub fn refused_field<T>(outcome: Result<T, StoreError>) -> Vec<String> {
    match outcome {
        Err(StoreError::Invalid(errors)) => errors.0.into_iter().map(|error| error.field).collect(),
        Err(other) => panic!("not refused by field: {other}"),
        Ok(_) => panic!("not refused"),
    }
}
