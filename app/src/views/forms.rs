//! What is done about views: keeping this one, replacing what a saved one shows, renaming, sharing, putting away. Each
//! is a plain form that opens without script.

use super::address::address;
use super::server_fns::{Strip, ViewForm};
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Field, Findings, Icon};
use domain::access::Permission;
use domain::errors::FieldErrors;
use domain::text::address::pairs;
use domain::views::View;
use leptos::prelude::*;

fn may_change(frame: &Frame, view: &View) -> bool {
    view.may_be_changed(frame.may(Permission::Contribute), frame.may(Permission::RunTests))
}

/// “Save” and “Reset” for a view whose filters or order were changed.
#[component]
pub fn SaveChange(frame: Frame, strip: Strip) -> impl IntoView {
    let changed = strip.is_changed();
    strip.from.filter(|_| changed).map(|view| {
        let reset = address(&frame, strip.list, &pairs(&view.query), Some(view.id));
        let save = may_change(&frame, &view).then(|| {
            view! {
                <form method="post" action=frame.to(&format!("views/{}/query", view.id))>
                    <input type="hidden" name="query" value=strip.present.clone() />
                    <input type="hidden" name="version" value=view.version.to_string() />
                    <button class="button small">"Save"<span class="visually-hidden">{format!(" the change of “{}”", view.name)}</span></button>
                </form>
            }
        });
        view! { {save}<a class="button small quiet" href=reset>"Reset"<span class="visually-hidden">{format!(" “{}”", view.name)}</span></a> }
    })
}

/// Keeps what the page shows under a name of its own.
#[component]
pub fn SaveView(frame: Frame, strip: Strip) -> impl IntoView {
    let Strip { list, present, put_away, refused, from, .. } = strip;
    let refused = refused.filter(|(of, _)| of.is_none()).map(|(_, filled)| filled);
    let open = refused.is_some();
    let from = from.map(|view| view! { <input type="hidden" name="from" value=view.id.to_string() /> });
    let Filled { form, errors } = refused.unwrap_or_default();
    let away = (!put_away.is_empty()).then(|| view! { <PutAway frame=frame.clone() views=put_away /> });
    view! {
        <details class="menu plain-menu save-view" name="views" open=open>
            <summary><Icon name="i-plus" />"Save view"</summary>
            <div class="popover from-end">
                <form class="form" method="post" action=frame.to("views")>
                    <input type="hidden" name="list" value=list.slug() />
                    <input type="hidden" name="query" value=present />
                    {from}
                    <NameAndSharing frame=frame.clone() id="view-name" form errors />
                    <p class="actions"><button class="button small primary">"Save view"</button></p>
                </form>
                {away}
            </div>
        </details>
    }
}

/// Renames, shares or puts away the view that the reader came from.
#[component]
pub fn ChangeView(frame: Frame, strip: Strip) -> impl IntoView {
    let Strip { from, refused, .. } = strip;
    from.filter(|view| may_change(&frame, view)).map(|view| {
        let refused = refused.filter(|(of, _)| *of == Some(view.id)).map(|(_, filled)| filled);
        let open = refused.is_some();
        let Filled { form, errors } = refused.unwrap_or_else(|| present(&view));
        let here = frame.to(&format!("views/{}", view.id));
        view! {
            <details class="menu plain-menu change-view" name="views" open=open>
                <summary><Icon name="i-pencil" />"Edit view"</summary>
                <div class="popover from-end">
                    <form class="form" method="post" action=format!("{here}/edit")>
                        <input type="hidden" name="version" value=form.version.unwrap_or(view.version).to_string() />
                        <NameAndSharing frame=frame.clone() id="view-new-name" form errors />
                        <p class="actions"><button class="button small primary">"Save"</button></p>
                    </form>
                    <form class="rule" method="post" action=format!("{here}/archive")>
                        <button class="button small quiet">"Archive"<span class="visually-hidden">{format!(" the view “{}”", view.name)}</span></button>
                    </form>
                </div>
            </details>
        }
    })
}

/// The form of a view as it is.
fn present(view: &View) -> Filled<ViewForm> {
    let shared = if view.shared { "on" } else { "" }.to_owned();
    let form = ViewForm { name: view.name.clone(), shared, version: Some(view.version), ..ViewForm::default() };
    Filled { form, errors: FieldErrors::default() }
}

#[component]
fn NameAndSharing(frame: Frame, id: &'static str, form: ViewForm, errors: FieldErrors) -> impl IntoView {
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let elsewhere = errors.0.iter().filter(|error| !matches!(error.field.as_str(), "name" | "shared"));
    let messages = elsewhere.map(|error| error.message.clone()).collect();
    let (name, shared) = (of("name"), of("shared"));
    let share = frame.may(Permission::Contribute).then(|| {
        let checked = !form.shared.is_empty();
        view! { <label class="choice"><input type="checkbox" name="shared" value="on" checked=checked />" Share it with everybody here"</label> }
    });
    view! {
        <Findings messages />
        <Field id name="name" label="Name" value=form.name required=true error=name hint="What it shows, such as “Mobile quick wins”" />
        {share}
        <crate::ui::FieldNote error=shared />
    }
}

/// What was put away lately, to be brought back.
#[component]
fn PutAway(frame: Frame, views: Vec<View>) -> impl IntoView {
    let items = views
        .into_iter()
        .map(|view| {
            let back = frame.to(&format!("views/{}/restore", view.id));
            view! {
                <li>{view.name.clone()}" "<form class="inline" method="post" action=back><button class="link-button">"Bring back"<span class="visually-hidden">{format!(" “{}”", view.name)}</span></button></form></li>
            }
        })
        .collect_view();
    view! { <div class="rule put-away"><p class="group">"Archived"</p><ul>{items}</ul></div> }
}
