//! Forms of evidence and of its links, which hypothesis pages send too.

use super::answer::{Answer, Sent};
use crate::routes::{Access, Routes};
use app::evidence::{EvidenceSent, LinkForm, typed_number};
use axum::extract::Path;
use axum::response::Response;
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::evidence::StillTrue;
use store::{Contribute, Scope, StoreError};

const ACCESS: Access = Access::Member(Permission::Contribute);

pub fn add(routes: &mut Routes) {
    routes.post("/{workspace}/evidence", ACCESS, create);
    routes.post("/{workspace}/evidence/{number}/edit", ACCESS, edit);
    routes.post("/{workspace}/evidence/{number}/archive", ACCESS, archive);
    routes.post("/{workspace}/evidence/{number}/restore", ACCESS, restore);
    routes.post("/{workspace}/evidence/{number}/still-true", ACCESS, confirm);
    routes.post("/{workspace}/evidence/{number}/link", ACCESS, link_to_hypothesis);
    routes.post("/{workspace}/evidence/{number}/unlink", ACCESS, unlink_from_hypothesis);
    routes.post("/{workspace}/hypotheses/{number}/link", ACCESS, link_evidence);
    routes.post("/{workspace}/hypotheses/{number}/unlink", ACCESS, unlink_evidence);
}

fn item(workspace: &str, number: &str) -> String {
    format!("/{workspace}/evidence/{number}")
}

fn hypothesis(workspace: &str, number: &str) -> String {
    format!("/{workspace}/hypotheses/{number}")
}

async fn create(Path(workspace): Path<String>, sent: Sent<EvidenceSent>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let EvidenceSent { form, link, then, .. } = &sent.form;
    let held = link.hypothesis.as_str();
    let done = match form.draft() {
        Ok(draft) if held.is_empty() => scope.create_evidence(&draft).await,
        Ok(draft) => scope.create_evidence_for(held, &draft, &link.draft()).await,
        Err(errors) => Err(errors.into()),
    };
    let blank = match held {
        "" => format!("/{workspace}/evidence/new"),
        held => format!("/{workspace}/evidence/new?hypothesis={}", app::frame::encode(held)),
    };
    sent.lead(done, &blank, |evidence| match (then.as_str(), held) {
        ("another", _) => blank.clone(),
        (_, "") => item(&workspace, &evidence.number),
        (_, held) => format!("{}#evidence", hypothesis(&workspace, held)),
    })
    .await
}

async fn edit(Path((workspace, number)): Path<(String, String)>, sent: Sent<EvidenceSent>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let done = match sent.form.form.draft() {
        Ok(draft) => scope.edit_evidence(&number, &draft, sent.form.version).await,
        Err(errors) => Err(errors.into()),
    };
    let page = item(&workspace, &number);
    sent.lead(done, &format!("{page}/edit"), |_| page.clone()).await
}

async fn archive(Path((workspace, number)): Path<(String, String)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = item(&workspace, &number);
    sent.lead(scope.archive_evidence(&number).await, &page, |_| page.clone()).await
}

async fn restore(Path((workspace, number)): Path<(String, String)>, sent: Sent<()>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = item(&workspace, &number);
    sent.lead(scope.restore_evidence(&number).await, &page, |_| page.clone()).await
}

async fn confirm(Path((workspace, number)): Path<(String, String)>, sent: Sent<StillTrue>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = item(&workspace, &number);
    sent.lead_from_note(scope.confirm_evidence(&number, &sent.form).await, &page).await
}

async fn link_to_hypothesis(Path((workspace, number)): Path<(String, String)>, sent: Sent<LinkForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let held = typed_number('H', &sent.form.hypothesis);
    let done = link(&scope, &held, &number, &sent.form).await;
    let done = done.map_err(|error| unknown(error, "hypothesis", format!("There is no hypothesis {held}.")));
    let page = item(&workspace, &number);
    sent.lead(done, &page, |()| page.clone()).await
}

async fn unlink_from_hypothesis(Path((workspace, number)): Path<(String, String)>, sent: Sent<LinkForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = item(&workspace, &number);
    match scope.unlink_evidence(&sent.form.hypothesis, &number).await {
        Ok(_) => Answer::see(&page),
        Err(error) => Answer::refusal(&error),
    }
}

async fn link_evidence(Path((workspace, number)): Path<(String, String)>, sent: Sent<LinkForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let evidence = typed_number('E', &sent.form.evidence);
    let done = link(&scope, &number, &evidence, &sent.form).await;
    let done = done.map_err(|error| unknown(error, "evidence", format!("There is no evidence {evidence}.")));
    let page = hypothesis(&workspace, &number);
    sent.lead(done, &format!("{page}?form=link"), |()| format!("{page}#evidence")).await
}

async fn unlink_evidence(Path((workspace, number)): Path<(String, String)>, sent: Sent<LinkForm>) -> Response {
    let scope = match sent.scope::<Contribute>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.unlink_evidence(&number, &sent.form.evidence).await {
        Ok(_) => Answer::see(&format!("{}#evidence", hypothesis(&workspace, &number))),
        Err(error) => Answer::refusal(&error),
    }
}

async fn link(scope: &Scope<Contribute>, hypothesis: &str, evidence: &str, form: &LinkForm) -> Result<(), StoreError> {
    scope.link_evidence(hypothesis, evidence, &form.draft()).await.map(|_| ())
}

/// A number that was typed and leads nowhere is a finding beside its field.
fn unknown(error: StoreError, field: &str, message: String) -> StoreError {
    match error {
        StoreError::NotFound => FieldErrors::one(field, message).into(),
        other => other,
    }
}
