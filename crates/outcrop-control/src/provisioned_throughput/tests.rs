use std::time::Duration;

use outcrop_store::{Commit, Key, Scope, Write};
use serde_json::{Value, json};

use crate::testing::Server;

const MODEL: &str = "amazon.nova-lite-v1:0:24k";

fn request(name: &str) -> Value {
    json!({ "modelId": MODEL, "modelUnits": 2, "provisionedModelName": name })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server
        .post("/provisioned-model-throughput", body)
        .await
        .ok();
    answer["provisionedModelArn"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

fn path(arn: &str) -> String {
    format!("/provisioned-model-throughput/{}", arn.replace('/', "%2F"))
}

#[tokio::test]
async fn throughput_goes_its_way() {
    let server = Server::new(Duration::from_secs(10));
    let arn = create(&server, request("first")).await;
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(seen["status"], "Creating");
    assert_eq!(seen["provisionedModelArn"], arn);
    assert_eq!(seen["modelUnits"], 2);

    let early = server
        .patch(
            &path(&arn),
            json!({ "desiredProvisionedModelName": "other" }),
        )
        .await;
    assert_eq!(early.refusal(), (400, "ValidationException"));

    server.pass(Duration::from_secs(10));
    assert_eq!(server.get(&path(&arn)).await.ok()["status"], "InService");
    server
        .patch(
            &path(&arn),
            json!({ "desiredProvisionedModelName": "other" }),
        )
        .await
        .ok();
    let by_name = server.get("/provisioned-model-throughput/other").await.ok();
    assert_eq!(by_name["provisionedModelArn"], arn);
    assert_eq!(by_name["status"], "InService");

    server.delete(&path(&arn)).await.ok();
    assert_eq!(
        server.get(&path(&arn)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(
        server.delete(&path(&arn)).await.refusal(),
        (404, "ResourceNotFoundException")
    );
}

#[tokio::test]
async fn model_of_base_capacity_stays() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("base")).await;
    let change = json!({ "desiredModelId": MODEL });
    let refused = server.patch(&path(&arn), change).await;
    assert_eq!(refused.refusal(), (400, "ValidationException"));
}

#[tokio::test]
async fn commitment_keeps_throughput_until_it_is_over() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("committed");
    body["commitmentDuration"] = "OneMonth".into();
    let arn = create(&server, body).await;
    let seen = server.get(&path(&arn)).await.ok();
    assert!(
        seen["commitmentExpirationTime"]
            .as_str()
            .is_some_and(|time| time.starts_with("2026-01-31")),
        "{seen}"
    );
    assert_eq!(
        server.delete(&path(&arn)).await.refusal(),
        (400, "ConflictException")
    );
    server.pass(Duration::from_hours(31 * 24));
    server.delete(&path(&arn)).await.ok();
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["modelUnits"] = 3.into();
    let other = server.post("/provisioned-model-throughput", body).await;
    assert_eq!(other.status, 400);
    assert_eq!(
        server.get("/provisioned-model-throughputs").await.ok()["provisionedModelSummaries"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn failure_can_be_asked_for() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("failing");
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "No capacity" }]);
    let arn = create(&server, body).await;
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(
        (&seen["status"], &seen["failureMessage"]),
        (&json!("Failed"), &json!("No capacity"))
    );
}

#[tokio::test]
async fn pages_and_filters_find_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..7 {
        create(&server, request(&format!("page-{number}"))).await;
    }
    let member = "provisionedModelSummaries";
    let names = |pages: Vec<Vec<Value>>| -> Vec<String> {
        let items = pages.concat().into_iter();
        items
            .map(|item| item["provisionedModelName"].as_str().unwrap().to_owned())
            .collect()
    };
    let newest_first: Vec<String> = (0..7)
        .rev()
        .map(|number| format!("page-{number}"))
        .collect();
    for size in [1, 3, 7, 100] {
        let pages = server
            .pages("/provisioned-model-throughputs", member, size)
            .await;
        assert_eq!(pages.len(), 7usize.div_ceil(size).max(1));
        assert_eq!(names(pages), newest_first);
        let filtered = server
            .pages(
                "/provisioned-model-throughputs?statusEquals=Failed",
                member,
                size,
            )
            .await;
        assert_eq!(names(filtered), Vec::<String>::new());
    }
    let ascending = server
        .pages(
            "/provisioned-model-throughputs?sortOrder=Ascending&nameContains=PAGE-3",
            member,
            5,
        )
        .await;
    assert_eq!(names(ascending), ["page-3"]);
    let elsewhere = server
        .get("/provisioned-model-throughputs?nextToken=abc")
        .await;
    assert_eq!(elsewhere.refusal(), (400, "ValidationException"));
}

#[tokio::test]
async fn models_without_throughput_are_refused() {
    let server = Server::new(Duration::ZERO);
    for model in [
        "anthropic.claude-sonnet-4-5-20250929-v1:0",
        "acme.none-v1:0",
    ] {
        let mut body = request("refused");
        body["modelId"] = model.into();
        let answer = server.post("/provisioned-model-throughput", body).await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{model}");
    }
    create(&server, request("taken")).await;
    let taken = server
        .post("/provisioned-model-throughput", request("taken"))
        .await;
    assert_eq!(taken.status, 400);
    assert!(taken.error().2.contains("taken"), "{}", taken.body);
}

/// The oldest is the only one that the filters let through, behind more than one request looks at.
#[tokio::test]
async fn pages_of_filters_that_let_few_through_are_short_and_go_on() {
    const OTHERS: i64 = 12_000;
    let server = Server::new(Duration::ZERO);
    let mut body = request("oldest");
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "No capacity" }]);
    create(&server, body).await;
    let template = create(&server, request("others")).await;
    let key = Key {
        scope: Scope {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        },
        kind: "provisioned-model",
        id: template.rsplit('/').next().unwrap().to_owned(),
    };
    let template = server.control.store.get(key).await.unwrap().unwrap();
    let others = (1..=OTHERS).map(|number| {
        let mut other = template.clone();
        other.key.id = format!("o{number:011}");
        other.name = format!("other-{number}");
        other.created_at += number;
        Write::Create(other)
    });
    let writes = others.collect();
    let commit = Commit {
        writes,
        token: None,
    };
    server.control.store.commit(commit).await.unwrap();
    for filter in ["statusEquals=Failed", "nameContains=OLD"] {
        let target = format!("/provisioned-model-throughputs?{filter}");
        let pages = server.pages(&target, "provisionedModelSummaries", 10).await;
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(sizes, [0, 1], "{filter}");
    }
    // What many pass needs no second look.
    let full = server
        .get("/provisioned-model-throughputs?nameContains=other&maxResults=7")
        .await
        .ok();
    assert_eq!(
        full["provisionedModelSummaries"].as_array().unwrap().len(),
        7
    );
}
