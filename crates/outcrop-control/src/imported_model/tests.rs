use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const MODELS: &str = "/imported-models";

async fn import(server: &Server, name: &str, location: &str) {
    let body = json!({
        "jobName": format!("import-{name}"),
        "importedModelName": name,
        "roleArn": "arn:aws:iam::123456789012:role/import",
        "modelDataSource": { "s3DataSource": { "s3Uri": location } },
    });
    server.post("/model-import-jobs", body).await.ok();
}

#[tokio::test]
async fn model_is_there_until_it_is_deleted() {
    let server = Server::new(Duration::ZERO);
    import(&server, "first", "s3://models/qwen2.5-7b/").await;
    let seen = server.get(&format!("{MODELS}/first")).await.ok();
    let arn = seen["modelArn"].as_str().unwrap();
    assert!(
        arn.starts_with("arn:aws:bedrock:us-east-1:123456789012:imported-model/"),
        "{arn}"
    );
    assert_eq!(seen["modelName"], "first");
    assert_eq!(seen["jobName"], "import-first");
    assert_eq!(
        seen["modelDataSource"],
        json!({ "s3DataSource": { "s3Uri": "s3://models/qwen2.5-7b/" } })
    );
    assert_eq!(
        (&seen["modelArchitecture"], &seen["instructSupported"]),
        (&json!("qwen2"), &json!(false))
    );
    assert_eq!(
        seen["customModelUnits"],
        json!({ "customModelUnitsPerModelCopy": 2, "customModelUnitsVersion": "v1.0" })
    );
    let by_arn = format!("{MODELS}/{}", arn.replace('/', "%2F"));
    assert_eq!(server.get(&by_arn).await.ok(), seen);

    server.delete(&by_arn).await.ok();
    for target in [&by_arn, &format!("{MODELS}/first")] {
        assert_eq!(
            server.get(target).await.refusal(),
            (404, "ResourceNotFoundException")
        );
        assert_eq!(
            server.delete(target).await.refusal(),
            (404, "ResourceNotFoundException")
        );
    }
    let job = server.get("/model-import-jobs/import-first").await.ok();
    assert_eq!(job["status"], "Completed");
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..5 {
        import(&server, &format!("model-{number}"), "s3://models/weights/").await;
        server.get(MODELS).await.ok();
    }
    let names =
        async |query: &str| -> Vec<String> {
            let items = server
                .pages(&format!("{MODELS}?{query}"), "modelSummaries", 2)
                .await
                .concat();
            assert!(
                items.iter().all(|item| item["modelArchitecture"] == "llama"
                    && item["instructSupported"] == true)
            );
            items
                .iter()
                .map(|item| item["modelName"].as_str().unwrap().to_owned())
                .collect()
        };
    assert_eq!(
        names("sortOrder=Ascending").await,
        ["model-0", "model-1", "model-2", "model-3", "model-4"]
    );
    assert_eq!(
        names("").await,
        ["model-4", "model-3", "model-2", "model-1", "model-0"]
    );
    assert_eq!(names("nameContains=model-3").await, ["model-3"]);
    assert_eq!(
        names("creationTimeAfter=2026-01-01T00%3A00%3A05Z").await,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn model_can_be_evaluated() {
    let server = Server::new(Duration::ZERO);
    import(&server, "first", "s3://models/weights/").await;
    let arn = server.get(&format!("{MODELS}/first")).await.ok()["modelArn"].take();
    let evaluate = async |name: &str, arn: &Value| {
        let body = json!({
            "jobName": name,
            "roleArn": "arn:aws:iam::123456789012:role/evaluation",
            "evaluationConfig": { "automated": { "datasetMetricConfigs": [{
                "taskType": "Generation",
                "dataset": { "name": "Builtin.Bold" },
                "metricNames": ["Builtin.Toxicity"],
            }] } },
            "inferenceConfig": { "models": [{ "bedrockModel": { "modelIdentifier": arn } }] },
            "outputDataConfig": { "s3Uri": "s3://outputs/evaluations/" },
        });
        server.post("/evaluation-jobs", body).await.status
    };
    assert_eq!(evaluate("first", &arn).await, 202);
    server.delete(&format!("{MODELS}/first")).await.ok();
    assert_eq!(evaluate("second", &arn).await, 404);
}
