//! What only an endpoint has: signatures, refusals and silence.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::single_match_else,
    reason = "helpers of tests fail the test, too"
)]

mod server;

use outcrop_objects::{Objects, ObjectsError, S3Keys, S3Settings, S3Uri};

fn at(key: &str) -> S3Uri {
    S3Uri::new("bucket", key).unwrap()
}

#[tokio::test]
async fn requests_are_signed_with_the_keys() {
    let server = server::Server::start().await;
    let objects = Objects::s3(server.settings()).unwrap();
    objects.put(&at("key"), "content".into()).await.unwrap();
    let authorization = server.last_authorization().unwrap();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=test-key/"),
        "{authorization}"
    );
    assert!(
        authorization.contains("/eu-west-1/s3/aws4_request"),
        "{authorization}"
    );

    let unsigned = Objects::s3(S3Settings {
        keys: None,
        ..server.settings()
    })
    .unwrap();
    let denied = unsigned.get(&at("key"), 100).await.unwrap_err();
    assert_eq!(server.last_authorization(), None);
    assert!(
        matches!(denied, ObjectsError::AccessDenied { .. }),
        "{denied}"
    );
    assert!(
        denied
            .to_string()
            .contains(server.settings().endpoint.as_deref().unwrap()),
        "{denied}"
    );
}

#[tokio::test]
async fn secrets_are_not_printed() {
    let keys = S3Keys {
        access_key_id: "id".into(),
        secret_access_key: "secret".into(),
        session_token: Some("token".into()),
    };
    let settings = S3Settings {
        endpoint: Some("http://127.0.0.1:1".into()),
        region: "r".into(),
        keys: Some(keys),
    };
    let printed = format!("{settings:?} {:?}", Objects::s3(settings.clone()).unwrap());
    assert!(
        printed.contains("\"id\"")
            && !printed.contains("\"secret\"")
            && !printed.contains("\"token\""),
        "{printed}"
    );
}

#[tokio::test]
async fn an_endpoint_that_is_not_there_is_told() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let settings = S3Settings {
        endpoint: Some(format!("http://{free}")),
        region: "us-east-1".into(),
        keys: None,
    };
    let error = Objects::s3(settings)
        .unwrap()
        .get(&at("key"), 1)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, ObjectsError::Unavailable { place, .. } if place.contains(&free.to_string())),
        "{error}"
    );
}
