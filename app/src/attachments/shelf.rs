//! What hangs on one thing, and how to hang more there.

use super::paste::PasteFiles;
use super::server_fns::Attachments;
use crate::frame::Frame;
use crate::ui::{Icon, date, plural};
use domain::access::Permission;
use domain::attachments::{AttachedTo, Attachment, Media, size_words};
use leptos::prelude::*;

/// The files of one thing and the ways to add one. What the island swaps in has `id` and `id-error`.
#[component]
pub fn Shelf(
    frame: Frame,
    to: AttachedTo,
    attachments: Attachments,
    id: String,
    #[prop(optional)] editing: bool,
    /// Nothing can be added any more.
    #[prop(optional)]
    closed: bool,
) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let Attachments { items, refused, .. } = attachments;
    let (gone, here): (Vec<_>, Vec<_>) = items.into_iter().partition(|one| one.archived);
    let (pictures, papers): (Vec<_>, Vec<_>) = here.into_iter().partition(|one| one.media_type.is_image());
    let pictures = (!pictures.is_empty()).then(|| {
        let shown = pictures.into_iter().map(|one| view! { <Picture frame=frame.clone() one /> }).collect_view();
        view! { <ul class="shots">{shown}</ul> }
    });
    let papers = (!papers.is_empty()).then(|| {
        let shown = papers.into_iter().map(|one| view! { <Paper frame=frame.clone() one /> }).collect_view();
        view! { <ul class="papers">{shown}</ul> }
    });
    let gone = (may && !gone.is_empty()).then(|| view! { <TakenAway frame=frame.clone() gone /> });
    let add = (may && !closed).then(|| {
        let action = frame.to(&super::form_of(&to));
        view! {
            <Add to action=action.clone() id=id.clone() refused editing />
            <PasteFiles action shown=id.clone() />
        }
    });
    view! {
        <div id=id.clone() class="shelf">{pictures}{papers}{gone}</div>
        {add}
    }
}

/// A form that works without script; the finding stands beside its field.
#[component]
fn Add(to: AttachedTo, action: String, id: String, refused: Vec<String>, editing: bool) -> impl IntoView {
    let open = !refused.is_empty();
    let (field, hint, error) = (format!("{id}-file"), format!("{id}-hint"), format!("{id}-error"));
    let said = refused.into_iter().map(|message| view! { <p class="error"><Icon name="o-warn" own=true />{message}</p> }).collect_view();
    let findings = view! { <div id=error.clone() role="status">{said}</div> };
    if editing {
        return findings.into_any();
    }
    let screenshots = to.variant.is_some();
    let sorts = Media::ALL.into_iter().filter(|media| !screenshots || media.is_image());
    let accept: Vec<&str> = sorts.map(Media::mime).collect();
    let (summary, label, told) = match screenshots {
        true => ("Add screenshots", "Screenshots", "PNG, JPEG or WebP, up to 10 MB each and 50 MB together"),
        false => ("Attach files", "Files", "PNG, JPEG, WebP, PDF or CSV, up to 10 MB each and 50 MB together"),
    };
    view! {
        <details class="explain add-files" open=open>
            <summary>{summary}</summary>
            <form class="form" method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for=field.clone()>{label}</label>
                    <p class="hint" id=hint.clone()>{told}</p>
                    <input id=field name="file" type="file" multiple required accept=accept.join(",")
                        aria-describedby=format!("{hint} {error}") aria-invalid=open.then_some("true") />
                    {findings}
                </div>
                <p class="actions"><button class="button small">"Attach"</button></p>
            </form>
        </details>
    }
    .into_any()
}

#[component]
fn Picture(frame: Frame, one: Attachment) -> impl IntoView {
    let href = frame.to(&format!("attachments/{}", one.id));
    let (width, height) = one.thumbnail().map(|(width, height)| (width.to_string(), height.to_string())).unzip();
    let sides = one.width.zip(one.height).map(|(width, height)| format!("{width} × {height}, ")).unwrap_or_default();
    let (name, src) = (one.name.clone(), format!("{href}/thumb"));
    let facts = format!("{sides}{}", facts(&one));
    view! {
        <li>
            <a class="shot" href=href><img src=src alt=name.clone() width=width height=height loading="lazy" decoding="async" /></a>
            <p class="file-name">{name}</p>
            <p class="file-facts">{facts}</p>
            <Move frame one />
        </li>
    }
}

#[component]
fn Paper(frame: Frame, one: Attachment) -> impl IntoView {
    let href = frame.to(&format!("attachments/{}", one.id));
    let facts = format!("{}, {}", one.media_type.name(), facts(&one));
    view! {
        <li>
            <Icon name="i-file" />
            <a href=href download="">{one.name.clone()}</a>
            <span class="file-facts">{facts}</span>
            <Move frame one />
        </li>
    }
}

/// "310 KB, Maya Okafor, 20 Nov 2026".
fn facts(one: &Attachment) -> String {
    let by = one.by.clone().unwrap_or_else(|| "Hypotheca".to_owned());
    format!("{}, {by}, {}", size_words(one.bytes), date(one.created_at.date_naive()))
}

/// Takes it away, or brings it back.
#[component]
fn Move(frame: Frame, one: Attachment) -> impl IntoView {
    let (way, words) = if one.archived { ("restore", "Bring back") } else { ("archive", "Take away") };
    let action = frame.to(&format!("attachments/{}/{way}", one.id));
    frame.may(Permission::Contribute).then(|| {
        view! {
            <form class="inline" method="post" action=action>
                <button class="link-button">{words}<span class="visually-hidden">{format!(" {}", one.name)}</span></button>
            </form>
        }
    })
}

#[component]
fn TakenAway(frame: Frame, gone: Vec<Attachment>) -> impl IntoView {
    let summary = format!("{} taken away", plural(gone.len() as u64, "file", "files"));
    let rows = gone
        .into_iter()
        .map(|one| view! { <li><Icon name="i-file" /><span>{one.name.clone()}</span><span class="file-facts">{facts(&one)}</span><Move frame=frame.clone() one /></li> })
        .collect_view();
    view! { <details class="explain"><summary>{summary}</summary><ul class="papers">{rows}</ul></details> }
}
