use std::time::Duration;

use serde_json::{Value, json};

use super::{create, human_request, rag_request, request};
use crate::testing::Server;

const AUTOMATED: &str = "/evaluationConfig/automated/datasetMetricConfigs/0";
const GENERATE: &str =
    "/inferenceConfig/ragConfigs/0/knowledgeBaseConfig/retrieveAndGenerateConfig";

/// Requires that a request is refused whose member at a place has another value, with a message that has the word.
async fn refused(mut body: Value, place: &str, value: Value, word: &str) {
    let server = Server::new(Duration::ZERO);
    *body.pointer_mut(place).expect("is there") = value;
    let answer = server.post("/evaluation-jobs", body.clone()).await;
    assert_eq!(
        answer.refusal(),
        (400, "ValidationException"),
        "{word}: {}",
        answer.body
    );
    assert!(answer.error().2.contains(word), "{word}: {}", answer.body);
}

fn config(body: &Value, member: &str) -> Value {
    body[member].clone()
}

#[tokio::test]
async fn automated_evaluations_of_models() {
    let metric = format!("{AUTOMATED}/metricNames/0");
    refused(
        request("x"),
        &metric,
        "Builtin.Correctness".into(),
        "Builtin.Accuracy",
    )
    .await;
    let dataset = format!("{AUTOMATED}/dataset/name");
    refused(request("x"), &dataset, "mine".into(), "datasetLocation").await;
    let two = config(&human_request("x"), "inferenceConfig");
    refused(request("x"), "/inferenceConfig", two, "one model").await;
    let model = "/inferenceConfig/models/0/bedrockModel/modelIdentifier";
    refused(request("x"), model, "acme.none-v1:0".into(), "identifier").await;
}

#[tokio::test]
async fn evaluations_of_knowledge_bases() {
    let metric = format!("{AUTOMATED}/metricNames/0");
    refused(
        rag_request("x"),
        &metric,
        "Builtin.Accuracy".into(),
        "Builtin.LogicalCoherence",
    )
    .await;
    let unjudged = config(&request("x"), "evaluationConfig");
    refused(
        rag_request("x"),
        "/evaluationConfig",
        unjudged,
        "evaluatorModelConfig",
    )
    .await;
    let kind = format!("{GENERATE}/type");
    refused(
        rag_request("x"),
        &kind,
        "EXTERNAL_SOURCES".into(),
        "externalSourcesConfiguration",
    )
    .await;
    let said = "/applicationType";
    refused(
        rag_request("x"),
        said,
        "ModelEvaluation".into(),
        "RagEvaluation",
    )
    .await;
}

#[tokio::test]
async fn evaluations_by_people() {
    let metric = "/evaluationConfig/human/customMetrics/0/name";
    refused(human_request("x"), metric, "other".into(), "clarity").await;
    let dataset = "/evaluationConfig/human/datasetMetricConfigs/0/dataset";
    refused(
        human_request("x"),
        dataset,
        json!({ "name": "Builtin.BoolQ" }),
        "datasets of your own",
    )
    .await;
    let bases = config(&rag_request("x"), "inferenceConfig");
    refused(human_request("x"), "/inferenceConfig", bases, "People").await;
}

#[tokio::test]
async fn what_is_refused_leaves_nothing() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("missing");
    let model = "arn:aws:bedrock:us-east-1:123456789012:imported-model/abcdefghijkl";
    body["inferenceConfig"]["models"][0]["bedrockModel"]["modelIdentifier"] = model.into();
    let answer = server.post("/evaluation-jobs", body).await;
    assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    create(&server, request("missing")).await;
}
