//! Breaks every constraint of the official models, one at a time, and sends malformed bodies to every operation.
//!
//! `cargo test -p outcrop-conformance --test constraints -- --nocapture` prints the counts and writes every fault to
//! `target/tmp/constraints.txt`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test, outside of its test functions"
)]

use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use outcrop_conformance::{
    client::Client,
    constraint::{Case, breakage, malformed, table::Table},
    server::{self, Server},
};

/// Connections at a time.
const CONNECTIONS: usize = 8;

/// Faults that a failure shows.
const SHOWN: usize = 25;

/// A case and what is wrong with its answer.
type Outcome = (Case, Option<String>);

fn tables() -> Vec<Table> {
    let folders = fs::read_dir(server::root().join("crates")).expect("the crates");
    let mut paths: Vec<PathBuf> = folders
        .map(|folder| folder.expect("a folder").path().join("constraints.json"))
        .filter(|path| path.exists())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| Table::read(path).expect("a constraint table"))
        .collect()
}

fn cases() -> Vec<Case> {
    let tables = tables();
    assert!(!tables.is_empty(), "no constraint table under crates/");
    let operations = tables.iter().flat_map(|table| {
        table
            .operations
            .iter()
            .map(move |operation| (table, operation))
    });
    let cases = operations.flat_map(|(table, operation)| {
        let broken = breakage::cases(table, operation);
        broken.into_iter().chain(malformed::cases(table, operation))
    });
    cases.collect()
}

/// Every operation has a valid request, so that its constraints can be broken one at a time.
#[test]
fn every_operation_has_a_valid_request() {
    let tables = tables();
    let operations = tables.iter().flat_map(|table| {
        table
            .operations
            .iter()
            .map(move |operation| (table, operation))
    });
    let without =
        operations.filter(|(table, operation)| breakage::valid(table, operation).is_none());
    let without: Vec<_> = without.map(|(_, operation)| &operation.name).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_constraints_are_told_and_nothing_fails() {
    let server = Server::start(&[]).await.expect("a running server");
    let outcomes = send_all(server.address, cases()).await;
    let faults = print(&outcomes);
    let panics = server.panics();
    assert!(panics.is_empty(), "{panics:#?}");
    let shown: Vec<_> = faults.iter().take(SHOWN).collect();
    assert!(
        faults.is_empty(),
        "{} faults, among them {shown:#?}",
        faults.len()
    );
}

async fn send_all(address: SocketAddr, cases: Vec<Case>) -> Vec<Outcome> {
    let queue = Arc::new(Mutex::new(cases.into_iter()));
    let senders: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(send(address, Arc::clone(&queue))))
        .collect();
    let mut outcomes = Vec::new();
    for sender in senders {
        outcomes.extend(sender.await.expect("a sender that ends"));
    }
    outcomes
}

async fn send(address: SocketAddr, queue: Arc<Mutex<impl Iterator<Item = Case>>>) -> Vec<Outcome> {
    let mut client = Client::new(address);
    let mut outcomes = Vec::new();
    let next = || queue.lock().expect("an intact queue").next();
    while let Some(case) = next() {
        let fault = match client.send(&case.request).await {
            Ok(answer) => case.expectation.fault(&answer),
            Err(failure) => Some(failure.to_string()),
        };
        outcomes.push((case, fault));
    }
    outcomes
}

/// Prints the counts per kind, writes every fault down and returns them.
fn print(outcomes: &[Outcome]) -> Vec<String> {
    let mut kinds: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut faults = Vec::new();
    for (case, fault) in outcomes {
        let (right, all) = kinds.entry(case.kind).or_default();
        *right += u32::from(fault.is_none());
        *all += 1;
        faults.extend(fault.as_ref().map(|fault| {
            let Case {
                operation,
                kind,
                path,
                request,
                ..
            } = case;
            let body: String = String::from_utf8_lossy(&request.body)
                .chars()
                .take(200)
                .collect();
            format!(
                "{operation}, {kind} {path}: {fault}\n    {} {} {body}",
                request.method, request.path
            )
        }));
    }
    for (kind, (right, all)) in &kinds {
        println!("{kind:<20}{right:>7}/{all}");
    }
    let sum = |count: fn(&(u32, u32)) -> u32| kinds.values().map(count).sum::<u32>();
    println!(
        "{:<20}{:>7}/{}",
        "all",
        sum(|count| count.0),
        sum(|count| count.1)
    );
    faults.sort();
    let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("constraints.txt");
    fs::write(&report, faults.join("\n")).expect("a writable target folder");
    println!("faults: {}", report.display());
    faults
}
