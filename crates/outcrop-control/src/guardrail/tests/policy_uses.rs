//! Automated Reasoning policies are there as long as a guardrail applies them.

use std::time::Duration;

use serde_json::{Value, json};

use super::{create, create_version, path, request, version_path};
use crate::testing::Server;

/// Makes a policy with versions 1 and 2, and gives its ARN.
async fn policy(server: &Server) -> String {
    let target = "/automated-reasoning-policies";
    let made = server.post(target, json!({ "name": "leave" })).await.ok();
    let arn = made["policyArn"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        let body = json!({ "lastUpdatedDefinitionHash": made["definitionHash"] });
        let target = format!("{}/versions", policy_path(&arn));
        server.post(&target, body).await.ok();
    }
    arn
}

fn policy_path(arn: &str) -> String {
    format!("/automated-reasoning-policies/{}", arn.replace('/', "%2F"))
}

fn applying(name: &str, policies: &[String]) -> Value {
    let mut body = request(name);
    body["automatedReasoningPolicyConfig"] = json!({ "policies": policies });
    body["crossRegionConfig"] = json!({ "guardrailProfileIdentifier": "us.guardrail.v1:0" });
    body
}

async fn in_use(server: &Server, arn: &str) -> bool {
    let answer = server.delete(&policy_path(arn)).await;
    if answer.status == 200 || answer.status == 202 {
        return false;
    }
    assert_eq!(
        answer.refusal(),
        (400, "ResourceInUseException"),
        "{}",
        answer.body
    );
    true
}

#[tokio::test]
async fn a_draft_uses_what_it_applies_now() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let [first, second] = [1, 2].map(|number| format!("{arn}:{number}"));
    let id = create(&server, applying("first", std::slice::from_ref(&first))).await;
    assert!(in_use(&server, &first).await);
    for policies in [vec![first.clone(), second.clone()], vec![second.clone()]] {
        let body = applying("first", &policies);
        server.put(&path(&id), body).await.ok();
        assert!(in_use(&server, &second).await);
    }
    assert!(!in_use(&server, &first).await);
    server.delete(&path(&id)).await.ok();
    assert!(!in_use(&server, &second).await);
    assert!(!in_use(&server, &arn).await);
}

#[tokio::test]
async fn a_version_uses_what_its_draft_applied() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let first = format!("{arn}:1");
    let id = create(&server, applying("first", std::slice::from_ref(&first))).await;
    create_version(&server, &id, json!({})).await;
    server.put(&path(&id), request("first")).await.ok();
    assert!(in_use(&server, &first).await);
    server.delete(&version_path(&id, "1")).await.ok();
    assert!(!in_use(&server, &first).await);
}

#[tokio::test]
async fn what_is_gone_by_the_clock_uses_nothing() {
    let pace = Duration::from_secs(10);
    let server = Server::new(pace);
    let arn = policy(&server).await;
    let first = format!("{arn}:1");
    let id = create(&server, applying("first", std::slice::from_ref(&first))).await;
    server.pass(pace);
    create_version(&server, &id, json!({})).await;
    server.pass(pace);
    server.delete(&path(&id)).await.ok();
    assert!(in_use(&server, &first).await);
    server.pass(pace);
    assert!(!in_use(&server, &first).await);
}

#[tokio::test]
async fn force_asks_nobody() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let first = format!("{arn}:1");
    let id = create(&server, applying("first", std::slice::from_ref(&first))).await;
    let forced = format!("{}?force=true", policy_path(&arn));
    server.delete(&forced).await.ok();
    server.delete(&path(&id)).await.ok();
}
