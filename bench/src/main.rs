//! Measures Outcrop against a raw hyper server, both in one run, and prints a table.

mod builds;
mod frames;
mod http;
mod load;
mod memory;
mod proxy;
mod server;
mod table;

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use load::Outcome;
use server::{Folder, Server};
use table::Table;

const CONNECTIONS: usize = 64;
const CONVERSE: &str = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse";

/// A request of about 430 bytes.
const BODY: &str = r#"{"messages":[{"role":"user","content":[{"text":"Summarize in two sentences why a river that crosses a plain keeps changing its course, and what that means for the towns that were built on its banks a hundred years ago."}]}],"system":[{"text":"You are a patient teacher of geography. Answer briefly, in plain words, and without lists."}],"inferenceConfig":{"maxTokens":512,"temperature":0.5}}"#;

struct Plan {
    rounds: usize,
    duration: Duration,
    /// Requests that are proxied one after another.
    proxied: usize,
    /// Long streams that each reader reads.
    streams: u32,
    builds: bool,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let flags: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    let builds = has("--builds");
    let plan = if has("--quick") {
        Plan {
            rounds: 1,
            duration: Duration::from_millis(500),
            proxied: 300,
            streams: 1,
            builds,
        }
    } else {
        Plan {
            rounds: 5,
            duration: Duration::from_secs(5),
            proxied: 5000,
            streams: 5,
            builds,
        }
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = || root.join("target/release/outcrop");
    let outcrop_bin = std::env::var_os("OUTCROP_BIN").map_or_else(built, PathBuf::from);
    let mut table = Table::default();
    if has("--proxy") {
        proxy::measure(&plan, &outcrop_bin, &mut table)?;
        table.print();
        return Ok(());
    }
    throughput(&plan, &outcrop_bin, &mut table).await?;
    memory::measure(&outcrop_bin, &mut table)?;
    start_up(&outcrop_bin, &mut table)?;
    proxy::measure(&plan, &outcrop_bin, &mut table)?;
    let size = std::fs::metadata(&outcrop_bin)?.len();
    table.row("binary", format!("{:.1} MB", megabytes(size)));
    if plan.builds {
        builds::measure(&root, &mut table)?;
    }
    table.print();
    Ok(())
}

fn outcrop(program: &Path) -> io::Result<Server> {
    Server::start(
        program,
        &[
            "serve",
            "--ephemeral",
            "--listen",
            "127.0.0.1:0",
            "--log-level",
            "warn",
        ],
    )
}

/// With a state file, which is new if the folder is.
fn with_state(program: &Path, folder: &Folder) -> io::Result<Server> {
    let folder = folder.0.to_string_lossy();
    Server::start(
        program,
        &[
            "serve",
            "--state",
            &folder,
            "--listen",
            "127.0.0.1:0",
            "--log-level",
            "warn",
        ],
    )
}

/// The yardstick, with the answers that Outcrop gives.
fn baseline(outcrop: &Server) -> io::Result<Server> {
    let answer = ask(outcrop, CONVERSE)?;
    let stream = frames::decode(&ask(outcrop, &format!("{CONVERSE}-stream"))?)?;
    let program = std::env::current_exe()?.with_file_name("baseline");
    Server::start(&program, &[&String::from_utf8_lossy(&answer), &stream])
}

fn ask(server: &Server, path: &str) -> io::Result<Vec<u8>> {
    let mut stream = server.connect()?;
    io::Write::write_all(&mut stream, &http::request(path, BODY))?;
    http::read_response(&mut stream)
}

async fn throughput(plan: &Plan, program: &Path, table: &mut Table) -> io::Result<()> {
    let ours = outcrop(program)?;
    let yardstick = baseline(&ours)?;
    for (name, suffix) in [("Converse", ""), ("ConverseStream", "-stream")] {
        let request: &'static [u8] = http::request(&format!("{CONVERSE}{suffix}"), BODY).leak();
        let mut rounds = Vec::new();
        for round in 0..plan.rounds {
            eprintln!("{name}: round {} of {}", round + 1, plan.rounds);
            let raw = load::run(&yardstick, request, CONNECTIONS, plan.duration).await?;
            let outcrop = load::run(&ours, request, CONNECTIONS, plan.duration).await?;
            rounds.push((outcrop, raw));
        }
        report(name, &mut rounds, table);
    }
    let resident = megabytes(ours.resident()?);
    table.row("resident after the load", format!("{resident:.1} MB"));
    Ok(())
}

/// The round whose ratio is the median speaks for all.
fn report(name: &str, rounds: &mut [(Outcome, Outcome)], table: &mut Table) {
    let ratio = |(outcrop, raw): &(Outcome, Outcome)| outcrop.rate / raw.rate;
    rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let median = rounds[rounds.len() / 2];
    let (outcrop, raw) = median;
    let (low, high) = (ratio(&rounds[0]), ratio(&rounds[rounds.len() - 1]));
    table.row(
        &format!("{name}: requests/s, ratio to raw hyper"),
        format!("{:.2} ({low:.2} to {high:.2})", ratio(&median)),
    );
    table.row(
        &format!("{name}: requests/s, Outcrop and raw hyper"),
        format!("{:.0} and {:.0}", outcrop.rate, raw.rate),
    );
    let micros = |outcome: Outcome| outcome.processor.as_secs_f64() * 1e6;
    table.row(
        &format!("{name}: processor time per request, Outcrop and raw hyper"),
        format!("{:.1} µs and {:.1} µs", micros(outcrop), micros(raw)),
    );
    table.row(
        &format!("{name}: p50 and p99 with {CONNECTIONS} connections"),
        format!(
            "{:.2} ms and {:.2} ms",
            millis(outcrop.p50),
            millis(outcrop.p99)
        ),
    );
}

/// Medians of several cold starts, from the start of the process to the ready line and to the first answer.
fn start_up(program: &Path, table: &mut Table) -> io::Result<()> {
    let (mut ready, mut answered, mut new_file) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..9 {
        let begun = std::time::Instant::now();
        let server = outcrop(program)?;
        ask(&server, CONVERSE)?;
        answered.push(begun.elapsed());
        ready.push(server.started_in);
        new_file.push(with_state(program, &Folder::new()?)?.started_in);
    }
    for (name, mut times) in [
        ("start to ready line", ready),
        ("start to ready line, with a new state file", new_file),
        ("start to first answer", answered),
    ] {
        times.sort_unstable();
        table.row(name, format!("{:.1} ms", millis(times[times.len() / 2])));
    }
    Ok(())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^52")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
