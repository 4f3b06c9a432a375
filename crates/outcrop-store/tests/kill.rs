//! A process that writes is killed at a random moment, again and again: what it acknowledged is there, nothing is
//! half there, and the file opens at once. `OUTCROP_KILL_ROUNDS` says how often, 5 times if not said.
//!
//! The test's own program, called with a file, is the process that is killed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::similar_names,
    reason = "helpers of tests fail the test, too"
)]
#![allow(clippy::print_stdout, reason = "its output is what the test is about")]

#[path = "support/mod.rs"]
mod support;

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read, Write as _},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use outcrop_store::{ListQuery, SqliteStore, Store, Write};
use support::{all, commit, record};
use tokio::task::JoinSet;

const WRITERS: usize = 8;

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    if let Some(path) = std::env::var_os("OUTCROP_KILL_FILE") {
        return runtime.block_on(write_for_ever(Path::new(&path)));
    }
    let rounds = std::env::var("OUTCROP_KILL_ROUNDS").map_or(5, |rounds| rounds.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let mut acknowledged = BTreeSet::new();
    for round in 0..rounds {
        let killed_after = Duration::from_micros(random() % 200_000);
        let before = acknowledged.len();
        acknowledged.extend(killed(&file, killed_after));
        let opened = runtime.block_on(check(&file, &acknowledged));
        let new = acknowledged.len() - before;
        println!(
            "round {round}: killed after {killed_after:?}, {new} new commits, reopened in {opened:?}"
        );
    }
    assert!(
        !acknowledged.is_empty(),
        "nothing was acknowledged before the process was killed"
    );
    println!(
        "{} acknowledged commits are all there after {rounds} rounds",
        acknowledged.len()
    );
}

/// Commits pairs, and names each when it is acknowledged.
async fn write_for_ever(path: &Path) {
    let store = std::sync::Arc::new(SqliteStore::open(path).unwrap());
    let run = uuid::Uuid::new_v4().simple().to_string();
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (store, run) = (store.clone(), run.clone());
        writers.spawn(async move {
            for n in 0_u64.. {
                let pair = format!("{run}-{writer}-{n}");
                let writes =
                    ["a", "b"].map(|half| Write::Create(record(&format!("{pair}-{half}"), 1)));
                store.commit(commit(writes.into())).await.unwrap();
                let mut out = std::io::stdout().lock();
                writeln!(out, "{pair}").unwrap();
                out.flush().unwrap();
            }
        });
    }
    writers.join_all().await;
}

/// What the process acknowledged until it was killed, some time after its first commit.
fn killed(file: &Path, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .env("OUTCROP_KILL_FILE", file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    output.read_line(&mut text).unwrap();
    let reader = std::thread::spawn(move || {
        output.read_to_string(&mut text).unwrap();
        text
    });
    // The moment is what the test varies; it waits for nothing.
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    let text = reader.join().unwrap();
    // A line without its end was cut off by the kill.
    let complete = text.rsplit_once('\n').map_or("", |(complete, _)| complete);
    complete.lines().map(str::to_owned).collect()
}

/// How long opening took.
async fn check(file: &Path, acknowledged: &BTreeSet<String>) -> Duration {
    let started = Instant::now();
    let store = SqliteStore::open(file).unwrap();
    let opened = started.elapsed();
    let records = store
        .list(ListQuery {
            limit: usize::MAX,
            ..all()
        })
        .await
        .unwrap();
    let ids: BTreeSet<String> = records.into_iter().map(|record| record.key.id).collect();
    for pair in acknowledged {
        assert!(
            ids.contains(&format!("{pair}-a")),
            "{pair} was acknowledged and is lost"
        );
    }
    for id in &ids {
        let (pair, half) = id.rsplit_once('-').unwrap();
        let other = if half == "a" { "b" } else { "a" };
        assert!(
            ids.contains(&format!("{pair}-{other}")),
            "{pair} is half there"
        );
    }
    drop(store);
    let connection = rusqlite::Connection::open(file).unwrap();
    let integrity: String = connection
        .pragma_query_value(None, "integrity_check", |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
    opened
}

fn random() -> u64 {
    uuid::Uuid::new_v4().as_u64_pair().0
}
