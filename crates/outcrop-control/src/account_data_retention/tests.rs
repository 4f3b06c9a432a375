use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::testing::Server;

const PATH: &str = "/data-retention";

#[tokio::test]
async fn a_region_that_nobody_has_configured_inherits() {
    let server = Server::new(Duration::ZERO);
    assert_eq!(server.get(PATH).await.ok(), json!({ "mode": "inherit" }));
}

#[tokio::test]
async fn every_mode_is_put_and_told_in_its_region() {
    let server = Server::new(Duration::ZERO);
    for mode in [
        "none",
        "default",
        "aws_review",
        "provider_data_share",
        "inherit",
    ] {
        server.pass(Duration::from_secs(1));
        let before = server.get(PATH).await.ok();
        let put = server.put(PATH, json!({ "mode": mode })).await.ok();
        assert_eq!(put["mode"], mode);
        assert!(put["updatedAt"].is_string(), "{put}");
        assert_ne!(put["updatedAt"], before["updatedAt"]);
        assert_eq!(server.get(PATH).await.ok(), put);
    }
    server.put(PATH, json!({ "mode": "none" })).await.ok();
    let elsewhere = server
        .ask_from("eu-west-1", Method::GET, PATH, Value::Null)
        .await;
    assert_eq!(elsewhere.ok(), json!({ "mode": "inherit" }));
}

#[tokio::test]
async fn other_modes_are_refused() {
    let server = Server::new(Duration::ZERO);
    for broken in [
        json!({}),
        json!({ "mode": null }),
        json!({ "mode": "None" }),
        json!({ "mode": "" }),
    ] {
        let answer = server.put(PATH, broken.clone()).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{broken}");
    }
    assert_eq!(server.get(PATH).await.ok(), json!({ "mode": "inherit" }));
}
