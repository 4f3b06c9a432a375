//! What is logged, and what is not, against the real binary.

use http::Request;

use crate::common::{
    Outcrop,
    client::{Client, RequestBody, connect, full},
};

/// Stands for what a user would not want in a log.
const SECRET: &str = "canary-7d1f";

fn post(path: &str, body: &str) -> Request<RequestBody> {
    Request::post(format!("http://localhost{path}"))
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

/// Requests that have the secret in every place that an error could quote.
fn bodies() -> Vec<String> {
    let message =
        |block: &str| format!(r#"{{"messages":[{{"role":"user","content":[{block}]}}]}}"#);
    let text = format!(r#"{{"text":"{SECRET}"}}"#);
    let with =
        |more: &str| format!(r#"{{"messages":[{{"role":"user","content":[{text}]}}],{more}}}"#);
    vec![
        message(&text),
        format!(
            r#"{{"anthropic_version":"bedrock-2023-05-31","max_tokens":9,"messages":[{{"role":"user","content":"{SECRET}"}}]}}"#
        ),
        message(&text).replace("user", SECRET),
        message(&format!(r#"{{"{SECRET}":1}}"#)),
        message(&format!(r#"{{"text":{SECRET}}}"#)),
        message(&format!(
            r#"{{"image":{{"format":"{SECRET}","source":{{"bytes":"{SECRET}!"}}}}}}"#
        )),
        with(&format!(r#""inferenceConfig":{{"maxTokens":"{SECRET}"}}"#)),
        with(&format!(
            r#""toolConfig":{{"tools":[{{"toolSpec":{{"name":"{SECRET} !","inputSchema":{{"json":{{"{SECRET}":"{SECRET}"}}}}}}}}]}}"#
        )),
        with(&format!(
            r#""requestMetadata":{{"{SECRET}\u0000":"{SECRET}\u0000"}}"#
        )),
        with(&format!(
            r#""guardrailConfig":{{"guardrailIdentifier":"{SECRET} !","guardrailVersion":"{SECRET}"}}"#
        )),
        format!(r#"{{"messages":"{SECRET}"#),
        SECRET.to_owned(),
    ]
}

#[tokio::test]
async fn no_level_logs_prompts_or_credentials() {
    let mut server = Outcrop::start(&["--log-level", "trace"]).await;
    let mut one = Client::http1(connect(server.address).await).await;
    let mut two = Client::http2(connect(server.address).await).await;
    let mut statuses = Vec::new();
    for operation in [
        "converse",
        "converse-stream",
        "invoke",
        "invoke-with-response-stream",
        "count-tokens",
    ] {
        let path = format!("/model/anthropic.claude-3-haiku-20240307-v1%3A0/{operation}");
        for body in bodies() {
            for client in [&mut one, &mut two] {
                statuses.push(client.send(post(&path, &body)).await.status().as_u16());
                server.logs("outcome=").await;
            }
        }
    }
    assert!(
        statuses.iter().filter(|status| **status == 200).count() >= 8,
        "{statuses:?}"
    );
    assert!(
        statuses.iter().filter(|status| **status == 400).count() >= 40,
        "{statuses:?}"
    );
    server.signal("TERM").await;
    let exit = server.exit().await;
    assert!(exit.logged.len() > statuses.len(), "{:#?}", exit.logged);
    let told: Vec<_> = exit
        .logged
        .iter()
        .filter(|line| line.contains(SECRET))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}
