//! The layers together, around services that answer by rote.

use std::sync::Arc;

use aws_smithy_http_server::{body::to_boxed, extension::RuntimeErrorExtension};
use tower::{Layer, service_fn};

use super::*;
use crate::{
    HandlerMarkLayer, RawBody,
    caller::Caller,
    testing::{Answer, answer, get, post, routes},
};

type Served = Result<Response<BoxBody>, Infallible>;

/// A service in the manner of generated ones: it refuses what has an unknown member, or a model it does not like.
async fn generated(request: Request<Body>) -> Served {
    let body = http_body_util::BodyExt::collect(request.into_body());
    let body = body.await.expect("a whole body").to_bytes();
    let text = String::from_utf8_lossy(&body).into_owned();
    let refusal = ["shiny", "maxTokens"]
        .into_iter()
        .find(|word| text.contains(word));
    Ok(match refusal {
        Some("shiny") => framework("SerializationException", "{}"),
        Some(_) => framework(
            "ValidationException",
            r#"{"fieldList":[],"message":"in other words"}"#,
        ),
        None => {
            let handler =
                HandlerMarkLayer.layer(service_fn(|text| async move { Ok::<_, Infallible>(text) }));
            let answer = tower::ServiceExt::oneshot(handler, text)
                .await
                .expect("infallible");
            if answer.contains("unspeakable") {
                framework("SerializationException", "{}")
            } else {
                assert!(!answer.contains("panic"), "as asked");
                Response::new(to_boxed(answer))
            }
        }
    })
}

fn framework(kind: &'static str, body: &'static str) -> Response<BoxBody> {
    Response::builder()
        .status(400)
        .header("X-Amzn-Errortype", kind)
        .extension(RuntimeErrorExtension::new(kind.to_owned()))
        .body(to_boxed(body))
        .expect("a valid response")
}

async fn control(request: Request<Body>) -> Served {
    let caller = request
        .extensions()
        .get::<Caller>()
        .expect("is set")
        .clone();
    let body = request
        .extensions()
        .get::<RawBody>()
        .expect("is set")
        .0
        .len();
    let seen = format!(
        "{} {} {} {body}",
        request.uri(),
        caller.account,
        caller.region
    );
    Ok(Response::new(to_boxed(seen)))
}

async fn call(request: Request<Body>) -> Answer {
    let settings = StackSettings {
        nulls: Arc::default(),
        routes: routes(),
        region: "us-east-1".to_owned(),
        limits: Limits::default(),
    };
    // The routes of the tests are all the runtime's.
    let answer = answer(
        stack(&settings, service_fn(generated), service_fn(control)),
        request,
    )
    .await;
    let id = answer
        .header("x-amzn-requestid")
        .expect("every answer has an id");
    assert_eq!(id.len(), 36);
    answer
}

async fn converse(body: &str) -> Answer {
    call(post("/model/a.b/converse", body)).await
}

#[tokio::test]
async fn accepted_request_is_answered() {
    let answer = converse("{}").await;
    assert_eq!((answer.status, answer.text()), (200, "{}"));
    assert_eq!(answer.header("content-length"), Some("2"));
    assert_eq!(answer.header("connection"), Some("keep-alive"));
}

#[tokio::test]
async fn refusal_is_reworded() {
    let answer = converse(r#"{"inferenceConfig":{"maxTokens":0}}"#).await;
    let expected = "1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy \
                    constraint: Member must have value greater than or equal to 1";
    assert_eq!((answer.status, answer.message().as_str()), (400, expected));
    assert_eq!(answer.json().as_object().expect("an object").len(), 2);
}

#[tokio::test]
async fn unenforced_constraints_are_checked_before_the_handler() {
    let answer = converse(r#"{"inferenceConfig":{"temperature":2}}"#).await;
    assert!(
        answer
            .message()
            .contains("Value '2.0' at 'inferenceConfig.temperature'"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn unknown_member_beside_a_known_one_is_ignored() {
    let body = r#"{"messages":[{"role":"user","content":[{"text":"a","shiny":1}]}]}"#;
    let expected = r#"{"messages":[{"role":"user","content":[{"text":"a"}]}]}"#;
    assert_eq!(converse(body).await.text(), expected);
}

#[tokio::test]
async fn unknown_member_alone_is_an_error() {
    let answer = converse(r#"{"messages":[{"role":"user","content":[{"shiny":1}]}]}"#).await;
    let message = answer.message();
    assert!(
        message.starts_with("ContentBlock object at messages.0.content.0 must set one of"),
        "{message}"
    );
}

#[tokio::test]
async fn refusal_that_nobody_understands_keeps_its_own_words() {
    let answer = converse(r#"{"maxTokens":0}"#).await;
    assert_eq!(answer.message(), "in other words");
    assert_eq!(converse(r#"{"shiny":0}"#).await.status, 400);
}

#[tokio::test]
async fn answer_that_cannot_be_serialized_is_the_server_s_fault() {
    let answer = converse(r#"{"x":"unspeakable"}"#).await;
    assert_eq!(
        (answer.status, &answer.json()["__type"]),
        (500, &"InternalServerException".into())
    );
}

#[tokio::test]
async fn second_answer_that_cannot_be_serialized_is_too() {
    let body = r#"{"messages":[{"role":"user","content":[{"text":"unspeakable","shiny":1}]}]}"#;
    assert_eq!(converse(body).await.status, 500);
}

#[tokio::test]
async fn endless_violations_are_counted_but_not_all_told() {
    let messages = vec!["{}"; 10_000].join(",");
    let answer = converse(&format!(r#"{{"maxTokens":0,"messages":[{messages}]}}"#)).await;
    let message = answer.message();
    assert!(
        message.starts_with("20000 validation errors detected: "),
        "{message}"
    );
    assert!(
        message.ends_with("; and 19900 more") && message.len() < 20_000,
        "{message}"
    );
}

#[tokio::test]
async fn panic_is_one_failed_request() {
    assert_eq!(converse(r#"{"x":"panic"}"#).await.status, 500);
}

#[tokio::test]
async fn depth_is_limited() {
    let answer = converse(&format!(r#"{{"x":{}"#, "[".repeat(1_000_000))).await;
    assert_eq!(
        answer.message(),
        "The request body is nested more than 100 levels deep."
    );
}

#[tokio::test]
async fn operation_without_handler_is_judged_and_then_not_served() {
    let mut request = get("/things/A");
    *request.method_mut() = http::Method::DELETE;
    assert!(
        call(request)
            .await
            .message()
            .contains("at 'thingId' failed to satisfy constraint")
    );
    let mut request = get("/v1/things/a");
    *request.method_mut() = http::Method::DELETE;
    let answer = call(request).await;
    assert_eq!(answer.status, 501);
    assert!(
        answer.message().contains("DeleteThing"),
        "{}",
        answer.text()
    );
    let kind = answer.header("x-amzn-errortype").expect("has a type");
    assert!(kind.starts_with("UnsupportedOperationException:"), "{kind}");
}

#[tokio::test]
async fn event_streams_without_handler_are_judged_by_their_path() {
    let table = Arc::new(crate::testing::table());
    let all = table
        .operation_names()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let settings = StackSettings {
        nulls: Arc::default(),
        routes: Arc::new(
            RouteTable::new([crate::ServiceRoutes::new(table, all)]).expect("are valid"),
        ),
        region: "us-east-1".to_owned(),
        limits: Limits::default(),
    };
    let service = stack(&settings, service_fn(generated), service_fn(control));
    let request = |model: &str| {
        post(
            &format!("/model/{model}/invoke-with-bidirectional-stream"),
            "x",
        )
    };
    assert_eq!(answer(service.clone(), request("a.b")).await.status, 501);
    let answer = answer(service, request("A")).await;
    assert!(
        answer.message().contains("at 'modelId' failed"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn each_service_gets_its_own_requests() {
    let table = Arc::new(crate::testing::table());
    let empty = r#"{"service":"Other","operations":[],"shapes":{}}"#;
    let empty = Arc::new(crate::ConstraintTable::parse(empty).expect("is valid"));
    let services = [
        crate::ServiceRoutes::new(empty, []),
        crate::ServiceRoutes::new(table, []),
    ];
    let settings = StackSettings {
        nulls: Arc::default(),
        routes: Arc::new(RouteTable::new(services).expect("are valid")),
        region: "eu-west-1".to_owned(),
        limits: Limits::default(),
    };
    let request = get("/v1/things/arn:a/b?x=1");
    let answer = answer(
        stack(&settings, service_fn(generated), service_fn(control)),
        request,
    )
    .await;
    assert_eq!(
        answer.text(),
        "/things/arn:a%2Fb?x=1 000000000000 eu-west-1 0"
    );
}
