use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const HUB: &str = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model";
const ALL: &str = "/marketplace-model/endpoints";

fn config(instances: u32) -> Value {
    json!({ "sageMaker": {
        "executionRole": "arn:aws:iam::123456789012:role/endpoint",
        "initialInstanceCount": instances,
        "instanceType": "ml.g5.2xlarge",
    }})
}

fn request(name: &str) -> Value {
    json!({
        "acceptEula": true,
        "endpointConfig": config(1),
        "endpointName": name,
        "modelSourceIdentifier": format!("{HUB}/qwen3-4b/1.0.0"),
    })
}

async fn create(server: &Server, body: Value) -> String {
    let made = server.post(ALL, body).await.ok();
    let arn = made["marketplaceModelEndpoint"]["endpointArn"].as_str();
    arn.expect("is a text").to_owned()
}

fn path(arn: &str) -> String {
    format!("{ALL}/{}", arn.replace('/', "%2F"))
}

async fn seen(server: &Server, arn: &str) -> Value {
    server.get(&path(arn)).await.ok()["marketplaceModelEndpoint"].take()
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn endpoint_goes_its_way() {
    let server = Server::new(SECOND);
    let arn = create(&server, request("mine")).await;
    assert_eq!(
        arn,
        "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine"
    );
    let first = seen(&server, &arn).await;
    assert_eq!(
        first,
        json!({
            "createdAt": first["createdAt"],
            "endpointArn": arn,
            "endpointConfig": config(1),
            "endpointStatus": "Creating",
            "modelSourceIdentifier": format!("{HUB}/qwen3-4b/1.0.0"),
            "status": "REGISTERED",
            "updatedAt": first["createdAt"],
        })
    );
    let change = json!({ "endpointConfig": config(2), "clientRequestToken": "change-1" });
    let early = server.patch(&path(&arn), change.clone()).await;
    assert_eq!(early.refusal(), (400, "ConflictException"));
    server.pass(SECOND);
    assert_eq!(seen(&server, &arn).await["endpointStatus"], "InService");

    for _ in 0..2 {
        // The second time it is the same change.
        let changed = server.patch(&path(&arn), change.clone()).await.ok();
        let changed = &changed["marketplaceModelEndpoint"];
        assert_eq!(changed["endpointStatus"], "Updating");
        assert_eq!(changed["endpointConfig"], config(2));
        assert_eq!(
            changed["modelSourceIdentifier"],
            first["modelSourceIdentifier"]
        );
    }
    let other = json!({ "endpointConfig": config(3), "clientRequestToken": "change-1" });
    let other = server.patch(&path(&arn), other).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
    server.pass(SECOND);
    assert_eq!(seen(&server, &arn).await["endpointStatus"], "InService");

    server.delete(&path(&arn)).await.ok();
    for answer in [
        server.get(&path(&arn)).await,
        server.delete(&path(&arn)).await,
    ] {
        assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    }
    create(&server, request("mine")).await;
}

#[tokio::test]
async fn registration_is_given_up_and_taken_up() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("mine")).await;
    let registration = format!("{}/registration", path(&arn));
    server.delete(&registration).await.ok();
    let unknown = (404, "ResourceNotFoundException");
    assert_eq!(server.get(&path(&arn)).await.refusal(), unknown);
    assert_eq!(server.delete(&registration).await.refusal(), unknown);
    assert_eq!(
        server.get(ALL).await.ok()["marketplaceModelEndpoints"],
        json!([])
    );

    let other = json!({ "modelSourceIdentifier": format!("{HUB}/other/1.0.0") });
    let other = server.post(&registration, other).await;
    assert_eq!(other.refusal(), (400, "ValidationException"));
    let source = json!({ "modelSourceIdentifier": format!("{HUB}/qwen3-4b/1.0.0") });
    for _ in 0..2 {
        let again = server.post(&registration, source.clone()).await.ok();
        assert_eq!(again["marketplaceModelEndpoint"]["status"], "REGISTERED");
    }
    assert_eq!(seen(&server, &arn).await["endpointStatus"], "InService");
    let none = format!("{}/registration", path(&arn.replace("mine", "none")));
    assert_eq!(server.post(&none, source).await.refusal(), unknown);
}

#[tokio::test]
async fn same_token_makes_one_and_names_are_unique() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["endpointConfig"] = config(2);
    for other in [body, request("once")] {
        let answer = server.post(ALL, other).await;
        assert_eq!(
            answer.refusal(),
            (400, "ConflictException"),
            "{}",
            answer.body
        );
    }
    for name in ["-a", "a_b", "a/b", ""] {
        let answer = server.post(ALL, request(name)).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{name}");
    }
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..5 {
        let mut body = request(&format!("page-{number}"));
        if number % 2 == 0 {
            body["modelSourceIdentifier"] = format!("{HUB}/even/1").into();
        }
        create(&server, body).await;
    }
    let names = |pages: Vec<Vec<Value>>| -> Vec<String> {
        let items = pages.concat();
        let name = |item: &Value| {
            item["endpointArn"]
                .as_str()
                .unwrap()
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned()
        };
        items.iter().map(name).collect()
    };
    for size in [1, 2, 5] {
        let all = server.pages(ALL, "marketplaceModelEndpoints", size).await;
        assert_eq!(
            names(all),
            ["page-4", "page-3", "page-2", "page-1", "page-0"]
        );
        let source = format!("{ALL}?modelSourceIdentifier={HUB}/even/1");
        let even = server
            .pages(&source, "marketplaceModelEndpoints", size)
            .await;
        assert_eq!(names(even), ["page-4", "page-2", "page-0"]);
    }
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("failing");
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "No capacity" }]);
    let arn = create(&server, body).await;
    let endpoint = seen(&server, &arn).await;
    assert_eq!(endpoint["endpointStatus"], "Failed");
    assert_eq!(endpoint["endpointStatusMessage"], "No capacity");
}

#[tokio::test]
async fn endpoints_of_others_are_not_there() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("mine")).await;
    for other in [
        arn.replace("123456789012", "999999999999"),
        arn.replace("us-east-1", "us-west-2"),
        arn.replace("endpoint/", "model/"),
        "mine".to_owned(),
    ] {
        for answer in [
            server.get(&path(&other)).await,
            server.delete(&path(&other)).await,
        ] {
            assert_eq!(
                answer.refusal(),
                (404, "ResourceNotFoundException"),
                "{other}"
            );
        }
    }
}
