//! What the service takes although its model does not say so.

use aws_smithy_http_server::body::Body;
use http::Request;
use serde_json::json;

use crate::service::{MODEL, converse, post, send};

fn said(text: &str) -> String {
    json!({ "messages": [{ "role": "user", "content": [{ "text": text }] }] }).to_string()
}

async fn answer_text(path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = Body::from_bytes(bytes::Bytes::copy_from_slice(body.as_bytes()));
    let answer = send(request.body(body).expect("a valid request")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()["output"]["message"]["content"][0]["text"]
        .as_str()
        .expect("a text")
        .to_owned()
}

#[tokio::test]
async fn content_type_and_accept_do_not_matter() {
    let path = format!("/model/{MODEL}/converse");
    for headers in [
        &[][..],
        &[("content-type", "application/json; charset=utf-8")],
        &[
            ("accept", "text/event-stream"),
            ("content-type", "application/json"),
        ],
    ] {
        assert_eq!(answer_text(&path, headers, &said("hello")).await, "hello");
    }
    let stream = Request::post(format!("/model/{MODEL}/converse-stream"))
        .header("accept", "application/json");
    let stream = stream
        .body(Body::from_bytes(said("x").into()))
        .expect("a valid request");
    assert_eq!(send(stream).await.status, 200);
}

#[tokio::test]
async fn modeled_accept_reaches_the_handler() {
    let request = Request::post(format!("/model/{MODEL}/invoke")).header("accept", "image/png");
    let request = request
        .header("content-type", "application/json")
        .body(Body::empty());
    let answer = send(request.expect("a valid request")).await;
    assert_eq!(
        answer.text(),
        r#"Some("image/png") Some("application/json")"#
    );
    assert_eq!(answer.header("x-amzn-bedrock-invocation-latency"), "5");
}

#[tokio::test]
async fn arns_and_base_paths_are_found() {
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl";
    let scope = "AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-1/bedrock/aws4_request, Signature=0";
    for path in [
        format!("/model/{arn}/converse"),
        format!("/v1/model/{}/converse", arn.replace('/', "%2F")),
        format!("/a/b/model/{}/converse", arn.replace(':', "%3A")),
    ] {
        let seen = answer_text(&path, &[("authorization", scope)], &said("caller")).await;
        assert_eq!(seen, format!("123456789012 eu-west-1 {arn}"), "{path}");
    }
}

#[tokio::test]
async fn unknown_members_are_ignored() {
    for body in [
        r#"{"messages":[{"role":"user","content":[{"text":"hello"}],"mood":1}],"shiny":{}}"#,
        r#"{"messages":[{"role":"user","content":[{"text":"hello","mood":{"deep":[1]}}]}]}"#,
        r#"{"messages":[{"role":"user","content":[{"mood":null,"text":"hello","__type":"x"}]}]}"#,
        r#"{"system":[{"text":"a","b":1},{"cachePoint":{"type":"default"},"c":2}],"messages":[{"role":"user","content":[{"text":"hello"}]}]}"#,
    ] {
        let answer = converse(body).await;
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
        assert_eq!(
            answer.json()["output"]["message"]["content"][0]["text"],
            "hello",
            "{body}"
        );
    }
}

#[tokio::test]
async fn handlers_see_the_body_as_sent() {
    let body = r#"{"messages":[{"role":"user","content":[{"text":"body","odd":1}]}]}"#;
    let answer = converse(body).await;
    assert_eq!(
        answer.json()["output"]["message"]["content"][0]["text"],
        body.len().to_string()
    );
}

#[tokio::test]
async fn opened_enums_take_what_is_live() {
    let body = json!({ "messages": [{ "role": "assistant", "content": [
        { "toolUse": { "toolUseId": "a", "name": "b", "input": {}, "type": "tool_use" } }
    ] }] });
    assert_eq!(converse(body.to_string()).await.status, 200);
    assert_eq!(post("/model/a.b/converse", "").await.status, 200);
}

#[tokio::test]
async fn native_bodies_are_the_models_own() {
    for body in [
        r#"{"temperature":7,"inferenceConfig":{"temperature":1.5},"additionalModelResponseFieldPaths":[""]}"#,
        "no JSON at all",
    ] {
        let answer = post(&format!("/model/{MODEL}/invoke"), body).await;
        assert_eq!(answer.status, 200, "{body}: {}", answer.text());
    }
}
