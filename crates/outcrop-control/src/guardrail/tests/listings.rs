use std::time::Duration;

use serde_json::{Value, json};

use super::{arn, create, create_version, path, request, version_path};
use crate::testing::Server;

const MEMBER: &str = "guardrails";

fn members(pages: &[Vec<Value>], member: &str) -> Vec<String> {
    let items = pages.iter().flatten();
    items
        .map(|item| item[member].as_str().expect("is a text").to_owned())
        .collect()
}

#[tokio::test]
async fn pages_find_each_draft_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..7 {
        let id = create(&server, request(&format!("page-{number}"))).await;
        create_version(&server, &id, json!({})).await;
    }
    let newest_first: Vec<String> = (0..7)
        .rev()
        .map(|number| format!("page-{number}"))
        .collect();
    for size in [1, 3, 7, 100] {
        let pages = server.pages("/guardrails", MEMBER, size).await;
        assert_eq!(pages.len(), 7usize.div_ceil(size));
        assert_eq!(members(&pages, "name"), newest_first);
    }
    let all = server.get("/guardrails").await.ok();
    let first = &all[MEMBER][0];
    assert_eq!(first["version"], "DRAFT");
    assert_eq!(first["description"], "about page-6");
    assert_eq!(first["arn"], arn(first["id"].as_str().unwrap()));
    let broken = server.get("/guardrails?nextToken=abc").await;
    assert_eq!(broken.refusal(), (400, "ValidationException"));
}

#[tokio::test]
async fn pages_find_each_version_once() {
    let server = Server::new(Duration::ZERO);
    let id = create(&server, request("layers")).await;
    let other = create(&server, request("other")).await;
    create_version(&server, &other, json!({})).await;
    for number in 1..=6 {
        let body = json!({ "description": format!("number {number}") });
        create_version(&server, &id, body).await;
    }
    for identifier in [id.clone(), arn(&id).replace('/', "%2F")] {
        let target = format!("/guardrails?guardrailIdentifier={identifier}");
        for size in [1, 2, 7, 100] {
            let pages = server.pages(&target, MEMBER, size).await;
            assert_eq!(pages.len(), 7usize.div_ceil(size));
            assert_eq!(
                members(&pages, "version"),
                ["DRAFT", "6", "5", "4", "3", "2", "1"]
            );
            assert_eq!(pages.concat()[1]["description"], "number 6");
        }
    }
}

#[tokio::test]
async fn what_is_deleted_leaves_the_listings() {
    let pace = Duration::from_secs(10);
    let server = Server::new(pace);
    let first = create(&server, request("first")).await;
    let second = create(&server, request("second")).await;
    server.pass(pace);
    create_version(&server, &second, json!({})).await;
    server.pass(pace);
    server.delete(&path(&first)).await.ok();
    server.delete(&version_path(&second, "1")).await.ok();
    let versions = format!("/guardrails?guardrailIdentifier={second}");
    let drafts = server.pages("/guardrails", MEMBER, 10).await;
    assert_eq!(members(&drafts, "status"), ["READY", "DELETING"]);
    let seen = server.pages(&versions, MEMBER, 10).await;
    assert_eq!(members(&seen, "status"), ["READY", "DELETING"]);

    server.pass(pace);
    for _ in 0..2 {
        let drafts = server.pages("/guardrails", MEMBER, 10).await;
        assert_eq!(members(&drafts, "id"), [&*second]);
        let seen = server.pages(&versions, MEMBER, 10).await;
        assert_eq!(members(&seen, "version"), ["DRAFT"]);
    }
}
