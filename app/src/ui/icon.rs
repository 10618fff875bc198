//! Icons come from one sprite; they are decoration unless given a label.

use super::words::initials;
use leptos::prelude::*;

/// An icon of the sprite, by its name there (`i-plus`, `o-win`).
#[component]
pub fn Icon(
    name: &'static str,
    /// What it says to those who do not see it; without it the icon is decoration.
    #[prop(optional, into)]
    label: Option<String>,
    /// True for glyphs with colours of their own.
    #[prop(optional)]
    own: bool,
) -> impl IntoView {
    let href = format!("/icons.svg#{name}");
    let class = if own { "icon own" } else { "icon" };
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg class=class aria-hidden=hidden role=role aria-label=label>
            <use href=href></use>
        </svg>
    }
}

/// The logo's mark.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" aria-hidden="true">
            <use href="/icons.svg#mark"></use>
        </svg>
    }
}

/// A person's initials, with the name on hover and for readers.
#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    let short = initials(&name);
    view! { <abbr class="avatar" title=name>{short}</abbr> }
}
