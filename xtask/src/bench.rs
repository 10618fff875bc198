//! `cargo xtask bench`: the list of hypotheses, small and large, as a page and over REST, and what was tried before, on
//! SQLite.
//!
//! A page is measured with one client, one request after another; REST with sixteen connections for five seconds.
//! Server and clients share the machine. Nothing is compressed on the way.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    command::output,
    http::Client,
    site::{self, Mode},
    workspace::Workspace,
};

const PASSWORD: &str = "a password for measuring";
const EMAIL: &str = "bench@hypotheca.example";
const SIZES: [(&str, u32); 2] = [("small", 1_000), ("large", 100_000)];
const PAGES: usize = 300;
const DRAFTS: [&str; 8] = [
    "Show delivery costs in the basket",
    "Postage on the item page before people pay",
    "Fewer form fields at checkout on mobile, idea 4711",
    "Versandkosten schon im Warenkorb zeigen",
    "Reviews",
    "Make the buy button stay in view while scrolling on phones and tablets",
    "Explain the returns policy beside the price for new visitors",
    "Simplify navi",
];
const CONNECTIONS: usize = 16;
const LOAD: Duration = Duration::from_secs(5);

pub fn run(workspace: &Workspace) -> Result<()> {
    site::build(workspace, Mode::Release)?;
    let data = std::env::temp_dir().join(format!("hypotheca-bench-{}", std::process::id()));
    std::fs::create_dir_all(&data)?;
    let outcome = measure(workspace, &data);
    std::fs::remove_dir_all(&data)?;
    outcome
}

fn measure(workspace: &Workspace, data: &Path) -> Result<()> {
    for (slug, count) in SIZES {
        let start = Instant::now();
        hypotheca(workspace, data, &["workspace", "add", slug, "--slug", slug], "")?;
        let add = ["user", "add", "--email", EMAIL, "--name", "Bench", "--workspace", slug, "--role", "owner", "--password-stdin"];
        hypotheca(workspace, data, &add, PASSWORD)?;
        hypotheca(workspace, data, &["fill", "--workspace", slug, "--hypotheses", &count.to_string(), "--seed", "7"], "")?;
        println!("fill {count:>7} hypotheses             {:>8.1} s", start.elapsed().as_secs_f64());
    }
    let token = ["token", "create", "--email", EMAIL, "--workspace", "large", "--scope", "read"];
    let token = hypotheca(workspace, data, &token, "")?;
    let mut server = Server::start(workspace, data)?;
    let cookie = sign_in(&server.host)?;
    let mut medians = Vec::new();
    for (slug, count) in SIZES {
        let times = pages(&server.host, &format!("/{slug}/hypotheses"), &cookie)?;
        println!("page of 50 out of {count:>7}, 1 client    median {:>6.2} ms   95th {:>6.2} ms", at(&times, 50), at(&times, 95));
        medians.push(at(&times, 50));
    }
    println!("large against small                    {:>8.2} times", medians[1] / medians[0]);
    let bearer = format!("Authorization: Bearer {token}");
    for (slug, count) in SIZES.iter().filter(|(slug, _)| *slug == "large") {
        let times = similar(&server.host, &format!("/api/v1/{slug}/similar"), &bearer)?;
        println!("tried before out of {count:>7}, 1 client  median {:>6.2} ms   95th {:>6.2} ms", at(&times, 50), at(&times, 95));
    }
    let (rate, times) = load(&server.host, "/api/v1/large/hypotheses", &bearer)?;
    println!("REST list, {CONNECTIONS} connections             {rate:>8.0} requests/s   99th {:>6.2} ms", at(&times, 99));
    server.stop()
}

/// Runs the command line with this standard input and answers what it prints.
fn hypotheca(workspace: &Workspace, data: &Path, arguments: &[&str], input: &str) -> Result<String> {
    let file = data.join("input");
    std::fs::write(&file, input)?;
    let mut command = Command::new(workspace.server(Mode::Release));
    command.args(arguments).env("HYPOTHECA_DATA", data).env_remove("DATABASE_URL").stdin(std::fs::File::open(file)?);
    output(&mut command)
}

struct Server {
    child: Child,
    host: String,
}

impl Server {
    fn start(workspace: &Workspace, data: &Path) -> Result<Self> {
        let mut command = Command::new(workspace.server(Mode::Release));
        command.args(["serve", "--addr", "127.0.0.1:0"]).env("HYPOTHECA_DATA", data).env("LEPTOS_SITE_ROOT", workspace.site());
        let mut child = command.env_remove("DATABASE_URL").env_remove("HYPOTHECA_URL").stdout(Stdio::piped()).spawn()?;
        let lines = BufReader::new(child.stdout.take().context("the server has no output")?).lines();
        for line in lines {
            if let Some(host) = line?.strip_prefix("Open http://") {
                return Ok(Self { child, host: host.to_owned() });
            }
        }
        bail!("the server did not say where it listens")
    }

    fn stop(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            drop(writeln!(std::io::stderr(), "the server could not be stopped: {error}"));
        }
    }
}

fn sign_in(host: &str) -> Result<String> {
    let form = format!("email={}&password={}", EMAIL.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let answer = Client::connect(host)?.request("POST", "/sign-in", "Accept: text/html", &form)?;
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    Ok(format!("Cookie: {}", cookie.context("signing in gave no cookie")?))
}

/// Sorted times of one page, in milliseconds, after a few that are not counted.
fn pages(host: &str, path: &str, header: &str) -> Result<Vec<f64>> {
    let mut client = Client::connect(host)?;
    let mut times = Vec::new();
    for round in 0..PAGES + 20 {
        let start = Instant::now();
        let answer = client.request("GET", path, header, "")?;
        let rows = answer.body.windows(10).filter(|window| window == b"<tr><td cl").count();
        if answer.status != 200 || rows != 50 {
            bail!("{path} answered {} with {rows} rows", answer.status);
        }
        if round >= 20 {
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// Sorted times of asking what is like a draft, in milliseconds: titles in the library's own words, in other words, and
/// half typed, with words as common there as words can be.
fn similar(host: &str, path: &str, header: &str) -> Result<Vec<f64>> {
    let mut client = Client::connect(host)?;
    let mut times = Vec::new();
    for title in DRAFTS.iter().cycle().take(DRAFTS.len() * 30) {
        let body = format!("{{\"title\": \"{title}\", \"area\": \"checkout\"}}");
        let start = Instant::now();
        let answer = client.request("POST", path, header, &body)?;
        if answer.status != 200 || !answer.body.starts_with(b"{\"items\":[{") {
            bail!("{path} answered {} for {title}", answer.status);
        }
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let mut times = times.split_off(DRAFTS.len());
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// Requests per second and sorted times under load.
fn load(host: &str, path: &str, header: &str) -> Result<(f64, Vec<f64>)> {
    let end = Instant::now() + LOAD;
    let one = || -> Result<Vec<f64>> {
        let mut client = Client::connect(host)?;
        let mut times = Vec::new();
        while Instant::now() < end {
            let start = Instant::now();
            let answer = client.request("GET", path, header, "")?;
            if answer.status != 200 {
                bail!("{path} answered {}", answer.status);
            }
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        Ok(times)
    };
    let mut times = Vec::new();
    std::thread::scope(|scope| -> Result<()> {
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(one)).collect();
        for thread in threads {
            times.extend(thread.join().map_err(|_| anyhow::anyhow!("a client stopped"))??);
        }
        Ok(())
    })?;
    times.sort_by(f64::total_cmp);
    Ok((times.len() as f64 / LOAD.as_secs_f64(), times))
}

/// The time that this share of requests, in percent, stays under.
fn at(sorted: &[f64], percent: usize) -> f64 {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
