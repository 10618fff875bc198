//! `/…/attachments`: files that hang on a hypothesis, a piece of evidence or a variant of a test. A file is posted as
//! the body itself; what it is follows from its content, whatever `Content-Type` says.

use super::about::{About, about};
use super::answer::{Added, Answer, List};
use super::api::Api;
use super::body::file_of;
use super::problem::{Kind, Problem};
use super::query::{Paging, Pairs};
use super::scope::{At, Scoped};
use crate::files::{self, Asked};
use crate::site::Site;
use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::response::Response;
use domain::activity::Subject;
use domain::attachments::{AttachedTo, Attachment, FIELD};
use domain::errors::FieldErrors;
use store::{Contribute, NewFile, Read};

const RECORDS: [(&str, Subject); 2] =
    [("/hypotheses/{number}/attachments", Subject::Hypothesis), ("/evidence/{number}/attachments", Subject::Evidence)];
const VARIANT: &str = "/tests/{number}/variants/{variant}/attachments";

pub fn add(api: &mut Api) {
    for (path, subject) in RECORDS {
        let to = move |At([number]): At<1>| AttachedTo::record(subject, &number);
        api.get(path, list_about("Its attachments"), move |scope: Scoped<Read>, at: At<1>, page: Paging| list(scope, to(at), page));
        let post = move |scope: Scoped<Contribute>, at: At<1>, file: Posted| create(scope, to(at), file);
        api.post(path, post_about("Attach an image, a PDF or a CSV file"), post);
    }
    let to = |At([number, variant]): At<2>| AttachedTo::variant(&number, &variant);
    let shots = list_about("The screenshots of a variant");
    api.get(VARIANT, shots, move |scope: Scoped<Read>, at: At<2>, page: Paging| list(scope, to(at), page));
    let post = move |scope: Scoped<Contribute>, at: At<2>, file: Posted| create(scope, to(at), file);
    api.post(VARIANT, post_about("Attach a screenshot to a variant of a test"), post);
    api.get("/attachments/{id}", about("One attachment").answers::<Attachment>(), read);
    api.delete("/attachments/{id}", about("Take an attachment away").answers::<Attachment>(), archive);
    api.post("/attachments/{id}/restore", about("Bring an attachment back").answers::<Attachment>(), restore);
    api.get("/attachments/{id}/content", about("The file itself").answers_file(), content);
    api.get("/attachments/{id}/thumbnail", about("A small copy of an image, a JPEG").answers_file(), thumbnail);
}

fn list_about(summary: &'static str) -> About {
    about(summary).lists::<Attachment>()
}

fn post_about(summary: &'static str) -> About {
    about(summary).asks(&[("name", "What the file is called, with its ending; required.")]).takes_file().creates::<Attachment>()
}

/// A file that is the body of its request, named in the address.
struct Posted(NewFile);

impl FromRequest<Site> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let pairs = <Pairs as axum::extract::FromRequestParts<Site>>::from_request_parts(&mut parts, site).await?;
        let mut errors = FieldErrors::default();
        let mut name = String::new();
        for (key, value) in pairs.iter() {
            match key {
                "name" => value.clone_into(&mut name),
                key => errors.add(key, format!("There is no “{key}” to say here.")),
            }
        }
        errors.require(!name.trim().is_empty(), "name", "Say what the file is called: ?name=basket.png");
        errors.into_result(())?;
        let bytes = file_of(Request::from_parts(parts, body), site).await?;
        Ok(Posted(NewFile { name, bytes }))
    }
}

async fn list(scope: Scoped<Read>, to: AttachedTo, page: Paging) -> Answer<List<Attachment>> {
    Ok(List(scope.attachments(&to, &page.0).await?))
}

async fn create(scope: Scoped<Contribute>, to: AttachedTo, Posted(file): Posted) -> Answer<Added<Attachment>> {
    let object = scope.attach(&to, file).await?;
    Ok(Added { location: format!("/api/v1/{}/attachments/{}", scope.workspace().slug, object.id), object })
}

fn id_of(At([id]): At<1>) -> Result<i64, Problem> {
    id.parse().map_err(|_| Problem::of(Kind::NotFound))
}

async fn read(scope: Scoped<Read>, at: At<1>) -> Answer<Json<Attachment>> {
    Ok(Json(scope.attachment(id_of(at)?).await?))
}

async fn archive(scope: Scoped<Contribute>, at: At<1>) -> Answer<Json<Attachment>> {
    Ok(Json(scope.archive_attachment(id_of(at)?).await?))
}

async fn restore(scope: Scoped<Contribute>, at: At<1>) -> Answer<Json<Attachment>> {
    Ok(Json(scope.restore_attachment(id_of(at)?).await?))
}

async fn content(scope: Scoped<Read>, at: At<1>, asked: Asked) -> Answer<Response> {
    Ok(files::whole(&scope.attachment_file(id_of(at)?).await?, &asked).await?)
}

async fn thumbnail(scope: Scoped<Read>, at: At<1>, asked: Asked) -> Answer<Response> {
    Ok(files::thumbnail(&scope.attachment_thumbnail(id_of(at)?).await?, &asked).await?)
}

/// The refusal of a body that is longer than a file may be.
pub(super) fn too_large() -> Problem {
    let errors = domain::attachments::too_large();
    let detail = errors.of(FIELD).unwrap_or_default().to_owned();
    let mut problem = Problem::saying(Kind::TooLarge, detail);
    problem.errors = errors;
    problem
}
