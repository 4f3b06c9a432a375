//! A server without sockets: both services, a worker, a folder and a clock.

use std::{
    convert::Infallible,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use bedrock_smithy::server::body::{Body, BoxBody};
use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::BodyExt;
use outcrop_catalogue::Catalogue;
use outcrop_control::{Clock, Control, ControlAsyncInvokes};
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineFuture, EventStream, ImageRequest,
    RerankRequest, RerankResult, VideoRequest, canned::CannedEngine,
};
use outcrop_jobs::{JobSettings, Jobs, Wakeups, WatchedStore};
use outcrop_objects::Objects;
use outcrop_runtime::{AsyncInvokes, InProcess, NoGuardrails, NoObjects, Runtime};
use outcrop_store::{
    Commit, Committed, Found, Key, ListQuery, Name, Record, SearchQuery, SqliteStore, Store,
    StoreFuture, Write,
};
use outcrop_wire::{Caller, RawBody};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{sync::Notify, task::JoinHandle};
use tower::{ServiceExt, util::BoxCloneService};

pub(crate) const MODEL: &str = "amazon.nova-lite-v1:0";

/// A clock that only tests move.
pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

/// A store that says when an entry leaves a queue.
struct Told {
    inner: SqliteStore,
    ends: Arc<Notify>,
}

impl Store for Told {
    fn commit(&self, commit: Commit) -> StoreFuture<'_, Committed> {
        let ends = commit
            .writes
            .iter()
            .any(|write| matches!(write, Write::Delete { .. }));
        Box::pin(async move {
            let committed = self.inner.commit(commit).await?;
            if ends {
                self.ends.notify_one();
            }
            Ok(committed)
        })
    }

    fn get(&self, key: Key) -> StoreFuture<'_, Option<Record>> {
        self.inner.get(key)
    }

    fn named(&self, name: Name) -> StoreFuture<'_, Option<Record>> {
        self.inner.named(name)
    }

    fn list(&self, query: ListQuery) -> StoreFuture<'_, Vec<Record>> {
        self.inner.list(query)
    }

    fn search(&self, query: SearchQuery) -> StoreFuture<'_, Found> {
        self.inner.search(query)
    }
}

/// The canned engine, which does not answer any more after so many requests.
pub(crate) struct Gate {
    inner: CannedEngine,
    open_for: AtomicUsize,
    pub(crate) asked: AtomicUsize,
    pub(crate) closed: Notify,
    opened: Notify,
}

impl Gate {
    pub(crate) fn new(open_for: usize) -> Arc<Self> {
        Arc::new(Self {
            inner: CannedEngine::new(),
            open_for: AtomicUsize::new(open_for),
            asked: AtomicUsize::new(0),
            closed: Notify::new(),
            opened: Notify::new(),
        })
    }

    /// Waits at the gate, where it is closed.
    async fn pass(&self) {
        let before = self.asked.fetch_add(1, Ordering::SeqCst);
        let opened = self.opened.notified();
        if before >= self.open_for.load(Ordering::SeqCst) {
            self.closed.notify_one();
            opened.await;
        }
    }

    /// Answers everything from now on, and what waits.
    pub(crate) fn open(&self) {
        self.open_for.store(usize::MAX, Ordering::SeqCst);
        self.opened.notify_waiters();
    }
}

impl Engine for Gate {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            self.pass().await;
            self.inner.converse(request).await
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        self.inner.count_tokens(request)
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            self.pass().await;
            self.inner.embed(request).await
        })
    }

    fn rerank(&self, request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        self.inner.rerank(request)
    }

    fn generate_images(&self, request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        self.inner.generate_images(request)
    }

    fn generate_video(&self, request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        Box::pin(async move {
            self.pass().await;
            self.inner.generate_video(request).await
        })
    }
}

fn runtime(
    catalogue: &Arc<Catalogue>,
    async_invokes: &Arc<ControlAsyncInvokes>,
    engine: Arc<dyn Engine>,
) -> Arc<Runtime> {
    Arc::new(Runtime {
        catalogue: Arc::clone(catalogue),
        resources: Arc::new(outcrop_catalogue::NoResources),
        engine,
        guardrails: Arc::new(NoGuardrails),
        objects: Arc::new(NoObjects),
        async_invokes: Arc::clone(async_invokes) as Arc<dyn AsyncInvokes>,
        overrides: Arc::default(),
    })
}

type Asked = BoxCloneService<Request<Body>, Response<BoxBody>, Infallible>;

pub(crate) struct Server {
    control: Asked,
    runtime: Asked,
    async_invokes: Arc<ControlAsyncInvokes>,
    store: Arc<dyn Store>,
    wakeups: Wakeups,
    ends: Arc<Notify>,
    clock: Arc<TestClock>,
    catalogue: Arc<Catalogue>,
    folder: TempDir,
}

impl Server {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        std::fs::create_dir(folder.path().join("bucket")).expect("is new");
        let ends = Arc::new(Notify::new());
        let inner = SqliteStore::in_memory().expect("needs memory only");
        let told = Told {
            inner,
            ends: Arc::clone(&ends),
        };
        let wakeups = Wakeups::default();
        let store: Arc<dyn Store> = Arc::new(WatchedStore::new(Arc::new(told), wakeups.clone()));
        let catalogue = Arc::new(Catalogue::builtin().expect("is valid"));
        let clock = Arc::new(TestClock(AtomicI64::new(1_767_225_600_000_000_000)));
        let control = Control {
            catalogue: Arc::clone(&catalogue),
            store: Arc::clone(&store),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            pace: Duration::ZERO,
            enforcements: outcrop_control::Enforcements::default(),
            log_destinations: Arc::new(outcrop_control::NoLogDestinations),
        };
        let control = Arc::new(control);
        let objects = Objects::folder(folder.path());
        let async_invokes = Arc::new(ControlAsyncInvokes::new(Arc::clone(&control), objects));
        let runtime = runtime(&catalogue, &async_invokes, Self::canned());
        Self {
            control: BoxCloneService::new(outcrop_control::service(control)),
            runtime: BoxCloneService::new(outcrop_runtime::service(runtime)),
            async_invokes,
            store,
            wakeups,
            ends,
            clock,
            catalogue,
            folder,
        }
    }

    /// Starts a worker.
    pub(crate) fn work(&self, engine: Arc<dyn Engine>) -> JoinHandle<()> {
        let jobs = self.worker(engine, Duration::from_millis(20));
        tokio::spawn(jobs.run(std::future::pending()))
    }

    /// A worker that renews its leases, and looks for work, so often.
    pub(crate) fn worker(&self, engine: Arc<dyn Engine>, beat: Duration) -> Jobs {
        let runtime = runtime(&self.catalogue, &self.async_invokes, engine);
        let settings = JobSettings {
            jobs: 2,
            records: 2,
            beat,
            poll: beat,
            ..JobSettings::default()
        };
        Jobs::new(
            Arc::clone(&self.store),
            Objects::folder(self.folder.path()),
            InProcess::new(runtime),
            Arc::clone(&self.clock) as Arc<dyn Clock>,
            self.wakeups.clone(),
            settings,
        )
    }

    pub(crate) fn canned() -> Arc<dyn Engine> {
        Arc::new(CannedEngine::new())
    }

    pub(crate) fn pass(&self, time: Duration) {
        let nanos = i64::try_from(time.as_nanos()).expect("is short");
        self.clock.0.fetch_add(nanos, Ordering::Relaxed);
    }

    /// Waits for the end of a job.
    pub(crate) async fn end(&self) {
        self.ends.notified().await;
    }

    pub(crate) fn path(&self, key: &str) -> PathBuf {
        self.folder.path().join("bucket").join(key)
    }

    pub(crate) fn write(&self, key: &str, text: &str) {
        let path = self.path(key);
        std::fs::create_dir_all(path.parent().expect("is in a folder")).expect("there is room");
        std::fs::write(path, text).expect("there is room");
    }

    pub(crate) fn read(&self, key: &str) -> String {
        std::fs::read_to_string(self.path(key)).unwrap_or_else(|error| panic!("{key}: {error}"))
    }

    /// The lines of an output, read.
    pub(crate) fn lines(&self, key: &str) -> Vec<Value> {
        let text = self.read(key);
        text.lines()
            .map(|line| serde_json::from_str(line).expect("is JSON"))
            .collect()
    }

    /// The names below a key.
    pub(crate) fn names(&self, key: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(key)).expect("is a folder");
        let mut names: Vec<_> = entries
            .map(|entry| {
                entry
                    .expect("is there")
                    .file_name()
                    .into_string()
                    .expect("is UTF-8")
            })
            .collect();
        names.sort();
        names
    }

    /// Submits a job, and gives its id.
    pub(crate) async fn submit(&self, input: &str, change: impl FnOnce(&mut Value)) -> String {
        let mut body = json!({
            "jobName": "batch",
            "modelId": MODEL,
            "roleArn": "arn:aws:iam::123456789012:role/batch",
            "inputDataConfig": {"s3InputDataConfig": {"s3Uri": format!("s3://bucket/{input}")}},
            "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://bucket/out/"}},
        });
        change(&mut body);
        let answer = self.ask(Method::POST, "/model-invocation-job", body).await;
        let arn = answer["jobArn"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"));
        arn.rsplit('/').next().expect("has an id").to_owned()
    }

    pub(crate) async fn job(&self, id: &str) -> Value {
        let target = format!("/model-invocation-job/{id}");
        self.ask(Method::GET, &target, Value::Null).await
    }

    pub(crate) async fn stop(&self, id: &str) {
        let target = format!("/model-invocation-job/{id}/stop");
        self.ask(Method::POST, &target, Value::Null).await;
    }

    /// Starts an asynchronous invocation, and gives its ARN.
    pub(crate) async fn start(&self, body: &Value) -> String {
        let answer = self
            .invoke(Method::POST, "/async-invoke", body.clone())
            .await;
        let arn = answer["invocationArn"].as_str();
        arn.unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    pub(crate) async fn invocation(&self, arn: &str) -> Value {
        let target = format!(
            "/async-invoke/{}",
            arn.replace(':', "%3A").replace('/', "%2F")
        );
        self.invoke(Method::GET, &target, Value::Null).await
    }

    /// Asks Bedrock Runtime.
    pub(crate) async fn invoke(&self, method: Method, target: &str, body: Value) -> Value {
        ask(self.runtime.clone(), method, target, body).await
    }

    async fn ask(&self, method: Method, target: &str, body: Value) -> Value {
        ask(self.control.clone(), method, target, body).await
    }
}

async fn ask(service: Asked, method: Method, target: &str, body: Value) -> Value {
    let caller = Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
        region_known: true,
    };
    let body = match body {
        Value::Null => Bytes::new(),
        body => Bytes::from(body.to_string()),
    };
    let request = Request::builder()
        .method(method)
        .uri(target)
        .header("content-type", "application/json")
        .extension(caller)
        .extension(RawBody(body.clone()))
        .body(Body::from_bytes(body))
        .expect("is a request");
    let answer = service.oneshot(request).await.expect("never fails");
    let body = answer.into_body().collect().await.expect("is whole");
    serde_json::from_slice(&body.to_bytes()).unwrap_or_default()
}

/// A record of the model's own format.
pub(crate) fn record(id: usize) -> String {
    let input = json!({"messages": [{"role": "user", "content": [{"text": format!("Say {id}")}]}]});
    json!({"recordId": format!("RECORD{id:05}"), "modelInput": input}).to_string() + "\n"
}

pub(crate) fn records(numbers: std::ops::Range<usize>) -> String {
    numbers.map(record).collect()
}

pub(crate) fn ids(lines: &[Value]) -> Vec<&str> {
    lines
        .iter()
        .map(|line| line["recordId"].as_str().expect("is a text"))
        .collect()
}
