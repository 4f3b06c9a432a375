//! Images.

use serde_json::json;

use crate::support::{Backend, Reply, invoke};

#[tokio::test]
async fn titan_and_stability_bodies_become_generations() {
    let body = json!({"data": [{"b64_json": "AQI="}]});
    let backend = Backend::start(vec![Reply::json("200 OK", &body)]).await;
    let titan = json!({
        "taskType": "TEXT_IMAGE", "textToImageParams": {"text": "A cat"},
        "imageGenerationConfig": {"numberOfImages": 1, "width": 512, "height": 512, "seed": 7},
    });
    let invoked = invoke(&backend, "amazon.titan-image-generator-v2:0", &titan)
        .await
        .unwrap();
    assert_eq!(invoked.answer["images"], json!(["AQI="]));
    assert_eq!(
        invoked.sent,
        json!({"model": "sdxl", "prompt": "A cat", "n": 1, "size": "512x512", "response_format": "b64_json", "seed": 7})
    );
    let request = backend.received().pop().unwrap();
    assert!(
        request.head.starts_with("post /v1/images/generations "),
        "{}",
        request.head
    );
    let stability = json!({"prompt": "A cat", "seed": 7});
    let invoked = invoke(&backend, "stability.stable-image-core-v1:1", &stability)
        .await
        .unwrap();
    assert_eq!(invoked.answer["images"], json!(["AQI="]));
}
