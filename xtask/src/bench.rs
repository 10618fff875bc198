//! `cargo xtask bench`: the list of hypotheses, small and large, as a page and over REST, a hypothesis with much beside it,
//! search, and what was tried before, on SQLite and then on PostgreSQL.
//!
//! The large library has 100,000 hypotheses and 300,000 pieces of evidence. A page is measured with one client, one request after another; REST with sixteen connections for five seconds.
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
    postgres::Cluster,
    site::{self, Mode},
    workspace::Workspace,
};

const PASSWORD: &str = "a password for measuring";
const EMAIL: &str = "bench@hypotheca.example";
/// Workspaces with so many hypotheses and pieces of evidence.
const SIZES: [(&str, u32, u32); 2] = [("small", 1_000, 0), ("large", 100_000, 300_000)];
/// What a hypothesis has beside it when it is opened.
const LINKED: usize = 200;
const EVENTS: usize = 500;
const QUERIES: [&str; 12] = [
    "stock+count",
    "delivery+date+basket",
    "returns+policy+checkout",
    "trade+prices",
    "show+sign-up",
    "recent+ord",
    "filter",
    "size+guide+search+results",
    "idea+4711",
    "area:checkout+payment+methods",
    "stage:idea+score:%3E7+reviews",
    "zzz+nothing",
];
const PAGES: usize = 300;
const DRAFTS: [&str; 8] = [
    "Show delivery costs in the basket",
    "Postage on the item page before people pay",
    "Fewer form fields at checkout on mobile, idea 4711",
    "Lieferdatum im Warenkorb zeigen",
    "Reviews",
    "Make the buy button stay in view while scrolling on phones and tablets",
    "Explain the returns policy beside the price for new visitors",
    "Simplify navi",
];
const CONNECTIONS: usize = 16;
const LOAD: Duration = Duration::from_secs(5);

/// Measures on libraries that are thrown away, or on those that `kept` names: a folder for the one of SQLite, and the
/// address of PostgreSQL's. What is not there yet is filled.
pub fn run(workspace: &Workspace, kept: Option<(&str, &str)>) -> Result<()> {
    site::build(workspace, Mode::Release)?;
    if let Some((folder, url)) = kept {
        return both(workspace, Path::new(folder), || Ok(url.to_owned()));
    }
    let data = std::env::temp_dir().join(format!("hypotheca-bench-{}", std::process::id()));
    let mut cluster = None;
    let outcome = both(workspace, &data, || Ok(cluster.insert(Cluster::start()?).url.clone()));
    std::fs::remove_dir_all(&data)?;
    outcome
}

fn both(workspace: &Workspace, data: &Path, postgres: impl FnOnce() -> Result<String>) -> Result<()> {
    std::fs::create_dir_all(data)?;
    println!("SQLite");
    measure(&Place { workspace, data, database: None })?;
    println!("PostgreSQL");
    measure(&Place { workspace, data, database: Some(&postgres()?) })
}

/// What is measured: this workspace's server with this data, and PostgreSQL if it has an address.
struct Place<'a> {
    workspace: &'a Workspace,
    data: &'a Path,
    database: Option<&'a str>,
}

impl Place<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.workspace.server(Mode::Release));
        command.args(arguments).env("HYPOTHECA_DATA", self.data).env_remove("DATABASE_URL").env_remove("HYPOTHECA_URL");
        if let Some(url) = self.database {
            command.env("DATABASE_URL", url);
        }
        command
    }
}

fn measure(place: &Place) -> Result<()> {
    for (slug, count, evidence) in SIZES {
        let start = Instant::now();
        match hypotheca(place, &["workspace", "add", slug, "--slug", slug], "") {
            Err(there) if there.to_string().contains("There is a workspace") => continue,
            made => made?,
        };
        let add = ["user", "add", "--email", EMAIL, "--name", "Bench", "--workspace", slug, "--role", "owner", "--password-stdin"];
        hypotheca(place, &add, PASSWORD)?;
        let (hypotheses, findings) = (count.to_string(), evidence.to_string());
        hypotheca(place, &["fill", "--workspace", slug, "--hypotheses", &hypotheses, "--evidence", &findings, "--seed", "7"], "")?;
        println!("fill {count:>7} hypotheses, {evidence:>7} findings {:>8.1} s", start.elapsed().as_secs_f64());
    }
    let token = ["token", "create", "--email", EMAIL, "--workspace", "large", "--scope", "write"];
    let token = hypotheca(place, &token, "")?;
    let mut server = Server::start(place)?;
    let cookie = sign_in(&server.host)?;
    let mut medians = Vec::new();
    for (slug, count, _) in SIZES {
        let times = pages(&server.host, &format!("/{slug}/hypotheses"), &cookie, |body| rows(body) == 50)?;
        println!("page of 50 out of {count:>7}, 1 client    median {:>6.2} ms   95th {:>6.2} ms", at(&times, 50), at(&times, 95));
        medians.push(at(&times, 50));
    }
    println!("large against small                    {:>8.2} times", medians[1] / medians[0]);
    let bearer = format!("Authorization: Bearer {token}");
    let tell = |what: &str, times: &[f64]| println!("{what:<39} median {:>6.2} ms   95th {:>6.2} ms", at(times, 50), at(times, 95));
    tell("tried before, out of 100,000", &similar(&server.host, "/api/v1/large/similar", &bearer)?);
    tell("search, out of 400,000", &search(&server.host, &bearer)?);
    let number = furnish(&server.host, &bearer)?;
    let opened = pages(&server.host, &format!("/large/hypotheses/{number}"), &cookie, |body| body.len() > 10_000)?;
    tell(&format!("a hypothesis with {LINKED} findings"), &opened);
    let (rate, times) = load(&server.host, "/api/v1/large/hypotheses", &bearer)?;
    println!("REST list, {CONNECTIONS} connections             {rate:>8.0} requests/s   99th {:>6.2} ms", at(&times, 99));
    server.stop()
}

/// Runs the command line with this standard input and answers what it prints.
fn hypotheca(place: &Place, arguments: &[&str], input: &str) -> Result<String> {
    let file = place.data.join("input");
    std::fs::write(&file, input)?;
    let mut command = place.command(arguments);
    output(command.stdin(std::fs::File::open(file)?))
}

struct Server {
    child: Child,
    host: String,
}

impl Server {
    fn start(place: &Place) -> Result<Self> {
        let mut command = place.command(&["serve", "--addr", "127.0.0.1:0"]);
        let mut child = command.env("LEPTOS_SITE_ROOT", place.workspace.site()).stdout(Stdio::piped()).spawn()?;
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

/// How many rows a list has.
fn rows(body: &[u8]) -> usize {
    body.windows(10).filter(|window| window == b"<tr><td cl").count()
}

/// A hypothesis with much evidence and a long history, made over REST; answers its number.
fn furnish(host: &str, bearer: &str) -> Result<String> {
    let mut client = Client::connect(host)?;
    let made = client.request("POST", "/api/v1/large/hypotheses", bearer, r#"{"title": "Keep everything on one page"}"#)?;
    let location = made.header("location").context("the hypothesis was not made")?.to_owned();
    for place in 1..=LINKED {
        let link = client.request("PUT", &format!("{location}/evidence/E-{place}"), bearer, r#"{"direction": "supports"}"#)?;
        if link.status != 200 {
            bail!("E-{place} was not linked: {}", link.status);
        }
    }
    for number in LINKED..EVENTS {
        let said = client.request("POST", &format!("{location}/comments"), bearer, &format!("{{\"body\": \"Remark {number}\"}}"))?;
        if said.status != 201 {
            bail!("a comment was not kept: {}", said.status);
        }
    }
    Ok(location.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Sorted times of searches, in milliseconds, after one round that is not counted.
fn search(host: &str, header: &str) -> Result<Vec<f64>> {
    let mut client = Client::connect(host)?;
    let mut times = Vec::new();
    for query in QUERIES.iter().cycle().take(QUERIES.len() * 21) {
        let start = Instant::now();
        let answer = client.request("GET", &format!("/api/v1/large/search?q={query}&limit=20"), header, "")?;
        if answer.status != 200 {
            bail!("{query} answered {}", answer.status);
        }
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let mut times = times.split_off(QUERIES.len());
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// Sorted times of one page, in milliseconds, after a few that are not counted.
fn pages(host: &str, path: &str, header: &str, whole: fn(&[u8]) -> bool) -> Result<Vec<f64>> {
    let mut client = Client::connect(host)?;
    let mut times = Vec::new();
    for round in 0..PAGES + 20 {
        let start = Instant::now();
        let answer = client.request("GET", path, header, "")?;
        if answer.status != 200 || !whole(&answer.body) {
            bail!("{path} answered {} with {} bytes", answer.status, answer.body.len());
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
