use std::time::Duration;

use http::Method;
use serde_json::{Value, json};

use crate::testing::Server;

const PACE: Duration = Duration::from_secs(10);
const SOLD: &str = "anthropic.claude-3-haiku-20240307-v1:0";
const OTHER: &str = "cohere.command-r-v1:0";
const FREE: &str = "amazon.nova-lite-v1:0";

async fn offers(server: &Server, model: &str) -> Vec<Value> {
    let target = format!("/list-foundation-model-agreement-offers/{model}");
    let answer = server.get(&target).await.ok();
    assert_eq!(answer["modelId"], model);
    answer["offers"].as_array().expect("is a list").clone()
}

async fn token(server: &Server, model: &str) -> Value {
    offers(server, model).await[0]["offerToken"].clone()
}

async fn agreement(server: &Server, region: &str, model: &str) -> Value {
    let target = format!("/foundation-model-availability/{model}");
    let answer = server
        .ask_from(region, Method::GET, &target, Value::Null)
        .await
        .ok();
    let rest = json!({
        "authorizationStatus": answer["authorizationStatus"],
        "entitlementAvailability": answer["entitlementAvailability"],
        "modelId": answer["modelId"],
        "regionAvailability": answer["regionAvailability"],
    });
    let expected = json!({
        "authorizationStatus": "AUTHORIZED",
        "entitlementAvailability": "AVAILABLE",
        "modelId": model,
        "regionAvailability": "AVAILABLE",
    });
    assert_eq!(rest, expected);
    answer["agreementAvailability"]["status"].clone()
}

async fn create(server: &Server, model: &str, token: Value) -> crate::testing::Answer {
    let body = json!({ "modelId": model, "offerToken": token });
    server
        .post("/create-foundation-model-agreement", body)
        .await
}

async fn delete(server: &Server, model: &str) -> crate::testing::Answer {
    let body = json!({ "modelId": model });
    server
        .post("/delete-foundation-model-agreement", body)
        .await
}

#[tokio::test]
async fn agreements_are_made_and_ended() {
    let server = Server::new(PACE);
    assert_eq!(agreement(&server, "us-east-1", SOLD).await, "NOT_AVAILABLE");
    let token = token(&server, SOLD).await;
    let made = create(&server, SOLD, token.clone()).await;
    assert_eq!((made.status, &made.ok()["modelId"]), (202, &json!(SOLD)));
    assert_eq!(agreement(&server, "us-east-1", SOLD).await, "PENDING");
    server.pass(PACE);
    for region in ["us-east-1", "eu-west-1"] {
        assert_eq!(agreement(&server, region, SOLD).await, "AVAILABLE");
    }
    assert_eq!(
        agreement(&server, "us-east-1", OTHER).await,
        "NOT_AVAILABLE"
    );
    let twice = create(&server, SOLD, token.clone()).await;
    assert_eq!(twice.refusal(), (400, "ConflictException"));

    assert_eq!(delete(&server, SOLD).await.status, 202);
    assert_eq!(agreement(&server, "us-east-1", SOLD).await, "NOT_AVAILABLE");
    let twice = delete(&server, SOLD).await;
    assert_eq!(twice.refusal(), (404, "ResourceNotFoundException"));
    create(&server, SOLD, token).await.ok();
}

#[tokio::test]
async fn offers_are_for_models_that_are_sold() {
    let server = Server::new(PACE);
    let offer = &offers(&server, SOLD).await[0];
    assert!(
        offer["offerId"].as_str().is_some_and(|id| id.len() == 19),
        "{offer}"
    );
    let terms = &offer["termDetails"];
    for term in ["legalTerm", "supportTerm", "usageBasedPricingTerm"] {
        assert!(terms[term].is_object(), "{offer}");
    }
    assert_ne!(token(&server, SOLD).await, token(&server, OTHER).await);
    assert_eq!(offers(&server, FREE).await, Vec::<Value>::new());
    assert_eq!(agreement(&server, "us-east-1", FREE).await, "AVAILABLE");
    let target = format!("/list-foundation-model-agreement-offers/{SOLD}?offerType=PUBLIC");
    let public = server.get(&target).await.ok();
    assert_eq!(public["offers"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_is_not_offered_cannot_be_agreed_on() {
    let server = Server::new(PACE);
    for (model, token) in [
        (SOLD, json!("offer")),
        (SOLD, token(&server, OTHER).await),
        (FREE, token(&server, SOLD).await),
    ] {
        let answer = create(&server, model, token.clone()).await;
        assert_eq!(
            answer.refusal(),
            (400, "ValidationException"),
            "{model} {token}"
        );
    }
    for target in [
        "list-foundation-model-agreement-offers",
        "foundation-model-availability",
    ] {
        let answer = server.get(&format!("/{target}/acme.none-v1:0")).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{target}");
    }
}
