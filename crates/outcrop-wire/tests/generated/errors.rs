//! Errors of handlers, of the framework and of routes.

use serde_json::json;

use crate::service::{converse, get, post};

fn wish(text: &str) -> String {
    json!({ "messages": [{ "role": "user", "content": [{ "text": text }] }] }).to_string()
}

const SERVICE: &str = "http://internal.amazon.com/coral/com.amazon.bedrock/";

#[tokio::test]
async fn errors_of_handlers_are_in_the_envelope() {
    for (text, status, shape, body) in [
        (
            "invalid",
            400,
            "ValidationException",
            json!({"message": "as you wish"}),
        ),
        (
            "model error",
            424,
            "ModelErrorException",
            json!({"message": "it failed", "originalStatusCode": 418, "resourceName": "teapot"}),
        ),
        (
            "throttle",
            429,
            "ThrottlingException",
            json!({"message": "slower"}),
        ),
    ] {
        let answer = converse(wish(text)).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-type"), "application/json");
        assert_eq!(
            answer.header("x-amzn-errortype"),
            format!("{shape}:{SERVICE}")
        );
        assert_eq!(
            answer.header("content-length"),
            answer.body.len().to_string()
        );
        let mut expected = body;
        expected["__type"] = json!(shape);
        assert_eq!(answer.json(), expected);
        assert!(
            answer.text().starts_with(r#"{"__type":""#),
            "{}",
            answer.text()
        );
    }
    assert_eq!(converse(wish("throttle")).await.header("retry-after"), "7");
}

#[tokio::test]
async fn errors_of_streaming_operations_are_json_too() {
    let answer = post("/model/a.b/converse-stream", wish("invalid")).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (400, "application/json")
    );
    assert_eq!(
        answer.json(),
        json!({"__type": "ValidationException", "message": "as you wish"})
    );
}

#[tokio::test]
async fn panic_is_a_500() {
    let answer = converse(wish("panic")).await;
    assert_eq!(
        (answer.status, &answer.json()["__type"]),
        (500, &json!("InternalServerException"))
    );
    assert_eq!(converse(wish("still here")).await.status, 200);
}

#[tokio::test]
async fn every_operation_without_handler_says_so() {
    for path in [
        "/guardrails",
        "/model-customization-jobs",
        "/custom-models",
        "/async-invoke",
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, 501, "{path}: {}", answer.text());
    }
    let bidirectional = post("/model/a.b/invoke-with-bidirectional-stream", "").await;
    assert_eq!(bidirectional.status, 501);
    assert!(
        bidirectional
            .message()
            .contains("InvokeModelWithBidirectionalStream")
    );
}

#[tokio::test]
async fn unknown_routes_are_unknown() {
    assert_eq!(post("/v1/chat/completions", "{}").await.status, 404);
    assert_eq!(get("/model/a.b/converse").await.status, 405);
    assert_eq!(get("/").await.json()["__type"], "UnknownOperationException");
}
