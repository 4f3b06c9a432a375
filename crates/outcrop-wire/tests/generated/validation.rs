//! What is refused, and how.

use serde_json::{Value, json};

use crate::service::{Answered, MODEL, converse, get, post};

fn refused(answer: &Answered, shape: &str) -> String {
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert_eq!(answer.json()["__type"], shape, "{}", answer.text());
    assert_eq!(
        answer.json().as_object().expect("an object").len(),
        2,
        "{}",
        answer.text()
    );
    answer.message()
}

async fn invalid(body: Value) -> String {
    refused(&converse(body.to_string()).await, "ValidationException")
}

async fn unreadable(body: impl Into<bytes::Bytes>) -> String {
    refused(&converse(body).await, "SerializationException")
}

#[tokio::test]
async fn enforced_constraints_are_reworded() {
    let expected = "1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy \
                    constraint: Member must have value greater than or equal to 1";
    assert_eq!(
        invalid(json!({"inferenceConfig": {"maxTokens": 0}})).await,
        expected
    );
    let body = json!({"toolConfig": {"tools": [{"toolSpec": {"name": "", "description": "", "inputSchema": {"json": {}}}}]}});
    let message = invalid(body).await;
    assert!(
        message.starts_with("3 validation errors detected: "),
        "{message}"
    );
    let body = json!({"messages": [{"role": "tool", "content": []}]});
    let expected = "1 validation error detected: Value 'tool' at 'messages.1.member.role' failed to satisfy \
                    constraint: Member must satisfy enum value set: [user, assistant, system]";
    assert_eq!(invalid(body).await, expected);
}

#[tokio::test]
async fn unenforced_constraints_are_enforced() {
    for (body, path) in [
        (
            json!({"inferenceConfig": {"temperature": 1.5}}),
            "inferenceConfig.temperature",
        ),
        (
            json!({"inferenceConfig": {"topP": -1}}),
            "inferenceConfig.topP",
        ),
        (
            json!({"additionalModelResponseFieldPaths": [""]}),
            "additionalModelResponseFieldPaths",
        ),
        (json!({"requestMetadata": {"k": "é"}}), "requestMetadata"),
        (json!({"requestMetadata": {"": "v"}}), "requestMetadata"),
    ] {
        let message = invalid(body).await;
        assert!(
            message.contains(&format!("at '{path}' failed to satisfy constraint")),
            "{message}"
        );
    }
}

#[tokio::test]
async fn unions_without_a_known_variant_are_named() {
    let message = invalid(json!({"messages": [{"role": "user", "content": [{"mood": 1}]}]})).await;
    assert!(
        message.starts_with(
            "ContentBlock object at messages.0.content.0 must set one of the following keys: "
        ),
        "{message}"
    );
    let message = invalid(json!({"messages": [{"role": "user", "content": [{}]}]})).await;
    assert!(
        message.starts_with(
            "ContentBlock object at messages.0.content.0 must set one of the following keys: "
        ),
        "{message}"
    );
    let two = json!({"text": "a", "cachePoint": {"type": "default"}});
    let message = invalid(json!({"messages": [{"role": "user", "content": [two]}]})).await;
    assert!(
        message.starts_with("ContentBlock object at messages.0.content.0 can set only one"),
        "{message}"
    );
}

#[tokio::test]
async fn wrong_types_are_told_with_their_place() {
    for (body, what) in [
        (
            json!({"messages": "a"}),
            "Unexpected field type at 'messages'",
        ),
        (
            json!({"messages": {}}),
            "Start of structure or map found where not expected at 'messages'",
        ),
        (
            json!({"inferenceConfig": {"maxTokens": "1"}}),
            "STRING_VALUE cannot be converted to Integer at 'inferenceConfig.maxTokens'",
        ),
        (
            json!({"inferenceConfig": {"maxTokens": 1.5}}),
            "DECIMAL_VALUE cannot be converted to Integer at 'inferenceConfig.maxTokens'",
        ),
        (
            json!({"inferenceConfig": {"maxTokens": 4_000_000_000_u64}}),
            "NUMBER_VALUE cannot be converted to Integer at 'inferenceConfig.maxTokens'",
        ),
        (
            json!({"messages": [{"role": 1, "content": []}]}),
            "NUMBER_VALUE cannot be converted to String at 'messages.1.member.role'",
        ),
        (json!([]), "Start of list found where not expected"),
    ] {
        assert_eq!(unreadable(body.to_string()).await, what);
    }
}

#[tokio::test]
async fn odd_bodies_never_break_the_server() {
    let whole = json!({"messages": [{"role": "user", "content": [{"text": "a"}]}]}).to_string();
    for end in 1..whole.len() {
        let message = unreadable(whole[..end].to_owned()).await;
        assert!(
            message.starts_with("The request body is not valid JSON"),
            "{message}"
        );
    }
    for body in [
        "\u{0}",
        "null",
        "\"text\"",
        r#"{"messages":[{"role":"user","content":[{"text":"\ud800"}]}]}"#,
        r#"{"inferenceConfig":{"temperature":1e400}}"#,
        r#"{"messages":[{"role":"user","content":[{"text":"a"}]}]} trailing"#,
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a\nb\"}]}]}",
        r#"{"messages":[{"role":"user","content":[{"toolUse":{"toolUseId":"a","name":"b","input":1e999}}]}]}"#,
        "{'messages':[]}",
        "{\"messages\":[],}",
        "\u{feff}{}",
    ] {
        let answer = converse(body.to_owned()).await;
        assert!(answer.status < 500, "{body}: {}", answer.text());
        assert!(
            answer.status == 200 || answer.message().len() > 10,
            "{body}: {}",
            answer.text()
        );
    }
    let answer =
        converse(&b"{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"\xff\"}]}]}"[..])
            .await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn duplicate_members_are_taken_or_refused_but_never_break() {
    for body in [
        r#"{"inferenceConfig":{"maxTokens":0},"inferenceConfig":{"maxTokens":1}}"#,
        r#"{"messages":[{"role":"user","role":"user","content":[{"text":"a"}]}]}"#,
        r#"{"messages":[{"role":"user","content":[{"text":"a","text":"b"}]}]}"#,
    ] {
        let answer = converse(body).await;
        assert!(answer.status < 500, "{body}: {}", answer.text());
    }
}

#[tokio::test]
async fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!(
            r#"{{"additionalModelRequestFields":{}1{}}}"#,
            open.repeat(100_000),
            close.repeat(100_000)
        );
        assert!(unreadable(deep).await.contains("nested more than"));
        let fine = format!(
            r#"{{"additionalModelRequestFields":{}1{}}}"#,
            open.repeat(90),
            close.repeat(90)
        );
        assert_eq!(converse(fine).await.status, 200);
    }
}

#[tokio::test]
async fn labels_and_queries_are_judged() {
    let answer = post("/model/no%20model/converse", "{}").await;
    let message = refused(&answer, "ValidationException");
    assert!(
        message.starts_with("1 validation error detected: Value 'no model' at 'modelId' failed"),
        "{message}"
    );
    let message = refused(
        &get("/guardrails?maxResults=0").await,
        "ValidationException",
    );
    assert!(
        message.contains(
            "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater"
        ),
        "{message}"
    );
    let message = refused(
        &get("/guardrails?maxResults=many").await,
        "SerializationException",
    );
    assert!(message.contains("at 'maxResults'"), "{message}");
}

#[tokio::test]
async fn invoke_model_takes_any_bytes_up_to_its_limit() {
    let path = format!("/model/{MODEL}/invoke");
    let answer = post(&path, &b"\xff\x00 not JSON"[..]).await;
    assert_eq!(
        (answer.status, &answer.body[..]),
        (200, &b"\xff\x00 not JSON"[..])
    );
    assert_eq!(post(&path, vec![b'x'; 25_000_000]).await.status, 200);
    let expected = "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length \
                    less than or equal to 25000000";
    for length in [25_000_001, outcrop_wire::MAX_BODY_BYTES + 1] {
        assert_eq!(
            refused(
                &post(&path, vec![b'x'; length]).await,
                "ValidationException"
            ),
            expected
        );
    }
    let text = "x".repeat(outcrop_wire::MAX_BODY_BYTES);
    let answer = converse(format!(r#"{{"additionalModelRequestFields":"{text}"}}"#)).await;
    assert_eq!(
        (answer.status, &answer.json()["__type"]),
        (413, &json!("RequestEntityTooLargeException"))
    );
}

#[tokio::test]
async fn count_tokens_takes_both_kinds_of_input() {
    let path = format!("/model/{MODEL}/count-tokens");
    let body = json!({"input": {"converse": {"messages": []}}}).to_string();
    assert_eq!(post(&path, body).await.json()["inputTokens"], 3);
    let message = refused(&post(&path, "{}").await, "ValidationException");
    assert_eq!(
        message,
        "1 validation error detected: Value null at 'input' failed to satisfy constraint: Member must not be null"
    );
    let message = refused(&post(&path, r#"{"input":{}}"#).await, "ValidationException");
    assert!(
        message.starts_with("CountTokensInput object at input must set one of"),
        "{message}"
    );
}
