//! What is logged, and what is not, against the real binary.

use http::Request;

use crate::common::{
    Outcrop,
    client::{Client, connect, full},
};

/// Stands for what a user would not want in a log.
const SECRET: &str = "canary-7d1f";

fn converse(body: &str) -> Request<crate::common::client::RequestBody> {
    Request::post("http://localhost/model/amazon.nova-lite-v1%3A0/converse")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {SECRET}"))
        .body(full(body))
        .unwrap()
}

#[tokio::test]
async fn a_request_is_one_line_of_json() {
    let mut server = Outcrop::start(&["--log-format", "json"]).await;
    let mut client = Client::http1(connect(server.address).await).await;
    client.get("/_outcrop/health").await;
    let line = server.logs("\"request\"").await;
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["method"], "GET");
    assert_eq!(line["path"], "/_outcrop/health");
    assert_eq!(line["status"], 200);
    assert_eq!(line["outcome"], "complete");
    assert!(
        line["latency_ms"].as_f64().unwrap() <= line["duration_ms"].as_f64().unwrap(),
        "{line}"
    );
}

#[tokio::test]
async fn no_level_logs_prompts_or_credentials() {
    let mut server = Outcrop::start(&["--log-level", "trace"]).await;
    let good = format!(r#"{{"messages":[{{"role":"user","content":[{{"text":"{SECRET}"}}]}}]}}"#);
    let invalid =
        format!(r#"{{"messages":[{{"role":"{SECRET}","content":[{{"text":"{SECRET}"}}]}}]}}"#);
    let broken = format!(r#"{{"messages":"{SECRET}"#);
    for body in [&good, &invalid, &broken] {
        let mut one = Client::http1(connect(server.address).await).await;
        let mut two = Client::http2(connect(server.address).await).await;
        for client in [&mut one, &mut two] {
            client.send(converse(body)).await;
            server.logs("outcome=\"complete\"").await;
        }
    }
    server.signal("TERM").await;
    let exit = server.exit().await;
    assert!(exit.logged.len() > 6, "{:#?}", exit.logged);
    let told: Vec<_> = exit
        .logged
        .iter()
        .filter(|line| line.contains(SECRET))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}
