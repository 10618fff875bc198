//! Forms of comments, which the pages of hypotheses, evidence, tests and learnings send.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::comments::CommentForm;
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::activity::Subject;
use domain::comments::{Comment, CommentDraft};
use store::Contribute;

const ACCESS: Access = Access::Member(Permission::Contribute);

pub fn add(routes: &mut Routes) {
    for (folder, subject) in app::comments::FOLDERS {
        let path = format!("/{{workspace}}/{folder}/{{number}}/comments");
        routes.post(&path, ACCESS, move |at: Path<(String, String)>, sent: Sent<CommentForm>| create(at, subject, sent));
    }
    routes.post("/{workspace}/comments/{id}/edit", ACCESS, edit);
    routes.post("/{workspace}/comments/{id}/archive", ACCESS, archive);
    routes.post("/{workspace}/comments/{id}/restore", ACCESS, restore);
}

/// The page that a comment stands on.
fn page(workspace: &str, subject: Subject, number: &str) -> String {
    format!("/{workspace}/{}/{number}", app::comments::folder(subject))
}

async fn create(Path((workspace, number)): Path<(String, String)>, subject: Subject, sent: Sent<CommentForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = page(&workspace, subject, &number);
    let done = scope.add_comment(subject, &number, &CommentDraft { body: sent.form.body.clone() }).await;
    sent.lead(done, &format!("{page}?form=comment#comment"), |made| format!("{page}#comment-{}", made.id)).await
}

async fn edit(Path((workspace, id)): Path<(String, i64)>, sent: Sent<CommentForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let present = match scope.comment(id).await {
        Ok(present) => present,
        Err(error) => return Answer::refusal(&error),
    };
    let page = page(&workspace, present.subject, &present.number);
    let done = scope.edit_comment(id, &CommentDraft { body: sent.form.body.clone() }, sent.form.version).await;
    sent.lead(done, &format!("{page}?form=comment-{id}#comment-{id}"), |_| format!("{page}#comment-{id}")).await
}

fn answered(workspace: &str, done: Result<Comment, store::StoreError>) -> Response {
    match done {
        Ok(comment) => Answer::see(&format!("{}#comment-{}", page(workspace, comment.subject, &comment.number), comment.id)),
        Err(error) => Answer::refusal(&error),
    }
}

async fn archive(Path((workspace, id)): Path<(String, i64)>, sent: Sent<()>) -> Response {
    match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => answered(&workspace, scope.archive_comment(id).await),
        Err(refusal) => refusal,
    }
}

async fn restore(Path((workspace, id)): Path<(String, i64)>, sent: Sent<()>) -> Response {
    match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => answered(&workspace, scope.restore_comment(id).await),
        Err(refusal) => refusal,
    }
}
