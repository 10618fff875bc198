//! Who is here, and adding somebody with a link that they set a password with.

use super::server_fns::{Filled, People, read_people};
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Avatar, Choice, Copy, Field, SelectField, Submit};
use domain::access::{Permission, Role};
use domain::accounts::{Member, MemberDraft};
use leptos::prelude::*;

/// The people of the workspace.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_people(workspace.clone(), query("draft"), query("made"));
    workspace_page(Place::Elsewhere, workspace, read, |frame, people: People| {
        let may_add = frame.may(Permission::AddMembers);
        let rows = people.members.into_iter().map(|member| view! { <MemberRow frame=frame.clone() member /> }).collect_view();
        view! {
            {titled("People")}
            <main id="content" class="page">
                <header class="page-head"><div><h1>"People"</h1><p>"Who may read, contribute, lead and own here."</p></div></header>
                {people.link.map(|(email, link)| view! { <FreshLink email link /> })}
                <div class="table-wrap">
                    <table class="table people">
                        <caption class="visually-hidden">"Members of this workspace"</caption>
                        <thead><tr><th scope="col">"Name"</th><th scope="col">"E-mail"</th><th scope="col">"Role"</th><th scope="col">"Sign-in"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                {may_add.then(|| view! { <AddForm frame filled=people.filled /> })}
            </main>
        }
    })
}

#[component]
fn MemberRow(frame: Frame, member: Member) -> impl IntoView {
    let may_renew = frame.role.may_grant(member.role);
    let state = if member.can_sign_in { "Has a password" } else { "No password yet" };
    let email = member.email.clone();
    view! {
        <tr>
            <th scope="row"><Avatar name=member.name.clone() />" "{member.name}</th>
            <td>{member.email}</td>
            <td>{role_name(member.role)}</td>
            <td>
                {state}
                {may_renew.then(|| view! {
                    <form class="inline" method="post" action=frame.to("people/link")>
                        <input type="hidden" name="email" value=email />
                        <button class="button small quiet">"New link"</button>
                    </form>
                })}
            </td>
        </tr>
    }
}

#[component]
fn FreshLink(email: String, link: String) -> impl IntoView {
    view! {
        <div class="callout good" role="status">
            <div>
                <p><b>{format!("Send this link to {email}. ")}</b>"It sets a password, works once, and ends after a week."</p>
                <div class="field">
                    <label for="link">"Link"</label>
                    <input id="link" type="text" readonly value=link.clone() />
                    <Copy text=link />
                </div>
            </div>
        </div>
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Contributor => "Contributor",
        Role::Lead => "Lead",
        Role::Owner => "Owner",
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer: reads everything",
        Role::Contributor => "Contributor: adds evidence and ideas, scores",
        Role::Lead => "Lead: also tests, imports, settings, people",
        Role::Owner => "Owner: also owners and erasing",
    }
}

#[component]
fn AddForm(frame: Frame, filled: Filled<MemberDraft>) -> impl IntoView {
    let Filled { form, errors } = filled;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let roles =
        Role::ALL.into_iter().filter(|role| frame.role.may_grant(*role)).map(|role| Choice::new(role.slug(), role_words(role))).collect();
    let role = if form.role.is_empty() { "contributor".to_owned() } else { form.role };
    view! {
        <section aria-labelledby="add-title">
            <h2 id="add-title">"Add somebody"</h2>
            <form class="form" method="post" action=frame.to("people")>
                <Field id="name" name="name" label="Name" value=form.name required=true error=of("name") />
                <Field id="email" name="email" label="E-mail" kind="email" value=form.email required=true error=of("email") />
                <SelectField id="role" name="role" label="Role" choices=roles value=role error=of("role") />
                <Submit label="Add" />
            </form>
        </section>
    }
}
