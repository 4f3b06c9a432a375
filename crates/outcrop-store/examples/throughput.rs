//! How many creations, reads and pages a second a store gives, with few records and with many.
//!
//!     cargo run --release -p outcrop-store --example throughput [RECORDS]...
//!
//! `PostgreSQL` is measured in a schema of its own where `OUTCROP_TEST_POSTGRES` names a server.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it prints, and stops where something fails"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use outcrop_store::{After, ListQuery, PostgresStore, SqliteStore, Store};
use support::{all, create, key, record};
use tokio::task::JoinSet;

const WRITERS: usize = 32;
const PAGE: usize = 100;

#[tokio::main]
async fn main() {
    let mut sizes: Vec<usize> = std::env::args()
        .skip(1)
        .map(|size| size.parse().unwrap())
        .collect();
    if sizes.is_empty() {
        sizes = vec![100, 100_000];
    }
    println!(
        "store         records   create/s (1, {WRITERS} at once)   get/s   pages of {PAGE}/s (start, middle, end)"
    );
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        measure(
            "sqlite",
            Arc::new(SqliteStore::open(folder.path().join("store.db")).unwrap()),
            size,
        )
        .await;
        measure(
            "sqlite memory",
            Arc::new(SqliteStore::in_memory().unwrap()),
            size,
        )
        .await;
        if let Some(schema) = support::postgres::Schema::new().await {
            measure(
                "postgres",
                Arc::new(PostgresStore::connect(&schema.url).await.unwrap()),
                size,
            )
            .await;
            schema.drop().await;
        }
    }
}

async fn measure(name: &str, store: Arc<dyn Store>, size: usize) {
    let alone = size.min(100);
    let create_alone = per_second(alone, make(&store, 0, alone, 1)).await;
    let together = size - alone;
    let create_together = per_second(together, make(&store, alone, size, WRITERS)).await;
    let gets = 2000.min(size * 10);
    let get = per_second(gets, async {
        for n in 0..gets {
            assert!(
                store
                    .get(key(&id(n * 7919 % size)))
                    .await
                    .unwrap()
                    .is_some()
            );
        }
    });
    let get = get.await;
    let mut pages = Vec::new();
    for start in [0, size / 2, size.saturating_sub(PAGE)] {
        let after = start.checked_sub(1).map(|last| After {
            created_at: time(last),
            id: id(last),
        });
        let query = ListQuery {
            after,
            limit: PAGE,
            ..all()
        };
        let rate = per_second(200, async {
            for _ in 0..200 {
                assert!(!store.list(query.clone()).await.unwrap().is_empty());
            }
        });
        pages.push(rate.await);
    }
    println!(
        "{name:<13} {size:>7}   {create_alone:>9} {create_together:>12}   {get:>13}   {pages:?}"
    );
}

/// Creates the records `from..to`, by as many tasks as are said.
async fn make(store: &Arc<dyn Store>, from: usize, to: usize, tasks: usize) {
    let mut writers = JoinSet::new();
    for task in 0..tasks {
        let store = store.clone();
        writers.spawn(async move {
            for n in (from + task..to).step_by(tasks) {
                store
                    .commit(create(&record(&id(n), time(n))))
                    .await
                    .unwrap();
            }
        });
    }
    writers.join_all().await;
}

async fn per_second(count: usize, work: impl Future<Output = ()>) -> u128 {
    let started = Instant::now();
    work.await;
    let took = started.elapsed().max(Duration::from_micros(1));
    count as u128 * 1_000_000 / took.as_micros()
}

fn id(n: usize) -> String {
    format!("r{n:09}")
}

fn time(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}
