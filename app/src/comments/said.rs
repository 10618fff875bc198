//! One comment, and the field for the next.

use super::server_fns::{CommentForm, Comments};
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::markdown::Preview;
use crate::ui::{Avatar, Icon, Prose, date};
use domain::access::Permission;
use domain::activity::Subject;
use domain::comments::Comment;
use leptos::prelude::*;

/// A comment as an entry of the history.
#[component]
pub fn Said(
    frame: Frame,
    comment: Comment,
    /// A change of it that was refused.
    refused: Option<Filled<CommentForm>>,
) -> impl IntoView {
    let id = comment.id;
    let by = comment.by.clone().unwrap_or_else(|| "Hypotheca".to_owned());
    let day = comment.created_at.date_naive();
    let edited = comment.is_edited().then(|| view! { " "<span class="muted">"edited"</span> });
    let may = frame.may(Permission::Contribute);
    let mine = may && comment.may_be_archived(frame.may(Permission::RunTests));
    let here = frame.to(&format!("comments/{id}"));
    let body = if comment.archived {
        let back = mine.then(|| view! { <form class="inline" method="post" action=format!("{here}/restore")><button class="link-button">"Bring it back"</button></form> });
        view! { <div><p class="muted">{format!("{by} took a comment away")}" "{back}</p></div> }.into_any()
    } else {
        let change = (may && comment.may_be_edited()).then(|| view! { <Change comment=comment.clone() here=here.clone() refused /> });
        let away = mine.then(|| view! { <form class="inline" method="post" action=format!("{here}/archive")><button class="link-button">"Take away"</button></form> });
        let acts = mine.then(|| view! { <div class="acts">{change}{away}</div> });
        view! { <div class="said"><p class="by"><b>{by.clone()}</b>{edited}</p><Prose text=comment.body />{acts}</div> }.into_any()
    };
    view! { <li id=format!("comment-{id}")><Avatar name=by />{body}<time datetime=day.to_string()>{date(day)}</time></li> }
}

#[component]
fn Change(comment: Comment, here: String, refused: Option<Filled<CommentForm>>) -> impl IntoView {
    let open = refused.is_some();
    let version = comment.version;
    let Filled { form, errors } = refused.unwrap_or_else(|| Filled {
        form: CommentForm { body: comment.body, version: Some(version) },
        errors: domain::errors::FieldErrors::default(),
    });
    let id = format!("change-{}", comment.id);
    let error =
        errors.of("body").or(errors.of("form")).map(|said| view! { <p class="error"><Icon name="o-warn" own=true />{said.to_owned()}</p> });
    let invalid = error.is_some().then_some("true");
    view! {
        <details class="change" open=open>
            <summary class="link-button">"Edit"</summary>
            <form class="form comment-form" method="post" action=format!("{here}/edit")>
                <input type="hidden" name="version" value=version.to_string() />
                <label class="visually-hidden" for=id.clone()>"Your comment"</label>
                <textarea id=id name="body" rows="4" aria-invalid=invalid>{form.body}</textarea>
                {error}
                <p class="actions"><button class="button small">"Save"</button></p>
            </form>
        </details>
    }
}

/// Where one says something oneself.
#[component]
pub fn CommentBox(frame: Frame, about: (Subject, String), comments: Comments) -> impl IntoView {
    if !frame.may(Permission::Contribute) {
        return ().into_any();
    }
    let (subject, number) = about;
    let Filled { form, errors } = if comments.editing.is_none() { comments.refused } else { Filled::default() };
    let error = errors
        .of("body")
        .or(errors.of("form"))
        .map(|said| view! { <p class="error" id="comment-error"><Icon name="o-warn" own=true />{said.to_owned()}</p> });
    let invalid = error.is_some().then_some("true");
    let action = frame.to(&format!("{}/{number}/comments", super::folder(subject)));
    view! {
        <form class="form comment-form" method="post" action=action>
            <label class="visually-hidden" for="comment">"Comment"</label>
            <textarea id="comment" name="body" rows="2" data-key="c" placeholder="Say something about it" aria-invalid=invalid aria-describedby="comment-error">{form.body}</textarea>
            {error}
            <div class="actions"><button class="button small">"Comment"</button><Preview workspace=frame.slug field="comment".to_owned() /></div>
        </form>
    }
    .into_any()
}
