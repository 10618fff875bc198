//! Starting the server.

use super::Stop;
use super::place::Place;
use crate::site::{Site, SiteConfig};
use axum::serve::ListenerExt;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "HYPOTHECA_ADDR", default_value = "127.0.0.1:3000")]
    addr: SocketAddr,
    /// The public address, such as https://hypotheses.example.com; every link is made from it.
    #[arg(long, env = "HYPOTHECA_URL")]
    url: Option<String>,
    /// The folder with scripts, styles and fonts; by default `site` beside the binary's folder.
    #[arg(long, env = "LEPTOS_SITE_ROOT")]
    site: Option<PathBuf>,
    /// Log as JSON, one line an event.
    #[arg(long, env = "HYPOTHECA_LOG_JSON")]
    log_json: bool,
}

#[expect(clippy::print_stdout, reason = "whoever starts the server reads where to open it")]
fn print(line: &str) {
    println!("{line}");
}

impl Serve {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        start_logging(self.log_json);
        if self.url.is_none() && !self.addr.ip().is_loopback() {
            return Err(Stop::Usage("Listening beyond this machine needs the public address: give --url.".into()));
        }
        let assets = self.assets()?;
        let store = place.open().await?;
        let listener = tokio::net::TcpListener::bind(self.addr)
            .await
            .map_err(|error| Stop::Refused(format!("{} cannot be listened on: {error}", self.addr)))?;
        let taken = listener.local_addr()?;
        let address = match &self.url {
            Some(url) => checked_url(url)?,
            None => format!("http://{taken}"),
        };
        let set_up_key = if store.is_empty().await? { Some(format!("{:032x}", rand::random::<u128>())) } else { None };
        print(&format!("Library: {} in {}", store.database_name(), place.folder.display()));
        print(&format!("Open {address}"));
        if let Some(key) = &set_up_key {
            print(&format!("Set-up link: {address}/set-up?key={key}"));
        }
        let (stop, stopping) = tokio::sync::watch::channel(());
        let renewing = tokio::spawn(crate::daily::keep_confidence_fresh(store.clone(), stopping));
        let config = SiteConfig { address, address_given: self.url.is_some(), assets, set_up_key };
        let (router, _) = crate::router(Site::new(store, config));
        // Small answers must not wait for a full packet.
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "no delay could not be set");
            }
        });
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stopped()).await?;
        drop(stop);
        renewing.await.map_err(|error| Stop::Refused(format!("The daily renewal broke off: {error}")))
    }

    fn assets(&self) -> Result<PathBuf, Stop> {
        let beside = || std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.join("site")));
        let folder = self.site.clone().filter(|folder| folder.exists()).or_else(beside);
        folder.filter(|folder| folder.join("pkg").is_dir()).ok_or_else(|| {
            Stop::Refused("The site folder with pkg/hypotheca.js is missing: run `cargo xtask build`, or give --site.".into())
        })
    }
}

fn checked_url(raw: &str) -> Result<String, Stop> {
    let url = raw.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host.filter(|host| !host.is_empty() && !host.contains('/')) {
        Some(_) => Ok(url.to_owned()),
        None => Err(Stop::Usage("--url is a scheme and a host, such as https://hypotheses.example.com.".into())),
    }
}

fn start_logging(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,server=info,store=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json { builder.json().init() } else { builder.init() }
}

async fn stopped() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "signals cannot be awaited");
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
