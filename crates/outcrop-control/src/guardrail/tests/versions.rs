use std::time::Duration;

use serde_json::json;

use super::{arn_path, create, create_version, path, request, status, version_path};
use crate::testing::Server;

const PACE: Duration = Duration::from_secs(10);

#[tokio::test]
async fn versions_are_snapshots() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("layers")).await;
    let body = json!({ "description": "the first" });
    assert_eq!(create_version(&server, &id, body).await, "1");
    let mut changed = request("layers-2");
    changed["wordPolicyConfig"]["wordsConfig"][0]["text"] = "basalt".into();
    server.put(&path(&id), changed).await.ok();
    assert_eq!(create_version(&server, &id, json!({})).await, "2");

    let draft = server.get(&path(&id)).await.ok();
    let first = server.get(&version_path(&id, "1")).await.ok();
    let second = server.get(&version_path(&id, "2")).await.ok();
    assert_eq!(first["version"], "1");
    assert_eq!(first["name"], "layers");
    assert_eq!(first["description"], "the first");
    assert_eq!(first["wordPolicy"]["words"][0]["text"], "granite");
    assert_eq!(second["name"], "layers-2");
    assert_eq!(second["wordPolicy"]["words"][0]["text"], "basalt");
    assert!(second.get("description").is_none(), "{second}");
    for member in ["guardrailId", "guardrailArn"] {
        assert_eq!(first[member], draft[member]);
    }
}

#[tokio::test]
async fn numbers_are_given_once() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("numbers")).await;
    for number in ["1", "2", "3"] {
        assert_eq!(create_version(&server, &id, json!({})).await, number);
    }
    server.delete(&version_path(&id, "3")).await.ok();
    let gone = server.get(&version_path(&id, "3")).await;
    assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
    let twice = server.delete(&version_path(&id, "3")).await;
    assert_eq!(twice.refusal(), (404, "ResourceNotFoundException"));
    assert_eq!(create_version(&server, &id, json!({})).await, "4");
    assert_eq!(status(&server, &version_path(&id, "2")).await, "READY");

    server.delete(&arn_path(&id)).await.ok();
    let gone = server.get(&version_path(&id, "2")).await;
    assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn versions_go_their_way() {
    let server = Server::new(PACE);
    let id = create(&server, request("slow")).await;
    let early = server.post(&path(&id), json!({})).await;
    assert_eq!(early.refusal(), (400, "ConflictException"));
    server.pass(PACE);
    let made = server.get(&path(&id)).await.ok()["updatedAt"].clone();

    let version = create_version(&server, &id, json!({})).await;
    assert_eq!(status(&server, &path(&id)).await, "VERSIONING");
    assert_eq!(
        status(&server, &version_path(&id, &version)).await,
        "CREATING"
    );
    let update = server.put(&path(&id), request("slow")).await;
    assert_eq!(update.refusal(), (400, "ConflictException"));
    server.pass(PACE);
    assert_eq!(status(&server, &version_path(&id, &version)).await, "READY");
    let draft = server.get(&path(&id)).await.ok();
    assert_eq!(
        (&draft["status"], &draft["updatedAt"]),
        (&json!("READY"), &made)
    );

    server.delete(&version_path(&id, &version)).await.ok();
    assert_eq!(
        status(&server, &version_path(&id, &version)).await,
        "DELETING"
    );
    server.pass(PACE);
    for _ in 0..2 {
        let gone = server.get(&version_path(&id, &version)).await;
        assert_eq!(gone.refusal(), (404, "ResourceNotFoundException"));
    }
    assert_eq!(status(&server, &path(&id)).await, "READY");
}

#[tokio::test]
async fn the_same_token_makes_one_version_of_one_guardrail() {
    let server = Server::new(PACE);
    let first = create(&server, request("one")).await;
    let second = create(&server, request("two")).await;
    server.pass(PACE);
    let body = json!({ "clientRequestToken": "token-1" });
    for id in [&first, &second, &first] {
        assert_eq!(create_version(&server, id, body.clone()).await, "1");
    }
    let other = json!({ "clientRequestToken": "token-1", "description": "other" });
    let other = server.post(&path(&first), other).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
}

#[tokio::test]
async fn there_is_a_limit() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("many")).await;
    let mut last = json!({});
    for number in 1..=20 {
        last = json!({ "clientRequestToken": format!("token-{number}") });
        create_version(&server, &id, last.clone()).await;
    }
    let more = server.post(&path(&id), json!({})).await;
    assert_eq!(more.refusal(), (400, "ServiceQuotaExceededException"));
    // The last one was made, and is told again.
    assert_eq!(create_version(&server, &id, last).await, "20");
    server.delete(&version_path(&id, "7")).await.ok();
    assert_eq!(create_version(&server, &id, json!({})).await, "21");
}

#[tokio::test]
async fn racing_requests_get_numbers_of_their_own() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("race")).await;
    let made = (0..5).map(|_| create_version(&server, &id, json!({})));
    let mut numbers = futures_util::future::join_all(made).await;
    numbers.sort();
    assert_eq!(numbers, ["1", "2", "3", "4", "5"]);
}
