mod rules;

use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const PACE: Duration = Duration::from_secs(10);
const ROLE: &str = "arn:aws:iam::123456789012:role/evaluation";
const NOVA: &str = "amazon.nova-lite-v1:0";

fn request(name: &str) -> Value {
    json!({
        "jobName": name,
        "jobDescription": "How good is it?",
        "roleArn": ROLE,
        "evaluationConfig": { "automated": { "datasetMetricConfigs": [{
            "taskType": "QuestionAndAnswer",
            "dataset": { "name": "Builtin.BoolQ" },
            "metricNames": ["Builtin.Accuracy"],
        }] } },
        "inferenceConfig": { "models": [{ "bedrockModel": { "modelIdentifier": NOVA } }] },
        "outputDataConfig": { "s3Uri": "s3://outputs/evaluations/" },
    })
}

fn rag_request(name: &str) -> Value {
    let mut body = request(name);
    body["applicationType"] = "RagEvaluation".into();
    body["evaluationConfig"] = json!({ "automated": {
        "datasetMetricConfigs": [{
            "taskType": "Generation",
            "dataset": { "name": "prompts", "datasetLocation": { "s3Uri": "s3://inputs/prompts.jsonl" } },
            "metricNames": ["Builtin.Correctness", "Politeness"],
        }],
        "evaluatorModelConfig": { "bedrockEvaluatorModels": [{ "modelIdentifier": NOVA }] },
        "customMetricConfig": {
            "customMetrics": [{ "customMetricDefinition": { "name": "Politeness", "instructions": "Rate {{prediction}}." } }],
            "evaluatorModelConfig": { "bedrockEvaluatorModels": [{ "modelIdentifier": "us.amazon.nova-lite-v1:0" }] },
        },
    } });
    body["inferenceConfig"] = json!({ "ragConfigs": [{ "knowledgeBaseConfig": { "retrieveAndGenerateConfig": {
        "type": "KNOWLEDGE_BASE",
        "knowledgeBaseConfiguration": { "knowledgeBaseId": "KB12345678", "modelArn": NOVA },
    } } }] });
    body
}

fn human_request(name: &str) -> Value {
    let mut body = request(name);
    body["evaluationConfig"] = json!({ "human": {
        "humanWorkflowConfig": { "flowDefinitionArn": "arn:aws:sagemaker:us-east-1:123456789012:flow-definition/team" },
        "customMetrics": [{ "name": "clarity", "ratingMethod": "ThumbsUpDown" }],
        "datasetMetricConfigs": [{
            "taskType": "Custom",
            "dataset": { "name": "prompts", "datasetLocation": { "s3Uri": "s3://inputs/prompts.jsonl" } },
            "metricNames": ["clarity"],
        }],
    } });
    body["inferenceConfig"] = json!({ "models": [
        { "bedrockModel": { "modelIdentifier": NOVA } },
        { "precomputedInferenceSource": { "inferenceSourceIdentifier": "elsewhere" } },
    ] });
    body
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/evaluation-jobs", body).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    answer.json()["jobArn"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

fn path(arn: &str) -> String {
    format!("/evaluation-jobs/{}", arn.replace('/', "%2F"))
}

async fn stop(server: &Server, arn: &str) -> crate::testing::Answer {
    let target = format!("/evaluation-job/{}/stop", arn.replace('/', "%2F"));
    server.post(&target, json!({})).await
}

async fn delete(server: &Server, arns: &[&str]) -> Value {
    let body = json!({ "jobIdentifiers": arns });
    let answer = server.post("/evaluation-jobs/batch-delete", body).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    answer.json()
}

async fn status(server: &Server, arn: &str) -> Value {
    server.get(&path(arn)).await.ok()["status"].take()
}

async fn names(server: &Server, query: &str) -> Vec<String> {
    let pages = server
        .pages(&format!("/evaluation-jobs{query}"), "jobSummaries", 2)
        .await;
    let items = pages.concat().into_iter();
    items
        .map(|item| item["jobName"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn job_goes_its_way() {
    let server = Server::new(PACE);
    let arn = create(&server, request("first")).await;
    let seen = server.get(&path(&arn)).await.ok();
    let asked = request("first");
    for member in [
        "jobName",
        "jobDescription",
        "roleArn",
        "evaluationConfig",
        "outputDataConfig",
    ] {
        assert_eq!(seen[member], asked[member], "{member}");
    }
    assert_eq!(
        (
            &seen["status"],
            &seen["jobType"],
            &seen["applicationType"],
            &seen["jobArn"]
        ),
        (
            &json!("InProgress"),
            &json!("Automated"),
            &json!("ModelEvaluation"),
            &json!(arn)
        )
    );
    assert_eq!(
        seen["inferenceConfig"]["models"][0]["bedrockModel"]["inferenceParams"],
        "{}"
    );
    let early = delete(&server, &[&arn]).await;
    assert_eq!(early["evaluationJobs"], json!([]));
    assert_eq!(early["errors"][0]["code"], "400");

    server.pass(PACE);
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(seen["status"], "Completed");
    assert_ne!(seen["lastModifiedTime"], seen["creationTime"]);
    assert_eq!(
        stop(&server, &arn).await.refusal(),
        (400, "ConflictException")
    );

    let deleted = delete(&server, &[&arn]).await;
    assert_eq!(
        deleted["evaluationJobs"],
        json!([{ "jobIdentifier": arn, "jobStatus": "Deleting" }])
    );
    assert_eq!(status(&server, &arn).await, "Deleting");
    assert_eq!(delete(&server, &[&arn]).await["errors"][0]["code"], "400");
    assert_eq!(names(&server, "?statusEquals=Deleting").await, ["first"]);
    let again = create(&server, request("first")).await;
    server.pass(PACE);
    assert_eq!(names(&server, "").await, ["first"]);
    assert_eq!(
        server.get(&path(&arn)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(delete(&server, &[&arn]).await["errors"][0]["code"], "404");
    assert_eq!(status(&server, &again).await, "Completed");
}

#[tokio::test]
async fn job_that_runs_can_be_stopped() {
    let server = Server::new(PACE);
    let arn = create(&server, request("stopped")).await;
    stop(&server, &arn).await.ok();
    assert_eq!(status(&server, &arn).await, "Stopping");
    stop(&server, &arn).await.ok();
    server.pass(PACE);
    assert_eq!(status(&server, &arn).await, "Stopped");
    assert_eq!(
        stop(&server, &arn).await.refusal(),
        (400, "ConflictException")
    );
}

#[tokio::test]
async fn deletion_answers_for_each_job() {
    let server = Server::new(Duration::ZERO);
    let first = create(&server, request("first")).await;
    let second = create(&server, request("second")).await;
    let none = "arn:aws:bedrock:us-east-1:123456789012:evaluation-job/abcdefghijkl";
    let foreign = first.replace("123456789012", "999999999999");
    let answer = delete(&server, &[&first, none, &second, &foreign, &first]).await;
    let jobs = answer["evaluationJobs"].as_array().unwrap();
    let deleted: Vec<&Value> = jobs.iter().map(|job| &job["jobIdentifier"]).collect();
    assert_eq!(deleted, [&json!(first), &json!(second)]);
    let errors = answer["errors"].as_array().unwrap();
    let refused: Vec<_> = errors
        .iter()
        .map(|error| (&error["jobIdentifier"], &error["code"]))
        .collect();
    let missing = json!("404");
    assert_eq!(
        refused,
        [
            (&json!(none), &missing),
            (&json!(foreign), &missing),
            (&json!(first), &missing)
        ]
    );
    assert_eq!(names(&server, "").await, Vec::<String>::new());
    assert_eq!(
        stop(&server, none).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn same_token_makes_one_and_names_are_unique() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["jobDescription"] = "Other".into();
    assert_eq!(
        server.post("/evaluation-jobs", body).await.refusal(),
        (400, "ConflictException")
    );
    let taken = server.post("/evaluation-jobs", request("once")).await;
    assert_eq!(taken.refusal(), (400, "ConflictException"));
    assert_eq!(names(&server, "").await, ["once"]);
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("failing");
    body["jobTags"] = json!([{ "key": "outcrop:fail", "value": "No permission" }]);
    let arn = create(&server, body).await;
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(
        (&seen["status"], &seen["failureMessages"]),
        (&json!("Failed"), &json!(["No permission"]))
    );
    let tags = server
        .post("/listTagsForResource", json!({ "resourceARN": arn }))
        .await
        .ok();
    assert_eq!(tags["tags"][0]["value"], "No permission");
}

#[tokio::test]
async fn summaries_say_what_is_evaluated() {
    let server = Server::new(Duration::ZERO);
    create(&server, rag_request("rag")).await;
    create(&server, human_request("people")).await;
    let seen = server.get("/evaluation-jobs").await.ok();
    let (people, rag) = (&seen["jobSummaries"][0], &seen["jobSummaries"][1]);
    assert_eq!(
        (&people["jobType"], &people["modelIdentifiers"]),
        (&json!("Human"), &json!([NOVA]))
    );
    assert_eq!(
        people["inferenceConfigSummary"]["modelConfigSummary"],
        json!({ "bedrockModelIdentifiers": [NOVA], "precomputedInferenceSourceIdentifiers": ["elsewhere"] })
    );
    assert_eq!(people["evaluationTaskTypes"], json!(["Custom"]));
    assert_eq!(
        (&rag["applicationType"], &rag["ragIdentifiers"]),
        (&json!("RagEvaluation"), &json!(["KB12345678"]))
    );
    assert_eq!(rag["modelIdentifiers"], json!([]));
    assert_eq!(rag["evaluatorModelIdentifiers"], json!([NOVA]));
    assert_eq!(
        rag["customMetricsEvaluatorModelIdentifiers"],
        json!(["us.amazon.nova-lite-v1:0"])
    );
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(PACE);
    for number in 0..3 {
        create(&server, request(&format!("model-{number}"))).await;
        create(&server, rag_request(&format!("rag-{number}"))).await;
    }
    let all = ["rag-2", "model-2", "rag-1", "model-1", "rag-0", "model-0"];
    assert_eq!(names(&server, "").await, all);
    assert_eq!(
        names(&server, "?applicationTypeEquals=RagEvaluation").await,
        ["rag-2", "rag-1", "rag-0"]
    );
    assert_eq!(
        names(
            &server,
            "?sortBy=CreationTime&sortOrder=Ascending&nameContains=model"
        )
        .await,
        ["model-0", "model-1", "model-2"]
    );
    assert_eq!(
        names(&server, "?statusEquals=Completed").await,
        Vec::<String>::new()
    );
    server.pass(PACE);
    create(&server, request("late")).await;
    assert_eq!(names(&server, "?statusEquals=Completed").await, all);
    assert_eq!(
        names(&server, "?creationTimeAfter=2026-01-01T00%3A00%3A05Z").await,
        ["late"]
    );
    assert_eq!(
        names(&server, "?creationTimeBefore=2026-01-01T00%3A00%3A05Z").await,
        all
    );
}
