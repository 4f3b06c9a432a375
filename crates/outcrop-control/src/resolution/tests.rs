use std::{collections::BTreeMap, time::Duration};

use outcrop_store::{Commit, Key, Record, Scope, Write};
use serde_json::{Value, json};

use super::*;
use crate::testing::Server;

const ACCOUNT: &str = "arn:aws:bedrock:us-east-1:123456789012";
const PACE: Duration = Duration::from_secs(1);

async fn resolve(server: &Server, arn: &str) -> Result<Option<Answers>, ResourceError> {
    let asker = Asker {
        account: "123456789012",
        region: "us-east-1",
    };
    let found = server.control.resolve(asker, arn).await?;
    Ok(found.map(|found| {
        assert_eq!(found.arn, arn);
        found.answers
    }))
}

#[allow(clippy::unnecessary_wraps, reason = "compared with what can fail")]
fn model(id: &str) -> Result<Option<Answers>, ResourceError> {
    Ok(Some(Answers::Model(id.to_owned())))
}

async fn made(server: &Server, target: &str, body: Value, member: &str) -> String {
    let answer = server.post(target, body).await.ok();
    let arn = answer.pointer(member).and_then(Value::as_str);
    arn.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Keeps a record as the operations of other kinds do.
async fn keep(server: &Server, kind: &'static str, id: &str, fails: bool) {
    let mut tags = BTreeMap::new();
    if fails {
        tags.insert("outcrop:fail".to_owned(), "No".to_owned());
    }
    let at = server.control.now();
    let base = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
    let state = json!({
        "base_model": "amazon.nova-lite-v1:0",
        "base_model_arn": base,
        "checked": true,
        "imported": false,
    });
    let record = Record {
        key: Key {
            scope: Scope {
                account: "123456789012".into(),
                region: "us-east-1".into(),
            },
            kind,
            id: id.to_owned(),
        },
        parent: None,
        name: format!("name-{id}"),
        unique_name: false,
        created_at: at,
        updated_at: at,
        revision: 1,
        tags,
        body: json!({ "request": {}, "state": state }).to_string(),
    };
    let commit = Commit {
        writes: vec![Write::Create(record)],
        token: None,
    };
    server.control.store.commit(commit).await.unwrap();
}

#[tokio::test]
async fn profiles_are_their_model_at_once() {
    let server = Server::new(PACE);
    let source = format!("{ACCOUNT}:inference-profile/us.amazon.nova-lite-v1:0");
    let body = json!({ "inferenceProfileName": "mine", "modelSource": { "copyFrom": source } });
    let arn = made(&server, "/inference-profiles", body, "/inferenceProfileArn").await;
    assert_eq!(resolve(&server, &arn).await, model("amazon.nova-lite-v1:0"));
    for other in [
        arn.replace("123456789012", "999999999999"),
        arn.replace("us-east-1", "us-west-2"),
        "mine".to_owned(),
    ] {
        assert_eq!(resolve(&server, &other).await, Ok(None), "{other}");
    }
}

#[tokio::test]
async fn capacity_answers_once_it_is_there() {
    let server = Server::new(PACE);
    let target = "/provisioned-model-throughput";
    let mut body = json!({ "modelId": "amazon.nova-lite-v1:0:24k", "modelUnits": 1, "provisionedModelName": "mine" });
    let arn = made(&server, target, body.clone(), "/provisionedModelArn").await;
    body["provisionedModelName"] = "failing".into();
    body["tags"] = json!([{ "key": "outcrop:fail", "value": "No" }]);
    let failing = made(&server, target, body, "/provisionedModelArn").await;
    assert_eq!(resolve(&server, &arn).await, Err(not_ready()));
    server.pass(PACE);
    assert_eq!(
        resolve(&server, &arn).await,
        model("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:24k")
    );
    assert_eq!(
        resolve(&server, &failing).await,
        Err(refused(&failing, "Failed"))
    );
}

#[tokio::test]
async fn endpoints_answer_while_they_are_registered() {
    let server = Server::new(PACE);
    let source =
        "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/qwen3-4b/1.0.0";
    let body = json!({
        "endpointConfig": { "sageMaker": {
            "executionRole": "arn:aws:iam::123456789012:role/endpoint",
            "initialInstanceCount": 1,
            "instanceType": "ml.g5.2xlarge",
        }},
        "endpointName": "mine",
        "modelSourceIdentifier": source,
    });
    let target = "/marketplace-model/endpoints";
    let arn = made(
        &server,
        target,
        body,
        "/marketplaceModelEndpoint/endpointArn",
    )
    .await;
    assert_eq!(resolve(&server, &arn).await, Err(not_ready()));
    server.pass(PACE);
    assert_eq!(resolve(&server, &arn).await, model("qwen.qwen3-32b-v1:0"));
    let registration = format!("{target}/{}/registration", arn.replace('/', "%2F"));
    server.delete(&registration).await.ok();
    assert_eq!(resolve(&server, &arn).await, Ok(None));
}

#[tokio::test]
async fn routers_choose_between_their_models() {
    let server = Server::new(PACE);
    let target = |size: &str| format!("{ACCOUNT}:inference-profile/us.amazon.nova-{size}-v1:0");
    let body = json!({
        "promptRouterName": "mine",
        "models": [{ "modelArn": target("pro") }, { "modelArn": target("lite") }],
        "fallbackModel": { "modelArn": target("pro") },
        "routingCriteria": { "responseQualityDifference": 10 },
    });
    let arn = made(&server, "/prompt-routers", body, "/promptRouterArn").await;
    let default = format!("{ACCOUNT}:default-prompt-router/amazon.nova:1");
    for (arn, difference) in [(arn, 10.0), (default, 0.26)] {
        let Ok(Some(Answers::Routed(routes))) = resolve(&server, &arn).await else {
            panic!("{arn} is not routed");
        };
        assert!((routes.response_quality_difference - difference).abs() < f64::EPSILON);
        assert_eq!(
            (&routes.fallback.arn, &routes.other.arn),
            (&target("pro"), &target("lite"))
        );
        for (route, size) in [(&routes.fallback, "pro"), (&routes.other, "lite")] {
            let behind = server.control.catalogue.behind(&route.model).unwrap();
            assert_eq!(behind.model.id, format!("amazon.nova-{size}-v1:0"));
        }
    }
    let none = format!("{ACCOUNT}:prompt-router/abcdefghijkl");
    assert_eq!(resolve(&server, &none).await, Ok(None));
}

#[tokio::test]
async fn models_of_callers_are_their_base_model() {
    let server = Server::new(PACE);
    for (kind, rest) in [
        ("custom-model", "amazon.nova-lite-v1:0/abcdefghijkl"),
        ("custom-model-deployment", "abcdefghijkl"),
        ("imported-model", "abcdefghijkl"),
    ] {
        let arn = format!("{ACCOUNT}:{kind}/{rest}");
        assert_eq!(resolve(&server, &arn).await, Ok(None), "{kind}");
        keep(&server, kind, "abcdefghijkl", false).await;
        keep(&server, kind, "failingfails", true).await;
        if kind == "imported-model" {
            // It is there when its job is over.
            assert_eq!(resolve(&server, &arn).await, model("amazon.nova-lite-v1:0"));
            continue;
        }
        assert_eq!(resolve(&server, &arn).await, Err(not_ready()), "{kind}");
        server.pass(PACE);
        let found = resolve(&server, &arn).await;
        assert_eq!(found, model("amazon.nova-lite-v1:0"), "{kind}");
        let failing = arn.replace("abcdefghijkl", "failingfails");
        let found = resolve(&server, &failing).await;
        assert_eq!(found, Err(refused(&failing, "Failed")));
    }
}

#[tokio::test]
async fn capacity_can_be_bought_for_custom_models() {
    let server = Server::new(Duration::ZERO);
    keep(&server, "custom-model", "abcdefghijkl", false).await;
    keep(&server, "custom-model", "failingfails", true).await;
    let custom = format!("{ACCOUNT}:custom-model/amazon.nova-lite-v1:0/abcdefghijkl");
    let target = "/provisioned-model-throughput";
    let request = |name: &str, model: &str| json!({ "modelId": model, "modelUnits": 1, "provisionedModelName": name });
    let base = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
    for (name, identifier) in [
        ("by-arn", custom.as_str()),
        ("by-name", "name-abcdefghijkl"),
    ] {
        let arn = made(
            &server,
            target,
            request(name, identifier),
            "/provisionedModelArn",
        )
        .await;
        let seen = server.get(&format!("{target}/{name}")).await.ok();
        assert_eq!(seen["modelArn"], custom);
        assert_eq!(seen["desiredModelArn"], custom);
        assert_eq!(seen["foundationModelArn"], base);
        assert_eq!(resolve(&server, &arn).await, model(base));
    }
    for (missing, status) in [
        (custom.replace("abcdefghijkl", "lkjihgfedcba"), 404),
        ("none".to_owned(), 404),
        (custom.replace("abcdefghijkl", "failingfails"), 400),
    ] {
        let answer = server.post(target, request("refused", &missing)).await;
        assert_eq!(answer.status, status, "{missing}: {}", answer.body);
    }
    let model = format!("/custom-models/{}", custom.replace('/', "%2F"));
    let in_use = server.delete(&model).await;
    assert_eq!(in_use.refusal(), (400, "ConflictException"));
    let change = json!({ "desiredModelId": custom });
    server.patch(&format!("{target}/by-arn"), change).await.ok();
}
