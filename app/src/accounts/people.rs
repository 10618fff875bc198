//! Who is here, and adding somebody with a link that they set a password with.

use super::server_fns::{Filled, People, read_people};
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Avatar, Choice, Copy, Field, Icon, SelectField, Submit, plural};
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
        let count = plural(people.members.len() as u64, "member", "members");
        let link = if may_add { " A link to set a password works once, for a week." } else { "" };
        let sentence = format!("{count} of {}.{link}", frame.name);
        let rows = people.members.into_iter().map(|member| view! { <MemberRow frame=frame.clone() member /> }).collect_view();
        view! {
            {titled("People")}
            <main id="content" class="page people-page">
                <header class="page-head"><div><h1>"People"</h1><p>{sentence}</p></div></header>
                {people.link.map(|(email, link)| view! { <FreshLink email link /> })}
                <div class="table-wrap">
                    <table class="table stacks people">
                        <caption class="visually-hidden">"Members of this workspace"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Name"</th><th scope="col">"E-mail"</th><th scope="col">"Role"</th><th scope="col">"Password"</th>
                                <th scope="col" class="end"><span class="visually-hidden">"Actions"</span></th>
                            </tr>
                        </thead>
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
    let me = member.email == frame.email;
    let may_change = !me && frame.may(Permission::AddMembers) && frame.role.may_grant(member.role);
    let state = if member.can_sign_in { "set" } else { "not yet" };
    let role = if may_change {
        view! { <RoleForm frame=frame.clone() member=member.clone() /> }.into_any()
    } else {
        role_name(member.role).into_any()
    };
    let link = may_change.then(|| {
        view! {
            <form class="actions end-actions" method="post" action=frame.to("people/link")>
                <input type="hidden" name="email" value=member.email.clone() />
                <button class="button small quiet">"New link"<span class="visually-hidden">{format!(" for {}", member.name)}</span></button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row"><span class="person"><Avatar name=member.name.clone() />{member.name}{me.then(|| view! { " "<span class="tag">"you"</span> })}</span></th>
            <td>{member.email}</td>
            <td>{role}</td>
            <td class="muted" data-label="Password">{state}</td>
            <td class="end">{link}</td>
        </tr>
    }
}

/// Another role for somebody who is here.
#[component]
fn RoleForm(frame: Frame, member: Member) -> impl IntoView {
    let options = Role::ALL
        .into_iter()
        .filter(|role| frame.role.may_grant(*role))
        .map(|role| view! { <option value=role.slug() selected=role == member.role>{role_name(role)}</option> })
        .collect_view();
    view! {
        <form class="actions role-form" method="post" action=frame.to("people")>
            <input type="hidden" name="name" value=member.name.clone() />
            <input type="hidden" name="email" value=member.email />
            <select name="role" aria-label=format!("Role of {}", member.name)>{options}</select>
            <button class="button small">"Set"<span class="visually-hidden">{format!(" the role of {}", member.name)}</span></button>
        </form>
    }
}

#[component]
fn FreshLink(email: String, link: String) -> impl IntoView {
    view! {
        <div class="callout good" role="status">
            <Icon name="o-check" own=true />
            <div>
                <p><b>{format!("Send this link to {email}. ")}</b>"It sets a password, works once, and ends after a week."</p>
                <div class="person-link">
                    <label class="visually-hidden" for="link">"Link"</label>
                    <input id="link" type="text" readonly value=link.clone() />
                    <Copy text=link label="Copy".to_owned() />
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
        <section class="section" aria-labelledby="add-title">
            <header class="section-head"><h2 id="add-title">"Add somebody"</h2></header>
            <form id="add-person" class="form" method="post" action=frame.to("people")>
                <div class="field-row">
                    <Field id="name" name="name" label="Name" value=form.name required=true error=of("name") />
                    <Field id="email" name="email" label="E-mail" kind="email" value=form.email required=true error=of("email") />
                    <SelectField id="role" name="role" label="Role" choices=roles value=role error=of("role") />
                </div>
                <Submit label="Add" />
            </form>
        </section>
    }
}
