//! How the server ends, against the real binary.

use http::StatusCode;
use tokio::net::TcpStream;

use crate::common::{
    Outcrop,
    client::{Client, connect},
    running::Running,
    soon,
};

const HEALTH: &str = "/_outcrop/health";

/// The log then says when a request's head has arrived.
const VERBOSE: &[&str] = &["--log-level", "info,outcrop=debug"];

#[tokio::test]
async fn running_requests_finish_before_the_server_ends() {
    let mut server = Outcrop::start(VERBOSE).await;
    let address = server.address;
    let one = Running::begin(Client::http1(connect(address).await).await, &mut server).await;
    let two = Running::begin(Client::http2(connect(address).await).await, &mut server).await;
    server.signal("TERM").await;
    server.logs("stopping").await;
    // The port closes at once: sooner or later nobody can connect any more.
    soon("a refused connection", async {
        while TcpStream::connect(address).await.is_ok() {}
    })
    .await;
    for running in [one, two] {
        assert_ne!(running.finish().await.as_u16(), 0);
    }
    let exit = server.exit().await;
    assert_eq!(exit.status.code(), Some(0));
    assert!(exit.printed.is_empty(), "{:?}", exit.printed);
    let requests = exit
        .logged
        .iter()
        .filter(|line| line.contains("outcome=\"complete\""))
        .count();
    assert_eq!(requests, 2, "{:#?}", exit.logged);
}

#[tokio::test]
async fn idle_connections_do_not_delay_the_end() {
    let server = Outcrop::start(&[]).await;
    let mut one = Client::http1(connect(server.address).await).await;
    let mut two = Client::http2(connect(server.address).await).await;
    let untouched = connect(server.address).await;
    assert_eq!(one.get(HEALTH).await.status(), StatusCode::OK);
    assert_eq!(two.get(HEALTH).await.status(), StatusCode::OK);
    server.signal("INT").await;
    assert_eq!(server.exit().await.status.code(), Some(0));
    for client in [one, two] {
        soon("the end of the connection", client.connection)
            .await
            .unwrap()
            .expect("an orderly end");
    }
    drop(untouched);
}

#[tokio::test]
async fn what_runs_longer_than_the_grace_is_cut() {
    let mut server = Outcrop::start(&[VERBOSE, &["--shutdown-grace", "100ms"]].concat()).await;
    let client = Client::http1(connect(server.address).await).await;
    let running = Running::begin(client, &mut server).await;
    server.signal("TERM").await;
    let exit = server.exit().await;
    assert_eq!(exit.status.code(), Some(0));
    assert!(
        exit.logged.iter().any(|line| line.contains("was cut")),
        "{:#?}",
        exit.logged
    );
    running.response.abort();
}

#[tokio::test]
async fn a_second_signal_ends_the_server_at_once() {
    let mut server = Outcrop::start(VERBOSE).await;
    let client = Client::http1(connect(server.address).await).await;
    let running = Running::begin(client, &mut server).await;
    server.signal("TERM").await;
    server.logs("stopping").await;
    server.signal("TERM").await;
    assert_eq!(server.exit().await.status.code(), Some(143));
    running.response.abort();
}
