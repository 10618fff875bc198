//! The strip of tabs above a list, and beside it what can be done about the view in force.

use super::address::address;
use super::forms::{ChangeView, SaveChange, SaveView};
use super::server_fns::{Strip, Tab};
use crate::frame::Frame;
use crate::ui::{Icon, Toast, number};
use domain::text::address::pairs;
use domain::views::{Count, List};
use leptos::prelude::*;

/// The views of a list as links, each with what it finds now.
#[component]
pub fn ViewStrip(
    frame: Frame,
    strip: Strip,
    /// Tabs of other pages, which stand before these.
    #[prop(optional_no_strip)]
    before: Option<AnyView>,
    /// Whether the page is one of those others, where no view of the list is in force.
    #[prop(optional)]
    elsewhere: bool,
) -> impl IntoView {
    let current = strip.current().filter(|_| !elsewhere);
    let list = strip.list;
    let tabs = strip.tabs.iter().enumerate().map(|(at, tab)| {
        let current = (current == Some(at)).then_some("page");
        let changed = !elsewhere && strip.is_changed() && tab.view.is_some() && tab.view == strip.from;
        view! { <li><TabLink frame=frame.clone() list tab=tab.clone() current changed /></li> }
    });
    let tabs = tabs.collect_view();
    let more = (!strip.more.is_empty()).then(|| view! { <MoreViews frame=frame.clone() strip=strip.clone() /> });
    let acts = (!elsewhere).then(|| {
        view! {
            <SaveChange frame=frame.clone() strip=strip.clone() />
            <ChangeView frame=frame.clone() strip=strip.clone() />
            <SaveView frame=frame.clone() strip=strip.clone() />
        }
    });
    let undo = strip.undo.as_ref().map(|view| {
        let said = format!("The view “{}” is archived.", view.name);
        view! { <Toast said undo=frame.to(&format!("views/{}/restore", view.id)) /> }
    });
    view! {
        <div class="view-strip">
            <nav class="tabs" aria-label="Views"><ul>{before}{tabs}</ul></nav>
            <div class="view-acts">{more}{acts}</div>
        </div>
        {undo}
    }
}

/// The views that have no room among the tabs, by name.
#[component]
fn MoreViews(frame: Frame, strip: Strip) -> impl IntoView {
    let list = strip.list;
    let items = strip
        .more
        .into_iter()
        .map(|tab| view! { <li><TabLink frame=frame.clone() list tab current=None changed=false /></li> })
        .collect_view();
    view! {
        <details class="menu plain-menu" name="views">
            <summary>"More views"<Icon name="i-chevron-down" /></summary>
            <div class="popover from-end"><nav aria-label="More views"><ul>{items}</ul></nav></div>
        </details>
    }
}

#[component]
fn TabLink(frame: Frame, list: List, tab: Tab, current: Option<&'static str>, changed: bool) -> impl IntoView {
    let Tab { name, query, count, view } = tab;
    let href = address(&frame, list, &pairs(&query), view.as_ref().map(|view| view.id));
    let foreign = view.filter(|view| !view.mine);
    let title = foreign.map(|view| view.by.map_or_else(|| "Shared".to_owned(), |by| format!("Shared by {by}")));
    let count = count.map(|count| view! { " "<span class="count">{shown(count)}</span> });
    let said = changed.then(|| view! { <span class="visually-hidden">", changed"</span> });
    let changed = changed.then_some("");
    view! { <a data-changed=changed href=href title=title aria-current=current>{name}{count}{said}</a> }
}

/// "86", or "10,000+".
fn shown(count: Count) -> String {
    let more = if count.is_minimum { "+" } else { "" };
    format!("{}{more}", number(i64::try_from(count.count).unwrap_or(i64::MAX)))
}
