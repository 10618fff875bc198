//! The bar on top, and the one at the bottom of a phone.

use super::{Frame, Place};
use crate::ui::{Avatar, Icon, Mark};
use leptos::prelude::*;

/// The bar of a workspace.
#[component]
pub fn Bar(frame: Frame, place: Place) -> impl IntoView {
    let current = move |here: Place| (here == place).then_some("page");
    let to = |rest: &str| frame.to(rest);
    let home = frame.home();
    view! {
        <a class="skip-link visually-hidden" href="#content">"Skip to the content"</a>
        <header class="top-bar">
            <details class="menu nav-menu">
                <summary class="icon-button"><Icon name="i-menu" /><span class="visually-hidden">"Menu"</span></summary>
                <div class="popover"><MoreLinks frame=frame.clone() /></div>
            </details>
            <a class="brand" href=home.clone()><Mark /><span class="brand-name">"Hypotheca"</span></a>
            <WorkspaceMenu frame=frame.clone() />
            <nav class="main-nav" aria-label="Main">
                <ul>
                    <li><a href=home.clone() aria-current=current(Place::Home)>"Home"</a></li>
                    <li class="step">
                        <a href=to("hypotheses") aria-current=current(Place::Hypotheses)>
                            "Hypotheses "<span class="count">{frame.open}<span class="visually-hidden">" open"</span></span>
                        </a>
                    </li>
                </ul>
            </nav>
            <form class="tried-search" role="search" action=to("hypotheses")>
                <label class="visually-hidden" for="tried">"Have we tried…"</label>
                <Icon name="i-search" />
                <input id="tried" type="search" name="q" placeholder="Have we tried…" />
                <kbd aria-hidden="true">"/"</kbd>
            </form>
            <a class="button primary new-button" href=to("hypotheses/new")>
                <Icon name="i-plus" /><span class="label">"New"</span><span class="visually-hidden">" hypothesis"</span>
            </a>
            <DisplayMenu />
            <details class="menu you-menu">
                <summary class="avatar-button">
                    <Avatar name=frame.person.clone() /><span class="visually-hidden">{format!("{}, your menu", frame.person)}</span>
                </summary>
                <div class="popover from-end"><MoreLinks frame=frame.clone() /></div>
            </details>
        </header>
        <nav class="bottom-bar" aria-label="Main, short">
            <ul>
                <li><a href=home aria-current=current(Place::Home)><Icon name="i-home" />"Home"</a></li>
                <li><a href=to("hypotheses") aria-current=current(Place::Hypotheses)><Icon name="i-list" />"Hypotheses"</a></li>
            </ul>
        </nav>
    }
}

#[component]
fn WorkspaceMenu(frame: Frame) -> impl IntoView {
    let items = frame
        .workspaces
        .iter()
        .map(|(slug, name)| {
            let current = (*slug == frame.slug).then_some("true");
            view! { <li><a href=format!("/{slug}") aria-current=current>{name.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <details class="menu workspace-menu">
            <summary>{frame.name}<Icon name="i-chevron-down" /></summary>
            <div class="popover"><ul>{items}</ul></div>
        </details>
    }
}

#[component]
fn MoreLinks(frame: Frame) -> impl IntoView {
    view! {
        <ul>
            <li><a href=frame.to("people")><Icon name="i-users" />"People"</a></li>
            <li><a href=frame.to("settings")><Icon name="i-settings" />"Settings"</a></li>
            <li><a href="/account"><Icon name="i-user" />"Your account"</a></li>
            <li class="rule">
                <form method="post" action="/sign-out"><button><Icon name="i-log-out" />"Sign out"</button></form>
            </li>
        </ul>
    }
}

/// Theme and density belong to the person's browser.
#[component]
fn DisplayMenu() -> impl IntoView {
    view! {
        <details class="menu display-menu">
            <summary class="icon-button"><Icon name="i-sun" /><span class="visually-hidden">"Theme and density"</span></summary>
            <div class="popover from-end">
                <form method="post" action="/display">
                    <fieldset>
                        <legend>"Theme"</legend>
                        <label class="choice"><input type="radio" name="theme" value="system" checked />" Like the system"</label>
                        <label class="choice"><input type="radio" name="theme" value="light" />" Light"</label>
                        <label class="choice"><input type="radio" name="theme" value="dark" />" Dark"</label>
                    </fieldset>
                    <fieldset class="rule">
                        <legend>"Rows"</legend>
                        <label class="choice"><input type="radio" name="density" value="comfortable" checked />" Comfortable"</label>
                        <label class="choice"><input type="radio" name="density" value="compact" />" Compact"</label>
                    </fieldset>
                    <div class="actions"><button class="button small primary">"Keep"</button></div>
                </form>
            </div>
        </details>
    }
}
