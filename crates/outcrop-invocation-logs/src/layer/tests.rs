use std::{fs, time::Duration};

use bytes::Bytes;
use http::Method;
use http_body_util::BodyExt;
use outcrop_control::{Enforcements, LogDestinations, SystemClock};
use outcrop_objects::Objects;
use outcrop_store::{
    Commit, Committed, Found, Key, ListQuery, Name, Record, SearchQuery, SqliteStore, Store,
    StoreError, StoreFuture,
};
use outcrop_telemetry::Metrics;
use outcrop_wire::{ConstraintTable, Limits, RouteTable, ServiceRoutes, StackSettings, stack};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Notify;
use tower::{ServiceExt, service_fn, util::BoxCloneService};

use super::*;
use crate::{Delivery, DeliverySettings};

const CONVERSE: &str = "/model/amazon.nova-lite-v1:0/converse";
const MESSAGES: &str = r#"{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}"#;

/// A model whose answer never comes.
const SILENT: &str = "/model/amazon.nova-pro-v1:0/converse";

/// A server without sockets, whose runtime gives the same answer to everything else.
struct Server {
    /// Told of each request that the runtime gets.
    asked: Arc<Notify>,
    service: BoxCloneService<Request<Body>, Response<BoxBody>, Infallible>,
    delivery: Delivery,
    metrics: Arc<Metrics>,
    folder: TempDir,
}

impl Server {
    fn new(store: impl Store) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("logs")).unwrap();
        let settings = DeliverySettings {
            cloud_watch_root: folder.path().join("cloudwatch"),
            ..DeliverySettings::default()
        };
        let metrics = Arc::new(Metrics::new("0"));
        let objects = Objects::folder(folder.path());
        let (logs, delivery) = InvocationLogs::new(objects, Arc::clone(&metrics), settings);
        let catalogue = Arc::new(Catalogue::builtin().unwrap());
        let control = Arc::new(Control {
            catalogue: Arc::clone(&catalogue),
            store: Arc::new(store),
            clock: Arc::new(SystemClock),
            pace: Duration::ZERO,
            enforcements: Enforcements::default(),
            log_destinations: Arc::new(logs.clone()) as Arc<dyn LogDestinations>,
        });
        let asked = Arc::new(Notify::new());
        let told = Arc::clone(&asked);
        let answering =
            service_fn(move |request: Request<Body>| answer(request, Arc::clone(&told)));
        let runtime = logs.around(answering, Arc::clone(&control), catalogue);
        let settings = StackSettings {
            routes: routes(),
            region: "us-east-1".to_owned(),
            limits: Limits::default(),
            nulls: Arc::default(),
        };
        let service = stack(&settings, runtime, outcrop_control::service(control));
        Self {
            asked,
            service: BoxCloneService::new(service),
            delivery,
            metrics,
            folder,
        }
    }

    fn ask(
        &self,
        method: Method,
        path: &str,
        body: &str,
    ) -> impl Future<Output = Response<BoxBody>> + Send + 'static {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .body(Body::from_bytes(Bytes::copy_from_slice(body.as_bytes())));
        let answer = self.service.clone().oneshot(request.unwrap());
        async { answer.await.unwrap() }
    }

    async fn configure(&self) {
        let config = json!({ "loggingConfig": { "s3Config": { "bucketName": "logs" } } });
        let body = config.to_string();
        let put = self
            .ask(Method::PUT, "/logging/modelinvocations", &body)
            .await;
        assert_eq!(put.status(), 200);
    }

    async fn converse(&self) -> Bytes {
        let answer = self.ask(Method::POST, CONVERSE, MESSAGES).await;
        assert_eq!(answer.status(), 200);
        answer.into_body().collect().await.unwrap().to_bytes()
    }

    /// What has been logged, once the server has ended.
    async fn records(self) -> Vec<Value> {
        self.delivery.run(std::future::ready(())).await;
        let mut records = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|name| name == "gz") {
                    let file = fs::File::open(path).unwrap();
                    let text = std::io::read_to_string(flate2::read::GzDecoder::new(file)).unwrap();
                    records.extend(
                        text.lines()
                            .map(|line| serde_json::from_str::<Value>(line).unwrap()),
                    );
                }
            }
        }
        records
    }
}

fn routes() -> Arc<RouteTable> {
    let service = |table: &str| {
        let table = Arc::new(ConstraintTable::parse(table).unwrap());
        ServiceRoutes::new(table, [])
    };
    let runtime = include_str!("../../../bedrock-runtime-smithy/constraints.json");
    let control = include_str!("../../../bedrock-smithy/constraints.json");
    Arc::new(RouteTable::new([service(runtime), service(control)]).unwrap())
}

async fn answer(
    request: Request<Body>,
    asked: Arc<Notify>,
) -> Result<Response<BoxBody>, Infallible> {
    asked.notify_one();
    if request.uri().path() == SILENT {
        return std::future::pending().await;
    }
    let body = r#"{"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":2}}"#;
    let answer = Response::builder().header("content-type", "application/json");
    let body = aws_smithy_http_server::body::to_boxed(body);
    Ok(answer.body(body).unwrap())
}

#[tokio::test]
async fn what_is_logged_follows_the_configuration_at_once() {
    let server = Server::new(SqliteStore::in_memory().unwrap());
    server.converse().await;
    server.configure().await;
    let answer = server.converse().await;
    let counted = r#"{"input":{"invokeModel":{"body":"e30="}}}"#;
    server
        .ask(
            Method::POST,
            "/model/amazon.nova-lite-v1:0/count-tokens",
            counted,
        )
        .await;
    let deleted = server.ask(Method::DELETE, "/logging/modelinvocations", "");
    assert_eq!(deleted.await.status(), 200);
    server.converse().await;
    let records = server.records().await;
    assert_eq!(records.len(), 1);
    let (input, output) = (&records[0]["input"], &records[0]["output"]);
    assert_eq!(
        input["inputBodyJson"],
        serde_json::from_str::<Value>(MESSAGES).unwrap()
    );
    assert_eq!(
        output["outputBodyJson"],
        serde_json::from_slice::<Value>(&answer).unwrap()
    );
    assert_eq!(
        (&input["inputTokenCount"], &output["outputTokenCount"]),
        (&json!(1), &json!(2))
    );
}

#[tokio::test]
async fn what_the_client_does_not_wait_for_is_logged() {
    let server = Server::new(SqliteStore::in_memory().unwrap());
    server.configure().await;
    let asking = tokio::spawn(server.ask(Method::POST, SILENT, MESSAGES));
    server.asked.notified().await;
    asking.abort();
    assert!(asking.await.is_err());
    let records = server.records().await;
    assert_eq!(records.len(), 1);
    assert!(records[0]["input"]["inputBodyJson"].is_object());
    assert_eq!(records[0]["output"], json!({}));
}

/// A store that is out of reach.
struct Unreachable;

impl Unreachable {
    fn fail<T: Send + 'static>() -> StoreFuture<'static, T> {
        let error = StoreError::Unavailable("it is out of reach".to_owned());
        Box::pin(std::future::ready(Err(error)))
    }
}

impl Store for Unreachable {
    fn commit(&self, _: Commit) -> StoreFuture<'_, Committed> {
        Self::fail()
    }

    fn get(&self, _: Key) -> StoreFuture<'_, Option<Record>> {
        Self::fail()
    }

    fn named(&self, _: Name) -> StoreFuture<'_, Option<Record>> {
        Self::fail()
    }

    fn list(&self, _: ListQuery) -> StoreFuture<'_, Vec<Record>> {
        Self::fail()
    }

    fn search(&self, _: SearchQuery) -> StoreFuture<'_, Found> {
        Self::fail()
    }
}

#[tokio::test]
async fn an_invocation_goes_on_without_its_configuration() {
    let server = Server::new(Unreachable);
    assert!(!server.converse().await.is_empty());
    let text = server.metrics.text();
    let lost = "outcrop_invocation_logs_lost_total{reason=\"configuration_unavailable\"} 1";
    assert!(text.contains(lost), "{text}");
    assert!(server.records().await.is_empty());
}
