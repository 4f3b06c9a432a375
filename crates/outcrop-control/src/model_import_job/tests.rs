use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const PACE: Duration = Duration::from_secs(10);
const JOBS: &str = "/model-import-jobs";

fn request(job: &str, model: &str) -> Value {
    json!({
        "jobName": job,
        "importedModelName": model,
        "roleArn": "arn:aws:iam::123456789012:role/import",
        "modelDataSource": { "s3DataSource": { "s3Uri": "s3://models/mistral-7b/" } },
        "importedModelKmsKeyId": "1234abcd-12ab-34cd-56ef-1234567890ab",
        "vpcConfig": { "subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"] },
    })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post(JOBS, body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["jobArn"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

async fn job(server: &Server, identifier: &str) -> Value {
    server
        .get(&format!("{JOBS}/{}", identifier.replace('/', "%2F")))
        .await
        .ok()
}

async fn refusal(server: &Server, body: Value) -> (String, String) {
    let answer = server.post(JOBS, body).await;
    let (status, kind, message) = answer.error();
    assert_eq!(status, 400, "{}", answer.body);
    (kind.to_owned(), message.to_owned())
}

#[tokio::test]
async fn job_goes_its_way() {
    let server = Server::new(PACE);
    let arn = create(&server, request("first", "model-a")).await;
    let seen = job(&server, &arn).await;
    assert_eq!(seen, job(&server, "first").await);
    assert_eq!(
        (&seen["status"], &seen["jobArn"]),
        (&json!("InProgress"), &json!(arn))
    );
    let asked = request("first", "model-a");
    for member in [
        "jobName",
        "importedModelName",
        "roleArn",
        "modelDataSource",
        "vpcConfig",
    ] {
        assert_eq!(seen[member], asked[member], "{member}");
    }
    assert_eq!(
        seen["importedModelKmsKeyArn"],
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    );
    assert_eq!(
        (&seen["importedModelArn"], &seen["endTime"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(server.get("/imported-models/model-a").await.status, 404);

    server.pass(PACE);
    let seen = job(&server, &arn).await;
    assert_eq!(seen["status"], "Completed");
    assert!(
        seen["endTime"]
            .as_str()
            .unwrap()
            .starts_with("2026-01-01T00:00:10"),
        "{seen}"
    );
    assert_eq!(seen["lastModifiedTime"], seen["endTime"]);
    let model = server.get("/imported-models/model-a").await.ok();
    assert_eq!(
        (&model["modelArn"], &model["jobArn"]),
        (&seen["importedModelArn"], &json!(arn))
    );
}

#[tokio::test]
async fn names_are_unique() {
    let server = Server::new(PACE);
    create(&server, request("first", "model-a")).await;
    let kind = "ValidationException".to_owned();
    assert_eq!(
        refusal(&server, request("first", "model-b")).await,
        (
            kind.clone(),
            "The provided job name is currently in use.".to_owned()
        )
    );
    let taken = (
        kind,
        "The provided model name is currently in use.".to_owned(),
    );
    assert_eq!(refusal(&server, request("second", "model-a")).await, taken);
    server.pass(PACE);
    assert_eq!(refusal(&server, request("second", "model-a")).await, taken);
    server.delete("/imported-models/model-a").await.ok();
    create(&server, request("second", "model-a")).await;
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once", "model-a");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["importedModelName"] = "model-b".into();
    assert_eq!(refusal(&server, body).await.0, "ConflictException");
    let models = server.get("/imported-models").await.ok();
    assert_eq!(models["modelSummaries"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn failed_job_makes_nothing() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("failing", "model-a");
    body["jobTags"] = json!([{ "key": "outcrop:fail", "value": "No config.json" }]);
    let arn = create(&server, body).await;
    let seen = job(&server, &arn).await;
    assert_eq!(
        (
            &seen["status"],
            &seen["failureMessage"],
            &seen["importedModelArn"]
        ),
        (&json!("Failed"), &json!("No config.json"), &Value::Null)
    );
    assert_eq!(
        server.get("/imported-models").await.ok()["modelSummaries"],
        json!([])
    );
    create(&server, request("again", "model-a")).await;
    assert_eq!(job(&server, "again").await["status"], "Completed");
}

#[tokio::test]
async fn tags_of_job_and_model_are_their_own() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("tagged", "model-a");
    body["jobTags"] = json!([{ "key": "of", "value": "job" }]);
    body["importedModelTags"] = json!([{ "key": "of", "value": "model" }]);
    let arn = create(&server, body.clone()).await;
    // Nobody has looked at the job yet, and the model is there all the same.
    let model = job(&server, &arn).await["importedModelArn"].take();
    for (arn, value) in [(json!(arn), "job"), (model, "model")] {
        let tags = server
            .post("/listTagsForResource", json!({ "resourceARN": arn }))
            .await
            .ok();
        assert_eq!(tags["tags"], json!([{ "key": "of", "value": value }]));
    }
    body["jobName"] = "twice".into();
    body["importedModelName"] = "model-b".into();
    body["importedModelTags"] = json!([{ "key": "a", "value": "1" }, { "key": "a", "value": "2" }]);
    assert_eq!(refusal(&server, body).await.0, "ValidationException");
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(PACE);
    for number in 0..5 {
        create(
            &server,
            request(&format!("job-{number}"), &format!("model-{number}")),
        )
        .await;
    }
    server.pass(PACE);
    create(&server, request("late", "model-late")).await;
    let names = async |query: &str| -> Vec<String> {
        let target = format!("{JOBS}?{query}");
        let items = server
            .pages(&target, "modelImportJobSummaries", 2)
            .await
            .concat();
        items
            .iter()
            .map(|item| item["jobName"].as_str().unwrap().to_owned())
            .collect()
    };
    let done = ["job-4", "job-3", "job-2", "job-1", "job-0"];
    assert_eq!(names("statusEquals=Completed").await, done);
    assert_eq!(names("statusEquals=InProgress").await, ["late"]);
    assert_eq!(
        names("sortBy=CreationTime&sortOrder=Ascending&nameContains=job").await,
        {
            let mut ascending = done;
            ascending.reverse();
            ascending
        }
    );
    assert_eq!(
        names("creationTimeAfter=2026-01-01T00%3A00%3A05Z").await,
        ["late"]
    );
    assert_eq!(
        names("creationTimeBefore=2026-01-01T00%3A00%3A05Z").await,
        done
    );
}

#[tokio::test]
async fn unknown_jobs_are_not_found() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("first", "model-a")).await;
    let foreign = arn.replace("123456789012", "999999999999");
    for identifier in ["none", &foreign] {
        let target = format!("{JOBS}/{}", identifier.replace('/', "%2F"));
        assert_eq!(
            server.get(&target).await.refusal(),
            (404, "ResourceNotFoundException")
        );
    }
}

#[tokio::test]
async fn name_is_found_among_many_that_contain_it() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("job", "model")).await;
    for number in 0..101 {
        create(
            &server,
            request(&format!("job-{number}"), &format!("model-{number}")),
        )
        .await;
    }
    assert_eq!(job(&server, "job").await["jobArn"], json!(arn));
    let model = server.get("/imported-models/model").await.ok();
    assert_eq!(model["jobArn"], json!(arn));
}
