//! Forms of hypotheses and their scores.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::hypotheses::{Built, matches_html};
use app::scoring::ScoreForm;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Response};
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::hypotheses::{HandMove, MergeDraft, SplitDraft};
use store::Contribute;

const ACCESS: Access = Access::Member(Permission::Contribute);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/hypotheses", ACCESS, create);
    routes.post("/{workspace}/hypotheses/similar", ACCESS, similar);
    routes.post("/{workspace}/hypotheses/{number}/join", ACCESS, join);
    routes.post("/{workspace}/hypotheses/{number}/edit", ACCESS, edit);
    routes.post("/{workspace}/hypotheses/{number}/stage", ACCESS, stage);
    routes.post("/{workspace}/hypotheses/{number}/archive", ACCESS, archive);
    routes.post("/{workspace}/hypotheses/{number}/restore", ACCESS, restore);
    routes.post("/{workspace}/hypotheses/{number}/score", ACCESS, score);
    routes.post("/{workspace}/hypotheses/{number}/split", ACCESS, split);
    routes.post("/{workspace}/hypotheses/{number}/merge", ACCESS, merge);
    routes.post("/{workspace}/activity/{id}/undo", ACCESS, undo);
}

fn record(workspace: &str, number: &str) -> String {
    format!("/{workspace}/hypotheses/{number}")
}

async fn create(Path(workspace): Path<String>, sent: Sent<Built>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match sent.form.form.draft() {
        Ok(draft) if sent.form.anyway.is_empty() => scope.create_unlike(&draft, &sent.form.picks.links()).await,
        Ok(draft) => scope.create_hypothesis_on(&draft, &sent.form.picks.links()).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(hypothesis) => Answer::see(&record(&workspace, &hypothesis.number)),
        Err(error) => sent.lead_back(error, &format!("/{workspace}/hypotheses/new")).await,
    }
}

/// What is like what is typed, as a part of the page.
async fn similar(Path(workspace): Path<String>, sent: Sent<Built>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.similar(&sent.form.form.sketch(), None).await {
        Ok(items) => Html(matches_html(format!("/{workspace}"), items, sent.form.form.title.clone())).into_response(),
        Err(error) => Answer::refusal(&error),
    }
}

/// Brings the evidence picked so far to a hypothesis that is there instead of writing another one.
async fn join(Path((workspace, number)): Path<(String, String)>, sent: Sent<Built>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.join_hypothesis(&number, &sent.form.picks.links()).await {
        Ok(hypothesis) => Answer::see(&record(&workspace, &hypothesis.number)),
        Err(error) => sent.lead_back(error, &format!("/{workspace}/hypotheses/new")).await,
    }
}

async fn edit(Path((workspace, number)): Path<(String, String)>, sent: Sent<Built>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match sent.form.form.draft() {
        Ok(draft) => scope.edit_hypothesis(&number, &draft, sent.form.version).await,
        Err(errors) => Err(errors.into()),
    };
    match done {
        Ok(hypothesis) => Answer::see(&record(&workspace, &hypothesis.number)),
        Err(error) => sent.lead_back(error, &format!("{}/edit", record(&workspace, &number))).await,
    }
}

async fn stage(Path((workspace, number)): Path<(String, String)>, sent: Sent<HandMove>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.move_hypothesis(&number, &sent.form).await, &page, |_| page.clone()).await
}

async fn archive(Path((workspace, number)): Path<(String, String)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.archive_hypothesis(&number).await, &page, |_| page.clone()).await
}

async fn restore(Path((workspace, number)): Path<(String, String)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.restore_hypothesis(&number).await, &page, |_| page.clone()).await
}

async fn score(Path((workspace, number)): Path<(String, String)>, sent: Sent<ScoreForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.score_hypothesis(&number, &sent.form.draft()).await, &format!("{page}/score"), |_| page.clone()).await
}

async fn split(Path((workspace, number)): Path<(String, String)>, sent: Sent<SplitDraft>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = record(&workspace, &number);
    sent.lead(scope.split_hypothesis(&number, &sent.form).await, &format!("{page}/split"), |_| format!("{page}?done=split")).await
}

async fn merge(Path((workspace, number)): Path<(String, String)>, sent: Sent<MergeDraft>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = scope.merge_hypothesis(&number, &sent.form).await;
    let page = format!("{}/merge", record(&workspace, &number));
    sent.lead(done, &page, |whole| format!("{}?done=merged", record(&workspace, &whole.number))).await
}

/// Takes a merge or a split back and leads to what it was done to.
async fn undo(Path((workspace, id)): Path<(String, i64)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let event = match scope.event(id).await {
        Ok(event) => event,
        Err(error) => return Answer::refusal(&error),
    };
    let page = record(&workspace, &event.number);
    match scope.undo_event(id).await {
        Ok(report) => sent.keep(&report, FieldErrors::default(), &format!("{page}?form=undone")).await,
        Err(error) => sent.lead_back(error, &format!("{page}?form=undo")).await,
    }
}
