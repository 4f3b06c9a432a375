use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::{Server, tune};

const CREATE: &str = "/custom-models/create-custom-model";
const MINUTE: Duration = Duration::from_mins(1);

fn request(name: &str) -> Value {
    json!({
        "modelName": name,
        "roleArn": "arn:aws:iam::123456789012:role/models",
        "modelSourceConfig": { "s3DataSource": { "s3Uri": "s3://escrow/nova-micro/model" } },
    })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post(CREATE, body).await.ok();
    answer["modelArn"].as_str().expect("is a text").to_owned()
}

fn path(identifier: &str) -> String {
    format!("/custom-models/{}", identifier.replace('/', "%2F"))
}

#[tokio::test]
async fn brought_models_go_their_way() {
    let server = Server::new(MINUTE);
    let arn = create(&server, request("brought")).await;
    assert!(
        arn.starts_with("arn:aws:bedrock:us-east-1:123456789012:custom-model/imported/"),
        "{arn}"
    );
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(seen["modelStatus"], "Creating");
    assert_eq!(seen["customizationType"], "IMPORTED");
    assert_eq!(
        seen["baseModelArn"],
        "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0:128k"
    );
    assert_eq!(seen["jobArn"], Value::Null);
    server.pass(MINUTE);
    let seen = server.get(&path("brought")).await.ok();
    assert_eq!(seen["modelStatus"], "Active");
    let tag = json!({ "resourceARN": arn, "tags": [{ "key": "a", "value": "1" }] });
    server.post("/tagResource", tag).await.ok();

    server.delete(&path("brought")).await.ok();
    for answer in [
        server.get(&path(&arn)).await,
        server.delete(&path(&arn)).await,
    ] {
        assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    }
    create(&server, request("brought")).await;
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("failing");
    body["modelTags"] = json!([{ "key": "outcrop:fail", "value": "No artifacts" }]);
    create(&server, body).await;
    let seen = server.get(&path("failing")).await.ok();
    assert_eq!(
        (&seen["modelStatus"], &seen["failureMessage"]),
        (&json!("Failed"), &json!("No artifacts"))
    );
}

#[tokio::test]
async fn sources_and_names_are_checked() {
    let server = Server::new(Duration::ZERO);
    let mut once = request("once");
    once["clientRequestToken"] = "token-1".into();
    let first = create(&server, once.clone()).await;
    assert_eq!(create(&server, once).await, first);
    let taken = server.post(CREATE, request("once")).await;
    assert_eq!(taken.refusal(), (400, "ValidationException"));

    let package = json!({ "modelPackageArnDataSource": {
        "modelPackageArn": "arn:aws:sagemaker:us-east-1:123456789012:model-package/mine/1" } });
    let mut both = request("both");
    both["customModelDataSource"] = package.clone();
    let mut no_role = request("no-role");
    no_role.as_object_mut().unwrap().remove("roleArn");
    for body in [both, no_role, json!({ "modelName": "neither" })] {
        let answer = server.post(CREATE, body).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"));
    }
    let packaged = json!({ "modelName": "packaged", "customModelDataSource": package });
    create(&server, packaged).await;
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..4 {
        create(&server, request(&format!("brought-{number}"))).await;
    }
    tune::create(&server, tune::request("tuned")).await;
    let names = async |query: &str, size| -> Vec<String> {
        let target = format!("/custom-models{query}");
        let models = server.pages(&target, "modelSummaries", size).await.concat();
        let name = |model: &Value| model["modelName"].as_str().unwrap().to_owned();
        models.iter().map(name).collect()
    };
    let brought = ["brought-3", "brought-2", "brought-1", "brought-0"];
    let micro = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0:128k";
    for size in [1, 3, 100] {
        assert_eq!(names("", size).await.len(), 5);
        for filter in ["baseModelArnEquals", "foundationModelArnEquals"] {
            assert_eq!(names(&format!("?{filter}={micro}"), size).await, brought);
        }
        assert_eq!(names("?modelStatus=Failed", size).await.len(), 0);
        assert_eq!(names("?isOwned=false", size).await.len(), 0);
        assert_eq!(
            names("?isOwned=true&nameContains=tuned", size).await,
            ["tuned-model"]
        );
    }
    assert_eq!(names("?sortOrder=Ascending", 2).await[0], "brought-0");
}

#[tokio::test]
async fn other_arns_name_nothing() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("mine")).await;
    for other in [
        arn.replace("123456789012", "999999999999"),
        arn.replace("us-east-1", "eu-west-1"),
        arn.replace("imported", "amazon.nova-lite-v1:0:300k"),
        "amazon.nova-lite-v1:0:300k".to_owned(),
    ] {
        let answer = server.get(&path(&other)).await;
        assert_eq!(
            answer.refusal(),
            (404, "ResourceNotFoundException"),
            "{other}"
        );
    }
}
