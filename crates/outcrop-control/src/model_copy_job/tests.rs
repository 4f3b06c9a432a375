use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::testing::{Server, tune};

const JOBS: &str = "/model-copy-jobs";
const MINUTE: Duration = Duration::from_mins(1);

/// A server with the custom model `source-model` in `us-east-1`, and its ARN.
async fn prepared() -> (Server, String) {
    let server = Server::new(MINUTE);
    tune::create(&server, tune::request("source")).await;
    server.pass(MINUTE);
    let model = server.get("/custom-models/source-model").await.ok();
    (
        server,
        model["modelArn"].as_str().expect("is a text").to_owned(),
    )
}

fn request(source: &str, name: &str) -> Value {
    json!({ "sourceModelArn": source, "targetModelName": name })
}

async fn in_europe(server: &Server, method: Method, target: &str, body: Value) -> Value {
    let answer = server.ask_from("eu-west-1", method, target, body).await;
    answer.ok()
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post(JOBS, body).await.ok();
    answer["jobArn"].as_str().expect("is a text").to_owned()
}

fn path(arn: &str) -> String {
    format!("{JOBS}/{}", arn.replace('/', "%2F"))
}

#[tokio::test]
async fn copies_come_to_the_region_that_asks() {
    let (server, source) = prepared().await;
    let mut body = request(&source, "copied");
    body["targetModelTags"] = json!([{ "key": "team", "value": "a" }]);
    body["modelKmsKeyId"] = "alias/mine".into();
    let made = in_europe(&server, Method::POST, JOBS, body).await;
    let path = path(made["jobArn"].as_str().unwrap());
    let job = in_europe(&server, Method::GET, &path, Value::Null).await;
    assert_eq!(job["status"], "InProgress");
    assert_eq!(job["sourceAccountId"], "123456789012");
    assert_eq!(job["sourceModelArn"], source);
    assert_eq!(job["sourceModelName"], "source-model");
    let target = job["targetModelArn"].as_str().unwrap();
    let start = "arn:aws:bedrock:eu-west-1:123456789012:custom-model/amazon.nova-lite-v1:0:300k/";
    assert!(target.starts_with(start), "{target}");
    let models = in_europe(&server, Method::GET, "/custom-models", Value::Null).await;
    assert_eq!(models["modelSummaries"], json!([]));

    // The source may go while the job runs.
    server.delete("/custom-models/source-model").await.ok();
    server.pass(MINUTE);
    let model = in_europe(&server, Method::GET, "/custom-models/copied", Value::Null).await;
    assert_eq!(model["modelArn"], target);
    assert_eq!(model["customizationType"], "FINE_TUNING");
    assert_eq!(
        model["baseModelArn"],
        "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0:300k"
    );
    assert_eq!(
        model["modelKmsKeyArn"],
        "arn:aws:kms:eu-west-1:123456789012:alias/mine"
    );
    assert_eq!(model["hyperParameters"], json!({ "epochCount": "2" }));
    assert_eq!(model["jobArn"], Value::Null);
    let job = in_europe(&server, Method::GET, &path, Value::Null).await;
    assert_eq!(job["status"], "Completed");
    assert_eq!(
        job["targetModelTags"],
        json!([{ "key": "team", "value": "a" }])
    );
    assert_eq!(
        server.get(&path).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn failed_copies_leave_no_model() {
    let (server, source) = prepared().await;
    let mut body = request(&source, "failing");
    body["targetModelTags"] = json!([{ "key": "outcrop:fail", "value": "No access" }]);
    let arn = create(&server, body).await;
    server.pass(MINUTE);
    let job = server.get(&path(&arn)).await.ok();
    assert_eq!(
        (&job["status"], &job["failureMessage"]),
        (&json!("Failed"), &json!("No access"))
    );
    let models = server.get("/custom-models").await.ok();
    assert_eq!(models["modelSummaries"].as_array().unwrap().len(), 1);
    create(&server, request(&source, "failing")).await;
}

#[tokio::test]
async fn sources_names_and_tokens_are_checked() {
    let (server, source) = prepared().await;
    let foundation = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:300k";
    for (source, status) in [
        (foundation.to_owned(), 400),
        (source.replace("123456789012", "999999999999"), 404),
        (source.replace("nova-lite", "nova-pro"), 404),
    ] {
        let answer = server.post(JOBS, request(&source, "copied")).await;
        assert_eq!(answer.status, status, "{source}");
    }
    let taken = server.post(JOBS, request(&source, "source-model")).await;
    assert_eq!(taken.refusal(), (400, "ValidationException"));
    let mut body = request(&source, "once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["targetModelName"] = "twice".into();
    assert_eq!(server.post(JOBS, body).await.status, 400);
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let (server, source) = prepared().await;
    for number in 0..4 {
        create(&server, request(&source, &format!("copy-{number}"))).await;
    }
    server.pass(MINUTE);
    create(&server, request(&source, "late")).await;
    let names = async |query: &str, size| -> Vec<String> {
        let target = format!("{JOBS}?{query}");
        let pages = server.pages(&target, "modelCopyJobSummaries", size);
        let jobs = pages.await.concat();
        let name = |job: &Value| job["targetModelName"].as_str().unwrap().to_owned();
        jobs.iter().map(name).collect()
    };
    for size in [1, 3, 100] {
        let completed = format!("statusEquals=Completed&sourceModelArnEquals={source}");
        assert_eq!(
            names(&completed, size).await,
            ["copy-3", "copy-2", "copy-1", "copy-0"]
        );
        assert_eq!(
            names("sourceAccountEquals=999999999999", size).await.len(),
            0
        );
        assert_eq!(names("outputModelNameContains=late", size).await, ["late"]);
        assert_eq!(
            names("sourceAccountEquals=123456789012", size).await.len(),
            5
        );
    }
    assert_eq!(names("sortOrder=Ascending", 2).await[0], "copy-0");
}
