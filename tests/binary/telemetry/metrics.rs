//! `/_outcrop/metrics`.
#![expect(clippy::float_cmp, reason = "what is counted is whole")]

use http_body_util::BodyExt;
use serde_json::Value;

use super::{MODEL, ask, backend::Stalling, exposition::Exposition};
use crate::common::{
    Outcrop,
    client::{Client, connect},
    soon,
};

/// Stands for what a user would not want to be counted or logged.
const CANARY: &str = "canary-52c8";

async fn scrape(client: &mut Client) -> String {
    let response = client.get("/_outcrop/metrics").await;
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    String::from_utf8(response.into_body().to_vec()).unwrap()
}

#[tokio::test]
async fn answers_streams_and_errors_are_counted_and_no_text_is() {
    let mut server = Outcrop::start(&["--log-format", "json"]).await;
    let mut client = Client::http1(connect(server.address).await).await;
    let mut tokens = 0.0;
    for (model, operation, status) in [
        (MODEL, "converse", 200),
        (MODEL, "converse", 200),
        (MODEL, "converse-stream", 200),
        (CANARY, "converse", 400),
    ] {
        let response = client.send(ask(model, operation, CANARY)).await;
        assert_eq!(response.status(), status);
        let line: Value = serde_json::from_str(&server.logs("\"request\"").await).unwrap();
        if status == 200 {
            assert_eq!(line["backend"], "canned", "{line}");
            assert_eq!(line["stop_reason"], "end_turn", "{line}");
            assert!(line["first_token_ms"].as_f64() <= line["duration_ms"].as_f64());
            tokens += line["output_tokens"].as_f64().unwrap();
        } else {
            assert_eq!(line["error"], "ValidationException", "{line}");
        }
    }
    let text = scrape(&mut client).await;
    assert!(!text.contains(CANARY), "{text}");
    let read = Exposition::read(&text);
    let rpc = r#"rpc_method="Converse""#;
    let ok = r#"http_response_status_code="200""#;
    let bad = [rpc, r#"error_type="ValidationException""#];
    let count = "http_server_request_duration_seconds_count";
    assert_eq!(read.sum(count, &[rpc, ok]), 2.0);
    assert_eq!(read.sum(count, &bad), 1.0);
    let model = r#"gen_ai_request_model="amazon.nova-lite-v1:0""#;
    let canned = r#"outcrop_backend="canned""#;
    for name in [
        "gen_ai_server_request_duration_seconds_count",
        "gen_ai_client_operation_duration_seconds_count",
        "gen_ai_server_time_to_first_token_seconds_count",
        "gen_ai_server_time_per_output_token_seconds_count",
    ] {
        assert_eq!(read.sum(name, &[model, canned]), 3.0, "{name}");
    }
    let sum = "gen_ai_client_token_usage_sum";
    assert_eq!(read.sum(sum, &[r#"token_type="output""#]), tokens);
    let other = [r#"gen_ai_request_model="other""#, bad[1]];
    let durations = "gen_ai_server_request_duration_seconds_count";
    assert_eq!(read.sum(durations, &other), 1.0);
    assert_eq!(read.value("http_server_active_requests"), 1.0);
    assert_eq!(read.value("outcrop_active_streams"), 0.0);
    let unit = read.units.get("gen_ai_server_time_to_first_token_seconds");
    assert_eq!(unit.map(String::as_str), Some("seconds"));
}

#[tokio::test]
async fn a_client_that_leaves_its_stream_is_counted() {
    let backend = Stalling::start().await;
    let url = format!("http://{}/v1", backend.address);
    let flags = ["--backend", &url, "--backend-model", "m"];
    let mut server = Outcrop::start(&flags).await;
    let mut scraper = Client::http1(connect(server.address).await).await;

    let leaving = Client::http1(connect(server.address).await).await;
    let request = ask(MODEL, "converse-stream", "Hello");
    let mut stream = soon("a response", leaving.begin(request)).await;
    soon("an event", stream.body_mut().frame())
        .await
        .unwrap()
        .unwrap();
    let read = Exposition::read(&scrape(&mut scraper).await);
    assert_eq!(read.value("outcrop_active_streams"), 1.0);

    drop(stream);
    soon("the end of the backend's request", backend.left)
        .await
        .unwrap();
    let line = server.logs("abandoned").await;
    assert!(line.contains("first_token_ms="), "{line}");
    let read = Exposition::read(&scrape(&mut scraper).await);
    assert_eq!(read.value("outcrop_active_streams"), 0.0);
    let aborted = r#"outcrop_requests_aborted_total{rpc_method="ConverseStream"}"#;
    assert_eq!(read.value(aborted), 1.0);
    let first = "gen_ai_server_time_to_first_token_seconds_count";
    assert_eq!(read.sum(first, &[]), 1.0);
    let left = [r#"error_type="client_disconnected""#];
    let durations = "gen_ai_server_request_duration_seconds_count";
    assert_eq!(read.sum(durations, &left), 1.0);
    assert_eq!(read.sum("gen_ai_client_token_usage_count", &[]), 0.0);
}
