use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const ACCOUNT: &str = "arn:aws:bedrock:us-east-1:123456789012";

fn profile(size: &str) -> Value {
    json!({ "modelArn": format!("{ACCOUNT}:inference-profile/us.amazon.nova-{size}-v1:0") })
}

fn request(name: &str) -> Value {
    json!({
        "promptRouterName": name,
        "description": "Lite or pro",
        "models": [profile("lite"), profile("pro")],
        "fallbackModel": profile("pro"),
        "routingCriteria": { "responseQualityDifference": 10.5 },
    })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/prompt-routers", body).await.ok();
    answer["promptRouterArn"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

fn path(arn: &str) -> String {
    format!("/prompt-routers/{}", arn.replace('/', "%2F"))
}

#[tokio::test]
async fn router_goes_its_way() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("mine")).await;
    assert!(
        arn.starts_with(&format!("{ACCOUNT}:prompt-router/")),
        "{arn}"
    );
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(
        seen,
        json!({
            "createdAt": seen["createdAt"],
            "description": "Lite or pro",
            "fallbackModel": profile("pro"),
            "models": [profile("lite"), profile("pro")],
            "promptRouterArn": arn,
            "promptRouterName": "mine",
            "routingCriteria": { "responseQualityDifference": 10.5 },
            "status": "AVAILABLE",
            "type": "custom",
            "updatedAt": seen["createdAt"],
        })
    );
    server.delete(&path(&arn)).await.ok();
    for answer in [
        server.get(&path(&arn)).await,
        server.delete(&path(&arn)).await,
    ] {
        assert_eq!(answer.refusal(), (404, "ResourceNotFoundException"));
    }
}

#[tokio::test]
async fn defaults_are_there_and_stay() {
    let server = Server::new(Duration::ZERO);
    let member = "promptRouterSummaries";
    let listed = server.pages("/prompt-routers", member, 100).await.concat();
    let arns: Vec<_> = listed
        .iter()
        .map(|item| item["promptRouterArn"].as_str().unwrap())
        .collect();
    let expected = ["anthropic.claude:1", "meta.llama:1", "amazon.nova:1"];
    assert_eq!(
        arns,
        expected.map(|id| format!("{ACCOUNT}:default-prompt-router/{id}"))
    );
    for size in [1, 2, 3] {
        assert_eq!(
            server
                .pages("/prompt-routers?type=default", member, size)
                .await
                .concat(),
            listed
        );
    }
    for item in &listed {
        assert_eq!(item["type"], "default");
        let target = path(item["promptRouterArn"].as_str().unwrap());
        assert_eq!(server.get(&target).await.ok(), *item);
        assert_eq!(
            server.delete(&target).await.refusal(),
            (400, "ValidationException")
        );
    }
    // None of their models can be had from there.
    let elsewhere = server
        .ask_from(
            "eu-west-1",
            http::Method::GET,
            "/prompt-routers",
            Value::Null,
        )
        .await;
    assert_eq!(elsewhere.ok()[member], json!([]));
}

#[tokio::test]
async fn pages_have_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..5 {
        create(&server, request(&format!("page {number}"))).await;
    }
    for size in [1, 2, 5, 100] {
        let pages = server
            .pages("/prompt-routers?type=custom", "promptRouterSummaries", size)
            .await;
        assert_eq!(pages.len(), 5usize.div_ceil(size));
        let items = pages.concat();
        let names: Vec<_> = items
            .iter()
            .map(|item| item["promptRouterName"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["page 4", "page 3", "page 2", "page 1", "page 0"]);
    }
}

#[tokio::test]
async fn same_token_makes_one_and_names_are_unique() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once");
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["routingCriteria"]["responseQualityDifference"] = 1.into();
    for other in [body, request("once")] {
        let answer = server.post("/prompt-routers", other).await;
        assert_eq!(answer.refusal(), (400, "ConflictException"));
    }
}

#[tokio::test]
async fn models_have_to_be_there_and_of_one_family() {
    let server = Server::new(Duration::ZERO);
    let lite = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
    for (models, status) in [
        (json!([]), 400),
        (json!([profile("pro")]), 400),
        (json!([profile("none"), profile("pro")]), 400),
        (
            json!([{ "modelArn": lite.replace("us-east-1", "eu-west-1") }]),
            400,
        ),
        (
            json!([{ "modelArn": format!("{ACCOUNT}:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0") }]),
            400,
        ),
        (
            json!([{ "modelArn": format!("{ACCOUNT}:application-inference-profile/abcdefghijkl") }]),
            404,
        ),
        (json!([{ "modelArn": lite }]), 200),
    ] {
        let mut body = request("tried");
        body["models"] = models.clone();
        let answer = server.post("/prompt-routers", body).await;
        assert_eq!(answer.status, status, "{models}: {}", answer.body);
    }
}

#[tokio::test]
async fn profiles_stay_while_a_router_needs_them() {
    let server = Server::new(Duration::ZERO);
    let source = format!("{ACCOUNT}:inference-profile/us.amazon.nova-lite-v1:0");
    let made = json!({ "inferenceProfileName": "used", "modelSource": { "copyFrom": source } });
    let made = server.post("/inference-profiles", made).await.ok();
    let arn = made["inferenceProfileArn"].as_str().unwrap();
    let mut routers = Vec::new();
    for name in ["one", "two"] {
        let mut body = request(name);
        body["models"] = json!([{ "modelArn": arn }, { "modelArn": arn }]);
        routers.push(create(&server, body).await);
    }
    let profile = format!("/inference-profiles/{}", arn.replace('/', "%2F"));
    for router in routers {
        assert_eq!(
            server.delete(&profile).await.refusal(),
            (400, "ConflictException")
        );
        server.delete(&path(&router)).await.ok();
    }
    server.delete(&profile).await.ok();
}

#[tokio::test]
async fn routers_of_others_are_not_there() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("mine")).await;
    for other in [
        arn.replace("123456789012", "999999999999"),
        arn.replace("us-east-1", "us-west-2"),
        arn.replace(":prompt-router", ":default-prompt-router"),
        format!("{ACCOUNT}:default-prompt-router/acme.none:1"),
        format!("{ACCOUNT}:prompt-router/amazon.nova:1"),
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

#[tokio::test]
async fn routers_have_tags() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("tagged");
    body["tags"] = json!([{ "key": "team", "value": "red" }]);
    let arn = create(&server, body).await;
    let tags = server
        .post("/listTagsForResource", json!({ "resourceARN": arn }))
        .await
        .ok();
    assert_eq!(tags["tags"], json!([{ "key": "team", "value": "red" }]));
}
