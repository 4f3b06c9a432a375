//! What the tests share: asking the generated service, without the wire layers.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use bedrock_smithy::server::body::{Body, BoxBody};
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::BodyExt;
use outcrop_catalogue::Catalogue;
use outcrop_store::SqliteStore;
use outcrop_wire::{Caller, RawBody};
use serde_json::Value;
use tower::{ServiceExt, util::BoxCloneService};

use crate::{Clock, Control, Enforcements, clock::nanos, service};

/// A model at its end of life, with a profile, and one that throughput can be bought for.
const MORE_MODELS: &str = r#"
    [[model]]
    id = "test.retired-v1:0"
    like = "amazon.nova-lite-v1:0"
    lifecycle = "end-of-life"
    profiles = ["us"]
"#;

/// 2026-01-01T00:00:00Z.
const START: i64 = 1_767_225_600_000_000_000;

type Asked = BoxCloneService<Request<Body>, Response<BoxBody>, Infallible>;

thread_local! {
    /// Made once for each test: it has all operations, and takes a while.
    static SERVER: Server = Server::new(Duration::ZERO);
}

/// A clock that stands still until it is told to go on. Each look at it is a nanosecond later than the one before, so that
/// whatever is made has its own time.
#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// A service with nothing in its store.
#[derive(Clone)]
pub(crate) struct Server {
    service: Asked,
    clock: Arc<TestClock>,
    /// What the runtime asks.
    pub(crate) control: Arc<Control>,
}

impl Server {
    /// One whose resources stay in each of their first states for `pace`.
    pub(crate) fn new(pace: Duration) -> Self {
        let catalogue = Catalogue::builtin().and_then(|builtin| builtin.extended_with(MORE_MODELS));
        let clock = Arc::new(TestClock(AtomicI64::new(START)));
        let control = Arc::new(Control {
            catalogue: Arc::new(catalogue.expect("the catalogue is valid")),
            store: Arc::new(SqliteStore::in_memory().expect("needs memory only")),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            pace,
            enforcements: Enforcements::default(),
            log_destinations: Arc::new(crate::NoLogDestinations),
        });
        Self {
            service: BoxCloneService::new(service(Arc::clone(&control))),
            clock,
            control,
        }
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        self.clock.0.fetch_add(nanos(time), Ordering::Relaxed);
    }

    /// Asks as account 123456789012 from `us-east-1`.
    pub(crate) async fn ask(&self, method: Method, target: &str, body: Value) -> Answer {
        self.ask_from("us-east-1", method, target, body).await
    }

    pub(crate) async fn get(&self, target: &str) -> Answer {
        self.ask(Method::GET, target, Value::Null).await
    }

    pub(crate) async fn post(&self, target: &str, body: Value) -> Answer {
        self.ask(Method::POST, target, body).await
    }

    pub(crate) async fn put(&self, target: &str, body: Value) -> Answer {
        self.ask(Method::PUT, target, body).await
    }

    pub(crate) async fn patch(&self, target: &str, body: Value) -> Answer {
        self.ask(Method::PATCH, target, body).await
    }

    pub(crate) async fn delete(&self, target: &str) -> Answer {
        self.ask(Method::DELETE, target, Value::Null).await
    }

    /// Posts with a header.
    pub(crate) async fn ask_with(
        &self,
        target: &str,
        header: &str,
        value: &str,
        body: Value,
    ) -> Answer {
        let header = Some((header, value));
        self.send("us-east-1", Method::POST, target, header, body)
            .await
    }

    /// Asks as account 123456789012.
    pub(crate) async fn ask_from(
        &self,
        region: &str,
        method: Method,
        target: &str,
        body: Value,
    ) -> Answer {
        self.send(region, method, target, None, body).await
    }

    async fn send(
        &self,
        region: &str,
        method: Method,
        target: &str,
        header: Option<(&str, &str)>,
        body: Value,
    ) -> Answer {
        let caller = Caller {
            account: "123456789012".into(),
            region: region.into(),
            region_known: true,
        };
        let body = if body.is_null() {
            Bytes::new()
        } else {
            Bytes::from(body.to_string())
        };
        let (name, value) = header.unwrap_or(("accept", "*/*"));
        let request = Request::builder()
            .method(method)
            .uri(target)
            .header("content-type", "application/json")
            .header(name, value)
            .extension(caller)
            .extension(RawBody(body.clone()))
            .body(Body::from_bytes(body))
            .expect("is a request");
        let service = self.service.clone();
        Answer::read(service.oneshot(request).await.expect("never fails")).await
    }

    /// All pages of a listing, `size` items each: the items at `member`.
    pub(crate) async fn pages(&self, target: &str, member: &str, size: usize) -> Vec<Vec<Value>> {
        let separator = if target.contains('?') { '&' } else { '?' };
        let (mut pages, mut token) = (Vec::new(), String::new());
        loop {
            let target = format!("{target}{separator}maxResults={size}{token}");
            let answer = self.get(&target).await;
            assert_eq!(answer.status, 200, "{target}: {}", answer.body);
            let answer = answer.json();
            pages.push(answer[member].as_array().expect("is a list").clone());
            match answer["nextToken"].as_str() {
                Some(next) => {
                    let next = next.replace('=', "%3D").replace('+', "%2B");
                    token = format!("&nextToken={next}");
                }
                None => return pages,
            }
        }
    }
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    error_type: Option<String>,
    pub(crate) body: String,
    message: Option<String>,
}

impl Answer {
    async fn read(answer: Response<BoxBody>) -> Self {
        let header = answer.headers().get("x-amzn-errortype");
        let error_type = header.map(|value| value.to_str().expect("is ASCII").to_owned());
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.expect("is whole");
        let body = String::from_utf8(body.to_bytes().to_vec()).expect("is UTF-8");
        let json = serde_json::from_str::<Value>(&body).unwrap_or_default();
        let message = json["message"].as_str().map(str::to_owned);
        Self {
            status,
            error_type,
            body,
            message,
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The body of an answer that has to be a success.
    pub(crate) fn ok(&self) -> Value {
        assert!(
            (200..300).contains(&self.status),
            "{}: {}",
            self.status,
            self.body
        );
        self.json()
    }

    /// Status, type and message of an error.
    pub(crate) fn error(&self) -> (u16, &str, &str) {
        let error_type = self.error_type.as_deref().unwrap_or_default();
        (
            self.status,
            error_type,
            self.message.as_deref().unwrap_or_default(),
        )
    }

    /// Status and type of an error.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        let (status, error_type, _) = self.error();
        (status, error_type)
    }
}

/// Asks the server of this test from `us-east-1`.
pub(crate) async fn get(target: &str) -> Answer {
    get_from("us-east-1", target).await
}

/// Asks the server of this test as account 123456789012.
pub(crate) async fn get_from(region: &str, target: &str) -> Answer {
    let server = SERVER.with(Clone::clone);
    server
        .ask_from(region, Method::GET, target, Value::Null)
        .await
}

/// Customization jobs, for the tests of what is made by them.
pub(crate) mod tune {
    use serde_json::{Value, json};

    use super::Server;

    /// A request for a job that makes the model `NAME-model`.
    pub(crate) fn request(name: &str) -> Value {
        json!({
            "jobName": name,
            "customModelName": format!("{name}-model"),
            "roleArn": "arn:aws:iam::123456789012:role/tuning",
            "baseModelIdentifier": "amazon.nova-lite-v1:0:300k",
            "trainingDataConfig": { "s3Uri": "s3://bucket/training.jsonl" },
            "outputDataConfig": { "s3Uri": "s3://bucket/output" },
            "hyperParameters": { "epochCount": "2" },
        })
    }

    /// Begins a job; its ARN.
    pub(crate) async fn create(server: &Server, body: Value) -> String {
        let answer = server.post("/model-customization-jobs", body).await.ok();
        answer["jobArn"].as_str().expect("is a text").to_owned()
    }
}
