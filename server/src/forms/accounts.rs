//! Forms of the doors and of the people page.

use super::answer::{Answer, Sent, with};
use crate::routes::{Access, Routes};
use crate::site::SiteConfig;
use app::accounts::DoorForm;
use axum::Extension;
use axum::extract::{ConnectInfo, Path};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::access::Permission;
use domain::accounts::{MemberDraft, SetUpDraft};
use domain::errors::FieldErrors;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use store::{AddMembers, Session, StoreError};

pub fn add(routes: &mut Routes) {
    routes.post("/set-up", Access::Public, set_up);
    routes.post("/sign-in", Access::Public, sign_in);
    routes.post("/sign-out", Access::Public, sign_out);
    routes.post("/set-password", Access::Public, set_password);
    routes.post("/display", Access::Public, display);
    routes.post("/account/password", Access::SignedIn, change_password);
    routes.post("/{workspace}/people", Access::Member(Permission::AddMembers), add_member);
    routes.post("/{workspace}/people/link", Access::Member(Permission::AddMembers), renew_link);
}

/// The set-up form with the key of the link that was printed.
#[derive(Debug, Serialize, Deserialize)]
struct SetUpForm {
    #[serde(default)]
    key: String,
    /// Whether the workspace is filled with the demo company.
    #[serde(default)]
    demo: String,
    #[serde(flatten)]
    draft: SetUpDraft,
}

async fn set_up(sent: Sent<SetUpForm>) -> Response {
    let given = sent.form.key.as_str();
    if sent.site.config.set_up_key.as_deref() != Some(given) {
        return Answer::plain(StatusCode::FORBIDDEN, "Open the set-up link that the server printed when it started.");
    }
    match sent.site.store.set_up(&sent.form.draft).await {
        Ok((slug, session)) if sent.form.demo.is_empty() => begin(&sent.site.config, &session, &format!("/{slug}/settings")),
        Ok((slug, session)) => match crate::demo::load(&sent.site.store, &slug, None).await {
            Ok(()) => begin(&sent.site.config, &session, &format!("/{slug}")),
            Err(error) => Answer::refusal(&error),
        },
        Err(StoreError::Invalid(errors)) => {
            let kept = SetUpDraft { password: String::new(), ..sent.form.draft.clone() };
            sent.keep(&kept, errors, &format!("/set-up?key={given}")).await
        }
        Err(error) => Answer::refusal(&error),
    }
}

async fn sign_in(address: Option<Extension<ConnectInfo<SocketAddr>>>, sent: Sent<DoorForm>) -> Response {
    let DoorForm { email, password, next, .. } = &sent.form;
    let address = address.map(|Extension(ConnectInfo(address))| address.ip());
    if !sent.site.limits.allow(address, email) {
        let mut answer = Answer::plain(StatusCode::TOO_MANY_REQUESTS, "Too many attempts. Wait a minute, then try again.");
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        return answer;
    }
    match sent.site.store.sign_in(email, password).await {
        Ok(session) => begin(&sent.site.config, &session, &own_address(next)),
        Err(StoreError::Invalid(errors)) => {
            let kept = DoorForm { email: email.clone(), next: next.clone(), ..DoorForm::default() };
            sent.keep(&kept, errors, "/sign-in").await
        }
        Err(error) => Answer::refusal(&error),
    }
}

/// Only addresses of this site are led to.
fn own_address(next: &str) -> String {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\n', '\r']);
    if inside { next.to_owned() } else { "/".to_owned() }
}

async fn sign_out(sent: Sent<()>) -> Response {
    if let Some(secret) = &sent.asker.0.secret
        && let Err(error) = sent.site.store.sign_out(secret).await
    {
        return Answer::refusal(&error);
    }
    set_cookie(Answer::see("/sign-in"), &sent.site.config, "", 0)
}

async fn set_password(sent: Sent<DoorForm>) -> Response {
    let DoorForm { key, password, .. } = &sent.form;
    match sent.site.store.use_password_link(key, password).await {
        Ok(session) => begin(&sent.site.config, &session, "/"),
        Err(StoreError::Invalid(errors)) => {
            sent.keep(&DoorForm::default(), errors, &format!("/set-password?key={}", app::frame::encode(key))).await
        }
        Err(error) => Answer::refusal(&error),
    }
}

async fn change_password(sent: Sent<DoorForm>) -> Response {
    let DoorForm { present, new, .. } = &sent.form;
    match sent.site.store.change_password(&sent.asker.0.actor, present, new).await {
        Ok(session) => begin(&sent.site.config, &session, "/account?changed=1"),
        Err(StoreError::Invalid(errors)) => sent.keep(&DoorForm::default(), errors, "/account").await,
        Err(StoreError::NotFound) => Answer::plain(StatusCode::UNAUTHORIZED, "Please sign in first."),
        Err(error) => Answer::refusal(&error),
    }
}

/// Theme, density and keys are kept in the browser; what was not sent stays as it is.
#[derive(Debug, Serialize, Deserialize)]
struct Display {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    density: String,
    #[serde(default)]
    keys: String,
}

impl Display {
    /// The cookies to set; none for what is not one of the choices.
    fn cookies(&self) -> Vec<String> {
        let choices: [(&str, &str, &[&str]); 3] = [
            ("theme", &self.theme, &["system", "light", "dark"]),
            ("density", &self.density, &["comfortable", "compact"]),
            ("keys", &self.keys, &["on", "off"]),
        ];
        choices
            .into_iter()
            .filter(|(_, chosen, known)| known.contains(chosen))
            .map(|(name, chosen, _)| format!("{name}={chosen}"))
            .collect()
    }
}

async fn display(headers: axum::http::HeaderMap, sent: Sent<Display>) -> Response {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let back = referer.strip_prefix(&sent.site.config.address).map_or_else(|| "/".to_owned(), own_address);
    let mut answer = Answer::see(&back);
    for cookie in sent.form.cookies() {
        if let Ok(value) = HeaderValue::from_str(&format!("{cookie}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    answer
}

async fn add_member(Path(workspace): Path<String>, sent: Sent<MemberDraft>) -> Response {
    let scope = match sent.scope::<AddMembers>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    let page = format!("/{workspace}/people");
    match scope.add_member(&sent.form).await {
        Ok(Some(link)) => show_link(&sent, &sent.form.email, &link, &page).await,
        Ok(None) => Answer::see(&page),
        Err(error) => sent.lead_back(error, &page).await,
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Whose {
    email: String,
}

async fn renew_link(Path(workspace): Path<String>, sent: Sent<Whose>) -> Response {
    let scope = match sent.scope::<AddMembers>(&workspace).await {
        Ok(scope) => scope,
        Err(refusal) => return refusal,
    };
    match scope.renew_link(&sent.form.email).await {
        Ok(link) => show_link(&sent, &sent.form.email, &link, &format!("/{workspace}/people")).await,
        Err(error) => Answer::refusal(&error),
    }
}

/// The link is shown to whoever made it, for ten minutes, and stands in no address.
async fn show_link<T: Serialize>(sent: &Sent<T>, email: &str, secret: &str, page: &str) -> Response {
    let link = with(&format!("{}/set-password", sent.site.config.address), "key", secret);
    let answer = sent.keep(&(email, link), FieldErrors::default(), page).await;
    let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(|to| to.replace("draft=", "made="));
    match to {
        Some(to) => Answer::see(&to),
        None => answer,
    }
}

/// Leads on with a session.
fn begin(config: &SiteConfig, session: &Session, to: &str) -> Response {
    set_cookie(Answer::see(to), config, &session.secret, session.days * 86_400)
}

fn set_cookie(mut answer: Response, config: &SiteConfig, value: &str, seconds: i64) -> Response {
    let secure = if config.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", config.cookie_name());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::{Display, own_address};

    #[test]
    fn what_is_not_sent_stays_as_it_is() {
        let sent = |theme: &str, density: &str, keys: &str| Display { theme: theme.into(), density: density.into(), keys: keys.into() };
        assert_eq!(sent("dark", "", "").cookies(), ["theme=dark"]);
        assert_eq!(sent("system", "compact", "off").cookies(), ["theme=system", "density=compact", "keys=off"]);
        assert!(sent("blue; Path=/x", "", "maybe").cookies().is_empty());
    }

    #[test]
    fn signing_in_leads_only_within_the_site() {
        for (next, to) in
            [("/holm/people", "/holm/people"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/"), ("", "/")]
        {
            assert_eq!(own_address(next), to);
        }
    }
}
