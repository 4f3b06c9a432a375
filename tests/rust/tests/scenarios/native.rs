use aws_sdk_bedrockruntime::{primitives::Blob, types::ResponseStream};
use outcrop_sdk_rust::Clients;
use serde_json::{Value, json};

use super::MODEL;

fn body() -> Blob {
    let body = json!({
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": "Name a river."}],
    });
    Blob::new(body.to_string())
}

pub(crate) async fn a_native_body_is_answered(clients: &Clients) {
    let answer = clients
        .runtime
        .invoke_model()
        .model_id(MODEL)
        .body(body())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.content_type(), "application/json");
    let answer: Value = serde_json::from_slice(answer.body().as_ref()).unwrap();
    assert_eq!(answer["type"], "message");
    assert_eq!(answer["stop_reason"], "end_turn");
    assert!(
        answer["content"][0]["text"]
            .as_str()
            .is_some_and(|text| !text.is_empty()),
        "{answer}"
    );
    assert!(answer["usage"]["output_tokens"].as_u64() > Some(0));

    let embedding = clients
        .runtime
        .invoke_model()
        .model_id("amazon.titan-embed-text-v2:0")
        .body(Blob::new(
            json!({"inputText": "a river", "dimensions": 256}).to_string(),
        ))
        .send()
        .await
        .unwrap();
    let embedding: Value = serde_json::from_slice(embedding.body().as_ref()).unwrap();
    let vector: Vec<f64> = embedding["embedding"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let length: f64 = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
    assert_eq!(vector.len(), 256);
    assert!((length - 1.0).abs() < 1e-3, "{length}");
}

pub(crate) async fn a_native_stream_is_answered(clients: &Clients) {
    let request = clients
        .runtime
        .invoke_model_with_response_stream()
        .model_id(MODEL)
        .body(body());
    let mut answer = request.send().await.unwrap();
    let mut chunks = Vec::<Value>::new();
    while let Some(event) = answer.body.recv().await.unwrap() {
        let ResponseStream::Chunk(chunk) = event else {
            panic!("{event:?}")
        };
        chunks.push(serde_json::from_slice(chunk.bytes().unwrap().as_ref()).unwrap());
    }
    let mut kinds: Vec<_> = chunks
        .iter()
        .map(|chunk| chunk["type"].as_str().unwrap())
        .collect();
    kinds.dedup();
    let order = [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ];
    assert_eq!(kinds, order);
    let metrics = &chunks.last().unwrap()["amazon-bedrock-invocationMetrics"];
    assert!(metrics["outputTokenCount"].as_u64() > Some(0), "{metrics}");
}
