//! What every handler shares: the store, the public address, the limits.

use crate::limits::Limits;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use std::path::PathBuf;
use std::sync::Arc;
use store::Store;

/// How the site is reached.
#[derive(Debug, Clone)]
pub struct SiteConfig {
    /// The public address without a slash at its end: every link is made from it, never from a request.
    pub address: String,
    /// Whether the address was given; without it only loopback names are accepted as Host.
    pub address_given: bool,
    /// The folder with scripts, styles, fonts and icons.
    pub assets: PathBuf,
    /// The key of the one-time set-up link, as long as nobody has set up.
    pub set_up_key: Option<String>,
}

impl SiteConfig {
    /// Whether cookies may only travel over https.
    pub fn is_secure(&self) -> bool {
        self.address.starts_with("https://")
    }

    /// The session cookie's name; the prefix makes browsers insist on https and on this host.
    pub fn cookie_name(&self) -> &'static str {
        if self.is_secure() { "__Host-session" } else { "session" }
    }
}

/// The state behind the router.
#[derive(Clone)]
pub struct Site {
    pub store: Store,
    pub config: Arc<SiteConfig>,
    pub limits: Arc<Limits>,
    leptos: LeptosOptions,
}

impl Site {
    pub fn new(store: Store, config: SiteConfig) -> Self {
        let leptos = LeptosOptions::builder()
            .output_name("hypotheca")
            .site_root(config.assets.to_string_lossy().into_owned())
            .site_pkg_dir("pkg")
            .build();
        Self { store, config: Arc::new(config), limits: Arc::new(Limits::default()), leptos }
    }

    pub fn leptos(&self) -> &LeptosOptions {
        &self.leptos
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}
