//! `/…/comments`: what people say about a hypothesis, a piece of evidence, a test or a learning.

use super::about::about;
use super::answer::{Answer, Created, List, One};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::problem::{Kind, Problem};
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::activity::Subject;
use domain::comments::{Comment, CommentDraft};
use store::{Contribute, Read};

const COMMENTED: [(&str, Subject); 4] = [
    ("/hypotheses/{number}/comments", Subject::Hypothesis),
    ("/evidence/{number}/comments", Subject::Evidence),
    ("/tests/{number}/comments", Subject::Test),
    ("/learnings/{number}/comments", Subject::Learning),
];

pub fn add(api: &mut Api) {
    for (path, subject) in COMMENTED {
        let list_about = about("Comments on it, newest first").lists::<Comment>();
        api.get(path, list_about, move |scope: Scoped<Read>, at: At<1>, page: Paging| list(scope, subject, at, page));
        let add_about = about("Comment on it").takes::<CommentDraft>().creates::<Comment>();
        api.post(path, add_about, move |scope: Scoped<Contribute>, at: At<1>, draft: Body<CommentDraft>| create(scope, subject, at, draft));
    }
    api.get("/comments/{id}", about("One comment").answers::<Comment>(), read);
    api.patch("/comments/{id}", about("Change your own comment").changes::<CommentDraft>().answers::<Comment>(), change);
    api.delete("/comments/{id}", about("Take a comment away").answers::<Comment>(), archive);
    api.post("/comments/{id}/restore", about("Bring a comment back").answers::<Comment>(), restore);
}

async fn list(scope: Scoped<Read>, subject: Subject, At([number]): At<1>, page: Paging) -> Answer<List<Comment>> {
    Ok(List(scope.comments(subject, &number, &page.0).await?))
}

async fn create(
    scope: Scoped<Contribute>,
    subject: Subject,
    At([number]): At<1>,
    Body(draft): Body<CommentDraft>,
) -> Answer<Created<Comment>> {
    let object = scope.add_comment(subject, &number, &draft).await?;
    Ok(Created { location: format!("/api/v1/{}/comments/{}", scope.workspace().slug, object.id), object })
}

fn id_of(At([id]): At<1>) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::of(Kind::NotFound))
}

async fn read(scope: Scoped<Read>, at: At<1>) -> Answer<One<Comment>> {
    Ok(One(scope.comment(id_of(at)?).await?))
}

async fn change(scope: Scoped<Contribute>, at: At<1>, seen: IfMatch, patch: Patch) -> Answer<One<Comment>> {
    let present = scope.comment(id_of(at)?).await?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&CommentDraft { body: present.body })?;
    Ok(One(scope.edit_comment(present.id, &draft, Some(version)).await?))
}

async fn archive(scope: Scoped<Contribute>, at: At<1>) -> Answer<One<Comment>> {
    Ok(One(scope.archive_comment(id_of(at)?).await?))
}

async fn restore(scope: Scoped<Contribute>, at: At<1>) -> Answer<One<Comment>> {
    Ok(One(scope.restore_comment(id_of(at)?).await?))
}
