//! The one way in which all forms are answered: done leads on, refused leads back with a kept draft.

use crate::identity::Asker;
use crate::site::Site;
use app::request::{Draft, OVERTAKEN};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::errors::FieldErrors;
use serde::{Serialize, de::DeserializeOwned};
use store::{Actor, Right, Scope, StoreError};

/// A form that arrived: the site, who sent it, and what it says.
pub struct Sent<T> {
    pub site: Site,
    pub asker: Asker,
    pub form: T,
}

impl<T: DeserializeOwned> FromRequest<Site> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(asker) = Asker::from_request_parts(&mut parts, site).await;
        let bytes = axum::body::Bytes::from_request(Request::from_parts(parts, body), site).await.map_err(IntoResponse::into_response)?;
        // The reader of nested names that Leptos uses, so that `form[devices][]` arrives as a list.
        let form = serde_qs::Config::new(5, false).deserialize_bytes(&bytes);
        let form = form.map_err(|_| (StatusCode::BAD_REQUEST, "This form could not be read.").into_response())?;
        Ok(Sent { site: site.clone(), asker, form })
    }
}

impl<T: Serialize> Sent<T> {
    /// The scope of this right, or the answer for those who lack it.
    pub async fn scope<R: Right>(&self, workspace: &str) -> Result<Scope<R>, Response> {
        if self.asker.0.actor == Actor::Anonymous {
            return Err(Answer::plain(StatusCode::UNAUTHORIZED, "Please sign in, then send the form again."));
        }
        self.site.store.scope::<R>(&self.asker.0.actor, workspace).await.map_err(|error| Answer::refusal(&error))
    }

    /// Leads on when it was done; else keeps the form and leads back to `page`, which shows it with the findings.
    pub async fn lead<D>(&self, done: Result<D, StoreError>, page: &str, on: impl FnOnce(D) -> String) -> Response {
        match done {
            Ok(value) => Answer::see(&on(value)),
            Err(error) => self.lead_back(error, page).await,
        }
    }

    /// Leads on to `page` or back to it; a refused note stands beside other forms there and has a name of its own.
    pub async fn lead_from_note<D>(&self, done: Result<D, StoreError>, page: &str) -> Response {
        match done {
            Ok(_) => Answer::see(page),
            Err(StoreError::Invalid(errors)) => self.keep_as("still", &self.form, errors, &format!("{page}#still-true")).await,
            Err(error) => Answer::refusal(&error),
        }
    }

    /// Keeps the form for ten minutes and leads back to `page`.
    pub async fn lead_back(&self, error: StoreError, page: &str) -> Response {
        self.lead_back_with(&self.form, error, page).await
    }

    /// The same for a page that shows only a part of what was sent.
    pub async fn lead_back_with<F: Serialize>(&self, form: &F, error: StoreError, page: &str) -> Response {
        let errors = match error {
            StoreError::Invalid(errors) => errors,
            StoreError::Conflict(reason) => FieldErrors::one("form", reason),
            StoreError::Stale { .. } => FieldErrors::one("form", OVERTAKEN),
            other => return Answer::refusal(&other),
        };
        self.keep(form, errors, page).await
    }

    /// Keeps a form and its findings, and leads to the page that shows them.
    pub async fn keep<F: Serialize>(&self, form: &F, errors: FieldErrors, page: &str) -> Response {
        self.keep_as("draft", form, errors, page).await
    }

    /// The same under another name in the address, for what is shown once and is no refused form.
    pub async fn keep_as<F: Serialize>(&self, name: &str, form: &F, errors: FieldErrors, page: &str) -> Response {
        let body = serde_json::to_string(&Draft { form, errors });
        let owner = self.asker.0.secret.clone().unwrap_or_default();
        let kept = match body {
            Ok(body) => self.site.store.keep_draft(&owner, body).await,
            Err(error) => Err(StoreError::Data(error)),
        };
        match kept {
            Ok(id) => Answer::see(&with(page, name, &id)),
            Err(error) => Answer::refusal(&error),
        }
    }
}

/// Plain answers.
pub struct Answer;

impl Answer {
    /// "See there": a new page by GET.
    pub fn see(to: &str) -> Response {
        match HeaderValue::from_str(to) {
            Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
            Err(_) => Self::plain(StatusCode::BAD_REQUEST, "This address cannot be used."),
        }
    }

    pub fn plain(status: StatusCode, text: &'static str) -> Response {
        (status, text).into_response()
    }

    /// A refusal that no page shows beside a field.
    pub fn refusal(error: &StoreError) -> Response {
        match error {
            StoreError::NotFound => Self::plain(StatusCode::NOT_FOUND, "There is nothing here, or it is not yours to see."),
            StoreError::Forbidden => Self::plain(StatusCode::FORBIDDEN, "Your role may not do that."),
            StoreError::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors.to_string()).into_response(),
            StoreError::Conflict(reason) => (StatusCode::CONFLICT, reason.clone()).into_response(),
            StoreError::Stale { .. } => Self::plain(StatusCode::CONFLICT, "Somebody else saved this meanwhile."),
            StoreError::Database(_) | StoreError::Data(_) | StoreError::Internal(_) => {
                tracing::error!(%error, "a form failed");
                Self::plain(StatusCode::INTERNAL_SERVER_ERROR, "Something failed on the server. It has been logged.")
            }
        }
    }
}

/// An address with one more pair, which stands before the part of the page that it leads to.
pub fn with(page: &str, name: &str, value: &str) -> String {
    let (page, part) = page.split_once('#').map_or((page, String::new()), |(page, part)| (page, format!("#{part}")));
    let joint = if page.contains('?') { '&' } else { '?' };
    format!("{page}{joint}{name}={value}{part}")
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn a_pair_stands_before_the_part_of_the_page() {
        for (page, address) in [
            ("/holm", "/holm?draft=7"),
            ("/holm?a=b", "/holm?a=b&draft=7"),
            ("/holm/settings#levers-title", "/holm/settings?draft=7#levers-title"),
        ] {
            assert_eq!(with(page, "draft", "7"), address);
        }
    }
}
