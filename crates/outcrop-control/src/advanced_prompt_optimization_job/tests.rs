use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const PACE: Duration = Duration::from_secs(10);
const JOBS: &str = "/advanced-prompt-optimization-jobs";

fn request(name: &str) -> Value {
    json!({
        "jobName": name,
        "jobDescription": "Shorter prompts",
        "inputConfig": { "s3Uri": "s3://inputs/templates.jsonl" },
        "outputConfig": { "s3Uri": "s3://outputs/prompts/" },
        "modelConfigurations": [
            {
                "modelId": "amazon.nova-lite-v1:0",
                "inferenceConfig": { "maxTokens": 100, "temperature": 0.5, "stopSequences": ["END"] },
                "additionalModelRequestFields": { "topK": 5 },
            },
            { "modelId": "us.amazon.nova-lite-v1:0" },
        ],
    })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post(JOBS, body).await.ok();
    answer["jobArn"].as_str().expect("is a text").to_owned()
}

fn path(arn: &str) -> String {
    format!("{JOBS}/{}", arn.replace('/', "%2F"))
}

async fn stop(server: &Server, arn: &str) -> crate::testing::Answer {
    server.post(&format!("{}/stop", path(arn)), json!({})).await
}

async fn delete(server: &Server, jobs: &[&str]) -> Value {
    let body = json!({ "jobIdentifiers": jobs });
    let answer = server
        .post("/advanced-prompt-optimization-job/batch-delete", body)
        .await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    answer.json()
}

async fn status(server: &Server, arn: &str) -> Value {
    server.get(&path(arn)).await.ok()["jobStatus"].take()
}

#[tokio::test]
async fn models_are_named_by_ids_and_arns() {
    let server = Server::new(PACE);
    let account = "arn:aws:bedrock:us-east-1:123456789012";
    let profile = json!({
        "inferenceProfileName": "mine",
        "modelSource": { "copyFrom": "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0" },
    });
    let made = server.post("/inference-profiles", profile).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let named = |model: &str| {
        let mut body = request("named");
        body["modelConfigurations"] = json!([{ "modelId": model }]);
        body
    };
    for model in [
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
        &format!("{account}:inference-profile/us.amazon.nova-lite-v1:0"),
        made.json()["inferenceProfileArn"].as_str().unwrap(),
    ] {
        let arn = create(&server, named(model)).await;
        let seen = server.get(&path(&arn)).await.ok();
        assert_eq!(seen["modelConfigurations"][0]["modelId"], model);
    }
    for other in [
        "custom-model/amazon.nova-lite-v1:0/abcdefghijkl",
        "imported-model/abcdefghijkl",
    ] {
        let answer = server
            .post(JOBS, named(&format!("{account}:{other}")))
            .await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{other}");
    }
}

#[tokio::test]
async fn job_goes_its_way() {
    let server = Server::new(PACE);
    let arn = create(&server, request("first")).await;
    let id = arn.rsplit('/').next().unwrap();
    let seen = server.get(&format!("{JOBS}/{id}")).await.ok();
    let asked = request("first");
    for member in asked.as_object().unwrap().keys() {
        assert_eq!(seen[member], asked[member], "{member}");
    }
    assert_eq!(
        (&seen["jobArn"], &seen["jobStatus"]),
        (&json!(arn), &json!("InProgress"))
    );
    let early = delete(&server, &[id]).await;
    assert_eq!(early["errors"][0]["code"], "ConflictException");

    server.pass(PACE);
    assert_eq!(status(&server, &arn).await, "Completed");
    assert_eq!(
        stop(&server, &arn).await.refusal(),
        (400, "ConflictException")
    );
    let none = "abcdefghijkl";
    let deleted = delete(&server, &[id, none]).await;
    assert_eq!(
        deleted["advancedPromptOptimizationJobs"],
        json!([{ "jobIdentifier": id, "jobStatus": "Deleting" }])
    );
    assert_eq!(deleted["errors"][0]["jobIdentifier"], none);
    assert_eq!(deleted["errors"][0]["code"], "ResourceNotFoundException");
    assert_eq!(status(&server, &arn).await, "Deleting");
    server.pass(PACE);
    assert_eq!(
        server.get(&path(&arn)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(server.get(JOBS).await.ok()["jobSummaries"], json!([]));
}

#[tokio::test]
async fn job_that_runs_can_be_stopped() {
    let server = Server::new(PACE);
    let arn = create(&server, request("stopped")).await;
    stop(&server, &arn).await.ok();
    assert_eq!(status(&server, &arn).await, "Stopping");
    server.pass(PACE);
    assert_eq!(status(&server, &arn).await, "Stopped");
    assert_eq!(
        stop(&server, &arn).await.refusal(),
        (400, "ConflictException")
    );
    let foreign = arn.replace("123456789012", "999999999999");
    assert_eq!(
        stop(&server, &foreign).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(
        server.get(&path(&foreign)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["jobDescription"] = "Longer prompts".into();
    assert_eq!(
        server.post(JOBS, body).await.refusal(),
        (400, "ConflictException")
    );
    // Names may be shared.
    assert_ne!(create(&server, request("once")).await, first);
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("failing");
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "No samples" }]);
    let arn = create(&server, body).await;
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(
        (&seen["jobStatus"], &seen["failureMessage"]),
        (&json!("Failed"), &json!("No samples"))
    );
}

#[tokio::test]
async fn pages_have_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..5 {
        create(&server, request(&format!("page-{number}"))).await;
    }
    for (order, expected) in [
        ("Ascending", [0, 1, 2, 3, 4]),
        ("Descending", [4, 3, 2, 1, 0]),
    ] {
        let target = format!("{JOBS}?sortBy=CreationTime&sortOrder={order}");
        let pages = server.pages(&target, "jobSummaries", 2).await;
        assert_eq!(pages.len(), 3);
        let items = pages.concat();
        let names: Vec<_> = items
            .iter()
            .map(|item| item["jobName"].as_str().unwrap())
            .collect();
        assert_eq!(names, expected.map(|number| format!("page-{number}")));
        assert!(items.iter().all(|item| item["jobStatus"] == "Completed"));
    }
}

#[tokio::test]
async fn unknown_models_are_refused() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("refused");
    body["modelConfigurations"][1]["modelId"] = "acme.none-v1:0".into();
    assert_eq!(
        server.post(JOBS, body).await.refusal(),
        (400, "ValidationException")
    );
}
