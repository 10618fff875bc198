//! Pages outside any workspace.

use super::server_fns::{Account, DoorForm, Filled, read_account, read_door, read_password_link, read_set_up};
use crate::frame::{plain_page, query, titled};
use crate::ui::{Field, Findings, Icon, Mark, Submit};
use domain::accounts::{PASSWORD_MINIMUM, SetUpDraft};
use domain::errors::FieldErrors;
use leptos::prelude::*;

#[component]
fn Door(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        {titled(title.clone())}
        <main id="content" class="door-page">
            <p class="door-brand"><Mark />"Hypotheca"</p>
            <h1>{title}</h1>
            {children()}
        </main>
    }
}

/// Findings that belong to no visible field.
fn loose(errors: &FieldErrors) -> Vec<String> {
    errors.0.iter().filter(|error| error.field == "form").map(|error| error.message.clone()).collect()
}

fn of(errors: &FieldErrors, field: &str) -> Option<String> {
    errors.of(field).map(str::to_owned)
}

/// Signing in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let next = query("next").unwrap_or_default();
    plain_page(read_door(query("draft")), move |Filled { form, errors }: Filled<DoorForm>| {
        let next = if form.next.is_empty() { next } else { form.next };
        let messages: Vec<String> = errors.0.into_iter().map(|error| error.message).collect();
        view! {
            <Door title="Sign in">
                <form class="form" method="post" action="/sign-in">
                    <Findings messages />
                    <input type="hidden" name="next" value=next />
                    <Field id="email" name="email" label="E-mail" kind="email" value=form.email required=true autocomplete="username" />
                    <Field id="password" name="password" label="Password" kind="password" required=true autocomplete="current-password" />
                    <Submit label="Sign in" wide=true />
                </form>
                <p class="door-note">"Forgot it? A lead of your workspace can make you a new link under People."</p>
            </Door>
        }
    })
}

/// The first owner and workspace.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let key = query("key").unwrap_or_default();
    plain_page(read_set_up(query("draft")), move |Filled { form, errors }: Filled<SetUpDraft>| {
        let hint = format!("{PASSWORD_MINIMUM} characters or more; a few plain words are fine");
        view! {
            <Door title="Set up your library">
                <p class="door-lead">
                    "Nothing is tested without a reason, nothing is learned twice. You and a workspace, and you can log the first idea."
                </p>
                <form class="form" method="post" action="/set-up">
                    <Findings messages=loose(&errors) />
                    <input type="hidden" name="key" value=key />
                    <fieldset class="form-section">
                        <legend>"You"</legend>
                        <Field id="name" name="name" label="Your name" value=form.name required=true autocomplete="name" error=of(&errors, "name") />
                        <Field id="email" name="email" label="E-mail" kind="email" value=form.email required=true autocomplete="username" error=of(&errors, "email") />
                        <Field id="password" name="password" label="Password" kind="password" hint required=true autocomplete="new-password" error=of(&errors, "password") />
                    </fieldset>
                    <fieldset class="form-section">
                        <legend>"Workspace"</legend>
                        <Field id="workspace" name="workspace" label="Company or client" value=form.workspace required=true error=of(&errors, "workspace") />
                    </fieldset>
                    <label class="choice">
                        <input type="checkbox" name="demo" value="yes" />
                        " Fill it with the demo company, to look around first"
                    </label>
                    <Submit label="Make the workspace" wide=true />
                </form>
            </Door>
        }
    })
}

/// A link that sets a password leads here.
#[component]
pub fn SetPasswordPage() -> impl IntoView {
    let key = query("key").unwrap_or_default();
    let (link, draft) = (read_password_link(key.clone()), read_door(query("draft")));
    let read = async move { Ok((link.await?, draft.await?)) };
    plain_page(read, move |(person, Filled { form: _, errors }): (Option<(String, String)>, Filled<DoorForm>)| match person {
        Some((name, email)) => {
            let hint = format!("{PASSWORD_MINIMUM} characters or more; a few plain words are fine");
            view! {
                <Door title="Choose a password">
                    <p class="door-lead">{format!("Welcome, {name}. You will sign in as {email}.")}</p>
                    <form class="form" method="post" action="/set-password">
                        <input type="hidden" name="key" value=key />
                        <input type="hidden" name="email" value=email autocomplete="username" />
                        <Field id="password" name="password" label="Password" kind="password" hint required=true autocomplete="new-password" error=of(&errors, "password") />
                        <Submit label="Keep it and sign in" wide=true />
                    </form>
                </Door>
            }
            .into_any()
        }
        None => view! {
            <Door title="This link has ended">
                <p class="door-lead">"It was used already, or it is older than a week. Ask whoever sent it for a new one."</p>
                <p class="actions"><a class="button" href="/sign-in">"Sign in"</a></p>
            </Door>
        }
        .into_any(),
    })
}

/// The person's own page: change of password.
#[component]
pub fn AccountPage() -> impl IntoView {
    let (account, draft) = (read_account(), read_door(query("draft")));
    let changed = query("changed").is_some();
    let read = async move { Ok((account.await?, draft.await?)) };
    plain_page(read, move |(account, Filled { errors, .. }): (Option<Account>, Filled<DoorForm>)| {
        match account {
        Some(account) => view! {
            <Door title="Your account">
                <p class="door-lead">{format!("{}, {}", account.name, account.email)}</p>
                {changed.then(|| view! { <div class="callout good" role="status"><p>"Your password is changed. Every other browser is signed out."</p></div> })}
                <form class="form" method="post" action="/account/password">
                    <Field id="present" name="present" label="Present password" kind="password" required=true autocomplete="current-password" error=of(&errors, "present") />
                    <Field id="new" name="new" label="New password" kind="password" required=true autocomplete="new-password" error=of(&errors, "new") />
                    <Submit label="Change password" wide=true />
                </form>
                <h2 class="door-head">"Your workspaces"</h2>
                <WorkspaceList workspaces=account.workspaces />
                <form class="door-note" method="post" action="/sign-out"><button class="link-button">"Sign out"</button></form>
            </Door>
        }
        .into_any(),
        None => to_sign_in(),
    }
    })
}

/// The start: the person's workspaces.
#[component]
pub fn WorkspacesPage() -> impl IntoView {
    plain_page(read_account(), |account: Option<Account>| match account {
        Some(account) => {
            let none = account.workspaces.is_empty();
            let who = format!("Signed in as {}.", account.email);
            view! {
                <Door title="Your workspaces">
                    <WorkspaceList workspaces=account.workspaces />
                    {none.then(|| view! { <p class="door-lead">"You are in no workspace yet. Ask a lead of one to add you."</p> })}
                    <p class="door-note">{who}" "<a href="/account">"Your account"</a></p>
                </Door>
            }
            .into_any()
        }
        None => to_sign_in(),
    })
}

fn to_sign_in() -> AnyView {
    view! {
        <Door title="Hypotheca">
            <p class="door-lead">"A library of hypotheses: nothing is tested without a reason, nothing is learned twice."</p>
            <p class="actions"><a class="button primary wide" href="/sign-in">"Sign in"</a></p>
        </Door>
    }
    .into_any()
}

#[component]
fn WorkspaceList(workspaces: Vec<(String, String)>) -> impl IntoView {
    let items = workspaces
        .into_iter()
        .map(|(slug, name)| view! { <li><a href=format!("/{slug}")>{name}<Icon name="i-chevron-right" /></a></li> })
        .collect_view();
    view! { <ul class="door-list">{items}</ul> }
}
