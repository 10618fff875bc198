//! What stands where there is nothing to show: nothing yet, nothing here, something failed.

use super::icon::Mark;
use leptos::prelude::*;
use leptos_meta::Title;

/// Nothing yet: what goes here, and how it begins.
#[component]
pub fn Empty(#[prop(into)] title: String, #[prop(into)] text: String, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class="state">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <p class="actions">{children()}</p> })}
        </div>
    }
}

/// A page that could not be shown.
#[component]
pub fn ErrorState(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(into)] href: String,
    #[prop(into)] link: String,
) -> impl IntoView {
    view! {
        <Title text=title.clone() />
        <main id="content" class="page error-page">
            <p class="door-brand"><Mark />"Hypotheca"</p>
            <div class="state" role="alert">
                <h1>{title}</h1>
                <p>{text}</p>
                <p class="actions"><a class="button" href=href>{link}</a></p>
            </div>
        </main>
    }
}

/// An address without a page.
#[component]
pub fn NothingHere() -> impl IntoView {
    view! { <ErrorState title="Nothing here" text="This address leads nowhere. It may have been mistyped." href="/" link="To the start" /> }
}
