//! What the tests of this crate share: a small constraint table in the shape of the real ones, and reading answers.

use std::{convert::Infallible, sync::Arc};

use aws_smithy_http_server::body::{Body, BoxBody};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use tower::{Service, ServiceExt};

use crate::{
    constraint::ConstraintTable,
    route::{RouteTable, ServiceRoutes},
};

pub(crate) const TABLE: &str = include_str!("testing.json");

pub(crate) fn table() -> ConstraintTable {
    ConstraintTable::parse(TABLE).expect("the table of the tests is valid")
}

pub(crate) fn routes() -> Arc<RouteTable> {
    let services = [ServiceRoutes::new(
        Arc::new(table()),
        ["DeleteThing".to_owned()],
    )];
    Arc::new(RouteTable::new(services).expect("the routes of the tests are valid"))
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("ASCII"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn message(&self) -> String {
        self.json()["message"]
            .as_str()
            .expect("has a message")
            .to_owned()
    }
}

pub(crate) async fn read(response: Response<BoxBody>) -> Answer {
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("the body ends well").to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
    }
}

pub(crate) async fn answer<S>(service: S, request: Request<Body>) -> Answer
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    match service.oneshot(request).await {
        Ok(response) => read(response).await,
        Err(never) => match never {},
    }
}

pub(crate) fn post(path: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header("content-type", "application/json")
        .body(Body::from_bytes(Bytes::copy_from_slice(body.as_bytes())))
        .expect("a valid request")
}

pub(crate) fn get(path: &str) -> Request<Body> {
    Request::get(path)
        .body(Body::empty())
        .expect("a valid request")
}
