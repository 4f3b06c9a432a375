//! Orders of documents.

use outcrop_engine::EngineError;
use serde_json::json;

use crate::support::{Backend, Reply, invoke};

#[tokio::test]
async fn documents_are_ranked_by_the_server() {
    let body = json!({"results": [{"index": 1, "relevance_score": 0.75}, {"index": 0, "relevance_score": 0.25}]});
    let backend = Backend::start(vec![Reply::json("200 OK", &body)]).await;
    let native = json!({"query": "What?", "documents": ["a", "b"], "top_n": 2, "api_version": 2});
    let invoked = invoke(&backend, "cohere.rerank-v3-5:0", &native)
        .await
        .unwrap();
    assert_eq!(invoked.answer["results"][0]["index"], 1);
    assert_eq!(
        invoked.sent,
        json!({"model": "bge-reranker", "query": "What?", "documents": ["a", "b"], "top_n": 2, "return_documents": false})
    );
    let request = backend.received().pop().unwrap();
    assert!(
        request.head.starts_with("post /v1/rerank "),
        "{}",
        request.head
    );
}

#[tokio::test]
async fn a_server_that_cannot_rank_says_so() {
    let missing = Reply::json("404 Not Found", &json!({"error": "no such path"}));
    let backend = Backend::start(vec![missing]).await;
    let native = json!({"query": "What?", "documents": ["a"], "api_version": 2});
    let refused = invoke(&backend, "cohere.rerank-v3-5:0", &native).await;
    let Err(EngineError::ResourceNotFound(message)) = refused.map(|_| ()) else {
        panic!()
    };
    assert!(message.contains("bge-reranker"), "{message}");
}
