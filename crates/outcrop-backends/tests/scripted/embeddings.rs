//! Vectors.

use outcrop_engine::{Engine, EngineError};
use serde_json::{Value, json};

use crate::support::{Backend, Reply, embed, engine};

fn vectors() -> Reply {
    let item = |index: u32, embedding: [f32; 2]| json!({"index": index, "embedding": embedding});
    let body = json!({
        "data": [item(1, [0.0, 2.0]), item(0, [3.0, 4.0])],
        "usage": {"prompt_tokens": 4, "total_tokens": 4},
    });
    Reply::json("200 OK", &body)
}

/// A vector of 512 dimensions.
fn wide() -> Reply {
    let body = json!({"data": [{"index": 0, "embedding": vec![1.0; 512]}]});
    Reply::json("200 OK", &body)
}

#[tokio::test]
async fn texts_go_in_one_request_and_vectors_come_in_order() {
    let backend = Backend::start(vec![vectors()]).await;
    let answer = engine(&backend)
        .embed(embed(&["a", "b"], 1024))
        .await
        .unwrap();
    assert_eq!(answer.vectors, [[0.6, 0.8], [0.0, 1.0]]);
    assert_eq!(answer.input_tokens, 4);
    let [request] = &backend.received()[..] else {
        panic!()
    };
    assert!(request.head.starts_with("post /v1/embeddings "));
    assert_eq!(
        request.body,
        json!({"model": "nomic-embed-text", "input": ["a", "b"], "encoding_format": "float"})
    );
}

#[tokio::test]
async fn vectors_that_are_too_short_are_an_error_that_says_what_to_do() {
    let backend = Backend::start(vec![vectors()]).await;
    let refused = engine(&backend).embed(embed(&["a", "b"], 256)).await;
    let Err(EngineError::Validation(message)) = refused else {
        panic!()
    };
    for part in ["2 dimensions", "256", "`backend_embedding_model`"] {
        assert!(message.contains(part), "{message}");
    }
}

#[tokio::test]
async fn a_model_that_refuses_a_length_is_asked_without_it_from_then_on() {
    let reason = json!({"error": {"message": "does not support dimensions"}});
    let refusal = Reply::json("400 Bad Request", &reason);
    let backend = Backend::start(vec![refusal, wide(), wide()]).await;
    let engine = engine(&backend);
    for _ in 0..2 {
        let answer = engine.embed(embed(&["a"], 256)).await.unwrap();
        assert_eq!(answer.vectors[0].len(), 256);
    }
    let received = backend.received();
    let asked: Vec<_> = received
        .iter()
        .map(|request| &request.body["dimensions"])
        .collect();
    assert_eq!(asked, [&json!(256), &Value::Null, &Value::Null]);
}

#[tokio::test]
async fn a_request_that_is_refused_in_any_case_is_told() {
    let long = json!({"error": {"message": "too long"}});
    let backend = Backend::start(vec![Reply::json("400 Bad Request", &long)]).await;
    let engine = engine(&backend);
    for _ in 0..2 {
        let refused = engine.embed(embed(&["a"], 256)).await;
        assert_eq!(
            refused,
            Err(EngineError::ModelValidation("too long".to_owned()))
        );
    }
    // It was not the length.
    assert_eq!(backend.received()[2].body["dimensions"], 256);
}

#[tokio::test]
async fn failures_are_those_of_conversations() {
    let body = json!({"error": "slow down"});
    let backend = Backend::start(vec![Reply::json("429 Too Many Requests", &body)]).await;
    let refused = engine(&backend).embed(embed(&["a"], 1024)).await;
    assert!(matches!(refused, Err(EngineError::Throttling { .. })));
}
