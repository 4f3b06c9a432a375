use std::{sync::Arc, time::Duration};

use bedrock_smithy::model::GuardrailStatus;
use outcrop_store::Scope;
use serde_json::json;

use super::{arn, create, create_version, path, request, version_path};
use crate::testing::Server;

fn scope(region: &str) -> Scope {
    Scope {
        account: Arc::from("123456789012"),
        region: Arc::from(region),
    }
}

#[tokio::test]
async fn the_runtime_reads_every_version() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("read")).await;
    create_version(&server, &id, json!({})).await;
    let mut changed = request("read");
    changed["wordPolicyConfig"]["wordsConfig"][0]["text"] = "basalt".into();
    server.put(&path(&id), changed).await.ok();

    let here = scope("us-east-1");
    for (identifier, version, word) in [
        (id.clone(), "DRAFT", "basalt"),
        (id.clone(), "1", "granite"),
        (arn(&id), "1", "granite"),
    ] {
        let found = server.control.guardrail(&here, &identifier, version).await;
        let found = found.expect("is read").expect("is there");
        assert_eq!((&*found.id, &*found.arn), (&*id, &*arn(&id)));
        assert_eq!(
            (&*found.version, found.status),
            (version, GuardrailStatus::Ready)
        );
        let words = found.request.word_policy_config.unwrap().words_config;
        assert_eq!(words.unwrap()[0].text, word);
    }
    for (scope, identifier, version) in [
        (scope("us-west-2"), id.clone(), "DRAFT"),
        (here.clone(), id.clone(), "2"),
        (here.clone(), "abcdefghijkl".to_owned(), "DRAFT"),
        (
            here.clone(),
            arn(&id).replace("us-east-1", "us-west-2"),
            "1",
        ),
    ] {
        let found = server.control.guardrail(&scope, &identifier, version).await;
        assert!(found.expect("is read").is_none(), "{identifier} {version}");
    }
}

#[tokio::test]
async fn the_time_of_the_last_change_is_that_of_the_configuration() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("times")).await;
    let here = scope("us-east-1");
    let updated_at = async |version: &str| {
        let found = server.control.guardrail(&here, &id, version).await;
        found.expect("is read").expect("is there").updated_at
    };
    let draft = updated_at("DRAFT").await;
    create_version(&server, &id, json!({})).await;
    create_version(&server, &id, json!({})).await;
    let version = updated_at("1").await;
    server.delete(&version_path(&id, "2")).await.ok();
    assert_eq!(
        (updated_at("DRAFT").await, updated_at("1").await),
        (draft, version)
    );
    server.put(&path(&id), request("times")).await.ok();
    assert_ne!(updated_at("DRAFT").await, draft);
    assert_eq!(updated_at("1").await, version);
}
