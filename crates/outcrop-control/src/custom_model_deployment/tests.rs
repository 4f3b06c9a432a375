use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::{Server, tune};

const DEPLOYMENTS: &str = "/model-customization/custom-model-deployments";
const MINUTE: Duration = Duration::from_mins(1);

/// A server with the custom models `a-model` and `b-model`, and their ARNs.
async fn prepared() -> (Server, String, String) {
    let server = Server::new(MINUTE);
    tune::create(&server, tune::request("a")).await;
    tune::create(&server, tune::request("b")).await;
    server.pass(MINUTE);
    let [a, b] = [arn(&server, "a-model").await, arn(&server, "b-model").await];
    (server, a, b)
}

async fn arn(server: &Server, name: &str) -> String {
    let model = server.get(&format!("/custom-models/{name}")).await.ok();
    model["modelArn"].as_str().expect("is a text").to_owned()
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post(DEPLOYMENTS, body).await.ok();
    let arn = answer["customModelDeploymentArn"].as_str();
    arn.expect("is a text").to_owned()
}

fn path(identifier: &str) -> String {
    format!("{DEPLOYMENTS}/{}", identifier.replace('/', "%2F"))
}

fn request(name: &str, model: &str) -> Value {
    json!({ "modelDeploymentName": name, "modelArn": model, "description": "for tests" })
}

#[tokio::test]
async fn deployments_go_their_way() {
    let (server, a, b) = prepared().await;
    let deployment = create(&server, request("first", &a)).await;
    let seen = server.get(&path(&deployment)).await.ok();
    assert_eq!(seen["status"], "Creating");
    assert_eq!(
        (&seen["modelArn"], &seen["description"]),
        (&json!(a), &json!("for tests"))
    );
    assert_eq!(seen["updateDetails"], Value::Null);
    let update = json!({ "modelArn": b });
    let early = server.patch(&path("first"), update.clone()).await;
    assert_eq!(early.refusal(), (400, "ValidationException"));
    assert_eq!(
        server.delete(&path("first")).await.refusal(),
        (400, "ConflictException")
    );

    server.pass(MINUTE);
    assert_eq!(server.get(&path("first")).await.ok()["status"], "Active");
    let updated = server.patch(&path("first"), update).await.ok();
    assert_eq!(updated["customModelDeploymentArn"], deployment);
    let seen = server.get(&path("first")).await.ok();
    assert_eq!(
        (&seen["status"], &seen["modelArn"]),
        (&json!("Active"), &json!(a))
    );
    let details = |status: &str| json!({ "modelArn": b, "updateStatus": status });
    assert_eq!(seen["updateDetails"], details("Updating"));
    server.pass(MINUTE);
    let seen = server.get(&path("first")).await.ok();
    assert_eq!(seen["modelArn"], b);
    assert_eq!(seen["updateDetails"], details("UpdateCompleted"));

    server.delete(&path(&deployment)).await.ok();
    for answer in [
        server.get(&path(&deployment)).await,
        server.delete(&path("first")).await,
    ] {
        assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    }
}

#[tokio::test]
async fn deployed_models_cannot_be_deleted() {
    let (server, a, b) = prepared().await;
    create(&server, request("first", &a)).await;
    let in_use = server.delete("/custom-models/a-model").await;
    assert_eq!(in_use.refusal(), (400, "ConflictException"));
    server.pass(MINUTE);
    server
        .patch(&path("first"), json!({ "modelArn": b }))
        .await
        .ok();
    server.pass(MINUTE);
    server.delete("/custom-models/a-model").await.ok();
    let in_use = server.delete("/custom-models/b-model").await;
    assert_eq!(in_use.refusal(), (400, "ConflictException"));
    server.delete(&path("first")).await.ok();
    server.delete("/custom-models/b-model").await.ok();
    let gone = server.post(DEPLOYMENTS, request("second", &b)).await;
    assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let (server, a, b) = prepared().await;
    let fail = json!([{ "key": "outcrop:fail", "value": "No capacity" }]);
    let mut body = request("failing", &a);
    body["tags"] = fail.clone();
    create(&server, body).await;
    let sound = create(&server, request("sound", &a)).await;
    server.pass(MINUTE);
    let seen = server.get(&path("failing")).await.ok();
    assert_eq!(
        (&seen["status"], &seen["failureMessage"]),
        (&json!("Failed"), &json!("No capacity"))
    );
    server
        .patch(&path("sound"), json!({ "modelArn": b }))
        .await
        .ok();
    let tag = json!({ "resourceARN": sound, "tags": fail });
    server.post("/tagResource", tag).await.ok();
    server.pass(MINUTE);
    let seen = server.get(&path("sound")).await.ok();
    assert_eq!(
        (&seen["status"], &seen["modelArn"]),
        (&json!("Active"), &json!(a))
    );
    assert_eq!(seen["updateDetails"]["updateStatus"], "UpdateFailed");
}

#[tokio::test]
async fn names_and_tokens_make_one() {
    let (server, a, b) = prepared().await;
    let mut body = request("once", &a);
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["modelArn"] = b.into();
    assert_eq!(server.post(DEPLOYMENTS, body).await.status, 400);
    let taken = server.post(DEPLOYMENTS, request("once", &a)).await;
    assert_eq!(taken.refusal(), (400, "ValidationException"));
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let (server, a, b) = prepared().await;
    for number in 0..4 {
        create(&server, request(&format!("page-{number}"), &a)).await;
    }
    create(&server, request("other", &b)).await;
    server.pass(MINUTE);
    let names = async |query: &str, size| -> Vec<String> {
        let target = format!("{DEPLOYMENTS}?{query}");
        let pages = server.pages(&target, "modelDeploymentSummaries", size);
        let items = pages.await.concat();
        let name = |item: &Value| {
            item["customModelDeploymentName"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        items.iter().map(name).collect()
    };
    for size in [1, 3, 100] {
        let of_a = names(&format!("modelArnEquals={a}&statusEquals=Active"), size).await;
        assert_eq!(of_a, ["page-3", "page-2", "page-1", "page-0"]);
        assert_eq!(names("statusEquals=Creating", size).await.len(), 0);
        assert_eq!(names("nameContains=OTHER", size).await, ["other"]);
    }
    assert_eq!(names("sortOrder=Ascending", 2).await.len(), 5);
}
