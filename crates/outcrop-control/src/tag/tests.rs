use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

async fn tagged(server: &Server) -> String {
    let body = json!({
        "modelId": "amazon.nova-lite-v1:0:24k",
        "modelUnits": 1,
        "provisionedModelName": "tagged",
        "tags": [{ "key": "b", "value": "2" }, { "key": "a", "value": "1" }],
    });
    let answer = server
        .post("/provisioned-model-throughput", body)
        .await
        .ok();
    answer["provisionedModelArn"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

async fn tags(server: &Server, arn: &str) -> Value {
    server
        .post("/listTagsForResource", json!({ "resourceARN": arn }))
        .await
        .ok()["tags"]
        .take()
}

#[tokio::test]
async fn reserved_keys_are_refused() {
    let server = Server::new(Duration::ZERO);
    let arn = tagged(&server).await;
    let before = tags(&server, &arn).await;
    for key in ["aws:", "aws:team", "AWS:team"] {
        let body = json!({ "resourceARN": arn, "tags": [{ "key": key, "value": "red" }] });
        let refused = server.post("/tagResource", body).await;
        assert_eq!(refused.refusal(), (400, "ValidationException"), "{key}");
    }
    assert_eq!(tags(&server, &arn).await, before);
    let body = json!({ "resourceARN": arn, "tags": [{ "key": "awsome", "value": "red" }] });
    server.post("/tagResource", body).await.ok();
}

#[tokio::test]
async fn tags_are_added_replaced_and_taken_away() {
    let server = Server::new(Duration::ZERO);
    let arn = tagged(&server).await;
    assert_eq!(
        tags(&server, &arn).await,
        json!([{ "key": "a", "value": "1" }, { "key": "b", "value": "2" }])
    );
    let added = json!({ "resourceARN": arn, "tags": [{ "key": "a", "value": "one" }, { "key": "c", "value": "" }] });
    server.post("/tagResource", added).await.ok();
    server
        .post(
            "/untagResource",
            json!({ "resourceARN": arn, "tagKeys": ["b", "none"] }),
        )
        .await
        .ok();
    assert_eq!(
        tags(&server, &arn).await,
        json!([{ "key": "a", "value": "one" }, { "key": "c", "value": "" }])
    );
}

#[tokio::test]
async fn limits_hold() {
    let server = Server::new(Duration::ZERO);
    let arn = tagged(&server).await;
    let many: Vec<Value> = (0..49)
        .map(|n| json!({ "key": format!("k{n}"), "value": "" }))
        .collect();
    let answer = server
        .post("/tagResource", json!({ "resourceARN": arn, "tags": many }))
        .await;
    assert_eq!(answer.refusal(), (400, "TooManyTagsException"));
    assert_eq!(answer.json()["resourceName"], arn);
    assert_eq!(tags(&server, &arn).await.as_array().unwrap().len(), 2);
    let twice = json!({ "resourceARN": arn, "tags": [{ "key": "x", "value": "1" }, { "key": "x", "value": "2" }] });
    assert_eq!(
        server.post("/tagResource", twice).await.refusal(),
        (400, "ValidationException")
    );
}

#[tokio::test]
async fn what_is_not_there_has_no_tags() {
    let server = Server::new(Duration::ZERO);
    for arn in [
        "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abcdefghijkl",
        "arn:aws:bedrock:us-east-1:999999999999:provisioned-model/abcdefghijkl",
        "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghijkl",
    ] {
        let answer = server
            .post("/listTagsForResource", json!({ "resourceARN": arn }))
            .await;
        assert_eq!(
            answer.refusal(),
            (404, "ResourceNotFoundException"),
            "{arn}"
        );
    }
}
