use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use super::{arn, arn_path, create, path, request, status, version_path};
use crate::testing::Server;

const PACE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn guardrails_go_their_way() {
    let server = Server::new(PACE);
    let id = create(&server, request("first")).await;
    let seen = server.get(&path(&id)).await.ok();
    assert_eq!(seen["status"], "CREATING");
    assert_eq!(seen["guardrailArn"], arn(&id));
    assert_eq!(seen["version"], "DRAFT");
    let early = server.put(&path(&id), request("second")).await;
    assert_eq!(early.refusal(), (400, "ConflictException"));

    server.pass(PACE);
    assert_eq!(status(&server, &arn_path(&id)).await, "READY");
    let mut body = request("second");
    body["description"] = Value::Null;
    let updated = server.put(&arn_path(&id), body).await.ok();
    assert_eq!(
        (&updated["guardrailId"], &updated["version"]),
        (&json!(id), &json!("DRAFT"))
    );
    let seen = server.get(&version_path(&id, "DRAFT")).await.ok();
    assert_eq!(seen["status"], "UPDATING");
    assert_eq!(seen["name"], "second");
    assert_eq!(seen["updatedAt"], updated["updatedAt"]);
    assert!(seen.get("description").is_none(), "{seen}");

    server.pass(PACE);
    server.delete(&path(&id)).await.ok();
    assert_eq!(status(&server, &path(&id)).await, "DELETING");
    server.delete(&path(&id)).await.ok();
    let late = server.put(&path(&id), request("third")).await;
    assert_eq!(late.refusal(), (400, "ConflictException"));
    // Its name can be given again at once.
    create(&server, request("second")).await;

    server.pass(PACE);
    for _ in 0..2 {
        let gone = server.get(&path(&id)).await;
        assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
    }
}

#[tokio::test]
async fn deletion_without_a_pace_is_done_at_once() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("short")).await;
    assert_eq!(status(&server, &path(&id)).await, "READY");
    server.delete(&path(&id)).await.ok();
    for answer in [
        server.get(&path(&id)).await,
        server.delete(&path(&id)).await,
        server.put(&path(&id), request("short")).await,
        server.post(&path(&id), json!({})).await,
        server
            .get(&format!("/guardrails?guardrailIdentifier={id}"))
            .await,
    ] {
        assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    }
}

#[tokio::test]
async fn names_are_unique_in_an_account_and_region() {
    let server = Server::new(Duration::ZERO);
    let first = create(&server, request("taken")).await;
    let second = create(&server, request("other")).await;
    let twice = server.post("/guardrails", request("taken")).await;
    assert_eq!(twice.refusal(), (400, "ConflictException"));
    let renamed = server.put(&path(&second), request("taken")).await;
    assert_eq!(renamed.refusal(), (400, "ConflictException"));
    server.put(&path(&first), request("taken")).await.ok();
    let elsewhere = server
        .ask_from("eu-west-1", Method::POST, "/guardrails", request("taken"))
        .await;
    elsewhere.ok();
    server.put(&path(&first), request("free")).await.ok();
    server.put(&path(&second), request("taken")).await.ok();
}

#[tokio::test]
async fn the_same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["blockedInputMessaging"] = "Something else.".into();
    let other = server.post("/guardrails", body).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(PACE);
    let mut body = request("failing");
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "Out of rock" }]);
    let id = create(&server, body).await;
    assert_eq!(status(&server, &path(&id)).await, "CREATING");
    server.pass(PACE);
    let seen = server.get(&path(&id)).await.ok();
    assert_eq!(
        (&seen["status"], &seen["statusReasons"]),
        (&json!("FAILED"), &json!(["Out of rock"]))
    );
    assert_eq!(
        seen["failureRecommendations"].as_array().map(Vec::len),
        Some(1)
    );
    let version = server.post(&path(&id), json!({})).await;
    assert_eq!(version.refusal(), (400, "ConflictException"));

    let tag = json!({ "resourceARN": arn(&id), "tagKeys": ["outcrop:fail"] });
    server.post("/untagResource", tag).await.ok();
    server.put(&path(&id), request("failing")).await.ok();
    server.pass(PACE);
    let seen = server.get(&path(&id)).await.ok();
    assert_eq!(seen["status"], "READY");
    assert!(seen.get("statusReasons").is_none(), "{seen}");
}

#[tokio::test]
async fn what_is_elsewhere_is_not_found() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("here")).await;
    for identifier in [
        "abcdefghijkl".to_owned(),
        arn(&id).replace("us-east-1", "us-west-2"),
        arn(&id).replace("123456789012", "999999999999"),
    ] {
        let target = path(&identifier.replace('/', "%2F"));
        for answer in [
            server.get(&target).await,
            server.put(&target, request("there")).await,
            server.post(&target, json!({})).await,
            server.delete(&target).await,
        ] {
            assert_eq!(
                answer.refusal(),
                (404, "ResourceNotFoundException"),
                "{identifier}"
            );
        }
    }
}

#[tokio::test]
async fn tags_are_kept_with_the_draft() {
    let server = Server::new(PACE);
    let mut body = request("tagged");
    body["tags"] = json!([{ "key": "team", "value": "rock" }]);
    let id = create(&server, body).await;
    server.pass(PACE);
    let added = json!({ "resourceARN": arn(&id), "tags": [{ "key": "stage", "value": "test" }] });
    server.post("/tagResource", added).await.ok();
    // A change of tags is no change of the guardrail.
    assert_eq!(status(&server, &path(&id)).await, "READY");
    server.put(&path(&id), request("tagged")).await.ok();
    let tags = server
        .post("/listTagsForResource", json!({ "resourceARN": arn(&id) }))
        .await
        .ok();
    assert_eq!(tags["tags"].as_array().map(Vec::len), Some(2), "{tags}");
}
