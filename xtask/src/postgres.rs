//! A temporary PostgreSQL for the tests.
//!
//! `postgres.sh` owns the server and stops it when its standard input closes: dropping the guard
//! does that, and so does the system when this process ends in whatever way, ctrl-c included.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    process::{Child, Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::packages;

const SCRIPT: &str = include_str!("postgres.sh");

pub struct Cluster {
    keeper: Child,
    pub url: String,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        if !installed() {
            packages::install("postgresql")?;
        }
        let port = free_port()?;
        let mut keeper = Command::new("sh")
            .args(["-c", SCRIPT, "postgres.sh", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Out of reach of the terminal's ctrl-c, which would end it before it can tidy up.
            .process_group(0)
            .spawn()?;
        let output = keeper.stdout.take().context("the script's output is piped")?;
        let cluster = Self { keeper, url: format!("postgres://hypotheca@127.0.0.1:{port}/postgres") };
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        if line.trim() != "ready" {
            bail!("PostgreSQL did not start");
        }
        Ok(cluster)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if let Err(error) = self.keeper.wait() {
            eprintln!("PostgreSQL could not be stopped: {error}");
        }
    }
}

fn installed() -> bool {
    Command::new("sh")
        .args(["-c", "ls /usr/lib/postgresql/*/bin/initdb || command -v initdb"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
