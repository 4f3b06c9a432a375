use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const PATH: &str = "/resource-policy";

async fn guardrail(server: &Server) -> String {
    let body = json!({
        "name": "shared",
        "blockedInputMessaging": "Not that.",
        "blockedOutputsMessaging": "Not this.",
        "wordPolicyConfig": { "wordsConfig": [{ "text": "granite" }] },
    });
    let made = server.post("/guardrails", body).await.ok();
    made["guardrailArn"].as_str().expect("is a text").to_owned()
}

fn path(arn: &str) -> String {
    format!("{PATH}/{}", arn.replace('/', "%2F"))
}

/// A policy with white space of its own.
fn policy(account: &str) -> String {
    format!(
        r#"{{ "Version": "2012-10-17",
  "Statement": [{{ "Effect": "Allow", "Principal": {{ "AWS": "{account}" }}, "Action": "bedrock:ApplyGuardrail", "Resource": "*" }}] }}"#
    )
}

fn put(arn: &str, policy: &str) -> Value {
    json!({ "resourceArn": arn, "resourcePolicy": policy })
}

#[tokio::test]
async fn policies_are_put_told_and_taken_away() {
    let server = Server::new(Duration::ZERO);
    let arn = guardrail(&server).await;
    let none = server.get(&path(&arn)).await;
    assert_eq!(none.refusal(), (404, "ResourceNotFoundException"));
    for account in ["210987654321", "111122223333"] {
        let answer = server.post(PATH, put(&arn, &policy(account))).await;
        assert_eq!(answer.status, 201);
        assert_eq!(answer.ok()["resourceArn"], arn);
        let seen = server.get(&path(&arn)).await.ok();
        assert_eq!(seen["resourcePolicy"], policy(account));
    }
    server.delete(&path(&arn)).await.ok();
    for answer in [
        server.get(&path(&arn)).await,
        server.delete(&path(&arn)).await,
    ] {
        assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    }
}

#[tokio::test]
async fn policies_are_of_resources() {
    let server = Server::new(Duration::ZERO);
    let arn = guardrail(&server).await;
    let broken = server.post(PATH, put(&arn, "{\"Statement\": []}")).await;
    assert_eq!(broken.refusal(), (400, "ValidationException"));
    for other in [
        "guardrail",
        "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghijkl",
        &arn.replace("123456789012", "999999999999"),
        &arn.replace("us-east-1", "us-west-2"),
    ] {
        let answer = server.post(PATH, put(other, &policy("111122223333"))).await;
        // The operation does not declare that a resource is not found.
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{other}");
        let answer = server.get(&path(other)).await;
        assert_eq!(
            answer.refusal(),
            (404, "ResourceNotFoundException"),
            "{other}"
        );
    }
}

#[tokio::test]
async fn a_policy_goes_with_its_resource() {
    let server = Server::new(Duration::ZERO);
    let arn = guardrail(&server).await;
    server
        .post(PATH, put(&arn, &policy("111122223333")))
        .await
        .ok();
    server
        .delete(&format!("/guardrails/{}", arn.replace('/', "%2F")))
        .await
        .ok();
    let answer = server.get(&path(&arn)).await;
    assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
}
