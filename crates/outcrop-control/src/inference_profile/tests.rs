//! Profiles that applications have for their own.

use std::time::Duration;

use serde_json::{Value, json};

use crate::testing::Server;

const MODEL: &str = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0";
const SYSTEM: &str =
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0";

fn request(name: &str, source: &str) -> Value {
    json!({ "inferenceProfileName": name, "modelSource": { "copyFrom": source } })
}

async fn create(server: &Server, body: Value) -> String {
    let answer = server.post("/inference-profiles", body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let answer = answer.json();
    assert_eq!(answer["status"], "ACTIVE");
    answer["inferenceProfileArn"]
        .as_str()
        .expect("is a text")
        .to_owned()
}

fn path(identifier: &str) -> String {
    format!("/inference-profiles/{}", identifier.replace('/', "%2F"))
}

#[tokio::test]
async fn profile_goes_its_way() {
    let server = Server::new(Duration::ZERO);
    server.pass(Duration::from_nanos(680_622_107));
    let mut body = request("my-app", MODEL);
    body["description"] = "For my app".into();
    let arn = create(&server, body).await;
    let id = arn.rsplit('/').next().unwrap();
    assert_eq!(
        arn,
        format!("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/{id}")
    );
    assert!(
        id.len() == 12
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    );
    for identifier in [&arn, id] {
        let seen = server.get(&path(identifier)).await.ok();
        // The service writes nanoseconds (recorded); the generated serializer stops at microseconds.
        assert_eq!(seen["createdAt"], "2026-01-01T00:00:00.680622Z");
        assert_eq!(
            seen,
            json!({
                "createdAt": seen["createdAt"],
                "description": "For my app",
                "inferenceProfileArn": arn,
                "inferenceProfileId": id,
                "inferenceProfileName": "my-app",
                "models": [{ "modelArn": MODEL }],
                "status": "ACTIVE",
                "type": "APPLICATION",
                "updatedAt": seen["createdAt"],
            })
        );
    }
    server.delete(&path(id)).await.ok();
    let gone = (
        404,
        "ResourceNotFoundException",
        "Inference profile not found",
    );
    assert_eq!(server.get(&path(&arn)).await.error(), gone);
    assert_eq!(server.delete(&path(&arn)).await.error(), gone);
}

#[tokio::test]
async fn profile_routes_as_the_one_that_it_was_copied_from() {
    let server = Server::new(Duration::ZERO);
    let system = server.get(&path("us.amazon.nova-lite-v1:0")).await.ok();
    let arn = create(&server, request("copy", SYSTEM)).await;
    let seen = server.get(&path(&arn)).await.ok();
    assert_eq!(seen["models"], system["models"]);
    assert_eq!(seen["models"].as_array().unwrap().len(), 3);
    assert_eq!(seen.get("description"), None);
}

#[tokio::test]
async fn sources_have_to_be_there() {
    let server = Server::new(Duration::ZERO);
    let account = "arn:aws:bedrock:us-east-1:123456789012";
    let invalid = (
        400,
        "ValidationException",
        "copyFrom must be a valid inference profile model source ARN.",
    );
    let missing = (
        404,
        "ResourceNotFoundException",
        "Inference profile not found",
    );
    for (source, refused) in [
        (
            "arn:aws:bedrock:us-east-1::foundation-model/acme.none-v1:0".to_owned(),
            invalid,
        ),
        // Of another region.
        (
            "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0".to_owned(),
            invalid,
        ),
        // Only through a profile.
        (
            "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0"
                .to_owned(),
            invalid,
        ),
        (
            format!("{account}:inference-profile/us.acme.none-v1:0"),
            missing,
        ),
        (
            format!("{account}:inference-profile/eu.amazon.nova-lite-v1:0"),
            missing,
        ),
    ] {
        let answer = server
            .post("/inference-profiles", request("no", &source))
            .await;
        assert_eq!(answer.error(), refused, "{source}");
    }
    for source in [
        format!("{account}:application-inference-profile/abcdefghijkl"),
        "amazon.nova-lite-v1:0".to_owned(),
    ] {
        let answer = server
            .post("/inference-profiles", request("no", &source))
            .await;
        assert_eq!(answer.refusal(), (400, "ValidationException"), "{source}");
    }
}

#[tokio::test]
async fn same_token_makes_one() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("once", MODEL);
    body["clientRequestToken"] = "token-1".into();
    let first = create(&server, body.clone()).await;
    assert_eq!(create(&server, body.clone()).await, first);
    body["modelSource"]["copyFrom"] = SYSTEM.into();
    let other = server.post("/inference-profiles", body).await;
    assert_eq!(other.refusal(), (400, "ConflictException"));
    let all = server
        .get("/inference-profiles?type=APPLICATION")
        .await
        .ok();
    assert_eq!(
        all["inferenceProfileSummaries"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn pages_have_each_once() {
    let server = Server::new(Duration::ZERO);
    for number in 0..5 {
        create(&server, request(&format!("page {number}"), MODEL)).await;
    }
    for size in [1, 2, 5, 1000] {
        let pages = server
            .pages(
                "/inference-profiles?type=APPLICATION",
                "inferenceProfileSummaries",
                size,
            )
            .await;
        assert_eq!(pages.len(), 5usize.div_ceil(size));
        let listed = pages.concat();
        let names: Vec<_> = listed
            .iter()
            .map(|item| item["inferenceProfileName"].as_str().unwrap())
            .collect();
        assert_eq!(names, ["page 4", "page 3", "page 2", "page 1", "page 0"]);
        for item in listed {
            assert_eq!(
                server
                    .get(&path(item["inferenceProfileId"].as_str().unwrap()))
                    .await
                    .ok(),
                item
            );
        }
    }
    // The service lists its own only, unless it is asked.
    let system = server.get("/inference-profiles?maxResults=1000").await.ok();
    let types = system["inferenceProfileSummaries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["type"]);
    assert!(types.into_iter().all(|kind| kind == "SYSTEM_DEFINED"));
    let token = server.get("/inference-profiles?maxResults=1").await.ok()["nextToken"].take();
    let target = format!(
        "/inference-profiles?type=APPLICATION&nextToken={}",
        token.as_str().unwrap()
    );
    assert_eq!(
        server.get(&target).await.refusal(),
        (400, "ValidationException")
    );
}

#[tokio::test]
async fn profiles_of_the_system_stay() {
    let server = Server::new(Duration::ZERO);
    for identifier in ["us.amazon.nova-lite-v1:0", SYSTEM] {
        let answer = server.delete(&path(identifier)).await;
        assert_eq!(
            answer.refusal(),
            (400, "ValidationException"),
            "{identifier}"
        );
        server.get(&path(identifier)).await.ok();
    }
}

#[tokio::test]
async fn profiles_of_others_are_not_there() {
    let server = Server::new(Duration::ZERO);
    let arn = create(&server, request("mine", MODEL)).await;
    let id = arn.rsplit('/').next().unwrap();
    for identifier in [
        arn.replace("123456789012", "999999999999"),
        arn.replace("us-east-1", "us-west-2"),
        arn.replace("application-inference-profile", "inference-profile"),
        arn.replace(id, "abcdefghijkl"),
    ] {
        for answer in [
            server.get(&path(&identifier)).await,
            server.delete(&path(&identifier)).await,
        ] {
            assert_eq!(
                answer.refusal(),
                (404, "ResourceNotFoundException"),
                "{identifier}"
            );
        }
    }
    let elsewhere = server
        .ask_from("us-west-2", http::Method::GET, &path(id), Value::Null)
        .await;
    assert_eq!(elsewhere.refusal(), (404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn profiles_have_tags() {
    let server = Server::new(Duration::ZERO);
    let mut body = request("tagged", MODEL);
    body["tags"] = json!([{ "key": "team", "value": "red" }]);
    let arn = create(&server, body).await;
    let target = json!({ "resourceARN": arn, "tags": [{ "key": "team", "value": "blue" }] });
    server.post("/tagResource", target).await.ok();
    let tags = server
        .post("/listTagsForResource", json!({ "resourceARN": arn }))
        .await
        .ok();
    assert_eq!(tags["tags"], json!([{ "key": "team", "value": "blue" }]));
}
