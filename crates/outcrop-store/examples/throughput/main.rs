//! What creations, lookups and pages cost with few resources and with many: through the stores, and through the API of
//! the binary that `OUTCROP_BIN` names. `bench/state` runs it; `--quick` is for trying it.
//!
//! Both sizes of everything are measured in turns, so that what else the machine does falls on both. The ratio says how
//! many times dearer something is with many.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "it prints, and stops where something fails"
)]

mod api;
mod http;
mod rounds;
mod stores;
#[path = "../../tests/support/mod.rs"]
mod support;

use std::sync::Arc;

use outcrop_store::{PostgresStore, SqliteStore, Store};
use rounds::{Plan, measure};

#[tokio::main]
async fn main() {
    let plan = if std::env::args().any(|argument| argument == "--quick") {
        Plan::QUICK
    } else {
        Plan::WHOLE
    };
    let [few, many] = plan.sizes;
    println!("| where | what | a second with {few} | with {many} | ratio |\n|---|---|---|---|---|");
    let folder = tempfile::tempdir().unwrap();
    let file = |size: usize| folder.path().join(format!("{size}/outcrop.db"));
    let sqlite = plan
        .sizes
        .map(|size| opened(SqliteStore::open(file(size)).unwrap()));
    measure("SQLite file", &plan, stores::filled(sqlite, &plan).await).await;
    let memory = plan
        .sizes
        .map(|_| opened(SqliteStore::in_memory().unwrap()));
    measure("SQLite memory", &plan, stores::filled(memory, &plan).await).await;

    let schemas = match (
        support::postgres::Schema::new().await,
        support::postgres::Schema::new().await,
    ) {
        (Some(few), Some(many)) => Some([few, many]),
        _ => None,
    };
    let mut postgres = Vec::new();
    for schema in schemas.iter().flatten() {
        postgres.push(opened(PostgresStore::connect(&schema.url).await.unwrap()));
    }
    if let Ok(stores) = <[Arc<dyn Store>; 2]>::try_from(postgres.clone()) {
        measure("PostgreSQL", &plan, stores::filled(stores, &plan).await).await;
    }
    let Ok(binary) = std::env::var("OUTCROP_BIN") else {
        println!("\nskipped: OUTCROP_BIN names no binary, so the API is not measured");
        return;
    };
    let files = plan.sizes.map(|size| {
        let state = file(size).parent().unwrap().display().to_string();
        let store = opened(SqliteStore::open(file(size)).unwrap());
        (vec!["--state".to_owned(), state], store)
    });
    measure(
        "API, SQLite file",
        &plan,
        api::filled(&binary, files, &plan).await,
    )
    .await;
    if let (Some([few, many]), [store_of_few, store_of_many]) = (&schemas, &postgres[..]) {
        let databases = [(few, store_of_few), (many, store_of_many)].map(|(schema, store)| {
            (
                vec!["--database-url".to_owned(), schema.url.clone()],
                store.clone(),
            )
        });
        measure(
            "API, PostgreSQL",
            &plan,
            api::filled(&binary, databases, &plan).await,
        )
        .await;
    }
    for schema in schemas.into_iter().flatten() {
        schema.drop().await;
    }
}

fn opened(store: impl Store) -> Arc<dyn Store> {
    Arc::new(store)
}
