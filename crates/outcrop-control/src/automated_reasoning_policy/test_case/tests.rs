use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    automated_reasoning_policy::tests::{create, definition, path, text},
    testing::{Answer, Server},
};

fn request(guard: &str) -> Value {
    json!({ "guardContent": guard, "expectedAggregatedFindingsResult": "VALID" })
}

async fn policy(server: &Server) -> String {
    create(
        server,
        json!({ "name": "leave", "policyDefinition": definition() }),
    )
    .await
}

/// Makes a test case; its path below the policy.
async fn made(server: &Server, arn: &str, body: Value) -> String {
    let answer = server.post(&path(arn, "/test-cases"), body).await.ok();
    format!("/test-cases/{}", text(&answer["testCaseId"]))
}

async fn delete(server: &Server, arn: &str, case: &str, updated_at: &str) -> Answer {
    let below = format!("{case}?updatedAt={}", updated_at.replace(':', "%3A"));
    server.delete(&path(arn, &below)).await
}

#[tokio::test]
async fn test_case_goes_its_way() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let mut body = request("Yes.");
    body["queryContent"] = "May I?".into();
    body["confidenceThreshold"] = 0.5.into();
    let case = made(&server, &arn, body).await;
    let id = case.trim_start_matches("/test-cases/");
    assert_eq!(id.len(), 12);
    assert_eq!(id, id.to_uppercase());
    let first = server.get(&path(&arn, &case)).await.ok()["testCase"].take();
    assert_eq!(
        (
            &first["guardContent"],
            &first["queryContent"],
            &first["confidenceThreshold"]
        ),
        (&json!("Yes."), &json!("May I?"), &json!(0.5))
    );
    assert_eq!(
        server.delete(&path(&arn, "")).await.refusal(),
        (400, "ResourceInUseException")
    );

    server.pass(Duration::from_secs(1));
    let mut update = request("No.");
    update["lastUpdatedAt"] = first["updatedAt"].clone();
    update["clientRequestToken"] = "first".into();
    for _ in 0..2 {
        server.patch(&path(&arn, &case), update.clone()).await.ok();
    }
    let seen = server.get(&path(&arn, &case)).await.ok()["testCase"].take();
    assert_eq!(seen["guardContent"], "No.");
    assert!(seen["confidenceThreshold"].is_null() && seen["queryContent"].is_null());
    assert_eq!(seen["createdAt"], first["createdAt"]);
    let mut other = update.clone();
    other["guardContent"] = "Perhaps.".into();
    let other = server.patch(&path(&arn, &case), other).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
    update["clientRequestToken"] = "second".into();
    let stale = server.patch(&path(&arn, &case), update).await;
    assert_eq!(stale.refusal(), (400, "ConflictException"));

    let stale = delete(&server, &arn, &case, &text(&first["updatedAt"])).await;
    assert_eq!(stale.refusal(), (400, "ConflictException"));
    for _ in 0..2 {
        let deleted = delete(&server, &arn, &case, &text(&seen["updatedAt"])).await;
        assert_eq!(deleted.status, 202);
    }
    assert_eq!(
        server.get(&path(&arn, &case)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn pages_have_each_once() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    for number in 0..5 {
        made(&server, &arn, request(&format!("Answer {number}."))).await;
    }
    let list = path(&arn, "/test-cases");
    for size in [1, 2, 5, 50] {
        let seen = server.pages(&list, "testCases", size).await.concat();
        let answers: Vec<_> = seen
            .iter()
            .map(|case| text(&case["guardContent"]))
            .collect();
        assert_eq!(
            answers,
            [
                "Answer 4.",
                "Answer 3.",
                "Answer 2.",
                "Answer 1.",
                "Answer 0."
            ]
        );
    }
    let other = create(&server, json!({ "name": "other" })).await;
    let none = server.get(&path(&other, "/test-cases")).await.ok();
    assert_eq!(none["testCases"], json!([]));
    let case = format!(
        "/test-cases/{}",
        text(&server.get(&list).await.ok()["testCases"][0]["testCaseId"])
    );
    assert_eq!(server.get(&path(&other, &case)).await.status, 404);
}

#[tokio::test]
async fn same_token_makes_one_up_to_the_quota() {
    let server = Server::new(Duration::ZERO);
    let arn = policy(&server).await;
    let mut body = request("Yes.");
    body["clientRequestToken"] = "once".into();
    let first = made(&server, &arn, body.clone()).await;
    assert_eq!(made(&server, &arn, body.clone()).await, first);
    for number in 1..100 {
        made(&server, &arn, request(&number.to_string())).await;
    }
    assert_eq!(made(&server, &arn, body.clone()).await, first);
    let more = server
        .post(&path(&arn, "/test-cases"), request("One more."))
        .await;
    assert_eq!(more.refusal(), (400, "ServiceQuotaExceededException"));
    body["guardContent"] = "No.".into();
    let other = server.post(&path(&arn, "/test-cases"), body).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
}
