use std::{sync::Arc, time::Duration};

use outcrop_store::Scope;
use serde_json::{Value, json};

use crate::testing::Server;

const PATH: &str = "/enforcedGuardrailsConfiguration";

/// Makes a guardrail with versions 1 and 2, and gives its id.
async fn guardrail(server: &Server) -> String {
    let body = json!({
        "name": "enforced",
        "blockedInputMessaging": "Not that.",
        "blockedOutputsMessaging": "Not this.",
        "wordPolicyConfig": { "wordsConfig": [{ "text": "granite" }] },
    });
    let made = server.post("/guardrails", body).await.ok();
    let id = made["guardrailId"].as_str().expect("is a text").to_owned();
    for _ in 0..2 {
        server
            .post(&format!("/guardrails/{id}"), json!({}))
            .await
            .ok();
    }
    id
}

fn put(id: &str, version: &str) -> Value {
    json!({ "guardrailInferenceConfig": { "guardrailIdentifier": id, "guardrailVersion": version } })
}

async fn configurations(server: &Server) -> Vec<Value> {
    server.get(PATH).await.ok()["guardrailsConfig"]
        .as_array()
        .expect("is a list")
        .clone()
}

#[tokio::test]
async fn one_guardrail_is_enforced_at_a_time() {
    let server = Server::new(Duration::ZERO);
    let id = guardrail(&server).await;
    assert_eq!(configurations(&server).await, Vec::<Value>::new());
    let mut body = put(
        &format!("arn:aws:bedrock:us-east-1:123456789012:guardrail/{id}"),
        "1",
    );
    let config = &mut body["guardrailInferenceConfig"];
    config["selectiveContentGuarding"] =
        json!({ "messages": "SELECTIVE", "system": "COMPREHENSIVE" });
    let models =
        json!({ "excludedModels": [], "includedModels": ["ALL", "amazon.nova-lite-v1:0"] });
    config["modelEnforcement"] = models.clone();
    let made = server.put(PATH, body).await.ok();
    let config_id = made["configId"].as_str().expect("is a text").to_owned();

    let seen = configurations(&server).await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["configId"], config_id);
    assert_eq!(seen[0]["guardrailId"], id);
    assert_eq!(seen[0]["guardrailVersion"], "1");
    assert_eq!(seen[0]["owner"], "ACCOUNT");
    assert_eq!(seen[0]["modelEnforcement"], models);
    assert_eq!(seen[0]["selectiveContentGuarding"]["messages"], "SELECTIVE");
    assert_eq!(seen[0]["updatedAt"], made["updatedAt"]);

    let second = server.put(PATH, put(&id, "2")).await;
    assert_eq!(second.refusal(), (400, "ConflictException"));
    let mut body = put(&id, "2");
    body["configId"] = config_id.as_str().into();
    server.put(PATH, body).await.ok();
    let seen = configurations(&server).await;
    assert_eq!((seen.len(), &seen[0]["guardrailVersion"]), (1, &json!("2")));
    assert!(seen[0].get("modelEnforcement").is_none(), "{seen:?}");

    let path = format!("{PATH}/{config_id}");
    server.delete(&path).await.ok();
    assert_eq!(configurations(&server).await, Vec::<Value>::new());
    assert_eq!(
        server.delete(&path).await.refusal(),
        (404, "ResourceNotFoundException")
    );
    server.put(PATH, put(&id, "1")).await.ok();
}

#[tokio::test]
async fn what_is_not_there_cannot_be_enforced() {
    let server = Server::new(Duration::ZERO);
    let id = guardrail(&server).await;
    let mut unknown = put(&id, "1");
    unknown["configId"] = "abcdefghijkl".into();
    for body in [put("abcdefghijkl", "1"), put(&id, "3"), unknown] {
        let answer = server.put(PATH, body.clone()).await;
        assert_eq!(
            answer.refusal(),
            (404, "ResourceNotFoundException"),
            "{body}"
        );
    }
    let mut models = put(&id, "1");
    models["guardrailInferenceConfig"]["modelEnforcement"] =
        json!({ "excludedModels": ["acme.none-v1:0"], "includedModels": ["ALL"] });
    let answer = server.put(PATH, models).await;
    assert_eq!(answer.refusal(), (400, "ValidationException"));
    let token = server.get(&format!("{PATH}?nextToken=abc")).await;
    assert_eq!(token.refusal(), (400, "ValidationException"));
}

#[tokio::test]
async fn what_is_enforced_cannot_be_deleted() {
    let server = Server::new(Duration::ZERO);
    let id = guardrail(&server).await;
    let made = server.put(PATH, put(&id, "1")).await.ok();
    let (guardrail, version) = (
        format!("/guardrails/{id}"),
        format!("/guardrails/{id}?guardrailVersion=1"),
    );
    for target in [&guardrail, &version] {
        let answer = server.delete(target).await;
        assert_eq!(answer.refusal(), (400, "ConflictException"), "{target}");
    }
    server
        .delete(&format!("/guardrails/{id}?guardrailVersion=2"))
        .await
        .ok();
    server
        .delete(&format!("{PATH}/{}", made["configId"].as_str().unwrap()))
        .await
        .ok();
    server.delete(&version).await.ok();
    server.delete(&guardrail).await.ok();
}

#[tokio::test]
async fn the_runtime_reads_it() {
    let server = Server::new(Duration::ZERO);
    let scope = Scope {
        account: Arc::from("123456789012"),
        region: Arc::from("us-east-1"),
    };
    let read = async || {
        server
            .control
            .enforced_guardrail(&scope)
            .await
            .expect("is read")
    };
    assert!(read().await.is_none());
    let id = guardrail(&server).await;
    server.put(PATH, put(&id, "2")).await.ok();
    let found = read().await.expect("is there");
    assert_eq!(
        (&*found.guardrail_id, &*found.guardrail_version),
        (&*id, "2")
    );
    let elsewhere = Scope {
        region: Arc::from("eu-west-1"),
        ..scope.clone()
    };
    let elsewhere = server.control.enforced_guardrail(&elsewhere).await;
    assert!(elsewhere.expect("is read").is_none());
}
