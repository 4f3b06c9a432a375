use std::time::Duration;

use outcrop_catalogue::Catalogue;
use serde_json::{Value, json};

use crate::testing::Server;

const MODEL: &str = "amazon.nova-lite-v1:0";

const HOUR: Duration = Duration::from_hours(1);

fn request(name: &str) -> Value {
    json!({
        "jobName": name,
        "modelId": MODEL,
        "roleArn": "arn:aws:iam::123456789012:role/batch",
        "inputDataConfig": {"s3InputDataConfig": {"s3Uri": "s3://bucket/in.jsonl"}},
        "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://bucket/out/"}},
    })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/model-invocation-job", body).await.ok();
    answer["jobArn"].as_str().expect("is a text").to_owned()
}

fn path(arn: &str) -> String {
    format!("/model-invocation-job/{}", arn.replace('/', "%2F"))
}

#[tokio::test]
async fn job_waits_for_a_worker_and_expires_without_one() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("first")).await;
    let id = arn.rsplit('/').next().expect("has an id").to_owned();
    assert_eq!(
        arn,
        format!("arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/{id}")
    );
    for identifier in [arn.clone(), id] {
        let seen = server.get(&path(&identifier)).await.ok();
        assert_eq!(seen["status"], "Submitted");
        assert_eq!(seen["jobArn"], arn);
        assert_eq!(seen["jobName"], "first");
        assert_eq!(seen["modelId"], MODEL);
        assert_eq!(seen["modelInvocationType"], "InvokeModel");
        assert_eq!(seen["timeoutDurationInHours"], 24);
        assert_eq!(seen["inputDataConfig"], request("first")["inputDataConfig"]);
        assert_eq!(seen["totalRecordCount"], Value::Null);
        let expires = seen["jobExpirationTime"].as_str().expect("is a time");
        assert!(expires.starts_with("2026-01-02T00:00:00"), "{expires}");
    }
    server.pass(24 * HOUR);
    assert_eq!(server.get(&path(&arn)).await.ok()["status"], "Expired");
    let stop = format!("{}/stop", path(&arn));
    let late = server.post(&stop, Value::Null).await;
    assert_eq!(late.refusal(), (400, "ConflictException"));
}

#[tokio::test]
async fn job_can_be_asked_to_stop_more_than_once() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("stopped")).await;
    for _ in 0..2 {
        server
            .post(&format!("{}/stop", path(&arn)), Value::Null)
            .await
            .ok();
        assert_eq!(server.get(&path(&arn)).await.ok()["status"], "Stopping");
    }
    for unknown in [
        "abcdefghijkl",
        "arn:aws:bedrock:us-east-1:999999999999:model-invocation-job/abcdefghijkl",
    ] {
        let get = server.get(&path(unknown)).await;
        assert_eq!(get.refusal(), (404, "ResourceNotFoundException"));
        let stop = format!("{}/stop", path(unknown));
        let stop = server.post(&stop, Value::Null).await;
        assert_eq!(stop.refusal(), (404, "ResourceNotFoundException"));
    }
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["jobName"] = "twice".into();
    let other = server.post("/model-invocation-job", body).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
}

#[tokio::test]
async fn listing_pages_and_filters() {
    let server = Server::new(Duration::ZERO);
    let mut arns = Vec::new();
    for number in 0..5 {
        arns.push(create(&server, request(&format!("page{number}"))).await);
    }
    server
        .post(&format!("{}/stop", path(&arns[2])), Value::Null)
        .await
        .ok();
    let listed = |query: &'static str, size| {
        let server = server.clone();
        async move {
            let target = format!("/model-invocation-jobs{query}");
            let pages = server.pages(&target, "invocationJobSummaries", size).await;
            let names = pages.concat().into_iter();
            names
                .map(|job| job["jobName"].as_str().expect("has a name").to_owned())
                .collect::<Vec<_>>()
        }
    };
    let newest_first = ["page4", "page3", "page2", "page1", "page0"];
    for size in [1, 2, 5, 100] {
        assert_eq!(listed("", size).await, newest_first);
        assert_eq!(listed("?statusEquals=Stopping", size).await, ["page2"]);
    }
    assert_eq!(listed("?nameContains=PAGE1", 9).await, ["page1"]);
    assert_eq!(
        listed("?submitTimeAfter=2027-01-01T00%3A00%3A00Z", 9).await,
        [""; 0]
    );
    let oldest_first: Vec<_> = newest_first.into_iter().rev().collect();
    let sorted = listed("?sortBy=CreationTime&sortOrder=Ascending", 2).await;
    assert_eq!(sorted, oldest_first);
}

#[tokio::test]
async fn tags_are_kept() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("tagged");
    body["tags"] = json!([{"key": "team", "value": "a"}]);
    let arn = create(&server, body).await;
    let tags = server
        .post("/listTagsForResource", json!({ "resourceARN": arn }))
        .await
        .ok();
    assert_eq!(tags["tags"], json!([{"key": "team", "value": "a"}]));
}

#[tokio::test]
async fn models_have_to_be_there_and_to_fit() {
    let server = Server::new(Duration::ZERO);
    let catalogue = Catalogue::builtin().expect("is valid");
    let profile_only = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    assert!(!catalogue.model(profile_only).expect("is there").on_demand());
    for fits in [profile_only, "us.amazon.nova-lite-v1:0"] {
        let mut body = request("fits");
        body["modelId"] = fits.into();
        let arn = create(&server, body).await;
        assert_eq!(server.get(&path(&arn)).await.ok()["modelId"], fits);
    }
    let absent = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc";
    for (model, kind, refusal) in [
        (
            "acme.none-v1:0",
            "InvokeModel",
            (400, "ValidationException"),
        ),
        (absent, "InvokeModel", (404, "ResourceNotFoundException")),
        (
            "amazon.titan-embed-text-v2:0",
            "Converse",
            (400, "ValidationException"),
        ),
    ] {
        let mut body = request("refused");
        body["modelId"] = model.into();
        body["modelInvocationType"] = kind.into();
        let answer = server.post("/model-invocation-job", body).await;
        assert_eq!(answer.refusal(), refusal, "{model}");
    }
}
