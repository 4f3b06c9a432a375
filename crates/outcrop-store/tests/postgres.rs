//! Several servers on one database, and a database that ends its connections.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests fail the test, too"
)]

mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use outcrop_store::{Committed, PostgresStore, Store, StoreError};
use support::{all, create, key, postgres::Schema, record, with_token};
use tokio::task::JoinSet;

/// Three, connected at the same time.
async fn replicas(schema: &Schema) -> Vec<Arc<PostgresStore>> {
    let mut tasks = JoinSet::new();
    for _ in 0..3 {
        let url = schema.url.clone();
        tasks.spawn(async move { Arc::new(PostgresStore::connect(&url).await.unwrap()) });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_may_start_on_an_empty_database() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let stores = replicas(&schema).await;
    stores[0].commit(create(&record("one", 1))).await.unwrap();
    for store in &stores {
        assert_eq!(store.get(key("one")).await.unwrap(), Some(record("one", 1)));
    }
    let versions = schema
        .client
        .query("select version from schema_version", &[])
        .await
        .unwrap();
    assert_eq!(versions.len(), 2);
    schema.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_makes_one_record_on_all_servers() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let stores = replicas(&schema).await;
    for round in 0..20 {
        let mut tasks = JoinSet::new();
        for n in 0..12 {
            let (store, id) = (stores[n % 3].clone(), format!("{round}-{n}"));
            let token = format!("token {round}");
            tasks.spawn(async move {
                store
                    .commit(with_token(&record(&id, 1), &token, 7, 1))
                    .await
                    .unwrap()
            });
        }
        let answers = tasks.join_all().await;
        assert_eq!(
            answers
                .iter()
                .filter(|answer| **answer == Committed::Done)
                .count(),
            1
        );
    }
    assert_eq!(stores[0].list(all()).await.unwrap().len(), 20);
    schema.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_server_ended_are_replaced() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let store = Arc::new(PostgresStore::connect(&schema.url).await.unwrap());
    store.commit(create(&record("one", 1))).await.unwrap();
    for round in 0..10 {
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let store = store.clone();
            tasks.spawn(async move { store.get(key("one")).await.unwrap().unwrap() });
        }
        assert!(schema.disconnect_stores().await > 0, "round {round}");
        tasks.join_all().await;
        let started = Instant::now();
        assert!(store.get(key("one")).await.unwrap().is_some());
        println!("read again after {:?}", started.elapsed());
        store
            .commit(create(&record(&format!("r{round}"), 2)))
            .await
            .unwrap();
    }
    schema.drop().await;
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    drop(PostgresStore::connect(&schema.url).await.unwrap());
    schema
        .client
        .batch_execute("insert into schema_version (version) values (999)")
        .await
        .unwrap();
    let error = PostgresStore::connect(&schema.url)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("version 999") && error.contains("newer Outcrop"),
        "{error}"
    );
    schema.drop().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_connection_is_told() {
    let error = PostgresStore::connect("postgres://u:secret@localhost/x?sslmode=maybe")
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("sslmode") && !error.to_string().contains("secret"),
        "{error}"
    );
    let Some(schema) = Schema::new().await else {
        return;
    };
    let nowhere = schema.url.replace("/postgres?", "/no_such_database?");
    let error = PostgresStore::connect(&nowhere).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Unavailable(why) if why.contains("no_such_database")),
        "{error}"
    );
    schema.drop().await;
}

/// Nobody listens on the port that was free a moment ago.
#[tokio::test]
async fn a_server_that_is_not_there_is_told_within_the_deadline() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("postgres://outcrop@127.0.0.1:{free}/x");
    let connected =
        tokio::time::timeout(Duration::from_secs(30), PostgresStore::connect(&url)).await;
    let error = connected.expect("it gives up").unwrap_err().to_string();
    assert!(error.contains("see that the server runs"), "{error}");
}
