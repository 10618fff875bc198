//! The document around every page. Server only.

use crate::request;
use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Theme and density come from a cookie, so that the first paint is right.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let theme = request::cookie("theme").filter(|theme| matches!(theme.as_str(), "light" | "dark"));
    let density = request::cookie("density").filter(|density| density == "compact");
    forbid_foreign_code();
    view! {
        <!DOCTYPE html>
        <html lang="en-GB" data-theme=theme data-density=density>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="stylesheet" href="/pkg/hypotheca.css" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="preload" href="/fonts/inter-latin-wght.woff2" r#as="font" type="font/woff2" crossorigin="anonymous" />
                <HydrationScripts options islands=true />
                <MetaTags />
            </head>
            <body>
                <crate::App />
            </body>
        </html>
    }
}

/// Scripts run only with this answer's nonce; styles, fonts and connections are the site's own.
fn forbid_foreign_code() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<leptos_axum::ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    if let Ok(value) = axum::http::HeaderValue::from_str(&policy) {
        response.insert_header(axum::http::header::CONTENT_SECURITY_POLICY, value);
    }
}
