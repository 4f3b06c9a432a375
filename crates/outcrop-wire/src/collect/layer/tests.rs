use aws_smithy_http_server::body::to_boxed;
use futures_util::{StreamExt, stream};
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use tower::service_fn;

use super::*;
use crate::{
    route::RouteLayer,
    testing::{Answer, answer, post, routes},
};

const CONVERSE: &str = "/model/a.b/converse";

fn limits() -> Limits {
    Limits {
        body_bytes: 40,
        body_memory: 1 << 13,
        ..Limits::default()
    }
}

/// Answers with what the handler would see: the kept bytes and the body.
async fn call(request: Request<Body>) -> Answer {
    let inner = service_fn(|request: Request<Body>| async move {
        let kept = request
            .extensions()
            .get::<RawBody>()
            .map(|kept| kept.0.clone());
        let body = request
            .into_body()
            .collect()
            .await
            .expect("ends well")
            .to_bytes();
        Ok(Response::new(to_boxed(format!("{kept:?} {body:?}"))))
    });
    answer(
        RouteLayer::new(routes()).layer(CollectLayer::new(&limits()).layer(inner)),
        request,
    )
    .await
}

fn chunked(path: &str, chunks: Vec<&'static [u8]>) -> Request<Body> {
    let frames = chunks
        .into_iter()
        .map(|chunk| Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(chunk))));
    let body = Body::new(StreamBody::new(stream::iter(frames.collect::<Vec<_>>())));
    Request::post(path).body(body).expect("a valid request")
}

#[tokio::test]
async fn body_is_kept_and_passed_on() {
    assert_eq!(
        call(post(CONVERSE, "{}")).await.text(),
        r#"Some(b"{}") b"{}""#
    );
    assert_eq!(call(post(CONVERSE, "")).await.text(), r#"Some(b"") b"""#);
    let chunks = chunked(CONVERSE, vec![b"[1", b",", b"2]"]);
    assert_eq!(call(chunks).await.text(), r#"Some(b"[1,2]") b"[1,2]""#);
}

#[tokio::test]
async fn event_streams_pass_through() {
    let request = chunked(
        "/model/a.b/invoke-with-bidirectional-stream",
        vec![&[b'x'; 100]],
    );
    assert!(call(request).await.text().starts_with("None b\"xxx"));
}

#[tokio::test]
async fn limit_is_exact() {
    assert_eq!(call(post(CONVERSE, &"x".repeat(40))).await.status, 200);
    for request in [
        post(CONVERSE, &"x".repeat(41)),
        chunked(CONVERSE, vec![&[b'x'; 40], b"x"]),
    ] {
        let answer = call(request).await;
        assert_eq!(answer.status, 413);
        assert_eq!(
            answer.message(),
            "The request body is longer than 40 bytes. Send a shorter one."
        );
    }
}

#[tokio::test]
async fn unread_body_closes_the_connection() {
    let mut request = post(CONVERSE, &"x".repeat(41));
    assert_eq!(
        call(request).await.header("connection"),
        Some("close"),
        "HTTP/1.1"
    );
    request = post(CONVERSE, &"x".repeat(41));
    *request.version_mut() = Version::HTTP_2;
    assert_eq!(call(request).await.header("connection"), None, "HTTP/2");
    let read = call(post(CONVERSE, &"x".repeat(40))).await;
    assert_eq!(read.header("connection"), None);
}

#[tokio::test]
async fn too_long_payload_member_is_named() {
    let answer = call(post("/model/a.b/invoke", &"x".repeat(41))).await;
    assert_eq!(answer.status, 400);
    let expected = "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length \
                    less than or equal to 32";
    assert_eq!(answer.message(), expected);
}

#[tokio::test]
async fn broken_body_is_the_client_s_fault() {
    let frames = stream::iter([
        Ok(Frame::data(Bytes::from_static(b"{"))),
        Err(std::io::Error::other("reset")),
    ]);
    let request = Request::post(CONVERSE)
        .body(Body::new(StreamBody::new(frames)))
        .expect("a valid request");
    let answer = call(request).await;
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.message(),
        "The request body ended before all of it was sent."
    );
}

#[tokio::test(start_paused = true)]
async fn slow_body_is_a_408() {
    let frames = stream::iter([Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(
        b"{",
    )))])
    .chain(stream::pending());
    let request = Request::post(CONVERSE)
        .body(Body::new(StreamBody::new(frames)))
        .expect("a valid request");
    assert_eq!(call(request).await.status, 408);
}
