use std::{
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use outcrop_wire::Caller;
use serde_json::json;

use super::*;
use crate::{
    places::{
        Places,
        tests::{config, scope},
    },
    record::frames::tests::message,
};

const REQUEST_ID: &str = "7487ab04-734e-470b-8dfc-46d8d8506381";

/// One of account 123456789012 in `us-west-2`, logged as the configuration of the tests says.
pub(crate) fn invocation(operation: &'static str, input: &Value, output: Vec<Bytes>) -> Invocation {
    Invocation {
        places: Arc::new(Places::of(&scope(), &config()).unwrap()),
        begun: UNIX_EPOCH + Duration::from_millis(1_776_605_331_023),
        request_id: REQUEST_ID.to_owned(),
        operation,
        caller: Caller {
            account: scope().account,
            region: scope().region,
            region_known: true,
        },
        model_id: "amazon.nova-lite-v1:0".to_owned(),
        cross_region: false,
        metadata: None,
        input: input.to_string().into(),
        head: Some((StatusCode::OK, HeaderMap::new())),
        output,
        asked: Some("chat"),
        reservation: None,
    }
}

fn rendered(invocation: &Invocation) -> Rendered {
    let large = invocation.places.s3.as_ref();
    Facts::of(invocation).render(large).unwrap()
}

fn record(invocation: &Invocation) -> Value {
    serde_json::from_str(&rendered(invocation).line).unwrap()
}

fn request() -> Value {
    json!({
        "messages": [{ "role": "user", "content": [{ "text": "Hi" }] }],
        "requestMetadata": { "team": "red" },
    })
}

fn answer() -> Value {
    json!({
        "metrics": { "latencyMs": 3114 },
        "output": { "message": { "content": [{ "text": "Hello" }], "role": "assistant" } },
        "stopReason": "end_turn",
        "usage": {
            "cacheReadInputTokenCount": 0, "cacheReadInputTokens": 0, "cacheWriteInputTokenCount": 0,
            "cacheWriteInputTokens": 0, "inputTokens": 255, "outputTokens": 113, "serverToolUsage": {},
            "totalTokens": 368,
        },
    })
}

/// The members and their order are those of a record that a user has published.
#[test]
fn a_record_of_converse_is_as_the_service_writes_it() {
    let mut invocation = invocation("Converse", &request(), vec![answer().to_string().into()]);
    invocation.model_id = "global.anthropic.claude-opus-4-5-20251101-v1:0".to_owned();
    invocation.cross_region = true;
    let expected = concat!(
        r#"{"timestamp":"2026-04-19T13:28:51Z","accountId":"123456789012","region":"us-west-2","#,
        r#""requestId":"7487ab04-734e-470b-8dfc-46d8d8506381","operation":"Converse","#,
        r#""modelId":"global.anthropic.claude-opus-4-5-20251101-v1:0","input":{"inputContentType":"application/json","#,
        r#""inputBodyJson":{"messages":[{"role":"user","content":[{"text":"Hi"}]}]},"inputTokenCount":255,"#,
        r#""cacheReadInputTokenCount":0,"cacheWriteInputTokenCount":0},"output":{"outputContentType":"application/json","#,
        r#""outputBodyJson":{"output":{"message":{"content":[{"text":"Hello"}],"role":"assistant"}},"stopReason":"end_turn","#,
        r#""metrics":{"latencyMs":3114},"usage":{"cacheReadInputTokens":0,"cacheWriteInputTokens":0,"inputTokens":255,"#,
        r#""outputTokens":113,"totalTokens":368}},"outputTokenCount":113},"#,
        r#""identity":{"arn":"arn:aws:iam::123456789012:root"},"inferenceRegion":"us-west-2","#,
        r#""requestMetadata":{"team":"red"},"schemaType":"ModelInvocationLog","schemaVersion":"1.0"}"#,
    );
    assert_eq!(rendered(&invocation).line, expected);
}

fn event(name: &str, members: &Value) -> Bytes {
    message(&[(":event-type", name)], &members.to_string()).into()
}

#[test]
fn the_stream_of_converse_is_logged_as_one_answer() {
    let delta = json!({ "contentBlockIndex": 0, "delta": { "text": "Hello" }, "p": "ab" });
    let usage = json!({ "inputTokens": 3, "outputTokens": 1, "totalTokens": 4 });
    let output = vec![
        event("messageStart", &json!({ "role": "assistant", "p": "a" })),
        event("contentBlockDelta", &delta),
        event("messageStop", &json!({ "stopReason": "end_turn", "p": "" })),
        event(
            "metadata",
            &json!({ "metrics": { "latencyMs": 7 }, "usage": usage, "p": "abc" }),
        ),
    ];
    let record = record(&invocation("ConverseStream", &request(), output));
    let expected = json!({
        "output": { "message": { "role": "assistant", "content": [{ "text": "Hello" }] } },
        "stopReason": "end_turn",
        "metrics": { "latencyMs": 7 },
        "usage": usage,
    });
    assert_eq!(record["output"]["outputBodyJson"], expected);
    assert_eq!(record["input"]["inputTokenCount"], 3);
    assert_eq!(record["output"]["outputTokenCount"], 1);
    assert!(record["input"].get("cacheReadInputTokenCount").is_none());
}

#[test]
fn a_native_stream_is_logged_as_its_chunks() {
    let metrics = json!({ "inputTokenCount": 6, "outputTokenCount": 167, "cacheReadInputTokenCount": 0,
                          "cacheWriteInputTokenCount": 9, "firstByteLatency": 1, "invocationLatency": 2 });
    let chunks = json!([
        { "type": "message_start" },
        { "type": "message_stop", "amazon-bedrock-invocationMetrics": metrics },
    ]);
    let output = chunks.as_array().unwrap().iter().map(|chunk| {
        let bytes = aws_smithy_types::base64::encode(chunk.to_string());
        event("chunk", &json!({ "bytes": bytes, "p": "abc" }))
    });
    let output = output.collect();
    let record = record(&invocation(
        "InvokeModelWithResponseStream",
        &json!({ "a": 1 }),
        output,
    ));
    assert_eq!(record["output"]["outputBodyJson"], chunks);
    assert_eq!(record["output"]["outputTokenCount"], 167);
    assert_eq!(record["input"]["inputBodyJson"], json!({ "a": 1 }));
    let counts = [
        "inputTokenCount",
        "cacheReadInputTokenCount",
        "cacheWriteInputTokenCount",
    ];
    assert_eq!(
        counts.map(|name| record["input"][name].as_i64()),
        [6, 0, 9].map(Some)
    );
}

#[test]
fn an_answer_of_invoke_model_keeps_the_order_of_its_members() {
    let body = r#"{"z":1,"a":[1.50,2]}"#;
    let mut invocation = invocation("InvokeModel", &json!({ "prompt": "x" }), vec![body.into()]);
    let mut headers = HeaderMap::new();
    headers.insert("x-amzn-bedrock-input-token-count", "4".parse().unwrap());
    headers.insert("x-amzn-bedrock-output-token-count", "5".parse().unwrap());
    invocation.head = Some((StatusCode::OK, headers));
    invocation.metadata = Some(json!({ "team": "blue" }));
    let line = rendered(&invocation).line;
    assert!(
        line.contains(r#""outputBodyJson":{"z":1,"a":[1.5,2]},"outputTokenCount":5"#),
        "{line}"
    );
    assert!(line.contains(r#""inputTokenCount":4},"output""#), "{line}");
    assert!(
        line.contains(r#""requestMetadata":{"team":"blue"}"#),
        "{line}"
    );
}

#[test]
fn a_request_that_failed_is_logged_by_its_exception() {
    let mut failed = invocation("Converse", &request(), vec![r#"{"message":"No"}"#.into()]);
    let mut headers = HeaderMap::new();
    let kind = "ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/";
    headers.insert("x-amzn-errortype", kind.parse().unwrap());
    failed.head = Some((StatusCode::TOO_MANY_REQUESTS, headers));
    let record = record(&failed);
    assert_eq!(record["errorCode"], "ThrottlingException");
    assert_eq!(
        (&record["input"], &record["output"]),
        (&json!({}), &json!({}))
    );
    assert_eq!(record["requestMetadata"], json!({ "team": "red" }));
}

#[test]
fn a_stream_that_broke_off_is_logged_as_far_as_it_came() {
    let delta = json!({ "contentBlockIndex": 0, "delta": { "text": "Hel" } });
    let exception = message(&[(":exception-type", "modelStreamErrorException")], "{}");
    let output = vec![
        event("messageStart", &json!({ "role": "assistant" })),
        event("contentBlockDelta", &delta),
        exception.into(),
    ];
    let broken = record(&invocation("ConverseStream", &request(), output));
    assert_eq!(broken["errorCode"], "ModelStreamErrorException");
    let content = &broken["output"]["outputBodyJson"]["output"]["message"]["content"];
    assert_eq!(content, &json!([{ "text": "Hel" }]));

    let mut left = invocation("Converse", &request(), Vec::new());
    left.head = None;
    let left = record(&left);
    assert!(left["input"]["inputBodyJson"].is_object());
    assert_eq!(left["output"], json!({}));
    assert!(left.get("errorCode").is_none());
}

#[test]
fn what_is_not_to_be_delivered_is_left_out() {
    let mut places = Places::of(&scope(), &config()).unwrap();
    places.kinds.text = false;
    let mut told = invocation("Converse", &request(), vec![answer().to_string().into()]);
    told.places = Arc::new(places);
    let record_ = record(&told);
    // Recorded: what remains of both sides.
    let input = json!({ "inputContentType": "application/json", "inputTokenCount": 255,
                        "cacheReadInputTokenCount": 0, "cacheWriteInputTokenCount": 0 });
    let output = json!({ "outputContentType": "application/json", "outputTokenCount": 113 });
    assert_eq!((&record_["input"], &record_["output"]), (&input, &output));

    let body = json!({ "embedding": [0.5] }).to_string();
    let mut embedding = invocation(
        "InvokeModel",
        &json!({ "inputText": "a" }),
        vec![body.into()],
    );
    embedding.asked = Some("embeddings");
    let record = record(&embedding);
    assert_eq!(
        record["input"]["inputBodyJson"],
        json!({ "inputText": "a" })
    );
    assert_eq!(
        record["output"],
        json!({ "outputContentType": "application/json" })
    );
}

#[test]
fn large_bodies_are_objects_of_their_own() {
    let text = "x".repeat(INLINE);
    let request = json!({ "messages": [{ "role": "user", "content": [{ "text": text }] }] });
    let large = invocation("Converse", &request, vec![answer().to_string().into()]);
    let rendered_ = rendered(&large);
    let record: Value = serde_json::from_str(&rendered_.line).unwrap();
    let path = format!(
        "s3://logs/bedrock/AWSLogs/123456789012/BedrockModelInvocationLogs/us-west-2/2026/04/19/13/data/{REQUEST_ID}_input.json.gz"
    );
    assert_eq!(record["input"]["inputBodyS3Path"], path);
    assert!(record["input"].get("inputBodyJson").is_none());
    assert!(record["output"]["outputBodyJson"].is_object());
    let (uri, object) = &rendered_.objects[0];
    assert_eq!(uri.to_string(), path);
    assert_eq!(*object, Object::Json(request.to_string()));

    let without = Facts::of(&large).render(None).unwrap();
    assert!(without.objects.is_empty() && !without.line.contains("inputBody"));
}

#[test]
fn media_go_beside_the_record() {
    let source = json!({ "bytes": "AQI=" });
    let content = json!([
        { "image": { "format": "png", "source": source } },
        { "video": { "format": "mp4", "source": source } },
    ]);
    let request = json!({ "messages": [{ "role": "user", "content": content }] });
    let mut places = Places::of(&scope(), &config()).unwrap();
    places.kinds.video = false;
    let mut shown = invocation("Converse", &request, Vec::new());
    shown.places = Arc::new(places);
    let rendered_ = rendered(&shown);
    let record: Value = serde_json::from_str(&rendered_.line).unwrap();
    let content = &record["input"]["inputBodyJson"]["messages"][0]["content"];
    let uri = content[0]["image"]["source"]["s3Location"]["uri"]
        .as_str()
        .unwrap();
    assert!(
        uri.ends_with(&format!("/13/data/{REQUEST_ID}_input_0.png")),
        "{uri}"
    );
    assert_eq!(
        content[1]["video"],
        json!({ "format": "mp4", "source": {} })
    );
    let (stored, object) = &rendered_.objects[0];
    assert_eq!(
        (&*stored.to_string(), object),
        (uri, &Object::Media(vec![1, 2].into()))
    );
    assert_eq!(rendered_.objects.len(), 1);
}
