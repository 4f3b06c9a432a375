use std::{sync::Arc, time::Duration};

use http::Method;
use outcrop_store::Scope;
use serde_json::{Value, json};

use crate::testing::Server;

const PATH: &str = "/logging/modelinvocations";

fn config() -> Value {
    json!({
        "audioDataDeliveryEnabled": false,
        "cloudWatchConfig": {
            "largeDataDeliveryS3Config": { "bucketName": "large", "keyPrefix": "big" },
            "logGroupName": "invocations",
            "roleArn": "arn:aws:iam::123456789012:role/logging",
        },
        "embeddingDataDeliveryEnabled": false,
        "imageDataDeliveryEnabled": true,
        "s3Config": { "bucketName": "logs", "keyPrefix": "bedrock" },
        "textDataDeliveryEnabled": true,
        "videoDataDeliveryEnabled": false,
    })
}

#[tokio::test]
async fn the_configuration_is_put_told_and_taken_away() {
    let server = Server::new(Duration::ZERO);
    assert_eq!(server.get(PATH).await.ok(), json!({}));
    server.delete(PATH).await.ok();
    server
        .put(PATH, json!({ "loggingConfig": config() }))
        .await
        .ok();
    assert_eq!(
        server.get(PATH).await.ok(),
        json!({ "loggingConfig": config() })
    );
    let other = json!({ "loggingConfig": { "s3Config": { "bucketName": "others" } } });
    server.put(PATH, other.clone()).await.ok();
    let told = json!({ "loggingConfig": {
        "embeddingDataDeliveryEnabled": true,
        "imageDataDeliveryEnabled": true,
        "s3Config": { "bucketName": "others" },
        "textDataDeliveryEnabled": true,
        "videoDataDeliveryEnabled": true,
    } });
    assert_eq!(server.get(PATH).await.ok(), told);
    let elsewhere = server
        .ask_from("eu-west-1", Method::GET, PATH, Value::Null)
        .await;
    assert_eq!(elsewhere.ok(), json!({}));
    for _ in 0..2 {
        server.delete(PATH).await.ok();
        assert_eq!(server.get(PATH).await.ok(), json!({}));
    }
    server.put(PATH, other).await.ok();
}

#[tokio::test]
async fn broken_configurations_are_refused() {
    let server = Server::new(Duration::ZERO);
    for broken in [
        json!({}),
        json!({ "loggingConfig": { "s3Config": { "bucketName": "ab" } } }),
        json!({ "loggingConfig": { "cloudWatchConfig": { "logGroupName": "a", "roleArn": "logging" } } }),
    ] {
        let answer = server.put(PATH, broken.clone()).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{broken}");
    }
    assert_eq!(server.get(PATH).await.ok(), json!({}));
}

#[tokio::test]
async fn the_runtime_reads_it() {
    let server = Server::new(Duration::ZERO);
    let scope = Scope {
        account: Arc::from("123456789012"),
        region: Arc::from("us-east-1"),
    };
    let read = async || {
        server
            .control
            .model_invocation_logging(&scope)
            .await
            .expect("is read")
    };
    assert!(read().await.is_none());
    server
        .put(PATH, json!({ "loggingConfig": config() }))
        .await
        .ok();
    let found = read().await.expect("is there");
    assert_eq!(found.s3_config.expect("is there").bucket_name, "logs");
    assert_eq!(found.embedding_data_delivery_enabled, Some(false));
}
