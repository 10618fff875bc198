//! The bar on top, and the one at the bottom of a phone.

use super::{Frame, Place};
use crate::search::Suggestions;
use crate::ui::{Avatar, Drafts, Icon, Keys, Mark};
use domain::access::Permission;
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
                <div class="popover"><MoreLinks frame=frame.clone() with_evidence=true /><ThemeButtons theme=frame.theme.clone() /></div>
            </details>
            <a class="brand" href=home.clone()><Mark /><span class="brand-name">"Hypotheca"</span></a>
            <WorkspaceMenu frame=frame.clone() />
            <p class="bar-title" aria-hidden="true">{place.name().map_or_else(|| frame.name.clone(), str::to_owned)}</p>
            <nav class="main-nav" aria-label="Main">
                <ul>
                    <li><a href=home.clone() data-key="g h" aria-current=current(Place::Home)>"Home"</a></li>
                    <li class="step">
                        <a href=to("evidence") data-key="g e" aria-current=current(Place::Evidence)>
                            "Evidence "<span class="count">{frame.evidence}<span class="visually-hidden">" items"</span></span>
                        </a>
                    </li>
                    <li class="step">
                        <a href=to("hypotheses") data-key="g y" aria-current=current(Place::Hypotheses)>
                            "Hypotheses "<span class="count">{frame.open}<span class="visually-hidden">" open"</span></span>
                        </a>
                    </li>
                    <li class="step">
                        <a href=to("tests") data-key="g t" aria-current=current(Place::Tests)>
                            "Tests "<span class="count">{frame.running}<span class="visually-hidden">" running"</span></span>
                        </a>
                    </li>
                    <li class="step">
                        <a href=to("learnings") data-key="g l" aria-current=current(Place::Learnings)>
                            "Learnings "<span class="count">{frame.learnings}</span>
                        </a>
                    </li>
                    <li class="last"><a href=to("impact") data-key="g i" aria-current=current(Place::Impact)>"Impact"</a></li>
                </ul>
            </nav>
            <form class="tried-search" role="search" action=to("search")>
                <label class="visually-hidden" for="tried">"Have we tried…"</label>
                <Icon name="i-search" />
                <input id="tried" data-key="/" data-suggest="all" type="search" name="q" placeholder="Have we tried…" />
                <kbd aria-hidden="true">"/"</kbd>
            </form>
            <a class="icon-button search-link" href=to("search")><Icon name="i-search" /><span class="visually-hidden">"Search"</span></a>
            {frame.may(Permission::Contribute).then(|| view! { <NewButton href=to("hypotheses/new") /> })}
            <DisplayMenu keys=frame.keys theme=frame.theme.clone() density=frame.density.clone() />
            <details class="menu you-menu">
                <summary class="avatar-button">
                    <Avatar name=frame.person.clone() /><span class="visually-hidden">{format!("{}, your menu", frame.person)}</span>
                </summary>
                <div class="popover from-end"><MoreLinks frame=frame.clone() /></div>
            </details>
        </header>
        <Drafts />
        <Suggestions workspace=frame.slug.clone() />
        {frame.keys.then(|| view! { <Keys /> })}
        <nav class="bottom-bar" aria-label="Main, short">
            <ul>
                <li><a href=home aria-current=current(Place::Home)><Icon name="i-home" />"Home"</a></li>
                <li><a href=to("hypotheses") aria-current=current(Place::Hypotheses)><Icon name="i-list" />"Hypotheses"</a></li>
                <li><a href=to("tests") aria-current=current(Place::Tests)><Icon name="i-flask" />"Tests"</a></li>
                <li><a href=to("learnings") aria-current=current(Place::Learnings)><Icon name="i-book-open" />"Learnings"</a></li>
                <li><a href=to("impact") aria-current=current(Place::Impact)><Icon name="i-line-chart" />"Impact"</a></li>
            </ul>
        </nav>
    }
}

/// Opens the quick capture; without script it leads to the whole form.
#[component]
fn NewButton(href: String) -> impl IntoView {
    view! {
        <a class="button primary new-button" data-key="n" data-dialog="capture" aria-label="New hypothesis" href=href>
            <Icon name="i-plus" /><span class="label">"New"</span>
        </a>
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
fn MoreLinks(
    frame: Frame,
    /// On a phone the bar at the bottom has no room for it.
    #[prop(optional)]
    with_evidence: bool,
) -> impl IntoView {
    let import = frame.may(Permission::Import).then(|| view! { <li><a href=frame.to("import")><Icon name="i-upload" />"Import"</a></li> });
    let evidence = with_evidence.then(|| view! { <li><a href=frame.to("evidence")><Icon name="i-paperclip" />"Evidence"</a></li> });
    view! {
        <ul>
            {evidence}
            <li><a href=frame.to("people")><Icon name="i-users" />"People"</a></li>
            {import}
            <li><a href=frame.to("settings")><Icon name="i-settings" />"Settings"</a></li>
            <li><a href="/account"><Icon name="i-user" />"Your account"</a></li>
            <li class="rule">
                <form method="post" action="/sign-out"><button><Icon name="i-log-out" />"Sign out"</button></form>
            </li>
        </ul>
    }
}

/// The theme at one touch, where the bar has no room for the whole menu. Rows are the same height on a phone.
#[component]
fn ThemeButtons(theme: String) -> impl IntoView {
    let chosen = if matches!(theme.as_str(), "light" | "dark") { theme } else { "system".to_owned() };
    let buttons = [("system", "System"), ("light", "Light"), ("dark", "Dark")]
        .map(|(value, name)| {
            let pressed = if value == chosen { "true" } else { "false" };
            view! { <button name="theme" value=value aria-pressed=pressed>{name}</button> }
        })
        .collect_view();
    view! {
        <form class="rule theme-buttons" method="post" action="/display">
            <span class="group" id="theme-buttons">"Theme"</span>
            <span class="segmented" role="group" aria-labelledby="theme-buttons">{buttons}</span>
        </form>
    }
}

/// Theme and density belong to the person's browser.
#[component]
fn DisplayMenu(keys: bool, theme: String, density: String) -> impl IntoView {
    let theme_is = |name: &str| theme == name;
    let compact = density == "compact";
    view! {
        <details class="menu display-menu">
            <summary class="icon-button"><Icon name="i-sun" /><span class="visually-hidden">"Theme and density"</span></summary>
            <div class="popover from-end">
                <form method="post" action="/display">
                    <fieldset>
                        <legend>"Theme"</legend>
                        <label class="choice"><input type="radio" name="theme" value="system" checked=!theme_is("light") && !theme_is("dark") />" Like the system"</label>
                        <label class="choice"><input type="radio" name="theme" value="light" checked=theme_is("light") />" Light"</label>
                        <label class="choice"><input type="radio" name="theme" value="dark" checked=theme_is("dark") />" Dark"</label>
                    </fieldset>
                    <fieldset class="rule">
                        <legend>"Rows"</legend>
                        <label class="choice"><input type="radio" name="density" value="comfortable" checked=!compact />" Comfortable"</label>
                        <label class="choice"><input type="radio" name="density" value="compact" checked=compact />" Compact"</label>
                    </fieldset>
                    <fieldset class="rule">
                        <legend>"Single keys"</legend>
                        <label class="choice"><input type="radio" name="keys" value="on" checked=keys />" On: N, S, /, J, K …"</label>
                        <label class="choice"><input type="radio" name="keys" value="off" checked=!keys />" Off"</label>
                        <button type="button" data-key="?" data-dialog="key-map">"Show all keys "<kbd aria-hidden="true">"?"</kbd></button>
                    </fieldset>
                    <div class="actions"><button class="button small primary">"Keep"</button></div>
                </form>
            </div>
        </details>
    }
}
